"""The right to take customers' files out: given and taken back by the leader (CUS-2)."""

from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Person
from core import clock
from core.services import audit, audit_subject
from core.templatetags.house import day
from customers.models import ExportGrant
from customers.services.refusals import FileRefusal
from notices.services import notice_send


@transaction.atomic
def export_give(
    *, actor: Any, person: Person, reason: str, until_on: date, token: UUID
) -> ExportGrant:
    """Give somebody the right to take files out, until a day. The same form sent twice gives it
    once. Raises `FileRefusal`: for oneself, for a day that has passed, without a reason.
    """
    if given := ExportGrant.objects.filter(token=token).first():
        return cast(ExportGrant, given)
    if actor.person_id == person.pk:
        raise FileRefusal(_("Nobody decides on what is their own."), field="person")
    if until_on < clock.today():
        raise FileRefusal(_("The day has passed."), field="until_on")
    if not reason.strip():
        raise FileRefusal(_("Write the reason."), field="reason")
    made: ExportGrant = ExportGrant.objects.create(
        person=person, reason=reason.strip(), until_on=until_on, given_by=actor, token=token
    )
    audit(
        actor=actor,
        action="export right given",
        subject=audit_subject(made),
        changes={
            "person": [None, person.pk],
            "until_on": [None, str(until_on)],
            "reason": [None, made.reason],
            **actor.in_place_of("leader"),
        },
    )
    notice_send(
        people=[person],
        key=f"customers/export/{made.pk}",
        text=gettext_noop("You may take customers' files out until %(day)s"),
        values={"day": day(until_on)},
        url=reverse("customers"),
    )
    return made


@transaction.atomic
def export_take_back(*, actor: Any, grant: ExportGrant) -> bool:
    """Take the right back, at once; says whether it was still given."""
    rows = ExportGrant.objects.filter(pk=grant.pk, revoked_at=None)
    if rows.update(revoked_at=clock.now()) != 1:
        return False
    audit(
        actor=actor,
        action="export right taken back",
        subject=audit_subject(grant),
        changes={"person": [grant.person_id, None], **actor.in_place_of("leader")},
    )
    return True
