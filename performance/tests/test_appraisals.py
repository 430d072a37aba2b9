"""An appraisal from its draft to the decision on an objection (KPI-1)."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core import clock
from core.jobs import JobRefused, job_request
from core.models import AuditRow, JobRun, Opening
from notices.models import Notice
from performance.models import Appraisal
from performance.schedule import quarters
from performance.services.appraisals import (
    appraisal_acknowledge,
    appraisal_adjust,
    appraisal_decide,
    appraisal_object,
    appraisal_tell,
)
from performance.services.keeping import ChangedMeanwhile, PerformanceRefused
from performance.services.reckoning import quarter_go_on
from performance.tasks import appraisal_run
from performance.tests.conftest import QUARTER, appraisal_of, reckon, user
from tests.builders import at, customer, day, order, slip
from tests.cast import (
    FINANCE,
    LEADER,
    MANAGER,
    MATE,
    OTHER_SUPERVISOR,
    PERSONNEL,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(people) -> Appraisal:
    """Hers: six new customers of nine, nothing else known but reports that never came."""
    for n in range(6):
        row = customer(f"K{n}", people[SHE])
        row.created_on = day("2026-09-15")
        row.save(update_fields=["created_on"])
    reckon()
    return appraisal_of(SHE)


def told(appraisal: Appraisal, by: str = MANAGER) -> Appraisal:
    return appraisal_tell(appraisal=appraisal, talk="we talked", actor=user(by))


def objected(appraisal: Appraisal) -> Appraisal:
    return appraisal_object(appraisal=told(appraisal), objection="too low", actor=user(SHE))


def test_a_quarter_is_scored_from_what_has_data(draft):
    scores = {each.key: each.score for each in draft.told}
    assert scores == {
        "sales": None, "customers": Decimal("66.7"), "satisfaction": None, "returns": None,
        "complaints": Decimal("100.0"), "activity": None, "reports": Decimal("0.0"),
    }  # fmt: skip
    # (15 × 66.7 + 10 × 100 + 10 × 0) ÷ 35
    assert (draft.computed, draft.score, draft.grade) == (Decimal("57.2"), Decimal("57.2"), "D")


def test_points_come_with_their_reason_and_survive_a_reckoning(draft, people):
    with pytest.raises(PerformanceRefused):
        appraisal_adjust(appraisal=draft, points=5, reason=" ", actor=user(MANAGER))
    with pytest.raises(PerformanceRefused):
        appraisal_adjust(appraisal=draft, points=21, reason="x", actor=user(MANAGER))
    found = appraisal_adjust(appraisal=draft, points=5, reason="new here", actor=user(MANAGER))
    assert (found.score, found.grade) == (Decimal("62.2"), "C")
    row = customer("K9", people[SHE])
    row.created_on = day("2026-09-16")
    row.save(update_fields=["created_on"])
    reckon()
    again = appraisal_of(SHE)
    assert (again.points, again.score) == (5, again.computed + 5)
    assert again.computed > found.computed
    back = appraisal_adjust(appraisal=again, points=0, reason="", actor=user(MANAGER))
    assert (back.score, back.points_by) == (back.computed, None)
    actions = AuditRow.objects.filter(subject=f"appraisal {draft.pk}")
    assert actions.count() == 2


def test_who_comes_second_is_told(draft):
    told(draft)
    with pytest.raises(ChangedMeanwhile):
        appraisal_adjust(appraisal=draft, points=1, reason="x", actor=user(MANAGER))


def test_acknowledged_it_is_over(draft):
    found = appraisal_acknowledge(appraisal=told(draft), actor=user(SHE))
    assert found.is_over
    assert Notice.objects.filter(person__employee_no=SHE, key__endswith="/told").exists()
    with pytest.raises(PerformanceRefused):
        appraisal_object(appraisal=found, objection="x", actor=user(SHE))


def test_an_objection_is_decided_by_another_and_can_change_the_points(draft):
    found = objected(draft)
    heads = Notice.objects.filter(key__endswith="/objected")
    assert set(heads.values_list("person__employee_no", flat=True)) == {LEADER}
    with pytest.raises(PerformanceRefused):
        appraisal_decide(appraisal=found, points=0, reply="no", actor=user(MANAGER))
    decided = appraisal_decide(appraisal=found, points=3, reply="right", actor=user(LEADER))
    assert (decided.state, decided.score) == ("decided", Decimal("60.2"))
    assert decided.grade == "C"
    assert decided.points_by == user(LEADER)


def test_an_objection_that_is_not_right_leaves_all_as_it_is(draft):
    adjusted = appraisal_adjust(appraisal=draft, points=2, reason="x", actor=user(MANAGER))
    found = objected(adjusted)
    decided = appraisal_decide(appraisal=found, points=2, reply="it stands", actor=user(LEADER))
    assert (decided.points, decided.points_by) == (2, user(MANAGER))


def test_who_added_the_points_does_not_decide_though_another_told_her(draft):
    adjusted = appraisal_adjust(appraisal=draft, points=2, reason="x", actor=user(MANAGER))
    told(adjusted, by=SUPERVISOR)
    found = appraisal_object(appraisal=appraisal_of(SHE), objection="x", actor=user(SHE))
    with pytest.raises(PerformanceRefused):
        appraisal_decide(appraisal=found, points=2, reply="no", actor=user(MANAGER))
    assert client_of(MANAGER).get(reverse("appraisal", args=[found.pk])).status_code == 200
    sent = {"version": found.version, "points": 2, "reply": "no"}
    answer = client_of(MANAGER).post(reverse("appraisal_decision", args=[found.pk]), sent)
    assert answer.status_code == 403


def test_the_database_knows_that_another_decides(draft):
    found = objected(draft)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appraisal.objects.filter(pk=found.pk).update(
            state="decided", reply="x", decided_at=clock.now(), decided_by=user(MANAGER)
        )


@pytest.mark.parametrize(
    ("who", "as_draft", "as_told"),
    [
        (SHE, 404, 200), (MATE, 404, 404), (STRANGER, 404, 404), (SUPERVISOR, 200, 200),
        (OTHER_SUPERVISOR, 404, 404), (MANAGER, 200, 200), (LEADER, 200, 200),
        (PERSONNEL, 200, 200), (FINANCE, 404, 404),
    ],
)  # fmt: skip
def test_she_sees_hers_once_she_was_told(draft, who, as_draft, as_told):
    page = reverse("appraisal", args=[draft.pk])
    assert client_of(who).get(page).status_code == as_draft
    told(draft)
    assert client_of(who).get(page).status_code == as_told


def test_whoever_else_opens_it_is_written_down(draft):
    told(draft)
    client_of(SHE).get(reverse("appraisal", args=[draft.pk]))
    assert not Opening.objects.exists()
    client_of(PERSONNEL).get(reverse("appraisal", args=[draft.pk]))
    assert Opening.objects.get().about == SHE


def test_from_the_draft_to_the_decision_in_the_browser(draft):
    page = reverse("appraisal", args=[draft.pk])

    def post(who, name, **said):
        sent = {"version": appraisal_of(SHE).version, **said}
        return client_of(who).post(reverse(name, args=[draft.pk]), sent)

    assert post(SUPERVISOR, "appraisal_points", points=1, reason="x").status_code == 403
    assert post(MANAGER, "appraisal_points", points=4, reason="came in May").status_code == 302
    assert post(MANAGER, "appraisal_points", points=4, reason="").status_code == 400
    assert post(SUPERVISOR, "appraisal_talk", talk="we talked").status_code == 302
    assert post(MATE, "appraisal_answer", objection="x").status_code == 404
    assert post(SHE, "appraisal_answer", objection="").status_code == 400
    assert post(SHE, "appraisal_answer", objection="the reports were in").status_code == 302
    assert post(SUPERVISOR, "appraisal_decision", points=4, reply="no").status_code == 403
    assert post(LEADER, "appraisal_decision", points=6, reply="they were").status_code == 302
    body = client_of(SHE).get(page).content.decode()
    assert "the reports were in" in body
    assert "they were" in body
    assert "63.2" in body
    old = {"version": 0, "objection": "again"}
    assert client_of(SHE).post(reverse("appraisal_answer", args=[draft.pk]), old).status_code == 403


def test_acknowledging_is_one_click(draft):
    found = told(draft)
    sent = {"version": found.version, "do": "acknowledge"}
    client_of(SHE).post(reverse("appraisal_answer", args=[draft.pk]), sent)
    assert appraisal_of(SHE).state == "acknowledged"


@pytest.mark.parametrize("key", ["sales", "customers", "returns", "complaints", "reports"])
def test_every_indicator_opens_to_its_records(draft, key):
    told(draft)
    page = reverse("appraisal_records", args=[draft.pk, key])
    assert client_of(SHE).get(page).status_code == 200
    assert client_of(STRANGER).get(page).status_code == 404
    names_customers = key != "reports"
    assert client_of(PERSONNEL).get(page).status_code == (403 if names_customers else 200)


def test_an_indicator_there_is_not_has_no_page(draft):
    assert (
        client_of(MANAGER).get(reverse("appraisal_records", args=[draft.pk, "shoes"])).status_code
        == 404
    )


def test_the_list_tells_how_far_the_talks_have_come(draft):
    body = client_of(MANAGER).get(reverse("appraisals")).content.decode()
    assert body.count("row-link") == 3
    assert client_of(SHE).get(reverse("appraisals")).content.decode().count("row-link") == 0
    assert client_of(FINANCE).get(reverse("appraisals")).status_code == 403


def test_the_manager_has_a_quarter_reckoned(people):
    answer = client_of(MANAGER).post(reverse("appraisals"), {"quarter": "2026-Q3"})
    assert answer.status_code == 302
    run = JobRun.objects.get(kind="appraisal")
    assert run.subject == "2026-Q3"
    assert (
        client_of(SUPERVISOR).post(reverse("appraisals"), {"quarter": "2026-Q3"}).status_code == 403
    )
    client_of(MANAGER).post(reverse("appraisals"), {"quarter": "2026-Q4"})
    assert JobRun.objects.filter(kind="appraisal").count() == 1


def test_a_quarter_that_is_not_over_is_refused(people):
    run = job_request(kind="appraisal", subject="2026-Q4")

    class Running:
        pass

    running = Running()
    running.run = run
    with pytest.raises(JobRefused):
        quarter_go_on(running=running)


def test_the_job_reckons_everybody(people):
    run = job_request(kind="appraisal", subject=str(QUARTER))
    appraisal_run(run.pk)
    run.refresh_from_db()
    assert (run.state, run.outcome) == ("done", {"people": 3, "new": 3, "changed": 0})


def test_a_quarter_is_due_the_night_after_it_once_slips_are_known(people):
    assert list(quarters(clock.now())) == []
    slip(order(people[SHE]), issued="2026-06-30 09:00")
    [due] = quarters(clock.now())
    assert (due.subject, due.at) == ("2026-Q3", at("2026-10-01 01:30"))


def test_the_desk_tells_whom_it_waits_for(draft):
    home = reverse("home")
    told(draft)
    assert reverse("appraisal", args=[draft.pk]) in client_of(SHE).get(home).content.decode()
    appraisal_object(appraisal=appraisal_of(SHE), objection="x", actor=user(SHE))
    address = reverse("appraisal", args=[draft.pk])
    assert address in client_of(LEADER).get(home).content.decode()
    assert address not in client_of(MANAGER).get(home).content.decode()
