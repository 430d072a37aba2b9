"""What follows a decision: proposals, objections, the ledger (DIS-1 to DIS-3)."""

from datetime import timedelta
from decimal import Decimal

import pytest

from conduct.cases.services import (
    CaseRefused,
    ChangedMeanwhile,
    Decided,
    hearing_begin,
    objection_decide,
    objection_file,
    proceeding_of_suspicion,
    proposal_decide,
)
from conduct.cases.tests.casing import (
    decide,
    decided,
    person,
    reply,
    side,
    told,
    user,
)
from conduct.models import (
    ConductCase,
    Objection,
    Proposal,
    Suspicion,
    SuspicionCase,
    SuspicionDecision,
    Verdict,
)
from core import clock
from core.models import JobRun
from notices.models import BoardNotice, Notice
from payroll.querysets import statement_lines
from payroll.services import month_close
from tests import cast
from tests.builders import conduct_case, context
from tests.cast import LEADER, MANAGER, MATE, MONTH, PERSONNEL, SHE, STRANGER

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def people(db):
    with clock.set_to(cast.CLOSED_AT):
        yield cast.people_make()


def proposed():
    decision = Decided(proven=True, reason="x", sanction="warning", proposes="demotion")
    decided(SHE, offence="idling", decided=decision)
    return Proposal.objects.get()


def test_a_demotion_is_the_leaders_to_decide():
    proposal = proposed()
    assert ConductCase.objects.get().sanction == "warning"
    done = proposal_decide(proposal=proposal, accept=True, reply="so be it", actor=user(LEADER))
    assert done.state == "accepted"
    assert ConductCase.objects.latest("pk").sanction == "demotion"
    assert "A change of position is to be carried out" in told(PERSONNEL)
    with pytest.raises(ChangedMeanwhile):
        proposal_decide(proposal=proposal, accept=False, reply="no", actor=user(LEADER))


def test_refused_it_is_no_fact():
    proposal_decide(proposal=proposed(), accept=False, reply="no", actor=user(LEADER))
    assert ConductCase.objects.count() == 1


# Objected to.


def objected(row, no=SHE):
    verdict = Verdict.objects.get(subject=side(row, no))
    return objection_file(verdict=verdict, text="not so", actor=user(no))


def test_an_objection_goes_to_another_than_who_decided():
    row = decided()
    found = objected(row)
    assert found.goes_to == "leader"
    assert objected(row).pk == found.pk
    assert "An objection in a case waits for you: %(no)s" in told(LEADER)


def test_refused_all_stands():
    row = decided()
    objection_decide(objection=objected(row), grant=False, reply="it is so", actor=user(LEADER))
    assert not ConductCase.objects.exclude(annulled_at=None).exists()
    with pytest.raises(ChangedMeanwhile):
        objection_decide(
            objection=Objection.objects.get(), grant=True, reply="x", actor=user(LEADER)
        )


def test_granted_nothing_of_it_stands_and_the_company_is_told_again(people):
    conduct_case(people[SHE])
    row = decided()
    objection_decide(objection=objected(row), grant=True, reply="she is right", actor=user(LEADER))
    assert ConductCase.objects.exclude(annulled_at=None).get().person == people[SHE]
    assert Proposal.objects.get().state == "withdrawn"
    notice = BoardNotice.objects.get()
    assert notice.version == 2
    assert "吴伟: the decision was annulled" in notice.text
    assert "韩娜: forfeited pay" in notice.text
    keys = Notice.objects.filter(key=f"board/{notice.pk}/2")
    assert keys.filter(person=people[STRANGER]).exists()


def test_the_ledger_follows_a_decision_and_its_annulment():
    """October is closed; what is decided in it counts in it (DIS-2)."""
    with clock.set_to(cast.CLOSED_AT - timedelta(days=4)):  # 29 October
        row = decided()
    month_close(month=MONTH, as_of=clock.now())
    assert statement_lines(MONTH)[SHE]["DIS-2"] == Decimal("-3600.00")
    objection = objected(row)
    objection_decide(objection=objection, grant=True, reply="right", actor=user(LEADER))
    assert JobRun.objects.filter(kind="close", subject=str(MONTH)).count() == 1
    month_close(month=MONTH, as_of=clock.now())
    lines = statement_lines(MONTH)
    assert lines[SHE].get("DIS-2", 0) == 0
    assert lines[MATE]["DIS-2"] == Decimal("-3600.00")


def test_a_fine_is_a_charge_of_its_own():
    fine = Decided(proven=True, reason="x", sanction="fine", amount=Decimal("88.00"))
    with clock.set_to(cast.CLOSED_AT - timedelta(days=4)):
        decided(SHE, offence="idling", decided=fine)
    month_close(month=MONTH, as_of=clock.now())
    assert statement_lines(MONTH)[SHE]["DIS-1"] == Decimal("-88.00")
    assert context().month == MONTH


# Of a suspicion.


def test_a_suspicion_that_was_taken_up_becomes_a_case_of_both(people):
    row = Suspicion.objects.create(
        key="signed/D1",
        kind="signed",
        gains=people[SHE],
        loses=people[MATE],
        evidence=[{"kind": "order", "no": "D1", "text": "signed", "values": {}}],
    )
    with pytest.raises(CaseRefused):
        proceeding_of_suspicion(suspicion=row, offence="poaching", actor=user(MANAGER))
    SuspicionDecision.objects.create(
        suspicion=row, outcome="taken_up", reason="x", by=user(MANAGER)
    )
    row.refresh_from_db()
    made = [
        proceeding_of_suspicion(suspicion=row, offence="poaching", actor=user(MANAGER))
        for _n in range(2)
    ]
    assert made[0] == made[1]
    found = made[0]
    assert found.reporter is None
    assert found.goes_to == "manager"
    assert found.subjects.count() == 2
    assert "D1" in found.facts
    found = hearing_begin(row=found, actor=user(MANAGER))
    reply(found)
    decide(found)
    assert SuspicionCase.objects.get().case == ConductCase.objects.get()
    assert person(SHE).pk == ConductCase.objects.get().person_id
