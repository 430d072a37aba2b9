"""Recording an IOU on the phone (IOU-1)."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import YuanField
from core.files.fields import FilesField
from core.forms import UploadForm


class IouForm(UploadForm):
    """What the customer signed, with a photo of it. `token` is the form's own: sent twice, it is
    recorded once."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    amount = YuanField(
        label=_("Unpaid amount (yuan)"), widget=forms.NumberInput(attrs={"inputmode": "decimal"})
    )
    signed_by = forms.CharField(
        label=_("Signed by"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Whoever signed for the customer."),
    )
    has_seal = forms.BooleanField(label=_("With the customer's seal"), required=False)
    files = FilesField(label=_("Photo of the IOU"))  # type: ignore[assignment]  # the field

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"token": uuid4(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
