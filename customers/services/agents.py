"""Prefectures and their agents kept (CUS-5)."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import clock
from core.services import audit, audit_subject
from customers.models import Agency, Customer, Prefecture
from customers.services.changing import ProjectRefused, SeenOtherwise, change_seen


@transaction.atomic
def prefecture_add(*, province: str, name: str, actor: Any = None) -> Prefecture:
    """Put a prefecture on the list; one that is there already is refused."""
    try:
        with transaction.atomic():
            made = Prefecture.objects.create(province=province.strip(), name=name.strip())
    except IntegrityError:
        raise ProjectRefused(_("It is on the list already.")) from None
    changes = {"province": [None, made.province]}
    audit(actor=actor, action="prefecture added", subject=audit_subject(made), changes=changes)
    return made


@transaction.atomic
def agency_talk(
    *, prefecture: Prefecture, customer: Customer, talks_on: date, actor: Any = None
) -> Agency:
    """A customer is in talks about a prefecture since a day. Sent twice it is once: what stands
    already is refused. Raises `ProjectRefused`."""
    if talks_on > clock.today():
        raise ProjectRefused(_("The day lies in the future."))
    try:
        with transaction.atomic():
            made = Agency.objects.create(
                prefecture=prefecture, customer=customer, talks_on=talks_on
            )
    except IntegrityError:
        raise SeenOtherwise(_("This customer stands there already.")) from None
    changes = {"talks_on": [None, talks_on.isoformat()]}
    audit(actor=actor, action="agent in talks", subject=audit_subject(made), changes=changes)
    return made


@transaction.atomic
def agency_begin(*, agency: Agency, on: date, actor: Any = None) -> Agency:
    """The customer is the agent since a day, as it was seen. Raises `SeenOtherwise`."""
    if not agency.is_standing or agency.agent_on is not None:
        raise SeenOtherwise(_("It was changed meanwhile; look again."))
    _check(agency, on)
    begun: Agency = change_seen(
        agency, action="agent begins", actor=actor, told=("agent_on",), agent_on=on
    )
    return begun


@transaction.atomic
def agency_end(*, agency: Agency, on: date, reason: str, actor: Any = None) -> Agency:
    """Talks or agency ended on a day, for a reason, as it was seen. Raises `SeenOtherwise`."""
    if not agency.is_standing:
        raise SeenOtherwise(_("It was changed meanwhile; look again."))
    _check(agency, on)
    if not reason.strip():
        raise ProjectRefused(_("Write why it ended."))
    ended: Agency = change_seen(
        agency,
        action="agent ended",
        actor=actor,
        told=("ended_on",),
        ended_on=on,
        ended_reason=reason.strip(),
    )
    return ended


def _check(agency: Agency, on: date) -> None:
    if on > clock.today():
        raise ProjectRefused(_("The day lies in the future."))
    if on < (agency.agent_on or agency.talks_on):
        raise ProjectRefused(_("The day lies before it began."))
