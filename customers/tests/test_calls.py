"""Calls: reserved before the number is shown, told once, refused once it is enough (VIS-4)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core import clock
from core.months import Month
from core.services import sources_load
from core.tables.folder import contents_of
from customers.models import Call, CallScript, Customer, QuietMark, Visit
from customers.querysets.visits import points_of
from customers.services import (
    CallRefused,
    ChangedMeanwhile,
    VisitRefused,
    files_merge,
    quiet_lift,
    quiet_mark,
    script_write,
    visit_record,
)
from customers.tests.calling import back, begun, called, ended, firm
from customers.tests.conftest import user
from tests.builders import at, customer, visit
from tests.cast import MANAGER, MATE, SHE

STEPS = [("greet", "who we are"), ("need", "what they need"), ("close", "the next step")]


@pytest.fixture
def hers(people) -> Customer:
    return firm("K1", people[SHE])


def recorded(people, to: Customer, when: str, kind: str = "telephone", by: str = SHE) -> Visit:
    return visit_record(
        person=people[by], customer=to, at=at(when), kind=kind, content="x", actor=user(by)
    )


def test_a_fourth_call_is_refused_whoever_makes_it(people, hers):
    called(people[SHE], hers, 2)
    called(people[MATE], hers)
    for who in (SHE, MATE):
        with pytest.raises(CallRefused, match="3 times"):
            begun(people[who], hers)
    assert Call.objects.count() == 3
    with clock.set_to(clock.now() + timedelta(days=1)):
        assert begun(people[SHE], hers).is_open


def test_the_day_is_the_companys(people, hers):
    with clock.set_to(at("2026-11-02 23:59")):
        called(people[SHE], hers, 3)
    # Still the second of November in Greenwich.
    with clock.set_to(at("2026-11-03 00:00")):
        assert begun(people[SHE], hers).on.isoformat() == "2026-11-03"


def test_telephone_visits_without_a_call_count_and_genuine_ones_alone(people, hers):
    """Facts loaded from a table count as calls; what is void never was."""
    for hour in (7, 8):
        visit(people[MATE], hers, f"2026-11-02 0{hour}:00", kind="telephone")
    visit(people[SHE], hers, "2026-11-02 06:00", kind="telephone", void=True)
    visit(people[SHE], hers, "2026-11-02 06:30", kind="return")
    visit(people[SHE], hers, "2026-11-01 23:59", kind="telephone")
    called(people[SHE], hers)
    with pytest.raises(CallRefused):
        begun(people[SHE], hers)


def talked(people, to: Customer, times: int) -> None:
    for minute in range(times):
        with clock.set_to(clock.now() + timedelta(minutes=minute)):
            ended(begun(people[SHE], to), "not_interested")


def test_a_call_and_its_visit_count_once(people, hers):
    talked(people, hers, 3)
    assert Visit.objects.filter(kind="telephone").count() == 3
    with clock.set_to(at("2026-11-02 10:00")), pytest.raises(CallRefused):
        begun(people[SHE], hers)


def test_a_void_visit_does_not_unmake_its_call(people, hers):
    talked(people, hers, 3)
    Visit.objects.update(void=True)
    with clock.set_to(at("2026-11-02 10:00")), pytest.raises(CallRefused):
        begun(people[SHE], hers)


def test_tapped_twice_it_is_the_one_open_call(people, hers):
    first = begun(people[SHE], hers)
    assert begun(people[SHE], hers) == first
    # Another customer has to wait until it was said what came of it.
    assert begun(people[SHE], firm("K2", people[SHE])) == first
    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.create(person=people[SHE], customer=hers, on=clock.today())


def test_without_a_number_nobody_is_called(people):
    with pytest.raises(CallRefused, match="number"):
        begun(people[SHE], customer("K9", people[SHE]))


def test_whom_it_reached_has_a_telephone_visit_without_a_point(people, hers):
    call = begun(people[SHE], hers)
    call = ended(call, "reached", note="wants an offer", next_step="send it", next_on=clock.today())
    made = Visit.objects.get()
    assert call.visit == made
    assert (made.kind, made.content, made.at) == ("telephone", "wants an offer", call.started_at)
    assert made.has_open_step
    assert points_of(people[SHE], Month.of(clock.today())) == 0


def test_nobody_reached_there_is_no_visit(people, hers):
    assert ended(begun(people[SHE], hers)).visit is None
    assert not Visit.objects.exists()


@pytest.mark.parametrize(
    ("outcome", "said", "told"),
    [
        ("nosuch", {}, "what came of"),
        ("reached", {}, "what was said"),
        ("reached", {"note": " "}, "what was said"),
        ("do_not_disturb", {}, "why"),
        ("call_back", {}, "when"),
        ("call_back", {"back_at": at("2026-11-02 09:00")}, "ahead"),
        ("not_interested", {"back_at": at("2026-11-03 09:00")}, "not called back"),
        ("do_not_disturb", {"note": "x", "back_at": at("2026-11-03 09:00")}, "not called back"),
        ("not_reached", {"next_step": "x"}, "Nobody was reached"),
        ("reached", {"note": "x", "next_step": "x"}, "has its day"),
    ],
)
def test_what_is_not_told_well_is_refused_and_nothing_is_kept(people, hers, outcome, said, told):
    call = begun(people[SHE], hers)
    with pytest.raises(VisitRefused, match=told):
        ended(call, outcome, **said)
    call.refresh_from_db()
    assert call.is_open
    assert not Visit.objects.exists()


def test_told_twice_the_first_word_stands(people, hers):
    call = begun(people[SHE], hers)
    ended(call, "not_interested")
    with pytest.raises(ChangedMeanwhile):
        ended(call, "reached", note="no")
    call.refresh_from_db()
    assert (call.outcome, Visit.objects.count()) == ("not_interested", 1)


def test_do_not_disturb_marks_the_customer_for_all(people, hers):
    later = back(begun(people[SHE], hers), clock.now() + timedelta(hours=2))
    ended(begun(people[MATE], hers), "do_not_disturb", note="take me off your list")
    mark = QuietMark.objects.get()
    assert (mark.reason, mark.marked_by) == ("take me off your list", user(MATE))
    later.refresh_from_db()
    assert not later.has_open_back
    for day in range(3):
        with clock.set_to(clock.now() + timedelta(days=day)), pytest.raises(CallRefused):
            begun(people[SHE], hers)


def test_a_mark_is_lifted_with_a_reason_and_stays_as_history(people, hers):
    boss = user(MANAGER)
    first = quiet_mark(customer=hers, reason="asked for it", actor=user())
    assert quiet_mark(customer=hers, reason="again", actor=user()) == first
    with pytest.raises(VisitRefused):
        quiet_lift(customer=hers, reason=" ", actor=boss)
    quiet_lift(customer=hers, reason="they rang us", actor=boss)
    with pytest.raises(ChangedMeanwhile):
        quiet_lift(customer=hers, reason="they rang us", actor=boss)
    assert begun(people[SHE], hers).is_open
    quiet_mark(customer=hers, reason="after all", actor=user())
    assert QuietMark.objects.count() == 2
    first.refresh_from_db()
    assert (first.lifted_by, first.lift_reason) == (boss, "they rang us")


def test_the_ordinary_form_does_not_talk_around_it(people, hers):
    called(people[MATE], hers, 2)
    with clock.set_to(at("2026-11-02 12:00")):
        made = recorded(people, hers, "2026-11-02 10:00")
        with pytest.raises(CallRefused):
            recorded(people, hers, "2026-11-02 10:30")
        assert recorded(people, hers, "2026-11-02 10:00") == made  # sent again it is the same
        assert recorded(people, hers, "2026-11-02 10:31", kind="return").kind == "return"
        assert recorded(people, hers, "2026-11-01 08:30").kind == "telephone"
        quiet_mark(customer=hers, reason="x", actor=user())
    with clock.set_to(at("2026-11-03 12:00")), pytest.raises(CallRefused, match="disturbed"):
        recorded(people, hers, "2026-11-03 09:30")


def marked(to: Customer, *spans: tuple[str, str | None]) -> None:
    for since, until in spans:
        with clock.set_to(at(since)):
            quiet_mark(customer=to, reason="asked for it", actor=user())
        if until:
            with clock.set_to(at(until)):
                quiet_lift(customer=to, reason="rang us", actor=user(MANAGER))


@pytest.mark.parametrize(
    ("spans", "when", "may"),
    [
        pytest.param([("11-02 11:00", None)], "11-02 10:00", True, id="marked after the talk"),
        pytest.param([("11-02 11:00", None)], "11-02 10:59", True, id="a minute before"),
        pytest.param([("11-02 11:00", None)], "11-02 11:00", False, id="at that instant"),
        pytest.param([("11-02 11:00", None)], "11-03 10:00", False, id="the next day"),
        pytest.param([("11-01 11:00", "11-02 08:00")], "11-01 12:00", False, id="lifted since"),
        pytest.param([("11-01 11:00", "11-02 08:00")], "11-02 07:59", False, id="not yet lifted"),
        pytest.param([("11-01 11:00", "11-02 08:00")], "11-02 08:00", True, id="lifted then"),
        pytest.param(
            [("10-30 09:00", "10-31 09:00"), ("11-02 11:00", None)],
            "11-01 09:00",
            True,
            id="between two marks",
        ),
    ],
)
def test_a_talk_is_judged_by_the_mark_of_its_own_time(people, hers, spans, when, may):
    """Recorded late, as from a phone that had no signal."""
    marked(hers, *((f"2026-{a}", b and f"2026-{b}") for a, b in spans))
    with clock.set_to(at("2026-11-03 12:00")):
        if may:
            assert recorded(people, hers, f"2026-{when}").kind == "telephone"
            return
        with pytest.raises(CallRefused, match="disturbed"):
            recorded(people, hers, f"2026-{when}")


@pytest.mark.parametrize(
    ("calls", "visits", "when", "may"),
    [
        pytest.param(["11:00"] * 3, [], "10:00", True, id="three calls after the talk"),
        pytest.param(["10:00"] * 3, [], "10:00", False, id="three at that instant"),
        pytest.param(["09:58"] * 3, [], "10:00", False, id="three before"),
        pytest.param(["09:00"] * 2 + ["11:00"] * 3, [], "10:00", True, id="two before"),
        pytest.param([], ["09:00", "09:01", "09:02"], "10:00", False, id="visits before"),
        pytest.param([], ["09:00", "09:01", "10:01"], "10:00", True, id="a visit after"),
        pytest.param(["00:00"] * 3, [], "23:59", False, id="from midnight on"),
        pytest.param(["00:00"] * 3, [], "00:00", False, id="midnight is of the new day"),
        pytest.param(["09:00"] * 3, [], "00:00", True, id="the first of the day"),
    ],
)
def test_a_talk_is_judged_by_the_calls_before_it(people, hers, calls, visits, when, may):
    for minute in calls:
        with clock.set_to(at(f"2026-11-03 {minute}")):
            made = Call.objects.create(person=people[MATE], customer=hers, on=clock.today())
            ended(made)
    for minute in visits:
        visit(people[MATE], hers, f"2026-11-03 {minute}", kind="telephone")
    with clock.set_to(at("2026-11-04 12:00")):
        # What happened the days around counts for none of them.
        for hour in ("23:57", "23:58", "23:59"):
            visit(people[MATE], hers, f"2026-11-02 {hour}", kind="telephone")
        visit(people[MATE], hers, "2026-11-04 00:00", kind="telephone")
        if may:
            assert recorded(people, hers, f"2026-11-03 {when}").kind == "telephone"
            return
        with pytest.raises(CallRefused, match="3 times"):
            recorded(people, hers, f"2026-11-03 {when}")


def test_what_was_recorded_late_counts_from_then_on(people, hers):
    """It was a call: there is one less for whoever calls next."""
    with clock.set_to(at("2026-11-03 11:00")):
        called(people[MATE], hers, 2)
    with clock.set_to(at("2026-11-03 12:00")):
        recorded(people, hers, "2026-11-03 10:00")
        with pytest.raises(CallRefused, match="3 times"):
            begun(people[SHE], hers)


def test_a_call_back_waits_until_somebody_was_reached(people, hers):
    when = clock.now() + timedelta(hours=1)
    call = back(begun(people[SHE], hers), when)
    with clock.set_to(when):
        ended(begun(people[SHE], hers))
        call.refresh_from_db()
        assert call.has_open_back
        ended(begun(people[SHE], hers), "not_interested")
    call.refresh_from_db()
    assert not call.has_open_back


def test_another_time_takes_the_place_of_the_first(people, hers):
    call = back(begun(people[SHE], hers), clock.now() + timedelta(hours=1))
    tomorrow = clock.now() + timedelta(days=1)
    ended(begun(people[SHE], hers), "not_reached", back_at=tomorrow)
    assert [each.back_at for each in Call.objects.to_call_back()] == [tomorrow]
    call.refresh_from_db()
    assert not call.has_open_back


def test_a_call_keeps_the_script_it_followed(people, hers):
    boss = user(MANAGER)
    first = script_write(purpose="first", steps=STEPS, seen=0, actor=boss)
    again = script_write(purpose="again", steps=STEPS[:1], seen=0, actor=boss)
    call = begun(people[SHE], hers)
    assert call.script == first
    script_write(purpose="first", steps=STEPS[:2], seen=1, actor=boss)
    with pytest.raises(VisitRefused, match="ticked"):
        ended(call, "reached", note="x", steps=[0, 2])
    call = ended(call, "reached", note="x", steps=[0, 2], skipped_reason="knew us")
    assert (call.script, call.steps_done, call.skipped_reason) == (first, [0, 2], "knew us")
    assert begun(people[SHE], hers).script == again


def test_who_hangs_up_is_not_talked_through_the_script(people, hers):
    script_write(purpose="first", steps=STEPS, seen=0, actor=user(MANAGER))
    assert ended(begun(people[SHE], hers), "not_interested").steps_done == []


def test_a_script_is_written_in_versions(people):
    boss = user(MANAGER)
    made = script_write(purpose="first", steps=[*STEPS, (" ", "")], seen=0, actor=boss)
    assert script_write(purpose="first", steps=STEPS, seen=1, actor=boss) == made
    for steps, seen, told in (
        ([], 1, "a step"),
        ([("", "said")], 1, "a name"),
        (STEPS[:1], 0, "meanwhile"),
    ):
        with pytest.raises(VisitRefused, match=told):
            script_write(purpose="first", steps=steps, seen=seen, actor=boss)
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        CallScript.objects.update(steps=[])


def test_merged_files_keep_calls_and_mark(people, hers):
    twin = firm("K2", people[SHE])
    called(people[SHE], twin, 2)
    called(people[SHE], hers)
    quiet_mark(customer=twin, reason="x", actor=user())
    files_merge(actor=user(MANAGER), keep=hers, other=twin, reason="one firm")
    assert Call.objects.filter(customer=hers).count() == 3
    assert QuietMark.objects.get().customer == hers
    hers.refresh_from_db()
    assert hers.do_not_disturb
    quiet_lift(customer=hers, reason="x", actor=user(MANAGER))
    with pytest.raises(CallRefused, match="3 times"):
        begun(people[SHE], hers)


def test_facts_of_a_table_are_facts_and_count(people, hers, tmp_path):
    """What was done is done: a load is never refused by the guard, and the next call is."""
    quiet = firm("K2", people[SHE])
    quiet_mark(customer=quiet, reason="x", actor=user())
    lines = [
        f"{SHE},{no},2026-11-02 0{hour}:00,telephone,," for no in ("K1", "K2") for hour in "5678"
    ]
    path = tmp_path / "visits.csv"
    path.write_text("\n".join(["employee_no,customer_no,at,kind,content,void", *lines]))
    (load,) = sources_load(sources=contents_of([path]).sources)
    assert (load.new, load.reasons) == (8, [])
    with pytest.raises(CallRefused, match="3 times"):
        begun(people[SHE], hers)
