"""The company's telephone scripts, kept by the manager in versions (S6.18)."""

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import clock
from core.services import audit, audit_subject
from customers.models import CallScript
from customers.services.refusals import ChangedMeanwhile, VisitRefused

Steps = Sequence[tuple[str, str]]


@transaction.atomic
def script_write(*, purpose: str, steps: Steps, seen: int, actor: Any) -> CallScript:
    """Write a script anew, in force from the next call on; calls of before show theirs.

    `steps`: what each is called, and what is said in it, in order. `seen`: the number of the
    version that was before one's eyes (0: none). The same again is no new version. Raises
    `VisitRefused`, and `ChangedMeanwhile` where another was written meanwhile.
    """
    said = [[title.strip(), text.strip()] for title, text in steps if title.strip() or text.strip()]
    if not said:
        raise VisitRefused(_("A script has a step at least."))
    if any(not title for title, _text in said):
        raise VisitRefused(_("Each step has a name."))
    latest: CallScript | None = CallScript.objects.in_force(purpose)
    if (latest.number if latest else 0) != seen:
        raise ChangedMeanwhile(_("Somebody else wrote it anew meanwhile: look again."))
    if latest and latest.steps == said:
        return latest
    try:
        with transaction.atomic():
            made: CallScript = CallScript.objects.create(
                purpose=purpose,
                number=seen + 1,
                steps=said,
                written_by=actor,
                written_at=clock.now(),
            )
    except IntegrityError:
        raise ChangedMeanwhile(_("Somebody else wrote it anew meanwhile: look again.")) from None
    audit(
        actor=actor,
        action="script written",
        subject=audit_subject(made),
        changes={"number": [seen or None, made.number], **actor.in_place_of("manager")},
    )
    return made
