"""Spot checks: drawn by the program, judged, replied to, decided by another (VIS-3).

The fine follows by convergence: the month of the day of inspection is closed again where it was.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Channel, Person
from accounts.rules import deciding_roles
from accounts.services import in_place
from core import clock
from core.months import Month
from core.services import audit, audit_subject
from core.templatetags.house import day as day_text
from customers.models import QuietMark, SpotCheck, SpotCheckDraw
from customers.querysets.spot_checks import customers_to_revisit, genuine_days, quiet_days
from customers.reads.spot_checks import verification_of
from customers.rules.spot_checks import (
    JUDGE_WITHIN,
    REPLY_WITHIN,
    SPOKE,
    NoCall,
    NoVerdict,
    drawn,
    why_no_result,
    why_not_none,
)
from customers.services.changing import change_audited
from customers.services.refusals import ChangedMeanwhile, VisitRefused
from customers.services.telling import check_answered_tell, check_replied_tell, check_tell
from payroll.services import close_follow
from policy.querysets import policy_book, workdays
from policy.workdays import Workdays

MOST = 10  # customers of a sample


@dataclass(frozen=True, slots=True)
class Findings:
    """What a check found: the checklist, the telephone call with whom and when, words."""

    records_read: bool
    times_compared: bool
    phone: str
    note: str = ""
    spoken_with: str = ""
    spoken_at: datetime | None = None

    @property
    def spoken(self) -> dict[str, Any]:
        """Who answered and when; nothing of either where nobody did."""
        if self.phone not in SPOKE:
            return {"spoken_with": "", "spoken_at": None}
        return {"spoken_with": self.spoken_with.strip(), "spoken_at": self.spoken_at}


@transaction.atomic
def check_draw(*, person: Person, size: int, actor: Any) -> SpotCheckDraw:
    """Draw a sample of somebody's customers to look at today; the second time that day it is the
    first one. Raises `VisitRefused` where no return visit can be due yet.
    """
    today = clock.today()
    held = _held(person)
    if known := SpotCheckDraw.objects.filter(person=held, on=today).first():
        return known  # type: ignore[no-any-return]
    interval = timedelta(days=policy_book().on(today).return_visit_days)
    among = dict(customers_to_revisit(held, today - interval).values_list("customer_no", "pk"))
    if not among:
        raise VisitRefused(_("%(name)s has no customer who is due by now.") % {"name": held.name})
    draw = SpotCheckDraw.objects.create(
        person=held,
        on=today,
        seed=secrets.token_hex(8),
        among=sorted(among),
        size=max(1, min(size, MOST)),
        judge_by=_workdays_on(today, JUDGE_WITHIN, workdays()),
        drawn_by=actor,
    )
    for no in drawn(draw.seed, among, draw.size):
        facts = {"person": held, "customer_id": among[no], "checked_on": today}
        # A file of the company's table may have brought one of that day.
        SpotCheck.objects.get_or_create(**facts, defaults={"draw": draw, "verdict": ""})
    said = {"seed": [None, draw.seed], "size": [None, draw.size]}
    audit(actor=actor, action="check drawn", subject=audit_subject(draw), changes=said)
    return draw


def _held(person: Person) -> Person:
    """Nobody else draws of theirs until this is done."""
    return Person.objects.select_for_update(no_key=True).get(pk=person.pk)


def _workdays_on(day: date, count: int, calendar: Workdays) -> date:
    for _n in range(count):
        day = calendar.next_after(day)
    return day


@transaction.atomic
def check_judge(*, check: SpotCheck, verdict: str, findings: Findings, actor: Any) -> SpotCheck:
    """The verdict on a check, as it was seen; "none" is charged, and refused where a genuine
    record lies within the interval (VIS-3), or none could be made of a customer whom a telephone
    salesperson was not to disturb (VIS-4). It can be corrected until somebody replies.

    The telephone verification says who answered and when. It is no sales call (VIS-4): it follows
    no script, makes no visit record and no point, and neither asks how often the customer was
    called that day nor counts among it, so that checking takes no call away from selling. The mark
    stands above it all the same: whoever does not want to be disturbed (S6.20) is not called to
    verify anything either, gets "not called" for a result, and no number of theirs is shown.

    Raises `VisitRefused`, `ChangedMeanwhile` for who comes second.
    """
    _check_judging(check, verdict, findings)
    _hold(check)
    _check_call(check, findings, actor)
    if verdict == SpotCheck.Verdict.NONE:
        _check_none(check)
    until = None
    if verdict == SpotCheck.Verdict.NONE:
        until = _workdays_on(clock.today(), REPLY_WITHIN, workdays())
    judged = _changed(
        check,
        "check judged",
        actor,
        verdict=verdict,
        records_read=findings.records_read,
        times_compared=findings.times_compared,
        phone=findings.phone,
        note=findings.note.strip(),
        **findings.spoken,
        checked_by=actor,
        judged_at=clock.now(),
        reply_until=until,
    )
    check_tell(check=judged, actor=actor)
    return judged


def _hold(check: SpotCheck) -> None:
    """A record that the salesperson is making now is awaited."""
    Person.objects.select_for_update(no_key=True).get(pk=check.person_id)


def _check_judging(check: SpotCheck, verdict: str, findings: Findings) -> None:
    if verdict not in SpotCheck.Verdict.values:
        raise VisitRefused(_("There is no such verdict."))
    if findings.phone not in SpotCheck.Phone.values:
        raise VisitRefused(_("Say what came of the telephone call."))
    if not (findings.records_read and findings.times_compared):
        raise VisitRefused(_("A verdict comes after the whole checklist."))
    if check.replied_at:
        raise ChangedMeanwhile(_("The salesperson has replied meanwhile; somebody else decides."))
    if check.draw is None or check.draw.judge_by < clock.today():
        raise VisitRefused(_("The time for a verdict is over: the check lapses."))


NO_CALL = {
    NoCall.QUIET: gettext_lazy("The customer does not want to be disturbed: choose “not called”."),
    NoCall.COULD_BE: gettext_lazy("There is a number to call: a verdict comes after the call."),
    NoCall.WHO: gettext_lazy("Say whom you spoke with, and when."),
    NoCall.BEFORE: gettext_lazy("The call lies before the day of inspection."),
    NoCall.AHEAD: gettext_lazy("The call lies ahead."),
}


def _check_call(check: SpotCheck, findings: Findings, actor: Any) -> None:
    """A verdict is corrected with the telephone result that it had, whatever came since."""
    if findings.phone == check.phone and findings.spoken == _spoken(check):
        return
    marks = QuietMark.objects.standing().filter(customer=check.customer_id)
    why = why_no_result(
        findings.phone,
        findings.spoken_with,
        findings.spoken_at,
        quiet_since=marks.values_list("marked_at", flat=True).first(),
        can_be_called=verification_of(actor, check).can_be_called,
        since=clock.start_of(check.checked_on),
        now=clock.now(),
    )
    if why is not None:
        raise VisitRefused(str(NO_CALL[why]))


def _spoken(check: SpotCheck) -> dict[str, Any]:
    return {"spoken_with": check.spoken_with, "spoken_at": check.spoken_at}


def _check_none(check: SpotCheck) -> None:
    interval = policy_book().on(check.checked_on).return_visit_days
    first = check.checked_on - timedelta(days=interval)
    visited = genuine_days(check.customer_id, first, check.checked_on)
    quiet = quiet_days(check.customer_id) if check.person.channel == Channel.TELEPHONE else ()
    why = why_not_none(visited, check.customer.created_on, check.checked_on, interval, quiet)
    if why is NoVerdict.RECORD:
        raise VisitRefused(
            _("A genuine record of %(day)s lies within %(days)s days: there is one.")
            % {"day": day_text(max(visited)), "days": interval}
        )
    if why is NoVerdict.TOO_NEW:
        raise VisitRefused(
            _("The file is younger than %(days)s days: no return visit was due.")
            % {"days": interval}
        )
    if why is NoVerdict.QUIET:
        raise VisitRefused(
            _("Do-not-disturb stood throughout those %(days)s days: every call was forbidden.")
            % {"days": interval}
        )


@transaction.atomic
def check_reply(*, check: SpotCheck, text: str, actor: Any) -> SpotCheck:
    """What the salesperson says to "no record", once and in time; another than the checker decides.

    Raises `VisitRefused`, `ChangedMeanwhile`.
    """
    if not text.strip():
        raise VisitRefused(_("Write what you have to say."))
    if check.verdict != SpotCheck.Verdict.NONE or check.reply_until is None:
        raise ChangedMeanwhile(_("There is nothing to answer any more."))
    if check.replied_at:
        raise ChangedMeanwhile(_("You have answered already."))
    if check.reply_until < clock.today():
        raise VisitRefused(_("The time for a reply is over; object to the line of the statement."))
    replied: SpotCheck = change_audited(
        check, action="check replied", actor=actor, reply=text.strip(), replied_at=clock.now()
    )
    check_replied_tell(check=replied, actor=actor)
    return replied


@transaction.atomic
def check_answer(*, check: SpotCheck, accept: bool, reason: str, actor: Any) -> SpotCheck:
    """Accept a reply, and the fine is reversed; or reject it, with the reason. That it is another
    than the checker says whoever calls (`can_answer_check`)."""
    if not reason.strip():
        raise VisitRefused(_("A decision needs its reason."))
    if not check.replied_at or check.answer:
        raise ChangedMeanwhile(_("It was decided meanwhile; look again."))
    answer = SpotCheck.Answer.ACCEPTED if accept else SpotCheck.Answer.REJECTED
    answered = _changed(
        check,
        "check answered",
        actor,
        answer=answer,
        answered_by=actor,
        answered_at=clock.now(),
        answered_reason=reason.strip(),
    )
    check_answered_tell(check=answered, actor=actor)
    return answered


def _changed(check: SpotCheck, action: str, actor: Any, **values: Any) -> SpotCheck:
    more = in_place(actor, *deciding_roles(check.person.role_set))
    changed: SpotCheck = change_audited(check, action=action, actor=actor, more=more, **values)
    close_follow(month=Month.of(check.checked_on), actor=actor)
    return changed
