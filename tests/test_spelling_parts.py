"""Names found by their parts: an index that both databases have (core/spelling.py)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Person
from core.models import SpellingPart
from core.spelling import spelled, spelling_of, spellings_refresh
from tests import builders

pytestmark = pytest.mark.django_db
NAMES = ("欧阳春燕", "重庆恒达五金", "A B 公司")


@pytest.fixture
def people() -> dict[str, int]:
    made = {}
    for number, name in enumerate(NAMES):
        person = builders.person(f"P{number}")
        Person.objects.filter(pk=person.pk).update(name=name)
        made[name] = person.pk
    spellings_refresh()
    return made


def found(words: str) -> set[int]:
    return set(Person.objects.filter(pk__in=spelled(Person, words)).values_list("pk", flat=True))


@pytest.mark.parametrize("name", NAMES)
def test_every_stretch_of_a_spelling_finds_it(people, name):
    for line in spelling_of(name).split("\n"):
        for start in range(len(line)):
            for end in range(start + 1, len(line) + 1):
                assert people[name] in found(line[start:end]), line[start:end]


@pytest.mark.parametrize("words", ["春五", "chungong", "燕春", "恒五", "zz"])
def test_what_stands_in_no_name_finds_none(people, words):
    assert found(words) == set()


def test_who_has_another_name_is_not_found_under_the_old(people):
    Person.objects.filter(name="欧阳春燕").update(name="王五")
    spellings_refresh()
    assert found("春燕") == set()
    assert found("ouyang") == set()
    assert found("王") == found("wangwu") == {people["欧阳春燕"]}
    assert SpellingPart.objects.filter(row=people["欧阳春燕"], part="春").count() == 0


def test_it_is_one_query(people):
    with CaptureQueriesContext(connection) as asked:
        found("hengda")
    assert len(asked) == 1
