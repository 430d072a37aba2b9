"""Beside the doors: the files of cases, and all that is said of one that is decided, each for whom
it is meant alone (DIS-1, ORG-1)."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.urls import reverse

from core.files import disk
from core.models import StoredFile
from tests.access.world import (
    ACTORS,
    ANYBODY,
    HER_DEED,
    HER_PROTEST,
    HER_SENTENCE,
    HER_VERDICT,
    World,
    browser_of,
)
from tests.cast import LEADER, MANAGER, MATE, SHE

pytestmark = pytest.mark.django_db
CONTENT = "PROOF-CONTENT-7391"


def evidence(world: World) -> StoredFile:
    return StoredFile.objects.get(kind="conduct", owner=str(world.her_case.pk))


def evidence_unheard(world: World) -> StoredFile:
    """Of a case whose hearing has not begun."""
    return StoredFile.objects.create(
        kind="conduct",
        owner=str(world.her_reported_case.pk),
        position=1,
        name="unheard.webp",
        media_type="image/webp",
        size=1,
        sha256="0" * 64,
        sent_sha256="0" * 64,
        has_thumbnail=True,
    )


def reply(world: World) -> StoredFile:
    return StoredFile.objects.get(kind="hearing", owner=str(world.her_side.pk))


OPENED_BY = {
    evidence: {SHE, MATE, MANAGER, LEADER},
    evidence_unheard: {MATE, MANAGER, LEADER},
    reply: {SHE, MANAGER, LEADER},
}


@pytest.mark.parametrize("which", OPENED_BY)
def test_each_file_of_a_case(world: World, which: Callable[[World], StoredFile]) -> None:
    file = which(world)
    for thumbnail in (False, True):
        disk.write(disk.path_of(file.pk, thumbnail=thumbnail), BytesIO(CONTENT.encode()))
    wrong = []
    for actor in ACTORS:
        for name in ("file", "file_thumbnail"):
            answer = browser_of(actor).get(reverse(name, args=[file.pk]))
            said = b"".join(answer.streaming_content) if answer.streaming else answer.content
            # A thumbnail is nobody's: it would be shown without a word written down.
            let_in = actor in OPENED_BY[which] and name == "file"
            wanted = 200 if let_in else 302 if actor == ANYBODY else 404
            told = CONTENT in said.decode("utf-8", "replace")
            if (answer.status_code, told) != (wanted, let_in):
                wrong.append((actor, name, answer.status_code, told))
    assert wrong == []


DECIDED = (HER_VERDICT, HER_SENTENCE, HER_PROTEST)
READ_BY = {
    **{actor: {HER_DEED, *DECIDED} for actor in (SHE, MANAGER, LEADER)},
    MATE: {HER_DEED},  # who reported it reads what they wrote
}


def test_a_case_that_is_decided_and_objected_to(world: World) -> None:
    """Its page, the list of cases with its file, the search, the desk, her page's block."""
    case = world.her_objection.verdict.subject.proceeding
    page = reverse("proceeding", args=[case.pk])
    elsewhere = [
        reverse("proceedings"),
        reverse("proceedings") + "?export=csv",
        reverse("search") + "?q=7394",
        reverse("home"),
        reverse("notices"),
        reverse("audit"),
        reverse("person_panel", args=[SHE, "conduct"]),
    ]
    wrong = []
    for actor in ACTORS:
        browser = browser_of(actor)
        answer = browser.get(page)
        said = answer.content.decode()
        read = {word for word in (HER_DEED, *DECIDED) if word in said}
        if read != READ_BY.get(actor, set()):
            wrong.append((actor, page, answer.status_code, read))
        for address in elsewhere:
            answer = browser.get(address)
            said = b"".join(answer) if answer.streaming else answer.content
            text = said.decode("utf-8", "replace")
            read = {word for word in (HER_DEED, *DECIDED) if word in text}
            numbered = case.proceeding_no in text
            if read or (numbered and actor not in READ_BY):
                wrong.append((actor, address, answer.status_code, read))
    assert wrong == []
