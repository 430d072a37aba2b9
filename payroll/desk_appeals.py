"""What objections and drafts put on the desk (PAY-2, PAY-3)."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Person
from core import clock
from core.desk import SHOWN, Waiting, card
from core.panels import Panel
from core.templatetags.house import month_name
from payroll.models import Appeal, FinalRequest, PayMonth, StatementReview
from payroll.permissions import can_confirm_final, can_final
from payroll.querysets import DECIDES_APPEALS
from payroll.reviewing import changed_since_acknowledged, last_moment
from payroll.statements import rule_title


def desk(user: Any) -> Iterator[Panel]:
    if user.has_role("salesperson"):
        yield from _own_draft(user)
        yield from _own_appeals(user)
    if user.has_role(*DECIDES_APPEALS):
        yield from _to_decide(user)
    if can_final(user):
        yield from _to_confirm(user)


def _own_draft(user: Any) -> Iterator[Panel]:
    """One's own drafts that can still be acknowledged: none once that is done."""
    drafts = PayMonth.objects.filter(state=PayMonth.State.CLOSED, draft_at__isnull=False)
    now = clock.now()
    waiting = []
    for draft in drafts.order_by("month"):
        window = draft.window
        if window and not window.is_over(now) and not _is_acknowledged(user.person, draft):
            waiting.append(
                Waiting(
                    text=_("Your statement of %(month)s is ready")
                    % {"month": month_name(draft.month)},
                    url=reverse("statement", args=[draft.month, user.person.employee_no]),
                    note=_("read it, acknowledge it, or object to a line"),
                    due=last_moment(window),
                )
            )
    if waiting:
        yield card(key="own-draft", title=_("To acknowledge"), icon="file-check", waiting=waiting)


def _is_acknowledged(person: Person, draft: PayMonth) -> bool:
    review = StatementReview.objects.filter(
        month=draft.month, person=person, state=StatementReview.State.ACKNOWLEDGED
    )
    return review.exists() and not changed_since_acknowledged(draft.month, [person.pk])


def _own_appeals(user: Any) -> Iterator[Panel]:
    """One's own appeals: those that wait for an answer of one's own first."""
    mine = Appeal.objects.undecided().filter(person=user.person).select_related("entry")
    rows = list(mine.order_by("-state", "deadline")[: SHOWN + 1])
    if rows:
        yield card(
            key="own-appeals",
            title=_("My appeals"),
            icon="message-square-warning",
            url=reverse("appeals"),
            waiting=[
                Waiting(
                    text=rule_title(each.entry.rule),
                    url=reverse("appeal", args=[each.pk]),
                    note=_("you are asked for more")
                    if each.state == Appeal.State.RETURNED
                    else _("being looked at"),
                    due=each.deadline,
                )
                for each in rows
            ],
            count=mine.count() if len(rows) > SHOWN else len(rows),
        )


def _to_decide(user: Any) -> Iterator[Panel]:
    """Appeals that wait for the role one holds, the most urgent first."""
    waiting = Appeal.objects.undecided().filter(state=Appeal.State.OPEN).going_to(user)
    rows = list(waiting.select_related("person", "entry").order_by("deadline")[: SHOWN + 1])
    if rows:
        yield card(
            key="appeals",
            title=_("Appeals to decide"),
            icon="scale",
            url=reverse("appeals"),
            waiting=[
                Waiting(
                    text=f"{each.person.name} · {rule_title(each.entry.rule)}",
                    url=reverse("appeal", args=[each.pk]),
                    due=each.deadline,
                )
                for each in rows
            ],
            count=waiting.count() if len(rows) > SHOWN else len(rows),
        )


def _to_confirm(user: Any) -> Iterator[Panel]:
    """Months another asked to be final, which wait for one's own word."""
    asked = FinalRequest.objects.filter(state=FinalRequest.State.ASKED).order_by("month")
    rows = [
        each
        for each in asked.select_related("asked_by__person")
        if can_confirm_final(user, each.asked_by)
    ]
    if rows:
        yield card(
            key="finals",
            title=_("Months to confirm"),
            icon="lock",
            waiting=[
                Waiting(
                    text=_("%(month)s is to be final") % {"month": month_name(each.month)},
                    url=reverse("month_final", args=[each.month]),
                    note=_("asked by %(who)s") % {"who": each.asked_by.get_full_name()},
                )
                for each in rows
            ],
        )
