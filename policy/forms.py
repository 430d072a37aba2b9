"""Shapes of input: a draft with every parameter as what it is; a day of the calendar."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from policy.labels import LABELS, MONEY, parameter_text
from policy.rules import DEFAULTS, Policy, is_share, parameter_names, parse_parameter

LONGEST_VALUE = 200
BLANK_TIERS = 2


def _percent_of(share: Decimal) -> str:
    return f"{(share * 100).normalize():f}"


def _share_of(percent: str) -> str:
    """Percent as a share of one. Raises `ValidationError`."""
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,4})?", percent) or Decimal(percent) > 100:
        raise ValidationError(_("a share lies between 0 and 100 percent"), code="percent")
    return f"{(Decimal(percent) / 100).normalize():f}"


class ParameterField(forms.CharField):
    """A parameter as the policy table writes it; `unit` stands behind its input."""

    unit: Any = ""

    def __init__(self, name: str, *, unit: Any = "", widget: Any = None) -> None:
        css = {"class": "form-control", "autocomplete": "off"}
        super().__init__(
            label=LABELS[name], max_length=40, widget=widget or forms.TextInput(attrs=css)
        )
        self.name, self.unit = name, unit

    def shown(self, value: Any) -> Any:
        """What the input shows of a value."""
        return parameter_text(value)

    def text_of(self, entered: str) -> str:
        """What was entered, as the policy table writes it. Raises `ValidationError`."""
        return entered

    def clean(self, value: Any) -> str:
        text = self.text_of(super().clean(value))
        parse_parameter(self.name, text)
        return text


class PercentField(ParameterField):
    """A share of one, written in percent."""

    def shown(self, value: Any) -> str:
        return _percent_of(value)

    def text_of(self, entered: str) -> str:
        return _share_of(entered)


class TiersInput(forms.Widget):
    """A row a tier: up to which amount, at what rate; without an amount it is the last."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        amounts, rates = data.getlist(f"{name}_up_to"), data.getlist(f"{name}_rate")
        pairs = [(a.strip(), r.strip()) for a, r in zip(amounts, rates, strict=False)]
        return [pair for pair in pairs if any(pair)]

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        rows = [*(value or []), *[("", "")] * BLANK_TIERS]
        return render_to_string("policy/_tiers.html", {"name": name, "rows": rows, "attrs": attrs})

    def id_for_label(self, id_: Any, index: Any = None) -> str:
        return f"{id_}_0"


class TiersField(ParameterField):
    """Commission tiers (COMM-1)."""

    def __init__(self, name: str) -> None:
        super().__init__(name, widget=TiersInput())

    def shown(self, value: Any) -> list[tuple[str, str]]:
        return [("" if t.up_to is None else f"{t.up_to:f}", _percent_of(t.rate)) for t in value]

    def clean(self, value: Any) -> str:
        for text in (text for pair in value or [] for text in pair):
            self.run_validators(text)
        parts = [f"{up_to or 'inf'}:{_share_of(rate)}" for up_to, rate in value or []]
        text = ";".join(parts)
        if len(text) > LONGEST_VALUE:
            raise ValidationError(_("so many tiers cannot be kept: leave some out"), code="tiers")
        parse_parameter(self.name, text)
        return text


def parameter_field(name: str) -> ParameterField:
    """The input of a parameter, by what its default is."""
    default = getattr(DEFAULTS, name)
    if isinstance(default, bool):
        switch = forms.Select(
            choices=[("yes", _("yes")), ("no", _("no"))], attrs={"class": "form-select"}
        )
        return ParameterField(name, widget=switch)
    if isinstance(default, tuple):
        return TiersField(name)
    if isinstance(default, time):
        clock = {"class": "form-control", "type": "time", "step": "60"}
        return ParameterField(name, widget=forms.TextInput(attrs=clock))
    if name in MONEY:
        return ParameterField(name, unit=_("yuan"), widget=_number("decimal"))
    if is_share(name):
        return PercentField(name, unit="%", widget=_number("decimal"))
    return ParameterField(name, widget=_number("numeric"))


def _number(keyboard: str) -> forms.TextInput:
    attrs = {"class": "form-control", "inputmode": keyboard, "autocomplete": "off"}
    return forms.TextInput(attrs=attrs)


def seen_of(policy: Policy) -> str:
    """A fingerprint of the version a form stands beside: values are changes of that one alone."""
    texts = [parameter_text(getattr(policy, name)) for name in parameter_names()]
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]


class DraftStart(forms.Form):
    """What a draft is called, and from which day it shall count."""

    name = forms.CharField(
        label=pgettext_lazy("policy", "Name"),
        max_length=60,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )
    effective_on = forms.DateField(
        label=_("In force from"),
        widget=forms.DateInput(attrs={"class": "form-control", "type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )


class DraftForm(DraftStart):
    """A draft in full. `base`: the version that would count on its day without it."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**9)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=16)

    def __init__(self, *args: Any, base: Policy, changes: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.base = base
        self.fields["seen"].initial = seen_of(base)
        for name in parameter_names():
            field = parameter_field(name)
            standing = getattr(base, name)
            drafted = parse_parameter(name, changes[name]) if name in changes else standing
            field.initial = field.shown(drafted)
            self.fields[name] = field

    def clean_seen(self) -> str:
        if self.cleaned_data["seen"] != seen_of(self.base):
            raise ValidationError(
                _("The policy itself was changed meanwhile. Open the draft again."), code="seen"
            )
        return str(self.cleaned_data["seen"])

    def changes(self) -> dict[str, str]:
        """What the form says otherwise than the version it stands beside."""
        return {
            name: self.cleaned_data[name]
            for name in parameter_names()
            if parse_parameter(name, self.cleaned_data[name]) != getattr(self.base, name)
        }

    def parameters(self) -> Iterator[tuple[str, Any, str]]:
        """Each parameter's name, its input, and what counts without the draft."""
        for name in parameter_names():
            yield name, self[name], parameter_text(getattr(self.base, name))


class DayForm(forms.Form):
    """The company's word on a day. `seen_*`: what the form stands on."""

    is_workday = forms.ChoiceField(
        label=_("This day is"),
        choices=[("yes", _("a workday")), ("no", _("a day off"))],
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )
    seen_word = forms.ChoiceField(
        choices=[("", ""), ("yes", ""), ("no", "")], required=False, widget=forms.HiddenInput
    )
    seen_note = forms.CharField(
        required=False, max_length=200, strip=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, day: date, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = day < today

    def seen(self) -> tuple[bool, str] | None:
        word = self.cleaned_data["seen_word"]
        return (word == "yes", self.cleaned_data["seen_note"]) if word else None
