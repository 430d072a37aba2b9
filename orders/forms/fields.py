"""Fields of the forms about orders."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core import clock
from core.money import parse_yuan
from core.tables.columns import code
from customers.models import Customer
from orders.choosing import SHOWN, Reach

LONGEST = 2000


class OrdersForm(forms.Form):
    """A form of these pages: its tags and buttons stand in the template."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True  # the template has it


class TokenForm(OrdersForm):
    """`token` is the form's own: sent twice, it is taken once."""

    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"token": uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class AmountField(forms.CharField):
    """An amount in yuan as people write it; gives a `Decimal`, None where it was left out."""

    def __init__(self, **options: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(max_length=20, widget=forms.TextInput(attrs=attrs), **options)

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        return parse_yuan(text) if text else None


class DayField(forms.DateField):
    """A day of a time in which the company can have books."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d"],
            validators=[MinValueValidator(date(2000, 1, 1))],
            **options,
        )


class CodeField(forms.CharField):
    """A number as people give it to things: no blanks, no slashes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=32, **options)

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        return str(code()(text)) if text else ""


def words_field(label: Any, *, rows: int = 3, **options: Any) -> forms.CharField:
    attrs = {"rows": rows, "maxlength": LONGEST}
    return forms.CharField(
        label=label, max_length=LONGEST, widget=forms.Textarea(attrs=attrs), **options
    )


def today_field(label: Any, **options: Any) -> DayField:
    return DayField(label=label, initial=clock.today, **options)


class CustomerInput(forms.Widget):
    """A search box, and what it finds to choose from; without JavaScript after sending."""

    found: list[Customer]
    looks = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.found = []

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[str, str]:
        return str(data.get(name, "")), str(data.get(f"{name}_q", ""))

    def id_for_label(self, id_: Any, index: Any = None) -> str:
        return f"{id_}_q"

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen, typed = value if isinstance(value, tuple) else (value or "", "")
        return render_to_string(
            "orders/_customer_input.html",
            {
                "name": name,
                "chosen": chosen,
                "typed": typed,
                "attrs": attrs or {},
                "found": self.found[:SHOWN],
                "more": len(self.found) > SHOWN,
                "looks": self.looks,
            },
        )


class CustomerField(forms.Field):
    """One of the customers within `reach`, chosen from what a search finds; gives the customer."""

    widget = CustomerInput
    _reach: Reach

    @property
    def reach(self) -> Reach:
        return self._reach

    @reach.setter
    def reach(self, reach: Reach) -> None:
        self._reach = reach
        self.widget.looks = reach.looks

    def clean(self, value: Any) -> Any:
        chosen, typed = value if isinstance(value, tuple) else ("", "")
        if "\0" in chosen + typed:
            raise ValidationError(_("Choose one of those found."), code="customer")
        found = self._found(chosen, typed)
        self.widget.found = found
        if len(found) == 1:
            return found[0]
        if found:
            raise ValidationError(_("Several fit: choose one."), code="customer")
        if not chosen and not typed.strip():
            raise ValidationError(_("Search for the customer by number or name."), code="required")
        raise ValidationError(
            _("No customer of yours fits.")
            if self.reach.looks
            else _("No customer has this number or this whole name."),
            code="customer",
        )

    def _found(self, chosen: str, typed: str) -> list[Customer]:
        if chosen:
            return self.reach.chosen(chosen)
        return self.reach.found(typed)

    def suggest(self, customer: Customer | None, name: str) -> None:
        """Show a customer as chosen if it may be named, else what its name finds."""
        if customer is not None and (chosen := self.reach.chosen(customer.customer_no)):
            self.show(chosen[0])
            return
        found = self.reach.found(name)
        if len(found) == 1:
            self.show(found[0])
            return
        self.widget.found = found
        self.initial = ("", name)

    def show(self, customer: Customer) -> None:
        """Show one that is chosen already."""
        self.widget.found = [customer]
        self.initial = customer.customer_no
