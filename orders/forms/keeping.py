"""Orders, their deliveries, scans and disputes as they are typed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms import PersonNoField
from core.files.fields import FilesField
from core.forms import UploadForm
from customers.models import Project
from orders.choosing import customers_for, names_others, projects_for, sellers_for
from orders.forms.fields import (
    AmountField,
    CodeField,
    CustomerField,
    DayField,
    OrdersForm,
    TokenForm,
    today_field,
    words_field,
)
from orders.models import Delivery, Order
from orders.permissions import can_sign_for
from orders.services import OrderFacts, version_of

FACTS = OrderFacts._fields


def _given(cleaned: dict[str, Any]) -> dict[str, Any]:
    """What a form gave as the services take it: the facts together."""
    facts = OrderFacts(**{name: cleaned[name] for name in FACTS})
    return {**{name: each for name, each in cleaned.items() if name not in FACTS}, "facts": facts}


class OrderForm(TokenForm):
    """A new order. Whose it is: one's own, or for those who enter others' too, as they say; who
    pursues the project or else the customer's owner where they say nothing."""

    customer = CustomerField(label=_("Customer"))
    person = PersonNoField(
        label=_("Salesperson"),
        required=False,
        help_text=_("Number, or a name that one alone has. Left empty: the customer's owner."),
    )
    order_no = CodeField(label=_("Order no."), required=False)
    amount = AmountField(label=_("Amount (yuan)"))
    margin = AmountField(label=_("Gross margin (yuan)"), required=False)
    signed_on = DayField(
        label=_("Signed on"), required=False, help_text=_("Left empty: not signed yet.")
    )
    terms = words_field(_("Terms"), rows=4, required=False)
    project: Any = forms.ModelChoiceField(
        Project.objects.none(),
        label=_("Project it came of"),
        required=False,
        empty_label=_("none"),
    )

    def __init__(self, user: Any, number: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["customer"].reach = customers_for(user)  # type: ignore[attr-defined]
        self.fields["order_no"].widget.attrs["placeholder"] = number
        self.fields["order_no"].help_text = _("Left empty: the next free one, %(number)s.") % {
            "number": number
        }
        if names_others(user):
            self.fields["person"].among = sellers_for(user)  # type: ignore[attr-defined]
        else:
            del self.fields["person"]
        self._offer_projects(user)

    def come_of(self, asked: str) -> None:
        """Show what a project says already: itself, whose it is, its customer. Nothing of one that
        is not offered."""
        field: Any = self.fields.get("project")
        if field is None or not asked:
            return
        try:
            project = field.clean(asked)
        except ValidationError:
            return
        self.initial["project"] = project.pk
        if "person" in self.fields:
            self.initial["person"] = project.person
        self.fields["customer"].suggest(  # type: ignore[attr-defined]
            project.customer, project.customer_name
        )

    def _offer_projects(self, user: Any) -> None:
        """Those one works on at their contract; where there are none, nothing is asked."""
        offered = projects_for(user)
        if not offered.exists():
            del self.fields["project"]
            return
        project: Any = self.fields["project"]
        project.queryset = offered
        project.label_from_instance = self._project_label

    def _project_label(self, project: Project) -> str:
        """With whose it is, for those who enter others' orders too."""
        label = f"{project.project_no} {project.name}"
        return f"{label} · {project.person.name}" if "person" in self.fields else label

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "customer" in given and "person" not in self.errors:
            given["person"] = given.get("person") or self._whose(given)
        return given

    @property
    def given(self) -> dict[str, Any]:
        return _given(self.cleaned_data)

    def _whose(self, given: dict[str, Any]) -> Any:
        """Whose it is where nobody was named: the project's, else the customer's owner's."""
        project = given.get("project")
        return project.person if project else self._owner(given["customer"])

    def _owner(self, customer: Any) -> Any:
        if "person" not in self.fields:
            return self.user.person
        owner = sellers_for(self.user).filter(pk=customer.owner_id).first()
        if owner is None:
            self.add_error(
                "person",
                ValidationError(_("Say whose order it is: the customer has no owner who sells.")),
            )
        return owner


class OrderEditForm(OrdersForm):
    """What is known of an order. `seen`: what the form showed of it."""

    seen = forms.CharField(max_length=16, widget=forms.HiddenInput)
    customer = CustomerField(label=_("Customer"))
    amount = AmountField(label=_("Amount (yuan)"))
    margin = AmountField(label=_("Gross margin (yuan)"), required=False)
    signed_on = DayField(label=_("Signed on"))
    terms = words_field(_("Terms"), rows=4, required=False)

    def __init__(self, user: Any, order: Order, *args: Any, **kwargs: Any) -> None:
        initial = {name: getattr(order, name) for name in ("amount", "margin", "signed_on")}
        initial |= {"terms": order.terms, "seen": version_of(order)}
        super().__init__(*args, initial=initial, **kwargs)
        self.order = order
        customer: Any = self.fields["customer"]
        # Its own stays choosable for whoever keeps the order, whosever customer it is by now.
        customer.reach = customers_for(user).with_one(order.customer_id)
        customer.show(order.customer)
        self.initial["customer"] = order.customer.customer_no
        if order.signed_on is None or not can_sign_for(user):
            del self.fields["signed_on"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        return {"signed_on": self.order.signed_on, **given}

    @property
    def given(self) -> dict[str, Any]:
        return _given(self.cleaned_data)


class SigningForm(OrdersForm):
    """The day on which an order was signed."""

    seen = forms.CharField(max_length=16, widget=forms.HiddenInput)
    signed_on = today_field(_("Signed on"))

    def __init__(self, order: Order, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"seen": version_of(order)}, **kwargs)


class ScansForm(UploadForm):
    files = FilesField()  # type: ignore[assignment]  # the field, not its input


class DeliveryForm(OrdersForm):
    delivered_on = today_field(_("Delivered on"))
    amount = AmountField(label=_("Amount (yuan)"))


class CorrectionForm(OrdersForm):
    """A delivery as it should have been. `seen_…`: as the form showed it."""

    seen_on = forms.DateField(widget=forms.HiddenInput, input_formats=["%Y-%m-%d"])
    seen_amount = AmountField()
    delivered_on = DayField(label=_("Delivered on"))
    amount = AmountField(label=_("Amount (yuan)"))
    reason = words_field(_("Reason"))

    def __init__(self, delivery: Delivery, *args: Any, **kwargs: Any) -> None:
        initial = {
            "seen_on": delivery.delivered_on.isoformat(),
            "seen_amount": delivery.amount,
            "delivered_on": delivery.delivered_on,
            "amount": delivery.amount,
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["seen_amount"].widget = forms.HiddenInput()


class DisputeForm(TokenForm):
    text = words_field(_("What is in dispute"), rows=4)
    amount = AmountField(label=_("Amount in dispute (yuan)"), required=False)


class SettlingForm(OrdersForm):
    outcome = words_field(_("How it ended"), rows=4)
    settled_on = today_field(_("Settled on"))
