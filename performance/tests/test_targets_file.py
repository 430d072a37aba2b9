"""Targets from a file and back into one (TAR-1)."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import Person
from core.models import AuditRow, FileImport, TableLoad
from core.services import table_load
from core.tables import fact_tables
from core.tables.folder import Source
from payroll.permissions import can_load_table, can_send_files
from performance.models import Target
from performance.rules.periods import Period
from performance.services.keeping import ChangedMeanwhile
from performance.services.targets import target_set
from performance.tests.conftest import user
from tests.books import parsed
from tests.builders import yuan
from tests.cast import FINANCE, LEADER, MANAGER, MATE, PERSONNEL, SHE, SUPERVISOR, client_of

pytestmark = pytest.mark.django_db
HEADER = "employee_no,team,period,amount"
GOOD = f"{HEADER}\nY001,,2026-10,900\nY001,,2026-Q4,2700.50\nY002,,2026,0\n,销售1组,2026-Q4,5000\n"
MONTH = Period.parse("2026-10")


@pytest.fixture(autouse=True)
def company(people: Any, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def send(text: str | bytes, *, by: str = MANAGER, name: str = "targets.csv") -> FileImport:
    """Send a file in the browser; what was seen in it, nothing loaded yet."""
    content = text.encode() if isinstance(text, str) else text
    client_of(by).post(reverse("imports"), {"files": SimpleUploadedFile(name, content)})
    return FileImport.objects.filter(owner=user(by)).latest("id")


def take(sent: FileImport, *, by: str = MANAGER) -> None:
    client_of(by).post(reverse("import_load", args=[sent.pk]))


def counts(sent: FileImport) -> tuple[int, ...]:
    (found,) = sent.found
    return tuple(found[name] for name in ("new", "changed", "same", "wrong"))


def reasons(sent: FileImport) -> list[tuple[int, str]]:
    (found,) = sent.found
    return [(each["line"], each["column"]) for each in found["reasons"]]


def standing() -> set[tuple[str, str, str, str]]:
    rows: QuerySet[Target] = Target.objects.select_related("person")
    return {
        (each.person.employee_no if each.person else "", each.team, each.period, str(each.amount))
        for each in rows
    }


WANTED = {
    (SHE, "", "2026-10", "900.00"),
    (SHE, "", "2026-Q4", "2700.50"),
    (MATE, "", "2026", "0.00"),
    ("", "销售1组", "2026-Q4", "5000.00"),
}


def test_a_file_is_looked_through_and_then_loaded() -> None:
    sent = send(GOOD)
    assert counts(sent) == (4, 0, 0, 0)
    assert standing() == set()
    take(sent)
    assert standing() == WANTED
    assert {target.version for target in Target.objects.all()} == {1}
    again = send(GOOD)
    assert counts(again) == (0, 0, 4, 0)
    take(again)
    assert standing() == WANTED


def test_a_row_that_is_known_is_replaced_and_who_has_the_form_open_is_told() -> None:
    take(send(GOOD))
    her = Person.objects.get(employee_no=SHE)
    sent = send(f"{HEADER}\nY001,,2026-10,950\n,销售1组,2026-Q4,5000\n")
    assert counts(sent) == (0, 1, 1, 0)
    assert sent.found[0]["changes"][0]["row"] == "Y001 2026-10"
    assert "950.00" in client_of(MANAGER).get(reverse("import", args=[sent.pk])).content.decode()
    take(sent)
    assert (SHE, "", "2026-10", "950.00") in standing()
    audit = AuditRow.objects.get(action="replace")
    assert (audit.actor, audit.subject) == (user(MANAGER), "target Y001 2026-10")
    assert audit.changes == {"amount": ["900.00", "950.00"]}
    with pytest.raises(ChangedMeanwhile):
        target_set(period=MONTH, amount=yuan("1"), seen=1, person=her, actor=user(MANAGER))


def test_one_wrong_row_keeps_the_whole_file_out() -> None:
    rows = (
        "Y001,,2026-10,900",
        "Y999,,2026-10,900",
        "Y001,销售1组,2026-11,900",
        ",,2026-11,900",
        "Y001,,2026-Q9,900",
        "Y001,,2026-12,-1",
        "Y001,,2026-10,901",
    )
    sent = send("\n".join((HEADER, *rows)))
    assert reasons(sent) == [
        (3, "employee_no"), (4, "team"), (5, "team"), (6, "period"), (7, "amount"),
        (8, "employee_no"),
    ]  # fmt: skip
    wrong = client_of(MANAGER).get(reverse("import_wrong", args=[sent.pk, 0, "csv"]))
    head, *lines = parsed(wrong.getvalue(), "csv")
    assert (len(lines), lines[0][0]) == (6, "Y999")
    assert head[:4] == HEADER.split(",")
    take(sent)
    assert standing() == set()


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (",销售9组,2026-10,1,", "team", "unknown team: 销售9组"),
        ("Z001,,2026-10,1,", "employee_no", "Z001 sells nothing"),
        ("Y001,,2023-12,1,", "period", "Y001 is not employed then"),
        ("Y001,,2026-10,1,韩娜", "name", "Y001 is called 吴伟"),
    ],
)
def test_what_only_the_company_can_tell(row: str, column: str, words: str) -> None:
    sent = send(f"{HEADER},name\nY002,,2026-10,1,韩娜\n{row}\n")
    (found,) = sent.found[0]["reasons"]
    assert found == {"line": 3, "column": column, "reason": words}
    take(sent)
    assert standing() == set()


def test_a_person_is_known_at_the_edges_of_her_time() -> None:
    Person.objects.filter(employee_no=SHE).update(left_on="2026-10-01")
    assert counts(send(f"{HEADER}\nY001,,2024-01,1\nY001,,2026-10,1\n")) == (2, 0, 0, 0)
    assert counts(send(f"{HEADER}\nY001,,2026-11,1\n"))[-1] == 1


def test_nobody_sets_their_own_by_a_file() -> None:
    Person.objects.filter(employee_no=MANAGER).update(roles="salesperson+manager")
    row = f"{HEADER}\nM001,,2026-10,1\nY001,,2026-10,1\n"
    sent = send(row)
    assert reasons(sent) == [(2, "employee_no")]
    take(sent)
    assert standing() == set()
    sent = send(row, by=LEADER)
    assert counts(sent) == (2, 0, 0, 0)
    take(sent, by=LEADER)
    assert len(standing()) == 2


def test_who_may_not_set_targets_may_not_load_them(tmp_path: Path) -> None:
    targets = fact_tables()["targets"]
    may = {no for no in (MANAGER, LEADER, FINANCE, PERSONNEL, SUPERVISOR, SHE)
           if can_load_table(user(no), targets)}  # fmt: skip
    assert may == {MANAGER, LEADER}
    assert can_send_files(user(LEADER))
    sent = send(GOOD, by=FINANCE)
    assert sent.found == []
    assert sent.strangers == [["targets.csv", "this table is not yours to load"]]
    # The leader sends targets, and no other table.
    sent = send("date,is_workday,note\n2026-10-10,yes,\n", by=LEADER, name="calendar.csv")
    assert sent.found == []
    # The command line may all.
    path = tmp_path / "targets.csv"
    path.write_text(GOOD, encoding="utf-8")
    table_load(source=Source(targets, path, path.name))
    assert TableLoad.objects.get(table="targets").new == 4
    assert standing() == WANTED


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_what_is_taken_out_loads_as_it_is(ending: str, language: str) -> None:
    Person.objects.filter(employee_no=MATE).update(team="=2+3", name="-韩娜")
    take(send(f"{GOOD},=2+3,2026-11,7\nY001,,2025-Q4,1\n"))
    before = list(Target.objects.values())
    client = client_of(MANAGER)
    client.cookies["django_language"] = language
    answer = client.get(reverse("targets_file", args=[MONTH, ending]))
    made = answer.getvalue()
    rows = parsed(made, ending)
    assert len(rows) == 6  # the header and those of 2026
    head = fact_tables()["targets"].all_columns
    assert rows[0] == [each.zh if language == "zh-hans" else each.name for each in head]
    assert AuditRow.objects.filter(action="export", subject="targets 2026").count() == 1
    sent = send(made, name=f"targets.{ending}")
    assert counts(sent) == (0, 0, 5, 0)
    take(sent)
    assert list(Target.objects.values()) == before


def test_who_sets_none_takes_none_out() -> None:
    page = reverse("targets_file", args=[MONTH, "csv"])
    assert client_of(FINANCE).get(page).status_code == 403
    assert client_of(SUPERVISOR).get(page).status_code == 403
    for name in ("targets", "teams"):
        shown = {
            no: page[:-4] in client_of(no).get(reverse(name, args=[MONTH])).content.decode()
            for no in (MANAGER, LEADER, SUPERVISOR, PERSONNEL)
        }
        assert shown == {MANAGER: True, LEADER: True, SUPERVISOR: False, PERSONNEL: False}


def test_thousands_of_targets_are_written_batch_by_batch(
    django_assert_max_num_queries: Any,
) -> None:
    periods = [f"{year}-{month:02}" for year in range(2024, 2084) for month in range(1, 13)]
    rows = "\n".join(f"{no},,{each},{n}" for n, each in enumerate(periods) for no in (SHE, MATE))
    sent = send(f"{HEADER}\n{rows}\n")
    assert counts(sent) == (1440, 0, 0, 0)
    with django_assert_max_num_queries(80):
        take(sent)
    assert Target.objects.count() == 1440
