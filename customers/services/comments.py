"""Words about a file, and who is told of them (CUS-1, CUS-2)."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Person
from core.services import audit, audit_subject
from customers.models import Comment, Customer
from customers.querysets.files import readers_of
from customers.rules.mentions import mentioned
from customers.services.refusals import FileRefusal
from notices.services import notice_send

SHOWN = 80  # signs of a comment in a notice


@transaction.atomic
def comment_add(
    *, actor: Any, file: Customer, text: str, tell: Iterable[Person] = (), token: UUID
) -> Comment:
    """Say something about a file; who is named (`@name`) or ticked is told, of those who may see
    it. The same form sent twice says it once. Raises `FileRefusal`.
    """
    said = text.strip()
    if not said:
        raise FileRefusal(_("Write something."), field="text")
    made, is_new = Comment.objects.get_or_create(
        token=token, defaults={"customer": file, "by": actor, "text": said}
    )
    if made.customer_id != file.pk:
        raise FileRefusal(_("Open the form anew and send it again."))
    if not is_new:
        return made
    told = _told(actor, file, said, tell)
    made.told.set(told)
    audit(
        actor=actor,
        action="comment",
        subject=audit_subject(file),
        changes={"text": [None, said], **({"told": [p.name for p in told]} if told else {})},
    )
    notice_send(
        people=told,
        key=f"customer/{file.pk}/comment/{made.pk}",
        text=gettext_noop("%(who)s on customer %(no)s: %(text)s"),
        values={"who": actor.get_full_name(), "no": file.customer_no, "text": said[:SHOWN]},
        url=reverse("customer", args=[file.customer_no]) + "#comments",
    )
    return made


def _told(actor: Any, file: Customer, text: str, tell: Iterable[Person]) -> list[Person]:
    """Those named or ticked who may see the file; oneself one need not tell."""
    readers = {person.pk: person for person in readers_of(file)}
    named = mentioned(text, {pk: (p.employee_no, p.name) for pk, p in readers.items()})
    wanted = named | {person.pk for person in tell}
    return [p for pk, p in readers.items() if pk in wanted and pk != actor.person_id]
