"""Bad-debt cases: opened, chased, sued, their costs and their outcome, each through its service
(RES-3 to RES-6)."""

from decimal import Decimal
from uuid import uuid4

import pytest

from core import clock
from core.files.reading import file_read
from core.files.services import file_keep
from core.models import AuditRow
from core.months import Month
from core.tables.table import CheckedRow
from core.tests.file_corpus import PDF, upload
from notices.models import Notice
from payroll.models import Entry
from payroll.services import month_close, month_final
from receivables.imports import check_cases
from receivables.models import BadDebt, CaseStep, LegalCost, OutcomeProposal
from receivables.querysets.cases import owed_on, taken_for
from receivables.services.cases import (
    CaseRefused,
    StepSaid,
    case_no_suggest,
    case_open,
    case_step_record,
    legal_cost_correct,
    legal_cost_record,
)
from receivables.services.foretelling_cases import case_foretell
from receivables.services.outcomes import (
    DecidedMeanwhile,
    outcome_decide,
    outcome_propose,
    outcome_take_back,
    outcome_write,
)
from receivables.verification_cases import cases as case_problems
from receivables.verification_cases import reserve_books
from tests import builders
from tests.builders import at, day, yuan
from tests.cast import FINANCE, MANAGER, SHE, people_make

pytestmark = pytest.mark.django_db

OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)
NOW = "2026-11-10 10:00"


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(at(NOW)):
        yield


@pytest.fixture
def people():
    return people_make()


@pytest.fixture
def order(people):
    made = builders.order(people[SHE], delivered={"2026-10-05": "9000.00"})
    slip = builders.slip(made)
    builders.payment(slip, amount="2000.00", handed_in="2026-10-20 17:00")
    return made


def user(people, who):
    return people[who].user


def opened(order, people, **changed):
    said = {"case_no": "B1", "opened_on": day("2026-11-02"), "why": "电话不接", "token": uuid4()}
    return case_open(actor=user(people, FINANCE), order=order, **{**said, **changed})


@pytest.fixture
def case(order, people):
    return opened(order, people)


def step(case, kind="filed", on="2026-11-03", text="已向法院起诉", actor=None, files=(), **more):
    said = StepSaid(kind, day(on), text, **more)
    return case_step_record(actor=actor, case=case, said=said, token=uuid4(), files=files)


def paper():
    return file_read(upload("judgment.pdf", PDF))


def judged(case):
    return step(
        case, "judgment", "2026-11-09", "败诉", files=[file_read(upload("judgment.pdf", PDF))]
    )


def cost(case, on="2026-11-05", amount="600.01", **changed):
    said = {"on": day(on), "amount": yuan(amount), "what": "案件受理费", "token": uuid4()}
    return legal_cost_record(actor=None, case=case, **{**said, **changed})


def proposed(case, outcome="recovered", on="2026-11-10", actor=None, **changed):
    said = {"outcome": outcome, "on": day(on), "reason": "已全部收回", "token": uuid4()}
    return outcome_propose(actor=actor, case=case, **{**said, **changed})


def close(month, as_of=NOW):
    month_close(month=month, as_of=at(as_of))


def on_pay(rule):
    return sum((e.on_pay for e in Entry.objects.standing().filter(rule=rule)), Decimal("0.00"))


# --- Opening (RES-3) ----------------------------------------------------------------------------


def test_what_is_owed_is_delivered_less_returned_less_handed_in(order):
    days = {"2026-10-04": "0.00", "2026-10-05": "9000.00", "2026-10-20": "7000.00"}
    assert {on: str(owed_on([order.pk], day(on))[order.pk]) for on in days} == days
    order.deliveries.update(returned="8000.00")
    assert owed_on([order.pk], day("2026-10-20"))[order.pk] == 0  # never less than nothing


def test_a_case_is_opened_and_the_salesperson_told(case, people):
    row = AuditRow.objects.get(action="open case")
    assert (row.subject, row.actor) == ("baddebt B1", user(people, FINANCE))
    assert row.changes["why"] == [None, "电话不接"]
    told = Notice.objects.get(key=f"case/{case.pk}/opened")
    assert (told.person, told.url) == (people[SHE], "/bad-debts/B1/")
    assert case.stage == "chase"


def test_the_number_that_follows_is_suggested(order, people):
    assert case_no_suggest() == "B001"
    opened(order, people, case_no="B009")
    assert case_no_suggest() == "B010"
    BadDebt.objects.update(case_no="B009X")
    assert case_no_suggest() == "B001"


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"why": " "}, id="no reason"),
        pytest.param({"opened_on": day("2026-11-11")}, id="a day to come"),
        pytest.param({"opened_on": day("2026-10-04")}, id="before anything was delivered"),
    ],
)
def test_what_is_refused_opens_nothing(order, people, changed):
    with pytest.raises(CaseRefused):
        opened(order, people, **changed)
    assert not BadDebt.objects.exists()
    assert not Notice.objects.exists()


def test_nothing_is_opened_on_what_is_paid(order, people):
    builders.payment(order.slips.get(), "P2", amount="7000.00", handed_in="2026-10-21 17:00")
    with pytest.raises(CaseRefused):
        opened(order, people)


def test_one_case_at_a_time_of_an_order(case, order, people):
    with pytest.raises(CaseRefused, match="B1"):
        opened(order, people, case_no="B2")
    BadDebt.objects.update(outcome="recovered", outcome_on=day("2026-11-05"))
    assert opened(order, people, case_no="B2").case_no == "B2"


def test_a_number_is_given_once_and_a_form_taken_once(case, order, people):
    other = builders.order(people[SHE], "O2", delivered={"2026-10-05": "1.00"})
    with pytest.raises(CaseRefused, match="B2"):
        opened(other, people)
    token = uuid4()
    first = opened(other, people, case_no="B2", token=token)
    assert opened(other, people, case_no="B3", token=token) == first
    assert BadDebt.objects.count() == 2


def test_no_case_lies_before_the_books(order, people):
    close(OCTOBER)
    with pytest.raises(CaseRefused):
        opened(order, people, opened_on=day("2026-09-30"))


# --- Steps --------------------------------------------------------------------------------------


def test_a_suit_brings_the_case_to_court_and_back(case, people):
    step(case, actor=user(people, FINANCE), next_on=day("2026-11-20"), next_what="开庭")
    found = BadDebt.objects.standing().get()
    assert (found.stage, found.sued_on, found.next_on) == (
        "lawsuit", day("2026-11-03"), day("2026-11-20"),
    )  # fmt: skip
    assert [c.pk for c in BadDebt.objects.standing().in_stage("lawsuit")] == [case.pk]
    with pytest.raises(CaseRefused):
        step(case)
    step(case, "withdrawn", "2026-11-04", "撤诉")
    assert BadDebt.objects.standing().get().stage == "chase"
    with pytest.raises(CaseRefused):
        step(case, "withdrawn", "2026-11-04", "撤诉")
    assert CaseStep.objects.count() == 2
    courts = AuditRow.objects.filter(action="court").order_by("id")
    assert [row.changes["sued_on"] for row in courts] == [
        [None, "2026-11-03"], ["2026-11-03", None],
    ]  # fmt: skip


def test_the_salesperson_hears_what_others_do_and_not_of_the_own(case, people):
    step(case, "call", text="电话未接", actor=user(people, SHE))
    assert not Notice.objects.filter(key__contains="/step/").exists()
    step(case, "letter", text="发律师函", actor=user(people, FINANCE))
    assert Notice.objects.get(key__contains="/step/").person == people[SHE]


@pytest.mark.parametrize(
    "changed",
    [
        {"text": " "},
        {"on": "2026-11-11"},
        {"on": "2026-11-01"},
        {"next_on": day("2026-11-02")},
    ],
)
def test_a_step_that_cannot_be_is_refused(case, changed):
    with pytest.raises(CaseRefused):
        step(case, **changed)
    assert not CaseStep.objects.exists()
    assert BadDebt.objects.get().sued_on is None


def test_a_case_from_a_file_with_costs_is_in_court(order):
    builders.bad_debt(order, costs={"2026-10-12": "10.00"})
    assert BadDebt.objects.standing().get().stage == "lawsuit"
    assert BadDebt.objects.standing().in_stage("chase").count() == 0


# --- Costs (RES-4) ------------------------------------------------------------------------------


def test_how_a_cost_is_split_is_foretold_and_comes(case, people):
    """100 yuan in the reserve: half of 600.01 is 300.01, of which pay bears 200.01."""
    builders.reserve_opening(people[SHE], "2026-10-01", "100.00")
    close(OCTOBER)  # and 150 of October
    token = uuid4()
    said = {"on": day("2026-11-05"), "amount": yuan("700.01"), "what": "律师费", "token": token}

    def do():
        return legal_cost_record(actor=None, case=case, **said)

    foretold = case_foretell(case=case, day=day("2026-11-05"), change=do)
    assert not LegalCost.objects.exists()
    assert not AuditRow.objects.filter(action="legal cost").exists()
    start = f"RES-4/{SHE}/B1/2026-11-05/"
    split = {c.key.removeprefix(start): str(c.amount) for c in foretold.after.of_key(start)}
    assert split == {"reserve": "250.00", "pay": "100.01"}
    assert [(c.rule, c.difference) for c in foretold.pay] == [("RES-4", yuan("-100.01"))]
    assert (foretold.before.reserve, foretold.after.reserve) == (yuan("400.00"), yuan("150.00"))
    do()
    close(NOVEMBER)
    posted = Entry.objects.standing().filter(rule="RES-4")
    assert {e.key.removeprefix(start): str(e.amount) for e in posted} == split
    taken = taken_for(list(BadDebt.objects.select_related("order")))["B1"]
    assert (taken.reserve, taken.pay) == (yuan("250.00"), yuan("100.01"))


def test_a_cost_of_last_month_leaves_less_for_this_one(case, people):
    """The one month's reserve is the next one's opening, posted or not."""
    builders.bad_debt(
        builders.order(people[SHE], "O2", delivered={"2026-10-06": "5.00"}), "B9",
        opened="2026-10-06", costs={"2026-11-04": "200.00"},
    )  # fmt: skip
    BadDebt.objects.filter(case_no="B1").update(opened_on=day("2026-10-10"))
    case.refresh_from_db()
    close(OCTOBER)
    close(NOVEMBER)
    assert on_pay("RES-4") == 0  # 100 of the 150 that October paid in cover it
    on = day("2026-10-31")

    def do():
        return cost(case, on="2026-10-31", amount="400.00")

    foretold = case_foretell(case=case, day=on, change=do)
    differs = [(str(c.month), c.rule, str(c.difference)) for c in foretold.pay]
    do()
    close(NOVEMBER)
    posted = Entry.objects.standing().filter(rule="RES-4", source="pay").order_by("for_month")
    assert [(str(e.for_month), "RES-4", f"-{e.amount}") for e in posted] == differs
    # October's 150 do not cover its 200, and nothing is left for November's 100.
    assert differs == [("2026-10", "RES-4", "-50.00"), ("2026-11", "RES-4", "-100.00")]
    assert foretold.after.reserve == foretold.before.reserve - yuan("50.00")


def test_a_cost_a_day_and_more_is_a_correction(case):
    first = cost(case)
    with pytest.raises(CaseRefused, match=r"600\.01"):
        cost(case, amount="5.00")
    right = legal_cost_correct(
        actor=None, cost=first, seen=yuan("600.01"), amount=yuan("605.01"), what="受理费、邮费"
    )
    assert right.amount == yuan("605.01")
    row = AuditRow.objects.get(action="legal cost corrected")
    assert (row.subject, row.changes["amount"]) == (
        "legalcost B1 2026-11-05", ["600.01", "605.01"],
    )  # fmt: skip
    with pytest.raises(CaseRefused, match=r"605\.01"):
        legal_cost_correct(
            actor=None, cost=first, seen=yuan("600.01"), amount=yuan("1.00"), what="x"
        )
    assert LegalCost.objects.get().amount == yuan("605.01")


@pytest.mark.parametrize(
    "changed",
    [{"amount": Decimal(0)}, {"what": ""}, {"on": day("2026-11-11")}, {"on": day("2026-11-01")}],
)
def test_a_cost_that_cannot_be_is_refused(case, changed):
    said = {"on": day("2026-11-05"), "amount": yuan("1.00"), "what": "x", "token": uuid4()}
    with pytest.raises(CaseRefused):
        legal_cost_record(actor=None, case=case, **{**said, **changed})
    assert not LegalCost.objects.exists()


def test_a_cost_sent_twice_is_one(case):
    token = uuid4()
    assert cost(case, token=token) == cost(case, token=token)
    assert LegalCost.objects.count() == 1


# --- Outcomes (RES-5, RES-6) --------------------------------------------------------------------


def test_dead_needs_a_judgment_with_its_document(case):
    with pytest.raises(CaseRefused):
        proposed(case, "dead")
    bare = step(case, "judgment", "2026-11-09", "败诉")
    with pytest.raises(CaseRefused):
        proposed(case, "dead")
    file_keep(
        upload=file_read(upload("j.pdf", PDF)), actor=None, kind="bad_debt", owner=str(bare.pk)
    )
    with pytest.raises(CaseRefused):
        proposed(case, "dead", on="2026-11-08")  # before the judgment
    assert proposed(case, "dead").is_waiting


def test_a_dead_debt_is_borne_and_costs_come_back_as_foretold(case, people):
    builders.reserve_opening(people[SHE], "2026-10-01", "100.00")
    close(OCTOBER)
    cost(case, amount="700.01")
    judged(case)
    close(NOVEMBER)
    proposal = proposed(case, "dead", actor=user(people, FINANCE))
    assert (
        Notice.objects.get(key=f"case/{case.pk}/proposed/{proposal.pk}").person == people[MANAGER]
    )

    def change():
        return outcome_write(case=case, outcome="dead", on=proposal.on)

    foretold = case_foretell(case=case, day=proposal.on, change=change)
    start = f"RES-6/{SHE}/B1/"
    foretells = {c.key.removeprefix(start): str(c.amount) for c in foretold.after.of_key(start)}
    assert foretells == {"debt": "7000.00", "costs/reserve": "250.00", "costs/pay": "100.01"}
    assert foretold.owed == yuan("7000.00")
    outcome_decide(actor=user(people, MANAGER), proposal=proposal, accept=True, reply="")
    close(NOVEMBER)
    posted = Entry.objects.standing().filter(rule="RES-6")
    assert {e.key.removeprefix(start): str(e.amount) for e in posted} == foretells
    assert on_pay("RES-6") == sum(c.difference for c in foretold.pay)
    assert [*case_problems(), *reserve_books()] == []
    assert Notice.objects.filter(key=f"case/{case.pk}/decided/{proposal.pk}").count() == 1


def test_a_wrong_outcome_is_put_right_and_the_ledger_follows(case, people):
    close(OCTOBER)
    judged(case)
    manager = user(people, MANAGER)
    outcome_decide(actor=manager, proposal=proposed(case, "dead"), accept=True, reply="")
    close(NOVEMBER)
    assert on_pay("RES-6") == yuan("-7000.00")
    case.refresh_from_db()
    again = proposed(case, "reopened", reason="判决书写错了日期")
    outcome_decide(actor=manager, proposal=again, accept=True, reply="同意")
    assert BadDebt.objects.get().is_open
    close(NOVEMBER)
    assert on_pay("RES-6") == 0
    last = AuditRow.objects.filter(action="outcome accepted").order_by("-id")[0]
    assert last.changes["outcome"] == ["dead", ""]


def test_after_final_it_stands_on_the_next_month(case, people):
    judged(case)
    with clock.set_to(at("2026-12-15 10:00")):
        close(OCTOBER, "2026-12-15 10:00")
        close(NOVEMBER, "2026-12-15 10:00")
        month_final(month=OCTOBER, early_reason="a test")
        month_final(month=NOVEMBER, early_reason="a test")
        proposal = proposed(case, "dead", on="2026-11-20")
        foretold = case_foretell(
            case=case, day=proposal.on,
            change=lambda: outcome_write(case=case, outcome="dead", on=proposal.on),
        )  # fmt: skip
        assert foretold.final == [NOVEMBER]
        outcome_decide(actor=user(people, MANAGER), proposal=proposal, accept=True, reply="")
        close(Month(2026, 12), "2026-12-15 11:00")
    (borne,) = Entry.objects.standing().filter(rule="RES-6")
    assert (borne.for_month, borne.pay_month) == (NOVEMBER, Month(2026, 12))


@pytest.mark.parametrize(
    "changed",
    [
        {"outcome": "reopened"},
        {"on": "2026-11-11"},
        {"on": "2026-11-01"},
        {"reason": " "},
    ],
)
def test_an_outcome_that_cannot_be_is_refused(case, changed):
    with pytest.raises(CaseRefused):
        proposed(case, **changed)
    assert not OutcomeProposal.objects.exists()


def test_one_proposal_waits_at_a_time(case):
    token = uuid4()
    assert proposed(case, token=token) == proposed(case, token=token)
    with pytest.raises(CaseRefused):
        proposed(case)
    outcome_take_back(actor=None, proposal=OutcomeProposal.objects.get())
    assert proposed(case).is_waiting


def test_who_decides_second_is_told(case, people):
    proposal = proposed(case)
    manager = user(people, MANAGER)
    outcome_decide(actor=manager, proposal=proposal, accept=False, reply="还没有到账")
    with pytest.raises(DecidedMeanwhile, match="还没有到账"):
        outcome_decide(actor=manager, proposal=proposal, accept=True, reply="")
    assert BadDebt.objects.get().is_open
    with pytest.raises(CaseRefused):
        outcome_decide(actor=manager, proposal=proposed(case), accept=False, reply=" ")


def test_what_does_not_fit_any_more_is_not_accepted(case, people):
    proposal = proposed(case)
    BadDebt.objects.update(outcome="recovered", outcome_on=proposal.on)
    with pytest.raises(CaseRefused):
        outcome_decide(actor=user(people, MANAGER), proposal=proposal, accept=True, reply="")
    assert OutcomeProposal.objects.get().is_waiting


def test_a_file_does_not_change_what_was_decided(case, people):
    row = {"case_no": "B1", "outcome": "", "outcome_on": None}
    assert list(check_cases([CheckedRow(2, row)])) == []
    outcome_decide(actor=user(people, MANAGER), proposal=proposed(case), accept=True, reply="")
    assert [refused.line for refused in check_cases([CheckedRow(2, row)])] == [2]
    same = {**row, "outcome": "recovered", "outcome_on": day("2026-11-10")}
    assert list(check_cases([CheckedRow(2, same)])) == []


# --- Verification -------------------------------------------------------------------------------


def test_what_was_taken_has_its_cost_and_comes_back_for_the_dead_alone(case, people):
    close(OCTOBER)
    cost(case)
    judged(case)
    outcome_decide(
        actor=user(people, MANAGER), proposal=proposed(case, "dead"), accept=True, reply=""
    )
    close(NOVEMBER)
    assert list(case_problems()) == []
    LegalCost.objects.update(amount="1.00")
    assert [problem.where for problem in case_problems()] == ["B1 2026-11-05"]
    LegalCost.objects.update(amount="600.01")
    BadDebt.objects.update(outcome="recovered")
    assert {problem.where for problem in case_problems()} == {f"B1 {SHE}"}
