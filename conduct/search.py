"""Cases and rewards in the search box (DIS-1, REW-1): those one is concerned in, and nothing of
what a case says."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import Person
from conduct.cases.permissions import can_report
from conduct.models import Proceeding, RewardProposal, Subject
from conduct.rewards.permissions import can_see_rewards
from core.search import Hit, SearchGroup, more
from core.spelling import spelled
from core.templatetags.house import day


def cases(user: Any, words: str, limit: int) -> SearchGroup | None:
    """The latest first, by number and by whom they are about. One query."""
    if not can_report(user):
        return None
    about = Subject.objects.filter(person__in=_named(words)).order_by().values("proceeding")
    named = Q(proceeding_no__icontains=words) | Q(pk__in=about)
    rows = Proceeding.objects.visible_to(user).filter(named)
    found = list(rows.order_by("-reported_at", "-pk")[: limit + 1])
    return SearchGroup(
        title=pgettext("conduct", "Cases"),
        icon="gavel",
        hits=[
            Hit(
                label=row.proceeding_no,
                note=row.get_state_display(),
                url=reverse("proceeding", args=[row.pk]),
                exact=row.proceeding_no.lower() == words,
            )
            for row in found[:limit]
        ],
        more_url=more(found, limit, "proceedings", words),
    )


def rewards(user: Any, words: str, limit: int) -> SearchGroup | None:
    """The latest first, by name, title and what for; no amount. One query."""
    if not can_see_rewards(user):
        return None
    said = Q(reason__icontains=words) | Q(title__icontains=words) | Q(person__in=_named(words))
    rows = RewardProposal.objects.visible_to(user).filter(said).select_related("person")
    found = list(rows.order_by("-proposed_at", "-pk")[: limit + 1])
    return SearchGroup(
        title=_("Rewards"),
        icon="gift",
        hits=[
            Hit(
                label=f"{row.person.name} · {row.title or row.get_kind_display()}",
                note=f"{row.get_state_display()} · {day(row.proposed_at)}",
                url=reverse("reward_proposal", args=[row.pk]),
            )
            for row in found[:limit]
        ],
        more_url=more(found, limit, "reward_proposals", words),
    )


def _named(words: str) -> "QuerySet[Any]":
    """The ids of the people that what was typed names, as a subquery."""
    by_name = Q(pk__in=spelled(Person, words)) | Q(name__icontains=words)
    people = Person.objects.filter(by_name | Q(employee_no__icontains=words))
    return people.order_by().values("pk")
