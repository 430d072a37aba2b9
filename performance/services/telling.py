"""Who is told of appraisals and activities: the one place from which word of it goes out."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop

from accounts.models import Person
from accounts.rules import deciding_roles
from core import clock
from notices.services import notice_send
from performance.models import Activity, Appraisal

DECIDE = frozenset({"manager", "leader"})


def told_tell(*, appraisal: Appraisal, actor: Any) -> None:
    """She hears that it waits for her word, and no score: a notice is read over shoulders."""
    notice_send(
        people=[appraisal.person],
        key=f"appraisal/{appraisal.pk}/told",
        text=gettext_noop("Your appraisal of %(quarter)s waits for your word"),
        values={"quarter": appraisal.quarter},
        url=reverse("appraisal", args=[appraisal.pk]),
        actor=actor,
    )


def objected_tell(*, appraisal: Appraisal, actor: Any) -> None:
    """Who may decide hears of the objection: not whose it is, who told her or added the points."""
    today = clock.today()
    heads = {
        person.pk: person
        for role in sorted(deciding_roles(appraisal.person.role_set, DECIDE))
        for person in Person.objects.acting_as(role, today).select_related("user")
    }
    party = (appraisal.told_by_id, appraisal.points_by_id)
    notice_send(
        people=[
            each
            for each in heads.values()
            if each.pk != appraisal.person_id and _login(each) not in party
        ],
        key=f"appraisal/{appraisal.pk}/objected",
        text=gettext_noop("An objection to an appraisal of %(quarter)s waits for a decision"),
        values={"quarter": appraisal.quarter},
        url=reverse("appraisal", args=[appraisal.pk]),
        actor=actor,
    )


def _login(person: Person) -> int | None:
    user = getattr(person, "user", None)
    return user.pk if user else None


def decided_tell(*, appraisal: Appraisal, actor: Any) -> None:
    notice_send(
        people=[appraisal.person],
        key=f"appraisal/{appraisal.pk}/decided",
        text=gettext_noop("Your objection to the appraisal of %(quarter)s is decided"),
        values={"quarter": appraisal.quarter},
        url=reverse("appraisal", args=[appraisal.pk]),
        actor=actor,
    )


def activity_tell(*, activity: Activity, actor: Any) -> None:
    """Whoever planned it hears what was decided."""
    texts = {
        Activity.State.APPROVED: gettext_noop("The activity %(title)s is approved"),
        Activity.State.REFUSED: gettext_noop("The activity %(title)s is refused"),
        Activity.State.CALLED_OFF: gettext_noop("The activity %(title)s is called off"),
    }
    people = {activity.planner}
    if activity.state != Activity.State.REFUSED:
        people |= {each.person for each in activity.places.select_related("person")}
    notice_send(
        people=sorted(people, key=lambda each: each.pk),
        key=f"activity/{activity.pk}/{activity.version}",
        text=texts[Activity.State(activity.state)],
        values={"title": activity.title},
        url=reverse("activity", args=[activity.pk]),
        actor=actor,
    )
