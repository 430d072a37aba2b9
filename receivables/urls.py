"""Addresses of collections."""

from django.urls import path

import policy.converters  # noqa: F401  (days in addresses)
from receivables.bank.urls import urlpatterns as bank_urls
from receivables.views.blocks import blocked, lift
from receivables.views.board import ageing, ageing_people, due_board
from receivables.views.case_money import (
    bad_debt_cost,
    bad_debt_decision,
    bad_debt_outcome,
    bad_debt_take_back,
)
from receivables.views.cases import bad_debt, bad_debt_new, bad_debt_step, bad_debts
from receivables.views.counter import counter, counter_person, handover, handovers
from receivables.views.cutoff import cutoff, cutoff_close, cutoff_month
from receivables.views.day_sheets import sheet, sheet_make, sheet_sign_off, sheets
from receivables.views.delivery import (
    plan_new,
    plan_say_yes,
    plan_step_tick,
    unpaid_delivery,
)
from receivables.views.differences import (
    difference,
    difference_cash,
    difference_explain,
    difference_settle,
    differences,
)
from receivables.views.invoices import (
    invoice,
    invoice_orders,
    invoice_take_back,
    invoices,
    order_invoices,
)
from receivables.views.ious import iou_new, iou_originals, iou_receive, ious_missing
from receivables.views.morning import morning, morning_orders
from receivables.views.reserve_book import reserve, reserve_year, reserves
from receivables.views.road import (
    late,
    payment_new,
    payment_photos,
    refusal_new,
    road,
    road_token,
)
from receivables.views.slip_counts import slip_count, slip_count_agree, slips_agree
from receivables.views.slips import slip, slip_sheets, slip_take_back, slips
from receivables.views.undoing import goods_return, payment_undoing, receipt_correction
from receivables.views.unpaid import unpaid

DELIVERY = "due/<code:order_no>/<calendarday:delivered_on>/"

urlpatterns = [
    path("due/", unpaid, name="unpaid"),
    path("due/cutoff/", cutoff, name="cutoff"),
    path("due/cutoff/<month:month>/", cutoff_month, name="cutoff_month"),
    path("due/cutoff/<month:month>/close/", cutoff_close, name="cutoff_close"),
    path("payments/<code:payment_no>/receipt/", receipt_correction, name="receipt_correction"),
    path("payments/<code:payment_no>/undo/", payment_undoing, name="payment_undoing"),
    path(
        "orders/<code:order_no>/deliveries/<calendarday:delivered_on>/return/",
        goods_return,
        name="goods_return",
    ),
    path("slips/", slips, name="slips"),
    path("slips/morning/", morning, name="slips_morning"),
    path("slips/morning/orders/", morning_orders, name="slips_morning_orders"),
    path("slips/sheets/", slip_sheets, name="slip_sheets"),
    path("slips/blocked/", blocked, name="slips_blocked"),
    path("slips/blocked/<code:employee_no>/lift/", lift, name="slips_lift"),
    path("due/board/", due_board, name="due_board"),
    path("due/ageing/", ageing, name="ageing"),
    path("due/ageing/people/", ageing_people, name="ageing_people"),
    path("due/ious/", ious_missing, name="ious_missing"),
    path("due/ious/originals/", iou_originals, name="iou_originals"),
    path(DELIVERY, unpaid_delivery, name="unpaid_delivery"),
    path(f"{DELIVERY}iou/", iou_new, name="iou_new"),
    path(f"{DELIVERY}plan/", plan_new, name="plan_new"),
    path("ious/<int:pk>/original/", iou_receive, name="iou_original"),
    path("plans/<int:pk>/agree/", plan_say_yes, name="plan_agree"),
    path("plans/steps/<int:pk>/done/", plan_step_tick, name="plan_step_done"),
    path("invoices/", invoices, name="invoices"),
    path("invoices/orders/", invoice_orders, name="invoice_orders"),
    path("invoices/orders/<code:order_no>/", order_invoices, name="order_invoices"),
    path("invoices/<code:invoice_no>/", invoice, name="invoice"),
    path("invoices/<code:invoice_no>/cancel/", invoice_take_back, name="invoice_cancel"),
    path("slips/<code:slip_no>/", slip, name="slip"),
    path("slips/<code:slip_no>/return/", slip_take_back, name="slip_take_back"),
    path("slips/<code:slip_no>/payments/", payment_new, name="payment_new"),
    path("slips/<code:slip_no>/payments/<int:pk>/photos/", payment_photos, name="payment_photos"),
    path("slips/<code:slip_no>/refusals/", refusal_new, name="refusal_new"),
    path("road/", road, name="road"),
    path("road/token/", road_token, name="road_token"),
    path("road/late/", late, name="road_late"),
    path("counter/", counter, name="counter"),
    path("counter/of/<code:employee_no>/", counter_person, name="counter_person"),
    path("counter/handovers/", handovers, name="handovers"),
    path("counter/handovers/<int:pk>/", handover, name="handover"),
    path("counter/differences/", differences, name="differences"),
    path("counter/differences/<int:pk>/", difference, name="difference"),
    path("counter/differences/<int:pk>/cash/", difference_cash, name="difference_cash"),
    path("counter/differences/<int:pk>/explain/", difference_explain, name="difference_explain"),
    path("counter/differences/<int:pk>/settle/", difference_settle, name="difference_settle"),
    path("counter/sheets/", sheets, name="sheets"),
    path("counter/sheets/close/", sheet_make, name="sheet_make"),
    path("counter/sheets/<code:sheet_no>/", sheet, name="sheet"),
    path("counter/sheets/<code:sheet_no>/sign/", sheet_sign_off, name="sheet_sign_off"),
    path("counter/slips-of/<code:employee_no>/", slips_agree, name="slips_agree"),
    path("counter/slip-counts/<int:pk>/", slip_count, name="slip_count"),
    path("counter/slip-counts/<int:pk>/confirm/", slip_count_agree, name="slip_count_agree"),
    *bank_urls,
    path("reserve/", reserves, name="reserves"),
    path("reserve/year/<int:year>/", reserve_year, name="reserve_year"),
    path("reserve/<code:employee_no>/", reserve, name="reserve"),
    path("bad-debts/", bad_debts, name="bad_debts"),
    path("bad-debts/new/", bad_debt_new, name="bad_debt_new"),
    path("bad-debts/<code:case_no>/", bad_debt, name="bad_debt"),
    path("bad-debts/<code:case_no>/step/", bad_debt_step, name="bad_debt_step"),
    path("bad-debts/<code:case_no>/cost/", bad_debt_cost, name="bad_debt_cost"),
    path(
        "bad-debts/<code:case_no>/cost/<calendarday:incurred_on>/",
        bad_debt_cost,
        name="bad_debt_cost_correct",
    ),
    path("bad-debts/<code:case_no>/outcome/", bad_debt_outcome, name="bad_debt_outcome"),
    path("bad-debts/<code:case_no>/outcome/<int:pk>/", bad_debt_decision, name="bad_debt_decision"),
    path(
        "bad-debts/<code:case_no>/outcome/<int:pk>/take-back/",
        bad_debt_take_back,
        name="bad_debt_take_back",
    ),
]
