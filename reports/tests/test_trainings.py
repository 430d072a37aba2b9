"""A training from its plan to the record of who came (TRAIN-1)."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from accounts.models import Person
from core import clock
from core.files.models import StoredFile
from core.files.reading import file_read
from notices.models import Notice
from reports.models import Enrolment, Training
from reports.reminders import trainings_tomorrow
from reports.services import (
    Came,
    ChangedMeanwhile,
    ReportsRefused,
    TrainingFacts,
    certificate_add,
    results_write,
    training_call_off,
    training_change,
    training_close,
    training_enrol,
    training_plan,
    training_withdraw,
)
from reports.services.trainings import trainings_fill
from reports.tests.conftest import HER_TEAM, user
from tests.builders import at, day
from tests.cast import (
    FINANCE,
    MANAGER,
    MATE,
    PERSONNEL,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
)

pytestmark = pytest.mark.django_db
BEGINS = "2026-11-05 14:00"


def facts(**said) -> TrainingFacts:
    usual = {
        "title": "新品培训", "topic": "", "trainer": "王工", "team": HER_TEAM,
        "starts_at": at(BEGINS), "ends_at": at("2026-11-05 16:00"), "place": "会议室",
        "places": None, "compulsory": False,
    }  # fmt: skip
    return TrainingFacts(**usual | said)


@pytest.fixture
def plan(people):
    def planned(**said) -> Training:
        return training_plan(facts=facts(**said), token=uuid4(), actor=user(MANAGER))

    return planned


def enrol(training: Training, no: str) -> Enrolment:
    who = user(no)
    return training_enrol(training=training, person=who.person, actor=who)


def enrolled(training: Training) -> set[str]:
    rows = training.enrolments.filter(withdrawn_at=None)
    return set(rows.values_list("person__employee_no", flat=True))


def told(no: str) -> int:
    return Notice.objects.filter(person__employee_no=no, key__startswith="training/").count()


def photo() -> SimpleUploadedFile:
    made = BytesIO()
    Image.new("RGB", (40, 30), "white").save(made, "JPEG")
    return SimpleUploadedFile("证书.jpg", made.getvalue(), content_type="image/jpeg")


def test_one_form_sent_twice_plans_one(people):
    token = uuid4()
    for _n in range(2):
        training_plan(facts=facts(), token=token, actor=user(PERSONNEL))
    assert Training.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_at": at(BEGINS)},
        {"starts_at": at("2026-11-02 08:00")},
        {"compulsory": True, "places": 5},
    ],
)
def test_what_cannot_be_is_told(plan, wrong):
    with pytest.raises(ReportsRefused):
        plan(**wrong)
    assert not Training.objects.exists()


def test_the_last_place_is_taken_once_and_free_again_when_given_back(plan):
    training = plan(places=1)
    enrol(training, SHE)
    enrol(training, SHE)
    with pytest.raises(ReportsRefused):
        enrol(training, MATE)
    assert enrolled(training) == {SHE}
    training_withdraw(training=training, person=user(SHE).person, actor=user(SHE))
    training_withdraw(training=training, person=user(SHE).person, actor=user(SHE))
    enrol(training, MATE)
    with pytest.raises(ReportsRefused):
        enrol(training, SHE)
    assert enrolled(training) == {MATE}


def test_once_begun_nobody_enrols_or_withdraws(plan):
    training = plan()
    enrol(training, SHE)
    with clock.set_to(at(BEGINS)):
        with pytest.raises(ReportsRefused):
            enrol(training, MATE)
        with pytest.raises(ReportsRefused):
            training_withdraw(training=training, person=user(SHE).person)
    assert enrolled(training) == {SHE}


def test_for_everybody_all_are_enrolled_and_who_comes_new_too(plan, people):
    training = plan(compulsory=True)
    assert enrolled(training) == {SHE, MATE, SUPERVISOR}
    assert (told(SHE), told(STRANGER)) == (1, 0)
    with pytest.raises(ReportsRefused):
        training_withdraw(training=training, person=people[SHE])
    assert trainings_fill() == 0
    Person.objects.create(
        employee_no="Y009", name="新人", roles="salesperson", team=HER_TEAM,
        hired_on=day("2026-11-03"),
    )  # fmt: skip
    assert trainings_fill() == 1
    assert "Y009" in enrolled(training)
    everybodys = plan(compulsory=True, team="")
    assert {STRANGER, MANAGER} <= enrolled(everybodys)
    assert FINANCE not in enrolled(everybodys)


def test_changed_as_it_was_seen_never_to_fewer_places(plan):
    training = plan(places=2)
    enrol(training, SHE)
    enrol(training, MATE)
    with pytest.raises(ReportsRefused):
        training_change(training=training, facts=facts(places=1), actor=user(MANAGER))
    later = facts(places=2, starts_at=at("2026-11-05 14:30"))
    training_change(training=training, facts=later, actor=user(MANAGER))
    assert told(SHE) == 1
    with pytest.raises(ChangedMeanwhile):
        training_change(training=training, facts=later, actor=user(MANAGER))


def test_called_off_with_the_reason_and_told(plan):
    training = plan()
    enrol(training, SHE)
    with pytest.raises(ReportsRefused):
        training_call_off(training=training, reason="")
    gone = training_call_off(training=training, reason="讲师生病", actor=user(MANAGER))
    assert (gone.state, told(SHE)) == ("called_off", 1)
    with pytest.raises(ChangedMeanwhile):
        enrol(gone, MATE)


def test_results_of_who_came_and_nobody_ticked_did_not(plan):
    training = plan()
    hers, mates = enrol(training, SHE), enrol(training, MATE)
    with pytest.raises(ReportsRefused):
        results_write(training=training, came={hers.pk: Came(True)})
    with clock.set_to(at("2026-11-05 16:00")):
        came = {hers.pk: Came(True, "passed", "92分"), mates.pk: Came(None)}
        assert results_write(training=training, came=came, actor=user(MANAGER)) == 1
        with pytest.raises(ChangedMeanwhile):
            results_write(training=training, came=came)
        seen = Training.objects.get()
        assert results_write(training=seen, came=came) == 0
        with pytest.raises(ReportsRefused):
            results_write(training=Training.objects.get(), came={mates.pk: Came(False, "passed")})
        closed = training_close(training=training, actor=user(MANAGER))
        with pytest.raises(ChangedMeanwhile):
            training_close(training=training)
    assert closed.state == "held"
    assert {e.person.employee_no: e.standing for e in Enrolment.objects.all()} == {
        SHE: "passed", MATE: "absent",
    }  # fmt: skip
    assert Notice.objects.filter(person__employee_no=SHE, key__startswith="enrolment/").exists()
    page = client_of(SUPERVISOR).get(reverse("person_panel", args=[SHE, "trainings"])).text
    assert "新品培训" in page
    records = client_of(SHE).get(reverse("training_records")).text
    assert "92分" in records


@pytest.mark.parametrize(
    ("who", "status"),
    [(SHE, 200), (SUPERVISOR, 200), (PERSONNEL, 200), (MATE, 404), (FINANCE, 404)],
)
def test_a_certificate_is_opened_by_who_may_see_the_record(plan, who, status):
    training = plan()
    hers = enrol(training, SHE)
    with pytest.raises(ReportsRefused):
        certificate_add(enrolment=hers, files=[file_read(photo())])
    Enrolment.objects.update(attended=True)
    hers.refresh_from_db()
    certificate_add(enrolment=hers, files=[file_read(photo())], actor=user(MANAGER))
    address = reverse("file", args=[StoredFile.objects.get().pk])
    assert client_of(who).get(address).status_code == status


def test_reminded_on_the_morning_of_the_day_before(plan):
    enrol(plan(), SHE)
    said = {}
    for when in ("2026-11-04 07:59", "2026-11-04 08:00", "2026-11-05 14:00"):
        now = at(when)
        with clock.set_to(now):
            said[when[5:]] = [
                r.person.employee_no for r in trainings_tomorrow(now) if r.is_to_be_said(now)
            ]
    assert said == {"11-04 07:59": [], "11-04 08:00": [SHE], "11-05 14:00": []}


# Pages.


def test_from_the_telephone(plan):
    training = plan(places=1)
    place = reverse("training_place", args=[training.pk])
    hers, mates = client_of(SHE), client_of(MATE)
    assert "新品培训" in hers.get("/").text
    hers.post(place, {"do": "enrol"})
    assert "you are enrolled" in hers.get("/").text
    full = mates.post(place, {"do": "enrol"}, follow=True)
    assert "All places are taken" in full.text
    assert "吴伟" not in mates.get(reverse("training", args=[training.pk])).text
    hers.post(place, {"do": "withdraw"})
    assert enrolled(training) == set()
    assert client_of(STRANGER).get(reverse("training", args=[training.pk])).status_code == 404


def test_planned_written_down_and_closed_in_the_browser(people):
    browser = client_of(PERSONNEL)
    sent = {
        "token": str(uuid4()), "version": 0, "title": "礼仪", "team": "", "on": "2026-11-05",
        "starts": "14:00", "ends": "13:00", "places": "",
    }  # fmt: skip
    assert browser.post(reverse("training_new"), sent).status_code == 400
    assert browser.post(reverse("training_new"), {**sent, "ends": "15:00"}).status_code == 302
    training = Training.objects.get()
    place = enrol(training, SHE)
    results = reverse("training_results", args=[training.pk])
    wrong = {"version": 0, f"came_{place.pk}": "no", f"result_{place.pk}": "passed"}
    with clock.set_to(training.starts_at + timedelta(hours=1)):
        assert browser.post(results, wrong).status_code == 400
        right = {**wrong, f"came_{place.pk}": "yes"}
        assert browser.post(results, right).status_code == 302
        browser.post(
            reverse("training_certificate", args=[training.pk, place.pk]), {"files": photo()}
        )
        browser.post(reverse("training_end", args=[training.pk]), {"version": 1})
    assert Training.objects.get().state == "held"
    assert StoredFile.objects.get().owner == str(place.pk)


def test_the_list_finds_and_counts(plan):
    enrol(plan(places=8), SHE)
    plan(title="安全培训", team="")
    page = client_of(SHE).get(reverse("trainings"), {"q": "新品"}).text
    assert "1 / 8" in page
    assert "安全培训" not in page
    assert "安全培训" in client_of(STRANGER).get(reverse("trainings")).text
    assert "新品培训" not in client_of(STRANGER).get(reverse("trainings")).text
    found = client_of(SHE).get(reverse("search"), {"q": "新品培训"}).text
    assert reverse("training", args=[Training.objects.get(team=HER_TEAM).pk]) in found
