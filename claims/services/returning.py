"""Goods that come back or do not, and in what condition (GOOD-1). The charge follows the facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from claims.models import Goods, Loan
from claims.services.goods import goods_locked
from claims.services.keeping import LOAN, files_keep
from claims.services.refusals import ChangedMeanwhile, ClaimsRefused
from claims.services.telling import condition_tell
from core import clock
from core.files.reading import ReadFile
from core.months import Month
from core.services import audit, audit_subject
from core.templatetags.house import day
from payroll.services import close_follow

Condition = Loan.Condition


@dataclass(frozen=True, slots=True)
class Found:
    """What the keeper found, and on which day."""

    condition: str
    on: date
    note: str = ""


@transaction.atomic
def loan_return(
    *, loan: Loan, found: Found, files: Iterable[ReadFile] = (), actor: Any = None
) -> Loan:
    """Record that goods are back or lost. Damaged and lost are charged at the price by the close.

    Damage needs a note and a photo, loss a note. Raises `ClaimsRefused`, `ChangedMeanwhile` for
    who comes second, and `FileRefused`.
    """
    photos = list(files)
    _check(loan, found, photos)
    values = {"returned_on": found.on, "condition": found.condition, "return_note": found.note}
    if Loan.objects.filter(pk=loan.pk, returned_on=None).update(**values) != 1:
        raise ChangedMeanwhile(_what_it_became(loan))
    files_keep(files=photos, kind=LOAN, owner=loan.pk, actor=actor)
    changes = {
        "returned_on": [None, str(found.on)],
        "condition": [loan.condition, found.condition],
        "return_note": ["", found.note],
    }
    audit(actor=actor, action="return", subject=audit_subject(loan), changes=changes)
    return _follow(loan, actor)


def _check(loan: Loan, found: Found, photos: list[ReadFile]) -> None:
    if found.on > clock.today():
        raise ClaimsRefused(_("The day lies in the future."))
    lent_on = clock.local_date(loan.lent_at)
    if found.on < lent_on:
        raise ClaimsRefused(_("It was lent on %(day)s: no earlier day.") % {"day": day(lent_on)})
    if found.condition != Condition.GOOD and not found.note.strip():
        raise ClaimsRefused(_("Say what is damaged, or how it was lost."))
    if found.condition == Condition.DAMAGED and not photos:
        raise ClaimsRefused(_("Damage needs a photo."))


@transaction.atomic
def loan_correct(
    *,
    loan: Loan,
    condition: str,
    reason: str,
    files: Iterable[ReadFile] = (),
    actor: Any = None,
) -> Loan:
    """Correct a condition that was recorded wrongly, as it was seen, with the reason; the day
    stays. The next close takes the charge back, or makes it.

    Raises `ClaimsRefused`, and `ChangedMeanwhile` for who comes second.
    """
    if not reason.strip():
        raise ClaimsRefused(_("Say why."))
    if loan.returned_on is None:
        raise ClaimsRefused(_("It is not back yet."))
    if condition == loan.condition:
        raise ClaimsRefused(_("That is its condition already."))
    seen = Loan.objects.filter(pk=loan.pk, returned_on=loan.returned_on, condition=loan.condition)
    if seen.update(condition=condition) != 1:
        raise ChangedMeanwhile(_what_it_became(loan))
    files_keep(files=files, kind=LOAN, owner=loan.pk, actor=actor)
    audit(
        actor=actor,
        action="condition corrected",
        subject=audit_subject(loan),
        changes={"condition": [loan.condition, condition], "reason": [None, reason.strip()]},
    )
    return _follow(loan, actor)


def _follow(loan: Loan, actor: Any) -> Loan:
    """What hangs on a condition: the register, whoever had the goods, the month's statements."""
    now = Loan.objects.select_related("person").get(pk=loan.pk)
    was_lost, is_lost = (each.condition == Condition.LOST for each in (loan, now))
    if now.goods_id and was_lost != is_lost:
        _register(now.goods_id, now, clock.today() if is_lost else None, actor)
    condition_tell(loan=now, actor=actor)
    if now.returned_on and (now.is_charged or loan.is_charged):
        close_follow(month=Month.of(now.returned_on), actor=actor)
    return now


def _register(pk: int, loan: Loan, retired_on: date | None, actor: Any) -> None:
    """What is lost is lent no more; what is found again is."""
    goods = goods_locked(pk)
    if (goods.retired_on is None) == (retired_on is None):
        return
    Goods.objects.filter(pk=goods.pk).update(retired_on=retired_on, version=goods.version + 1)
    was = goods.retired_on
    audit(
        actor=actor,
        action="retire" if retired_on else "lend again",
        subject=audit_subject(goods),
        changes={
            "retired_on": [was and str(was), retired_on and str(retired_on)],
            "loan": [None, loan.loan_no],
        },
    )


def _what_it_became(loan: Loan) -> str:
    now = Loan.objects.get(pk=loan.pk)
    return _("Somebody else was first: %(condition)s, found on %(day)s.") % {
        "condition": now.get_condition_display() or "—",
        "day": day(now.returned_on) or "—",
    }
