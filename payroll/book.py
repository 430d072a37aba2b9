"""The monthly book 月账册: all that a month came to in one workbook, for the accountant.

First what each person gets, a column a rule; then the tables of the month as they are taken out one
by one, and what apps above hand in.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.models import Person
from core.money import ZERO, total
from core.months import Month
from core.tables import exports
from core.tables.naming import column_names, label_of
from core.tables.writing import Sheet
from payroll.exports import seen_by, statement_people
from payroll.querysets import statement_lines
from payroll.statements import rule_title


def month_book(month: Month, user: Any) -> Iterator[Sheet]:
    """The sheets of a month, of what this user may see: amounts in yuan, plus is what somebody
    gets (PAY-2)."""
    yield _pay(month, user)
    for export in exports().values():
        yield Sheet(label_of(export), column_names(export), export.rows(month, user))
    for path in settings.MONTH_BOOK_SHEETS:
        yield import_string(path)(month, user)


def _pay(month: Month, user: Any) -> Sheet:
    """A row a person, a column a rule that stands on anybody's statement, the sums below."""
    lines = statement_lines(month)
    people = seen_by(user, statement_people(month, lines))
    rules = sorted({rule for no in people for rule, amount in lines.get(no, {}).items() if amount})
    heads = (f"{rule} {rule_title(rule)}" for rule in rules)
    columns = [_("No."), _("Name"), _("Team"), *heads, _("Total")]
    return Sheet(_("Pay"), columns, _pay_rows(people, rules, lines) if people else ())


def _pay_rows(
    people: list[str], rules: list[str], lines: dict[str, dict[str, Decimal]]
) -> Iterator[list[Any]]:
    told = Person.objects.order_by().values_list("employee_no", "name", "team")
    named = {no: (name, team) for no, name, team in told.iterator()}
    sums = dict.fromkeys(rules, ZERO)
    for no in people:
        amounts = {rule: lines.get(no, {}).get(rule, ZERO) for rule in rules}
        for rule, amount in amounts.items():
            sums[rule] += amount
        yield [no, *named[no], *amounts.values(), total(amounts.values())]
    yield [_("Total"), "", "", *sums.values(), total(sums.values())]
