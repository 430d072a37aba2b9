"""Doors of the evening's counter (SLIP-3)."""

from collections.abc import Callable
from decimal import Decimal
from uuid import uuid4

from django.urls import reverse

from receivables.models import DaySheet, Discrepancy, Handover, Payment, SlipCount
from receivables.querysets.day_sheets import next_sheet
from receivables.querysets.slip_counts import slips_in_hand
from receivables.services import handover_count, sheet_close, slip_count_keep
from tests.access.door import ALL_PAY, HER_PAY, MONEY, Door, plain, those
from tests.access.world import HER_SLIP, World
from tests.cast import CASHIER, FINANCE, SHE


def _counted(world: World) -> Handover:
    """Her money, counted with ten yuan missing: once in a world."""
    if found := Handover.objects.filter(person=world.her).order_by("pk").first():
        return found
    row = Payment.objects.get(slip__slip_no=HER_SLIP)
    return handover_count(
        actor=None, person=world.her, payments=[row.pk],
        denominations={Decimal(10): 99}, token=uuid4(),
    )  # fmt: skip


def her_handover(world: World) -> str:
    return reverse("handover", args=[_counted(world).pk])


def her_difference(name: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[_counted(world).discrepancy.pk])


def _now(world: World) -> tuple[str, int]:
    found = Discrepancy.objects.get()
    return found.state, found.version


def _explained(world: World) -> dict[str, object]:
    return {"version": 0, "text": "I gave too much change."}


def _settled(world: World) -> dict[str, object]:
    return {"version": 0, "way": "borne", "note": "x"}


def _all_of_hers(world: World) -> dict[str, object]:
    """A thousand in cash, as it is recorded."""
    ids = Payment.objects.in_hand().filter(slip__person=world.her).values_list("pk", flat=True)
    return {"token": str(uuid4()), "payments": list(ids), "note_10000": 10}


def _handovers(world: World) -> int:
    return Handover.objects.count()


def _to_close(world: World) -> str:
    _counted(world)
    return reverse("sheet_make")


def _sheets(world: World) -> int:
    return DaySheet.objects.count()


def _sheet(name: str) -> Callable[[World], str]:
    def address(world: World) -> str:
        _counted(world)
        through = next_sheet()["through"]
        made = sheet_close(actor=None, through=through) if through else DaySheet.objects.get()
        return reverse(name, args=[made.sheet_no])

    return address


def _signed(world: World) -> int:
    return DaySheet.objects.filter(signed_at__isnull=False).count()


def _held(world: World) -> list[str]:
    return list(slips_in_hand(world.her).values_list("slip_no", flat=True))


def _count(name: str) -> Callable[[World], str]:
    def address(world: World) -> str:
        held = _held(world)
        made = SlipCount.objects.first() or slip_count_keep(
            actor=None, person=world.her, seen=held, shown=held
        )
        return reverse(name, args=[made.pk])

    return address


def _confirmed(world: World) -> int:
    return SlipCount.objects.filter(confirmed_at__isnull=False).count()


def _counts(world: World) -> int:
    return SlipCount.objects.count()


def of_her(name: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[SHE])


DOORS = {
    "counter": Door(plain("counter"), get=those(CASHIER)),
    "counter_person": Door(
        of_her("counter_person"),
        get=those(CASHIER),
        post=those(CASHIER),
        data=_all_of_hers,
        effect=_handovers,
        shows=lambda world: HER_SLIP,
    ),
    "handovers": Door(plain("handovers"), get=MONEY),
    "handover": Door(her_handover, get=HER_PAY, hidden=True, shows=lambda world: HER_SLIP),
    "differences": Door(plain("differences"), get=MONEY),
    "difference": Door(
        her_difference("difference"), get=HER_PAY, hidden=True, shows=lambda world: world.her.name
    ),
    "difference_cash": Door(
        her_difference("difference_cash"),
        get=those(CASHIER),
        post=those(CASHIER),
        hidden=True,
        sees=HER_PAY,
        data=lambda world: {"token": str(uuid4()), "note_1000": 1},
        effect=_handovers,
    ),
    "difference_explain": Door(
        her_difference("difference_explain"),
        post=those(SHE),
        hidden=True,
        sees=HER_PAY,
        data=_explained,
        effect=_now,
    ),
    "difference_settle": Door(
        her_difference("difference_settle"),
        post=those(FINANCE),
        hidden=True,
        sees=HER_PAY,
        data=_settled,
        effect=_now,
    ),
    "sheets": Door(plain("sheets"), get=ALL_PAY),
    "sheet_make": Door(
        _to_close,
        post=those(CASHIER),
        data=lambda world: {"through": next_sheet()["through"]},
        effect=_sheets,
    ),
    "sheet": Door(_sheet("sheet"), get=ALL_PAY, shows=lambda world: world.her.name),
    "sheet_sign_off": Door(_sheet("sheet_sign_off"), post=those(FINANCE), effect=_signed),
    "slips_agree": Door(
        of_her("slips_agree"),
        get=those(FINANCE),
        post=those(FINANCE),
        data=lambda world: {"seen": _held(world), "shown": [HER_SLIP]},
        effect=_counts,
        shows=lambda world: HER_SLIP,
    ),
    "slip_count": Door(
        _count("slip_count"), get=HER_PAY, hidden=True, shows=lambda world: HER_SLIP
    ),
    "slip_count_agree": Door(
        _count("slip_count_agree"), post=those(SHE), hidden=True, sees=HER_PAY, effect=_confirmed
    ),
}
