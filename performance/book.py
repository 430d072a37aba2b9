"""What performance adds to the monthly book: the appraisals of the quarter that ends with it."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from core.months import Month
from core.tables.writing import Sheet
from performance.models import Appraisal
from performance.rules.appraisal import Key
from performance.rules.periods import Period
from performance.words import LABELS


def appraisals(month: Month, user: Any) -> Sheet:
    """The latest quarter that is over with the month (KPI-1); empty for who sees none."""
    quarter = Period.quarter_of(month.first_day)
    if quarter.last_day > month.last_day:
        quarter = quarter.previous()
    heads = [str(LABELS[key]) for key in Key]
    columns = [_("No."), _("Name"), _("Quarter"), *heads, _("Points added"), _("Score"), _("Grade")]
    return Sheet(_("Appraisals"), [*columns, _("State")], _rows(quarter, user))


def _rows(quarter: Period, user: Any) -> Iterator[list[Any]]:
    rows = Appraisal.objects.visible_to(user).filter(quarter=str(quarter))
    for row in rows.select_related("person").order_by("person__employee_no"):
        scores = {each.key: each.score for each in row.told}
        yield [
            row.person.employee_no,
            row.person.name,
            row.quarter,
            *(scores.get(key) for key in Key),
            row.points,
            row.score,
            row.grade,
            str(row.get_state_display()),
        ]
