"""Position changes: planned, taking effect once on their day, kept; and by loading (ORG-2)."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.imports import people as people_table
from accounts.models import Person, PositionChange, PositionPlan
from accounts.schedule import days
from accounts.services import (
    ChangedMeanwhile,
    PeopleRefused,
    leaving_set,
    person_add,
    person_edit,
    position_change,
    position_plan_withdraw,
    positions_take_effect,
)
from accounts.services.people import FACTS
from accounts.services.positions import SHOWN
from accounts.services.refusals import version_of
from accounts.tasks import positions_run
from core import clock
from core.jobs import jobs_due
from core.models import AuditRow, JobRun
from core.services import table_load
from core.tables.folder import Source
from payroll.models import EmploymentTerms
from tests import cast
from tests.builders import at, yuan
from tests.cast import MANAGER, OTHER_SUPERVISOR, SHE, STRANGER, SUPERVISOR

TODAY = date(2026, 11, 2)


@pytest.fixture(autouse=True)
def people(db) -> Iterator[None]:
    with clock.set_to(cast.CLOSED_AT):
        cast.people_make()
        yield


def person(no: str = SHE) -> Person:
    return Person.objects.get(employee_no=no)


def change(no: str = SHE, *, on: str = "2026-11-02", kind: str = "transfer", **values):
    who = person(no)
    return position_change(
        actor=None,
        person=who,
        seen=version_of(who, SHOWN),
        kind=kind,
        from_on=date.fromisoformat(on),
        values=values,
        reason="as agreed",
    )


def history(no: str = SHE) -> list[tuple[str, str]]:
    rows = PositionChange.objects.filter(person__employee_no=no).order_by("from_on", "id")
    return [(row.kind, row.from_on.isoformat()) for row in rows]


def test_today_takes_effect_at_once():
    change(team="销售2组", supervisor_id=person(OTHER_SUPERVISOR).pk)
    assert person().team == "销售2组"
    assert person().supervisor == person(OTHER_SUPERVISOR)
    assert history() == [("transfer", "2026-11-02")]
    assert PositionPlan.objects.get().state == "done"
    row = AuditRow.objects.get(action="position")
    assert row.changes["team"] == ["销售1组", "销售2组"]


def test_a_later_one_on_its_day_once():
    change(on="2026-11-05", base_salary=yuan("4000"))
    assert person().base_salary == yuan("3600")
    assert positions_take_effect(as_of=date(2026, 11, 4))["taken"] == 0
    assert positions_take_effect(as_of=date(2026, 11, 9)) == {"taken": 1, "stuck": 0, "left": 0}
    assert positions_take_effect(as_of=date(2026, 11, 9))["taken"] == 0
    assert person().base_salary == yuan("4000")
    kept = PositionChange.objects.get()
    assert (kept.base_salary_before, kept.base_salary) == (yuan("3600"), yuan("4000"))
    assert kept.from_on == date(2026, 11, 5)


def test_two_plans_do_not_undo_each_other():
    change(on="2026-11-05", team="销售9组")
    change(on="2026-11-08", base_salary=yuan("4000"))
    positions_take_effect(as_of=date(2026, 11, 30))
    assert (person().team, person().base_salary) == ("销售9组", yuan("4000"))


def test_withdrawn_it_does_nothing():
    plan = change(on="2026-11-05", team="销售9组")
    position_plan_withdraw(actor=None, plan=plan)
    with pytest.raises(ChangedMeanwhile):
        position_plan_withdraw(actor=None, plan=plan)
    assert positions_take_effect(as_of=date(2026, 11, 30))["taken"] == 0
    assert person().team == "销售1组"


def test_the_daily_job(monkeypatch):
    monkeypatch.setattr("core.jobs.jobs_send", lambda runs: None)
    assert not list(days(clock.now()))
    change(on="2026-11-05", team="销售9组")
    for _twice in range(2):
        with clock.set_to(at("2026-11-05 00:06")):
            jobs_due(now=clock.now())
            run = JobRun.objects.get(kind="positions")
            positions_run(run.pk)
    run.refresh_from_db()
    assert (run.state, run.outcome["taken"]) == ("done", 1)
    assert person().team == "销售9组"
    assert history() == [("transfer", "2026-11-05")]


def test_suspended_and_reinstated():
    change(kind="suspended", on="2026-11-02")
    assert person().status == "suspended"
    assert list(Person.objects.with_status("suspended")) == [person()]
    change(kind="reinstated", on="2026-11-02")
    assert person().status == "active"
    assert history() == [("suspended", "2026-11-02"), ("reinstated", "2026-11-02")]


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ({}, "Nothing would change"),
        ({"team": "销售1组"}, "Nothing would change"),
        ({"on": "2023-01-01", "team": "x"}, "before the day of hiring"),
        ({"channel": ""}, "in the field"),
    ],
)
def test_what_cannot_be(how, says):
    with pytest.raises(PeopleRefused, match=says):
        change(**how)
    assert not PositionPlan.objects.exists()


def test_no_circles_now_or_by_then():
    with pytest.raises(PeopleRefused, match="below them"):
        change(MANAGER, supervisor_id=person(SHE).pk)
    with pytest.raises(PeopleRefused, match="below them"):
        change(SHE, supervisor_id=person(SHE).pk)
    change(SUPERVISOR, on="2026-11-05", supervisor_id=person(OTHER_SUPERVISOR).pk)
    Person.objects.filter(employee_no=OTHER_SUPERVISOR).update(supervisor=person(SUPERVISOR))
    assert positions_take_effect(as_of=date(2026, 11, 6)) == {"taken": 0, "stuck": 1, "left": 0}
    assert person(SUPERVISOR).supervisor == person(MANAGER)


def test_one_plan_a_person_and_day():
    change(on="2026-11-05", team="销售9组")
    with pytest.raises(PeopleRefused, match="already"):
        change(on="2026-11-05", team="销售8组")


def test_who_comes_second_is_told():
    seen = version_of(person(), SHOWN)
    change(team="销售2组")
    with pytest.raises(ChangedMeanwhile):
        position_change(
            actor=None,
            person=person(),
            seen=seen,
            kind="transfer",
            from_on=TODAY,
            values={"team": "销售3组"},
            reason="",
        )
    facts = version_of(person(), FACTS)
    new = {"name": "吴伟", "phone": "1", "contract_target": None}
    person_edit(actor=None, person=person(), seen=facts, **new)
    with pytest.raises(ChangedMeanwhile):
        person_edit(actor=None, person=person(), seen=facts, **{**new, "phone": "2"})
    assert person().phone == "1"


def test_the_history_is_not_rewritten():
    change(team="销售2组")
    for attack in (
        lambda: PositionChange.objects.update(team="x"),
        lambda: PositionChange.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            attack()


def test_a_newcomer_by_hand():
    added = person_add(
        actor=None,
        employee_no="Y009",
        hired_on=TODAY,
        values={"name": "新人", "roles": "salesperson", "channel": "field"},
    )
    assert history("Y009") == [("hired", "2026-11-02")]
    with pytest.raises(PeopleRefused, match="taken"):
        person_add(actor=None, employee_no="Y009", hired_on=TODAY, values={"name": "x"})
    assert Person.objects.get(employee_no="Y009") == added


def test_whoever_leaves_has_left_the_day_after():
    who = person()
    leaving_set(actor=None, person=who, seen=version_of(who, SHOWN), left_on=date(2026, 11, 6))
    assert person().status == "active"
    positions_take_effect(as_of=date(2026, 11, 6))
    assert history() == []
    positions_take_effect(as_of=date(2026, 11, 7))
    positions_take_effect(as_of=date(2026, 11, 8))
    assert history() == [("left", "2026-11-07")]
    with clock.set_to(at("2026-11-07 00:00")):
        assert person().status == "left"


# By loading.

HEAD = "employee_no,name,roles,team,supervisor_no,channel,hired_on,left_on,base_salary\n"


def load(folder: Path, *rows: str) -> None:
    file = folder / "people.csv"
    file.write_text(HEAD + "\n".join(rows), encoding="utf-8")
    found = table_load(source=Source(people_table, file, "people.csv"))
    assert found.wrong == 0, found.reasons


def test_a_load_writes_what_changed(tmp_path):
    rows = [
        "Y001,吴伟,salesperson,销售2组,Z002,field,2024-01-01,,3600.00",
        "Y002,韩娜,salesperson,销售1组,Z001,field,2024-01-01,,3600.00",
        "Y003,金敏,salesperson+supervisor,销售2组,Z002,field,2024-01-01,,3600.00",
        "Y050,新人,salesperson,销售1组,Z001,field,2026-10-20,,4000.00",
        "Y051,旧人,salesperson,销售1组,Z001,field,2024-01-01,2026-10-30,4000.00",
    ]
    for _twice in range(2):
        load(tmp_path, *rows)
        assert history("Y001") == [("transfer", "2026-11-02")]
        assert history("Y002") == []
        assert history(STRANGER) == [("roles", "2026-11-02")]
        assert history("Y050") == [("hired", "2026-10-20")]
        assert history("Y051") == [("hired", "2024-01-01"), ("left", "2026-10-31")]
    assert person("Y001").supervisor == person(OTHER_SUPERVISOR)
    moved = PositionChange.objects.get(person__employee_no="Y001")
    assert moved.supervisor == person(OTHER_SUPERVISOR)
    assert moved.at == clock.now()
    load(tmp_path, rows[1].replace("3600", "3700"))
    kept = PositionChange.objects.get(person__employee_no="Y002")
    assert (kept.kind, kept.base_salary_before, kept.base_salary) == (
        "pay",
        yuan("3600"),
        yuan("3700"),
    )


def test_a_load_leaves_alone_what_it_does_not_speak_of(tmp_path):
    Person.objects.filter(employee_no=SHE).update(
        phone="138", contract_target=yuan("900000"), suspended_on=TODAY
    )
    load(tmp_path, "Y001,吴伟,salesperson,销售2组,Z002,field,2024-01-01,,3600.00")
    she = person()
    assert (she.phone, she.contract_target, she.suspended_on) == ("138", yuan("900000"), TODAY)
    assert she.team == "销售2组"


def test_as_many_statements_however_many_people(tmp_path):
    counts = []
    for start, many in ((0, 10), (1000, 200)):
        rows = [
            f"X{start + n:05},人,salesperson,1组,Z001,field,2024-01-01,,3600.00"
            for n in range(many)
        ]
        for version in (rows, [row.replace("3600", "3700") for row in rows]):
            with CaptureQueriesContext(connection) as asked:
                load(tmp_path, *version)
            counts.append(len(asked))
    assert counts[0] == counts[2]
    assert counts[1] == counts[3]
    assert PositionChange.objects.count() == 420


def test_a_final_month_stays_on_its_terms():
    EmploymentTerms.objects.create(
        month=cast.MONTH, person=person(), hired_on=date(2024, 1, 1), base_salary=yuan("3600")
    )
    change(on="2026-10-01", base_salary=yuan("9000"))
    assert EmploymentTerms.objects.get().base_salary == yuan("3600")
