"""The pages of bad-debt cases: who looks, what is shown before it is posted (RES-3 to RES-6)."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Person
from core import clock
from core.models import JobRun, StoredFile
from core.tests.file_corpus import PDF, upload
from payroll.services import month_close
from receivables.models import BadDebt, CaseStep, LegalCost, OutcomeProposal
from receivables.services import unpaid_converge
from tests import builders
from tests.builders import at, day
from tests.cast import (
    CASHIER,
    CLOSED_AT,
    FINANCE,
    LEADER,
    MANAGER,
    MATE,
    MONTH,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
    people_make,
)

pytestmark = pytest.mark.django_db

URL = "/bad-debts/B1/"
NOW = "2026-11-03 09:00"


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(at(NOW)):
        yield


@pytest.fixture
def case():
    people = people_make()
    order = builders.order(people[SHE], delivered={"2026-10-05": "9000.00"})
    month_close(month=MONTH, as_of=CLOSED_AT)
    return builders.bad_debt(order, opened="2026-10-20")


def page(who, url=URL, status=200):
    answer = client_of(who).get(url)
    assert answer.status_code == status
    return answer.content.decode()


def post(who, url, data, status):
    answer = client_of(who).post(url, data)
    assert answer.status_code == status, answer.content.decode()
    return answer


def cost_said(**changed):
    first = {"seen": "0.00", "on": "2026-10-26", "amount": "600.01", "what": "律师费"}
    return {**first, "token": str(uuid4()), **changed}


def confirm_of(answer):
    found = re.search(r'name="confirm"\s+value="([0-9a-f]+)"', answer.content.decode())
    assert found, answer.content.decode()
    return found[1]


# --- Opening ------------------------------------------------------------------------------------


def test_an_order_shows_what_is_owed_before_the_case_is_opened(case):
    other = builders.order(case.order.person, "O2", delivered={"2026-10-06": "1234.50"})
    assert "1,234.50" in page(FINANCE, "/bad-debts/new/?order=O2")
    said = {"order": "O2", "case_no": "B2", "opened_on": "2026-11-02", "why": "跑路"}
    answer = post(FINANCE, "/bad-debts/new/", {**said, "token": str(uuid4())}, 302)
    assert answer["Location"] == "/bad-debts/B2/"
    assert BadDebt.objects.get(case_no="B2").order == other


@pytest.mark.parametrize(
    "bad",
    [
        {"order": ""}, {"order": "NONE"}, {"order": "\0"}, {"case_no": "a b"}, {"case_no": "a/b"},
        {"case_no": "x" * 33}, {"case_no": "B1"}, {"opened_on": "2026-02-30"},
        {"opened_on": "9999-12-31"}, {"why": ""}, {"why": "\0"},
        {"token": "x"},
    ],
)  # fmt: skip
def test_bad_input_opens_nothing_and_keeps_what_was_typed(case, bad):
    builders.order(case.order.person, "O2", delivered={"2026-10-06": "1.00"})
    said = {"order": "O2", "case_no": "B2", "opened_on": "2026-11-02", "why": "跑路了"}
    answer = post(FINANCE, "/bad-debts/new/", {**said, "token": str(uuid4()), **bad}, 400)
    assert BadDebt.objects.count() == 1
    if "why" not in bad:
        assert "跑路了" in answer.content.decode()


def test_an_order_long_overdue_leads_to_a_new_case(case):
    """RES-3: what was escalated (DUE-1), to who may open one, and while no case speaks of it."""
    order, link = case.order, "/bad-debts/new/?order="
    panel = f"/orders/{order.order_no}/panels/money/"
    new = builders.order(order.person, "O2", delivered={"2026-10-30": "10.00"})
    unpaid_converge(as_of=clock.today())
    assert link not in page(MANAGER, panel)  # its case is open
    assert link not in page(MANAGER, f"/orders/{new.order_no}/panels/money/")  # four days old
    BadDebt.objects.filter(pk=case.pk).update(outcome="recovered", outcome_on=clock.today())
    for who in (MANAGER, FINANCE):
        assert f'{link}{order.order_no}"' in page(who, panel)
    for who in (SHE, SUPERVISOR, CASHIER, LEADER):
        assert link not in page(who, panel)


def test_nobody_opens_a_case_on_the_own_order(case):
    Person.objects.filter(employee_no=FINANCE).update(roles="finance+salesperson")
    own = Person.objects.get(employee_no=FINANCE)
    builders.order(own, "O9", delivered={"2026-10-06": "5.00"})
    assert client_of(FINANCE).get("/bad-debts/new/?order=O9").status_code == 403


# --- Steps --------------------------------------------------------------------------------------


def step_said(**changed):
    first = {"kind": "call", "on": "2026-11-02", "text": "电话未接", "token": str(uuid4())}
    return {**first, **changed}


def test_the_salesperson_adds_a_step_with_its_paper(case):
    sent = {**step_said(next_on="2026-11-10", next_what="上门"), "files": upload("函.pdf", PDF)}
    post(SHE, f"{URL}step/", sent, 302)
    step = CaseStep.objects.get()
    assert (step.recorded_by.username, step.next_on) == (SHE, day("2026-11-10"))
    shown = page(SHE)
    assert "电话未接" in shown
    file = StoredFile.objects.get(kind="bad_debt", owner=str(step.pk))
    for who, status in ((SHE, 200), (FINANCE, 200), (MATE, 404), (STRANGER, 404)):
        assert client_of(who).get(f"/files/{file.pk}/").status_code == status


def test_lawyers_and_courts_are_the_company_s(case):
    post(SHE, f"{URL}step/", step_said(kind="filed"), 400)
    assert not CaseStep.objects.exists()
    post(FINANCE, f"{URL}step/", step_said(kind="filed"), 302)
    assert BadDebt.objects.get().sued_on == day("2026-11-02")


def test_on_a_closed_case_the_salesperson_adds_nothing(case):
    BadDebt.objects.update(outcome="recovered", outcome_on=day("2026-11-01"))
    post(SHE, f"{URL}step/", step_said(), 403)
    post(MANAGER, f"{URL}step/", step_said(), 302)


@pytest.mark.parametrize(
    "bad",
    [
        {"kind": "x"}, {"on": "2026-11-04"}, {"on": "2026-10-19"}, {"on": "x"}, {"text": " "},
        {"text": "\0"}, {"text": "x" * 2001}, {"next_on": "2026-11-01"}, {"next_on": "1e9"},
        {"next_what": "x" * 201}, {"token": ""}, {"files": upload("x.exe", b"MZ\x90")},
    ],
)  # fmt: skip
def test_a_bad_step_is_told_and_nothing_kept(case, bad):
    post(SHE, f"{URL}step/", step_said(**bad), 400)
    assert not CaseStep.objects.exists()
    assert not StoredFile.objects.exists()


# --- Costs --------------------------------------------------------------------------------------


def test_how_a_cost_is_split_is_shown_before_it_is_posted(case):
    said = cost_said()
    answer = post(FINANCE, f"{URL}cost/", said, 200)
    shown = answer.content.decode()
    for figure in ("600.01", "300.01", "300.00"):
        assert figure in shown  # the cost, both halves; nothing is in the reserve on that day
    assert not LegalCost.objects.exists()
    before = JobRun.objects.filter(kind="close").count()
    answer = post(FINANCE, f"{URL}cost/", {**said, "confirm": confirm_of(answer)}, 302)
    assert answer["Location"] == URL
    cost = LegalCost.objects.get()
    assert (str(cost.amount), cost.recorded_by.username) == ("600.01", FINANCE)
    assert JobRun.objects.filter(kind="close").count() == before + 1


def test_only_what_was_shown_is_confirmed(case):
    said = cost_said()
    confirm = confirm_of(post(FINANCE, f"{URL}cost/", said, 200))
    post(FINANCE, f"{URL}cost/", {**said, "amount": "1.00", "confirm": confirm}, 200)
    assert not LegalCost.objects.exists()
    # The same words, but by now they would do something else.
    builders.reserve_opening(case.order.person, "2026-10-25", "50.00")
    post(FINANCE, f"{URL}cost/", {**said, "confirm": confirm}, 200)
    assert not LegalCost.objects.exists()


def test_a_cost_is_put_right(case):
    LegalCost.objects.create(case=case, incurred_on=day("2026-10-26"), amount="600.01")
    url = f"{URL}cost/2026-10-26/"
    assert "600.01" in page(FINANCE, url)
    said = cost_said(seen="600.01", amount="60.01")
    answer = post(FINANCE, url, said, 200)
    post(FINANCE, url, {**said, "confirm": confirm_of(answer)}, 302)
    assert str(LegalCost.objects.get().amount) == "60.01"
    stale = post(FINANCE, url, cost_said(seen="600.01", amount="1.00"), 400)
    assert "60.01" in stale.content.decode()
    assert client_of(FINANCE).get(f"{URL}cost/2026-10-27/").status_code == 404


@pytest.mark.parametrize(
    "bad",
    [
        {"amount": "NaN"}, {"amount": "1e999"}, {"amount": "0"}, {"amount": "-1"}, {"amount": ""},
        {"amount": "0.001"}, {"amount": "9" * 30}, {"on": "2026-11-04"}, {"on": "2026-10-19"},
        {"on": "0001-01-01"}, {"what": ""}, {"what": "\0"}, {"token": "x"},
    ],
)  # fmt: skip
def test_a_bad_cost_is_told_and_changes_nothing(case, bad):
    post(FINANCE, f"{URL}cost/", cost_said(**bad), 400)
    assert not LegalCost.objects.exists()


# --- Outcomes -----------------------------------------------------------------------------------


def outcome_said(**changed):
    first = {"outcome": "dead", "on": "2026-11-02", "reason": "败诉且无财产可供执行"}
    return {**first, "token": str(uuid4()), **changed}


@pytest.fixture
def judged(case):
    sent = {**step_said(kind="judgment"), "files": upload("判决书.pdf", PDF)}
    post(FINANCE, f"{URL}step/", sent, 302)
    return case


def test_dead_without_a_judgment_is_refused(case):
    answer = post(FINANCE, f"{URL}outcome/", outcome_said(), 400)
    assert "判决" in answer.content.decode() or "judgment" in answer.content.decode()
    assert not OutcomeProposal.objects.exists()


def test_finance_proposes_and_the_manager_decides(judged):
    said = outcome_said()
    answer = post(FINANCE, f"{URL}outcome/", said, 200)
    assert "9,000.00" in answer.content.decode()  # the whole debt
    assert not OutcomeProposal.objects.exists()
    post(FINANCE, f"{URL}outcome/", {**said, "confirm": confirm_of(answer)}, 302)
    proposal = OutcomeProposal.objects.get()
    url = f"{URL}outcome/{proposal.pk}/"
    for who, status in ((FINANCE, 403), (SHE, 403), (SUPERVISOR, 403), (CASHIER, 403)):
        page(who, url, status)
    looked = client_of(MANAGER).get(url)
    assert "9,000.00" in looked.content.decode()
    accept = {"do": "accept", "confirm": confirm_of(looked)}
    # Money that came in meanwhile: what was looked at is not what would follow.
    slip = builders.slip(judged.order)
    paid = builders.payment(slip, amount="500.00", handed_in="2026-11-02 17:00")
    stale = post(MANAGER, url, accept, 400)
    assert "8,500.00" in stale.content.decode()
    assert BadDebt.objects.get().is_open
    paid.delete()
    post(MANAGER, url, accept, 302)
    assert BadDebt.objects.get().outcome == "dead"
    assert JobRun.objects.filter(kind="close", subject="2026-11").count() == 0  # still open
    post(MANAGER, url, accept, 302)  # told that it was decided, and no more
    assert OutcomeProposal.objects.get().state == "accepted"


def test_a_refusal_needs_its_reason(judged):
    proposal = OutcomeProposal.objects.create(
        case=judged, outcome="recovered", on=day("2026-11-02"), reason="x", token=uuid4()
    )
    url = f"{URL}outcome/{proposal.pk}/"
    post(MANAGER, url, {"do": "refuse", "reply": " "}, 400)
    assert OutcomeProposal.objects.get().is_waiting
    post(MANAGER, url, {"do": "refuse", "reply": "款未到账"}, 302)
    assert "款未到账" in page(SHE)


def test_the_manager_s_own_case_goes_to_the_leader(case):
    Person.objects.filter(employee_no=SHE).update(roles="salesperson+manager")
    proposal = OutcomeProposal.objects.create(
        case=case, outcome="recovered", on=day("2026-11-02"), reason="x", token=uuid4()
    )
    url = f"{URL}outcome/{proposal.pk}/"
    for who, status in ((SHE, 403), (MANAGER, 403), (LEADER, 200)):
        page(who, url, status)


@pytest.mark.parametrize(
    "bad",
    [
        {"outcome": "gone"}, {"outcome": "reopened"}, {"outcome": ""}, {"on": "2026-11-04"},
        {"on": "2026-10-19"}, {"reason": ""}, {"reason": "\0"}, {"token": "x"},
    ],
)  # fmt: skip
def test_a_bad_outcome_is_told_and_proposes_nothing(judged, bad):
    post(FINANCE, f"{URL}outcome/", outcome_said(**bad), 400)
    assert not OutcomeProposal.objects.exists()


# --- Lists and the desk -------------------------------------------------------------------------


def test_the_list_is_of_what_one_may_see(case):
    other = builders.order(Person.objects.get(employee_no=STRANGER), "O2")
    builders.bad_debt(other, "B-STRANGER", opened="2026-10-20", recovered="2026-10-30")
    assert "B-STRANGER" in page(FINANCE, "/bad-debts/")
    for who in (SHE, SUPERVISOR):
        shown = page(who, "/bad-debts/")
        assert URL in shown
        assert "B-STRANGER" not in shown
    assert URL not in page(FINANCE, "/bad-debts/?stage=recovered")
    assert "B-STRANGER" not in page(FINANCE, "/bad-debts/?stage=open")
    page(MATE, URL, 404)


def test_the_desk_tells_what_waits(case):
    assert URL in page(SHE, "/")
    assert URL not in page(FINANCE, "/")  # opened two weeks ago
    BadDebt.objects.update(opened_on=day("2026-10-03"))
    assert URL in page(FINANCE, "/")
    case.steps.create(kind="call", on=day("2026-11-01"), text="x", token=uuid4())
    assert URL not in page(FINANCE, "/")
    proposal = OutcomeProposal.objects.create(
        case=case, outcome="recovered", on=day("2026-11-02"), reason="x", token=uuid4()
    )
    assert f"{URL}outcome/{proposal.pk}/" in page(MANAGER, "/")
    assert f"{URL}outcome/{proposal.pk}/" not in page(LEADER, "/")


# --- The reserve --------------------------------------------------------------------------------


def test_the_own_book_shows_what_is_in_it_and_what_is_to_come(case):
    builders.reserve_opening(case.order.person, "2026-10-01", "450.00")
    month_close(month=MONTH, as_of=CLOSED_AT)
    own = page(SHE, "/reserve/")
    for figure in ("450.00", "600.00", "150.00", "900.00"):
        assert figure in own  # what it opened with, what it holds, November's, and at the year end
    assert URL in own  # the case that stands against a refund
    assert own.count('hx-get="/entries/') == 2  # each line opens to its reasons
    assert "600.00" in page(SUPERVISOR, f"/reserve/{SHE}/")
    page(MATE, f"/reserve/{SHE}/", 404)
    page(MANAGER, f"/reserve/{CASHIER}/", 404)
    for wrong in ("abc", "1999", "２０２６", "\0"):
        assert "450.00" in page(SHE, f"/reserve/?year={wrong}")  # the latest there is


def test_the_list_of_reserves_and_its_file(case):
    shown = page(CASHIER, "/reserve/")
    assert f"/reserve/{SHE}/" in shown
    assert "150.00" in shown
    sums = page(CASHIER, "/reserve/?cases=open")
    assert f"/reserve/{SHE}/" in sums
    assert f"/reserve/{MATE}/" not in sums


def test_the_year_end_is_shown_and_filtered(case):
    shown = page(FINANCE, "/reserve/year/2026/")
    assert "450.00" in shown  # three deposits
    assert "22.50" in shown  # their reward
    stays = page(FINANCE, "/reserve/year/2026/?kind=stays")
    assert f"/reserve/{SHE}/" in stays
    assert f"/reserve/{MATE}/" not in stays
    assert client_of(FINANCE).get("/reserve/year/2027/").status_code == 404
    page(SHE, "/reserve/year/2026/", 403)
    with clock.set_to(at("2026-10-31 09:00")):
        assert f"/reserve/{SHE}/" not in page(FINANCE, "/reserve/year/2026/")


@pytest.mark.parametrize(
    ("url", "most"),
    [(URL, 18), ("/bad-debts/", 14), ("/reserve/", 14), (f"/reserve/{SHE}/", 40)],
)
def test_few_queries(case, url, most):
    client = client_of(FINANCE)
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    assert len(asked) <= most, len(asked)
