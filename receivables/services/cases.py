"""Bad-debt cases: opened, chased, brought to court, and what that cost (RES-3, RES-4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from accounts.services import in_place
from core import clock
from core.files.reading import ReadFile
from core.files.services import file_keep
from core.services import audit, audit_subject
from core.templatetags.house import day as day_text
from orders.models import Order
from payroll.models import PayMonth
from receivables.models import BadDebt, CaseStep, LegalCost
from receivables.querysets.cases import owed_on
from receivables.rules.slips import number_after
from receivables.services.telling_cases import opened_tell, step_tell

FILES = "bad_debt"  # the kind of files that belong to a step
FIRST_NUMBER = "B001"
MANAGES = ("finance", "manager")
Kind = CaseStep.Kind


class CaseRefused(Exception):
    """It cannot be done; the message says why, in the reader's language."""


def case_no_suggest() -> str:
    """The number that follows the latest one; who opens another at the moment is told."""
    ordered = BadDebt.objects.order_by(Length("case_no").desc(), "-case_no")
    for case_no in ordered.values_list("case_no", flat=True):
        try:
            return number_after(case_no)
        except ValueError:
            continue  # a number of another kind
    return FIRST_NUMBER


@transaction.atomic
def case_open(
    *, actor: Any, order: Order, case_no: str, opened_on: date, why: str, token: UUID
) -> BadDebt:
    """Open a case on what was delivered and is unpaid of an order (RES-3).

    One case at a time of an order, and none once its debt is dead. The same form sent twice opens
    one. The salesperson is told. Raises `CaseRefused`.
    """
    # The order is held: two cases at the same moment would both find none.
    order = Order.objects.select_for_update(of=("self",)).select_related("person").get(pk=order.pk)
    known: BadDebt | None = BadDebt.objects.filter(token=token).first()
    if known is not None:
        return known
    if not why.strip():
        raise CaseRefused(_("Say why the customer will not pay."))
    refuse_unfit(order, opened_on)
    try:
        with transaction.atomic():
            case = BadDebt.objects.create(
                case_no=case_no,
                order=order,
                opened_on=opened_on,
                why=why.strip(),
                opened_by=actor,
                token=token,
            )
    except IntegrityError:
        raise CaseRefused(
            _("The number %(no)s is taken; the next one is %(next)s.")
            % {"no": case_no, "next": case_no_suggest()}
        ) from None
    audit(
        actor=actor,
        action="open case",
        subject=audit_subject(case),
        changes={
            "order": [None, order.pk],
            "opened_on": [None, str(opened_on)],
            "why": [None, case.why],
            **in_place(actor, *MANAGES),
        },
    )
    opened_tell(case=case, actor=actor)
    return case


def refuse_unfit(order: Order, opened_on: date) -> None:
    """Raise `CaseRefused`, with the reason, where no case can be opened on an order (RES-3)."""
    if opened_on > clock.today():
        raise CaseRefused(_("That day is still to come."))
    refuse_before_books(opened_on)
    others = BadDebt.objects.filter(order=order).exclude(outcome=BadDebt.Outcome.RECOVERED)
    if other := others.first():
        raise CaseRefused(
            _("The case %(no)s speaks of this order already.") % {"no": other.case_no}
        )
    if not owed_on([order.pk], opened_on)[order.pk]:
        raise CaseRefused(
            _("Nothing was delivered and unpaid of this order on %(day)s.")
            % {"day": day_text(opened_on)}
        )


def refuse_before_books(on: date) -> None:
    """Raise `CaseRefused` for a day the books do not reach back to: no close would look at it."""
    first = PayMonth.objects.order_by("month").values_list("month", flat=True).first()
    if first is not None and on < first.first_day:
        raise CaseRefused(
            _("The books begin on %(day)s; what was before is loaded from a file.")
            % {"day": day_text(first.first_day)}
        )


@dataclass(frozen=True, slots=True)
class StepSaid:
    """What somebody says was done, on which day, and what is next by when."""

    kind: str
    on: date
    text: str
    next_on: date | None = None
    next_what: str = ""


@transaction.atomic
def case_step_record(
    *, actor: Any, case: BadDebt, said: StepSaid, token: UUID, files: Iterable[ReadFile] = ()
) -> CaseStep:
    """Write down what was done about a case, for good, with what proves it.

    A suit filed brings the case to court, one withdrawn brings it back. The same form sent twice
    is one step. The salesperson is told what others do. Raises `CaseRefused`, and `FileRefused`
    for a file that is not kept.
    """
    case = (
        BadDebt.objects.select_for_update(of=("self",))
        .select_related("order__person")
        .get(pk=case.pk)
    )
    known: CaseStep | None = CaseStep.objects.filter(token=token).first()
    if known is not None:
        return known
    _refuse_step(case, said)
    step = CaseStep.objects.create(
        case=case,
        kind=said.kind,
        on=said.on,
        text=said.text.strip(),
        next_on=said.next_on,
        next_what=said.next_what.strip(),
        recorded_by=actor,
        token=token,
    )
    for read in files:
        file_keep(upload=read, actor=actor, kind=FILES, owner=str(step.pk))
    place = in_place(actor, *MANAGES, "supervisor")
    changes = {"kind": [None, step.kind], "on": [None, str(step.on)], "text": [None, step.text]}
    audit(actor=actor, action="case step", subject=step_subject(step), changes={**changes, **place})
    if sued := _to_court(case, step):
        audit(actor=actor, action="court", subject=audit_subject(case), changes={**sued, **place})
    step_tell(step=step, actor=actor)
    return step


def step_subject(step: CaseStep) -> str:
    """What the audit trail calls a step: two of a day and kind are two."""
    return f"casestep {step.pk}"


def _refuse_step(case: BadDebt, said: StepSaid) -> None:
    if not said.text.strip():
        raise CaseRefused(_("Write what was done."))
    if said.on > clock.today():
        raise CaseRefused(_("That day is still to come: enter it as the next step."))
    if said.on < case.opened_on:
        raise CaseRefused(
            _("The case was opened on %(day)s; no step is earlier.")
            % {"day": day_text(case.opened_on)}
        )
    if said.next_on is not None and said.next_on < said.on:
        raise CaseRefused(_("The next step comes after this one."))
    if said.kind == Kind.FILED and case.sued_on is not None:
        raise CaseRefused(
            _("The company sues since %(day)s already.") % {"day": day_text(case.sued_on)}
        )
    if said.kind == Kind.WITHDRAWN and case.sued_on is None:
        raise CaseRefused(_("No suit was filed that could be withdrawn."))


def _to_court(case: BadDebt, step: CaseStep) -> dict[str, Any]:
    if step.kind not in (Kind.FILED, Kind.WITHDRAWN):
        return {}
    sued_on = step.on if step.kind == Kind.FILED else None
    seen = BadDebt.objects.filter(pk=case.pk, sued_on=case.sued_on)
    if seen.update(sued_on=sued_on) != 1:
        raise CaseRefused(_("Somebody else changed the case meanwhile; look again."))
    return {"sued_on": [_said(case.sued_on), _said(sued_on)]}


def _said(day: date | None) -> str | None:
    return str(day) if day else None


@transaction.atomic
def legal_cost_record(
    *, actor: Any, case: BadDebt, on: date, amount: Decimal, what: str, token: UUID
) -> LegalCost:
    """Record what suing cost on a day, in yuan (RES-4); pay and reserve follow with the close.

    One sum a day: more on the same day is a correction of it. The same form sent twice is one
    cost. Raises `CaseRefused`.
    """
    case = BadDebt.objects.select_for_update(of=("self",)).get(pk=case.pk)
    known: LegalCost | None = LegalCost.objects.filter(token=token).first()
    if known is not None:
        return known
    _refuse_cost(case, on, what)
    if amount <= 0:
        raise CaseRefused(_("A cost is more than nothing."))
    if there := LegalCost.objects.filter(case=case, incurred_on=on).first():
        raise CaseRefused(
            _("%(amount)s is recorded for that day already: correct it to the day's sum.")
            % {"amount": f"{there.amount:,.2f}"}
        )
    cost = LegalCost.objects.create(
        case=case,
        incurred_on=on,
        amount=amount,
        what=what.strip(),
        recorded_by=actor,
        token=token,
    )
    _audit_cost(actor, cost, None)
    return cost


def _refuse_cost(case: BadDebt, on: date, what: str) -> None:
    if not what.strip():
        raise CaseRefused(_("Say what the cost is for."))
    if on > clock.today():
        raise CaseRefused(_("That day is still to come."))
    if on < case.opened_on:
        raise CaseRefused(
            _("The case was opened on %(day)s; no cost is earlier.")
            % {"day": day_text(case.opened_on)}
        )
    refuse_before_books(on)


@transaction.atomic
def legal_cost_correct(
    *, actor: Any, cost: LegalCost, seen: Decimal, amount: Decimal, what: str
) -> LegalCost:
    """Put right what suing cost on a day; nothing, if it never was. What hung on it follows.

    `seen`: the amount as it was looked at. Raises `CaseRefused`, also for who comes second.
    """
    _refuse_cost(cost.case, cost.incurred_on, what)
    refuse_before_books(cost.incurred_on)
    now: LegalCost = LegalCost.objects.select_for_update(of=("self",)).get(pk=cost.pk)
    if (now.amount, now.what) == (amount, what.strip()):
        return now
    right = LegalCost.objects.filter(pk=cost.pk, amount=seen)
    if right.update(amount=amount, what=what.strip(), recorded_by=actor) != 1:
        raise CaseRefused(
            _("Somebody else corrected it meanwhile: it is %(amount)s now.")
            % {"amount": f"{now.amount:,.2f}"}
        )
    found: LegalCost = LegalCost.objects.select_related("case").get(pk=cost.pk)
    _audit_cost(actor, found, now)
    return found


def _audit_cost(actor: Any, cost: LegalCost, before: LegalCost | None) -> None:
    audit(
        actor=actor,
        action="legal cost corrected" if before else "legal cost",
        subject=cost_subject(cost),
        changes={
            "amount": [str(before.amount) if before else None, str(cost.amount)],
            "what": [before.what if before else None, cost.what],
            **in_place(actor, "finance"),
        },
    )


def cost_subject(cost: LegalCost) -> str:
    """What the audit trail calls a cost: as evidence names it."""
    return f"legalcost {cost.case.case_no} {cost.incurred_on}"
