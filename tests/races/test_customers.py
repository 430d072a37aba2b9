"""A customer's link answered by several, a spot check drawn by several at once (COM-1, VIS-3)."""

from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connection

from accounts.models import Person, User
from core import clock
from core.models import AuditRow
from customers.models import Complaint, ComplaintStep, Customer, SpotCheck, SpotCheckDraw
from customers.services import LinkGone, check_draw, link_answer, link_make
from customers.services import complaint_links as links
from customers.services import complaints as complaining
from customers.services import spot_checks as checking
from customers.services.complaint_links import link_open, token_of
from tests.races.at_once import PATIENCE, at_once
from tests.races.october import she

ROUNDS, CLIENTS = 4, 5
ANSWERS = ("confirmed", "reopened")


def login(no: str) -> User:
    person, _new = Person.objects.get_or_create(
        employee_no=no, defaults={"name": no, "roles": "manager", "hired_on": date(2024, 1, 1)}
    )
    return User.objects.get_or_create(username=no, defaults={"person": person})[0]


def a_token() -> str:
    """Of the link of an answered complaint."""
    today = clock.today()
    row = Complaint.objects.create(
        customer_name="x", subject="x", category="other", channel="person", text="x",
        taken_by=she(), handler=she(), state="answered", answer="x", answered_at=clock.now(),
        in_time=True, opened_on=today, due_on=today + timedelta(days=3),
    )  # fmt: skip
    return token_of(link_make(row=row, actor=login("RM1")))


def said(token: str, satisfaction: int) -> Complaint:
    """An odd mark: it is solved; an even one: it is not."""
    solved = satisfaction % 2 == 1
    return link_answer(token=token, satisfaction=satisfaction, solved=solved, remark="because")


def answers_of(row: Complaint) -> list[Any]:
    steps = ComplaintStep.objects.filter(complaint=row, kind__in=ANSWERS)
    return list(steps.values_list("satisfaction", flat=True))


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_a_link_is_answered_once(books, turn):
    token = a_token()
    came = at_once(books, *(lambda n=n: said(token, n) for n in range(1, CLIENTS + 1)))
    taken = [each for each in came if isinstance(each, Complaint)]
    gone = [each for each in came if isinstance(each, LinkGone)]
    assert (len(taken), len(gone)) == (1, CLIENTS - 1), came
    row = Complaint.objects.get(pk=taken[0].pk)
    assert answers_of(row) == [row.satisfaction]
    assert row.state == ("confirmed" if row.satisfaction % 2 else "handled")


def test_control_without_using_it_up_both_answers_stand(books, monkeypatch):
    def change(row: Complaint, *, action: str, actor: Any, **values: Any) -> Complaint:
        Complaint.objects.filter(pk=row.pk).update(**values)
        return Complaint.objects.get(pk=row.pk)

    token = a_token()
    opened = link_open(token)  # by both, before either has answered
    monkeypatch.setattr(links, "link_open", lambda _token: opened)
    monkeypatch.setattr(links, "_use_up", lambda _link: None)
    monkeypatch.setattr(complaining, "complaint_change", change)
    first, second = said(token, 5), said(token, 2)
    assert first.pk == second.pk
    assert sorted(answers_of(second)) == [2, 5]


def customers_of_hers() -> Person:
    her = she()
    for n in range(12):
        Customer.objects.get_or_create(
            customer_no=f"RACE{n:02}",
            defaults={"name": f"RACE{n}", "owner": her, "created_on": date(2024, 1, 1)},
        )
    return her


def test_a_sample_is_drawn_once_a_day(books):
    her, heads = customers_of_hers(), [login(f"RM{n}") for n in range(1, 4)]
    for turn in range(ROUNDS):
        at = clock.now() + timedelta(days=turn)
        with clock.set_to(at):
            came = at_once(
                books,
                *(drawing(her, size, head, at) for size, head in enumerate(heads, start=3)),
            )
        assert all(isinstance(each, SpotCheckDraw) for each in came), came
        assert len({each.pk for each in came}) == 1
        [draw] = SpotCheckDraw.objects.filter(person=her, on=clock.local_date(at))
        assert SpotCheck.objects.filter(draw=draw).count() == draw.size
        assert AuditRow.objects.filter(action="check drawn").count() == turn + 1


def drawing(her: Person, size: int, head: User, at: Any) -> Any:
    def draw() -> SpotCheckDraw:
        with clock.set_to(at):
            return check_draw(person=her, size=size, actor=head)

    return draw


def test_control_without_holding_her_who_comes_second_fails(books, monkeypatch):
    """The constraint lets one draw stand; the other is told of an error, and not of the sample."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: there is nothing to hold")
    her, heads = customers_of_hers(), [login(f"RM{n}") for n in range(1, 3)]
    both = Barrier(2)
    looked = checking.customers_to_revisit

    def looking(*args: Any) -> Any:
        both.wait(PATIENCE)  # neither has drawn when both have looked
        return looked(*args)

    monkeypatch.setattr(checking, "_held", lambda person: person)
    monkeypatch.setattr(checking, "customers_to_revisit", looking)
    at = clock.now()
    came = at_once(books, *(drawing(her, 3, head, at) for head in heads))
    assert sorted(type(each).__name__ for each in came) == ["IntegrityError", "SpotCheckDraw"]
    assert any(isinstance(each, IntegrityError) for each in came)
