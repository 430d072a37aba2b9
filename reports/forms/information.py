"""Information as it is typed on the phone (INFO-1). What is typed is kept in the browser."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.files.fields import FilesField
from core.forms import UploadForm
from customers.forms.picking import LONGEST as LONGEST_CUSTOMER
from customers.forms.picking import called, customer_meant
from customers.models import Customer
from reports.forms.fields import SELECT, VersionForm, line, token, version, words
from reports.models import Information
from reports.rules.information import LONGEST_TAG, MOST_TAGS, tags_in
from reports.services.information import InformationFacts

MOST_PHOTOS = 3
LONGEST = 4000


class InformationForm(UploadForm):
    """What was heard: in a line, and in full. `token` is the form's own: sent twice, it is filed
    once."""

    token = token()
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=Information.Kind.choices,
        widget=forms.Select(attrs=SELECT),
    )
    title = line(_("In a line"), 80)
    text = words(_("In full"), required=False, rows=4, longest=LONGEST)
    customer = line(
        _("Customer"),
        LONGEST_CUSTOMER,
        required=False,
        help_text=_(
            "Name, pinyin or number. With a customer it is read by whose customer it is and those "
            "above them alone; without one by the whole sales department."
        ),
    )
    source = line(
        pgettext_lazy("information", "Heard from"),
        80,
        required=False,
    )
    tags = line(_("Tags"), 200, required=False, help_text=_("Between blanks."))
    urgent = forms.BooleanField(label=_("Urgent: tell the manager at once"), required=False)
    photos = FilesField(label=_("Photos"), required=False, max_files=MOST_PHOTOS)

    def __init__(self, *args: Any, user: Any, draft: str = "", **kwargs: Any) -> None:
        usual = {"token": uuid4(), "kind": Information.Kind.MARKET}
        kwargs["initial"] = {**usual, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.user = user
        if draft:
            self.fields["text"].widget.attrs["data-draft"] = draft

    def clean_customer(self) -> Customer | None:
        typed = self.cleaned_data["customer"].strip()
        return customer_meant(self.user, typed) if typed else None

    def clean_tags(self) -> tuple[str, ...]:
        found = tags_in(self.cleaned_data["tags"])
        if len(found) > MOST_TAGS:
            raise ValidationError(_("At most %(n)s tags."), params={"n": MOST_TAGS})
        if any(len(word) > LONGEST_TAG for word in found):
            raise ValidationError(_("A tag has at most %(n)s signs."), params={"n": LONGEST_TAG})
        return tuple(found)

    def clean(self) -> dict[str, Any] | None:
        given = super().clean()
        said = self.cleaned_data
        if said.get("kind") == Information.Kind.CUSTOMER and not said.get("customer"):
            self.add_error("customer", _("Say which customer the news is about."))
        return given

    def facts(self) -> InformationFacts:
        names = ("kind", "title", "text", "source", "urgent", "tags", "customer")
        return InformationFacts(**{name: self.cleaned_data[name] for name in names})


class CorrectionForm(InformationForm):
    """The same as it was seen; a customer that was named stays, whoever's it is by now."""

    version = version()

    def __init__(self, *args: Any, information: Information, **kwargs: Any) -> None:
        self.information = information
        kwargs["initial"] = _as_typed(information)
        super().__init__(*args, **kwargs)
        if information.customer_id is not None:
            del self.fields["customer"]

    def clean(self) -> dict[str, Any] | None:
        if self.information.customer_id is not None:
            self.cleaned_data["customer"] = self.information.customer
        return super().clean()


def _as_typed(information: Information) -> dict[str, Any]:
    names = ("version", "kind", "title", "text", "source", "urgent")
    customer = information.customer
    return {
        **{name: getattr(information, name) for name in names},
        "customer": called(customer) if customer else "",
        "tags": " ".join(tag.word for tag in information.tags.all()),
    }


class AnswerForm(VersionForm):
    """What those above say to it; with nothing said it is ticked as read."""

    token = token()
    text = words(_("Answer"), required=False, rows=2, longest=1000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"token": uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
