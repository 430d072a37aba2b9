"""Bank accounts and the payout of a final month (PAY-6)."""

from datetime import date, time, timedelta

from accounts.models import Person
from core.months import Month
from payroll.models import PayoutLine
from payroll.services import (
    bank_account_confirm,
    bank_account_enter,
    payout_batch_paid,
    payout_download,
    payout_line_tell,
    payout_make,
)
from salesforce.demo.played.stage import form, on, user

WITHOUT, WAITING, RETURNED = "Y017", "Y011", "Y006"
"""Whose account nobody entered, whose waits for confirmation, whose payment came back."""
BANKS = ("中国工商银行", "中国建设银行", "中国农业银行", "宁波银行")
BRANCHES = ("宁波鄞州支行", "宁波海曙支行", "宁波江北支行")


def accounts_play(*, from_on: date, entered_on: date) -> None:
    """Personnel enters, finance confirms."""
    personnel, finance = user("H001"), user("C001")
    sellers = Person.objects.salespeople().order_by("employee_no")
    with on(entered_on, time(14, 0)):
        for n, seller in enumerate(sellers):
            if seller.employee_no == WITHOUT:
                continue
            account = bank_account_enter(
                actor=personnel,
                person=seller,
                holder=seller.name,
                bank=BANKS[n % len(BANKS)],
                branch=BRANCHES[n % len(BRANCHES)],
                number=card_number(seller.employee_no),
                valid_from=from_on,
            )
            if seller.employee_no != WAITING:
                bank_account_confirm(actor=finance, account=account)


def card_number(employee_no: str) -> str:
    """A made-up number whose last digit checks the others (ISO/IEC 7812)."""
    body = "622700" + str(form(f"card {employee_no}").int)[-12:]
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in body[::-2])
    plain = sum(int(digit) for digit in body[-2::-2])
    return f"{body}{-(sum(doubled) + plain) % 10}"


def payout_play(month: Month, *, on_day: date) -> None:
    """All are paid who have an account, but one: the bank sends it back."""
    finance = user("C001")
    with on(on_day, time(10, 0)):
        batch = payout_make(month=month, actor=finance)
        payout_download(batch=batch, actor=finance)
    with on(on_day + timedelta(days=1), time(15, 30)):
        returned = PayoutLine.objects.filter(batch=batch, person__employee_no=RETURNED).first()
        if returned:
            payout_line_tell(
                line=returned,
                seen=returned.state,
                state=PayoutLine.State.RETURNED,
                actor=finance,
                reason="账号与户名不符，银行退回",
            )
        payout_batch_paid(batch=batch, actor=finance)
