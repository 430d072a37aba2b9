"""Addresses of the books."""

from django.urls import path

from payroll.simulation.urls import urlpatterns as simulation_urls
from payroll.views.appeals import (
    appeal,
    appeal_answer,
    appeal_decision,
    appeal_new,
    appeal_take_back,
    appeals,
)
from payroll.views.bank_accounts import (
    bank_account,
    bank_account_decide,
    bank_account_show,
    bank_accounts,
    bank_accounts_missing,
    my_bank_account,
)
from payroll.views.closing import month_close, month_final, month_progress
from payroll.views.explaining import entry_why
from payroll.views.exporting import month_book_file, month_export
from payroll.views.facts import facts_load
from payroll.views.home import my_statement
from payroll.views.imports import (
    file_import,
    import_drop,
    import_load,
    import_template,
    import_wrong,
    imports,
    loads,
)
from payroll.views.jobs import job, job_run_again, jobs, jobs_coming
from payroll.views.months import month_page, months
from payroll.views.payouts import (
    payout,
    payout_all_paid,
    payout_batch,
    payout_batch_make,
    payout_file,
    payout_line,
)
from payroll.views.reviews import month_objections, statement_acknowledge
from payroll.views.settlements import settlement
from payroll.views.shadows import month_shadow, shadow_export
from payroll.views.so_far import my_month, so_far, so_far_why
from payroll.views.statements import statement, statement_export, statements
from payroll.views.waivers import waiver

urlpatterns = [
    path("my-statement/", my_statement, name="my_statement"),
    path("my-month/", my_month, name="my_month"),
    path("months/", months, name="months"),
    path("months/<month:month>/", month_page, name="month"),
    path("months/<month:month>/facts/", facts_load, name="facts_load"),
    path("months/<month:month>/close/", month_close, name="month_close"),
    path("months/<month:month>/progress/", month_progress, name="month_progress"),
    path("months/<month:month>/final/", month_final, name="month_final"),
    path("months/<month:month>/book.xlsx", month_book_file, name="month_book"),
    path(
        "months/<month:month>/export/<slug:table>.<ending:ending>",
        month_export,
        name="month_export",
    ),
    path("months/<month:month>/statements/", statements, name="statements"),
    path("months/<month:month>/statements/<code:employee_no>/", statement, name="statement"),
    path("import/", imports, name="imports"),
    path("import/loads/", loads, name="loads"),
    path("import/template/<slug:table>.xlsx", import_template, name="import_template"),
    path("import/<int:pk>/", file_import, name="import"),
    path("import/<int:pk>/load/", import_load, name="import_load"),
    path("import/<int:pk>/drop/", import_drop, name="import_drop"),
    path("import/<int:pk>/wrong/<int:number>.<ending:ending>", import_wrong, name="import_wrong"),
    path(
        "months/<month:month>/statements/<code:employee_no>/export.<ending:ending>",
        statement_export,
        name="statement_export",
    ),
    path("months/<month:month>/shadow/", month_shadow, name="month_shadow"),
    path("months/<month:month>/shadow/export.<ending:ending>", shadow_export, name="shadow_export"),
    path("settlements/<code:employee_no>/", settlement, name="settlement"),
    path("months/<month:month>/so-far/<code:employee_no>/", so_far, name="so_far"),
    path("months/<month:month>/so-far/<code:employee_no>/why/", so_far_why, name="so_far_why"),
    path("months/<month:month>/payout/", payout, name="payout"),
    path("months/<month:month>/payout/batch/", payout_batch_make, name="payout_make"),
    path("payouts/<int:pk>/", payout_batch, name="payout_batch"),
    path("payouts/<int:pk>/file.<ending:ending>", payout_file, name="payout_file"),
    path("payouts/<int:pk>/paid/", payout_all_paid, name="payout_all_paid"),
    path("payouts/lines/<int:pk>/paid/", payout_line, {"state": "paid"}, name="payout_line_paid"),
    path(
        "payouts/lines/<int:pk>/returned/",
        payout_line,
        {"state": "returned"},
        name="payout_line_returned",
    ),
    path("my-bank-account/", my_bank_account, name="my_bank_account"),
    path("bank-accounts/", bank_accounts, name="bank_accounts"),
    path("bank-accounts-missing/", bank_accounts_missing, name="bank_accounts_missing"),
    path("bank-accounts/<code:employee_no>/", bank_account, name="bank_account"),
    path(
        "bank-accounts/<int:pk>/confirm/",
        bank_account_decide,
        {"verdict": "confirm"},
        name="bank_account_confirm",
    ),
    path(
        "bank-accounts/<int:pk>/refuse/",
        bank_account_decide,
        {"verdict": "refuse"},
        name="bank_account_refuse",
    ),
    path("bank-accounts/<int:pk>/number/", bank_account_show, name="bank_account_reveal"),
    path(
        "months/<month:month>/statements/<code:employee_no>/acknowledge/",
        statement_acknowledge,
        name="statement_acknowledge",
    ),
    path("months/<month:month>/objections/", month_objections, name="month_objections"),
    path("jobs/", jobs, name="jobs"),
    path("jobs/coming/", jobs_coming, name="jobs_coming"),
    path("jobs/<int:pk>/", job, name="job"),
    path("jobs/<int:pk>/again/", job_run_again, name="job_run_again"),
    path("entries/<int:pk>/", entry_why, name="entry_why"),
    path("entries/<int:pk>/waiver/", waiver, name="waiver"),
    path("entries/<int:pk>/appeal/", appeal_new, name="appeal_new"),
    path("appeals/", appeals, name="appeals"),
    path("appeals/<int:pk>/", appeal, name="appeal"),
    path("appeals/<int:pk>/say/", appeal_answer, name="appeal_answer"),
    path("appeals/<int:pk>/decide/", appeal_decision, name="appeal_decision"),
    path("appeals/<int:pk>/withdraw/", appeal_take_back, name="appeal_take_back"),
    *simulation_urls,
]
