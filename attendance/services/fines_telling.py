"""Who is told of the cash of fines."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop

from accounts.models import Person
from attendance.models import FineHandover, FinePayment
from core import clock
from core.templatetags.house import day, yuan_text
from notices.services import notice_send


def handover_tell(*, handover: FineHandover, actor: Any) -> None:
    """The cashier hears that cash of fines waits to be signed for."""
    notice_send(
        people=Person.objects.acting_as("cashier", clock.today()),
        key=f"finehandover/{handover.pk}",
        text=gettext_noop("Cash of fines waits for your signature: %(amount)s"),
        values={"amount": yuan_text(handover.amount)},
        url=reverse("fine_handovers"),
        actor=actor,
    )


def given_back_tell(*, payment: FinePayment, actor: Any) -> None:
    """Whoever paid hears that the cash is given back: it should have come."""
    notice_send(
        people=[payment.person],
        key=f"finepayment/{payment.pk}/given-back",
        text=gettext_noop("The fine of %(day)s that you paid in cash is given back"),
        values={"day": day(payment.date)},
        url=reverse("explain"),
        actor=actor,
    )
