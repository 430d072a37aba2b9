"""The pages of trips, as they are used from the phone and at the desk (TRIP-1, TRIP-2)."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from attendance.models import Leave, Trip, TripCustomer, TripReport
from attendance.tests.trips import approved, ask, report, someone, user
from core import clock
from customers.models import Customer, Visit
from customers.services import quiet_mark
from notices.models import Notice
from tests.builders import at, customer, day
from tests.cast import (
    FINANCE,
    LEADER,
    MANAGER,
    MATE,
    PERSONNEL,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]
EVENING = at("2026-11-10 20:30")
TENTH = date(2026, 11, 10)


@pytest.fixture
def hers() -> Customer:
    made = customer("K7", someone(SHE))
    Customer.objects.filter(pk=made.pk).update(name="宁波海天")
    return made


def data(first: str = "2026-11-10", last: str = "2026-11-11", **more) -> dict:
    days = {f"{each}-plan": f"plan {each}" for each in {first, last}}
    said = {"token": str(uuid4()), "start_on": first, "end_on": last, "purpose": "talks"}
    return {**said, **days, **more}


def text_of(answer) -> str:
    html = re.sub(r"<svg.*?</svg>|<script.*?</script>|<template.*?</template>", " ", answer.text,
                  flags=re.S)  # fmt: skip
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def page(who: str, name: str, *args) -> str:
    answer = client_of(who).get(reverse(name, args=args))
    assert answer.status_code == 200, answer.status_code
    return text_of(answer)


@pytest.mark.parametrize("typed", ["K7", "宁波海天", "K7 宁波海天", " K7 "])
def test_applied_for_with_plan_and_customers(hers, typed):
    customers = {
        "2026-11-10-customer_0": typed,
        "2026-11-10-phoned_0": "on",
        "2026-11-10-customer_1": "",
        "2026-11-11-customer_0": typed,
    }
    answer = client_of(SHE).post(reverse("trip_new"), data(**customers))
    trip = Trip.objects.get()
    assert answer.headers["Location"] == reverse("trip", args=[trip.pk])
    assert list(trip.days.values_list("plan", flat=True)) == ["plan 2026-11-10", "plan 2026-11-11"]
    assert list(trip.customers.values_list("customer", "date", "telephoned")) == [
        (hers.pk, TENTH, True),
        (hers.pk, date(2026, 11, 11), False),
    ]
    shown = page(SUPERVISOR, "trip", trip.pk)
    assert "宁波海天 telephoned beforehand" in shown
    assert "plan 2026-11-11" in shown


@pytest.mark.parametrize(
    "wrong",
    [
        {"2026-11-10-plan": ""},
        {"purpose": ""},
        {"start_on": "2026-11-12"},
        {"start_on": "nonsense"},
        {"start_on": "9999-12-31", "end_on": "9999-12-31"},
        {"end_on": "2026-12-31"},
        {"token": ""},
        {"2026-11-10-plan": "x" * 1001},
        {"2026-11-10-plan": "a\0b"},
        {"2026-11-10-customer_0": "K-STRANGERS"},
        {"2026-11-10-customer_0": "no such"},
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(hers, wrong):
    customer("K-STRANGERS", someone(STRANGER))
    answer = client_of(SHE).post(reverse("trip_new"), {**data(), **wrong})
    assert answer.status_code == 400
    assert not Trip.objects.exists()
    if "2026-11-10-plan" not in wrong:
        assert "plan 2026-11-10" in answer.text


def test_two_customers_of_one_name_are_told_apart_by_number(hers):
    other = customer("K8", someone(SHE))
    Customer.objects.filter(pk=other.pk).update(name="宁波海天")
    named = data("2026-11-10", "2026-11-10", **{"2026-11-10-customer_0": "宁波海天"})
    answer = client_of(SHE).post(reverse("trip_new"), named)
    assert "type the number" in answer.text
    named["2026-11-10-customer_0"] = "K8 宁波海天"
    client_of(SHE).post(reverse("trip_new"), named)
    assert TripCustomer.objects.get().customer == other


def test_once_the_first_day_has_begun_it_is_refused_and_says_what_helps():
    answer = client_of(SHE).post(reverse("trip_new"), data("2026-11-02", "2026-11-02"))
    assert answer.status_code == 400
    assert "explain the days that are missing" in text_of(answer)


def test_what_else_there_is_on_these_days_is_told():
    trip = ask(SHE, "11-10", "11-12")
    Leave.objects.create(
        person=someone(SHE), type="personal", start_on=day("2026-11-13"), start_half="am",
        end_on=day("2026-11-13"), end_half="pm", status="approved",
    )  # fmt: skip
    asked = {"start_on": "2026-11-12", "end_on": "2026-11-13"}
    told = text_of(client_of(SHE).get(reverse("trip_clashes"), asked))
    assert "overlap another trip" in told
    assert "Leave is approved" in told
    told = text_of(client_of(SHE).get(reverse("trip_clashes"), {**asked, "but": str(trip.pk)}))
    assert "overlap" not in told
    assert text_of(client_of(SHE).get(reverse("trip_clashes"), {"start_on": "x"})) == ""
    assert "before its first day" in text_of(
        client_of(SHE).get(
            reverse("trip_clashes"), {"start_on": "2026-11-02", "end_on": "2026-11-02"}
        )
    )


def test_customers_are_offered_as_one_types_and_only_ones_own(hers):
    customer("K-STRANGERS", someone(STRANGER))
    address = reverse("trip_customers")
    for typed in ("K7", "宁波", "nbht", "K7 宁波海天"):
        offered = client_of(SHE).get(address, {"2026-11-10-customer_0": typed}).text
        assert "K7 宁波海天" in offered, typed
    assert "STRANGERS" not in client_of(SHE).get(address, {"x": "K"}).text
    assert client_of(SHE).get(address).text.strip() == ""


def test_corrected_as_it_was_seen(hers):
    trip = ask(SHE, "11-10", "11-11")
    Customer.objects.filter(customer_no="K1").update(owner=someone(SHE))
    address = reverse("trip_edit", args=[trip.pk])
    form = client_of(SHE).get(address).text
    assert "plan of 2026-11-10" in form
    assert 'value="K1 K1"' in form
    changed = data(version="0", **{"2026-11-10-customer_0": "K7"})
    assert client_of(SHE).post(address, changed).status_code == 302
    assert Trip.objects.get().purpose == "talks"
    assert list(trip.customers.values_list("customer", flat=True)) == [hers.pk]
    again = client_of(SHE).post(address, changed)
    assert again.status_code == 400
    assert "changed meanwhile" in text_of(again)


def test_the_decision_and_who_comes_second():
    trip = ask(SHE, "11-10", "11-12")
    address = reverse("trip_decision", args=[trip.pk])
    refused = client_of(SUPERVISOR).post(address, {"do": "refuse", "version": 0, "reply": " "})
    assert refused.status_code == 400
    client_of(SUPERVISOR).post(address, {"do": "approve", "version": 0})
    second = client_of(MANAGER).post(
        address, {"do": "refuse", "version": 0, "reply": "no"}, follow=True
    )
    assert f"{user(SUPERVISOR).get_full_name()} was first" in text_of(second)
    assert Trip.objects.get().status == "approved"
    assert client_of(MATE).post(address, {"do": "approve", "version": 1}).status_code == 404


def test_after_departure_it_says_why_it_cannot_be_approved_and_what_helps():
    trip = ask(SHE, "11-03")
    with clock.set_to(at("2026-11-03 08:00")):
        shown = page(SUPERVISOR, "trip", trip.pk)
        assert "mended by an explanation" in shown
        assert 'value="approve"' not in client_of(SUPERVISOR).get(
            reverse("trip", args=[trip.pk])
        ).text  # fmt: skip
        answer = client_of(SUPERVISOR).post(
            reverse("trip_decision", args=[trip.pk]), {"do": "approve", "version": 0}, follow=True
        )
        assert "mended by an explanation" in text_of(answer)
        assert "hand in an explanation" in page(SHE, "trip", trip.pk)
    assert Trip.objects.get().status == "pending"


def test_several_are_approved_at_once_and_those_that_began_are_refused():
    late, coming = ask(SHE, "11-03"), ask(MATE, "11-10")
    with clock.set_to(at("2026-11-03 08:00")):
        address = reverse("trips_to_decide")
        assert client_of(SUPERVISOR).get(address).text.count("row-link") == 2
        client_of(SUPERVISOR).post(address, {"do": "approve", "row": [late.pk, coming.pk]})
    assert list(Trip.objects.order_by("start_on").values_list("status", flat=True)) == [
        "pending",
        "approved",
    ]


def test_the_persons_own_way_out_until_it_begins():
    trip = approved(SHE, "11-10", "11-12")
    address = reverse("trip_undo", args=[trip.pk])
    with clock.set_to(EVENING):
        assert client_of(SHE).post(address, {"version": 1}).status_code == 403
        assert "ask whoever decides" in page(SHE, "trip", trip.pk)
    client_of(SHE).post(address, {"version": 1})
    assert Trip.objects.get().status == "cancelled"


def test_shortened_with_a_reason():
    trip = approved(SHE, "11-10", "11-12")
    address = reverse("trip_cut", args=[trip.pk])
    said = {"version": 1, "end_on": "2026-11-10"}
    assert client_of(SUPERVISOR).post(address, {**said, "reply": ""}).status_code == 400
    client_of(SUPERVISOR).post(address, {**said, "reply": "back home"})
    assert Trip.objects.get().end_on == TENTH
    assert client_of(SHE).post(address, {**said, "reply": "x"}).status_code == 403


def day_page(who: str, trip: Trip, on: date = TENTH, status: int = 200) -> str:
    answer = client_of(who).get(reverse("trip_day", args=[trip.pk, on]))
    assert answer.status_code == status
    return answer.text


def test_the_evening_on_the_phone():
    trip = approved(SHE, "11-10", "11-12")
    address = reverse("trip_report", args=[trip.pk, TENTH])
    draft = f"trip-report-{trip.pk}-2026-11-10"
    with clock.set_to(EVENING):
        assert f'data-draft="{draft}"' in day_page(SHE, trip)
        assert f'data-draft-done="{draft}"' not in day_page(SHE, trip)
        sent = {"token": str(uuid4()), "text": "three talks"}
        for _turn in range(2):
            answer = client_of(SHE).post(address, sent, follow=True)
        assert "three talks" in text_of(answer)
        assert f'data-draft-done="{draft}"' in answer.text
        assert TripReport.objects.count() == 1
        other = client_of(SHE).post(address, {"token": str(uuid4()), "text": "more words"})
        assert other.status_code == 400
        assert "reported already" in text_of(other)
        # What was typed on another device is still there.
        assert "more words" in other.text
        assert "data-draft-done" not in other.text
    shown = page(SUPERVISOR, "trip", trip.pk)
    assert "three talks" in shown
    assert "not read yet" in shown


def test_words_that_never_came_are_not_forgotten():
    """The supervisor ticked the call while she typed: what she typed stays in her browser."""
    trip = approved(SHE, "11-10")
    with clock.set_to(EVENING):
        client_of(SUPERVISOR).post(
            reverse("trip_report_take", args=[trip.pk, TENTH]), {"at": "20:10", "text": "well"}
        )
        assert TripReport.objects.get().reported_at == at("2026-11-10 20:10")
        assert "data-draft-done" not in day_page(SHE, trip)
        assert "told to" in page(SHE, "trip", trip.pk)


def test_a_call_that_is_yet_to_come_is_told():
    trip = approved(SHE, "11-10")
    with clock.set_to(EVENING):
        answer = client_of(SUPERVISOR).post(
            reverse("trip_report_take", args=[trip.pk, TENTH]), {"at": "20:31"}
        )
    assert answer.status_code == 400
    assert not TripReport.objects.exists()


def test_the_tick_that_it_was_read_once_and_shown():
    trip = approved(SHE, "11-10")
    with clock.set_to(EVENING):
        made = report(trip, "11-10")
        for who in (SUPERVISOR, MANAGER):
            client_of(who).post(reverse("trip_report_read", args=[made.pk]))
        read = TripReport.objects.get()
        assert read.read_by == user(SUPERVISOR)
        assert f"read by {user(SUPERVISOR).get_full_name()}" in page(SHE, "trip", trip.pk)
    assert Notice.objects.filter(text="Your report of %(day)s was read").count() == 1


def test_several_reports_are_ticked_at_once_but_not_ones_own():
    one, own = approved(SHE, "11-10"), approved(SUPERVISOR, "11-10")
    with clock.set_to(EVENING):
        rows = [report(one, "11-10").pk, report(own, "11-10").pk]
        client_of(SUPERVISOR).post(reverse("trip_reports"), {"do": "read", "row": rows})
    assert TripReport.objects.get(person=one.person).read_by == user(SUPERVISOR)
    assert TripReport.objects.get(person=own.person).read_at is None


def test_a_visit_is_recorded_where_it_is_seen(hers):
    trip = approved(SHE, "11-10")
    address = reverse("trip_visit", args=[trip.pk, TENTH])
    said = {"customer": "K7 宁波海天", "at": "10:30", "kind": "first", "content": "the offer"}
    with clock.set_to(EVENING):
        for _turn in range(2):
            shown = text_of(client_of(SHE).post(address, said, follow=True))
        assert "10:30 宁波海天 · first visit" in shown
        assert client_of(SHE).post(address, {**said, "at": "20:31"}).status_code == 400
        assert client_of(SHE).post(address, {**said, "customer": "K1"}).status_code == 400
        assert client_of(SUPERVISOR).post(address, said).status_code == 403
    assert Visit.objects.get().at == at("2026-11-10 10:30")


def test_who_is_not_to_be_disturbed_was_not_telephoned_on_a_trip_either(hers):
    trip = approved(SHE, "11-10")
    with clock.set_to(at("2026-11-10 08:00")):
        quiet_mark(
            customer=Customer.objects.get(customer_no="K7"), reason="x", actor=user(SUPERVISOR)
        )
    address = reverse("trip_visit", args=[trip.pk, TENTH])
    said = {"customer": "K7 宁波海天", "at": "10:30", "content": "the offer"}
    with clock.set_to(EVENING):
        refused = client_of(SHE).post(address, {**said, "kind": "telephone"})
        assert refused.status_code == 400
        assert "disturbed" in text_of(refused)
        assert not Visit.objects.exists()
        assert client_of(SHE).post(address, {**said, "kind": "first"}).status_code == 302


def test_personnel_sees_the_days_and_not_whom_they_are_for(hers):
    client_of(SHE).post(
        reverse("trip_new"), data("2026-11-10", "2026-11-10", **{"2026-11-10-customer_0": "K7"})
    )
    trip = Trip.objects.get()
    shown = page(PERSONNEL, "trip", trip.pk)
    assert "宁波海天" not in shown
    assert "plan 2026-11-10" not in shown
    day_page(PERSONNEL, trip, status=403)
    # What waits for their own word they read whole.
    leaders = ask(LEADER, "11-10")
    assert "plan of 2026-11-10" in page(PERSONNEL, "trip", leaders.pk)
    assert client_of(FINANCE).get(reverse("trip", args=[trip.pk])).status_code == 404


def test_no_day_beside_the_trip():
    trip = approved(SHE, "11-10")
    day_page(SHE, trip, date(2026, 11, 11), status=404)


def test_the_board_says_who_is_away_whom_they_see_and_how_they_report():
    trip = approved(SHE, "11-10", "11-12")
    approved(MATE, "11-11")
    with clock.set_to(EVENING):
        shown = page(SUPERVISOR, "trip_board")
        assert someone(SHE).name in shown
        assert "K1" in shown
        assert "due tonight" in shown
        assert someone(MATE).name not in shown
        report(trip, "11-10")
        assert "in time" in page(MANAGER, "trip_board")
    with clock.set_to(at("2026-11-11 21:00:01")):
        assert page(MANAGER, "trip_board").count("missing") >= 2
        csv = client_of(MANAGER).get(reverse("trip_board"), {"file": "csv"})
    assert csv.status_code == 200


def test_late_and_missing_by_person_and_month():
    trip = approved(SHE, "11-10", "11-12")
    with clock.set_to(at("2026-11-10 21:30")):
        report(trip, "11-10")
    with clock.set_to(at("2026-11-13 09:00")):
        shown = page(SUPERVISOR, "trip_counts")
        assert f"{someone(SHE).name} 3 0 1 2" in shown
        assert someone(SHE).name not in page(SUPERVISOR, "trip_counts_month", "2026-10")
        answer = client_of(SUPERVISOR).get(reverse("person_panel", args=[SHE, "trips"]))
        assert "late: 1, missing: 2" in text_of(answer)


def cards_of(who: str) -> str:
    return text_of(client_of(who).get(reverse("home")))


def test_the_desks():
    trip = approved(SHE, "11-10", "11-12")
    ask(MATE, "11-20")
    with clock.set_to(EVENING):
        hers = cards_of(SHE)
        assert "My trip reports" in hers
        assert "by 2026" in hers or "Nov. 10, 2026 21:00" in hers
        heads = cards_of(SUPERVISOR)
        assert "Trips to decide" in heads
        assert "Not reported" not in heads
    with clock.set_to(at("2026-11-10 21:00:01")):
        assert "Not reported" in cards_of(SUPERVISOR)
        assert "overdue" in cards_of(SHE)
        assert "Not reported" not in cards_of(STRANGER)
        report(trip, "11-10")
        heads = cards_of(SUPERVISOR)
        assert "Trip reports to read" in heads
        assert "Not reported" not in heads
        assert "My trip reports" not in cards_of(SHE)
