"""A close in groups: the same ledger as in one, and one bad record is nobody else's trouble."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from accounts.models import Person
from core import clock
from core.months import Month
from core.services import sources_load
from core.tables.folder import contents_of
from core.verification import problems
from payroll.groups import SIZE, Group, group_numbers
from payroll.models import Entry, MonthGroup, PayMonth
from payroll.services import CannotFinal, close_department, close_groups, month_close, month_final
from payroll.services.posting import Posting
from tests.oracle.generator import generate

OCTOBER = Month(2026, 10)
AS_OF = OCTOBER.end

pytestmark = pytest.mark.django_db


def load(folder: Path, *, apart: bool) -> None:
    """Facts of ten people, in one group; with `apart` each in a group of her own."""
    generate(folder, month="2026-10", seed=30, people=10, policy={})
    _stand(folder, steps=SIZE if apart else 1)
    loads = sources_load(sources=contents_of(folder.iterdir()).sources)
    assert not [reason for load in loads for reason in load.reasons]


def _stand(folder: Path, *, steps: int) -> None:
    """Put those of the people's table on file, with ids that are so far from each other."""
    with (folder / "people.csv").open(encoding="utf-8-sig", newline="") as rows:
        employee_nos = [row["employee_no"] for row in csv.DictReader(rows)]
    Person.objects.bulk_create(
        Person(
            id=SIZE * 500 + steps * n,
            employee_no=no,
            name=no,
            roles="keeper",
            hired_on=date(2020, 1, 1),
        )
        for n, no in enumerate(employee_nos)
    )


def ledger() -> list[tuple[Any, ...]]:
    rows = Entry.objects.values_list(
        "key", "sequence", "person__employee_no", "rule", "pay_month", "for_month", "source",
        "target", "amount", "digest", "reverses__key",
    )  # fmt: skip
    return sorted(rows, key=str)


def close() -> list[Any]:
    return month_close(month=OCTOBER, as_of=AS_OF)


@pytest.fixture
def apart(tmp_path: Path) -> None:
    load(tmp_path, apart=True)


def test_people_apart_come_to_the_ledger_of_people_together(tmp_path, django_db_blocker):
    from django.db import transaction

    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    with transaction.atomic():
        load(tmp_path / "one", apart=False)
        close()
        together = ledger()
        assert len(group_numbers()) == 1
        transaction.set_rollback(True)
    load(tmp_path / "two", apart=True)
    assert len(group_numbers()) > 10
    close()
    assert ledger() == together
    assert list(problems()) == []
    [again] = close()
    assert (again.posted, again.reversed) == (0, 0)


def test_a_group_is_its_stretch_of_ids():
    assert Group.numbered(2) == Group(2 * SIZE, 3 * SIZE - 1)
    halves = Group(0, 4).halves()
    assert halves == (Group(0, 2), Group(3, 4))


def broken_for(monkeypatch: pytest.MonkeyPatch, *broken: str, error: Exception) -> None:
    """A step that cannot cope with somebody's record."""
    whole = close_groups.assess

    def assess(context: Any, **rest: Any) -> Any:
        if any(p.employee_no in broken for p in context.people) and context.group:
            raise error
        return whole(context, **rest)

    monkeypatch.setattr(close_groups, "assess", assess)


def test_a_poisoned_record_is_set_aside_and_stops_no_other(apart, monkeypatch):
    close()
    whole = ledger()
    bad = Entry.objects.filter(rule="BASE").first().employee_no
    Person.objects.filter(employee_no=bad).update(base_salary="9999.00")
    with monkeypatch.context() as patch:
        broken_for(patch, bad, error=ValueError("secret"))
        [closed] = close()
        assert closed.set_aside == {bad: "ValueError"}
        assert ledger() == whole
        with pytest.raises(CannotFinal, match=bad):
            month_final(month=OCTOBER, early_reason="a test")
    [closed] = close()
    assert closed.set_aside == {}
    assert (closed.posted, closed.reversed) != (0, 0)
    month_final(month=OCTOBER, early_reason="a test")


def test_the_others_of_the_group_are_closed_as_well(tmp_path, monkeypatch):
    load(tmp_path, apart=False)
    bad = Person.objects.get(employee_no="Y002").employee_no
    broken_for(monkeypatch, bad, error=ValueError("secret"))
    [closed] = close()
    assert list(closed.set_aside) == [bad]
    paid = set(Entry.objects.filter(rule="BASE").values_list("person__employee_no", flat=True))
    assert len(paid) > 5
    assert bad not in paid
    assert MonthGroup.objects.get().set_aside == {bad: "ValueError"}


def test_a_refused_row_is_somebodys_too(tmp_path, monkeypatch):
    load(tmp_path, apart=False)
    bad = Person.objects.get(employee_no="Y002").employee_no
    entry_of = Posting.entry_of

    def spoilt(self: Posting, charge: Any, **rest: Any) -> Any:
        row = entry_of(self, charge, **rest)
        spoil = charge.employee_no == bad and charge.rule == "BASE"
        return row._replace(source=row.target) if spoil else row  # the database refuses it

    monkeypatch.setattr(Posting, "entry_of", spoilt)
    [closed] = close()
    assert closed.set_aside == {bad: "IntegrityError"}


def test_what_goes_wrong_for_everybody_is_no_records_fault(tmp_path, monkeypatch):
    load(tmp_path, apart=False)
    everybody = Person.objects.values_list("employee_no", flat=True)
    broken_for(monkeypatch, *everybody, error=ValueError("broken"))
    with pytest.raises(ValueError, match="broken"):
        close()


def test_a_database_that_is_away_is_nobodys_fault(apart, monkeypatch):
    broken_for(monkeypatch, "Y001", error=OperationalError("gone"))
    bad = Person.objects.salespeople().first().employee_no
    broken_for(monkeypatch, bad, error=OperationalError("gone"))
    with pytest.raises(OperationalError):
        close()


def test_what_is_overtaken_reads_again(apart, monkeypatch):
    """Another close posts between reading and posting: once for a group, once for the pool."""
    monkeypatch.setattr("payroll.services.closing.PAUSE", 0)
    ran: list[str] = []
    for module, name in ((close_groups, "_ids"), (close_department, "_in_batches")):
        plain = getattr(module, name)

        def between(argument: Any, name: str = name, plain: Any = plain) -> Any:
            if name not in ran:
                ran.append(name)
                close()
            return plain(argument)

        monkeypatch.setattr(module, name, between)
    close()
    assert ran == ["_ids", "_in_batches"]
    assert list(problems()) == []
    [again] = close()
    assert (again.posted, again.reversed) == (0, 0)


def test_no_final_while_a_close_is_broken_off(apart):
    close()
    group = MonthGroup.objects.first()
    MonthGroup.objects.filter(pk=group.pk).update(version=group.version + 1)
    with pytest.raises(CannotFinal):
        month_final(month=OCTOBER, early_reason="a test")
    close()
    month_final(month=OCTOBER, early_reason="a test")
    assert PayMonth.objects.get().is_final


def test_the_clock_set_back_takes_nothing_away(apart):
    close()
    whole = ledger()
    month_close(month=OCTOBER, as_of=OCTOBER.start + (AS_OF - OCTOBER.start) / 2)
    assert ledger() == whole
    assert PayMonth.objects.get().closed_as_of == AS_OF
    assert clock.now() > AS_OF
