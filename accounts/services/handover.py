"""Ticks on a leaver's hand-over list (PAY-6)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.handing_over import HandoverItem, doer_of, handover_items
from accounts.models import HandoverTick, Person
from accounts.services.refusals import PeopleRefused, in_place, person_locked
from core import clock
from core.services import audit

TICKING = ("supervisor", "manager", "leader", "admin")


def handover_subject(person: Person) -> str:
    """What the audit trail calls a hand-over: more people see it than the person's history."""
    return f"handover {person.employee_no}"


@transaction.atomic
def handover_tick(*, actor: Any, person: Person, item: HandoverItem, to: Person) -> HandoverTick:
    """Keep that a thing was handed over. Ticked twice, the first tick stands (PAY-6).

    Some things the tick itself hands to the colleague (`accounts.handing_over.doer_of`): refused
    there, nothing is ticked. What was given back since is handed over again, and the tick says to
    whom at last. Raises `PeopleRefused`.
    """
    person_locked(person.pk)
    if to.pk == person.pk:
        raise PeopleRefused(_("Nobody hands over to themselves."))
    if to.left_on and to.left_on < clock.today():
        raise PeopleRefused(_("%(person)s has left.") % {"person": to})
    said = {"label": str(item.label)[:200], "to": to, "by": actor}
    tick, new = HandoverTick.objects.get_or_create(person=person, item=item.key[:80], defaults=said)
    hand_over = doer_of(item.key)
    if not new and not (hand_over and _stands(item)):
        return tick
    if hand_over:
        hand_over(actor=actor, key=item.key, to=to)
    before = "" if new else str(tick.to)
    if not new:
        _tick_again(tick, at=clock.now(), **said)
    audit(
        actor=actor,
        action="handed over",
        subject=handover_subject(person),
        changes={item.key: [before, str(to)], **in_place(actor, *TICKING)},
    )
    return tick


def _stands(item: HandoverItem) -> bool:
    """Whether it is on the list now: whoever comes second saw it there before the first."""
    return any(each.key == item.key for each in handover_items([item.person]))


def _tick_again(tick: HandoverTick, **said: Any) -> None:
    for name, value in said.items():
        setattr(tick, name, value)
    tick.save(update_fields=list(said))


@transaction.atomic
def handover_untick(*, actor: Any, tick: HandoverTick) -> None:
    """Take back a tick that was a slip of the hand; the audit trail keeps it. Raises
    `PeopleRefused` where the tick itself handed the thing over."""
    if doer_of(tick.item):
        raise PeopleRefused(
            _("It is %(person)s's by now: it is given to another on its own page.")
            % {"person": tick.to}
        )
    if HandoverTick.objects.filter(pk=tick.pk).delete()[0]:
        audit(
            actor=actor,
            action="handed over",
            subject=handover_subject(tick.person),
            changes={tick.item: [str(tick.to), ""], **in_place(actor, *TICKING)},
        )
