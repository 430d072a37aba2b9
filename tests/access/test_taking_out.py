"""Every list that names customers, taken out as a file: a right of its own, marked and written
down (CUS-2). Whoever may read a list may not carry it away for that alone."""

import csv
from collections.abc import Iterator
from datetime import date
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.urls import reverse

from accounts.models import Person, User
from attendance.lists.trips import BoardList
from core import clock
from core.lists import List
from core.models import AuditRow, Opening
from core.templatetags.house import moment
from customers.lists.agents import PrefectureList
from customers.lists.calls import CallFigureList, CallList, ToCallList
from customers.lists.complaints import ComplaintList, RateList
from customers.lists.files import FileList
from customers.lists.levels import LevelList
from customers.lists.projects import ConflictList, ProjectList
from customers.lists.returns import ReturnList
from customers.lists.secrets import NamesCustomers
from customers.lists.spot_checks import SpotCheckList
from customers.lists.support import SupportList
from customers.lists.visits import VisitList
from customers.models import Customer
from customers.services.exporting import export_give
from reports.lists.information import InformationList
from tests.access.world import World, browser_of
from tests.cast import LEADER, MANAGER, SHE, SUPERVISOR

pytestmark = pytest.mark.django_db
# Where each list stands, and somebody who reads it without the right to take it out.
SECRET: dict[type[List], tuple[str, str]] = {
    FileList: ("customers", SHE),
    VisitList: ("visits", SHE),
    ReturnList: ("returns_due", SHE),
    SpotCheckList: ("spot_checks", SHE),
    ToCallList: ("call_list", SHE),
    CallList: ("calls", SHE),
    ProjectList: ("projects", SHE),
    ConflictList: ("conflicts", SHE),
    PrefectureList: ("prefectures", SHE),
    SupportList: ("support", SHE),
    ComplaintList: ("complaints", SUPERVISOR),
    InformationList: ("information", SHE),
    BoardList: ("trip_board", SUPERVISOR),
}
# Figures by person: one's own work, and the name of no customer in the file.
FIGURES = {LevelList: "visit_levels", CallFigureList: "call_figures", RateList: "complaint_rates"}


def lists_below(kind: type[List]) -> Iterator[type[List]]:
    for each in kind.__subclasses__():
        if "key" in vars(each):
            yield each
        yield from lists_below(each)


@pytest.fixture
def hers(world: World) -> World:
    """With a call, and a firm that is to be called and called on again."""
    assert world.her_call
    Customer.objects.create(
        customer_no="K-OLD",
        name="long on file",
        telephone="0574 8700 7391",
        owner=world.her,
        created_on=date(2026, 1, 2),
        level="A",
    )
    return world


def taken(actor: str, address: str, ending: str = "csv") -> HttpResponse:
    return browser_of(actor).get(f"{address}?export={ending}")


def rows_of(answer: HttpResponse) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(text.splitlines()))


def test_every_list_of_customers_is_here() -> None:
    """Whoever adds a list of customers says whether it names them."""
    assert set(lists_below(NamesCustomers)) == set(SECRET)
    own = {each for each in lists_below(List) if each.__module__.startswith("customers.")}
    assert own - set(SECRET) == set(FIGURES)


@pytest.mark.parametrize("kind", SECRET, ids=lambda kind: kind.key)
def test_who_reads_it_takes_nothing_out(hers: World, kind: type[List]) -> None:
    name, actor = SECRET[kind]
    address = reverse(name)
    page = browser_of(actor).get(address)
    assert page.context["has_rows"]
    assert "export=" not in page.content.decode()
    for ending in ("csv", "xlsx"):
        assert taken(actor, address, ending).status_code == 403
    told = {"subject": f"list {kind.key}"}
    assert not Opening.objects.filter(way="exported").exists()
    assert not AuditRow.objects.filter(action="export", **told).exists()
    assert "export=csv" in browser_of(MANAGER).get(address).content.decode()


@pytest.mark.parametrize("kind", SECRET, ids=lambda kind: kind.key)
def test_with_the_right_it_is_marked_and_written_down(hers: World, kind: type[List]) -> None:
    name, actor = SECRET[kind]
    person = Person.objects.get(employee_no=actor)
    export_give(
        actor=User.objects.get(username=LEADER),
        person=person,
        reason="a fair",
        until_on=clock.today(),
        token=uuid4(),
    )
    assert "export=csv" in browser_of(actor).get(reverse(name)).content.decode()
    head, *rows = rows_of(taken(actor, reverse(name)))
    mark = f"{person.name} {actor} {moment(clock.now())}"
    assert rows
    assert head[-1] == "Taken out by"
    assert {row[-1] for row in rows} == {mark}
    opening = Opening.objects.get(way="exported")
    assert (opening.subject, opening.actor) == (f"list {kind.key}", User.objects.get(person=person))


@pytest.mark.parametrize("kind", FIGURES, ids=lambda kind: kind.key)
def test_figures_name_no_customer(hers: World, kind: type[List]) -> None:
    head, *rows = rows_of(taken(SHE, reverse(FIGURES[kind])))
    assert rows
    assert "Taken out by" not in head
    said = " ".join(word for row in rows for word in row)
    for number, called in Customer.objects.values_list("customer_no", "name"):
        assert number not in said, number
        assert called not in said, called
