"""Import in the browser: a look changes nothing, loading is `load` of the same bytes, once."""

import csv
import io
import shutil
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from attendance.models import Punch
from claims.models import Loan
from core import clock
from core.imports import keeping, looking, services
from core.imports.keeping import folder_of
from core.jobs import jobs_due
from core.models import AuditRow, FileImport, JobRun, TableLoad
from core.tables import fact_tables
from core.tables.writing import to_xlsx
from core.tasks import import_run
from customers.models import Customer
from tests import cast
from tests.books import parsed
from tests.builders import at
from tests.cast import (
    CASHIER,
    FINANCE,
    LEADER,
    MANAGER,
    MONTH,
    PERSONNEL,
    SHE,
    SUPERVISOR,
    client_of,
)

TODAY = "2026-11-02 09:00"

# What a look leaves behind by itself: that it was asked for.
OF_THE_LOOK = ("core.fileimport", "sessions.session", "core.jobrun")

PUNCHES = "employee_no,at\nY001,2026-10-12T08:58:00\nY001,2026-10-12T18:03:00\n"
LOANS = (
    "loan_no,employee_no,item,price,lent_at,returned_on,condition\n"
    "L1,Y001,lamp,{price},2026-10-12T09:00:00,,\n"
    "L2,{whose},lamp,88.00,2026-10-12T09:00:00,,\n"
)
CUSTOMERS = "customer_no,name,address,scale,owner_no,created_on\nK1,{name},,,Y9,2026-10-01\n"
PEOPLE = (
    "employee_no,name,roles,team,supervisor_no,channel,hired_on,left_on,base_salary\n"
    "Y9,新人,salesperson,销售1组,Z001,field,2026-10-01,,3000.00\n"
    "Y001,吴伟,salesperson,销售2组,Z002,field,2024-01-01,,3600.00\n"
)


@pytest.fixture(autouse=True)
def people(db, settings, tmp_path) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path
    with clock.set_to(at(TODAY)):
        cast.people_make()
        yield


def file(name: str, text: str | bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


def send(*files: SimpleUploadedFile, client: Client | None = None) -> tuple[FileImport, str]:
    client = client or client_of(MANAGER)
    answer = client.post(reverse("imports"), {"files": list(files)}, follow=True)
    assert answer.status_code == 200
    return FileImport.objects.order_by("-id")[0], answer.content.decode()


def load(sent: FileImport, client: Client | None = None) -> str:
    client = client or client_of(MANAGER)
    answer = client.post(reverse("import_load", args=[sent.pk]), follow=True)
    assert answer.status_code == 200
    sent.refresh_from_db()
    return answer.content.decode()


def everything(*, leaving_out: tuple[str, ...] = OF_THE_LOOK) -> dict[str, list[Any]]:
    return {
        model._meta.label_lower: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.label_lower not in leaving_out
    }


def counts(sent: FileImport) -> dict[str, tuple[int, int, int, int]]:
    return {
        each["table"]: (each["new"], each["changed"], each["same"], each["wrong"])
        for each in sent.found
    }


def some_files() -> list[SimpleUploadedFile]:
    return [
        file("punches.csv", PUNCHES),
        file("people.csv", PEOPLE),
        file("customers.csv", CUSTOMERS.format(name="甲公司")),
        file("货物出借.csv", LOANS.format(price="66.00", whose="Y999")),
        file("notes.txt", "hello"),
    ]


# --- A look -------------------------------------------------------------------------------------


@pytest.mark.parametrize("tried_out", [512 * 1024, 0])
def test_a_look_changes_nothing(tried_out, monkeypatch):
    monkeypatch.setattr(looking, "TRIED_OUT_BYTES", tried_out)
    client = client_of(MANAGER)
    before = everything()
    sent, _shown = send(*some_files(), client=client)
    assert everything() == before
    assert sent.state == FileImport.State.READ
    assert counts(sent)["punches"] == (2, 0, 0, 0)
    assert counts(sent)["people"] == (1, 1, 0, 0)


def test_a_look_sees_what_builds_on_each_other():
    sent, shown = send(*some_files())
    assert counts(sent) == {
        "people": (1, 1, 0, 0),
        "customers": (1, 0, 0, 0),
        "punches": (2, 0, 0, 0),
        "loans": (0, 0, 0, 1),
    }
    assert "unknown employee: Y999" in shown
    assert "notes.txt" in shown


def test_what_is_too_large_to_try_out_is_looked_at_by_itself(monkeypatch):
    monkeypatch.setattr(looking, "TRIED_OUT_BYTES", 0)
    sent, shown = send(*some_files())
    assert counts(sent)["customers"][3] == 1  # its owner is new
    assert "may be right once those are loaded" in shown
    load(sent)
    assert Customer.objects.get().name == "甲公司"
    loaded = {each["table"]: each.get("loaded") for each in sent.found}
    assert loaded["customers"]["new"] == 1


def test_rows_that_change_are_shown_before_and_after():
    sent, _shown = send(file("people.csv", PEOPLE))
    changes = sent.found[0]["changes"]
    assert changes == [
        {
            "row": "Y001 吴伟",
            "fields": [
                ["direct supervisor", "Z001 施静军", "Z002 魏英"],
                ["team", "销售1组", "销售2组"],
            ],
        }
    ] or changes[0]["fields"][::-1] == [
        ["direct supervisor", "Z001 施静军", "Z002 魏英"],
        ["team", "销售1组", "销售2组"],
    ]
    load(sent)
    _sent, shown = send(
        file("people.csv", PEOPLE.replace("3600.00", "3700.50").replace("吴伟", "<b>吴伟"))
    )
    for wanted in ("<del>3600.00</del>", "<ins>3700.50</ins>", "&lt;b&gt;吴伟"):
        assert wanted in shown


def test_no_more_than_twenty_changes_are_shown():
    rows = [f"Y001,2026-10-{n:02},in,{{}},x" for n in range(1, 32)]
    head = "employee_no,date,side,status,reason\n"
    for status in ("pending", "accepted"):
        sent, _shown = send(
            file("excuses.csv", head + "\n".join(rows).replace("{}", status) + "\n")
        )
        if status == "pending":
            load(sent)
    assert counts(sent)["excuses"] == (0, 31, 0, 0)
    assert len(sent.found[0]["changes"]) == looking.SHOWN


def test_a_file_wrong_as_a_whole():
    sent, shown = send(file("punches.csv", "employee_no,when\nY001,x\n"))
    assert "Nothing can be loaded" in shown
    assert "the column is missing" in shown
    assert reverse("import_load", args=[sent.pk]) not in shown


def test_what_builds_on_a_wrong_file_waits_for_it():
    wrong = PEOPLE.replace("3000.00", "lots")
    _sent, shown = send(
        file("people.csv", wrong), file("customers.csv", CUSTOMERS.format(name="甲"))
    )
    assert "builds on people, which is wrong" in shown


# --- Loading ------------------------------------------------------------------------------------


def test_loading_is_what_the_command_does(tmp_path):
    files = some_files()
    folder = tmp_path / "folder"
    folder.mkdir()
    for each in files[:3]:
        (folder / each.name).write_bytes(each.read())
        each.seek(0)
    with transaction.atomic():
        call_command("load", str(folder), stdout=io.StringIO(), stderr=io.StringIO())
        by_command = facts()
        transaction.set_rollback(True)
    sent, _shown = send(*files)
    said = load(sent)
    assert "3 files loaded: 4 new, 1 changed, 0 as before." in said
    assert "Left out, as something is wrong: 货物出借.csv" in said
    assert sent.state == FileImport.State.LOADED
    assert not folder_of(sent).exists()
    assert TableLoad.objects.count() == 3
    assert facts() == by_command


def facts() -> dict[str, list[Any]]:
    """What is known, whatever its ids are."""
    return {
        "people": list(
            Person.objects.order_by("employee_no").values_list(
                "employee_no", "name", "team", "supervisor__employee_no", "base_salary"
            )
        ),
        "customers": list(Customer.objects.values_list("customer_no", "owner__employee_no")),
        "punches": list(Punch.objects.order_by("at").values_list("person__employee_no", "at")),
        "loans": list(Loan.objects.values_list("loan_no")),
    }


def test_asked_twice_it_is_loaded_once():
    sent, _shown = send(file("punches.csv", PUNCHES))
    load(sent)
    Punch.objects.all().delete()
    assert "Somebody was faster" in load(sent)
    assert not Punch.objects.exists()
    assert TableLoad.objects.count() == 1
    assert AuditRow.objects.filter(action="import").count() == 1


def test_who_loaded_what_is_kept():
    sent, _shown = send(file("punches.csv", PUNCHES))
    load(sent)
    kept = TableLoad.objects.get()
    assert kept.actor.username == MANAGER
    assert kept.sha256 == sent.files[0]["sha256"]
    assert AuditRow.objects.get(action="import").changes["files"] == [
        ["punches.csv", sent.files[0]["sha256"]]
    ]


@pytest.mark.parametrize("how", ["other bytes", "gone", "folder gone"])
def test_a_file_that_changed_is_noticed(how):
    sent, _shown = send(file("punches.csv", PUNCHES))
    path = folder_of(sent) / sent.files[0]["path"]
    if how == "other bytes":
        path.write_text(PUNCHES.replace("08:58", "08:57"), encoding="utf-8")
    elif how == "gone":
        path.unlink()
    else:
        shutil.rmtree(folder_of(sent))
    assert "is no longer what was looked at" in load(sent)
    assert not Punch.objects.exists()
    assert not TableLoad.objects.exists()
    assert sent.state == FileImport.State.REFUSED


def test_what_changed_meanwhile_is_told():
    sent, _shown = send(file("punches.csv", PUNCHES))
    her = Person.objects.get(employee_no=SHE)
    Punch.objects.create(person=her, at=at("2026-10-12 08:58"))
    said = load(sent)
    assert "Something changed meanwhile" in said
    assert Punch.objects.count() == 2
    assert sent.found[0]["differs"]


def test_nothing_meanwhile_is_not_told():
    sent, _shown = send(*some_files())
    assert "Something changed meanwhile" not in load(sent)


# --- How long it is kept, and for whom -----------------------------------------------------------


def test_after_a_day_it_is_gone():
    sent, _shown = send(file("punches.csv", PUNCHES))
    with clock.set_to(at(TODAY) + timedelta(hours=25)):
        assert "are gone: send them again" in load(sent)
        assert sent.state == FileImport.State.EXPIRED
    assert not folder_of(sent).exists()
    assert not Punch.objects.exists()


def test_the_next_files_clear_away_the_old_ones():
    old, _shown = send(file("punches.csv", PUNCHES))
    with clock.set_to(at(TODAY) + timedelta(hours=25)):
        send(file("punches.csv", PUNCHES))
    old.refresh_from_db()
    assert old.state == FileImport.State.EXPIRED
    assert not folder_of(old).exists()


def test_forgotten_files_are_gone():
    sent, _shown = send(file("punches.csv", PUNCHES))
    client_of(MANAGER).post(reverse("import_drop", args=[sent.pk]))
    assert not folder_of(sent).exists()
    assert "These files are gone" in (
        client_of(MANAGER).get(reverse("import", args=[sent.pk])).content.decode()
    )


def addresses(sent: FileImport) -> dict[str, str]:
    return {
        "page": reverse("import", args=[sent.pk]),
        "wrong": reverse("import_wrong", args=[sent.pk, 0, "csv"]),
        "load": reverse("import_load", args=[sent.pk]),
        "drop": reverse("import_drop", args=[sent.pk]),
    }


@pytest.mark.parametrize(
    ("who", "status"),
    [(FINANCE, 404), (LEADER, 404), (CASHIER, 403), (SUPERVISOR, 403), (SHE, 403)],
)
def test_anothers_files_are_not_there(who, status):
    sent, _shown = send(file("punches.csv", PUNCHES.replace("Y001", "Y999")))
    before = everything(leaving_out=("sessions.session",))
    client = client_of(who)
    before = everything(leaving_out=("sessions.session", "accounts.user"))
    for name, address in addresses(sent).items():
        method = client.post if name in ("load", "drop") else client.get
        assert method(address).status_code == status
    assert everything(leaving_out=("sessions.session", "accounts.user")) == before
    assert folder_of(sent).exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (MANAGER, 200),
        (FINANCE, 200),
        (CASHIER, 403),
        (SUPERVISOR, 403),
        (PERSONNEL, 403),
        (SHE, 403),
    ],
)
def test_who_may_import(who, status):
    client = client_of(who)
    template = reverse("import_template", args=["punches"])
    for address in (reverse("imports"), reverse("loads"), template):
        answer = client.get(address)
        assert answer.status_code == status
        answer.getvalue()
    if status == 403:
        answer = client.post(reverse("imports"), {"files": [file("punches.csv", PUNCHES)]})
        assert answer.status_code == 403
        assert not FileImport.objects.exists()


def test_logged_out_and_other_methods():
    sent, _shown = send(file("punches.csv", PUNCHES))
    names = {**addresses(sent), "imports": reverse("imports"), "loads": reverse("loads")}
    for address in names.values():
        assert Client().get(address).headers["Location"].startswith("/login/")
    for name in ("load", "drop"):
        assert client_of(MANAGER).get(names[name]).status_code == 405
    client = client_of(MANAGER)
    client.handler.enforce_csrf_checks = True
    for name in ("load", "drop", "imports"):
        assert client.post(names[name]).status_code == 403
    assert not Punch.objects.exists()


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 30])
def test_files_that_are_none(pk):
    for rest in ("", "wrong/0.csv"):
        assert client_of(MANAGER).get(f"/import/{pk}/{rest}").status_code == 404
    assert client_of(MANAGER).post(f"/import/{pk}/load/").status_code == 404


# --- Wrong rows ---------------------------------------------------------------------------------


def wrong_rows(sent: FileImport, ending: str, language: str = "en") -> tuple[str, bytes]:
    client = client_of(MANAGER)
    client.cookies["django_language"] = language
    answer = client.get(reverse("import_wrong", args=[sent.pk, 0, ending]))
    assert answer.status_code == 200
    made = answer.getvalue()
    return answer.headers["Content-Disposition"], made


@pytest.mark.parametrize("sent_as", ["csv", "xlsx"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_wrong_rows_come_back_corrected(sent_as, ending):
    rows = [
        ["L1", "Y001", "=lamp", "lots", "2026-10-12T09:00:00", "", ""],
        ["L2", "Y001", "lamp", "88.00", "2026-10-12T09:00:00", "", ""],
        ["L3", "Y999", "-lamp", "-5", "yesterday", "", ""],
    ]
    head = ["loan_no", "员工", "item", "price", "lent_at", "returned_on", "condition"]
    head[1] = "工号"
    if sent_as == "csv":
        out = io.StringIO()
        csv.writer(out).writerows([head, *rows])
        given = file("loans.csv", out.getvalue())
    else:
        given = file("loans.xlsx", raw_xlsx([head, *rows]))
    sent, _shown = send(given)
    assert sent.found[0]["wrong_rows"] == 2
    disposition, made = wrong_rows(sent, ending)
    assert f'filename="loans.{ending}"' in disposition
    first, *wrong = parsed(made, ending)
    assert first == [*head, "what_is_wrong"]
    assert [row[0] for row in wrong] == ["L1", "L3"]
    assert wrong[0][2] == "'=lamp"
    assert wrong[1][3] == "'-5"
    assert "price: “lots”" in wrong[0][-1]
    assert "unknown employee: Y999" in wrong[1][-1]
    assert "lent_at" in wrong[1][-1]
    # Corrected, with the reasons left in it.
    wrong[0][3] = "66.00"
    wrong[1][1], wrong[1][3], wrong[1][4] = "Y002", "5.00", "2026-10-12T09:00:00"
    if ending == "csv":
        out = io.StringIO()
        csv.writer(out).writerows([first, *wrong])
        again = file("loans.csv", out.getvalue())
    else:
        again = file("loans.xlsx", raw_xlsx([first, *wrong], title="货物出借"))
    sent, shown = send(again)
    assert counts(sent) == {"loans": (2, 0, 0, 0)}, shown
    load(sent)
    assert set(Loan.objects.values_list("loan_no", "item")) == {("L1", "=lamp"), ("L3", "-lamp")}


def raw_xlsx(rows: list[list[str]], title: str = "loans") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for y, row in enumerate(rows, start=1):
        for x, value in enumerate(row, start=1):
            cell = sheet.cell(y, x)
            cell.value = value
            cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_wrong_rows_in_chinese():
    client = client_of(MANAGER)
    client.cookies["django_language"] = "zh-hans"
    sent, _shown = send(file("punches.csv", PUNCHES.replace("Y001", "Y999", 1)), client=client)
    _disposition, made = wrong_rows(sent, "csv", "zh-hans")
    first, only = parsed(made, "csv")
    assert first[-1] == "错误原因"
    assert not only[-1].isascii()


def test_what_has_no_wrong_rows_has_no_file_of_them():
    for text in (PUNCHES, "employee_no,when\nY001,x\n", ""):
        sent, _shown = send(file("punches.csv", text))
        answer = client_of(MANAGER).get(reverse("import_wrong", args=[sent.pk, 0, "csv"]))
        assert answer.status_code == 404
        answer = client_of(MANAGER).get(reverse("import_wrong", args=[sent.pk, 7, "csv"]))
        assert answer.status_code == 404


def test_many_wrong_rows_have_an_end(monkeypatch):
    monkeypatch.setattr(looking, "MOST_WRONG_LINES", 10)
    rows = "".join(f"Y999,2026-10-12T08:{n:02}:00\n" for n in range(50))
    sent, _shown = send(file("punches.csv", f"employee_no,at\n{rows}"))
    assert counts(sent)["punches"] == (0, 0, 0, 50)
    assert len(parsed(wrong_rows(sent, "csv")[1], "csv")) == 11


# --- Empty tables -------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("table", list(fact_tables()))
def test_an_empty_table_has_our_headers_and_an_example(table, language):
    client = client_of(MANAGER)
    client.cookies["django_language"] = language
    answer = client.get(reverse("import_template", args=[table]))
    made = answer.getvalue()
    head, example = parsed(made, "xlsx")
    columns = fact_tables()[table].all_columns
    assert head == [c.zh if language == "zh-hans" else c.name for c in columns]
    assert len(example) == len(head)
    for column, cell in zip(columns, example, strict=True):
        if cell:
            column.parse(cell)
        else:
            assert column.optional, column.name
    # It is known by its sheet, whatever the file is called.
    sent, _shown = send(file("mine.xlsx", made))
    assert [each["table"] for each in sent.found] == [table]


def test_there_is_no_such_table():
    assert client_of(MANAGER).get("/import/template/passwords.xlsx").status_code == 404


# --- Large files --------------------------------------------------------------------------------


def test_large_files_are_a_job(monkeypatch):
    monkeypatch.setattr(services, "AT_ONCE_BYTES", 10)
    sent, shown = send(file("punches.csv", PUNCHES))
    assert sent.state == FileImport.State.SENT
    assert "every 1s" in shown
    import_run(JobRun.objects.get(kind="import").pk)
    sent.refresh_from_db()
    assert sent.state == FileImport.State.READ
    assert counts(sent)["punches"] == (2, 0, 0, 0)
    assert not Punch.objects.exists()
    shown = load(sent)
    assert sent.state == FileImport.State.ASKED
    assert "every 1s" in shown
    run = JobRun.objects.filter(kind="import").first()
    for _time in range(2):
        import_run(run.pk)
    sent.refresh_from_db()
    assert sent.state == FileImport.State.LOADED
    assert Punch.objects.count() == 2
    assert TableLoad.objects.count() == 1
    jobs = client_of(MANAGER).get(reverse("jobs")).content.decode()
    assert "loaded: 2 new, 0 changed, 0 wrong" in jobs


def test_what_was_left_under_way_is_taken_up_again(monkeypatch):
    sent, _shown = send(file("punches.csv", PUNCHES))
    FileImport.objects.update(state=FileImport.State.ASKED, asked_at=clock.now())
    assert not jobs_due_of_imports()
    with clock.set_to(at(TODAY) + timedelta(minutes=11)):
        (run,) = jobs_due_of_imports()
        import_run(run.pk)
    sent.refresh_from_db()
    assert sent.state == FileImport.State.LOADED
    assert Punch.objects.count() == 2


def jobs_due_of_imports() -> list[JobRun]:
    return [run for run in jobs_due(now=clock.now()) if run.kind == "import"]


# --- Whatever is sent ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "made",
    [
        b"",
        b"\x00\x01\x02",
        b"employee_no,at\nY001,\x00\n",
        b"PK\x03\x04 not a workbook",
        b"\xff\xfe\x00",
        "employee_no,at\nY001,２０２６-10-12T08:58:00\n".encode(),
        b'employee_no,at\n"Y001,2026',
    ],
)
@pytest.mark.parametrize("name", ["punches.csv", "punches.xlsx", "x.xlsx", "../../punches.csv"])
def test_nonsense_is_taken_kindly(name, made):
    sent, _shown = send(file(name, made))
    for number in range(len(sent.found)):
        for ending in ("csv", "xlsx"):
            address = reverse("import_wrong", args=[sent.pk, number, ending])
            answer = client_of(MANAGER).get(address)
            assert answer.status_code in (200, 404)
            answer.getvalue()
    load(sent)
    assert not Punch.objects.exists()
    assert all(keeping.folder_of(sent) in p.parents for p in folder_of(sent).rglob("*"))


def test_nothing_chosen():
    answer = client_of(MANAGER).post(reverse("imports"), follow=True)
    assert "Choose at least one file" in answer.content.decode()
    assert not FileImport.objects.exists()


def test_a_workbook_of_several_tables():
    book = openpyxl.load_workbook(
        io.BytesIO(to_xlsx("打卡", ["工号", "时间"], [["Y001", "2026-10-12T08:58:00"]]))
    )
    book.create_sheet("notes").append(["x"])
    out = io.BytesIO()
    book.save(out)
    sent, shown = send(file("十月.xlsx", out.getvalue()))
    assert counts(sent) == {"punches": (1, 0, 0, 0)}
    assert "十月.xlsx[notes]" in shown


# --- What was loaded ----------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [10, 1000])
def test_the_list_of_loads(rows, django_assert_num_queries):
    finance = cast.User.objects.get(username=FINANCE)
    TableLoad.objects.bulk_create(
        TableLoad(table="slips", file=f"{n}.csv", actor=finance, wrong=n % 2, new=n)
        for n in range(rows)
    )
    client = client_of(MANAGER)
    with django_assert_num_queries(5):
        shown = client.get(reverse("loads")).content.decode()
    assert "韩秀平" in shown
    assert "9.csv" in client.get(reverse("loads"), {"q": "hxp"}).content.decode()
    assert "Nothing fits" in client.get(reverse("loads"), {"q": "nobody"}).content.decode()
    assert "Nothing fits" in client.get(reverse("loads"), {"table": "punches"}).content.decode()
    refused = client.get(reverse("loads"), {"ended": "refused", "q": "4.csv"}).content.decode()
    assert "Nothing fits" in refused


def test_queries_of_the_page(django_assert_max_num_queries):
    sent, _shown = send(*some_files())
    client = client_of(MANAGER)
    with django_assert_max_num_queries(6):
        client.get(reverse("import", args=[sent.pk]))
    with django_assert_max_num_queries(6):
        client.get(reverse("imports"))


def test_the_months_page_leads_here_and_back():
    client = client_of(MANAGER)
    address = reverse("facts_load", args=[MONTH])
    answer = client.post(address, {"files": [file("punches.csv", PUNCHES)]})
    sent = FileImport.objects.get()
    assert answer.headers["Location"] == reverse("import", args=[sent.pk])
    answer = client.post(reverse("import_load", args=[sent.pk]))
    assert answer.headers["Location"] == reverse("month", args=[MONTH])
