"""What a case says to nobody but those concerned: not by whom they stand in for, not by the list of
changes, the openings of one's own file or the search (DIS-1, ORG-1)."""

from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import StandIn
from conduct.cases.permissions import can_judge, can_open_evidence, can_open_reply
from conduct.cases.querysets import rivals_q, subjects_read_by
from conduct.cases.reads import rivals_of
from conduct.cases.services import Decided, objection_file
from conduct.cases.services.keeping import HEARING
from conduct.cases.tests.casing import decided, heard, person, reply, reported, side, user
from conduct.models import Proceeding, Subject, Suspicion, SuspicionDecision
from conduct.search import cases, rewards
from core import clock
from core.models import AuditRow, Opening, StoredFile
from core.services import audit_subject
from core.spelling import spellings_refresh
from notices.models import Notice
from tests import cast
from tests.cast import (
    FINANCE,
    LEADER,
    MANAGER,
    MATE,
    MEMBERS,
    OTHER_SUPERVISOR,
    PERSONNEL,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
)

pytestmark = pytest.mark.django_db
CRITICISM = Decided(proven=True, reason="x", sanction="criticism")
EVERYBODY = {member.employee_no for member in MEMBERS}


@pytest.fixture(autouse=True)
def people(db):
    with clock.set_to(cast.CLOSED_AT):
        yield cast.people_make()


def stands_in(who, absent=MANAGER, roles="manager"):
    StandIn.objects.create(
        absent=person(absent), stand_in=person(who), roles=roles, from_on=clock.today(),
        until_on=clock.today(), reason="away", made_by=user(absent),
    )  # fmt: skip


def rivals(gains, loses):
    return Suspicion.objects.create(
        kind="signed", gains=person(gains), loses=person(loses), key=str(uuid4()), evidence={}
    )


def judging(row):
    return {no for no in EVERYBODY if Proceeding.objects.judged_by(user(no)).filter(pk=row.pk)}


def page(row, no):
    return client_of(no).get(reverse("proceeding", args=[row.pk]))


def stored(kind, owner):
    return StoredFile.objects.create(
        kind=kind, owner=str(owner), position=1, name="x.webp", media_type="image/webp", size=1,
        sha256="0" * 64, sent_sha256="0" * 64,
    )  # fmt: skip


def test_who_reported_it_reads_no_more_where_they_stand_in_for_who_decides():
    row = heard(SHE, offence="dress", by=MANAGER)
    reply(row, text="SHE-SAYS")
    stands_in(SUPERVISOR)
    assert not can_judge(user(SUPERVISOR), row)
    assert judging(row) == {MANAGER, LEADER}
    said = page(row, SUPERVISOR).text
    assert "she took the order" in said
    assert "SHE-SAYS" not in said
    assert not can_open_reply(user(SUPERVISOR), stored(HEARING, side(row).pk))
    assert not Proceeding.objects.to_decide(user(SUPERVISOR))


def test_a_rival_reads_nothing_where_they_stand_in_for_who_decides():
    row = heard(SHE, offence="dress", by=MANAGER)
    stands_in(OTHER_SUPERVISOR)
    assert judging(row) == {MANAGER, LEADER, OTHER_SUPERVISOR}
    raised = rivals(OTHER_SUPERVISOR, SHE)
    assert judging(row) == {MANAGER, LEADER}
    assert page(row, OTHER_SUPERVISOR).status_code == 404
    assert not can_open_evidence(user(OTHER_SUPERVISOR), stored("conduct", row.pk))
    SuspicionDecision.objects.create(
        suspicion=raised, outcome="dismissed", reason="x", by=user(MANAGER)
    )
    assert OTHER_SUPERVISOR in judging(row)


def test_the_leader_who_reported_it_reads_what_they_reported():
    row = reported(SHE, offence="dress", by=LEADER)
    assert row.goes_to == "manager"
    assert judging(row) == {MANAGER}
    assert page(row, LEADER).status_code == 200


def test_a_case_the_program_reported_is_read_by_who_decides():
    row = reported(SHE, offence="dress")
    Proceeding.objects.filter(pk=row.pk).update(reporter=None)
    assert judging(row) == {MANAGER, LEADER}


def test_rivals_are_the_same_to_the_database(people):
    rivals(OTHER_SUPERVISOR, SHE)
    rivals(MATE, OTHER_SUPERVISOR)
    rivals(STRANGER, MATE)
    reported(*(no for no in EVERYBODY if no != SUPERVISOR), offence="dress")
    for no in EVERYBODY:
        found = Subject.objects.filter(rivals_q(people[no].pk)).values_list("person", flat=True)
        assert set(found) == rivals_of([people[no].pk])


def test_nobody_is_told_who_may_not_decide():
    stands_in(OTHER_SUPERVISOR)
    rivals(OTHER_SUPERVISOR, SHE)
    row = heard(SHE, offence="dress", by=MANAGER)
    reply(row)
    told = Notice.objects.filter(key__startswith="proceeding/")
    assert not told.filter(person__employee_no=OTHER_SUPERVISOR).exists()
    assert told.filter(person__employee_no=MANAGER).exists()


def trail(no):
    answer = client_of(no).get(reverse("audit"))
    return answer.text if answer.status_code == 200 else ""


def test_the_list_of_changes_says_who_reported_it_to_who_sees_it_whole_alone():
    """The manager reads all changes; of a case about the manager, the leader alone."""
    row = heard(MANAGER, offence="dress", by=LEADER)
    reply(row, MANAGER)
    assert AuditRow.objects.filter(subject=audit_subject(row)).count() == 3
    assert row.proceeding_no in trail(LEADER)
    assert row.proceeding_no not in trail(MANAGER)
    assert list(subjects_read_by(user(MANAGER))) == []
    other = reported(SHE, offence="dress")
    assert other.proceeding_no in trail(MANAGER)
    assert list(subjects_read_by(user(MANAGER))) == [audit_subject(other)]
    assert other.proceeding_no not in trail(PERSONNEL)


def test_before_the_hearing_no_opening_says_whom_it_is_about():
    row = reported(SHE, offence="dress")
    evidence = stored("conduct", row.pk)
    page(row, MANAGER)
    client_of(MANAGER).get(reverse("file", args=[evidence.pk]))
    assert set(Opening.objects.values_list("about", flat=True)) == {""}
    mine = reverse("person_panel", args=[SHE, "openings"])
    assert person(MANAGER).name not in client_of(SHE).get(mine).text
    row = heard(SHE, offence="dress", by=MANAGER)
    page(row, MANAGER)
    assert person(MANAGER).name in client_of(SHE).get(mine).text


# The search.


def found(find, no, words):
    group = find(user(no), words, 5)
    return [] if group is None else [hit.url for hit in group.hits]


@pytest.mark.parametrize("words", ["a2611-0001", "吴伟", "wuwei", SHE.lower()])
def test_a_case_is_found_by_whoever_sees_it(words):
    spellings_refresh()
    row = reported(SHE, offence="dress", by=STRANGER)
    address = reverse("proceeding", args=[row.pk])
    finding = {no for no in EVERYBODY if address in found(cases, no, words)}
    assert finding == {STRANGER, MANAGER, LEADER}
    heard_of = decided(SHE, offence="dress", decided=CRITICISM)
    address = reverse("proceeding", args=[heard_of.pk])
    finding = {no for no in EVERYBODY if address in found(cases, no, words.replace("0001", "0002"))}
    assert finding == {SHE, SUPERVISOR, MANAGER, LEADER}


def test_a_hit_says_nothing_of_what_a_case_says():
    row = reported(SHE, offence="dress", by=STRANGER)
    said = client_of(STRANGER).get(reverse("search"), {"q": "a2611"}).text
    assert row.proceeding_no in said
    assert [word for word in ("she took", "吴伟", "dress") if word in said] == []
    assert found(cases, FINANCE, "she took") == found(cases, STRANGER, "she took") == []


def test_many_cases_are_found_in_one_query(django_assert_num_queries):
    for _n in range(7):
        reported(SHE, offence="dress", by=STRANGER)
    who = user(MANAGER)
    assert not who.stand_ins
    with django_assert_num_queries(1):
        group = cases(who, "a2611", 5)
    assert len(group.hits) == 5
    assert group.more_url == reverse("proceedings") + "?q=a2611"
    assert rewards(who, "x", 5).hits == []


def test_an_objection_is_no_way_round(people):
    row = decided(SHE, offence="dress", decided=CRITICISM)
    made = objection_file(verdict=side(row).verdict, text="no", actor=user(SHE))
    address = reverse("proceeding_objection", args=[made.pk])
    for no in EVERYBODY - {SHE, SUPERVISOR, MANAGER, LEADER}:
        assert client_of(no).post(address, {"do": "approve"}).status_code == 404
    for no in (SHE, SUPERVISOR, MANAGER):  # not their word
        assert client_of(no).post(address, {"do": "approve"}).status_code == 403
