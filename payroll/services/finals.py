"""Final by two: one of finance and the manager asks, the other confirms (PAY-2)."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.services import in_place
from core import clock
from core.jobs import JobRefused, Running
from core.months import Month
from core.services import audit
from payroll.models import FinalRequest, PayMonth
from payroll.querysets import WORK_ON_BOOKS
from payroll.services.final import CannotFinal, ChangedSinceAsked, final_check, month_final

State = FinalRequest.State


@transaction.atomic
def final_ask(*, month: Month, early_reason: str = "", actor: Any) -> FinalRequest:
    """Ask that a month be final; the other one confirms. Asked twice, it is asked once.

    What would be refused now is not asked for. Raises `CannotFinal`.
    """
    if standing := FinalRequest.objects.filter(month=month, state=State.ASKED).first():
        return standing
    pay_month = final_check(month=month, early_reason=early_reason)
    try:
        with transaction.atomic():
            asked = FinalRequest.objects.create(
                month=month,
                early_reason=early_reason.strip(),
                posted_entries=pay_month.posted_entries,
                asked_at=clock.now(),
                asked_by=actor,
            )
    except IntegrityError:
        return FinalRequest.objects.get(month=month, state=State.ASKED)
    audit(
        actor=actor,
        action="ask for final",
        subject=f"month {month}",
        changes={
            **({"early_reason": [None, asked.early_reason]} if asked.early_reason else {}),
            **in_place(actor, *WORK_ON_BOOKS),
        },
    )
    return asked


def final_confirm(*, asked: FinalRequest, actor: Any) -> PayMonth:
    """Confirm what another asked for: the month is final. Raises `CannotFinal`.

    What was asked for and what is confirmed is the same, or it is asked for anew.
    """
    month = asked.month
    standing = FinalRequest.objects.filter(pk=asked.pk, state=State.ASKED)
    if not standing.exists():
        raise CannotFinal(_("%(month)s changed meanwhile; look again") % {"month": month})
    try:
        return month_final(
            month=month,
            actor=actor,
            early_reason=asked.early_reason,
            posted_entries=asked.posted_entries,
        )
    except ChangedSinceAsked:
        final_drop(asked=asked, actor=None)
        raise


@transaction.atomic
def final_drop(*, asked: FinalRequest, actor: Any) -> bool:
    """Take a request back, or turn it down; says whether it stood."""
    dropped = FinalRequest.objects.filter(pk=asked.pk, state=State.ASKED).update(
        state=State.WITHDRAWN, ended_at=clock.now(), ended_by=actor
    )
    if dropped:
        audit(
            actor=actor,
            action="final not asked",
            subject=f"month {asked.month}",
            changes=dict(in_place(actor, *WORK_ON_BOOKS)),
        )
    return bool(dropped)


def final_go_on(*, running: Running) -> None:
    """The daily job: a month whose time to object has ended is made final. Raises `JobRefused`."""
    month = Month.parse(running.run.subject)
    try:
        month_final(month=month, actor=running.run.requested_by)
    except CannotFinal as refusal:
        raise JobRefused(str(refusal)) from None
    running.finish(outcome={"month": str(month)})
