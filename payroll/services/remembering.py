"""What a close read, remembered: where nothing changed since, nothing is left to do (adr/0013)."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Max, Sum

from core.db import plans_steady
from core.months import Month
from core.readings import Told, asking, fingerprint, reading_holds, reading_keep
from payroll.context import CloseContext
from payroll.models import Entry
from payroll.services.posting import Share


def part_of(month: Month, group: int | None = None) -> str:
    """How the memory names a part of a close: a group, or what concerns everybody."""
    return f"close {month}" if group is None else f"close {month}/{group}"


def is_unchanged(*, part: str, version: int, first_month: Month, as_of: datetime) -> bool:
    """Whether a part of a close would find the facts, and what it posted, as it left them.

    `version`: what moves whenever anybody posts in that part. To be asked in a read snapshot.
    """
    return reading_holds(subject=part, given=_given(version, first_month), at=as_of)


def remember(
    *,
    part: str,
    version: int,
    first_month: Month,
    context: CloseContext,
    read: Told,
    share: Share,
    records: Sequence[Callable[[], None]] = (),
) -> None:
    """Remember what a part of a close read, and what it left behind. In the posting transaction.

    `records` converge on what they wrote: called again they read it and write nothing.
    """
    plans_steady()
    with asking() as asked:
        share(Entry.objects.filter(for_month=context.month)).order_by().aggregate(
            Count("id"), Max("id"), Sum("amount")
        )
        for record in records:
            record()
    reading_keep(
        subject=part,
        given=_given(version, first_month),
        since=context.as_of,
        until=context.coming.next,
        told=[read, asked.told()],
    )


def _given(version: int, first_month: Month) -> str:
    steps = [*settings.MONTH_CLOSE_STEPS, *settings.DEPARTMENT_CLOSE_STEPS]
    paths = [path for path, *_rest in steps]
    return fingerprint(paths, settings.MONTH_CLOSE_RECORDS, str(first_month), version)
