"""The facts that suspicions are looked for in, read in bulk: a constant number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from accounts.models import Person
from conduct.suspicions.rules import Change, ConflictFact, FileFact, Lost, OrderFact
from core import clock
from core.models import AuditRow
from core.tables.staging import batched
from customers.models import Conflict, Customer, Likeness
from customers.rules.lookalikes import Firm, firm_kept
from orders.models import Order, Transfer

BY_FILE = {"replace": "person_id"}
# Not by the rows of `OwnerChange`: two files that are merged have theirs in common.
PASSED_ON = {
    "replace": "owner_id",
    "owner changed": "owner",
    "merge": "owner",
    "merged": "owner",
}
"""What the audit trail calls it when something passed to another, and the field that it tells."""
GIVEN_UP = {"project lost": True, "project reopened": False}
AT_A_TIME = 500
SAID = (
    "order_no",
    "person",
    "person__employee_no",
    "signed_on",
    "customer__customer_no",
    "customer__owner__employee_no",
    "project__project_no",
    "project__person",
    "project__assigned_at",
)
Hands = Mapping[str, tuple[Change, ...]]


def order_facts(since: date, numbers: Mapping[str, str]) -> Iterator[OrderFact]:
    """Orders signed since a day, or that passed from hand to hand since.

    `numbers`: employee numbers by the id of the person. What happened before that day plays no
    part: in whose hands something was since is said by what happened since, and whose it is now.
    A constant number of queries, but for many that a file passed on.
    """
    start = clock.start_of(since)
    passed = _hands("order", BY_FILE, start, numbers)
    transfers, owned = _transfers(start), _hands("customer", PASSED_ON, start, numbers)
    merged = _merged(owned)
    for row in _orders(since, start, passed):
        assigned = row["project__assigned_at"] and row["project__person"] == row["person"]
        is_new = row["signed_on"] is not None and row["signed_on"] >= since
        yield OrderFact(
            order_no=row["order_no"],
            customer_no=row["customer__customer_no"],
            seller=row["person__employee_no"],
            owner=row["customer__owner__employee_no"] or "",
            signed_on=row["signed_on"] if is_new else None,
            transfers=transfers.get(row["order_no"], ()),
            passed=passed.get(row["order_no"], ()),
            owned=owned.get(row["customer__customer_no"], ()),
            also_owned=merged.get(row["customer__customer_no"], ()),
            project=row["project__project_no"] if assigned else "",
        )


def _orders(since: date, start: datetime, passed: Hands) -> Iterator[dict[str, Any]]:
    approved = Transfer.objects.filter(state=Transfer.State.APPROVED, decided_at__gte=start)
    lately = Q(signed_on__gte=since) | Q(pk__in=approved.order_by().values("order"))
    seen = set()
    for row in Order.objects.filter(lately).order_by("pk").values(*SAID):
        seen.add(row["order_no"])
        yield row
    for numbers in batched([no for no in passed if no not in seen], AT_A_TIME):
        yield from Order.objects.filter(order_no__in=numbers).order_by("pk").values(*SAID)


def _transfers(start: datetime) -> Hands:
    found: dict[str, list[Change]] = defaultdict(list)
    rows = Transfer.objects.filter(state=Transfer.State.APPROVED, decided_at__gte=start)
    for order_no, at, before, after in rows.order_by("decided_at", "pk").values_list(
        "order__order_no", "decided_at", "from_person__employee_no", "to_person__employee_no"
    ):
        found[order_no].append(Change(at, before, after))
    return {order_no: tuple(changes) for order_no, changes in found.items()}


def _merged(owned: Hands) -> dict[str, tuple[tuple[Change, ...], ...]]:
    """By the file that took their place: the hands of those that were merged lately. One query."""
    found: dict[str, list[tuple[Change, ...]]] = defaultdict(list)
    rows = Customer.objects.exclude(merged_into=None).order_by("pk")
    for gone, kept in rows.values_list("customer_no", "merged_into__customer_no"):
        if gone in owned:
            found[kept].append(owned[gone])
    return {kept: tuple(hands) for kept, hands in found.items()}


def _hands(
    kind: str, fields: Mapping[str, str], start: datetime, numbers: Mapping[str, str]
) -> dict[str, tuple[Change, ...]]:
    """How records of a kind passed from hand to hand, by their number, as the audit trail tells it:
    of each, what was then done to it. One query."""
    rows = AuditRow.objects.filter(
        at__gte=start, action__in=fields, subject__startswith=f"{kind} "
    ).order_by("at", "pk")
    found: dict[str, list[Change]] = defaultdict(list)
    for subject, at, action, changes in rows.values_list("subject", "at", "action", "changes"):
        if fields[action] in changes:
            before, after = (numbers.get(str(each), "") for each in changes[fields[action]])
            found[subject.removeprefix(f"{kind} ")].append(Change(at, before, after))
    return {no: tuple(changes) for no, changes in found.items()}


def numbers_by_id() -> dict[str, str]:
    """Employee numbers by the id, as text: so the audit trail tells of people. One query."""
    return {str(pk): no for pk, no in Person.objects.order_by().values_list("pk", "employee_no")}


def conflict_facts(since: datetime) -> Iterator[ConflictFact]:
    """Conflicts opened since an instant. A query, and one for every so many projects."""
    rows = Conflict.objects.filter(opened_at__gte=since).order_by("pk")
    conflicts = list(rows.select_related("earlier__registered_by", "later__registered_by"))
    lost = _lost({row.earlier.project_no for row in conflicts})
    for row in conflicts:
        yield ConflictFact(
            conflict_no=row.conflict_no,
            earlier_no=row.earlier.project_no,
            later_no=row.later.project_no,
            earlier=row.earlier.registered_by.employee_no,
            later=row.later.registered_by.employee_no,
            ruled_two=row.ruling == Conflict.Ruling.BOTH,
            later_at=row.later.registered_at,
            lost=tuple(lost.get(row.earlier.project_no, ())),
        )


def _lost(projects: Collection[str]) -> dict[str, list[Lost]]:
    """When projects were given up and taken up again, by the audit trail: of one that a ruling
    ended since, its own row says no more that it was lost before."""
    found: dict[str, list[Lost]] = defaultdict(list)
    for numbers in batched(sorted(projects), AT_A_TIME):
        rows = AuditRow.objects.filter(
            subject__in=[f"project {no}" for no in numbers], action__in=GIVEN_UP
        )
        for subject, at, action in rows.order_by("at", "pk").values_list("subject", "at", "action"):
            found[subject.removeprefix("project ")].append(Lost(at, GIVEN_UP[action]))
    return found


def file_facts(since: date, numbers: Mapping[str, str]) -> Iterator[FileFact]:
    """Files that sound like one opened since a day, that one among them, with the hands they went
    through since. A query more for each five hundred new ones.

    Asked in two steps: as one, a database that does not know yet how many files there are walks
    through all of them for each of them, three times over.
    """
    owned = _hands("customer", PASSED_ON, clock.start_of(since), numbers)
    there = Likeness.objects.filter(customer__merged_into=None).exclude(sounds="")
    new = there.filter(customer__created_on__gte=since).order_by()
    for sounds in batched(new.values_list("sounds", flat=True).distinct(), AT_A_TIME):
        rows = there.filter(sounds__in=sounds).order_by("customer")
        for no, name, owner, created_on, *said in rows.values_list(
            "customer__customer_no",
            "customer__name",
            "customer__owner__employee_no",
            "customer__created_on",
            *Firm._fields,
        ):
            yield FileFact(no, name, owner or "", created_on, firm_kept(*said), owned.get(no, ()))
