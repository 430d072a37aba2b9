"""What is said and decided about an appraisal (KPI-1): points, talk, answer, decision.

What follows from it (a bonus, a sanction) is a case of its own: `performance.effects`.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.services import in_place
from core import clock
from performance.models import Appraisal
from performance.models.appraisals import MOST_POINTS
from performance.rules.appraisal import grade_of
from performance.services.keeping import PerformanceRefused, change
from performance.services.telling import decided_tell, objected_tell, told_tell
from policy.querysets import policy_book

State = Appraisal.State


@transaction.atomic
def appraisal_adjust(*, appraisal: Appraisal, points: int, reason: str, actor: Any) -> Appraisal:
    """Add points to a draft, or take some, with the reason; nothing takes them back.

    Raises `PerformanceRefused`, and `ChangedMeanwhile` for who comes second.
    """
    _must_be(appraisal, State.DRAFT, _("She was told of it already."))
    _check_points(appraisal, points)
    if points and not reason.strip():
        raise PerformanceRefused(_("Say why."))
    done: Appraisal = change(
        appraisal,
        action="appraisal adjusted",
        actor=actor,
        said=in_place(actor, "manager"),
        **_with(appraisal, points, reason if points else "", actor if points else None),
    )
    return done


def _must_be(appraisal: Appraisal, state: str, otherwise: str) -> None:
    if appraisal.state != state:
        raise PerformanceRefused(otherwise)


def _check_points(appraisal: Appraisal, points: int) -> None:
    if not -MOST_POINTS <= points <= MOST_POINTS:
        raise PerformanceRefused(_("Between %(n)s points less and more.") % {"n": MOST_POINTS})
    if points and appraisal.computed is None:
        raise PerformanceRefused(_("Without data there is no score to change."))


def _with(appraisal: Appraisal, points: int, reason: str, by: Any) -> dict[str, Any]:
    """The fields of an appraisal with so many points."""
    score = appraisal.with_points(points)
    policy = policy_book().on(appraisal.span.last_day)
    return {
        "points": points,
        "points_reason": reason.strip(),
        "points_by": by,
        "score": score,
        "grade": grade_of(score, policy),
    }


@transaction.atomic
def appraisal_tell(*, appraisal: Appraisal, talk: str, actor: Any) -> Appraisal:
    """It was talked over with her: from now on she sees it, and its figures stay as they are."""
    _must_be(appraisal, State.DRAFT, _("She was told of it already."))
    if not talk.strip():
        raise PerformanceRefused(_("Write down what was talked about."))
    told: Appraisal = change(
        appraisal,
        action="appraisal told",
        actor=actor,
        said=in_place(actor, "supervisor", "manager", "leader"),
        state=State.TOLD,
        talk=talk.strip(),
        told_at=clock.now(),
        told_by=actor,
    )
    told_tell(appraisal=told, actor=actor)
    return told


@transaction.atomic
def appraisal_acknowledge(*, appraisal: Appraisal, actor: Any) -> Appraisal:
    """She takes it as it is."""
    _must_be(appraisal, State.TOLD, _("It was answered already."))
    done: Appraisal = change(
        appraisal,
        action="appraisal acknowledged",
        actor=actor,
        state=State.ACKNOWLEDGED,
        answered_at=clock.now(),
    )
    return done


@transaction.atomic
def appraisal_object(*, appraisal: Appraisal, objection: str, actor: Any) -> Appraisal:
    """She objects, and says to what. Somebody else than who told her decides."""
    _must_be(appraisal, State.TOLD, _("It was answered already."))
    if not objection.strip():
        raise PerformanceRefused(_("Say what is wrong with it."))
    done: Appraisal = change(
        appraisal,
        action="appraisal objected",
        actor=actor,
        state=State.OBJECTED,
        objection=objection.strip(),
        answered_at=clock.now(),
    )
    objected_tell(appraisal=done, actor=actor)
    return done


@transaction.atomic
def appraisal_decide(*, appraisal: Appraisal, points: int, reply: str, actor: Any) -> Appraisal:
    """Decide on the objection, with the reason: the points stay as they are, or become others.

    Nobody decides on what they told or added themselves.
    """
    _must_be(appraisal, State.OBJECTED, _("It was decided already."))
    if not reply.strip():
        raise PerformanceRefused(_("A decision needs its reason."))
    if actor.pk in (appraisal.told_by_id, appraisal.points_by_id):
        raise PerformanceRefused(_("An objection is decided by somebody else."))
    _check_points(appraisal, points)
    others = {}
    if points != appraisal.points:
        others = _with(appraisal, points, reply if points else "", actor if points else None)
    decided: Appraisal = change(
        appraisal,
        action="appraisal decided",
        actor=actor,
        said=in_place(actor, "manager", "leader"),
        state=State.DECIDED,
        reply=reply.strip(),
        decided_at=clock.now(),
        decided_by=actor,
        **others,
    )
    decided_tell(appraisal=decided, actor=actor)
    return decided
