"""A draft against a closed month: what a close under it would give, and nothing posted."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.urls import reverse

from accounts.models import Person, User
from core import clock
from core.db import read_snapshot
from core.models import JobRun, Opening
from core.money import ZERO, from_fen, total
from payroll import groups
from payroll.models import Entry, PayMonth
from payroll.querysets import statement_lines
from payroll.services import month_close, month_final
from payroll.services.waivers import waiver_grant
from payroll.simulation import services
from payroll.simulation.models import PolicySimulation, SimulationRow
from payroll.simulation.reckoning import Reckoning
from payroll.simulation.services import CannotSimulate, simulation_request, simulation_run
from payroll.tasks import simulation_run as the_task
from policy.models import PolicyDraft, PolicyParameter
from policy.querysets import policy_book, policy_rows
from policy.services import draft_change, draft_make
from policy.versions import book_throughout
from tests import builders
from tests.cast import (
    CASHIER,
    CLOSED_AT,
    FINANCE,
    KEEPER,
    LEADER,
    MANAGER,
    MATE,
    MONTH,
    PERSONNEL,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
)
from tests.faults.ledger import wrong_with_the_books

pytestmark = pytest.mark.usefixtures("closed")

MID = date(2026, 11, 16)
EVERYBODY = (MANAGER, FINANCE, LEADER, PERSONNEL, CASHIER, SUPERVISOR, KEEPER, SHE, STRANGER)
SEE = (MANAGER, FINANCE, LEADER)
# A draft that touches every step of the close.
ALL_OF_IT = {
    "absence_fine_per_day": "37.50",
    "late_fine": "8.00",
    "reserve_monthly": "133.33",
    "travel_rate": "0.55",
    "expense_cap_rate": "0.001",
    "carryover_fine": "333.00",
    "no_record_fine": "123.45",
    "points_shortfall": "29",
    "litigation_share": "0.7",
    "absence_dismissal_days": "30",
    "commission_tiers": "100:0.05;inf:0.013",
}
HER_FACTS = ("Y001", "Y002")


def user(employee_no: str = MANAGER) -> User:
    return User.objects.get(username=employee_no)


def facts() -> None:
    """Something for every rule the draft is about."""
    from attendance.models import Excuse, Punch

    for no in HER_FACTS:
        her = Person.objects.get(employee_no=no)
        of = builders.order(her, f"O-{no}", delivered={"2026-09-02": "800.00"})
        on = builders.slip(of, f"S-{no}")
        builders.payment(
            on, f"P-{no}", amount="2345.67", received="2026-10-05 10:00",
            handed_in="2026-10-05 17:00",
        )  # fmt: skip
        builders.payment(on, f"Q-{no}", amount="100.00", received="2026-10-27 10:00")
        builders.expense(of, f"C-{no}", amount="99.99")
        builders.bad_debt(of, f"B-{no}", costs={"2026-10-14": "401.01"})
        builders.spot_check(her, builders.customer("K1", owner=her))
        builders.conduct_case(her, f"D-{no}") if no == MATE else None
        for day in (12, 13, 14):
            Punch.objects.create(person=her, at=builders.at(f"2026-10-{day} 09:30"))
            Punch.objects.create(person=her, at=builders.at(f"2026-10-{day} 18:30"))
    assert Excuse.objects.count() == 0


def drafted(**changes: str) -> PolicyDraft:
    draft = draft_make(actor=user(), name="winter", effective_on=MID)
    draft_change(
        actor=user(), draft=draft, seen_version=draft.version, name="winter",
        effective_on=MID, changes=changes or {"absence_fine_per_day": "40.00"},
    )  # fmt: skip
    draft.refresh_from_db()
    return draft


def simulated(draft: PolicyDraft, *, whole_month: bool = True) -> PolicySimulation:
    made = simulation_request(actor=user(), draft=draft, month=MONTH, whole_month=whole_month)
    simulation_run(simulation=made)
    made.refresh_from_db()
    return made


def statements() -> dict[str, Decimal]:
    """What stands on each one's statement."""
    return {no: total(lines.values()) for no, lines in statement_lines(MONTH).items()}


def by_rule_of(lines: dict[str, dict[str, Decimal]]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for by_rule in lines.values():
        for rule, amount in by_rule.items():
            found[rule] = found.get(rule, ZERO) + amount
    return {rule: amount for rule, amount in found.items() if amount}


def result_of(simulation: PolicySimulation, side: str) -> dict[str, Decimal]:
    rows = simulation.rows.values_list("person__employee_no", side)
    return {no: amount for no, amount in rows if amount}


MINE = {"PolicySimulation", "SimulationRow", "PolicyDraft", "JobRun", "AuditRow"}


def everything() -> dict[str, list[Any]]:
    """Every row of every table but those a simulation is made of."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values())
        for model in apps.get_models()
        if model.__name__ not in MINE and model._meta.managed
    }


def closed_for_real(changes: dict[str, str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the month comes to when the policy is put in force and it is closed, in a copy."""
    with transaction.atomic():
        PolicyParameter.objects.bulk_create(
            PolicyParameter(effective_on=MONTH.first_day, parameter=name, value=value)
            for name, value in changes.items()
        )
        month_close(month=MONTH, as_of=CLOSED_AT)
        found = statements(), by_rule_of(statement_lines(MONTH))
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("name", [*ALL_OF_IT, "all"])
def test_it_says_what_a_close_under_the_draft_gives(name):
    facts()
    month_close(month=MONTH, as_of=CLOSED_AT)
    changes = ALL_OF_IT if name == "all" else {name: ALL_OF_IT[name]}
    draft = drafted(**changes)
    before = statements()
    simulation = simulated(draft)
    people, rules = closed_for_real(changes)
    assert result_of(simulation, "before") == {no: x for no, x in before.items() if x}
    assert result_of(simulation, "after") == {no: x for no, x in people.items() if x}
    told = {rule: from_fen(new) for rule, (_old, new, _n) in simulation.by_rule.items() if new}
    assert told == rules
    if name not in ("points_shortfall", "absence_dismissal_days", "litigation_share"):
        assert simulation.differing > 0
    assert statements() == before  # the copy is gone


def test_lines_add_up_to_the_difference_and_explain_it():
    facts()
    simulation = simulated(drafted(**ALL_OF_IT))
    for row in simulation.rows.all():
        on_pay = [line for line in row.lines if line["on_pay"]]
        assert row.difference == row.after - row.before
        assert row.difference == from_fen(
            sum((line["after"] or 0) - (line["before"] or 0) for line in on_pay)
        )
        assert row.size == abs(row.difference)
    assert simulation.difference == total(r.difference for r in simulation.rows.all())


@pytest.mark.parametrize("state", ["closed", "final"])
def test_nothing_is_posted_and_nothing_is_changed(state):
    facts()
    month_close(month=MONTH, as_of=CLOSED_AT)
    if state == "final":
        month_final(month=MONTH, early_reason="all have seen it")
    draft = drafted(**ALL_OF_IT)
    before = everything()
    simulation = simulated(draft)
    assert everything() == before
    assert simulation.differing > 0
    assert wrong_with_the_books() == []
    assert {(c.posted, c.reversed) for c in month_close(month=MONTH, as_of=CLOSED_AT)} == {(0, 0)}


def test_reckoning_writes_nothing_at_all(django_assert_num_queries):
    facts()
    book = book_throughout(policy_rows(), ALL_OF_IT, MONTH.first_day)
    with connection.execute_wrapper(_reads_only), read_snapshot():
        Reckoning(MONTH, CLOSED_AT, (policy_book(), book)).run()


def _reads_only(execute, sql, params, many, context):
    assert sql.lstrip().split()[0].upper() in ("SELECT", "WITH", "SET", "BEGIN", "ROLLBACK"), sql
    return execute(sql, params, many, context)


def test_from_its_own_day_a_past_month_stays_as_it_is():
    draft = drafted()
    assert simulated(draft, whole_month=False).differing == 0
    assert simulated(draft).differing == 3


def test_a_draft_from_the_16th_makes_a_month_with_both_rates():
    with clock.set_to(builders.at("2026-10-02 09:00")):
        draft = draft_make(actor=user(), name="mid", effective_on=date(2026, 10, 16))
        draft_change(
            actor=user(), draft=draft, seen_version=draft.version, name="mid",
            effective_on=date(2026, 10, 16), changes={"absence_fine_per_day": "40.00"},
        )  # fmt: skip
        draft.refresh_from_db()
    row = simulated(draft, whole_month=False).rows.get(person__employee_no=SHE)
    days = {line["key"].split("/")[2] for line in row.lines}
    assert min(days) == "2026-10-16"
    assert row.difference == -10 * len(days)
    # And so it stands once it is in force.
    PolicyParameter.objects.create(
        effective_on=date(2026, 10, 16), parameter="absence_fine_per_day", value="40.00"
    )
    month_close(month=MONTH, as_of=CLOSED_AT)
    fines = Entry.objects.standing().filter(person__employee_no=SHE, rule="ATT-4")
    rates = {(e.policy_on >= date(2026, 10, 16), e.amount) for e in fines}
    assert rates == {(False, Decimal("30.00")), (True, Decimal("40.00"))}
    assert statements()[SHE] == row.after


def test_in_groups_it_comes_to_the_same(monkeypatch):
    facts()
    draft = drafted(**ALL_OF_IT)
    whole = result_of(simulated(draft), "after")
    monkeypatch.setattr(groups, "SIZE", 1)
    simulation = simulated(draft)
    assert result_of(simulation, "after") == whole
    assert len(groups.group_numbers()) == Person.objects.count()


def test_the_pool_is_shared_on_either_side_by_its_own():
    from attendance.models import Punch

    for day in clock_days():
        for no, first in ((SHE, "09:00"), (MATE, "09:30" if day.day == 12 else "09:00")):
            her = Person.objects.get(employee_no=no)
            Punch.objects.create(person=her, at=builders.at(f"{day} {first}"))
            Punch.objects.create(person=her, at=builders.at(f"{day} 18:00"))
    month_close(month=MONTH, as_of=CLOSED_AT)
    simulation = simulated(drafted(late_fine="9.00"))
    assert simulation.by_rule["ATT-3"][:2] == [500, 900]
    assert simulation.rows.get(person__employee_no=SHE).difference == 4
    assert simulation.rows.get(person__employee_no=MATE).difference == -4
    assert simulation.difference == 0


def clock_days() -> Iterator[date]:
    from policy.querysets import workdays

    yield from workdays().of(MONTH)


def test_a_waiver_counts_on_both_sides():
    key = Entry.objects.standing().filter(rule="ATT-4", person__employee_no=SHE).first().key
    waiver_grant(key=key, reason="in time")
    month_close(month=MONTH, as_of=CLOSED_AT)
    row = simulated(drafted()).rows.get(person__employee_no=SHE)
    assert key not in {line["key"] for line in row.lines}
    assert row.before == statements()[SHE]


def test_duties_and_findings_that_differ_are_told():
    row = simulated(drafted(absence_dismissal_days="30")).rows.get(person__employee_no=SHE)
    (note,) = row.notes
    assert (note["rule"], note["after"]) == ("ATT-5", "")
    assert Decimal(note["before"]) > 15


def test_who_cannot_be_reckoned_is_set_aside_and_the_rest_goes_on(monkeypatch):
    from payroll import charges

    base = charges.base_for

    def fails(person, workdays):
        if person.employee_no == MATE:
            raise ValueError("odd record")
        return base(person, workdays)

    monkeypatch.setattr(charges, "base_for", fails)
    simulation = simulated(drafted())
    assert simulation.set_aside == {MATE: "ValueError"}
    assert set(simulation.rows.values_list("person__employee_no", flat=True)) == {SHE, STRANGER}


def test_as_a_job_it_is_done_once_however_often_it_is_told():
    made = simulation_request(actor=user(), draft=drafted(), month=MONTH, whole_month=True)
    run = JobRun.objects.get(kind="simulation")
    for _time in range(2):
        the_task(run.pk)
    run.refresh_from_db()
    made.refresh_from_db()
    assert (run.state, run.outcome) == (JobRun.State.DONE, {"people": 3, "differing": 3})
    assert made.rows.count() == 3


def test_killed_in_the_middle_it_ends_the_same(monkeypatch):
    simulation = simulation_request(actor=user(), draft=drafted(), month=MONTH, whole_month=True)
    with monkeypatch.context() as patched:
        patched.setattr(services, "_finish", lambda *_all: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            simulation_run(simulation=simulation)
    assert simulation.rows.count() == 3
    simulation_run(simulation=simulation)
    simulation.refresh_from_db()
    assert (simulation.rows.count(), simulation.people) == (3, 3)


def test_asked_for_twice_it_is_one():
    draft = drafted()
    asked = [
        simulation_request(actor=user(), draft=draft, month=MONTH, whole_month=True)
        for _time in range(2)
    ]
    assert asked[0] == asked[1]
    assert JobRun.objects.filter(kind="simulation").count() == 1
    other = simulation_request(actor=user(), draft=draft, month=MONTH, whole_month=False)
    assert other != asked[0]


def test_only_a_closed_month_and_a_draft_that_says_something():
    draft = drafted()
    with pytest.raises(CannotSimulate):
        simulation_request(actor=user(), draft=draft, month=MONTH.next(), whole_month=True)
    PolicyDraft.objects.update(changes={})
    with pytest.raises(CannotSimulate):
        simulation_request(actor=user(), draft=draft, month=MONTH, whole_month=True)


# --- Pages --------------------------------------------------------------------------------------


def text(answer) -> str:
    return unescape(answer.content.decode())


@pytest.mark.parametrize("who", EVERYBODY)
def test_who_simulates_and_who_reads_it(who):
    simulation = simulated(drafted())
    client = client_of(who)
    expected = 200 if who in SEE else 403
    for address in (
        reverse("simulation", args=[simulation.pk]),
        reverse("simulation_person", args=[simulation.pk, SHE]),
        reverse("simulation_file", args=[simulation.pk, "csv"]),
        reverse("simulation_file", args=[simulation.pk, "xlsx"]),
    ):
        assert client.get(address).status_code == expected
    before = PolicySimulation.objects.count()
    asked = client.post(
        reverse("simulate", args=[simulation.draft_id]), {"month": "2026-10", "since": "own"}
    )
    assert asked.status_code == (302 if who in SEE else 403)
    assert PolicySimulation.objects.count() == before + (who in SEE)


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_drafts_page_shows_pay_to_them_alone(who):
    simulation = simulated(drafted())
    shown = text(client_of(who).get(reverse("policy_draft", args=[simulation.draft_id])))
    assert (reverse("simulation", args=[simulation.pk]) in shown) is (who in SEE)


def test_what_is_not_there_is_not_there():
    client = client_of(MANAGER)
    pk = simulated(drafted()).pk
    for address in ("/simulations/999/", f"/simulations/{pk}/Y999/", f"/simulations/{pk}/x/y/"):
        assert client.get(address).status_code == 404
    for month in ("", "2026-13", "\x00", "2026-11", "1066-10"):
        draft = PolicyDraft.objects.get()
        answer = client.post(reverse("simulate", args=[draft.pk]), {"month": month})
        assert answer.status_code == 302
    assert PolicySimulation.objects.count() == 1


def test_the_page_says_what_it_compares_and_that_the_draft_has_changed():
    draft = drafted()
    simulation = simulated(draft)
    address = reverse("simulation", args=[simulation.pk])
    shown = text(client_of(LEADER).get(address))
    assert "as if the draft had counted the whole month long" in shown
    assert "Nothing is posted" in shown
    assert "The draft has changed" not in shown
    assert "40.00 yuan" in shown
    draft_change(
        actor=user(), draft=draft, seen_version=draft.version, name="winter",
        effective_on=MID, changes={"absence_fine_per_day": "50.00"},
    )  # fmt: skip
    assert "The draft has changed since this simulation" in text(client_of(LEADER).get(address))


def test_the_largest_difference_comes_first_and_people_are_found():
    Person.objects.filter(employee_no=MATE).update(hired_on=date(2026, 10, 20))
    simulation = simulated(drafted())
    client = client_of(FINANCE)
    address = reverse("simulation", args=[simulation.pk])
    shown = text(client.get(address))
    order = [shown.index(f'data-employee="{no}"') for no in (SHE, STRANGER, MATE)]
    assert order == sorted(order)
    found = text(client.get(address, {"q": "wuwei"}, headers={"HX-Request": "true"}))
    assert 'data-employee="Y001"' in found
    assert "Y002" not in found
    assert "Nobody found" in text(client.get(address, {"q": "zzz"}))
    for odd in ({"page": "9" * 20}, {"sort": "nonsense"}, {"q": "\x00"}):
        assert client.get(address, odd).status_code == 200


def test_a_persons_lines_show_both_arithmetics():
    simulation = simulated(drafted())
    shown = text(client_of(MANAGER).get(reverse("simulation_person", args=[simulation.pk, SHE])))
    assert "ATT-4/Y001/2026-10-08" in shown
    assert "−30.00" in shown
    assert "−40.00" in shown
    assert reverse("rule", args=["ATT-4"]) in shown


def test_while_it_runs_the_page_asks_again():
    made = simulation_request(actor=user(), draft=drafted(), month=MONTH, whole_month=True)
    client = client_of(MANAGER)
    address = reverse("simulation", args=[made.pk])
    assert 'hx-trigger="every 1s"' in text(client.get(address))
    polls = {"HX-Request": "true", "HX-Target": "progress"}
    assert text(client.get(address, headers=polls)).lstrip().startswith('<div id="progress"')
    assert client.get(reverse("simulation_file", args=[made.pk, "csv"])).status_code == 404
    simulation_run(simulation=made)
    assert client.get(address, headers=polls)["HX-Refresh"] == "true"
    JobRun.objects.filter(kind="simulation").update(state=JobRun.State.FAILED)
    failed = simulation_request(
        actor=user(), draft=PolicyDraft.objects.get(), month=MONTH, whole_month=True
    )
    JobRun.objects.filter(kind="simulation").update(state=JobRun.State.FAILED)
    shown = text(client.get(reverse("simulation", args=[failed.pk])))
    assert "did not come to its end" in shown


def test_the_file_says_what_the_page_says_and_is_on_record():
    simulation = simulated(drafted())
    answer = client_of(LEADER).get(reverse("simulation_file", args=[simulation.pk, "csv"]))
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "employee_no,name,team,before,after,difference"
    assert len(lines) == 4
    row = simulation.rows.get(person__employee_no=SHE)
    assert lines[1] == f"Y001,吴伟,销售1组,{row.before},{row.after},{row.difference}"
    taken = Opening.objects.get()
    assert (taken.actor.username, taken.way, taken.kind) == (LEADER, "exported", "simulation")


def test_pages_ask_little_however_many_people(django_assert_max_num_queries):
    simulation = simulated(drafted())
    Person.objects.bulk_create(
        Person(employee_no=f"X{n}", name=f"X{n}", roles="salesperson", hired_on=MID)
        for n in range(100)
    )
    SimulationRow.objects.bulk_create(
        SimulationRow(
            simulation=simulation, person=who, before=ZERO, after=ZERO, difference=ZERO, size=ZERO
        )
        for who in Person.objects.filter(employee_no__startswith="X")
    )
    client = client_of(MANAGER)
    for address in (
        reverse("simulation", args=[simulation.pk]),
        reverse("simulation_person", args=[simulation.pk, SHE]),
        reverse("policy_draft", args=[simulation.draft_id]),
        reverse("simulation_file", args=[simulation.pk, "csv"]),
    ):
        with django_assert_max_num_queries(11):
            client.get(address)


def test_the_month_stays_as_it_was():
    before = list(PayMonth.objects.values())
    with clock.set_to(CLOSED_AT + timedelta(hours=1)):
        simulated(drafted())
    assert list(PayMonth.objects.values()) == before
