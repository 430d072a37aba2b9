"""Addresses of claims, goods and damages."""

from django.urls import path

from claims.views.claims import (
    allowance,
    allowance_of,
    expense_edit,
    expense_new,
    expense_pays,
    expense_take_back,
    expenses,
    expenses_to_decide,
)
from claims.views.damages import damage, damage_edit, damage_new, damages
from claims.views.deciding import expense, expense_decision, expense_undo_approval
from claims.views.due import overdue_loans
from claims.views.goods import (
    goods,
    goods_edit,
    goods_file,
    goods_labels,
    goods_new,
    goods_one,
    goods_register,
)
from claims.views.lending import (
    goods_ask,
    goods_lend,
    loan_requests,
    request_hand_out,
    request_refuse,
    request_withdraw,
)
from claims.views.loans import loan, loan_back, loan_condition, loans

urlpatterns = [
    path("due/loans/", overdue_loans, name="overdue_loans"),
    path("expenses/", expenses, name="expenses"),
    path("expenses/to-decide/", expenses_to_decide, name="expenses_to_decide"),
    path("expenses/allowance/", allowance, name="allowance"),
    path("expenses/allowance/<code:order_no>/", allowance_of, name="allowance_of"),
    path("expenses/allowance/<code:order_no>/claim/", expense_new, name="expense_new"),
    path("expenses/allowance/<code:order_no>/pays/", expense_pays, name="expense_pays"),
    path("expenses/<int:pk>/", expense, name="expense"),
    path("expenses/<int:pk>/correct/", expense_edit, name="expense_edit"),
    path("expenses/<int:pk>/withdraw/", expense_take_back, name="expense_take_back"),
    path("expenses/<int:pk>/decision/", expense_decision, name="expense_decision"),
    path("expenses/<int:pk>/undo/", expense_undo_approval, name="expense_undo_approval"),
    path("goods/", goods, name="goods"),
    path("goods/new/", goods_new, name="goods_new"),
    path("goods/register.<ending:ending>", goods_file, name="goods_file"),
    path("goods/labels/", goods_labels, name="goods_labels"),
    path("goods/loans/", loans, name="loans"),
    path("goods/loans/<int:pk>/", loan, name="loan"),
    path("goods/loans/<int:pk>/return/", loan_back, name="loan_back"),
    path("goods/loans/<int:pk>/condition/", loan_condition, name="loan_condition"),
    path("goods/requests/", loan_requests, name="loan_requests"),
    path("goods/requests/<int:pk>/hand-out/", request_hand_out, name="request_hand_out"),
    path("goods/requests/<int:pk>/refuse/", request_refuse, name="request_refuse"),
    path("goods/requests/<int:pk>/withdraw/", request_withdraw, name="request_withdraw"),
    path("goods/one/<code:code>/", goods_one, name="goods_one"),
    path("goods/one/<code:code>/edit/", goods_edit, name="goods_edit"),
    path("goods/one/<code:code>/register/", goods_register, name="goods_register"),
    path("goods/one/<code:code>/ask/", goods_ask, name="goods_ask"),
    path("goods/one/<code:code>/lend/", goods_lend, name="goods_lend"),
    path("damages/", damages, name="damages"),
    path("damages/new/", damage_new, name="damage_new"),
    path("damages/<int:pk>/", damage, name="damage"),
    path("damages/<int:pk>/correct/", damage_edit, name="damage_edit"),
]
