"""What complaints put on the desk: to handle, to assign, about oneself (COM-1)."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Case, Count, F, Q, Value, When, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext as _

from core.desk import SHOWN, Waiting, card
from core.panels import Panel
from customers.models import Complaint

HANDLE, ABOUT_ME, ASSIGN = "handle", "about", "assign"


def desk(user: Any) -> Iterator[Panel]:
    """One query: the first few of each card, with how many there are."""
    if user.person is None:
        return
    waiting: dict[str, list[Any]] = {HANDLE: [], ABOUT_ME: [], ASSIGN: []}
    for row in _rows(user):
        waiting[row.why].append(row)
    for key, title, icon in (
        (HANDLE, _("Complaints to handle"), "message-square-warning"),
        (ASSIGN, _("Complaints to assign"), "user-plus"),
        (ABOUT_ME, _("Complaints about me"), "message-square-text"),
    ):
        if waiting[key]:
            yield _card(f"complaints-{key}", title, icon, waiting[key])


def _rows(user: Any) -> Any:
    me = user.person_id
    about_me = Q(about=me, hearing_at__isnull=False)
    to_assign = Complaint.objects.assigned_by(user).filter(state="opened").order_by()
    rows = Complaint.objects.unanswered().filter(
        Q(handler=me) | about_me | Q(pk__in=to_assign.values("pk"))
    )
    why = Case(
        When(handler=me, then=Value(HANDLE)),
        When(about_me, then=Value(ABOUT_ME)),
        default=Value(ASSIGN),
    )
    of_each: Any = {"partition_by": [F("why")]}
    numbered = rows.annotate(why=why).annotate(
        of=Window(Count("id"), **of_each),
        place=Window(RowNumber(), order_by=[F("due_on"), F("id")], **of_each),
    )
    return numbered.filter(place__lte=SHOWN).order_by("due_on", "id")


def _card(key: str, title: str, icon: str, rows: list[Any]) -> Panel:
    return card(
        key=key,
        title=title,
        icon=icon,
        url=reverse("complaints"),
        waiting=[
            Waiting(
                text=row.subject,
                url=reverse("complaint", args=[row.pk]),
                note=row.customer_name,
                due=row.due_at,
            )
            for row in rows
        ],
        count=rows[0].of,
    )
