"""Shapes of input of the notices' pages."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Person, Role
from core import clock
from core.files.fields import FilesField
from core.forms import UploadForm
from notices.models import BoardNotice, GroupChannel, Preference
from notices.sending import address_check
from notices.services.board import BoardText
from notices.services.channels import ChannelSaid

TEXT = {"class": "form-control"}
SELECT = {"class": "form-select"}


def teams() -> list[tuple[str, str]]:
    """The teams there are."""
    named = Person.objects.exclude(team="").order_by("team").values_list("team", flat=True)
    return [(team, team) for team in named.distinct()]


class ChannelForm(forms.Form):
    """A group's robot. What was typed as address and secret is never shown again."""

    name = forms.CharField(
        label=_("Name of the group"), max_length=60, widget=forms.TextInput(TEXT)
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=GroupChannel.Kind.choices, widget=forms.Select(SELECT)
    )
    whom = forms.ChoiceField(label=_("For"), widget=forms.Select(SELECT))
    address = forms.CharField(
        label=_("Address"),
        max_length=500,
        widget=forms.PasswordInput({**TEXT, "autocomplete": "off"}),
        help_text=_("As the robot's page in the group gives it. It is never shown again."),
    )
    secret = forms.CharField(
        label=_("Signing secret"),
        required=False,
        max_length=120,
        widget=forms.PasswordInput({**TEXT, "autocomplete": "off"}),
        help_text=_("Where the robot asks for signed messages (DingTalk, Feishu)."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["whom"]
        field.choices = [
            ("department/", _("the whole department")),
            *((f"team/{team}", team) for team, _label in teams()),
            *((f"role/{value}", label) for value, label in Role.choices),
        ]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if GroupChannel.objects.filter(name=name).exists():
            raise ValidationError(_("There is a group of this name already."))
        return name

    def clean(self) -> dict[str, Any] | None:
        said = super().clean() or {}
        if "kind" in said and "address" in said:
            said["address"] = said["address"].strip()
            if wrong := address_check(said["kind"], said["address"]):
                self.add_error("address", wrong)
        return said

    def said(self) -> ChannelSaid:
        given = self.cleaned_data
        audience, _slash, value = given["whom"].partition("/")
        return ChannelSaid(
            name=given["name"],
            audience=audience,
            kind=given["kind"],
            address=given["address"],
            secret=given["secret"],
            team=value if audience == "team" else "",
            role=value if audience == "role" else "",
        )


class PreferenceForm(forms.Form):
    """How one wants to hear of what waits."""

    email = forms.BooleanField(
        label=_("Tell me by e-mail that something waits"),
        required=False,
        widget=forms.CheckboxInput({"class": "form-check-input"}),
    )
    rhythm = forms.ChoiceField(
        label=_("How often"),
        choices=Preference.Rhythm.choices,
        widget=forms.RadioSelect({"class": "form-check-input"}),
    )


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(TEXT, format="%Y-%m-%dT%H:%M")


class BoardForm(UploadForm):
    """A notice on the board: plain text, and files that hang with it."""

    title = forms.CharField(label=_("Title"), max_length=120, widget=forms.TextInput(TEXT))
    text = forms.CharField(
        label=_("Text"),
        max_length=10_000,
        widget=forms.Textarea({**TEXT, "rows": 8}),
        help_text=_("Plain text; web addresses become links."),
    )
    files = FilesField(  # type: ignore[assignment]  # the field of the form, not its input
        required=False, help_text=_("Several at once; what hangs there already stays.")
    )
    teams = forms.MultipleChoiceField(
        label=_("For these teams"),
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "form-check-input"}),
    )
    roles = forms.MultipleChoiceField(
        label=_("For these roles"),
        required=False,
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple({"class": "form-check-input"}),
    )
    shown_from = forms.DateTimeField(
        label=pgettext_lazy("board", "From"),
        required=False,
        widget=MomentInput(),
        help_text=_("Empty: at once."),
    )
    shown_until = forms.DateTimeField(
        label=pgettext_lazy("board", "Until"),
        required=False,
        widget=MomentInput(),
        help_text=_("Empty: until it is withdrawn."),
    )
    pinned = forms.BooleanField(
        label=_("Keep it on top"),
        required=False,
        widget=forms.CheckboxInput({"class": "form-check-input"}),
    )
    to_confirm = forms.BooleanField(
        label=_("Ask everybody to confirm that they have read it"),
        required=False,
        widget=forms.CheckboxInput({"class": "form-check-input"}),
    )
    form_key = forms.UUIDField(required=False, widget=forms.HiddenInput())
    version = forms.IntegerField(
        required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput()
    )

    def __init__(self, *args: Any, notice: BoardNotice | None = None, **kwargs: Any) -> None:
        self.notice = notice
        kwargs.setdefault("initial", _initial(notice))
        super().__init__(*args, **kwargs)
        field: Any = self.fields["teams"]
        field.choices = teams()

    def clean(self) -> dict[str, Any] | None:
        said = super().clean() or {}
        begin = said.get("shown_from") or (self.notice.shown_from if self.notice else clock.now())
        if said.get("shown_until") and said["shown_until"] <= begin:
            self.add_error("shown_until", _("It would end before it begins."))
        if self.notice and not said.get("version"):
            raise ValidationError(_("Open the form again: it does not say what it changes."))
        return said

    def said(self) -> BoardText:
        given = self.cleaned_data
        return BoardText(
            title=given["title"],
            text=given["text"],
            teams=tuple(given["teams"]),
            roles=tuple(given["roles"]),
            shown_from=given["shown_from"],
            shown_until=given["shown_until"],
            pinned=given["pinned"],
            to_confirm=given["to_confirm"],
        )


def _initial(notice: BoardNotice | None) -> dict[str, Any]:
    if notice is None:
        return {"form_key": uuid.uuid4()}
    audience = list(notice.audience.values_list("kind", "value"))
    return {
        "title": notice.title,
        "text": notice.text,
        "teams": [value for kind, value in audience if kind == "team"],
        "roles": [value for kind, value in audience if kind == "role"],
        "shown_from": notice.shown_from,
        "shown_until": notice.shown_until,
        "pinned": notice.pinned,
        "to_confirm": notice.to_confirm,
        "version": notice.version,
    }


class WithdrawForm(forms.Form):
    """Why a notice is taken from the board."""

    why = forms.CharField(label=_("Why"), max_length=300, widget=forms.TextInput(TEXT))
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput())


class VersionForm(forms.Form):
    """Which version of a row a click is about."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)
