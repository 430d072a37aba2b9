"""What an upper floor knows of the money for orders: `settings.ORDER_MONEY` names who hands it in.

A function that is given orders and gives them back, each with the money that counts for it
(`counted`, in yuan).
"""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string


def with_counted(orders: "QuerySet[Any]") -> "QuerySet[Any]":
    counted: QuerySet[Any] = import_string(settings.ORDER_MONEY)(orders)
    return counted
