"""Punching in the browser: server time, once a tap, the place if it was given (ATT-1)."""

import re
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from accounts.models import Person
from attendance.models import Leave, Outing, Punch, Trip
from attendance.services.punching import Place, PunchRefused, punch_make, punch_place
from core import clock
from tests import cast
from tests.builders import at
from tests.cast import FINANCE, MANAGER, MATE, SHE, SUPERVISOR, client_of

MORNING = at("2026-11-10 08:59:30.750000")  # a Tuesday
PAGE, WHERE = reverse("punch"), reverse("punch_place")


@pytest.fixture(autouse=True)
def people(db) -> Iterator[None]:
    with clock.set_to(MORNING):
        cast.people_make()
        yield


def someone(no: str = SHE) -> Person:
    return Person.objects.get(employee_no=no)


def tap(who: str = SHE, token: UUID | None = None, **more: object):
    return client_of(who).post(PAGE, {"token": str(token or uuid4()), **more}, follow=True)


def times(who: str = SHE) -> list[str]:
    rows = Punch.objects.filter(person=someone(who)).order_by("at")
    return [f"{clock.local(punch.at):%m-%d %H:%M:%S}" for punch in rows]


def seen(who: str = SHE, address: str = PAGE) -> str:
    answer = client_of(who).get(address)
    assert answer.status_code == 200, answer.status_code
    text = re.sub(r'value="[^"]*"', "", answer.text)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_a_tap_is_a_punch_at_the_servers_second():
    """No other time can be sent along; and the second is not held against who taps in it."""
    told = tap(at="2026-11-10 08:00", source="device", came_at="2020-01-01")
    (punch,) = Punch.objects.all()
    assert times() == ["11-10 08:59:30"]
    assert (punch.source, punch.latitude, punch.device) == ("web", None, None)
    assert "Punched at 08:59:30." in told.text
    assert "no place given" in told.text


def test_the_same_tap_twice_is_one_punch():
    token = uuid4()
    tap(token=token)
    with clock.set_to(MORNING + timedelta(minutes=30)):
        told = tap(token=token).text
    assert "Already punched at 08:59:30: nothing was added." in told
    assert times() == ["11-10 08:59:30"]


def test_a_second_tap_within_a_minute_is_told_and_adds_nothing():
    tap()
    with clock.set_to(MORNING + timedelta(seconds=59)):
        tap()
    assert times() == ["11-10 08:59:30"]
    with clock.set_to(MORNING + timedelta(seconds=60)):
        tap()
    assert times() == ["11-10 08:59:30", "11-10 09:00:30"]


def test_a_machine_that_saw_them_in_that_second_is_no_second_punch():
    Punch.objects.create(person=someone(), at=MORNING.replace(microsecond=0), source="device")
    tap()
    assert times() == ["11-10 08:59:30"]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-11-10 23:59:59.999999", "11-10 23:59:59"),
        ("2026-11-11 00:00:00", "11-11 00:00:00"),
        ("2026-11-30 23:59:59", "11-30 23:59:59"),
        ("2026-12-01 00:00:00", "12-01 00:00:00"),
    ],
)
def test_midnight_is_the_companys(moment, day):
    with clock.set_to(at(moment)):
        tap()
        assert day[-8:] in seen()  # among today's
    assert times() == [day]


def test_the_minute_of_the_same_tap_runs_over_midnight():
    with clock.set_to(at("2026-11-10 23:59:59")):
        tap()
    with clock.set_to(at("2026-11-11 00:00:01")):
        tap()
    assert times() == ["11-10 23:59:59"]


def test_who_has_left_punches_no_more():
    her = someone()
    Person.objects.filter(pk=her.pk).update(left_on=clock.today() - timedelta(days=1))
    with pytest.raises(PunchRefused):
        punch_make(person=her, token=uuid4())
    assert client_of(SHE).get(PAGE).status_code != 200
    tap()
    assert times() == []


def test_the_last_day_is_still_ones_own():
    Person.objects.filter(employee_no=SHE).update(left_on=clock.today())
    tap()
    assert times() == ["11-10 08:59:30"]


def test_supervisors_punch_and_others_do_not():
    assert tap(SUPERVISOR).status_code == 200
    for who in (FINANCE, MANAGER):
        assert tap(who).status_code == 403
    assert Punch.objects.count() == 1


def test_a_token_of_somebody_else_gives_nothing_away():
    token = uuid4()
    tap(MATE, token)
    with pytest.raises(PunchRefused):
        punch_make(person=someone(), token=token)
    assert times() == []


@pytest.mark.parametrize("token", ["", "x", "\0", "１２", "0" * 5000])
def test_garbage_is_told(token):
    answer = client_of(SHE).post(PAGE, {"token": token}, follow=True)
    assert "Open the page anew and punch again." in answer.text
    assert times() == []


def test_htmx_gets_the_part_that_changed():
    answer = client_of(SHE).post(PAGE, {"token": str(uuid4())}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "Punched at 08:59:30." in answer.text
    assert "data-place" in answer.text


# The place.


def where(token: UUID, who: str = SHE, **said: object) -> int:
    given = {"latitude": "29.868312", "longitude": "121.544031", "accuracy": "20", **said}
    client_of(who).post(WHERE, {"token": str(token), **given})
    return Punch.objects.filter(latitude__isnull=False).count()


def test_the_place_comes_after_the_punch_and_is_shown():
    token = uuid4()
    tap(token=token)
    with clock.set_to(MORNING + timedelta(seconds=5)):
        assert where(token) == 1
    punch = Punch.objects.get(token=token)
    assert (punch.latitude, punch.longitude, punch.accuracy) == (29.868312, 121.544031, 20)
    assert "29.86831, 121.54403 within 20 m" in seen()
    assert "no place given" not in seen()


def test_a_place_is_told_once_in_time_and_for_ones_own():
    token = uuid4()
    tap(token=token)
    assert where(token, MATE) == 0
    with clock.set_to(MORNING + timedelta(minutes=2)):
        assert where(token) == 0
    assert where(token) == 1
    where(token, latitude="0")
    assert Punch.objects.get(token=token).latitude == 29.868312


@pytest.mark.parametrize(
    "said",
    [
        {"latitude": "90.1"},
        {"longitude": "-180.5"},
        {"latitude": "nan"},
        {"latitude": "inf"},
        {"latitude": ""},
        {"longitude": "1e999"},
        {"accuracy": "-1"},
        {"accuracy": "99999999999999"},
        {"latitude": "\0"},
    ],
)
def test_no_place_on_earth_is_no_place(said):
    token = uuid4()
    tap(token=token)
    assert where(token, **said) == 0
    assert times() == ["11-10 08:59:30"]


def test_a_place_without_its_accuracy_is_one():
    punch_make(person=someone(), token=(token := uuid4()))
    assert punch_place(person=someone(), token=token, place=Place(0.0, 0.0))


def test_this_page_alone_may_ask_where_one_is():
    browser = client_of(SHE)
    policy = browser.get(PAGE).headers["Permissions-Policy"]
    assert "geolocation=(self)" in policy
    assert "camera=()" in policy
    for address in (reverse("home"), reverse("me")):
        assert "geolocation=()" in browser.get(address).headers["Permissions-Policy"]
    assert "geolocation=()" in browser.post(PAGE, {"token": "x"}).headers["Permissions-Policy"]


# What the page says of today.


def test_the_page_says_what_is_due_and_missing():
    assert "Due today: 09:00–18:00" in seen()
    assert "Work begins at 09:00: punch when you come in." in seen()
    with clock.set_to(at("2026-11-10 09:30")):
        assert "The punch for coming in is missing; it was due at 09:00." in seen()
        tap()
        page = seen()
        assert "came at 09:30, due at 09:00" in page
        assert "You are in. Punch again when you leave, not before 18:00." in page
    with clock.set_to(at("2026-11-10 17:00")):
        tap()
        assert "Your last punch is before 18:00: punch again when you really leave." in seen()
    with clock.set_to(at("2026-11-10 18:00")):
        tap()
        page = seen()
        assert "Nothing is missing today." in page
        assert "left at" not in page


def leave(half: str) -> None:
    day = clock.today()
    Leave.objects.create(
        person=someone(), type="personal", start_on=day, end_on=day,
        start_half=half, end_half=half, status="approved",
    )  # fmt: skip


def test_half_a_days_leave_shrinks_the_hours():
    leave("am")
    assert "Due today: 13:00–18:00" in seen()
    assert "leave: morning" in seen()


def test_an_outing_and_a_trip_are_said():
    Outing.objects.create(
        person=someone(), start_at=at("2026-11-10 09:00"), end_at=at("2026-11-10 11:00"),
        whom="North Mill", status="approved",
    )  # fmt: skip
    assert "outing 09:00–11:00 North Mill" in seen()
    Trip.objects.create(
        person=someone(), start_on=clock.today(), end_on=clock.today(), status="approved"
    )
    assert "on a trip: nobody punches" in seen()


def test_the_desk_leads_there():
    tap()
    page = client_of(SHE).get(reverse("home")).text
    assert 'id="desk-punch"' in page
    assert "08:59" in page
    assert 'id="desk-punch"' not in client_of(MANAGER).get(reverse("home")).text
