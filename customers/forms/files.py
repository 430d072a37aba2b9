"""Customers' files as they are typed (CUS-1)."""

import re
from typing import Any
from uuid import uuid4

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.forms import PersonNoField
from accounts.models import Person
from accounts.querysets import led_ids
from core import clock
from core.files.fields import FilesField
from core.forms import UploadForm
from core.tables.columns import code
from customers.models import Contact, Customer
from customers.services.contacts import SaidOfContact
from customers.services.files import MOST_TAGS, SaidOfFile, version_of
from payroll.forms import no_control

LONGEST = 2000
LONGEST_TAG = 20
_TELEPHONE = re.compile(r"[0-9+()（）\-— /、,，;；#*转extEXT.]+")
_BETWEEN_TAGS = re.compile(r"[,，、;；\n]+")


class FilesForm(forms.Form):
    """A form of these pages: its tags and buttons stand in the template."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True  # the template has it


class TokenForm(FilesForm):
    """`token` is the form's own: sent twice, it is taken once."""

    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"token": uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


def line(label: Any, longest: int, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        validators=[no_control],
        required=options.pop("required", False),
        **options,
    )


def words(label: Any, *, rows: int = 3, longest: int = LONGEST, **options: Any) -> forms.CharField:
    attrs = {"rows": rows, "maxlength": longest, **options.pop("attrs", {})}
    return forms.CharField(
        label=label, max_length=longest, widget=forms.Textarea(attrs=attrs), **options
    )


class TelephoneField(forms.CharField):
    """Numbers as people write them, with area code and extension; several side by side."""

    def __init__(self, **options: Any) -> None:
        attrs = {"inputmode": "tel", "autocomplete": "off"}
        options = {"label": _("Telephone"), "required": False, **options}
        super().__init__(max_length=32, widget=forms.TextInput(attrs=attrs), **options)

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        if text and not (_TELEPHONE.fullmatch(text) and re.search("[0-9]{3}", text)):
            raise ValidationError(
                _("“%(text)s” is no telephone number."), code="telephone", params={"text": text}
            )
        return text


class TagsField(forms.CharField):
    """Words with commas between them; gives a list."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=(LONGEST_TAG + 1) * MOST_TAGS, required=False, **options)

    def clean(self, value: Any) -> Any:
        typed = _BETWEEN_TAGS.split(str(super().clean(value)))
        tags = list(dict.fromkeys(tag.strip() for tag in typed if tag.strip()))
        if len(tags) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in tags):
            raise ValidationError(
                _("No more than %(count)s tags, of %(longest)s signs at most."),
                code="tags",
                params={"count": MOST_TAGS, "longest": LONGEST_TAG},
            )
        return tags


class SaidForm(FilesForm):
    """What is known of a customer."""

    name = line(_("Name"), 120, required=True)
    address = line(_("Address"), 200)
    telephone = TelephoneField()
    industry = line(_("Industry"), 60)
    scale = line(_("Scale or strength"), 60)
    level = forms.ChoiceField(
        label=_("Level"), choices=[("", "—"), *Customer.Level.choices], required=False
    )
    source = forms.ChoiceField(
        label=_("Source"), choices=[("", "—"), *Customer.Source.choices], required=False
    )
    tags = TagsField(label=_("Tags"), help_text=_("With commas between them."))
    note = words(_("Note"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["industry"].widget.attrs["list"] = "industries"

    @property
    def said(self) -> SaidOfFile:
        given = self.cleaned_data
        return SaidOfFile(**{name: given[name] for name in SaidOfFile._fields if name in given})


def owners_for(user: Any) -> "QuerySet[Person]":
    """For whom somebody may open a file: those who sell, among whom they lead, or all."""
    selling = Person.objects.here_on(clock.today()).filter(roles__contains="salesperson")
    if user.is_superuser or user.has_role("manager"):
        return selling | Person.objects.here_on(clock.today()).filter(roles__contains="supervisor")
    return selling.filter(pk__in={user.person_id or 0, *led_ids(user)})


class FileAddForm(TokenForm, SaidForm):
    """A new file. Whose it is: one's own, or as those say who open them for others."""

    customer_no = forms.CharField(label=_("Customer no."), max_length=32, required=False)
    owner = PersonNoField(
        label=_("Owner"),
        required=False,
        help_text=_("Number, or a name that one alone has. Left empty: your own."),
    )

    field_order = ("token", "name", "address", "telephone")

    def __init__(self, user: Any, number: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["customer_no"].widget.attrs["placeholder"] = number
        self.fields["customer_no"].help_text = _("Left empty: the next free one, %(number)s.") % {
            "number": number
        }
        if user.is_superuser or user.has_role("manager") or led_ids(user):
            self.fields["owner"].among = owners_for(user)  # type: ignore[attr-defined]
        else:
            del self.fields["owner"]

    def clean_customer_no(self) -> str:
        text = self.cleaned_data["customer_no"]
        return str(code()(text)) if text else ""

    def _own(self) -> Person | None:
        """Whoever fills it in, where they sell or lead those who do; else it is nobody's yet."""
        me: Person | None = self.user.person
        return me if me and me.has_role("salesperson", "supervisor") else None

    @property
    def given(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "token": given["token"],
            "customer_no": given["customer_no"],
            "owner": given.get("owner") or self._own(),
            "said": self.said,
        }


class FileEditForm(SaidForm):
    """`seen`: what the form showed of the file."""

    seen = forms.CharField(max_length=16, widget=forms.HiddenInput)

    def __init__(self, file: Customer, *args: Any, **kwargs: Any) -> None:
        names = (name for name in SaidOfFile._fields if name != "tags")
        initial = {name: getattr(file, name) for name in names}
        initial |= {
            "tags": "，".join(tag.word for tag in file.tags.all()),
            "seen": version_of(file),
        }
        super().__init__(*args, initial=initial, **kwargs)


class OwnerForm(FilesForm):
    """To whom a file passes, and why. `seen_owner`: whose it was."""

    seen_owner = forms.IntegerField(widget=forms.HiddenInput, required=False)
    to = PersonNoField(label=_("New owner"), help_text=_("Number, or a name that one alone has."))
    reason = words(_("Reason"), longest=300)

    def __init__(self, user: Any, file: Customer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"seen_owner": file.owner_id}, **kwargs)
        self.fields["to"].among = owners_for(user)  # type: ignore[attr-defined]


class MergeForm(FilesForm):
    """Which file is the same firm, and why that is sure."""

    other = forms.CharField(
        label=_("The other file"),
        max_length=32,
        help_text=_("Its number: that file becomes a part of this one."),
    )
    reason = words(_("Reason"), longest=300)

    def clean_other(self) -> Customer:
        rows = Customer.objects.standing().select_related("owner")
        found: Customer | None = rows.filter(
            customer_no__iexact=self.cleaned_data["other"].strip()
        ).first()
        if found is None:
            raise ValidationError(_("There is no such file."), code="other")
        return found


class ExportGrantForm(TokenForm):
    """To whom the right to take files out is given, until when, and why."""

    person = PersonNoField(label=_("Who"), help_text=_("Number, or a name that one alone has."))
    until_on = forms.DateField(
        label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = words(_("Reason"), rows=2, longest=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Person.objects.here_on(clock.today())
        self.fields["person"].among = here  # type: ignore[attr-defined]


class ContactForm(FilesForm):
    """Somebody at a customer."""

    name = line(_("Name"), 60, required=True)
    position = line(_("Position"), 60)
    telephone = TelephoneField()
    say = forms.ChoiceField(
        label=_("What they have to say"),
        choices=[("", "—"), *Contact.Say.choices],
        required=False,
        help_text=_("Who decides is needed for a complete file."),
    )
    note = words(_("Note"), longest=500, required=False)

    @property
    def said(self) -> SaidOfContact:
        given = self.cleaned_data
        return SaidOfContact(
            **{name: given[name] for name in SaidOfContact._fields if name in given}
        )


class ContactAddForm(TokenForm, ContactForm):
    pass


class ContactEditForm(ContactForm):
    """`seen`: the version that the form showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**9)
    gone = forms.BooleanField(label=_("No longer there"), required=False)

    def __init__(self, contact: Contact, *args: Any, **kwargs: Any) -> None:
        initial = {name: getattr(contact, name) for name in SaidOfContact._fields}
        super().__init__(*args, initial={**initial, "seen": contact.version}, **kwargs)


class AttachmentsForm(UploadForm):
    files = FilesField()  # type: ignore[assignment]  # the field, not its input


class CommentForm(TokenForm):
    """A word about a file; who is ticked is told."""

    text = words(_("Comment"), rows=2)
    tell = forms.ModelMultipleChoiceField(
        queryset=Person.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, readers: "QuerySet[Person]", *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tell"].queryset = readers  # type: ignore[attr-defined]
