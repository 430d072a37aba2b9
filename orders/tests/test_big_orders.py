"""Big orders are told to the manager at once, each once, whichever way they come (INFO-1)."""

from uuid import uuid4

import pytest
from django.db import OperationalError
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from core import services
from core.models import TableLoad
from core.services import sources_load
from core.tables import merging
from core.tables.folder import contents_of
from notices.models import Notice
from orders.models import Order
from orders.rules import is_big
from orders.services import OrderFacts, big_orders, order_add, order_edit, version_of
from policy.models import PolicyParameter
from tests.builders import customer, day, yuan
from tests.cast import MANAGER, MATE, SHE

HEAD = "order_no,customer_no,employee_no,amount,signed_on\n"
LIMIT = yuan("100000")


@pytest.mark.parametrize(
    ("amount", "expected"),
    [(None, False), ("99999.99", False), ("100000.00", False), ("100000.01", True)],
)
def test_over_the_threshold_is_big(amount, expected):
    assert is_big(yuan(amount) if amount else None, LIMIT) is expected


@given(st.decimals(0, 10**9, places=2), st.decimals(0, 10**9, places=2))
def test_more_is_never_less_big(one, other):
    low, high = sorted((one, other))
    assert is_big(high, LIMIT) or not is_big(low, LIMIT)


def told() -> list[str]:
    rows = Notice.objects.filter(person__employee_no=MANAGER, key__startswith="big-order")
    return sorted(rows.values_list("key", flat=True))


def entered(people, amount, order_no="D00009", by=SHE) -> Order:
    return order_add(
        actor=User.objects.get(username=by),
        token=uuid4(),
        order_no=order_no,
        customer=customer("K1", people[SHE]),
        person=people[SHE],
        facts=OrderFacts(yuan(amount)),
    )


def changed(row, amount) -> Order:
    return order_edit(
        actor=User.objects.get(username=SHE),
        order=row,
        seen=version_of(row),
        customer=row.customer,
        facts=OrderFacts(yuan(amount)),
    )


@pytest.mark.django_db
def test_an_order_entered_over_the_threshold_is_told_once_to_the_manager_alone(people):
    entered(people, "100000.01")
    assert told() == ["big-order/D00009"]
    assert Notice.objects.filter(key__startswith="big-order").count() == 1
    assert "100,000.01" in Notice.objects.get().values["amount"]


@pytest.mark.django_db
def test_an_order_of_the_threshold_is_not_told(people):
    entered(people, "100000.00")
    assert told() == []


@pytest.mark.django_db
def test_an_amount_that_rises_over_it_is_told_once_however_often_it_changes(people):
    row = entered(people, "50000")
    row = changed(row, "150000")
    assert told() == ["big-order/D00009"]
    for amount in ("160000", "90000", "170000"):
        row = changed(row, amount)
    assert told() == ["big-order/D00009"]


@pytest.mark.django_db
def test_the_manager_is_not_told_of_what_they_entered_themself(people):
    entered(people, "200000", by=MANAGER)
    assert told() == []


@pytest.mark.django_db
def test_the_threshold_is_the_policy_of_the_day(people):
    PolicyParameter.objects.create(
        effective_on=day("2026-11-01"), parameter="big_order", value="30000"
    )
    entered(people, "30000.01")
    assert told() == ["big-order/D00009"]


def load(tmp_path, *rows):
    path = tmp_path / "orders.csv"
    path.write_text(HEAD + "".join(row + "\n" for row in rows), encoding="utf-8")
    [done] = sources_load(sources=contents_of([path]).sources)
    assert not done.wrong, done.reasons
    return done


def row_of(number, amount, by=SHE) -> str:
    return f"D1{number:04},K1,{by},{amount},2026-10-12"


@pytest.mark.django_db
def test_a_few_of_a_file_are_told_each(people, tmp_path):
    customer("K1", people[SHE])
    load(tmp_path, row_of(1, "100000.01"), row_of(2, "100000.00"), row_of(3, "300000.00"))
    assert told() == ["big-order/D10001", "big-order/D10003"]


@pytest.mark.django_db
def test_many_of_a_file_are_one_word_and_loaded_again_none(people, tmp_path):
    customer("K1", people[SHE])
    rows = [row_of(n, "200000.00") for n in range(700)]
    load(tmp_path, *rows, row_of(800, "5.00"))
    [said] = Notice.objects.filter(key__startswith="big-order")
    assert said.values["count"] == 700
    load(tmp_path, *rows, row_of(800, "5.00"))
    assert len(told()) == 1
    load(tmp_path, *rows, row_of(800, "100000.01"))
    assert told()[0] == "big-order/D10800"
    assert len(told()) == 2


@pytest.mark.django_db
def test_who_sells_it_being_changed_by_a_file_is_no_news_of_its_amount(people, tmp_path):
    customer("K1", people[SHE])
    load(tmp_path, row_of(1, "200000.00"))
    load(tmp_path, row_of(1, "200000.00", by=MATE))
    assert told() == ["big-order/D10001"]


@pytest.mark.django_db
def test_a_file_that_is_refused_tells_nothing(people, tmp_path):
    customer("K1", people[SHE])
    path = tmp_path / "orders.csv"
    path.write_text(f"{HEAD}{row_of(1, '200000.00')}\nD2,K1,Y999,5.00,\n", encoding="utf-8")
    [done] = sources_load(sources=contents_of([path]).sources)
    assert done.wrong
    assert told() == []


@pytest.mark.django_db
@pytest.mark.parametrize("refused", [RuntimeError("killed"), OperationalError("locked")])
def test_loaded_and_told_are_one_and_once(people, tmp_path, monkeypatch, refused):
    """Killed between the two, the manager would never hear of it."""
    customer("K1", people[SHE])

    def fails(**_said) -> None:
        assert Order.objects.filter(order_no="D10001").exists()
        raise refused

    with monkeypatch.context() as broken:
        broken.setattr(big_orders, "notice_send", fails)
        with pytest.raises(type(refused)):
            load(tmp_path, row_of(1, "200000.00"))
    assert not Order.objects.exists()
    assert not TableLoad.objects.exists()
    for _twice in range(2):
        load(tmp_path, row_of(1, "200000.00"))
    assert told() == ["big-order/D10001"]


@pytest.mark.django_db
def test_where_telling_is_kept_waiting_too_long_nothing_was_loaded(people, tmp_path, monkeypatch):
    customer("K1", people[SHE])

    def waits(**_said) -> None:
        raise OperationalError("locked")

    with monkeypatch.context() as busy:
        busy.setattr(big_orders, "notice_send", waits)
        busy.setattr(services, "is_busy", lambda _error: True)
        path = tmp_path / "orders.csv"
        path.write_text(f"{HEAD}{row_of(1, '200000.00')}\n", encoding="utf-8")
        [done] = sources_load(sources=contents_of([path]).sources)
    assert (done.wrong, done.new) == (1, 0)
    assert not Order.objects.exists()
    load(tmp_path, row_of(1, "200000.00"))
    assert told() == ["big-order/D10001"]


@pytest.mark.django_db
def test_a_file_overtaken_by_another_is_told_once_it_stands(people, tmp_path, monkeypatch):
    """What was worked out is tried again; what it would have told is told once."""
    customer("K1", people[SHE])
    insert, overtaken = merging._Difference._insert, []

    def first_refused(difference) -> None:
        insert(difference)
        if not overtaken:
            overtaken.append(True)
            raise merging.Overtaken

    monkeypatch.setattr(merging._Difference, "_insert", first_refused)
    load(tmp_path, row_of(1, "200000.00"))
    assert overtaken
    assert Order.objects.count() == 1
    assert told() == ["big-order/D10001"]
