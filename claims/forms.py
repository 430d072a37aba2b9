"""Shapes of input of claims, goods and damages. They never save."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from claims.models import Expense, Goods, Loan
from claims.services import GoodsFacts, Spent
from claims.services.damages import Broken
from claims.services.returning import Found
from core import clock
from core.files.fields import FilesField
from core.forms import UploadForm
from core.money import MAX_YUAN, parse_yuan
from core.templatetags.house import yuan_text
from customers.models import Customer
from payroll.forms import no_control

LONGEST = 2000
OLDEST = timedelta(days=366 * 5)
SELECT = {"class": "form-select"}


class YuanField(forms.CharField):
    """An amount as people write it: plain digits, at most two decimals; not negative."""

    def __init__(self, *, least: Decimal = Decimal("0.01"), **kwargs: Any) -> None:
        self.least = least
        attrs = {"inputmode": "decimal", "autocomplete": "off", "class": "form-control"}
        super().__init__(max_length=20, widget=forms.TextInput(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return parse_yuan(text) if text else text

    def run_validators(self, value: Any) -> None:
        if isinstance(value, Decimal):
            self._check(value)
        else:
            super().run_validators(value)

    def _check(self, amount: Decimal) -> None:
        if amount < self.least:
            said = _("The amount is more than 0.") if self.least else _("No negative amount.")
            raise ValidationError(said, code="small")
        if amount > MAX_YUAN:
            raise ValidationError(_("The amount is too large."), code="large")


class DayField(forms.DateField):
    """A day that has come, of a time in which it can still matter."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if isinstance(value, date):
            if value > clock.today():
                raise ValidationError(_("The day lies in the future."), code="future")
            if value < clock.today() - OLDEST:
                raise ValidationError(_("The day lies too far back."), code="old")


def words(label: Any, *, required: bool = True, rows: int = 3, **kwargs: Any) -> forms.CharField:
    attrs = {"class": "form-control", "rows": rows, "maxlength": LONGEST}
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        required=required,
        widget=forms.Textarea(attrs=attrs),
        **kwargs,
    )


def line(label: Any, longest: int, *, required: bool = True, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        validators=[no_control],
        widget=forms.TextInput(attrs={"class": "form-control"}),
        **kwargs,
    )


class PaysForm(forms.Form):
    """What is asked while a claim is filled in: of which kind, how much."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=Expense.Kind.choices,
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
    )
    amount = YuanField(label=_("Amount in yuan"))


class ClaimForm(UploadForm, PaysForm):
    """A claim with its receipts. `token` is the form's own: sent twice, it is claimed once."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    spent_on = DayField(label=_("Spent on"))
    note = words(_("Note"), required=False, rows=2)
    files = FilesField(label=_("Receipts"))  # type: ignore[assignment]  # the field, not its input

    field_order = ("token", "kind", "spent_on", "amount", "files", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "token": uuid4(),
            "spent_on": clock.today(),
            **(kwargs.get("initial") or {}),
        }
        super().__init__(*args, **kwargs)

    def spent(self) -> Spent:
        given = self.cleaned_data
        return Spent(given["kind"], given["spent_on"], given["amount"], given["note"])


class CorrectForm(ClaimForm):
    """A claim that waits, corrected; `version`: as it was seen. Receipts can be added."""

    token = None  # type: ignore[assignment]  # nothing new is made
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**9)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"].required = False
        self.fields["files"].label = _("More receipts")


class VersionForm(forms.Form):
    """Something done with what was seen. `version`: what was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**9)


class DecisionForm(VersionForm):
    """Approved or refused; a refusal says why."""

    reply = words(_("Reason"), required=False, rows=2)


class UndoForm(VersionForm):
    """An approval taken back, and why."""

    reply = words(_("Why the approval was wrong"), rows=2)


class GoodsForm(forms.Form):
    """What the register says of one piece. `version` is empty for a new one."""

    token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=0, max_value=10**9
    )
    code = forms.RegexField(
        r"^[0-9A-Za-z._-]+$",
        label=_("Goods code"),
        max_length=32,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
        help_text=_("Letters, digits, - . _ as on the label."),
    )
    name = line(_("Name"), 120)
    price = YuanField(
        label=_("Price in yuan"),
        least=Decimal("0.00"),
        help_text=_("What is charged when it is damaged or lost."),
    )
    serial_no = line(_("Serial or asset no."), 60, required=False)
    place = line(_("Where it lies"), 60, required=False)

    def facts(self) -> GoodsFacts:
        given = self.cleaned_data
        return GoodsFacts(
            code=given["code"],
            name=given["name"],
            price=given["price"],
            serial_no=given["serial_no"],
            place=given["place"],
        )

    @classmethod
    def of(cls, goods: Goods | None) -> dict[str, Any]:
        """What the form says before anything is typed."""
        if goods is None:
            return {"token": uuid4()}
        names = ("version", "code", "name", "price", "serial_no", "place")
        return {name: getattr(goods, name) for name in names}


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = words(_("Reason"), rows=2)


class RegisterForm(ReasonForm):
    """Retired, or lent again, and why; as it was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**9)


class AskForm(forms.Form):
    """Goods asked for; what for, and for which of one's own customers."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    purpose = line(_("What for"), 200, required=False)
    customer: Any = forms.ModelChoiceField(
        Customer.objects.none(),
        label=_("Customer"),
        required=False,
        empty_label=_("No certain customer"),
        widget=forms.Select(attrs=SELECT),
    )

    def __init__(self, *args: Any, person: Person | None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"token": uuid4()})
        super().__init__(*args, **kwargs)
        customers: Any = self.fields["customer"]
        customers.queryset = Customer.objects.filter(owner=person).order_by("name")
        customers.label_from_instance = lambda customer: customer.name


class LendForm(forms.Form):
    """Lent at the counter: to whom, what for."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    person: Any = forms.ModelChoiceField(
        Person.objects.none(), label=_("To whom"), widget=forms.Select(attrs=SELECT)
    )
    purpose = line(_("What for"), 200, required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"token": uuid4()})
        super().__init__(*args, **kwargs)
        people: Any = self.fields["person"]
        here = Person.objects.salespeople().here_on(clock.today())
        people.queryset = here.exclude(pk=user.person_id).order_by("employee_no")


class ConditionForm(UploadForm):
    """In what condition goods were found; each choice says what it costs."""

    condition = forms.ChoiceField(
        label=_("Condition"), widget=forms.RadioSelect(attrs={"class": "form-check-input"})
    )
    files = FilesField(label=_("Photos"), required=False)  # type: ignore[assignment]

    def __init__(self, *args: Any, loan: Loan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        condition: Any = self.fields["condition"]
        condition.choices = [(each, consequence(loan, each)) for each in Loan.Condition.values]


def consequence(loan: Loan, condition: str) -> Any:
    """A condition, and what it costs whoever had the goods (GOOD-1)."""
    if condition == Loan.Condition.GOOD:
        return _("Good: nothing is charged")
    said = (
        _("Damaged: %(price)s yuan is charged to %(name)s")
        if condition == Loan.Condition.DAMAGED
        else _("Lost: %(price)s yuan is charged to %(name)s")
    )
    return said % {"price": yuan_text(loan.price), "name": loan.person.name}


class ReturnForm(ConditionForm):
    """Goods that came back, or did not."""

    on = DayField(label=_("Found on"))
    note = words(
        _("What is damaged, or how it was lost"),
        required=False,
        rows=2,
        help_text=_("Needed unless it is good; damage needs a photo too."),
    )
    field_order = ("condition", "on", "note", "files")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"on": clock.today()})
        super().__init__(*args, **kwargs)

    def found(self) -> Found:
        given = self.cleaned_data
        return Found(given["condition"], given["on"], given["note"].strip())


class ConditionCorrectForm(ConditionForm):
    """A condition that was recorded wrongly. `seen`: the one that was seen."""

    # The company's table need not say in what condition something came back.
    seen = forms.ChoiceField(
        choices=[("", ""), *Loan.Condition.choices], required=False, widget=forms.HiddenInput
    )
    reason = words(_("Reason"), rows=2)
    field_order = ("seen", "condition", "reason", "files")


class DamageForm(UploadForm):
    """Company property broken. `token` is the form's own: sent twice, it is recorded once."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    person: Any = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who broke it"), widget=forms.Select(attrs=SELECT)
    )
    on = DayField(label=_("Day"))
    item = line(_("What was broken"), 120)
    cost_price = YuanField(label=_("Cost price in yuan"), least=Decimal("0.00"))
    on_purpose = forms.BooleanField(
        label=_("On purpose"),
        required=False,
        help_text=_("The manager is told that a conduct case is to be opened."),
    )
    note = words(_("How it happened"), rows=2)
    heard = words(_("What they say"), rows=2, help_text=_("Whoever broke it is heard first."))
    files = FilesField(label=_("Photos"), required=False)  # type: ignore[assignment]

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"token": uuid4(), "on": clock.today()})
        super().__init__(*args, **kwargs)
        people: Any = self.fields["person"]
        here = Person.objects.salespeople().here_on(clock.today())
        people.queryset = here.exclude(pk=user.person_id).order_by("employee_no")

    def broken(self) -> Broken:
        given = self.cleaned_data
        names = ("on", "item", "cost_price", "on_purpose", "note", "heard")
        return Broken(**{name: given[name] for name in names})


class DamageCorrectForm(forms.Form):
    """Price and intent corrected. `seen_price`, `seen_purpose`: what was seen."""

    seen_price = YuanField(least=Decimal("0.00"))
    seen_purpose = forms.BooleanField(required=False, widget=forms.HiddenInput)
    cost_price = YuanField(
        label=_("Cost price in yuan"),
        least=Decimal("0.00"),
        help_text=_("0: nothing is charged."),
    )
    on_purpose = forms.BooleanField(label=_("On purpose"), required=False)
    reason = words(_("Reason"), rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen_price"].widget = forms.HiddenInput()
