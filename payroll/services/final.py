"""Final: the month takes no more entries, and what is due is paid out (PAY-2, PAY-6)."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from accounts.models import Person
from accounts.services import in_place
from core import clock
from core.db import read_snapshot
from core.months import Month
from core.services import audit
from core.templatetags.house import day
from payroll.assessment import (
    assess,
    context_of,
    department_context,
    department_steps,
    first_month_of_books,
    group_steps,
)
from payroll.groups import Group, group_numbers
from payroll.models import EmploymentTerms, Entry, FinalRequest, MonthGroup, PayMonth
from payroll.querysets import WORK_ON_BOOKS, statement_lines
from payroll.reviewing import MonthReview, month_review
from payroll.rules import Account, Arithmetic, Charge, Evidence
from payroll.rules.appeals import FinalRefusal, final_refusal
from payroll.services.posting import (
    EntryRow,
    Posting,
    entries_post,
    last_final,
    ledger_difference,
    of_department,
    of_group,
)
from payroll.services.remembering import is_unchanged, part_of
from policy.services import policy_freeze


class CannotFinal(Exception):
    """The month cannot be made final; the message says why, in the reader's language."""


class ChangedSinceAsked(CannotFinal):
    """The statements are not those the other one was asked to confirm."""


def month_final(
    *,
    month: Month,
    actor: Any = None,
    early_reason: str = "",
    posted_entries: int | None = None,
) -> PayMonth:
    """Make a closed month final: pay out what is positive, bring forward what is not.

    Finals follow each other in order, only once the month is over and closed after its end, and
    only while the statements still say what the facts say: nobody is paid what nobody looked at.
    Never while an appeal is open; before the time to object has ended only when everybody has
    acknowledged, or with `early_reason`, which is kept in the audit trail (PAY-2).
    With `posted_entries` only the statements as they were with so many entries.
    Raises `CannotFinal`, and of it `ChangedSinceAsked`.
    """
    seen = final_check(month=month, early_reason=early_reason, posted_entries=posted_entries)
    _check_still_right(month, seen)
    return _make_final(month=month, seen=seen, actor=actor, early_reason=early_reason)


def final_check(
    *, month: Month, early_reason: str = "", posted_entries: int | None = None
) -> PayMonth:
    """The month as it stands, if it could be made final as far as can be told without reckoning
    it anew. Raises `CannotFinal`."""
    seen = _found(month)
    if posted_entries not in (None, seen.posted_entries):
        raise ChangedSinceAsked(
            _("the statements of %(month)s have changed since it was asked for; look and ask again")
            % {"month": month}
        )
    _check(month, seen)
    _check_reviewed(seen, early_reason)
    return seen


@transaction.atomic
def _make_final(*, month: Month, seen: PayMonth, actor: Any, early_reason: str) -> PayMonth:
    pay_month = PayMonth.objects.select_for_update().get(pk=seen.pk)
    if pay_month.version != seen.version:
        raise CannotFinal(_("%(month)s changed meanwhile; look again") % {"month": month})
    _check(month, pay_month)
    _check_reviewed(pay_month, early_reason)
    terms_keep(month=month)
    entries_post(pay_month=month, rows=list(_settlements(month, actor=actor)))
    PayMonth.objects.filter(pk=pay_month.pk).update(
        state=PayMonth.State.FINAL,
        final_at=clock.now(),
        final_by=actor,
    )
    policy_freeze(through=month.last_day)
    FinalRequest.objects.filter(month=month, state=FinalRequest.State.ASKED).update(
        state=FinalRequest.State.CONFIRMED, ended_at=clock.now(), ended_by=actor
    )
    changes: dict[str, Any] = {"state": [seen.state, PayMonth.State.FINAL]}
    if early_reason.strip():
        changes["early_reason"] = [None, early_reason.strip()]
    changes |= in_place(actor, *WORK_ON_BOOKS)
    audit(actor=actor, action="final", subject=f"month {month}", changes=changes)
    return PayMonth.objects.get(pk=pay_month.pk)


def _check_reviewed(pay_month: PayMonth, early_reason: str) -> None:
    """Raise `CannotFinal` while its people have still to be heard (PAY-2)."""
    review = month_review(pay_month)
    refusal = final_refusal(
        open_appeals=review.open_appeals,
        window=review.window,
        waiting_for=review.waiting_for,
        early_reason=early_reason,
        now=clock.now(),
    )
    if refusal == FinalRefusal.APPEALS:
        raise CannotFinal(
            ngettext(
                "%(n)s appeal is open: it is decided first",
                "%(n)s appeals are open: they are decided first",
                review.open_appeals,
            )
            % {"n": review.open_appeals}
        )
    if refusal == FinalRefusal.WINDOW:
        raise CannotFinal(early_says(review))


def early_says(review: MonthReview) -> str:
    """Why a month is not final before its time without a stated reason."""
    values = {"n": review.waiting_for}
    if review.window is None:
        return (
            ngettext(
                "%(n)s person has not acknowledged yet: before that it needs a reason",
                "%(n)s people have not acknowledged yet: before that it needs a reason",
                review.waiting_for,
            )
            % values
        )
    return ngettext(
        "%(n)s person has not acknowledged and can object until the end of %(day)s: "
        "before that it needs a reason",
        "%(n)s people have not acknowledged and can object until the end of %(day)s: "
        "before that it needs a reason",
        review.waiting_for,
    ) % {**values, "day": day(review.window.last_day)}


def _found(month: Month) -> PayMonth:
    found = PayMonth.objects.filter(month=month).first()
    if found is None:
        raise CannotFinal(_("%(month)s has not been closed") % {"month": month})
    return found


def _check_still_right(month: Month, seen: PayMonth) -> None:
    """In one snapshot, whatever the groups of the close saw one after the other."""
    with read_snapshot():
        if _has_changed(month, seen.closed_as_of or clock.now()):
            raise CannotFinal(
                _("facts have changed since %(month)s was closed; close it again and look")
                % {"month": month}
            )


def _has_changed(month: Month, as_of: datetime) -> bool:
    first = first_month_of_books(month)
    groups = {group.number: group for group in MonthGroup.objects.filter(month=month)}
    for number in group_numbers():
        known = groups.get(number)
        if known and is_unchanged(
            part=part_of(month, number), version=known.version, first_month=first, as_of=as_of
        ):
            continue
        if _group_has_changed(month, as_of, Group.numbered(number)):
            return True
    whole = assess(
        department_context(month=month, as_of=as_of, groups=groups.values()),
        steps=department_steps(),
    )
    return bool(ledger_difference(month=month, wanted=whole.charges, share=of_department))


def _group_has_changed(month: Month, as_of: datetime, group: Group) -> bool:
    found = assess(context_of(month=month, as_of=as_of, group=group), steps=group_steps())
    return bool(ledger_difference(month=month, wanted=found.charges, share=of_group(group)))


def terms_keep(*, month: Month) -> None:
    """Keep on what terms everybody was employed: a final month is never reckoned on later ones."""
    EmploymentTerms.objects.bulk_create(
        EmploymentTerms(
            month=month,
            person=person,
            channel=person.channel,
            hired_on=person.hired_on,
            left_on=person.left_on,
            base_salary=person.base_salary,
        )
        for person in Person.objects.salespeople()
    )


def _check(month: Month, pay_month: PayMonth) -> None:
    if pay_month.is_final:
        raise CannotFinal(_("%(month)s is final already") % {"month": month})
    if pay_month.state != PayMonth.State.CLOSED:
        raise CannotFinal(_("%(month)s has not been closed") % {"month": month})
    if pay_month.closed_as_of is None or pay_month.closed_as_of < month.end:
        raise CannotFinal(
            _("%(month)s was closed before it ended; close it again") % {"month": month}
        )
    groups = list(MonthGroup.objects.filter(month=month))
    if pay_month.reckoned != sum(group.version for group in groups):
        raise CannotFinal(
            _("a close of %(month)s has not come to its end; wait for it or close again")
            % {"month": month}
        )
    if set_aside := sorted(no for group in groups for no in group.set_aside):
        raise CannotFinal(
            _("%(people)s could not be reckoned; see the jobs page")
            % {"people": ", ".join(set_aside)}
        )
    if first := _comes_first(month):
        raise CannotFinal(_("%(month)s is not final yet and comes first") % {"month": first})


def _comes_first(month: Month) -> Month | None:
    """The month that has to be final before this one.

    They follow each other without a gap: what was posted to a month left out, correcting the one
    before, would never be paid.
    """
    final = last_final()
    if final and final.next() < month:
        return final.next()
    waiting = PayMonth.objects.filter(month__lt=month, state=PayMonth.State.CLOSED)
    return waiting.order_by("month").values_list("month", flat=True).first()


def _settlements(month: Month, *, actor: Any) -> Iterator[EntryRow]:
    ids = dict(Person.objects.order_by().values_list("employee_no", "id"))
    posting = Posting(month=month, pay_month=month, ids=ids, job=f"final {month}", actor=actor)
    for employee_no, lines in sorted(statement_lines(month).items()):
        balance = sum(lines.values(), Decimal("0.00"))
        if balance:
            yield posting.entry_of(
                _settlement(employee_no, month, balance), purpose=Entry.Purpose.SETTLEMENT
            )


def _settlement(employee_no: str, month: Month, balance: Decimal) -> Charge:
    """A positive balance goes to the bank; a negative one becomes arrears, paying nothing."""
    paid_out = balance > 0
    return Charge(
        key=f"PAY-6/{employee_no}/{month}/{'payout' if paid_out else 'arrears'}",
        employee_no=employee_no,
        rule="PAY-6",
        source=Account.PAY if paid_out else Account.ARREARS,
        target=Account.BANK if paid_out else Account.PAY,
        amount=abs(balance),
        policy_on=month.last_day,
        arithmetic=Arithmetic(
            gettext_noop("sum of the statement: {total}"), {"total": str(balance)}
        ),
        evidence=(Evidence("statements", f"{employee_no} {month}"),),
    )
