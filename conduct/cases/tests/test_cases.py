"""A case from what was reported to what was decided, proposed and objected to (DIS-1 to DIS-3)."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from accounts.models import Person
from conduct.cases.reads import rivals_of
from conduct.cases.services import (
    CaseRefused,
    ChangedMeanwhile,
    Decided,
    hearing_begin,
    hearing_reply,
    proceeding_dismiss,
    proceeding_report,
    verdict_give,
)
from conduct.cases.services.reporting import Reported
from conduct.cases.tests.casing import (
    FORFEIT,
    decide,
    decided,
    heard,
    reply,
    reported,
    side,
    told,
    user,
)
from conduct.models import (
    ConductCase,
    Proceeding,
    Proposal,
    Verdict,
)
from core import clock
from core.models import AuditRow
from customers.tests.projects import registered
from notices.models import BoardNotice
from tests import cast
from tests.builders import conduct_case
from tests.cast import LEADER, MANAGER, MATE, SHE, STRANGER, SUPERVISOR

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def people(db):
    with clock.set_to(cast.CLOSED_AT):
        yield cast.people_make()


# Reported.


def test_a_report_waits_for_who_decides_and_is_told_to_nobody_else():
    row = reported()
    assert (row.state, row.goes_to, row.proceeding_no) == ("reported", "manager", "A2611-0001")
    assert told(MANAGER) == {"A case waits for you: %(no)s"}
    assert not told(SHE)
    assert not told(LEADER)


def test_the_same_form_sent_twice_is_one_report(people):
    said = Reported("dress", clock.today(), "sandals", (people[SHE],))
    token = uuid4()
    for _n in range(2):
        proceeding_report(
            reported=said, token=token, reporter=people[SUPERVISOR], actor=user(SUPERVISOR)
        )
    assert Proceeding.objects.count() == 1
    with pytest.raises(CaseRefused):
        proceeding_report(reported=said, token=token, reporter=people[MATE], actor=user(MATE))


@pytest.mark.parametrize(
    ("offence", "about", "days"),
    [
        ("poaching", (SHE,), 0),  # two sides
        ("poaching", (SHE, SHE), 0),
        ("dress", (), 0),
        ("dress", (SUPERVISOR,), 0),  # oneself
        ("dress", (SHE,), 1),  # to come
        ("treason", (SHE,), 0),
    ],
)
def test_what_cannot_be_reported(people, offence, about, days):
    named = tuple(people[no] for no in about)
    said = Reported(offence, clock.today() + timedelta(days=days), "x", named)
    with pytest.raises(CaseRefused):
        proceeding_report(
            reported=said, token=uuid4(), reporter=people[SUPERVISOR], actor=user(SUPERVISOR)
        )
    assert not Proceeding.objects.exists()


@pytest.mark.parametrize(
    ("about", "by", "role"),
    [
        ((SHE, MATE), SUPERVISOR, "manager"),
        ((SHE, MATE), MANAGER, "leader"),  # never who reported it
        ((MANAGER, SHE), SUPERVISOR, "leader"),
        ((LEADER, SHE), SUPERVISOR, "admin"),
    ],
)
def test_to_whom_it_goes(about, by, role):
    assert reported(*about, by=by).goes_to == role


def test_a_rival_takes_no_part(people):
    registered(people[SHE])
    registered(people[STRANGER], anyway=True)
    assert rivals_of([people[SHE].pk]) == {people[STRANGER].pk}
    assert rivals_of([people[MATE].pk]) == set()
    Person.objects.filter(employee_no=STRANGER).update(roles="salesperson+manager")
    assert reported(SHE, offence="dress").goes_to == "leader"


def test_nothing_in_it_ends_it_before_anybody_is_heard():
    row = proceeding_dismiss(row=reported(), why="hearsay", actor=user(MANAGER))
    assert row.state == "dismissed"
    assert told(SUPERVISOR) == {"What you reported is decided: %(no)s"}
    with pytest.raises(ChangedMeanwhile):
        hearing_begin(row=row, actor=user(MANAGER))
    row = heard(SHE, offence="dress")
    with pytest.raises(ChangedMeanwhile):
        proceeding_dismiss(row=row, why="late", actor=user(MANAGER))


# Heard.


def test_the_hearing_gives_three_workdays():
    row = heard()
    assert str(row.hearing_until) == "2026-11-05"
    assert told(SHE) == told(MATE) == {"You are heard in a case: say your side by %(due)s"}
    assert hearing_begin(row=row, actor=user(MANAGER)).version == row.version


def test_a_reply_is_said_once_and_who_saw_before_looks_again(people):
    row = heard()
    token = uuid4()
    for _n in range(2):
        hearing_reply(subject=side(row), text="mine", token=token, actor=user(SHE))
    assert side(row).reply == "mine"
    with pytest.raises(CaseRefused):
        reply(row)
    with pytest.raises(ChangedMeanwhile):  # the case as it was before the reply
        verdict_give(subject=side(row), version=row.version, decided=FORFEIT, actor=user(MANAGER))


def test_nobody_is_judged_unheard():
    row = heard()
    with pytest.raises(CaseRefused, match="their time is not over"):
        decide(row)
    with clock.set_to(cast.CLOSED_AT + timedelta(days=4)):  # Friday: the last day was Thursday
        assert decide(row).case is not None


# Decided.


def test_both_sides_lose_their_wages_and_the_company_is_told():
    row = decided()
    assert row.state == "decided"
    facts = ConductCase.objects.order_by("case_no")
    assert [(f.case_no, f.person.employee_no, f.sanction) for f in facts] == [
        ("W2611-0001", SHE, "forfeit"),
        ("W2611-0002", MATE, "forfeit"),
    ]
    assert {f.note for f in facts} == {row.proceeding_no}  # and no word of the case
    notice = BoardNotice.objects.get()
    assert row.notice == notice
    assert "吴伟" in notice.text
    assert "韩娜" in notice.text
    assert "admitted" not in notice.text
    assert "took the order" not in notice.text
    assert not Proposal.objects.exists()
    assert "What you reported is decided: %(no)s" in told(SUPERVISOR)


def test_what_is_not_proven_is_not_told():
    row = heard()
    reply(row)
    reply(row, MATE)
    decide(row, MATE, Decided(proven=False, reason="she knew of nothing"))
    assert Proceeding.objects.get().state == "hearing"
    decide(row)
    assert "韩娜" not in BoardNotice.objects.get().text
    assert ConductCase.objects.get().person.employee_no == SHE


def test_of_other_offences_the_company_is_not_told():
    decided(SHE, offence="dress", decided=Decided(proven=True, reason="x", sanction="criticism"))
    assert not BoardNotice.objects.exists()


@pytest.mark.parametrize("before", ["poaching", "shifting"])
def test_the_second_time_is_found_by_the_program(people, before):
    conduct_case(people[SHE], offence=before)  # loaded from a file
    decided()
    proposal = Proposal.objects.get()
    assert proposal.verdict.subject.person.employee_no == SHE
    assert (proposal.kind, proposal.goes_to) == ("dismissal", "leader")
    assert proposal.verdict.second_time
    assert told(LEADER) == {"A demotion or dismissal is proposed to you: %(no)s"} | {
        "Notice board: %(title)s"
    }
    assert "dismissal proposed to the leader" in BoardNotice.objects.get().text


def test_one_that_was_annulled_or_of_another_kind_is_no_first(people):
    conduct_case(people[SHE], offence="fighting")
    annulled = conduct_case(people[SHE], "D2")
    ConductCase.objects.filter(pk=annulled.pk).update(annulled_at=clock.now())
    decided()
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"sanction": "warning"}, "prescribe something else"),
        ({"sanction": "forfeit", "proposes": "dismissal"}, "prescribe something else"),
        ({"sanction": ""}, "which sanction"),
        ({"sanction": "fine", "departs": "x"}, "have an amount"),
        ({"sanction": "fine", "departs": "x", "amount": Decimal(0)}, "too small"),
        ({"sanction": "forfeit", "amount": Decimal(5)}, "have an amount"),
        ({"sanction": "dismissal", "departs": "x"}, "proposed to the leader"),
        ({"sanction": "forfeit", "reason": " "}, "needs its reason"),
        ({"sanction": "forfeit", "proven": False}, "not proven"),
    ],
)
def test_what_cannot_be_decided(given, why):
    row = heard()
    reply(row)
    with pytest.raises(CaseRefused, match=why):
        decide(row, SHE, Decided(**{"proven": True, "reason": "x", **given}))
    assert not Verdict.objects.exists()
    assert not ConductCase.objects.exists()


def test_otherwise_than_prescribed_with_its_reason():
    row = heard()
    reply(row)
    found = decide(
        row, SHE, Decided(proven=True, reason="x", sanction="warning", departs="she was lied to")
    )
    assert (found.sanction, found.departs) == ("warning", "she was lied to")


def test_a_decision_is_taken_once():
    row = heard()
    reply(row)
    decide(row)
    with pytest.raises(ChangedMeanwhile):
        decide(row)
    assert ConductCase.objects.count() == 1


def test_the_trail_tells_no_name_and_no_word():
    decided()
    said = [f"{row.subject} {row.changes}" for row in AuditRow.objects.all()]
    text = "\n".join(each for each in said if "board" not in each)
    assert not [word for word in ("吴伟", "admitted", "it was mine", SHE) if word in text]


# The leader's word.
