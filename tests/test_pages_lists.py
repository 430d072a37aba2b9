"""What every list can: views, columns, files of exactly what is shown, actions on many rows."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from html import unescape

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person, User
from core import clock
from core.lists.services import MOST_VIEWS, view_save
from core.models import AuditRow, JobRun, SavedView
from customers.models import Customer
from orders.models import Delivery, Order
from receivables.models import UnpaidDelivery
from receivables.services import unpaid_converge
from tests import cast
from tests.builders import at, yuan
from tests.cast import FINANCE, LEADER, MANAGER, MONTH, SHE, STRANGER, SUPERVISOR, client_of

LIST = reverse("unpaid")
JOBS = reverse("jobs")
TODAY = "2026-11-02 09:00"
TEAMS = {SHE: "销售1组", STRANGER: "销售2组"}


@pytest.fixture(autouse=True)
def people(db) -> Iterator[None]:
    with clock.set_to(at(TODAY)):
        cast.people_make()
        yield


@pytest.fixture
def owed() -> None:
    """Thirty unpaid deliveries for each of two people, of different ages and amounts."""
    for no in TEAMS:
        person = Person.objects.get(employee_no=no)
        name = f"=SUM({no})" if no == SHE else "重庆华贸"
        bought = Customer.objects.create(customer_no=f"K-{no}", name=name, created_on="2024-01-01")
        orders = Order.objects.bulk_create(
            Order(order_no=f"{no}-{n:02}", customer=bought, person=person, amount=yuan("9000"))
            for n in range(30)
        )
        Delivery.objects.bulk_create(
            Delivery(
                order=made,
                delivered_on=date(2026, 10, 1 + n % 28),
                amount=Decimal(100 * (n * 7 % 31) + 1),
            )
            for n, made in enumerate(orders)
        )
    unpaid_converge(as_of=clock.today())


def text_of(cell: str) -> str:
    return unescape(re.sub("<[^>]+>", "", cell)).strip()


def page_rows(client: Client, page: str, query: str) -> tuple[list[str], list[list[str]]]:
    """Headers and cells as a reader sees them, over all pages."""
    rows: list[list[str]] = []
    headers: list[str] = []
    for number in range(1, 99):
        shown = client.get(f"{page}?{query}&page={number}&per_page=100").content.decode()
        head = re.search(r"<thead>(.*?)</thead>", shown, re.S)
        if head is None:
            break
        headers = [text_of(th) for th in re.findall(r"<th .*?>(.*?)</th>", head[1], re.S)]
        body = re.search(r"<tbody>(.*?)</tbody>", shown, re.S)
        rows += [
            [text_of(td) for td in re.findall(r"<td .*?>(.*?)</td>", line, re.S)]
            for line in re.findall(r"<tr .*?>(.*?)</tr>", body[1], re.S)
        ]
        if f'page={number + 1}"' not in shown:
            break
    return headers, rows


def file_rows(client: Client, page: str, query: str, ending: str) -> list[list[object]]:
    answer = client.get(f"{page}?{query}&export={ending}")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    made = answer.getvalue()
    if ending == "csv":
        return list(csv.reader(io.StringIO(made.decode("utf-8-sig"))))
    sheet = openpyxl.load_workbook(io.BytesIO(made)).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def alike(shown: str, kept: object) -> bool:
    """A cell as people read it, and as a file has it."""
    plain = "" if kept is None else str(kept)
    if shown in ("—", plain) or plain == f"'{shown}":
        return True
    number = shown.replace(",", "").replace("−", "-")
    return re.fullmatch(r"-?[0-9.]+", number) is not None and Decimal(number) == Decimal(plain)


# --- The file is what is shown ------------------------------------------------------------------


@pytest.mark.usefixtures("owed")
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("who", [MANAGER, SUPERVISOR, SHE])
@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("", {MANAGER: 60, SUPERVISOR: 30, SHE: 30}),
        ("q=cqhm", {MANAGER: 30}),
        ("state=escalated", {}),
        ("sort=-unpaid", {MANAGER: 60}),
        ("sort=customer&columns=order_no,unpaid,state", {}),
        ("columns=unpaid,customer&state=reminded&q=Y00", {}),
        ("columns=password", {MANAGER: 60}),
    ],
)
def test_a_file_is_what_is_shown(who, query, rows, ending):
    client = client_of(who)
    headers, shown = page_rows(client, LIST, query)
    if not shown:
        assert "cqhm" in query  # of another team
        assert file_rows(client, LIST, query, ending)[1:] == []
        return
    assert len(shown) == rows.get(who, len(shown))
    first, *kept = file_rows(client, LIST, query, ending)
    assert first == headers
    assert len(kept) == len(shown)
    for line, cells in zip(shown, kept, strict=True):
        assert all(map(alike, line, cells)), (line, cells)


@pytest.mark.usefixtures("owed")
def test_a_file_runs_no_formula_and_leaves_word():
    made = file_rows(client_of(SHE), LIST, "columns=customer&q=Y001-01", "csv")
    assert made == [["Customer"], [f"'=SUM({SHE})"]]
    left = AuditRow.objects.get(action="export")
    assert left.actor.username == SHE
    assert left.subject == "list unpaid"
    assert left.changes["rows"] == 1
    assert left.changes["columns"] == ["customer"]
    assert left.changes["query"] == "columns=customer&q=Y001-01"


def test_a_file_of_statements():
    cast.closed_month()
    page = reverse("statements", args=[MONTH])
    headers, shown = page_rows(client_of(MANAGER), page, "sort=-employee_no")
    for ending in ("csv", "xlsx"):
        first, *kept = file_rows(client_of(MANAGER), page, "sort=-employee_no", ending)
        assert first == headers
        assert [row[0] for row in kept] == ["Y003", "Y002", "Y001"]
        for line, cells in zip(shown, kept, strict=True):
            assert all(map(alike, line, cells)), (line, cells)


def test_nobody_else_gets_a_file():
    cast.closed_month()
    page = reverse("statements", args=[MONTH])
    assert client_of(SHE).get(f"{page}?export=csv").status_code == 403
    kept = file_rows(client_of(SUPERVISOR), page, "", "csv")
    assert {row[0] for row in kept[1:]} == {"Y001", "Y002"}


# --- Columns ------------------------------------------------------------------------------------


def choose(client: Client, *columns: str, back: str = LIST, key: str = "unpaid"):
    return client.post(reverse("list_columns"), {"list": key, "column": columns, "back": back})


@pytest.mark.usefixtures("owed")
def test_columns_are_chosen_and_remembered():
    client = client_of(MANAGER)
    answer = choose(client, "order_no", "unpaid", back=f"{LIST}?q=Y001&page=2")
    assert answer.headers["Location"] == f"{LIST}?q=Y001&columns=order_no%2Cunpaid"
    for query in ("", "q=Y001"):
        headers, _rows = page_rows(client, LIST, query)
        assert headers == ["Order", "Customer", "Unpaid"]  # the customer cannot be hidden
    assert len(page_rows(client, LIST, "columns=amount")[0]) == 2
    assert len(page_rows(client_of(LEADER), LIST, "")[0]) == 8
    # A reader who may not see a column does not get it by naming it.
    assert "Salesperson" not in page_rows(client_of(SHE), LIST, "columns=salesperson,amount")[0]
    choose(client)
    assert len(page_rows(client, LIST, "")[0]) == 8


# --- Views --------------------------------------------------------------------------------------


def keep(client: Client, name: str, back: str = f"{LIST}?q=Y001", **more: str):
    return client.post(
        reverse("list_views"), {"list": "unpaid", "name": name, "back": back, **more}
    )


@pytest.mark.usefixtures("owed")
def test_a_view_is_kept_and_leads_back():
    client = client_of(MANAGER)
    answer = keep(client, "  Hers  ", f"{LIST}?state=escalated&q=Y001&page=3&sort=-unpaid")
    view = SavedView.objects.get()
    assert view.name == "Hers"
    assert view.query == "q=Y001&sort=-unpaid&state=escalated"
    assert answer.headers["Location"] == f"{LIST}?view={view.pk}&{view.query}"
    shown = client.get(answer.headers["Location"]).content.decode()
    assert re.search(r'aria-current="true">Hers</a>', shown)
    led = client.get(f"{LIST}?view={view.pk}")
    assert led.headers["Location"] == answer.headers["Location"]
    keep(client, "Hers", f"{LIST}?q=Y003")
    assert SavedView.objects.get().query == "q=Y003"
    assert "Hers" not in client_of(LEADER).get(LIST).content.decode()


@pytest.mark.usefixtures("owed")
def test_a_list_begins_with_one_view():
    client = client_of(MANAGER)
    keep(client, "one")
    keep(client, "two", f"{LIST}?q=Y003")
    one, two = SavedView.objects.order_by("pk")
    for view in (one, two):
        client.post(reverse("list_view", args=[view.pk]), {"do": "default", "back": LIST})
    assert [v.is_default for v in SavedView.objects.order_by("pk")] == [False, True]
    assert client.get(LIST).headers["Location"] == f"{LIST}?view={two.pk}&q=Y003"
    assert client.get(f"{LIST}?view=all").status_code == 200
    client.post(reverse("list_view", args=[two.pk]), {"do": "no_default", "back": LIST})
    assert client.get(LIST).status_code == 200


def test_a_view_is_renamed_and_deleted():
    client = client_of(MANAGER)
    keep(client, "one")
    keep(client, "two")
    one, two = SavedView.objects.order_by("pk")
    back = reverse("list_views")
    asked = {"do": "rename", "name": "two", "back": back}
    answer = client.post(reverse("list_view", args=[one.pk]), asked, follow=True)
    assert "Another view of this list is called two." in answer.content.decode()
    client.post(reverse("list_view", args=[one.pk]), asked | {"name": "three"})
    one.refresh_from_db()
    assert one.name == "three"
    assert "three" in client.get(back).content.decode()
    client.post(reverse("list_view", args=[two.pk]), {"do": "delete", "back": back})
    assert SavedView.objects.get() == one


@pytest.mark.parametrize("do", ["rename", "delete", "default", "no_default"])
def test_anothers_view_is_not_there(do):
    view = view_save(
        owner=User.objects.get(username=FINANCE), list_key="unpaid", name="hers", query="q=x"
    )
    before = SavedView.objects.values().get()
    client = client_of(MANAGER)
    asked = {"do": do, "name": "mine", "back": LIST}
    assert client.post(reverse("list_view", args=[view.pk]), asked).status_code == 404
    assert SavedView.objects.values().get() == before
    assert client.get(f"{LIST}?view={view.pk}").status_code == 200
    assert "hers" not in client.get(f"{LIST}?view={view.pk}").content.decode()
    assert "hers" not in client.get(reverse("list_views")).content.decode()


@pytest.mark.parametrize(
    ("name", "more", "status"),
    [
        ("", {}, 302),
        (" ", {}, 302),
        ("\x00", {}, 302),
        ("x" * 41, {}, 302),
        ("x", {"back": f"{LIST}?" + "&".join(f"a{n}=" + "x" * 99 for n in range(30))}, 302),
        ("x", {"list": "No Such\x00"}, 404),
        ("x", {"list": "x" * 99}, 404),
    ],
)
def test_a_view_that_cannot_be_kept(name, more, status):
    answer = client_of(MANAGER).post(
        reverse("list_views"), {"list": "unpaid", "name": name, "back": LIST, **more}
    )
    assert answer.status_code == status
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "x", "/\n"])
def test_one_comes_back_to_our_pages_only(back):
    assert "elsewhere" not in keep(client_of(MANAGER), "x", back).headers["Location"]


def test_there_is_an_end_to_views():
    client = client_of(MANAGER)
    for n in range(MOST_VIEWS + 3):
        keep(client, f"{n}")
    assert SavedView.objects.count() <= MOST_VIEWS + 1


def test_views_need_somebody_and_a_form_of_ours():
    for name in ("list_views", "list_columns"):
        assert Client().post(reverse(name)).headers["Location"].startswith("/login/")
        client = client_of(MANAGER)
        client.handler.enforce_csrf_checks = True
        assert client.post(reverse(name)).status_code == 403
    assert client_of(MANAGER).get(reverse("list_columns")).status_code == 405


# --- Addresses ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("owed")
@pytest.mark.parametrize("page", [LIST, JOBS])
@pytest.mark.parametrize(
    "query",
    [
        "view=999999",
        "view=" + "9" * 40,
        "view=%00",
        "view=x",
        "columns=%00",
        "columns=password,id",
        "columns=" + "x," * 3000,
        "columns=" + "x" * 5000,
        "per_page=0",
        "per_page=1000000000",
        "per_page=%00",
        "export=exe",
        "export=%00",
        "sort=id&sort=-id&sort=x&sort=%00",
        "sort=" + "x" * 5000,
        "page=1000000000&per_page=100",
        "q=" + "%E5%90%B4" * 500,
        "q=%00&state=%00&whose=%00",
        "&".join(f"a{n}=b" for n in range(500)),
    ],
)
def test_any_address_is_taken_kindly(page, query):
    for client in (client_of(MANAGER), client_of(MANAGER)):
        assert client.get(f"{page}?{query}").status_code == 200
        answer = client.get(f"{page}?{query}&export=csv")
        assert answer.status_code == 200
        answer.getvalue()


@pytest.mark.usefixtures("owed")
def test_more_rows_on_a_page():
    client = client_of(MANAGER)
    for wanted, rows in (("25", 25), ("50", 50), ("100", 60), ("99", 25)):
        shown = client.get(LIST, {"per_page": wanted}).content.decode()
        assert shown.count("data-delivery=") == rows
    second = client.get(LIST, {"per_page": "50", "page": "2"}).content.decode()
    assert second.count("data-delivery=") == 10


# --- What a page asks the database --------------------------------------------------------------


@pytest.mark.usefixtures("owed")
def test_views_cost_one_query_however_many(django_assert_num_queries):
    client = client_of(MANAGER)
    with django_assert_num_queries(7):
        client.get(f"{LIST}?view=all")
    for n in range(20):
        keep(client, f"{n}")
    choose(client, "order_no")
    with django_assert_num_queries(7):
        client.get(f"{LIST}?view=all")


@pytest.mark.parametrize("rows", [10, 1000])
def test_a_file_takes_as_many_queries_however_many_rows(rows, django_assert_max_num_queries):
    person = Person.objects.get(employee_no=SHE)
    bought = Customer.objects.create(customer_no="K", name="x", created_on="2024-01-01")
    orders = Order.objects.bulk_create(
        Order(order_no=f"N{n}", customer=bought, person=person, amount=yuan("9"))
        for n in range(rows)
    )
    UnpaidDelivery.objects.bulk_create(
        UnpaidDelivery(
            order=made,
            delivered_on="2026-10-01",
            amount=yuan("9"),
            unpaid=yuan("9"),
            reminded_on="2026-11-02",
        )
        for made in orders
    )
    client = client_of(MANAGER)
    with django_assert_max_num_queries(10):
        answer = client.get(f"{LIST}?export=csv")
    assert len(answer.getvalue().splitlines()) == rows + 1


# --- Many rows at once --------------------------------------------------------------------------


@pytest.fixture
def runs() -> list[JobRun]:
    return JobRun.objects.bulk_create(
        JobRun(
            kind="cutoff",
            subject=f"2026-{n:02}",
            state=state,
            due_at=clock.now(),
            attempt=5,
            finished_at=clock.now(),
        )
        for n, state in enumerate(["failed"] * 3 + ["done"] * 2, start=1)
    )


def do(client: Client, query: str = "", **asked: object) -> str:
    answer = client.post(f"{JOBS}{query}", {"do": "again", **asked}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def failed() -> int:
    return JobRun.objects.filter(state="failed").count()


def test_chosen_rows_are_done_once(runs):
    client = client_of(MANAGER)
    chosen = [runs[0].pk, runs[1].pk, runs[3].pk, 10**12]
    said = do(client, "?state=failed", row=chosen)
    assert "2 done, 1 needed nothing, 1 refused: it is no longer there" in said
    assert failed() == 1
    said = do(client, "?state=failed", row=chosen)
    assert "0 done, 3 needed nothing" in said
    assert AuditRow.objects.filter(action="run again").count() == 2


def test_all_found_are_done_as_long_as_they_are_the_same(runs):
    client = client_of(MANAGER)
    assert "it has 3 rows now" in do(client, "?state=failed", chosen="all", found="2")
    assert failed() == 3
    assert "3 done" in do(client, "?state=failed", chosen="all", found="3")
    assert failed() == 0
    assert JobRun.objects.filter(state="done").count() == 2


def test_more_than_a_request_can_do(runs, monkeypatch):
    monkeypatch.setattr("core.lists.bulk.MOST_ROWS", 2)
    assert "At most 2 rows" in do(client_of(MANAGER), chosen="all", found="5")
    assert failed() == 3


@pytest.mark.parametrize(
    "asked",
    [{}, {"row": ["x", "-1", "\x00", "", "９", "9" * 30]}, {"chosen": "all", "found": "\x00"}],
)
def test_nonsense_chosen(runs, asked):
    do(client_of(MANAGER), **asked)
    assert failed() == 3


def test_who_may_not_sees_no_boxes_and_changes_nothing(runs):
    assert 'name="row"' in client_of(MANAGER).get(JOBS).content.decode()
    client = client_of(LEADER)
    assert 'name="row"' not in client.get(JOBS).content.decode()
    assert client.post(JOBS, {"do": "again", "row": runs[0].pk}).status_code == 403
    assert client_of(SHE).post(JOBS, {"do": "again", "row": runs[0].pk}).status_code == 403
    assert client_of(MANAGER).post(JOBS, {"do": "drop"}).status_code == 404
    assert failed() == 3
    assert client_of(MANAGER).post(LIST).status_code == 405


def test_a_box_says_which_row_it_is_for(runs):
    shown = client_of(MANAGER).get(JOBS).content.decode()
    boxes = re.findall(r'name="row" value="(\d+)".*?hidden">(.*?)</span>', shown)
    assert {int(pk) for pk, _said in boxes} == {run.pk for run in runs}
    assert all(said.startswith("Choose ") for _pk, said in boxes)
