"""Addresses of customers' files."""

from django.urls import path

from customers.views import customer

urlpatterns = [path("customers/<code:customer_no>/", customer, name="customer")]
