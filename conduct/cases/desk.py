"""What cases put on the desk: to reply to, to decide, what the leader is asked, what personnel
carries out (DIS-1). No names: a desk is seen over a shoulder."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import PositionPlan
from conduct.cases.querysets import DECIDE
from conduct.models import Objection, Proceeding, Proposal, Subject
from core import clock
from core.desk import SHOWN, Waiting, card
from core.panels import Panel


def desk(user: Any) -> Iterator[Panel]:
    """One query for whom cases are about, up to five for those who decide."""
    if user.person is None:
        return
    yield from _to_reply(user)
    if user.has_role(*DECIDE):
        yield from _to_decide(user)
    if user.has_role("admin"):
        yield from _to_carry_out(user)


def _to_reply(user: Any) -> Iterator[Panel]:
    mine = Subject.objects.filter(
        person=user.person_id, proceeding__state="hearing", replied_at=None, verdict=None
    )
    rows = mine.select_related("proceeding").order_by("proceeding__hearing_until", "pk")[:SHOWN]
    waiting = [
        Waiting(
            text=_("Say your side: case %(no)s") % {"no": row.proceeding.proceeding_no},
            url=reverse("proceeding", args=[row.proceeding_id]),
            due=row.proceeding.reply_until,
        )
        for row in rows
    ]
    if waiting:
        yield card(
            key="case-reply", title=_("I am heard"), icon="ear", waiting=waiting, url=_list()
        )


def _to_decide(user: Any) -> Iterator[Panel]:
    """New ones, and those of which everybody was heard; then objections and proposals."""
    unheard = Subject.objects.filter(
        proceeding=OuterRef("pk"), verdict=None, replied_at=None
    ).order_by()
    ready = Q(state="reported") | Q(hearing_until__lt=clock.today()) | ~Exists(unheard)
    cases = Proceeding.objects.to_decide(user).filter(ready).order_by("pk")
    waiting = [
        Waiting(
            text=f"{row.proceeding_no} · {row.get_state_display()}",
            url=reverse("proceeding", args=[row.pk]),
        )
        for row in cases[: SHOWN + 1]
    ]
    waiting += _words(Objection.objects.waiting_for(user), _("Objection: case %(no)s"))
    waiting += _words(Proposal.objects.waiting_for(user), _("Proposal to the leader: case %(no)s"))
    if waiting:
        yield card(
            key="case-decide",
            title=_("Cases to decide"),
            icon="gavel",
            url=_list(),
            waiting=waiting,
        )


def _words(rows: QuerySet[Any], text: str) -> list[Waiting]:
    found: Iterable[Any] = rows.select_related("verdict__subject__proceeding").order_by("pk")
    return [
        Waiting(
            text=text % {"no": each.verdict.subject.proceeding.proceeding_no},
            url=reverse("proceeding", args=[each.verdict.subject.proceeding_id]),
        )
        for each in found[:SHOWN]  # type: ignore[index]
    ]


def _to_carry_out(user: Any) -> Iterator[Panel]:
    """Accepted demotions and dismissals that personnel has not done since."""
    of = {"person": OuterRef("verdict__subject__person"), "made_at__gte": OuterRef("decided_at")}
    planned = PositionPlan.objects.filter(kind="demotion", **of).exclude(state="withdrawn")
    rows = Proposal.objects.filter(state="accepted", verdict__annulled_at=None).filter(
        (Q(kind="demotion") & ~Exists(planned))
        | Q(kind="dismissal", verdict__subject__person__left_on=None)
    )
    rows = rows.exclude(verdict__subject__person=user.person_id)
    waiting = [
        Waiting(
            text=f"{row.verdict.subject.person} · {row.get_kind_display()}",
            url=reverse(
                "person_position" if row.kind == "demotion" else "person_leaving",
                args=[row.verdict.subject.person.employee_no],
            ),
        )
        for row in rows.select_related("verdict__subject__person").order_by("pk")[:SHOWN]
    ]
    if waiting:
        yield card(
            key="case-carry",
            title=_("Decided: to be carried out"),
            icon="user-cog",
            waiting=waiting,
        )


def _list() -> str:
    return reverse("proceedings")
