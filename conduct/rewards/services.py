"""Rewards are proposed, decided, and what follows from a granted one (REW-1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Person
from accounts.rules import deciding_roles
from accounts.services import in_place
from attendance.services.leave_keeping import LeaveRefused
from attendance.services.rewards import reward_give
from conduct.models import Reward, RewardProposal
from core import clock
from core.months import Month
from core.services import audit, audit_subject
from notices.services import notice_send
from payroll.services import close_follow

Kind, State = RewardProposal.Kind, RewardProposal.State


class RewardRefused(Exception):
    """It cannot be done; nothing was changed. The message says why, in the reader's language."""


class ChangedMeanwhile(RewardRefused):
    """Somebody else was first."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A reward as its form says it: yuan of a bonus, days of leave, the title's words."""

    kind: str
    reason: str
    amount: Decimal | None = None
    title: str = ""
    days: Decimal | None = None
    use_by: date | None = None

    def fields(self) -> dict[str, Any]:
        """What the kind is made of, and nothing else that was typed."""
        return {
            "kind": self.kind,
            "reason": self.reason.strip(),
            "amount": self.amount if self.kind == Kind.BONUS else None,
            "title": self.title.strip() if self.kind == Kind.TITLE else "",
            "days": self.days if self.kind == Kind.LEAVE else None,
            "use_by": self.use_by if self.kind == Kind.LEAVE else None,
        }


@transaction.atomic
def reward_propose(
    *, person: Person, proposed: Proposed, token: UUID, by: Person, actor: Any = None
) -> RewardProposal:
    """Propose a reward for somebody; nothing follows from it until it is decided. The same form
    sent twice is one proposal. Raises `RewardRefused`."""
    said = proposed.fields()
    _check(said, person, by)
    row, new = RewardProposal.objects.get_or_create(
        token=token,
        defaults={"person": person, "proposed_by": by, "proposed_at": clock.now(), **said},
    )
    if not new:
        if row.proposed_by_id != by.pk:
            raise RewardRefused(_("Open the form anew and send it again."))
        return row
    _written(row, "reward proposed", actor, kind=[None, row.kind])
    (role,) = _roles(row)
    deciders = Person.objects.acting_as(role, clock.today()).exclude(pk=person.pk)
    _tell(row, deciders, "proposed", gettext_noop("A reward for %(name)s is proposed"), actor)
    return row


def _check(said: dict[str, Any], person: Person, by: Person) -> None:
    if person.pk == by.pk:
        raise RewardRefused(_("Nobody proposes a reward for themselves."))
    if person.has_left:
        raise RewardRefused(_("%(name)s does not work here any more.") % {"name": person.name})
    if said["kind"] not in Kind.values:
        raise RewardRefused(_("There is no such reward."))
    if not said["reason"]:
        raise RewardRefused(_("A reward needs its reason."))
    if said["kind"] == Kind.BONUS and not said["amount"]:
        raise RewardRefused(_("a bonus needs its amount"))
    if said["kind"] == Kind.TITLE and not said["title"]:
        raise RewardRefused(_("Say which title."))
    if said["kind"] == Kind.LEAVE and not (said["days"] and said["use_by"]):
        raise RewardRefused(_("Reward leave needs its days, and until when to use them."))


@transaction.atomic
def reward_decide(*, row: RewardProposal, grant: bool, reply: str, actor: Any) -> RewardProposal:
    """Grant or refuse what was proposed; a refusal needs its reason. Once.

    Granted, the fact stands from today, and the ledger follows it; days of leave join the balance;
    a promotion is personnel's to plan. Raises `RewardRefused`, `ChangedMeanwhile`.
    """
    if not grant and not reply.strip():
        raise RewardRefused(_("A refusal needs its reason."))
    held = RewardProposal.objects.select_for_update(of=("self",))
    now: RewardProposal = held.select_related("person", "proposed_by").get(pk=row.pk)
    if now.state != State.PROPOSED:
        raise _meanwhile()
    values: dict[str, Any] = {
        "state": State.GRANTED if grant else State.REFUSED,
        "reply": reply.strip(),
        "decided_at": clock.now(),
        "decided_by": actor,
    }
    if grant:
        values |= _follows(now, actor)
    _change(now, **values)
    _written(now, "reward decided", actor, state=["proposed", values["state"]])
    _decided_tell(now, grant, actor)
    done: RewardProposal = RewardProposal.objects.select_related("person").get(pk=row.pk)
    return done


def _follows(row: RewardProposal, actor: Any) -> dict[str, Any]:
    """What comes of a granted one: the fact, days of leave. In the caller's transaction."""
    if row.kind == Kind.PROMOTION:
        return {}
    today = clock.today()
    is_leave = row.kind == Kind.LEAVE
    note = row.title if row.kind == Kind.TITLE else row.reason
    try:
        with transaction.atomic():
            fact = Reward.objects.create(
                person=row.person,
                decided_on=today,
                kind=row.kind,
                amount=row.days if is_leave else row.amount,  # type: ignore[misc]
                note=note,
            )
    except IntegrityError:
        raise RewardRefused(
            _("The same reward, for the same reason, was decided today already.")
        ) from None
    # So that an appeal against its line knows whose word stands behind it (PAY-3).
    changes = {"kind": [None, row.kind], **in_place(actor, *_roles(row))}
    audit(actor=actor, action="reward decided", subject=audit_subject(fact), changes=changes)
    found: dict[str, Any] = {"reward": fact}
    if row.kind == Kind.LEAVE:
        found["grant"] = _leave(row, actor)
    if row.kind == Kind.BONUS:
        close_follow(month=Month.of(today), actor=actor)
    return found


def _leave(row: RewardProposal, actor: Any) -> Any:
    """A CHECK constraint says that they have days and a last day."""
    try:
        return reward_give(
            person=row.person,
            days=row.days or Decimal(0),
            use_by=row.use_by or clock.today(),
            reason=row.reason,
            token=row.token,
            actor=actor,
        )
    except LeaveRefused as refusal:
        raise RewardRefused(str(refusal)) from None


@transaction.atomic
def reward_withdraw(*, row: RewardProposal, actor: Any) -> None:
    """Whoever proposed it lets it be. Raises `ChangedMeanwhile` where it was decided before."""
    _change(row, state=State.WITHDRAWN, decided_at=clock.now(), decided_by=actor)
    _written(row, "reward withdrawn", actor, state=["proposed", State.WITHDRAWN.value])


def _change(row: RewardProposal, **values: Any) -> None:
    waiting = RewardProposal.objects.filter(pk=row.pk, state=State.PROPOSED)
    if waiting.update(**values) != 1:
        raise _meanwhile()


def _meanwhile() -> ChangedMeanwhile:
    return ChangedMeanwhile(_("It was changed meanwhile; look again."))


def _roles(row: RewardProposal) -> frozenset[str]:
    return deciding_roles(row.person.role_set, frozenset({"manager"}))


def _written(row: RewardProposal, action: str, actor: Any, **changes: Any) -> None:
    placed = in_place(actor, *_roles(row)) if action == "reward decided" else {}
    audit(actor=actor, action=action, subject=audit_subject(row), changes={**changes, **placed})


def _decided_tell(row: RewardProposal, grant: bool, actor: Any) -> None:
    """Whoever proposed it hears the decision, whom it is about what was granted; of a promotion
    personnel too."""
    text = (
        gettext_noop("The reward for %(name)s is granted")
        if grant
        else gettext_noop("The reward for %(name)s is refused")
    )
    _tell(row, [row.proposed_by], "decided", text, actor)
    if not grant:
        return
    _tell(row, [row.person], "granted", gettext_noop("A reward is yours"), actor)
    if row.kind == Kind.PROMOTION:
        notice_send(
            people=Person.objects.acting_as("admin", clock.today()).exclude(pk=row.person_id),
            key=f"rewardproposal/{row.pk}/carry",
            text=gettext_noop("A promotion of %(name)s is to be planned"),
            values={"name": row.person.name},
            url=reverse("person", args=[row.person.employee_no]),
            actor=actor,
        )


def _tell(row: RewardProposal, people: Iterable[Person], about: str, text: str, actor: Any) -> None:
    mine = getattr(actor, "person_id", None)
    notice_send(
        people=[each for each in people if each.pk != mine],
        key=f"rewardproposal/{row.pk}/{about}",
        text=text,
        values={"name": row.person.name},
        url=reverse("reward_proposal", args=[row.pk]),
        actor=actor,
    )
