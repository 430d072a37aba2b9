"""Shapes of input of complaints, and of what a customer says of one (COM-1)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import Person
from core import clock
from core.files.fields import FilesField
from core.forms import UploadForm
from customers.forms.picking import LONGEST as LONGEST_CUSTOMER
from customers.forms.picking import customer_meant
from customers.models import Complaint, Customer
from customers.services import ComplaintFacts
from payroll.forms import no_control

LONGEST = 4000
SELECT = {"class": "form-select"}
MARKS = [
    ("5", gettext_lazy("5 · very satisfied")),
    ("4", gettext_lazy("4 · satisfied")),
    ("3", gettext_lazy("3 · fair")),
    ("2", gettext_lazy("2 · not satisfied")),
    ("1", gettext_lazy("1 · not at all satisfied")),
]


def _words(label: Any, *, required: bool = True, longest: int = LONGEST) -> forms.CharField:
    attrs = {"class": "form-control", "rows": 3, "maxlength": longest}
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        widget=forms.Textarea(attrs=attrs),
    )


def _line(label: Any, longest: int, *, required: bool = True, **kwargs: Any) -> forms.CharField:
    attrs = {"class": "form-control", "autocomplete": "off"}
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        validators=[no_control],
        widget=forms.TextInput(attrs=attrs),
        **kwargs,
    )


def _version() -> forms.IntegerField:
    return forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**9)


class TakeForm(UploadForm):
    """A complaint as it comes in. Whom it is about and the customer are typed: nobody is offered
    people and customers they do not see."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    customer_name = _line(gettext_lazy("Customer"), 120)
    contact = _line(gettext_lazy("Who complains"), 60, required=False)
    phone = _line(gettext_lazy("Phone"), 40, required=False)
    channel = forms.ChoiceField(
        label=gettext_lazy("How it came"),
        choices=Complaint.Channel.choices,
        widget=forms.Select(attrs=SELECT),
    )
    category = forms.ChoiceField(
        label=gettext_lazy("What kind"),
        choices=[("", "—"), *Complaint.Category.choices],
        widget=forms.Select(attrs=SELECT),
    )
    subject = _line(
        gettext_lazy("In one line"),
        80,
        help_text=gettext_lazy("The customer reads this line when asked how it went."),
    )
    text = _words(pgettext_lazy("complaint", "What happened"))
    about = _line(
        gettext_lazy("About whom"),
        60,
        required=False,
        help_text=gettext_lazy("Name or employee number. Empty: about goods or a delivery."),
    )
    goods = _line(gettext_lazy("Which goods or delivery"), 120, required=False)
    files = FilesField(label=gettext_lazy("Photos or scans"), required=False)  # type: ignore[assignment]  # the field

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"token": uuid4()})
        super().__init__(*args, **kwargs)

    def clean_about(self) -> Person | None:
        """The one person of this name or number who works here."""
        wanted = self.cleaned_data["about"].strip()
        if not wanted:
            return None
        here = Person.objects.here_on(clock.today()).select_related("supervisor")
        named = Q(name=wanted) | Q(employee_no__iexact=wanted)
        found = list(here.filter(named).order_by("pk")[:2])
        if not found:
            raise ValidationError(_("Nobody of this name or number works here."), code="nobody")
        if len(found) > 1:
            raise ValidationError(
                _("Several have this name: type the employee number."), code="several"
            )
        return found[0]

    def clean(self) -> dict[str, Any] | None:
        given = super().clean() or self.cleaned_data
        about, goods = given.get("about"), given.get("goods")
        conduct = given.get("category") == Complaint.Category.CONDUCT
        if conduct and "about" in given and about is None:
            self.add_error("about", _("Say whose conduct it is about."))
        elif "about" in given and about is None and not goods:
            self.add_error("goods", _("Say whom or which goods it is about."))
        return given

    def facts(self) -> ComplaintFacts:
        given = self.cleaned_data
        return ComplaintFacts(**{name: given[name] for name in ComplaintFacts.__slots__})


class SeenForm(forms.Form):
    """Something done with a complaint as it was seen."""

    version = _version()


class AssignForm(SeenForm):
    """Who handles it: among those whom whoever assigns it sees, and the heads."""

    handler: Any = forms.ModelChoiceField(
        Person.objects.none(),
        label=gettext_lazy("Handled by"),
        widget=forms.Select(attrs=SELECT),
    )

    def __init__(self, *args: Any, user: Any, row: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        handler: Any = self.fields["handler"]
        heads = Q(roles__contains="manager") | Q(pk=user.person.pk)
        seen = Person.objects.visible_to(user).order_by().values("pk")
        here = Person.objects.here_on(clock.today()).filter(Q(pk__in=seen) | heads)
        handler.queryset = here.exclude(pk=row.about_id or 0).order_by("employee_no")
        handler.label_from_instance = lambda person: f"{person.name} · {person.employee_no}"


class ReplyForm(forms.Form):
    """One's own side."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    text = _words(gettext_lazy("What I say to it"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"token": uuid4()})
        super().__init__(*args, **kwargs)


class NoteForm(forms.Form):
    """What was done about it, on which day."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    on = forms.DateField(
        label=pgettext_lazy("complaint", "On"),
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
    )
    text = _words(pgettext_lazy("complaint", "What was done"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"token": uuid4(), "on": clock.today()})
        super().__init__(*args, **kwargs)


class AnswerForm(SeenForm):
    """What the customer was answered."""

    answer = _words(gettext_lazy("Answer to the customer"))


def _mark(*, required: bool) -> forms.ChoiceField:
    choices: list[Any] = MARKS if required else [("", gettext_lazy("not said")), *MARKS]
    widget = forms.RadioSelect if required else forms.Select(attrs=SELECT)
    return forms.ChoiceField(
        label=gettext_lazy("Satisfaction"), choices=choices, required=required, widget=widget
    )


class ConfirmForm(SeenForm):
    """The customer said on the telephone that it is solved."""

    satisfaction = _mark(required=False)
    remark = _words(gettext_lazy("What the customer says"), required=False, longest=500)

    def mark(self) -> int | None:
        given = self.cleaned_data["satisfaction"]
        return int(given) if given else None


class ReopenForm(SeenForm):
    """The customer said that it is not solved."""

    why = _words(gettext_lazy("What is not solved"), longest=500)


class FileForm(SeenForm):
    """Whose file it belongs to, of the files its reader sees."""

    customer = _line(
        gettext_lazy("Customer's file"),
        LONGEST_CUSTOMER,
        help_text=gettext_lazy("Number, name or pinyin of a customer of yours."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_customer(self) -> Customer:
        return customer_meant(self.user, self.cleaned_data["customer"])


class VisitForm(forms.Form):
    """An after-sales visit that was made (VIS-1)."""

    at = forms.DateTimeField(
        label=gettext_lazy("When"),
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local", "class": "form-control"}, format="%Y-%m-%dT%H:%M"
        ),
        input_formats=["%Y-%m-%dT%H:%M"],
    )
    content = _words(gettext_lazy("What was said and done"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"at": clock.local(clock.now())})
        super().__init__(*args, **kwargs)

    def clean_at(self) -> datetime:
        at: datetime = self.cleaned_data["at"]
        if at < clock.now() - timedelta(days=366):
            raise ValidationError(_("That is too long ago."), code="old")
        return at


class CustomerForm(forms.Form):
    """What the customer says of it, on a telephone, without a login."""

    solved = forms.ChoiceField(
        label=gettext_lazy("Is it solved?"),
        choices=[("yes", gettext_lazy("Yes, it is solved")), ("no", gettext_lazy("No, not yet"))],
        widget=forms.RadioSelect,
    )
    satisfaction = _mark(required=True)
    remark = _words(gettext_lazy("Anything you would like to say"), required=False, longest=500)

    def choices(self) -> list[forms.BoundField]:
        """What is tapped, before what is typed."""
        return [self["solved"], self["satisfaction"]]
