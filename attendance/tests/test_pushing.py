"""Attendance machines: their pages, and what they push, however often (ATT-1)."""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from accounts.models import GuessRow, Person
from attendance.models import Device, DevicePush, Punch
from attendance.services.devices import DeviceRefused, device_add, device_of, device_retire
from attendance.services.pushing import punches_take
from attendance.views.pushing import MOST_BYTES
from core import clock
from core.models import AuditRow, JobRun
from core.months import Month
from payroll.models import Entry, PayMonth
from payroll.services import month_close
from tests import cast
from tests.builders import at
from tests.cast import MANAGER, MATE, PERSONNEL, SHE, STRANGER, client_of

NOW = at("2026-11-10 10:00")  # a Tuesday
ADDRESS = "/api/attendance/punches"


@pytest.fixture(autouse=True)
def people(db, caplog) -> Iterator[None]:
    caplog.set_level("CRITICAL", logger="django.request")
    with clock.set_to(NOW):
        cast.people_make()
        yield


@pytest.fixture
def gate() -> tuple[Device, str]:
    return device_add(name="Gate", place="ground floor", actor=None)


def push(token: str | None, body: Any, *, language: str = "en", **more: Any) -> Any:
    """As a machine does: no cookie, no form token, and CSRF checked as in production."""
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    headers = {"accept-language": language}
    if token is not None:
        headers["authorization"] = f"Bearer {token}"
    machine = Client(enforce_csrf_checks=True)
    return machine.post(ADDRESS, text, content_type="application/json", headers=headers, **more)


def rows(*said: str) -> dict[str, Any]:
    """`Y001 2026-11-10T08:59:30`."""
    return {"punches": [dict(zip(("employee_no", "at"), one.split(), strict=True)) for one in said]}


def told(answer: Any) -> tuple[int, int, int]:
    assert answer.status_code == 200, answer.content
    found = answer.json()
    return found["new"], found["known"], len(found["wrong"])


def stored() -> list[str]:
    found = Punch.objects.order_by("person__employee_no", "at").select_related("person")
    return [f"{each.person.employee_no} {clock.local(each.at):%m-%d %H:%M:%S}" for each in found]


def test_a_push_is_taken(gate):
    device, token = gate
    answer = push(token, rows("Y001 2026-11-10T08:59:30", "Y002 2026-11-10T01:00:05Z"))
    assert told(answer) == (2, 0, 0)
    assert answer.json()["said"] == "2 new, 0 known already, 0 wrong"
    assert stored() == ["Y001 11-10 08:59:30", "Y002 11-10 09:00:05"]
    punch = Punch.objects.get(person__employee_no=SHE)
    assert (punch.source, punch.device, punch.came_at) == ("device", device, NOW)
    assert not punch.came_late
    assert DevicePush.objects.get().earliest == at("2026-11-10 08:59:30")


def test_the_same_three_times_changes_nothing_and_says_so(gate):
    _device, token = gate
    message = rows("Y001 2026-11-10T08:59:30", "Y002 2026-11-10T09:00:05")
    assert [told(push(token, message)) for _time in range(3)] == [(2, 0, 0), (0, 2, 0), (0, 2, 0)]
    assert len(stored()) == 2
    pushes = DevicePush.objects.order_by("id").values_list("new", "known", "wrong")
    assert list(pushes) == [(2, 0, 0), (0, 2, 0), (0, 2, 0)]
    assert Punch.objects.filter(came_at=NOW).count() == 2


def test_twice_in_one_message_and_in_two_notations_is_one_punch(gate):
    _device, token = gate
    message = rows(
        "Y001 2026-11-10T08:59:30", "Y001 2026-11-10T08:59:30+08:00", "Y001 2026-11-10T00:59:30Z"
    )
    assert told(push(token, message)) == (1, 2, 0)


def test_what_a_file_or_a_tap_brought_is_known_and_stays_what_it_was(gate):
    _device, token = gate
    person = Person.objects.get(employee_no=SHE)
    Punch.objects.create(person=person, at=at("2026-11-10 08:59:30"), source="web")
    assert told(push(token, rows("Y001 2026-11-10T08:59:30"))) == (0, 1, 0)
    assert Punch.objects.get().source == "web"


GOOD = {"employee_no": SHE, "at": "2026-11-10T08:59:30"}
WRONG = {
    "nobody": {**GOOD, "employee_no": "Y999"},
    "full-width": {**GOOD, "employee_no": "Ｙ００１"},
    "NUL": {**GOOD, "employee_no": "Y001\0"},
    "a number": {**GOOD, "employee_no": 1},
    "none": {**GOOD, "employee_no": None},
    "long": {**GOOD, "employee_no": "Y" * 10_000},
    "a list": {**GOOD, "employee_no": ["Y001"]},
    "surrogate": {**GOOD, "employee_no": "\ud800"},
    "no employee": {"at": GOOD["at"]},
    "no time": {"employee_no": SHE},
    "a date": {**GOOD, "at": "2026-11-10"},
    "full-width time": {**GOOD, "at": "２０２６-11-10T08:59:30"},
    "Arabic digits": {**GOOD, "at": "٢٠٢٦-11-10T08:59:30"},
    "NUL in time": {**GOOD, "at": "2026-11-10T08:59:30\0"},
    "no such day": {**GOOD, "at": "2026-11-31T08:59:30"},
    "no such hour": {**GOOD, "at": "2026-11-10T24:00:00"},
    "before time": {**GOOD, "at": "0001-01-01T00:00:00+08:00"},
    "after time": {**GOOD, "at": "9999-12-31T23:59:59-08:00"},
    "at the end of time": {**GOOD, "at": "9999-12-31T23:59:59"},
    "odd offset": {**GOOD, "at": "2026-11-10T08:59:30+99:99"},
    "a timestamp": {**GOOD, "at": 1_762_736_370},
    "infinity": {**GOOD, "at": float("inf")},
    "the future": {**GOOD, "at": "2026-11-10T10:05:01"},
    "before hiring": {**GOOD, "at": "2023-12-31T08:59:30"},
    "text": "Y001 2026-11-10T08:59:30",
    "nothing": None,
    "a list of fields": [SHE, GOOD["at"]],
}


def test_wrong_rows_are_told_each_and_stop_no_other(gate):
    _device, token = gate
    message = {"punches": [GOOD, *WRONG.values(), {**GOOD, "at": "2026-11-10T10:05:00"}]}
    answer = push(token, message)
    assert told(answer) == (2, 0, len(WRONG))
    assert stored() == ["Y001 11-10 08:59:30", "Y001 11-10 10:05:00"]
    found = answer.json()["wrong"]
    assert [each["row"] for each in found] == list(range(2, len(WRONG) + 2))
    assert all(each["reason"] and "\0" not in each["reason"] for each in found)
    kept = DevicePush.objects.get()
    assert (kept.wrong, len(kept.reasons)) == (len(WRONG), 20)


def test_who_left_is_refused_from_the_day_after(gate):
    _device, token = gate
    Person.objects.filter(employee_no=SHE).update(left_on=date(2026, 11, 9))
    message = rows("Y001 2026-11-09T23:59:59", "Y001 2026-11-10T00:00:00")
    answer = push(token, message)
    assert told(answer) == (1, 0, 1)
    assert answer.json()["wrong"] == [
        {"row": 2, "reason": "left the company on 2026-11-09"},
    ]
    assert stored() == ["Y001 11-09 23:59:59"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 422),
        ("{", 400),
        (b"\xff\xfe", 400),
        ("[" * 100_000, 400),
        ("9" * 10_000, 400),
        ("null", 422),
        ("[]", 422),
        ("{}", 422),
        ('{"punches": 1}', 422),
        ('{"punches": {"0": 1}}', 422),
        (json.dumps({"punches": [GOOD] * 1001}), 422),
        (json.dumps({"punches": ["x" * MOST_BYTES]}), 413),
        ("x" * 5_000_000, 413),
    ],
)
def test_what_is_no_message_is_refused_in_words(gate, body, status):
    _device, token = gate
    for language, script in (("en", r"^[\x00-\x7f…“”]+$"), ("zh-hans", r"[\u4e00-\u9fff]")):
        answer = push(token, body, language=language)
        assert answer.status_code == status
        assert re.search(script, answer.json()["detail"]), answer.json()
    assert not Punch.objects.exists()
    assert not DevicePush.objects.exists()


def test_a_thousand_rows_are_taken_at_once(gate):
    _device, token = gate
    start = at("2026-11-09 08:00")
    many = [
        {"employee_no": SHE, "at": (start + timedelta(seconds=n)).isoformat()} for n in range(1000)
    ]
    assert told(push(token, {"punches": many})) == (1000, 0, 0)
    assert told(push(token, {"punches": many})) == (0, 1000, 0)
    assert told(push(token, {"punches": []})) == (0, 0, 0)


def test_a_busy_database_is_told_as_such(gate, monkeypatch):
    _device, token = gate

    def busy(**_said: Any) -> None:
        raise OperationalError("locked")

    monkeypatch.setattr("attendance.views.pushing.punches_take", busy)
    monkeypatch.setattr("attendance.views.pushing.is_busy", lambda error: True)
    answer = push(token, rows("Y001 2026-11-10T08:59:30"))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "send the message again" in answer.json()["detail"]


# The token.


def test_without_a_valid_token_nothing_is_taken(gate):
    device, token = gate
    for wrong in (None, "", token[:-1], token.swapcase(), "é", device.token_sha256):
        answer = push(wrong, rows("Y001 2026-11-10T08:59:30"))
        assert answer.status_code == 401, wrong
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert "Bearer" in answer.json()["detail"]
    assert not Punch.objects.exists()


def test_a_login_is_no_token(gate):
    answer = client_of(PERSONNEL).post(ADDRESS, "{}", content_type="application/json")
    assert answer.status_code == 401


def test_a_retired_machine_is_refused(gate):
    device, token = gate
    device_retire(device=device, actor=None)
    assert push(token, rows("Y001 2026-11-10T08:59:30")).status_code == 401
    assert device_of(token) is None
    with pytest.raises(DeviceRefused):
        device_retire(device=device, actor=None)


def test_guesses_are_slowed_down_and_what_is_right_is_not(gate):
    _device, token = gate
    answers = [push(f"guess {n}", "{}").status_code for n in range(7)]
    assert answers == [401] * 5 + [429] * 2
    refused = push("guess", "{}")
    assert int(refused.headers["Retry-After"]) > 0
    assert told(push(token, rows("Y001 2026-11-10T08:59:30"))) == (1, 0, 0)
    # Nothing sent at all is no guess.
    counted = GuessRow.objects.count()
    assert push(None, "{}").status_code == 401
    assert GuessRow.objects.count() == counted


def test_other_methods_are_not_there(gate):
    for method in ("get", "put", "delete", "patch"):
        assert getattr(Client(), method)(ADDRESS).status_code == 405


def test_every_other_address_still_asks_for_a_login():
    for address in ("/api/", "/api/openapi.json"):
        assert Client().get(address).headers["Location"].startswith("/login/")


def test_it_is_described_in_openapi():
    found = client_of(SHE).get(reverse("api:openapi-json")).json()
    operation = found["paths"][ADDRESS]["post"]
    assert operation["security"] == [{"DeviceToken": []}]
    assert {"200", "401", "413", "422", "429"} <= set(operation["responses"])
    row = found["components"]["schemas"]["PushIn"]["properties"]["punches"]
    assert row["maxItems"] == 1000
    assert row["items"]["required"] == ["employee_no", "at"]
    assert found["components"]["securitySchemes"]["DeviceToken"]["scheme"] == "bearer"
    assert "http" not in json.dumps(found).replace('"type": "http"', "")


# Late punches.


def test_yesterdays_punches_today_are_taken_and_shown_as_late(gate):
    device, token = gate
    assert told(push(token, rows("Y001 2026-11-09T08:59:30", "Y001 2026-11-10T08:59"))) == (2, 0, 0)
    late = Punch.objects.get(at=at("2026-11-09 08:59:30"))
    assert late.came_late
    assert not Punch.objects.get(at=at("2026-11-10 08:59")).came_late
    day = reverse("attendance_day", args=["2026-11", SHE, 9])
    assert "came late" in client_of(SHE).get(day).text
    assert "came late" in client_of(PERSONNEL).get(reverse("device", args=[device.pk])).text


def asked() -> list[str]:
    return sorted(JobRun.objects.filter(kind="close").values_list("subject", flat=True))


def closed(month: str, as_of: str) -> None:
    PayMonth.objects.create(
        month=Month.parse(month),
        state=PayMonth.State.CLOSED,
        closed_at=at(as_of),
        closed_as_of=at(as_of),
    )


def test_a_close_is_asked_for_where_the_day_was_assessed(gate):
    _device, token = gate
    closed("2026-10", "2026-11-01 00:30")
    closed("2026-11", "2026-11-10 00:10")
    push(token, rows("Y001 2026-11-10T08:59:30"))
    assert asked() == []
    message = rows(
        "Y001 2026-11-09T08:59:30",
        "Y002 2026-11-06T08:59:30",
        "Y001 2026-10-30T08:59:30",
        "Y001 2026-10-29T08:59:30",
    )
    push(token, message)
    assert asked() == ["2026-10", "2026-11"]
    push(token, message)
    assert len(asked()) == 2


def test_no_close_is_asked_for_before_the_day_is_assessed(gate):
    _device, token = gate
    closed("2026-11", "2026-11-09 00:10")
    push(token, rows("Y001 2026-11-09T08:59:30", "Y001 2026-10-29T08:59:30"))
    assert asked() == []


def test_the_close_takes_the_fine_back(gate):
    """Absent on the 9th as assessed; the machine brings that day's punches on the 10th."""
    device, _token = gate
    month_close(month=Month(2026, 11), as_of=at("2026-11-10 00:10"))
    hers = "ATT-4/Y001/2026-11-09"
    assert Entry.objects.standing().filter(key=hers).exists()
    said = rows("Y001 2026-11-09T08:59:30", "Y001 2026-11-09T18:00")
    punches_take(device=device, rows=said["punches"])
    month_close(month=Month(2026, 11), as_of=at("2026-11-10 10:00"))
    assert not Entry.objects.standing().filter(key=hers).exists()
    assert Entry.objects.standing().filter(key="ATT-4/Y002/2026-11-09").exists()


# The pages.


def test_the_token_is_shown_once():
    browser = client_of(PERSONNEL)
    answer = browser.post(reverse("device_new"), {"name": "Gate", "place": "hall"})
    token = re.search(r'readonly\s+value="([^"]+)"', answer.text)
    assert token
    assert "no-store" in answer.headers["Cache-Control"]
    device = Device.objects.get()
    assert device_of(token[1]) == device
    assert device.token_sha256 != token[1]
    for address in (reverse("devices"), reverse("device", args=[device.pk])):
        page = browser.get(address).text
        assert "Gate" in page
        assert token[1] not in page
    assert AuditRow.objects.filter(action="machine added").count() == 1
    assert token[1] not in str(list(AuditRow.objects.values_list("changes", flat=True)))
    again = browser.post(reverse("device_new"), {"name": "Gate", "place": ""})
    assert again.status_code == 400
    assert "There is a machine of this name already." in again.text


def test_a_machine_is_retired_as_it_was_seen(gate):
    device, _token = gate
    browser, address = client_of(PERSONNEL), reverse("device_retire", args=[device.pk])
    browser.post(address, {"version": 7})
    assert Device.objects.get().retired_at is None
    browser.post(address, {"version": "x"})
    assert Device.objects.get().retired_at is None
    browser.post(address, {"version": 0})
    assert Device.objects.get().retired_at == NOW
    assert "retired since" in browser.get(reverse("device", args=[device.pk])).text


def test_machines_are_personnels(gate):
    device, _token = gate
    for who in (SHE, MATE, STRANGER, MANAGER):
        for address in (
            reverse("devices"),
            reverse("device_new"),
            reverse("device", args=[device.pk]),
        ):
            assert client_of(who).get(address).status_code == 403
    assert client_of(PERSONNEL).get(reverse("device", args=[10**12])).status_code == 404
