"""What is said about bad-debt cases: opened, a step, a cost, an outcome (RES-3 to RES-6)."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from accounts.forms import YuanField
from core import clock
from core.files.fields import FilesField
from core.forms import UploadForm
from core.money import ZERO
from core.tables.columns import code
from receivables.models import BadDebt, CaseStep, OutcomeProposal

LONGEST = 2000
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
Outcome = OutcomeProposal.Outcome


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        **more,
    )


def _text(label: Any, rows: int = 3, **more: Any) -> forms.CharField:
    attrs = {"rows": rows, "maxlength": LONGEST}
    return forms.CharField(
        label=label, max_length=LONGEST, widget=forms.Textarea(attrs=attrs), **more
    )


class CaseForm(forms.Form):
    """A case on an order."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    order = forms.CharField(label=_("Order"), max_length=32)
    case_no = forms.CharField(
        label=_("Case no."), max_length=32, help_text=_("The next number; another will do as well.")
    )
    opened_on = _day(_("Opened on"))
    why = _text(_("Why the customer will not pay"))

    def __init__(self, data: Any = None, **initial: Any) -> None:
        first = {"token": uuid4(), "opened_on": clock.today()}
        super().__init__(data, initial={**first, **initial})

    def clean_order(self) -> str:
        return str(self.cleaned_data["order"]).strip()

    def clean_case_no(self) -> str:
        """As a file has it. Raises `ValidationError`."""
        return str(code()(self.cleaned_data["case_no"].strip()))


class StepForm(UploadForm):
    """Something done about a case, with what proves it."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("What was done"))
    on = _day(_("On"))
    text = _text(_("In words"))
    next_what = forms.CharField(label=_("Next step"), max_length=200, required=False)
    next_on = _day(_("Next step by"), required=False)
    files = FilesField(required=False)  # type: ignore[assignment]  # the field, not its input

    def __init__(
        self, *args: Any, kinds: Iterable[CaseStep.Kind], draft: str = "", **kwargs: Any
    ) -> None:
        kwargs.setdefault("initial", {"token": uuid4(), "on": clock.today()})
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]
        self.fields["text"].widget.attrs["data-draft"] = draft


class CostForm(forms.Form):
    """What suing cost on a day; `cost`: the one that is put right."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    seen = YuanField(widget=forms.HiddenInput)
    on = _day(_("On"))
    amount = YuanField(label=_("Amount"))
    what = forms.CharField(
        label=_("For what"), max_length=200, help_text=_("Court fee, lawyer, expert, travel …")
    )

    def __init__(self, data: Any = None, *, cost: Any = None) -> None:
        first: dict[str, Any] = {"token": uuid4(), "seen": ZERO, "on": clock.today()}
        if cost is not None:
            first |= {"seen": cost.amount, "amount": cost.amount}
            first |= {"on": cost.incurred_on, "what": cost.what}
        super().__init__(data, initial=first)
        if cost is not None:
            self.fields["on"].disabled = True
            self.fields["amount"].help_text = _("The sum of that day; 0 if there was none.")


class OutcomeForm(forms.Form):
    """How a case ended, as it is proposed."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(label=_("Outcome"), widget=forms.RadioSelect)
    on = _day(_("On"))
    reason = _text(_("Reason"))

    def __init__(self, data: Any = None, *, case: BadDebt) -> None:
        super().__init__(data, initial={"token": uuid4(), "on": clock.today()})
        wanted = [Outcome.RECOVERED, Outcome.DEAD, *([] if case.is_open else [Outcome.REOPENED])]
        self.fields["outcome"].choices = [(one.value, one.label) for one in wanted]  # type: ignore[attr-defined]


class OutcomeDecisionForm(forms.Form):
    """A decision on what is proposed; a refusal needs its reason."""

    reply = _text(_("Reason of the decision"), rows=2, required=False)
