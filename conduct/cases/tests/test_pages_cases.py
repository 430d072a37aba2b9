"""The pages of cases: closed to all but those concerned, files above all (DIS-1, ORG-1)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import StandIn
from conduct.cases.permissions import can_open_evidence, can_open_reply
from conduct.cases.reminders import hearings_over, replies_due
from conduct.cases.services.keeping import HEARING
from conduct.cases.tests.casing import (
    decide,
    decided,
    heard,
    person,
    reply,
    reported,
    side,
    user,
)
from conduct.models import ConductCase, Objection, Proceeding, Proposal, Verdict
from core import clock
from core.files.models import StoredFile
from core.models import Opening
from core.panels import panels_of
from tests import cast
from tests.builders import conduct_case
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
EVERYBODY = {member.employee_no for member in MEMBERS}
LIST = reverse("proceedings")


@pytest.fixture(autouse=True)
def people(db):
    with clock.set_to(cast.CLOSED_AT):
        yield cast.people_make()


def page(row, no):
    return client_of(no).get(reverse("proceeding", args=[row.pk]))


def text(row, no):
    return page(row, no).content.decode()


def seeing(row):
    return {no for no in EVERYBODY if page(row, no).status_code == 200}


def body(answer):
    return b"".join(answer).decode()


def post(no, name, pk, **data):
    return client_of(no).post(reverse(name, args=[pk]), data)


def cards(no):
    return {panel.key for panel in panels_of("desk", user(no))}


def stored(row, kind, owner):
    return StoredFile.objects.create(
        kind=kind,
        owner=str(owner),
        position=1,
        name="x.webp",
        media_type="image/webp",
        size=1,
        sha256="0" * 64,
        sent_sha256="0" * 64,
    )


def test_before_the_hearing_whom_it_is_about_sees_nothing():
    row = reported(by=STRANGER)
    assert seeing(row) == {STRANGER, MANAGER, LEADER}
    assert seeing(heard(by=MANAGER)) == {SUPERVISOR, SHE, MATE, MANAGER, LEADER}


def test_the_managers_own_goes_past_the_manager():
    row = reported(MANAGER, offence="dress")
    assert seeing(row) == {SUPERVISOR, LEADER}
    assert post(MANAGER, "proceeding_hearing", row.pk, version=0).status_code == 404
    assert post(LEADER, "proceeding_hearing", row.pk, version=0).status_code == 302
    row = reported(LEADER, offence="dress")
    assert seeing(row) == {SUPERVISOR, PERSONNEL}


def test_a_stand_in_for_whom_it_is_about_sees_and_decides_nothing(people):
    StandIn.objects.create(
        absent=people[MANAGER],
        stand_in=people[OTHER_SUPERVISOR],
        roles="manager",
        from_on=clock.today(),
        until_on=clock.today(),
        reason="away",
        made_by=user(MANAGER),
    )
    other = reported(SHE, offence="dress")
    assert OTHER_SUPERVISOR in seeing(other)
    assert OTHER_SUPERVISOR not in seeing(reported(MANAGER, offence="dress"))
    assert OTHER_SUPERVISOR not in seeing(reported(OTHER_SUPERVISOR, offence="dress"))


def test_each_reads_their_own_part():
    row = heard(by=MANAGER)
    reply(row, SHE, "SHE-SAYS")
    reply(row, MATE, "MATE-SAYS")
    decide(row, SHE)
    decide(row, MATE)
    whole = text(row, MANAGER)
    assert "SHE-SAYS" in whole
    assert "MATE-SAYS" in whole
    assert "施静军" in whole  # who reported it
    hers = text(row, SHE)
    assert "SHE-SAYS" in hers
    assert "both admitted it" in hers
    assert "MATE-SAYS" not in hers
    assert "施静军" not in hers
    reporters = text(row, SUPERVISOR)
    assert "she took the order" in reporters
    assert "decided" in reporters
    assert not [word for word in ("SAYS", "admitted") if word in reporters]


def test_files_above_all():
    row = heard(by=MANAGER)
    evidence = stored(row, "conduct", row.pk)
    answer = stored(row, HEARING, side(row).pk)

    assert {no for no in EVERYBODY if can_open_evidence(user(no), evidence)} == {
        *(SUPERVISOR, SHE, MATE, MANAGER, LEADER)
    }
    assert {no for no in EVERYBODY if can_open_reply(user(no), answer)} == {SHE, MANAGER, LEADER}
    for file in (evidence, answer):
        for no in (FINANCE, PERSONNEL, STRANGER, OTHER_SUPERVISOR):
            assert client_of(no).get(reverse("file", args=[file.pk])).status_code == 404


def test_who_opens_the_case_of_another_leaves_a_trace_for_each():
    row = heard(by=MANAGER)
    page(row, SHE)
    page(row, SUPERVISOR)
    assert not Opening.objects.exists()
    page(row, LEADER)
    opened = Opening.objects.values_list("kind", "about", "actor__username")
    assert set(opened) == {("conduct", SHE, LEADER), ("conduct", MATE, LEADER)}


def test_the_list_and_its_file_hold_ones_own_alone():
    heard(by=MANAGER)
    for no in (STRANGER, FINANCE, PERSONNEL, OTHER_SUPERVISOR):
        for query in ("", "?export=csv", "?q=A2611"):
            assert "A2611-0001" not in body(client_of(no).get(LIST + query))
    assert "A2611-0001" in client_of(SHE).get(LIST + "?q=吴伟").content.decode()
    assert "A2611-0001" in client_of(MANAGER).get(LIST + "?q=wuwei").content.decode()


def sent(**said):
    usual = {
        "token": str(uuid4()),
        "offence": "poaching",
        "about": SHE,
        "other": "韩娜",
        "happened_on": "2026-11-02",
        "facts": "took it",
    }
    return {**usual, **said}


def test_anybody_reports_and_the_same_form_is_one_report():
    form = sent()
    for _n in range(2):
        assert client_of(STRANGER).post(reverse("proceeding_new"), form).status_code == 302
    assert Proceeding.objects.get().subjects.count() == 2


@pytest.mark.parametrize(
    "said",
    [
        {"other": ""},  # poaching has two sides
        {"other": SHE},
        {"about": "nobody"},
        {"offence": "treason"},
        {"facts": " "},
        {"happened_on": "2026-11-03"},
        {"happened_on": "1999-01-01"},
        {"token": "x"},
        {"about": STRANGER},  # oneself
    ],
)
def test_what_the_form_refuses(said):
    answer = client_of(STRANGER).post(reverse("proceeding_new"), sent(**said))
    assert answer.status_code == 400
    assert not Proceeding.objects.exists()


def verdict(row, no=SHE, **said):
    found = side(row, no)
    row.refresh_from_db()
    usual = {"version": row.version, "proven": "yes", "sanction": "forfeit", "reason": "so it is"}
    data = {f"s{found.pk}-{name}": value for name, value in {**usual, **said}.items()}
    return post(MANAGER, "proceeding_verdict", found.pk, **data)


def test_from_the_hearing_to_the_leaders_word(people):
    conduct_case(people[SHE])
    row = reported()
    assert cards(MANAGER) >= {"case-decide"}
    assert post(MANAGER, "proceeding_hearing", row.pk, version=7).status_code == 409
    assert post(MANAGER, "proceeding_hearing", row.pk, version=0).status_code == 302
    assert "case-decide" not in cards(MANAGER)
    assert "case-reply" in cards(SHE)
    token = str(uuid4())
    for no in (SHE, MATE):
        pk = side(row, no).pk
        data = {"token": token if no == SHE else str(uuid4()), "text": "mine"}
        assert post(no, "proceeding_reply", pk, **data).status_code == 302
        assert post(no, "proceeding_reply", pk, **data).status_code == 403  # once
    assert "case-decide" in cards(MANAGER)
    assert "second time" in text(row, MANAGER)
    assert verdict(row, sanction="warning").status_code == 400  # the documents say otherwise
    assert verdict(row, version=0).status_code == 409
    assert verdict(row).status_code == 302
    assert verdict(row, MATE, proven="no", sanction="warning").status_code == 302
    assert ConductCase.objects.filter(note=row.proceeding_no).get().person == people[SHE]
    proposal = Proposal.objects.get()
    assert "case-decide" in cards(LEADER)
    word = {"proposal-reply": "yes", "do": "approve"}
    assert post(LEADER, "proceeding_proposal", proposal.pk, **word).status_code == 302
    assert "case-carry" in cards(PERSONNEL)
    found = Verdict.objects.get(subject__person=people[SHE])
    assert post(SHE, "proceeding_object", found.pk, text="not so").status_code == 302
    objection = Objection.objects.get()
    word = {"objection-reply": "right", "do": "approve"}
    assert post(MANAGER, "proceeding_objection", objection.pk, **word).status_code == 403
    assert post(LEADER, "proceeding_objection", objection.pk, **word).status_code == 302
    assert "case-carry" not in cards(PERSONNEL)
    assert "Annulled" in text(row, SHE)


def test_a_case_of_many_words_is_read_in_few_queries(django_assert_max_num_queries):
    row = decided()
    client = client_of(MANAGER)
    client.get(reverse("proceeding", args=[row.pk]))
    with django_assert_max_num_queries(20):
        client.get(reverse("proceeding", args=[row.pk]))


def test_reminders_on_the_last_day_and_the_morning_after():
    row = heard(by=MANAGER)
    reply(row, MATE)
    with clock.set_to(cast.CLOSED_AT + timedelta(days=3)):
        assert [each.person for each in replies_due(clock.now())] == [person(SHE)]
        assert not list(hearings_over(clock.now()))
    with clock.set_to(cast.CLOSED_AT + timedelta(days=4)):
        assert not list(replies_due(clock.now()))
        assert [each.person for each in hearings_over(clock.now())] == [person(MANAGER)]
