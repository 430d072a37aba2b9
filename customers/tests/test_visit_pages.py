"""A visit recorded on the phone: the customer picked, sent once, its next step, its photos."""

from datetime import date
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from core import clock
from core.files.models import StoredFile
from core.months import Month
from customers.models import Customer, Visit
from customers.querysets.visits import points_of
from tests.builders import at, customer, visit
from tests.cast import MATE, SHE, SUPERVISOR, client_of

NEW = reverse("visit_new")


def photo() -> SimpleUploadedFile:
    made = BytesIO()
    Image.new("RGB", (40, 30), "white").save(made, "JPEG")
    return SimpleUploadedFile("p.jpg", made.getvalue(), content_type="image/jpeg")


def typed(**said) -> dict[str, object]:
    usual = {"token": str(uuid4()), "customer": "K1", "kind": "return", "content": "the offer"}
    return usual | said


def test_recorded_now_and_counted(people, hers):
    answer = client_of(SHE).post(NEW, typed(outcome="interest"))
    made = Visit.objects.get()
    assert answer.url == reverse("visit", args=[made.pk])
    assert (made.at, made.recorded_at) == (clock.now(), clock.now())
    assert (made.outcome, made.person) == ("interest", people[SHE])
    assert points_of(people[SHE], Month.of(clock.today())) == 1


def test_the_queue_of_a_phone_sends_once(people, hers):
    client, sent = client_of(SHE), typed(at="2026-11-02T08:40", by=str(people[SHE].user.pk))
    for _time in range(2):
        answer = client.post(NEW, sent, headers={"accept": "application/json"})
        assert answer.status_code == 200
        assert "K1" in answer.json()["said"]
        assert "1/30" in answer.json()["card"]
    assert Visit.objects.get().at == at("2026-11-02 08:40")


def test_what_another_typed_is_not_sent(people, hers):
    sent = typed(by=str(people[MATE].user.pk))
    answer = client_of(SHE).post(NEW, sent, headers={"accept": "application/json"})
    assert answer.status_code == 409
    assert not Visit.objects.exists()


def test_a_token_of_somebody_elses_is_refused(people, hers):
    sent = typed()
    client_of(SHE).post(NEW, sent)
    Customer.objects.update(owner=people[MATE])
    answer = client_of(MATE).post(NEW, sent)
    assert answer.status_code == 400
    assert "anew" in answer.content.decode()
    assert Visit.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"customer": "nobody"}, "No customer of yours"),
        ({"customer": "THEIRS"}, "No customer of yours"),
        ({"content": "  "}, "required"),
        ({"kind": "nosuch"}, "valid choice"),
        ({"outcome": "nosuch"}, "valid choice"),
        ({"at": "2026-11-02T09:05"}, "once it was made"),
        ({"at": "2026-11-01T08:59"}, "on its day"),
        ({"at": "yesterday"}, "valid date"),
        ({"next_step": "send it"}, "has its day"),
        ({"next_on": "2026-11-05"}, "has its day"),
        ({"next_on": "2026-10-05", "next_step": "x"}, "has passed"),
        ({"latitude": "91", "longitude": "0"}, "less than or equal"),
        ({"latitude": "nan", "longitude": "0"}, "Enter a number"),
        ({"content": "a\0b"}, "Null characters"),
    ],
)
def test_what_is_no_visit_is_said_and_nothing_is_kept(people, hers, said, told):
    customer("THEIRS", people[MATE])
    answer = client_of(SHE).post(NEW, typed(**said))
    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert not Visit.objects.exists()


def test_typed_without_a_connection_it_may_come_the_next_morning(people, hers):
    client_of(SHE).post(NEW, typed(at="2026-11-01T17:30"))
    made = Visit.objects.get()
    assert made.came_late
    assert "recorded later" in client_of(SHE).get(reverse("visits")).content.decode()


def test_the_only_customer_that_pinyin_can_mean(people):
    made = Customer.objects.create(
        customer_no="K9", name="宁波机电", owner=people[SHE], created_on=date(2024, 1, 1)
    )
    from core.spelling import spellings_refresh

    spellings_refresh()
    offered = client_of(SHE).get(reverse("visit_customers"), {"customer": "nbjd"})
    assert 'data-pick="K9 宁波机电"' in offered.content.decode()
    assert "宁波" not in (
        client_of(MATE).get(reverse("visit_customers"), {"customer": "nbjd"}).content.decode()
    )
    client_of(SHE).post(NEW, typed(customer="nbjd"))
    assert Visit.objects.get().customer == made


def test_lately_visited_customers_are_one_tap_away(people, hers):
    visit(people[SHE], customer("K2", people[SHE]), "2026-10-12 10:00")
    visit(people[MATE], customer("K3", people[MATE]), "2026-10-12 10:00")
    page = client_of(SHE).get(NEW)
    assert 'data-pick="K2 K2"' in page.content.decode()
    assert "K3" not in page.content.decode()
    assert "geolocation=(self)" in page.headers["Permissions-Policy"]


def test_a_next_step_is_on_the_desk_until_it_is_done(people, hers):
    client = client_of(SHE)
    client.post(NEW, typed(next_step="send the offer", next_on="2026-11-04"))
    made = Visit.objects.get()
    assert "send the offer" in client.get("/").content.decode()
    for _time in range(2):
        assert client.post(reverse("visit_step", args=[made.pk])).status_code == 302
    made.refresh_from_db()
    assert made.next_done_at == clock.now()
    assert "send the offer" not in client.get("/").content.decode()


def test_photos_with_the_visit_and_after_it(people, hers):
    client = client_of(SHE)
    client.post(NEW, typed(photos=[photo()]))
    made = Visit.objects.get()
    assert StoredFile.objects.filter(kind="visit", owner=str(made.pk)).count() == 1
    address = reverse("visit_photos", args=[made.pk])
    answer = client.post(address, {"photos": SimpleUploadedFile("x.jpg", b"no picture")})
    assert answer.status_code == 400
    other = BytesIO()
    Image.new("RGB", (40, 30), "black").save(other, "JPEG")
    client.post(address, {"photos": SimpleUploadedFile("q.jpg", other.getvalue())})
    files = StoredFile.objects.filter(kind="visit", owner=str(made.pk))
    assert files.count() == 2
    assert client_of(SUPERVISOR).get(reverse("file", args=[files[0].pk])).status_code == 200
    assert client_of(MATE).get(reverse("file", args=[files[0].pk])).status_code == 404


def test_the_list_is_found_in_and_does_not_ask_more_for_more(
    people, hers, django_assert_max_num_queries
):
    for n in range(12):
        visit(people[SHE], customer(f"C{n}", people[SHE]), f"2026-10-{n + 10} 10:00")
    client = client_of(SUPERVISOR)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("visits")).content.decode()
    assert "C11" in page
    found = client.get(reverse("visits"), {"first": "2026-10-20", "last": "2026-10-20"})
    assert "C10" in found.content.decode()
    assert "C11" not in found.content.decode()
