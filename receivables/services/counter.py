"""The evening at the cashier's counter: money counted and handed in (SLIP-3)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.services import in_place
from core import clock
from core.db import share
from core.services import audit, audit_subject
from core.tables.writing import cell_text
from core.templatetags.house import moment, yuan_text
from payroll.services.closing import STAMPED
from receivables.models import Discrepancy, Handover, Payment, Slip
from receivables.querysets.counter import sum_of
from receivables.rules.counting import cash_of, kept_counts
from receivables.services.refusals import CashDiffers, ChangedMeanwhile, CounterRefused
from receivables.services.telling import difference_tell

Counts = Mapping[Decimal, int]


@transaction.atomic
def handover_count(
    *,
    actor: Any,
    person: Person,
    payments: Collection[int],
    denominations: Counts,
    token: UUID,
    seen: Decimal | None = None,
) -> Handover:
    """Count what somebody brings, and hand in these payments, whole: all of them or none (SLIP-3).

    `payments`: their ids; each must still be in that person's hand. `denominations`: of each note
    and coin how many. `seen`: the difference in yuan that the cashier has seen and takes; none
    takes any. A difference is written down as a discrepancy, and told. The same form sent twice
    counts once. Raises `CashDiffers`, `ChangedMeanwhile`, `CounterRefused`.
    """
    # Before the clock is read: a close passes those in flight (CUT-3).
    share(STAMPED)
    if counted := _counted_before(token, actor, person):
        return counted
    cash = _cash(denominations)
    rows = _locked(person, payments)
    if len(rows) != len(set(payments)):
        return _came_second(token, actor, person)
    _refuse_nothing(rows, cash)
    at = _instant(rows)
    handover = _kept(
        Handover(
            person=person,
            counted_at=at,
            counted_by=actor,
            recorded=sum_of(rows, Payment.Method.CASH),
            cash=cash,
            cheques=sum_of(rows, Payment.Method.CHEQUE),
            denominations=kept_counts(denominations),
            token=token,
        ),
        seen,
    )
    _hand_in(actor=actor, rows=rows, handover=handover)
    _audit(actor=actor, handover=handover, rows=rows)
    if handover.difference:
        _discrepancy_open(actor=actor, handover=handover)
    return handover


def handover_subject(handover: Handover) -> str:
    """What audit rows call it: a "handover" is there a leaver's (PAY-6)."""
    return f"moneyhandover {handover.pk}"


def _counted_before(token: UUID, actor: Any, person: Person) -> Handover | None:
    return Handover.objects.filter(token=token, counted_by=actor, person=person).first()


def _cash(denominations: Counts) -> Decimal:
    try:
        return cash_of(denominations)
    except ValueError as error:
        raise CounterRefused(_("Of each note count whole pieces, none below nothing.")) from error


def _locked(person: Person, payments: Collection[int]) -> list[Payment]:
    """Those that are still in this hand, held in the order of their ids; before them their slips,
    as whoever records money on one does: where a slip stands changes with its money."""
    slips = Payment.objects.filter(pk__in=payments).order_by().values("slip")
    held = Slip.objects.select_for_update().filter(pk__in=slips, person=person).order_by("pk")
    list(held.values_list("pk"))
    rows = Payment.objects.in_hand().filter(pk__in=payments, slip__person=person)
    return list(rows.select_for_update(of=("self",)).order_by("pk"))


def _came_second(token: UUID, actor: Any, person: Person) -> Handover:
    """The same form, sent twice at once, is shown what came of the first."""
    if counted := _counted_before(token, actor, person):
        return counted
    raise ChangedMeanwhile(
        _("Changed meanwhile: some of this money is not in hand any more. Nothing was handed in.")
    )


def _refuse_nothing(rows: Sequence[Payment], cash: Decimal) -> None:
    if not rows:
        raise CounterRefused(_("Tick what was brought."))
    if cash and all(row.method == Payment.Method.CHEQUE for row in rows):
        raise CounterRefused(_("Cash was counted, but no cash payment is ticked."))


def _instant(rows: Sequence[Payment]) -> datetime:
    """Now, read when all of it is held: no money is handed in before it was received."""
    at = clock.now()
    latest = max(row.received_at for row in rows)
    if latest > at:
        raise CounterRefused(
            _("A payment is recorded as received at %(at)s, which is yet to come.")
            % {"at": moment(latest)}
        )
    return at


def _kept(handover: Handover, seen: Decimal | None) -> Handover:
    difference = handover.difference
    if seen is not None and difference != seen:
        raise CashDiffers(_difference_says(difference), difference)
    try:
        with transaction.atomic():
            handover.save(force_insert=True)
    except IntegrityError:
        raise ChangedMeanwhile(_("This form was used before; open the page anew.")) from None
    return handover


def _difference_says(difference: Decimal) -> str:
    if not difference:
        return _("It adds up after all. Look once more and hand in.")
    says = (
        _("¥ %(yuan)s is missing. Count again, or hand in with this difference.")
        if difference < 0
        else _("¥ %(yuan)s is too much. Count again, or hand in with this difference.")
    )
    return says % {"yuan": yuan_text(abs(difference))}


def _hand_in(*, actor: Any, rows: Sequence[Payment], handover: Handover) -> None:
    seen = Payment.objects.in_hand().filter(pk__in=[row.pk for row in rows])
    changed = seen.update(handed_in_at=handover.counted_at, handover=handover)
    if changed != len(rows):
        raise ChangedMeanwhile(_("Changed meanwhile; nothing was handed in."))
    changes = {"handed_in_at": [None, cell_text(handover.counted_at)]}
    for row in rows:
        audit(actor=actor, action="hand in", subject=audit_subject(row), changes=changes)


def _audit(*, actor: Any, handover: Handover, rows: Sequence[Payment] = ()) -> None:
    audit(
        actor=actor,
        action="count money",
        subject=handover_subject(handover),
        changes={
            "recorded": [None, str(handover.recorded)],
            "cash": [None, str(handover.cash)],
            "cheques": [None, str(handover.cheques)],
            "payments": [None, ", ".join(row.payment_no for row in rows)],
            **in_place(actor, "cashier"),
        },
    )


def _discrepancy_open(*, actor: Any, handover: Handover) -> None:
    opened = Discrepancy.objects.create(handover=handover, amount=handover.difference)
    changes = {"amount": [None, str(opened.amount)], "state": [None, opened.state]}
    audit(actor=actor, action="differ", subject=audit_subject(opened), changes=changes)
    difference_tell(discrepancy=opened, actor=actor)


@transaction.atomic
def missing_cash_count(
    *, actor: Any, discrepancy: Discrepancy, denominations: Counts, token: UUID
) -> Handover:
    """Count the cash that was missing and is brought now: the very sum, and no payments.

    It stands on the day's sheet as a handover of its own; finance settles the difference with it.
    The same form sent twice counts once. Raises `CashDiffers`, `ChangedMeanwhile`.
    """
    person, missing = discrepancy.handover.person, -discrepancy.amount
    waits = _waiting(discrepancy)
    if counted := _counted_before(token, actor, person):
        return counted
    if not waits:
        raise ChangedMeanwhile(_("The missing cash was counted or settled meanwhile."))
    cash = _cash(denominations)
    if missing <= 0:
        raise CounterRefused(_("No cash is missing here."))
    if cash != missing:
        says = _("Exactly ¥ %(missing)s is missing; ¥ %(cash)s was counted.")
        raise CashDiffers(
            says % {"missing": yuan_text(missing), "cash": yuan_text(cash)}, cash - missing
        )
    handover = Handover(
        person=person,
        counted_at=clock.now(),
        counted_by=actor,
        recorded=missing,
        cash=cash,
        cheques=Decimal("0.00"),
        denominations=kept_counts(denominations),
        token=token,
    )
    brought = _kept(handover, None)
    Discrepancy.objects.filter(pk=discrepancy.pk).update(brought=brought, version=F("version") + 1)
    _audit(actor=actor, handover=brought)
    changes = {"brought": [None, str(cash)]}
    audit(actor=actor, action="bring", subject=audit_subject(discrepancy), changes=changes)
    return brought


def _waiting(discrepancy: Discrepancy) -> bool:
    """Whether the cash is still missing; the discrepancy is held from here on."""
    held = Discrepancy.objects.select_for_update().get(pk=discrepancy.pk)
    return held.brought_id is None and held.state != Discrepancy.State.SETTLED
