"""The months that are over: drafts, objections, final, paid out (PAY-2, PAY-3, PAY-6)."""

from datetime import time, timedelta
from typing import Any

from core import clock
from core.files.reading import file_read
from core.months import Month
from payroll.models import Appeal, Entry, PayMonth
from payroll.reviewing import seen_of
from payroll.services import (
    appeal_decide,
    appeal_file,
    appeal_say,
    final_ask,
    final_confirm,
    month_close,
    statement_acknowledge,
)
from payroll.services.appeals import is_taken
from salesforce.demo.played.pay import accounts_play, payout_play
from salesforce.demo.played.photo import clock_photo
from salesforce.demo.played.stage import form, jobs_work_off, on, person, user

SHE = "Y001"
ACKNOWLEDGE = ("Y002", "Y003", "Y005")
"""Who has read and acknowledged last month's draft. None of them objects to a line."""
OBJECTING = ("Y004", "Y007", "Y008", "Y012", "Y013", "Y014", "Y015", "Y016", "Y019", "Y020")
"""Who may object to a fine; which of them had one hangs on the days of the year."""
HALF_AN_HOUR = timedelta(minutes=30)


def month_before_last_play(month: Month) -> None:
    """Closed, objected to, final by two when the time was over, and paid out."""
    with clock.set_to(month.end + HALF_AN_HOUR):
        month_close(month=month)
    first = clock.local_date(month.end)
    with on(first, time(10, 20)):
        reserve = Entry.objects.standing().get(key=f"RES-1/{SHE}/{month}")
        appeal = _object(reserve, "坏账准备金这个月又扣了150元，是否多扣？离职时怎样退还？")
    with on(first, time(16, 5)):
        _decide(appeal, grant=False, reply="每月一笔，没有多扣；准备金归本人，离职结清后退还余额。")
    over = PayMonth.objects.get(month=month).objections_until or first
    with on(over + timedelta(days=1), time(9, 30)):
        asked = final_ask(month=month, actor=user("C001"))
    with on(over + timedelta(days=1), time(11, 10)):
        final_confirm(asked=asked, actor=user("M001"))
    accounts_play(from_on=month.first_day, entered_on=first)
    payout_play(month, on_day=over + timedelta(days=2))


def last_month_play(month: Month) -> None:
    """A draft since today: one objection waits, one is talked over, one was granted."""
    month_close(month=month, as_of=month.end + HALF_AN_HOUR)
    waits, asked, granted = _fines(month)
    photo = clock_photo("大厅挂钟.jpg", hour=8, minute=56)
    _object(waits, "当天八点五十六分已到公司，打卡机排队，附大厅挂钟的照片。", photo)
    talked = _object(asked, "那天上午在客户处签单，没有来得及补外出登记。")
    appeal_say(
        appeal=talked,
        text="请补充客户名称和当天的签单编号，便于核对。",
        token=form("asked"),
        asks=True,
        actor=user("M001"),
    )
    excused = _object(granted, "当天暴雨地铁停运，公司群里通知过可以晚到。")
    _decide(excused, grant=True, reply="情况属实，当天停运通知已核实，予以免除。")
    jobs_work_off()  # the ledger follows what was granted
    for no in ACKNOWLEDGE:
        who = person(no)
        digest = seen_of(month, who.pk).digest
        statement_acknowledge(month=month, person=who, digest=digest, actor=user(no))


def _fines(month: Month) -> list[Entry]:
    """One line of each of three people: who came late, if enough did."""
    entries = Entry.objects.standing().filter(
        pay_month=month, for_month=month, person__employee_no__in=OBJECTING
    )
    taken = [entry for entry in entries.select_related("person") if is_taken(entry)]
    first: dict[str, Entry] = {}
    for entry in sorted(taken, key=lambda entry: (not _came_late(entry), entry.key)):
        first.setdefault(entry.employee_no, entry)
    return list(first.values())[:3]


def _came_late(entry: Entry) -> bool:
    return entry.rule == "ATT-2" and entry.key.endswith("/in")


def _object(entry: Entry, text: str, photo: Any = None) -> Appeal:
    return appeal_file(
        entry=entry,
        text=text,
        token=form(entry.key),
        files=[file_read(photo)] if photo else [],
        actor=user(entry.employee_no),
    )


def _decide(appeal: Appeal, *, grant: bool, reply: str) -> None:
    seen = Appeal.objects.select_related("entry").get(pk=appeal.pk)
    appeal_decide(appeal=seen, grant=grant, reply=reply, actor=user("M001"))
