"""The vocabulary of reads of the books, and who may see whose pay."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Sum

from accounts.models import Person
from accounts.querysets import SEE_EVERYBODY, OwnedQuerySet, led_ids, seen_by
from core import clock
from core.money import ZERO
from core.months import Month
from payroll.groups import Group
from payroll.rules import PERSONAL, Account, PersonFacts

if TYPE_CHECKING:
    from payroll.models import Appeal, Entry  # noqa: F401  # named in quotes below

DECIDES_APPEALS = ("manager", "leader", "admin")
WORK_ON_BOOKS = ("manager", "finance")
SEE_ALL_PAY = ("manager", "leader", "finance", "cashier")

Balances = dict[tuple[Account, str], Decimal]


class EntryQuerySet(models.QuerySet["Entry"]):
    def lines(self) -> "EntryQuerySet":
        """The entries that are lines of a statement; what settles it is not one."""
        return self.filter(purpose="charge").filter(
            models.Q(source=Account.PAY) | models.Q(target=Account.PAY)
        )

    def standing(self) -> "EntryQuerySet":
        """Charges posted and not reversed."""
        return self.filter(purpose="charge", reverses=None, reversal=None)

    def balances(self) -> Balances:
        """Balance of every account these entries touch, by account and owner, in two queries."""
        found: Balances = defaultdict(lambda: ZERO)
        for side, sign in (("target", 1), ("source", -1)):
            rows = (
                self.order_by().values_list(side, "person__employee_no").annotate(fen=Sum("amount"))
            )
            for account, owner, amount in rows:
                found[_account_of(account, owner)] += sign * amount
        return dict(found)

    def touching(self, *accounts: Account) -> "EntryQuerySet":
        """The entries that move money from or to one of these accounts."""
        return self.filter(models.Q(source__in=accounts) | models.Q(target__in=accounts))

    def decidable_by(self, user: Any) -> "EntryQuerySet":
        """The entries one may look at in order to decide: personnel the leader's (ORG-1)."""
        if user.has_role("admin") and not sees_all_pay(user):
            seen = models.Q(person__in=pay_visible_people(user))
            return self.filter(seen | models.Q(person__roles__contains="leader"))
        return self.visible_to(user)

    def visible_to(self, user: Any) -> "EntryQuerySet":
        """Whose pay one may see: one's own; a supervisor's people's; manager and finance all."""
        return seen_by(self, user, everything=SEE_ALL_PAY)


class NoteQuerySet(OwnedQuerySet):
    """Duties and findings are no pay: personnel, who decides on them, sees them too."""

    SEEN_BY = SEE_EVERYBODY

    def to_decide(self) -> Self:
        """Findings on each of which somebody has to decide (`settings.FINDINGS`)."""
        return self.filter(rule__in=[rule for rule, said in settings.FINDINGS.items() if said[1]])


def counted_findings(findings: NoteQuerySet) -> list[dict[str, Any]]:
    """The findings nobody has to decide on, by rule: what they count together, of how many people.
    One query."""
    decided = [rule for rule, said in settings.FINDINGS.items() if said[1]]
    rows = findings.exclude(rule__in=decided).order_by().values("rule")
    return list(rows.annotate(days=Sum("days"), people=Count("person")).order_by("rule"))


class PayQuerySet(OwnedQuerySet):
    """Rows that show somebody's pay: on what terms they were employed, what a shadow comes to."""

    SEEN_BY = SEE_ALL_PAY


class AppealQuerySet(models.QuerySet["Appeal"]):
    def undecided(self) -> "AppealQuerySet":
        return self.filter(state__in=("open", "returned"))

    def going_to(self, user: Any) -> "AppealQuerySet":
        """Those that wait for a role this user holds, one's own left out (ORG-1)."""
        if user.person is None:
            return self.none()
        mine = [role for role in DECIDES_APPEALS if user.has_role(role)]
        return self.filter(goes_to__in=mine).exclude(person=user.person_id)

    def visible_to(self, user: Any) -> "AppealQuerySet":
        """Whose appeals one may read: one's own; a supervisor's people's; the manager and the
        leader all; personnel those it decides. Finance needs to know how many there are, no more.
        """
        if user.is_superuser or user.has_role("manager", "leader"):
            return self
        if user.person is None:
            return self.none()
        seen = models.Q(person=user.person_id)
        if user.leads:
            seen |= models.Q(person__in=led_ids(user))
        if user.has_role("admin"):
            seen |= models.Q(goes_to="admin")
        return self.filter(seen)


def deciders_of(appeal: "Appeal") -> models.QuerySet[Person]:
    """Those at work who hold the role an appeal goes to, or stand in for it, without whoever filed
    it."""
    acting = Person.objects.acting_as(appeal.goes_to, clock.today())
    return acting.exclude(pk=appeal.person_id)


def _account_of(account: str, owner: str | None) -> tuple[Account, str]:
    name = Account(account)
    return name, (owner or "") if name in PERSONAL else ""


def sees_all_pay(user: Any) -> bool:
    return bool(user.is_superuser or user.has_role(*SEE_ALL_PAY))


def pay_visible_people(user: Any) -> models.QuerySet[Person]:
    """The people whose pay a user may see. Personnel sees people, not their pay (ORG-1)."""
    return seen_by(Person.objects.all(), user, everything=SEE_ALL_PAY, person="id")


def person_facts(month: Month, group: Group | None = None) -> list[PersonFacts]:
    """The salespeople as the rules see them: as on file, or as kept when the month was final."""
    from payroll import models as books

    kept = books.EmploymentTerms.objects.filter(month=month)
    terms = ("channel", "hired_on", "left_on", "base_salary")
    if kept.exists():
        found = (group.of(kept) if group else kept).order_by("person__employee_no")
        return [PersonFacts(*row) for row in found.values_list("person__employee_no", *terms)]
    salespeople = Person.objects.salespeople().order_by("employee_no")
    on_file = group.of(salespeople, "") if group else salespeople
    return [PersonFacts(*row) for row in on_file.values_list("employee_no", *terms)]


def opening_balances(
    month: Month, accounts: Sequence[Account], group: Group | None = None
) -> Balances:
    """What lay on some accounts before a month, by account and owner, in yuan. Two queries."""
    from payroll import models as books

    entries = books.Entry.objects.filter(for_month__lt=month).touching(*accounts)
    balances = (group.of(entries) if group else entries).balances()
    return {owned: amount for owned, amount in balances.items() if owned[0] in accounts}


def month_versions() -> dict[Month, int]:
    """The groups' versions of each month added up: what `PayMonth.reckoned` is when all is done."""
    from payroll import models as books

    found: dict[Month, int] = defaultdict(int)
    for month, version in books.MonthGroup.objects.values_list("month", "version"):
        found[month] += version
    return found


def statement_lines(month: Month) -> dict[str, dict[str, Decimal]]:
    """Each person's lines of a month, summed by rule, in yuan (PAY-2). One query."""
    return _lines_by_rule(pay_month=month)


def correction_lines(month: Month, group: Group | None = None) -> dict[str, dict[str, Decimal]]:
    """Those lines that correct earlier months, which were final already. One query."""
    return _lines_by_rule(group, pay_month=month, for_month__lt=month)


def _lines_by_rule(group: Group | None = None, **which: Any) -> dict[str, dict[str, Decimal]]:
    from payroll import models as books

    lines: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    entries = books.Entry.objects.lines().filter(**which)
    rows = (
        (group.of(entries) if group else entries)
        .order_by()
        .values_list("person__employee_no", "rule", "source")
        .annotate(yuan=Sum("amount"))
    )
    for employee_no, rule, source, yuan in rows:
        lines[employee_no][rule] += -yuan if source == Account.PAY else yuan
    return lines
