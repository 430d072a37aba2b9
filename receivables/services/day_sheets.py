"""The cashier's day sheet: closed by the cashier, signed off by finance (SLIP-3)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.services import in_place
from core import clock
from core.db import queue_up
from core.money import total
from core.services import audit, audit_subject
from core.templatetags.house import moment
from receivables.models import DaySheet, Handover
from receivables.rules.slips import number_after
from receivables.services.refusals import ChangedMeanwhile, CounterRefused

BEFORE_THE_FIRST = "R000000"


@transaction.atomic
def sheet_close(*, actor: Any, through: int) -> DaySheet:
    """Put all handovers that stand on no sheet on the next one, as they were seen.

    `through`: the id of the last one seen; what was counted after it goes on the next sheet.
    Numbered without gaps: who closes waits for the one before. Raises `CounterRefused` where
    nothing was counted, so that a second press closes nothing.
    """
    queue_up("day sheets")
    open_ones = Handover.objects.select_for_update().filter(sheet=None, pk__lte=through)
    rows = list(open_ones.order_by("pk"))
    if not rows:
        raise CounterRefused(_("Nothing has been counted since the last sheet."))
    sheet = DaySheet.objects.create(
        sheet_no=number_after(_latest_number()),
        date=clock.today(),
        cash=total(row.cash for row in rows),
        cheques=total(row.cheques for row in rows),
        closed_at=clock.now(),
        closed_by=actor,
    )
    mine = Handover.objects.filter(pk__in=[row.pk for row in rows], sheet=None)
    if mine.update(sheet=sheet) != len(rows):
        raise ChangedMeanwhile(_("Another sheet was closed meanwhile; look again."))
    audit(
        actor=actor,
        action="close sheet",
        subject=audit_subject(sheet),
        changes={
            "handovers": [None, len(rows)],
            "cash": [None, str(sheet.cash)],
            "cheques": [None, str(sheet.cheques)],
            **in_place(actor, "cashier"),
        },
    )
    return sheet


def _latest_number() -> str:
    latest = DaySheet.objects.order_by("-pk").values_list("sheet_no", flat=True).first()
    return latest or BEFORE_THE_FIRST


@transaction.atomic
def sheet_sign(*, actor: Any, sheet: DaySheet) -> None:
    """Finance signs off a sheet, once, and not one they closed themselves."""
    if sheet.closed_by_id is not None and actor is not None and actor.pk == sheet.closed_by_id:
        raise CounterRefused(_("Who closed the sheet does not sign it off."))
    at = clock.now()
    unsigned = DaySheet.objects.filter(pk=sheet.pk, signed_at=None)
    if unsigned.update(signed_at=at, signed_by=actor) != 1:
        raise ChangedMeanwhile(_signed_says(sheet))
    changes = {"signed_by": [None, str(actor)], **in_place(actor, "finance")}
    audit(actor=actor, action="sign off", subject=audit_subject(sheet), changes=changes)


def _signed_says(sheet: DaySheet) -> str:
    now = DaySheet.objects.select_related("signed_by__person").get(pk=sheet.pk)
    who: Any = now.signed_by
    return _("%(who)s has signed it off already, at %(when)s.") % {
        "who": who.get_full_name() if who else "—",
        "when": moment(now.signed_at),
    }
