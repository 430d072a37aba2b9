"""What fines and absence put on the desk: cash to hand over or to sign for, findings to decide."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from attendance.models import AbsenceDecision, FineHandover, FinePayment
from attendance.services.absence import DECIDE_ABSENCE
from attendance.services.fines import SIGN_FOR_IT, TAKE_CASH, amount_of
from core.desk import SHOWN, Figure, Waiting, card
from core.panels import Panel
from core.templatetags.house import moment, month_name, yuan, yuan_text
from payroll.models import Finding


def desk(user: Any) -> Iterator[Panel]:
    if user.has_role(*TAKE_CASH):
        yield from _in_hand(user)
    if user.has_role(*SIGN_FOR_IT):
        yield from _to_sign(user)
    if user.has_role(*DECIDE_ABSENCE):
        yield from _absences(user)


def _in_hand(user: Any) -> Iterator[Panel]:
    """Cash of fines that the manager has in hand; none where there is none."""
    payments = list(FinePayment.objects.in_hand_of(user))
    if payments:
        yield card(
            key="fines-in-hand",
            title=_("Cash of fines"),
            icon="banknote",
            url=reverse("fines"),
            figures=[Figure(_("In hand"), yuan(amount_of(payments)), reverse("fines"))],
        )


def _to_sign(user: Any) -> Iterator[Panel]:
    waiting = FineHandover.objects.filter(signed_at=None).exclude(made_by=user)
    rows = list(waiting.select_related("made_by__person").order_by("made_at")[: SHOWN + 1])
    if rows:
        yield card(
            key="fines-to-sign",
            title=_("Cash of fines to sign for"),
            icon="hand-coins",
            url=reverse("fine_handovers"),
            waiting=[
                Waiting(
                    text=f"{row.made_by.get_full_name()} · {yuan_text(row.amount)}",
                    url=reverse("fine_handovers"),
                    note=moment(row.made_at),
                )
                for row in rows
            ],
            count=waiting.count() if len(rows) > SHOWN else len(rows),
        )


def _absences(user: Any) -> Iterator[Panel]:
    """Findings of absence that nobody has decided on."""
    decided = AbsenceDecision.objects.filter(person=OuterRef("person"), month=OuterRef("month"))
    waiting = Finding.objects.filter(~Exists(decided), rule="ATT-5").exclude(person=user.person)
    rows = list(waiting.select_related("person").order_by("-month", "pk")[: SHOWN + 1])
    if rows:
        yield card(
            key="absences",
            title=_("Absence to decide on"),
            icon="user-x",
            url=reverse("absences"),
            waiting=[
                Waiting(
                    text=f"{row.person.name} · {month_name(row.month)}",
                    url=reverse("absence", args=[row.month, row.person.employee_no]),
                    note=_("%(days)s absent days") % {"days": f"{row.days.normalize():f}"},
                )
                for row in rows
                if row.person
            ],
            count=waiting.count() if len(rows) > SHOWN else len(rows),
        )
