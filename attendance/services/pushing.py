"""Punches that attendance machines push (ATT-1): however often, by however many at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from attendance.models import Device, DevicePush, Punch
from attendance.services.pushed_rows import WrongRow, rows_read
from core import clock
from core.db import rows_insert_new
from core.months import Month
from payroll.models import PayMonth
from payroll.services import close_follow

REASONS_KEPT = 20
# What came of a message is looked at within weeks; its punches stay.
PUSHES_KEPT_FOR = timedelta(days=90)
SWEPT_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a message: every good row is new or known."""

    new: int
    known: int
    wrong: Sequence[WrongRow]


@transaction.atomic
def punches_take(*, device: Device, rows: Sequence[Any]) -> Taken:
    """Take a machine's punches: what is known already changes nothing, what is wrong is told.

    Punches of earlier days are taken too; where their days have been assessed already, the
    month's statements follow.
    """
    now = clock.now()
    read = rows_read(rows, now)
    new = _insert(device, read.good, now)
    DevicePush.objects.create(
        device=device,
        at=now,
        new=len(new),
        known=len(read.good) - len(new),
        wrong=len(read.wrong),
        reasons=[f"{each.row}: {each.reason}" for each in read.wrong[:REASONS_KEPT]],
        earliest=min(new, default=None),
    )
    _follow(new, now)
    return Taken(len(new), len(read.good) - len(new), read.wrong)


def _insert(device: Device, good: Iterable[tuple[int, datetime]], now: datetime) -> list[datetime]:
    """Add the punches that are not there yet; gives when those were."""
    adapt = connection.ops.adapt_datetimefield_value
    # Always in one order: two messages about the same punches wait for each other, never crosswise.
    ids = rows_insert_new(
        model=Punch,
        columns=("person_id", "at", "source", "came_at", "device_id"),
        rows=[
            (person, adapt(at), Punch.Source.DEVICE.value, adapt(now), device.pk)
            for person, at in sorted(set(good))
        ],
    )
    return list(Punch.objects.filter(pk__in=ids).values_list("at", flat=True)) if ids else []


def _follow(new: Iterable[datetime], now: datetime) -> None:
    """Ask each month for a close, once, of which a day was assessed without these punches."""
    today = clock.local_date(now)
    earliest: dict[Month, datetime] = {}
    for at in sorted(new, reverse=True):
        if (day := clock.local_date(at)) < today:
            earliest[Month.of(day)] = clock.end_of(day)
    if not earliest:
        return
    closed = PayMonth.objects.filter(month__in=list(earliest), closed_as_of__isnull=False)
    for month, as_of in closed.order_by("month").values_list("month", "closed_as_of"):
        if as_of and as_of >= earliest[month]:
            close_follow(month=month)


def pushes_old(now: datetime) -> QuerySet[DevicePush]:
    """What came of messages so long ago that nobody looks at it any more."""
    return DevicePush.objects.filter(at__lt=now - PUSHES_KEPT_FOR)


def pushes_sweep(*, most: int = SWEPT_AT_ONCE) -> int:
    """Take old messages away, `most` in one transaction; says how many. The punches stay."""
    now, swept = clock.now(), 0
    while part := list(pushes_old(now).order_by("at").values_list("pk", flat=True)[:most]):
        swept += DevicePush.objects.filter(pk__in=part).delete()[0]
    return swept
