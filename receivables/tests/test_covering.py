"""From when a slip is covered: the database keeps it, whoever writes (CUT-1, adr/0020)."""

from datetime import datetime, timedelta
from random import Random

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from core import append_only, clock
from core.money import ZERO
from core.services import sources_load
from core.tables.folder import contents_of
from receivables.models import Payment, Slip
from receivables.verification import covering
from tests.builders import at, order, payment, person, slip, yuan

pytestmark = pytest.mark.django_db
MORNING, NOON, EVENING = (at(f"2026-10-20 {hour}:00") for hour in ("10", "12", "18"))


@pytest.fixture
def owed() -> Slip:
    return slip(order(person("Y007"), "O1"), due="1000.00")


def kept(row: Slip) -> datetime | None:
    return Slip.objects.values_list("covered_at", flat=True).get(pk=row.pk)


def worked_out(row: Slip) -> datetime | None:
    """The same by hand: money comes in the order of its instants, until it is all."""
    due = Slip.objects.get(pk=row.pk).amount_due
    come, found = ZERO, []
    for each in Payment.objects.filter(slip=row):
        instant = each.received_at if each.method == "transfer" else each.handed_in_at
        if instant is not None:
            found.append((instant, each.net))
    for instant, net in sorted(found):
        come += net
        if come >= due:
            return instant
    return None


def test_money_covers_when_the_last_of_it_is_handed_in(owed):
    payment(owed, "P1", amount="400.00", handed_in="2026-10-20 12:00")
    assert kept(owed) is None
    last = payment(owed, "P2", amount="600.00")
    assert kept(owed) is None
    Payment.objects.filter(pk=last.pk).update(handed_in_at=EVENING)
    assert kept(owed) == EVENING


def test_a_transfer_covers_when_it_is_received(owed):
    payment(owed, amount="1000.00", method="transfer")
    assert kept(owed) == MORNING


def test_what_is_undone_never_came(owed):
    paid = payment(owed, amount="1000.00", handed_in="2026-10-20 12:00")
    Payment.objects.filter(pk=paid.pk).update(undone=yuan("0.01"))
    assert kept(owed) is None


def test_money_that_moves_to_another_slip_covers_that(owed):
    other = slip(owed.order, "S2", due="1000.00")
    paid = payment(owed, amount="1000.00", handed_in="2026-10-20 12:00")
    Payment.objects.filter(pk=paid.pk).update(slip=other)
    assert (kept(owed), kept(other)) == (None, NOON)
    Payment.objects.filter(pk=paid.pk).delete()
    assert kept(other) is None


def test_another_amount_due_is_covered_at_another_time(owed):
    payment(owed, "P1", amount="400.00", handed_in="2026-10-20 12:00")
    payment(owed, "P2", amount="600.00", handed_in="2026-10-20 18:00")
    Slip.objects.filter(pk=owed.pk).update(amount_due=yuan("400.00"))
    assert kept(owed) == NOON
    Slip.objects.filter(pk=owed.pk).update(amount_due=yuan("1000.01"))
    assert kept(owed) is None


def test_nobody_else_can_say_it(owed):
    payment(owed, amount="1000.00", handed_in="2026-10-20 12:00")
    owed.save()  # the whole row, as it was read before the money came
    assert kept(owed) == NOON
    Slip.objects.update(covered_at=MORNING)
    assert kept(owed) == NOON
    copied = Slip.objects.get(pk=owed.pk)
    copied.pk, copied.slip_no = None, "S2"
    Slip.objects.bulk_create([copied])
    assert kept(Slip.objects.get(slip_no="S2")) is None


def test_many_rows_at_once(owed):
    others = [slip(owed.order, f"S{n}", due="10.00") for n in range(2, 12)]
    Payment.objects.bulk_create(
        Payment(
            payment_no=f"P{n}", slip=each, amount=yuan("10.00"), method="cash",
            received_at=MORNING, handed_in_at=NOON if n % 2 else None,
        )
        for n, each in enumerate(others)
    )  # fmt: skip
    assert [kept(each) for each in others] == [None, NOON] * 5
    Payment.objects.update(handed_in_at=EVENING)
    assert {kept(each) for each in others} == {EVENING}
    Payment.objects.update(undone=F("amount"))
    assert {kept(each) for each in others} == {None}


def test_where_a_slip_stands_depends_on_the_hour(owed):
    payment(owed, amount="1000.00", handed_in="2026-10-20 12:00")
    for hour, is_covered in ((NOON - timedelta(seconds=1), False), (NOON, True)):
        with clock.set_to(hour):
            assert Slip.objects.covered().exists() is is_covered
            assert Slip.objects.held().exists() is not is_covered
    Slip.objects.update(returned_at=EVENING)
    assert not Slip.objects.covered().exists()
    assert not Slip.objects.held().exists()


def test_whatever_is_written_it_is_what_the_payments_say(owed):
    rng = Random(7)
    slips = [owed, slip(owed.order, "S2", due="30.00"), slip(owed.order, "S3", due="20.00")]
    for n in range(120):
        _something(rng, n, slips)
        for each in slips:
            assert kept(each) == worked_out(each), f"step {n}"
    assert list(covering()) == []


def _something(rng: Random, n: int, slips: list[Slip]) -> None:
    chosen = rng.choice([*Payment.objects.order_by("pk")] or [None])
    instant = MORNING + timedelta(minutes=rng.randint(0, 90))
    what = rng.randrange(7)
    if chosen is None or what < 2:
        Payment.objects.create(
            payment_no=f"P{n}",
            slip=rng.choice(slips),
            amount=yuan(f"{rng.randint(1, 25)}.00"),
            method=rng.choice(("cash", "cheque", "transfer")),
            received_at=MORNING,
            handed_in_at=rng.choice((None, instant)),
        )
    elif what == 2:
        Payment.objects.filter(pk=chosen.pk).update(handed_in_at=rng.choice((None, instant)))
    elif what == 3:
        Payment.objects.filter(pk=chosen.pk).update(undone=chosen.amount * rng.choice((0, 1)))
    elif what == 4:
        Payment.objects.filter(pk=chosen.pk).update(slip=rng.choice(slips))
    elif what == 5:
        Slip.objects.filter(pk=rng.choice(slips).pk).update(
            amount_due=yuan(f"{rng.randint(5, 60)}")
        )
    else:
        chosen.delete()


@pytest.mark.parametrize("said", [None, MORNING, EVENING])
def test_verify_finds_what_was_written_past_the_database(owed, said):
    payment(owed, amount="1000.00", handed_in="2026-10-20 12:00")
    assert list(covering()) == []
    with transaction.atomic(), connection.cursor() as cursor:
        for trigger in append_only.keeping():
            on = f" ON {trigger.table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {trigger.name}{on}")
    Slip.objects.update(covered_at=said)
    assert [problem.where for problem in covering()] == ["S1"]
    assert {trigger.name for trigger in append_only.keeping()} == set(append_only.missing())
    append_only.install()
    Slip.objects.update(covered_at=None)
    assert list(covering()) == []


def test_a_file_of_payments_covers_and_holds_the_slips_first(owed, tmp_path):
    """Files are put in place by the database itself; those they change are held as services do."""

    def load(received: str, handed_in: str) -> list[str]:
        path = tmp_path / "payments.csv"
        path.write_text(
            "payment_no,slip_no,amount,method,received_at,handed_in_at\n"
            f"P1,S1,1000.00,cash,{received},{handed_in}\n"
        )
        with CaptureQueriesContext(connection) as asked:
            [done] = sources_load(sources=contents_of([path]).sources)
        assert not done.reasons
        return [query["sql"] for query in asked]

    load("2026-10-20T10:00:00", "2026-10-20T12:00:00")
    assert kept(owed) == NOON
    said = load("2026-10-20T10:00:00", "2026-10-20T18:00:00")
    assert kept(owed) == EVENING
    if connection.vendor == "postgresql":
        [held] = [n for n, sql in enumerate(said) if "FOR NO KEY UPDATE" in sql]
        [changed] = [n for n, sql in enumerate(said) if sql.startswith('UPDATE "receivables_pay')]
        assert held < changed
