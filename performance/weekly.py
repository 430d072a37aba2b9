"""What performance adds to the weekly report: the money of the month against its target
(REP-1, TAR-1)."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_noop

from accounts.models import Person
from core.money import ZERO
from core.templatetags.house import yuan_text
from performance.reads.money import handed_in
from performance.reads.quarter import targets_of
from performance.rules.periods import Period
from performance.rules.targets import TargetFact, percent, target_of
from reports.rules.facts import FactLine
from reports.rules.weekly import sunday_of


def target(person: Person, monday: date) -> Iterator[FactLine]:
    """Money handed in during the collection month of the week's Sunday's month, against the target;
    nothing where none is set. Seven queries at the most, one without a target."""
    month = Period.month_of(sunday_of(monday))
    own = targets_of(month, [person.pk]).get(person.pk, {})
    fact = TargetFact(person.hired_on, person.left_on, person.contract_target, own)
    wanted = target_of(fact, month)
    if not wanted:
        return
    money = handed_in(month, [person.pk]).get(person.employee_no, ZERO)
    yield FactLine(
        "target",
        gettext_noop("Money of the month"),
        str(money),
        is_yuan=True,
        note=gettext_noop("%(percent)s %% of the target of %(target)s yuan"),
        values={"percent": str(percent(money, wanted)), "target": yuan_text(wanted)},
        url=reverse("targets", args=[str(month)]),
    )
