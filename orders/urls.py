"""Addresses of orders. What is no order's own begins otherwise: any word may be a number."""

from django.urls import path

from orders.views import asking, deliveries, orders

urlpatterns = [
    path("orders/", orders.orders, name="orders"),
    path("order/new/", orders.order_new, name="order_new"),
    path("order/customers/", orders.order_customers, name="order_customers"),
    path("orders/<code:order_no>/", orders.order, name="order"),
    path("orders/<code:order_no>/edit/", orders.order_change, name="order_edit"),
    path("orders/<code:order_no>/signed/", orders.order_signed, name="order_sign"),
    path("orders/<code:order_no>/scans/", orders.order_scans, name="order_scans"),
    path("orders/<code:order_no>/panels/<slug:key>/", orders.order_panel, name="order_panel"),
    path("orders/<code:order_no>/delivery/", deliveries.delivery_new, name="delivery_new"),
    path("orders/<code:order_no>/dispute/", deliveries.dispute_new, name="dispute_new"),
    path("orders/<code:order_no>/transfer/", asking.transfer_new, name="transfer_new"),
    path("orders/<code:order_no>/margin/", asking.margin_new, name="margin_new"),
    path("deliveries/<int:pk>/", deliveries.delivery_change, name="delivery_correct"),
    path("disputes/<int:pk>/", deliveries.dispute_end, name="dispute_settle"),
    path("transfers/", asking.transfers, name="transfers"),
    path("transfers/<int:pk>/", asking.transfer, name="transfer"),
    path("transfers/<int:pk>/decision/", asking.transfer_decision, name="transfer_decision"),
    path("transfers/<int:pk>/withdraw/", asking.transfer_take_back, name="transfer_withdraw"),
    path("margins/<int:pk>/", asking.margin, name="margin"),
    path("margins/<int:pk>/decision/", asking.margin_decision, name="margin_decision"),
    path("margins/<int:pk>/withdraw/", asking.margin_take_back, name="margin_withdraw"),
]
