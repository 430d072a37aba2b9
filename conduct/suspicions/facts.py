"""The facts that suspicions are looked for in, read in bulk: a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from accounts.models import Person
from conduct.suspicions.rules import Change, ConflictFact, FileFact, OrderFact
from core import clock
from core.models import AuditRow
from core.tables.staging import batched
from customers.models import Conflict, Customer, Likeness, OwnerChange
from customers.rules.lookalikes import Firm, firm_kept
from orders.models import Order, Transfer

BY_FILE = "replace"
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
    passed = _changes_by_file("order", "person_id", start, numbers)
    transfers, owned = _transfers(start), _owners(start, numbers)
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


def _owners(start: datetime, numbers: Mapping[str, str]) -> Hands:
    """How files passed from owner to owner: by the manager, and by a file of the company's."""
    found: dict[str, list[Change]] = defaultdict(list)
    rows = OwnerChange.objects.filter(at__gte=start).order_by("at", "pk")
    for customer_no, at, before, after in rows.values_list(
        "customer__customer_no", "at", "from_person__employee_no", "to_person__employee_no"
    ):
        found[customer_no].append(Change(at, before or "", after or ""))
    for customer_no, changes in _changes_by_file("customer", "owner_id", start, numbers).items():
        found[customer_no].extend(changes)
    return {customer_no: tuple(sorted(changes)) for customer_no, changes in found.items()}


def _changes_by_file(
    kind: str, field: str, start: datetime, numbers: Mapping[str, str]
) -> dict[str, tuple[Change, ...]]:
    """What a file changed in whose hands records of a kind are, by the number of the record."""
    rows = AuditRow.objects.filter(at__gte=start, action=BY_FILE, subject__startswith=f"{kind} ")
    found: dict[str, list[Change]] = defaultdict(list)
    for subject, at, changes in rows.order_by("at", "pk").values_list("subject", "at", "changes"):
        if field in changes:
            before, after = (numbers.get(str(each), "") for each in changes[field])
            found[subject.removeprefix(f"{kind} ")].append(Change(at, before, after))
    return {no: tuple(changes) for no, changes in found.items()}


def numbers_by_id() -> dict[str, str]:
    """Employee numbers by the id, as text: so the audit trail tells of people. One query."""
    return {str(pk): no for pk, no in Person.objects.order_by().values_list("pk", "employee_no")}


def conflict_facts(since: datetime) -> Iterator[ConflictFact]:
    """Conflicts opened since an instant. One query."""
    rows = Conflict.objects.filter(opened_at__gte=since).order_by("pk")
    for row in rows.select_related("earlier__registered_by", "later__registered_by"):
        yield ConflictFact(
            conflict_no=row.conflict_no,
            earlier_no=row.earlier.project_no,
            later_no=row.later.project_no,
            earlier=row.earlier.registered_by.employee_no,
            later=row.later.registered_by.employee_no,
            ruled_two=row.ruling == Conflict.Ruling.BOTH,
        )


def file_facts(since: date, numbers: Mapping[str, str]) -> Iterator[FileFact]:
    """Files that sound like one opened since a day, that one among them, with the hands they went
    through since. A constant number of queries."""
    owned = _owners(clock.start_of(since), numbers)
    there = Customer.objects.filter(merged_into=None)
    new = Likeness.objects.filter(customer__in=there.filter(created_on__gte=since))
    rows = Likeness.objects.filter(
        customer__in=there, sounds__in=new.order_by().values("sounds")
    ).exclude(sounds="")
    for no, name, owner, created_on, *said in rows.order_by("customer").values_list(
        "customer__customer_no",
        "customer__name",
        "customer__owner__employee_no",
        "customer__created_on",
        *Firm._fields,
    ):
        yield FileFact(no, name, owner or "", created_on, firm_kept(*said), owned.get(no, ()))
