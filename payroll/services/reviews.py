"""Drafts read and acknowledged (PAY-2)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from core import clock
from core.months import Month
from core.services import audit
from core.templatetags.house import day
from payroll.models import Appeal, PayMonth, StatementReview
from payroll.reviewing import changed_since_acknowledged, seen_of

State = StatementReview.State
DIGEST_SHOWN = 12  # the whole one is kept with the review


class CannotAcknowledge(Exception):
    """The statement cannot be acknowledged; the message says why, in the reader's language."""


def review_subject(month: Month, person: Person) -> str:
    """What the audit trail calls the review of somebody's statement."""
    return f"statement {month} {person.employee_no}"


def statement_read(*, month: Month, person: Person) -> StatementReview:
    """Keep that a salesperson has opened the own draft; only the first time counts."""
    review, _new = StatementReview.objects.get_or_create(month=month, person=person)
    return review


@transaction.atomic
def statement_acknowledge(
    *, month: Month, person: Person, digest: str, actor: Any = None
) -> StatementReview:
    """Acknowledge the own draft as it was shown: `digest` says what that was.

    Done again it changes nothing, unless the statement has changed since: then it is acknowledged
    as it is now. Raises `CannotAcknowledge`.
    """
    # Held against posts: what commits later has a newer number than what is seen here.
    pay_month = PayMonth.objects.select_for_update().filter(month=month).first()
    _check(pay_month, month, person)
    seen = seen_of(month, person.pk)
    if seen.digest != digest:
        raise CannotAcknowledge(_("The statement has changed meanwhile; look again."))
    review = statement_read(month=month, person=person)
    is_lapsed = bool(changed_since_acknowledged(month, [person.pk]))
    if review.state == State.ACKNOWLEDGED and not is_lapsed:
        return review
    StatementReview.objects.filter(pk=review.pk).update(
        state=State.ACKNOWLEDGED,
        acknowledged_at=clock.now(),
        seen_entry=seen.newest,
        digest=seen.digest,
    )
    audit(
        actor=actor,
        action="acknowledge",
        subject=review_subject(month, person),
        changes={
            "state": [review.state, State.ACKNOWLEDGED],
            "digest": [review.digest[:DIGEST_SHOWN], seen.digest[:DIGEST_SHOWN]],
        },
    )
    return StatementReview.objects.get(pk=review.pk)


def _check(pay_month: PayMonth | None, month: Month, person: Person) -> None:
    if pay_month is None or pay_month.draft_at is None:
        raise CannotAcknowledge(_("The draft of %(month)s does not stand yet.") % {"month": month})
    if pay_month.is_final:
        raise CannotAcknowledge(_("%(month)s is final already") % {"month": month})
    window = pay_month.window
    if window and window.is_over(clock.now()):
        raise CannotAcknowledge(
            _("The time to acknowledge ended at the end of %(day)s.")
            % {"day": day(window.last_day)}
        )
    if Appeal.objects.undecided().filter(pay_month=month, person=person).exists():
        raise CannotAcknowledge(
            _("You have objected to a line: acknowledge when that is decided, or withdraw it.")
        )
