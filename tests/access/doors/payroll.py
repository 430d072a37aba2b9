"""Doors of the books: months, statements, jobs."""

from collections.abc import Callable
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.models import FileImport, JobRun
from payroll.models import (
    Appeal,
    BankAccount,
    FinalRequest,
    PayoutLine,
    StatementReview,
    Waiver,
)
from payroll.reviewing import seen_of
from tests.access.door import (
    ACCOUNTS,
    ALL_PAY,
    BOOKS,
    HER_PAY,
    JOBS,
    MONTHS,
    SALESPEOPLE,
    SUPERVISORS,
    Door,
    of_month,
    plain,
    those,
)
from tests.access.world import EVERYBODY, HER_ACCOUNT, HER_WORDS, World
from tests.cast import FINANCE, LEADER, MANAGER, MONTH, PERSONNEL, SHE, SUPERVISOR

# Her own words, read by those above her; finance and the cashier see pay, not appeals.
HER_APPEAL = those(SHE, SUPERVISOR, MANAGER, LEADER)


def closes(world: World) -> int:
    return JobRun.objects.filter(kind="close", subject=world.month).count()


def files_sent(world: World) -> int:
    return FileImport.objects.count()


def finals_asked(world: World) -> int:
    """One of the two asks, the other confirms: no one makes a month final alone."""
    return FinalRequest.objects.count()


def waivers(world: World) -> int:
    return Waiver.objects.count()


def appeals_filed(world: World) -> int:
    return Appeal.objects.count()


def her_appeal(name: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[world.her_appeal.pk])


def her_appeal_now(world: World) -> tuple[str, int]:
    found = Appeal.objects.get(pk=world.her_appeal.pk)
    return found.state, found.version


def acknowledged(world: World) -> int:
    return StatementReview.objects.filter(state="acknowledged").count()


def her_digest(world: World) -> dict[str, object]:
    return {"digest": seen_of(MONTH, world.her.pk).digest}


def words(world: World) -> dict[str, object]:
    return {"text": "I was at a customer's.", "token": str(uuid4())}


def failed_state(world: World) -> str:
    return str(JobRun.objects.get(subject="2026-09").state)


def payment_state(world: World) -> str:
    return PayoutLine.objects.values_list("state", flat=True).get(pk=world.her_payment.pk)


def account_state(world: World) -> str:
    return BankAccount.objects.values_list("state", flat=True).get(pk=world.her_account.pk)


def calendar_file(world: World) -> dict[str, object]:
    rows = b"date,is_workday,note\n2026-10-10,yes,\n"
    return {"files": SimpleUploadedFile("calendar.csv", rows)}


DOORS = {
    "my_statement": Door(plain("my_statement"), get=SALESPEOPLE, lands=302, hidden=True),
    "months": Door(plain("months"), get=MONTHS),
    "month": Door(of_month("month"), get=MONTHS),
    "facts_load": Door(of_month("facts_load"), post=BOOKS, data=calendar_file, effect=files_sent),
    "month_close": Door(of_month("month_close"), post=BOOKS, effect=closes),
    "month_progress": Door(of_month("month_progress"), get=MONTHS, is_page=False),
    "month_final": Door(
        of_month("month_final"),
        get=BOOKS,
        post=BOOKS,
        data=lambda world: {"early_reason": "all have seen it"},
        effect=finals_asked,
    ),
    "month_book": Door(of_month("month_book"), get=MONTHS, is_page=False),
    "month_export": Door(of_month("month_export", "statements", "csv"), get=MONTHS, is_page=False),
    "statements": Door(of_month("statements"), get=MONTHS),
    "statement": Door(
        of_month("statement", SHE), get=HER_PAY, hidden=True, shows=lambda world: world.her.name
    ),
    "entry_why": Door(
        lambda world: reverse("entry_why", args=[world.her_entry.pk]),
        get=HER_PAY,
        hidden=True,
        shows=lambda world: world.her.name,
    ),
    "month_objections": Door(of_month("month_objections"), get=BOOKS),
    "statement_acknowledge": Door(
        of_month("statement_acknowledge", SHE),
        post=those(SHE),
        hidden=True,
        sees=HER_PAY,
        data=her_digest,
        effect=acknowledged,
    ),
    # Nobody but the manager forgives; the charge itself is there for whoever sees her pay.
    "waiver": Door(
        lambda world: reverse("waiver", args=[world.her_entry.pk]),
        get=those(MANAGER),
        post=those(MANAGER),
        hidden=True,
        sees=HER_PAY,
        data=lambda world: {"do": "grant", "reason": "was at a customer's"},
        effect=waivers,
    ),
    "appeal_new": Door(
        lambda world: reverse("appeal_new", args=[world.her_entry.pk]),
        is_page=False,  # where all doors are made she has objected already: the stories look at it
        get=those(SHE),
        post=those(SHE),
        hidden=True,
        sees=HER_PAY,
        data=words,
        effect=appeals_filed,
    ),
    "appeals": Door(
        plain("appeals"), get=SALESPEOPLE | SUPERVISORS | those(MANAGER, LEADER, PERSONNEL)
    ),
    "appeal": Door(
        her_appeal("appeal"), get=HER_APPEAL, hidden=True, shows=lambda world: HER_WORDS
    ),
    "appeal_answer": Door(
        her_appeal("appeal_answer"),
        post=those(SHE, MANAGER),
        hidden=True,
        sees=HER_APPEAL,
        data=words,
        effect=her_appeal_now,
    ),
    "appeal_decision": Door(
        her_appeal("appeal_decision"),
        post=those(MANAGER),
        hidden=True,
        sees=HER_APPEAL,
        data=lambda world: {"do": "grant", "reply": "so it was", "version": 0},
        effect=her_appeal_now,
    ),
    "appeal_take_back": Door(
        her_appeal("appeal_take_back"),
        post=those(SHE),
        hidden=True,
        sees=HER_APPEAL,
        effect=her_appeal_now,
    ),
    "jobs": Door(plain("jobs"), get=JOBS),
    "jobs_coming": Door(plain("jobs_coming"), get=JOBS),
    "job": Door(lambda world: reverse("job", args=[world.failed_job.pk]), get=JOBS),
    "job_run_again": Door(
        lambda world: reverse("job_run_again", args=[world.failed_job.pk]),
        post=BOOKS,
        effect=failed_state,
    ),
    "my_month": Door(plain("my_month"), get=SALESPEOPLE, lands=302, hidden=True),
    "so_far": Door(
        lambda world: reverse("so_far", args=["2026-11", SHE]),
        get=HER_PAY,
        hidden=True,
        shows=lambda world: world.her.name,
    ),
    "so_far_why": Door(
        lambda world: reverse("so_far_why", args=["2026-11", SHE]) + f"?key=BASE/{SHE}/2026-11",
        get=HER_PAY,
        hidden=True,
        shows=lambda world: f"BASE/{SHE}/2026-11",
    ),
    "statement_export": Door(
        of_month("statement_export", SHE, "csv"), get=HER_PAY, hidden=True, is_page=False
    ),
    "settlement": Door(
        lambda world: reverse("settlement", args=[SHE]),
        get=HER_PAY,
        hidden=True,
        shows=lambda world: world.her.name,
    ),
    "payout": Door(of_month("payout"), get=ALL_PAY),
    "payout_make": Door(of_month("payout_make"), post=those(FINANCE)),
    "payout_batch": Door(
        lambda world: reverse("payout_batch", args=[world.her_payment.batch_id]),
        get=ALL_PAY,
        shows=lambda world: world.her.name,
    ),
    "payout_file": Door(
        lambda world: reverse("payout_file", args=[world.her_payment.batch_id, "csv"]),
        get=those(FINANCE),
        is_page=False,
        shows=lambda world: HER_ACCOUNT,
    ),
    "payout_all_paid": Door(
        lambda world: reverse("payout_all_paid", args=[world.her_payment.batch_id]),
        post=those(FINANCE),
        effect=payment_state,
    ),
    "payout_line_paid": Door(
        lambda world: reverse("payout_line_paid", args=[world.her_payment.pk]),
        post=those(FINANCE),
        effect=payment_state,
    ),
    "payout_line_returned": Door(
        lambda world: reverse("payout_line_returned", args=[world.her_payment.pk]),
        post=those(FINANCE),
        data=lambda world: {"reason": "account closed"},
        effect=payment_state,
    ),
    "my_bank_account": Door(plain("my_bank_account"), get=EVERYBODY, lands=302, hidden=True),
    # Several are confirmed at once.
    "bank_accounts": Door(
        plain("bank_accounts"),
        get=ACCOUNTS,
        post=ACCOUNTS,
        data=lambda world: {"do": "confirm", "row": world.her_account.pk},
        effect=account_state,
    ),
    "bank_accounts_missing": Door(plain("bank_accounts_missing"), get=ACCOUNTS),
    "bank_account": Door(
        lambda world: reverse("bank_account", args=[SHE]),
        get=ACCOUNTS | those(SHE),
        post=ACCOUNTS | those(SHE),
        hidden=True,
        data=lambda world: {
            "holder": "吴伟",
            "bank": "工商银行",
            "number": HER_ACCOUNT,
            "valid_from": "2026-11-01",
        },
        shows=lambda world: HER_ACCOUNT[-4:],
    ),
    "bank_account_confirm": Door(
        lambda world: reverse("bank_account_confirm", args=[world.her_account.pk]),
        post=ACCOUNTS,
        hidden=True,
        sees=those(SHE),
        effect=account_state,
    ),
    "bank_account_refuse": Door(
        lambda world: reverse("bank_account_refuse", args=[world.her_account.pk]),
        post=ACCOUNTS,
        hidden=True,
        sees=those(SHE),
        data=lambda world: {"reason": "another name"},
        effect=account_state,
    ),
    "bank_account_reveal": Door(
        lambda world: reverse("bank_account_reveal", args=[world.her_account.pk]),
        post=those(SHE, FINANCE),
        hidden=True,
        sees=those(PERSONNEL),
    ),
    "month_shadow": Door(
        of_month("month_shadow"),
        get=MONTHS,
        post=BOOKS,
        data=lambda world: {"as_of": "2026-11-02T09:00"},
        effect=lambda world: JobRun.objects.filter(kind="shadow").count(),
    ),
    "shadow_export": Door(of_month("shadow_export", "csv"), get=MONTHS, is_page=False),
}
