"""Suggestions and their answers (REP-4)."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from core import clock
from core.services import audit, audit_subject
from reports.models import Suggestion
from reports.services.keeping import change, changes_of, made_audited
from reports.services.refusals import ReportsRefused
from reports.services.telling_weekly import suggestion_tell

ANSWERS = (Suggestion.State.TAKEN_UP, Suggestion.State.KEPT, Suggestion.State.DECLINED)


@transaction.atomic
def suggestion_make(
    *, person: Person, title: str, text: str, token: UUID, actor: Any
) -> Suggestion:
    """Suggest something. The same form sent twice suggests it once."""
    if not title.strip():
        raise ReportsRefused(_("Say in a line what you suggest."))
    said = {"person": person, "title": title.strip(), "text": text.strip()}
    made: Suggestion
    made, new = Suggestion.objects.get_or_create(token=token, defaults=said)
    if made.person_id != person.pk:
        raise ReportsRefused(_("Open the form anew and send it again."))
    if new:
        made_audited(made, action="suggested", actor=actor, title=made.title, text=made.text)
    return made


@transaction.atomic
def suggestion_answer(*, suggestion: Suggestion, state: str, answer: str, actor: Any) -> Suggestion:
    """Answer a suggestion as it was seen, or answer it anew; whoever made it is told.

    Raises `ReportsRefused`, `ChangedMeanwhile`.
    """
    if state not in ANSWERS:
        raise ReportsRefused(_("Say what becomes of it."))
    if not answer.strip():
        raise ReportsRefused(_("Write what you answer."))
    values = {"state": state, "answer": answer.strip()}
    change(suggestion, **values, answered_at=clock.now(), answered_by=actor)
    audit(
        actor=actor,
        action="suggestion answered",
        subject=audit_subject(suggestion),
        changes={
            **changes_of(suggestion, values),
            **actor.in_place_of("supervisor", "manager", "leader"),
        },
    )
    now: Suggestion = Suggestion.objects.select_related("person").get(pk=suggestion.pk)
    suggestion_tell(suggestion=now, actor=actor)
    return now
