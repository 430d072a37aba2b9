"""Addresses of orders."""

from django.urls import path

from orders.views import order

urlpatterns = [path("orders/<code:order_no>/", order, name="order")]
