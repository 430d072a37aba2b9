"""What targets, commission and appraisals put on the desk (TAR-1, COMM-1, KPI-1)."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.desk import SHOWN, Figure, Waiting, card
from core.panels import Panel
from core.templatetags.house import day, yuan_text
from performance.models import Activity, Appraisal
from performance.permissions import can_approve_activity, can_decide
from performance.reads.attaining import attainments
from performance.reads.commission import month_running, tiers_of
from performance.rules.commission import Standing, standing
from performance.rules.periods import Period
from performance.words import period_name


def desk(user: Any) -> Iterator[Panel]:
    """One's own month and quarter; appraisals that wait for one's word."""
    if user.person is not None and user.person.has_role("salesperson"):
        yield _own(user)
    yield from _waiting(user)
    yield from _activities(user)


def _own(user: Any) -> Panel:
    """Target and commission of the collection month that runs. Half a dozen queries."""
    month = month_running(clock.now())
    period = Period(month, 1)
    attained = attainments(period, [user.person], [user.person_id])[user.person_id]
    found = standing(attained.handed_in, tiers_of(month))
    url = reverse("targets", args=[period])
    figures = [
        Figure(
            label=_("Commission"),
            value=yuan_text(found.due),
            url=reverse("my_commission"),
            note=tier_says(found),
        )
    ]
    if attained.handed_in_percent is not None:
        note = ""
        if attained.missing:
            note = _("%(amount)s yuan to go") % {"amount": yuan_text(attained.missing)}
        figures.insert(
            0,
            Figure(
                label=_("Target of %(period)s") % {"period": period_name(period)},
                value=f"{attained.handed_in_percent} %",
                url=url,
                note=note,
            ),
        )
    return card(
        key="targets", title=_("Target and commission"), icon="target", url=url, figures=figures
    )


def tier_says(found: Standing) -> str:
    """How far it is to the next tier, in words."""
    if found.missing is None or found.next_rate is None:
        return _("the highest tier: %(rate)s %%") % {"rate": f"{found.rate * 100:.4g}"}
    return _("%(amount)s yuan more to the next tier: %(rate)s %%") % {
        "amount": yuan_text(found.missing),
        "rate": f"{found.next_rate * 100:.4g}",
    }


def _waiting(user: Any) -> Iterator[Panel]:
    """Those to answer, and objections one may decide on. Two queries."""
    if user.person_id is None:
        return
    seen = Appraisal.objects.visible_to(user)
    rows = list(seen.waiting_for_her(user).order_by("quarter")[: SHOWN + 1])
    waiting = [
        Waiting(
            text=_("Your appraisal of %(quarter)s") % {"quarter": period_name(row.span)},
            url=reverse("appraisal", args=[row.pk]),
            note=_("acknowledge it, or object"),
        )
        for row in rows
    ]
    if user.has_role("manager", "leader"):
        objected = seen.filter(state=Appraisal.State.OBJECTED).select_related("person")
        waiting += [
            Waiting(
                text=_("An objection to an appraisal"),
                url=reverse("appraisal", args=[row.pk]),
                note=period_name(row.span),
            )
            for row in objected.order_by("answered_at")[: SHOWN + 1]
            if can_decide(user, row)
        ]
    if waiting:
        yield card(
            key="appraisals",
            title=_("Appraisals"),
            icon="award",
            url=reverse("appraisals"),
            waiting=waiting,
        )


def _activities(user: Any) -> Iterator[Panel]:
    """Plans that wait for one's approval. One query."""
    if not user.has_role("manager", "leader"):
        return
    asked = Activity.objects.visible_to(user).filter(state=Activity.State.ASKED)
    rows = asked.select_related("planner").order_by("starts_on")[: 2 * SHOWN]
    waiting = [
        Waiting(
            text=row.title,
            url=reverse("activity", args=[row.pk]),
            note=day(row.starts_on),
        )
        for row in rows
        if can_approve_activity(user, row)
    ]
    if waiting:
        yield card(
            key="activities",
            title=_("Activities to approve"),
            icon="calendar-heart",
            url=reverse("activities") + "?state=asked",
            waiting=waiting,
        )
