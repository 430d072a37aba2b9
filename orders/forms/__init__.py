"""Shapes of input about orders."""

from orders.forms.asking import DecisionForm, MarginForm, TransferForm
from orders.forms.keeping import (
    CorrectionForm,
    DeliveryForm,
    DisputeForm,
    OrderEditForm,
    OrderForm,
    ScansForm,
    SettlingForm,
    SigningForm,
)

__all__ = [
    "CorrectionForm",
    "DecisionForm",
    "DeliveryForm",
    "DisputeForm",
    "MarginForm",
    "OrderEditForm",
    "OrderForm",
    "ScansForm",
    "SettlingForm",
    "SigningForm",
    "TransferForm",
]
