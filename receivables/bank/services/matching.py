"""Lines settled: matched with payments, set aside with a reason, and taken back (adr/0019).

Lock order: the line, its slips by number, their payments, the day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core import clock
from core.db import share
from core.money import ZERO, total
from core.services import audit, audit_subject
from core.tables.writing import cell_text
from core.templatetags.house import moment, yuan_text
from payroll.services.closing import STAMPED
from receivables.bank.models import BankLine, BankMatch
from receivables.bank.services.days import days_converge
from receivables.models import Payment, Slip, Undoing
from receivables.services import SlipRefused, payment_record
from receivables.services.undoing import undoing_write

State = BankLine.State


class MatchRefused(Exception):
    """It cannot be matched so; the message says why, in the reader's language."""


class ChangedMeanwhile(MatchRefused):
    """Somebody else was first; the message says who, and what came of it."""


@dataclass(frozen=True, slots=True)
class Pays:
    """How much of a line pays a slip; `payment`: the recorded transfer that it is, if it is one."""

    slip: int
    amount: Decimal
    payment: int | None = None


@transaction.atomic
def line_match(
    *,
    actor: Any,
    line: BankLine,
    pays: Sequence[Pays],
    reason: str = "",
    bank_date: bool = False,
    found: Mapping[str, Any] | None = None,
) -> None:
    """Match a line, as it was seen (its version), with recorded transfers and slips.

    A slip gets a new payment, received when the bank booked it. A recorded transfer stays as it was
    recorded; with `bank_date` its instant is corrected to the bank's, audited. What is left of the
    line is for no slip and needs the `reason`. `actor` None: the program was certain. `found`: why
    it was proposed. Raises `MatchRefused`; `ChangedMeanwhile` for who comes second.
    """
    pays = _added_up(pays)
    rest = line.amount - total(each.amount for each in pays)
    if not pays or any(each.amount <= 0 for each in pays):
        raise MatchRefused(_("Say how much of the line pays which slip."))
    if rest < 0:
        raise MatchRefused(_("That is %(more)s more than came in.") % {"more": yuan_text(-rest)})
    if rest and not reason.strip():
        raise MatchRefused(
            _("%(rest)s of the line is left over: say what it is for.") % {"rest": yuan_text(rest)}
        )
    share(STAMPED)  # before anything is locked: new payments count at once (CUT-3)
    _settle(line, State.MATCHED, actor, aside=rest, reason=reason.strip() if rest else "")
    slips = _held([each.slip for each in pays])
    for each in pays:
        _stand_for(line, slips, each, actor, bank_date=bank_date, found=dict(found or {}))
    changes: dict[str, Any] = {
        "state": [line.state, State.MATCHED],
        "slips": [None, ", ".join(f"{slips[each.slip]} {each.amount}" for each in pays)],
    }
    if rest:
        changes |= {"aside": [None, str(rest)], "reason": reason.strip()}
    audit(actor=actor, action="bank match", subject=audit_subject(line), changes=changes)
    days_converge(days=[line.day], actor=actor)


def _added_up(pays: Sequence[Pays]) -> list[Pays]:
    """What is named twice is meant together."""
    sums: dict[tuple[int, int | None], Decimal] = {}
    for each in pays:
        key = (each.slip, each.payment)
        sums[key] = sums.get(key, ZERO) + each.amount
    return [Pays(slip, amount, payment) for (slip, payment), amount in sums.items()]


def _settle(line: BankLine, state: str, actor: Any, *, aside: Decimal, reason: str) -> None:
    """Take the line as it was seen. Raises `ChangedMeanwhile` where it is another by now."""
    settled = BankLine.objects.filter(pk=line.pk, version=line.version, state__in=BankLine.LEFT)
    changed = settled.update(
        state=state,
        aside=aside,
        reason=reason,
        settled_at=clock.now(),
        settled_by=actor,
        proposals=[],
        version=F("version") + 1,
    )
    if changed != 1:
        raise ChangedMeanwhile(_what_happened(line))


def _what_happened(line: BankLine) -> str:
    now = BankLine.objects.select_related("settled_by__person").get(pk=line.pk)
    if now.settled_at is None:
        return _("The line changed meanwhile: look again.")
    who: Any = now.settled_by
    return _("%(who)s was faster, at %(at)s: %(state)s.") % {
        "who": who.get_full_name() if who else _("The program"),
        "at": moment(now.settled_at),
        "state": now.get_state_display(),
    }


def _held(slips: Sequence[int]) -> dict[int, Slip]:
    """The slips, held until the end of the transaction. Raises `MatchRefused` for one not there."""
    held = {
        slip.pk: slip
        for slip in Slip.objects.select_for_update().filter(pk__in=slips).order_by("pk")
    }
    if set(slips) - held.keys():
        raise MatchRefused(_("The slip is not there any more."))
    return held


def _stand_for(
    line: BankLine,
    slips: Mapping[int, Slip],
    pays: Pays,
    actor: Any,
    *,
    bank_date: bool,
    found: dict[str, Any],
) -> None:
    slip = slips[pays.slip]
    payment = (
        _confirmed(line, pays, actor, bank_date=bank_date)
        if pays.payment
        else _brought(line, slip, pays.amount, actor)
    )
    BankMatch.objects.create(
        line=line,
        payment=payment,
        amount=pays.amount,
        made=not pays.payment,
        found=found,
        by=actor,
    )


def _confirmed(line: BankLine, pays: Pays, actor: Any, *, bank_date: bool) -> Payment:
    """The recorded transfer that the line stands for, as far as no other line does."""
    payment: Payment | None = (
        Payment.objects.select_for_update()
        .filter(pk=pays.payment, slip=pays.slip, method=Payment.Method.TRANSFER)
        .first()
    )
    if payment is None:
        raise MatchRefused(_("The recorded transfer is not there any more."))
    covered = BankMatch.objects.standing().filter(payment=payment)
    left = payment.net - total(covered.values_list("amount", flat=True))
    if pays.amount > left:
        raise MatchRefused(
            _("Of the transfer recorded on %(slip)s only %(left)s is not confirmed yet.")
            % {"slip": payment.slip.slip_no, "left": yuan_text(left)}
        )
    if bank_date and payment.received_at != line.booked_at:
        _correct(payment, line, actor)
    return payment


def _correct(payment: Payment, line: BankLine, actor: Any) -> None:
    """The bank's instant counts instead of the recorded one; the close follows (adr/0005)."""
    if payment.handed_in_at is not None and payment.handed_in_at < line.booked_at:
        raise MatchRefused(_("The transfer is recorded as handed in before the bank booked it."))
    Payment.objects.filter(pk=payment.pk).update(received_at=line.booked_at)
    audit(
        actor=actor,
        action="correct by bank",
        subject=audit_subject(payment),
        changes={"received_at": [cell_text(payment.received_at), cell_text(line.booked_at)]},
    )


def _brought(line: BankLine, slip: Slip, amount: Decimal, actor: Any) -> Payment:
    """A payment nobody had recorded, received when the bank booked it. The slip is held."""
    try:
        return payment_record(
            actor=actor,
            slip=slip,
            amount=amount,
            method=Payment.Method.TRANSFER,
            received_at=line.booked_at,
        )
    except SlipRefused as refusal:
        raise MatchRefused(f"{slip.slip_no}: {refusal}") from None


@transaction.atomic
def line_aside(*, actor: Any, line: BankLine, reason: str) -> None:
    """A line that is no customer's payment for a slip: interest, a refund of a supplier, a mistake.

    Raises `MatchRefused`; `ChangedMeanwhile` for who comes second.
    """
    if not reason.strip():
        raise MatchRefused(_("Say what the money is for."))
    _settle(line, State.ASIDE, actor, aside=line.amount, reason=reason.strip())
    changes = {"state": [line.state, State.ASIDE], "reason": reason.strip()}
    audit(actor=actor, action="bank aside", subject=audit_subject(line), changes=changes)
    days_converge(days=[line.day], actor=actor)


@transaction.atomic
def line_undo(*, actor: Any, line: BankLine, reason: str) -> None:
    """Take back how a line was settled, as it was seen; its day is open again.

    A payment that the line brought is undone (adr/0017): as if it had never come. A transfer that
    the salesperson had recorded stays recorded, and is not confirmed any more. Raises
    `MatchRefused`; `ChangedMeanwhile` for who comes second.
    """
    if not reason.strip():
        raise MatchRefused(_("Say why it is taken back."))
    taken_back = BankLine.objects.filter(
        pk=line.pk, version=line.version, state__in=(State.MATCHED, State.ASIDE)
    ).update(
        state=State.UNMATCHED,
        aside=ZERO,
        reason="",
        settled_at=None,
        settled_by=None,
        proposals=[],
        version=F("version") + 1,
    )
    if taken_back != 1:
        raise ChangedMeanwhile(_what_happened(line))
    matches = list(BankMatch.objects.standing().filter(line=line).select_related("payment"))
    _held(sorted({match.payment.slip_id for match in matches}))
    for match in matches:
        _undo(match, actor, reason.strip())
    audit(
        actor=actor,
        action="bank undo",
        subject=audit_subject(line),
        changes={"state": [line.state, State.UNMATCHED], "reason": reason.strip()},
    )
    days_converge(days=[line.day], actor=actor)


def _undo(match: BankMatch, actor: Any, reason: str) -> None:
    BankMatch.objects.filter(pk=match.pk).update(
        undone_at=clock.now(), undone_by=actor, undone_reason=reason
    )
    if not match.made:
        return
    payment = Payment.objects.select_for_update().get(pk=match.payment_id)
    if payment.net <= 0:
        return  # it came to nothing already
    undoing_write(
        actor=actor,
        payment=payment,
        kind=Undoing.Kind.MISMATCH,
        amount=payment.net,
        on=clock.today(),
        reason=reason,
        token=uuid4(),
    )
