"""Files whose reader or loader died on the way are taken up again."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from core.imports.services import subject_of
from core.jobs import Due
from core.models import FileImport

GIVEN_UP_AFTER = timedelta(minutes=10)  # longer than any request lasts


def left(now: datetime) -> Iterator[Due]:
    """What is under way for too long. Done meanwhile, the job finds nothing to do."""
    State = FileImport.State  # noqa: N806
    under_way = FileImport.objects.filter(state__in=(State.SENT, State.ASKED))
    for sent in under_way.only("id", "state", "at", "asked_at"):
        yield Due(subject_of(sent), (sent.asked_at or sent.at) + GIVEN_UP_AFTER)
