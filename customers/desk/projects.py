"""What projects put on the desk: to be assigned, to be ruled on, gone quiet (CUS-3, CUS-4)."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.querysets import led_ids
from core import clock
from core.desk import SHOWN, Waiting, card
from core.panels import Panel
from core.templatetags.house import day, moment
from customers.models import Claim, Conflict, Project
from customers.permissions.projects import can_assign


def desk(user: Any) -> Iterator[Panel]:
    if user.has_role("leader", "manager") and can_assign(user):
        yield from _to_assign()
        yield from _to_rule(user)
    if user.has_role("salesperson"):
        yield from _to_say(user)
    if user.has_role("salesperson", "supervisor"):
        yield from _quiet(user)


def _to_assign() -> Iterator[Panel]:
    found = Project.objects.to_assign().select_related("registered_by")
    rows = list(found.order_by("touched_at", "pk")[: SHOWN + 1])
    if rows:
        yield card(
            key="projects-assign",
            title=_("Projects to assign"),
            icon="user-check",
            url=reverse("projects") + "?state=assign",
            waiting=[
                Waiting(
                    text=f"{each.name} · {each.prefecture}",
                    url=reverse("project_assigning", args=[each.pk]),
                    note=_("registered by %(name)s") % {"name": each.registered_by.name},
                )
                for each in rows
            ],
            count=found.count() if len(rows) > SHOWN else len(rows),
        )


def _to_rule(user: Any) -> Iterator[Panel]:
    """Conflicts open, but for those of one's own people and one's own."""
    barred = Claim.objects.filter(
        Q(person=user.person_id)
        | Q(person__supervisor=user.person_id)
        | Q(person__in=led_ids(user))
    )
    found = Conflict.objects.waiting().exclude(pk__in=barred.values("conflict"))
    rows = list(found.select_related("earlier").order_by("opened_at", "pk")[: SHOWN + 1])
    if rows:
        yield card(
            key="conflicts",
            title=_("Conflicts to rule on"),
            icon="gavel",
            url=reverse("conflicts") + "?state=open",
            waiting=[
                Waiting(
                    text=f"{each.conflict_no} · {each.earlier.name}",
                    url=reverse("conflict", args=[each.pk]),
                    note=moment(each.opened_at),
                )
                for each in rows
            ],
            count=found.count() if len(rows) > SHOWN else len(rows),
        )


def _to_say(user: Any) -> Iterator[Panel]:
    """One's own projects in conflict, of which one has not said one's side."""
    found = Claim.objects.filter(person=user.person, said_at=None, conflict__ruling="")
    rows = list(found.select_related("project").order_by("pk")[: SHOWN + 1])
    if rows:
        yield card(
            key="own-conflicts",
            title=_("Say your side"),
            icon="swords",
            url=reverse("conflicts"),
            waiting=[
                Waiting(
                    text=each.project.name,
                    url=reverse("conflict", args=[each.conflict_id]),
                    note=_("another registration looks like it"),
                )
                for each in rows
            ],
            count=found.count() if len(rows) > SHOWN else len(rows),
        )


def _quiet(user: Any) -> Iterator[Panel]:
    """Projects of one's own and of the people one leads that went stale."""
    whose = {user.person_id, *led_ids(user)}
    found = Project.objects.stale(clock.now()).filter(person__in=whose)
    rows = list(found.select_related("person").order_by("touched_at", "pk")[: SHOWN + 1])
    if rows:
        yield card(
            key="projects-quiet",
            title=_("Projects gone quiet"),
            icon="hourglass",
            url=reverse("projects") + "?state=stale",
            waiting=[
                Waiting(
                    text=each.name,
                    url=reverse("project", args=[each.pk]),
                    note=_("%(name)s, last news %(day)s")
                    % {"name": each.person.name, "day": day(each.touched_at)},
                )
                for each in rows
            ],
            count=found.count() if len(rows) > SHOWN else len(rows),
        )
