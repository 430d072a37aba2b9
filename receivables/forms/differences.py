"""A difference explained and settled (SLIP-3)."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from receivables.models import Discrepancy, Payment
from receivables.rules.counting import RECORDED_WRONG, ways_to_settle

LONGEST = 2000


def _text(label: Any) -> forms.CharField:
    attrs = {"class": "form-control", "rows": 3, "maxlength": LONGEST}
    return forms.CharField(label=label, max_length=LONGEST, widget=forms.Textarea(attrs=attrs))


class _OfVersion(forms.Form):
    """About a difference as it was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**9)


class ExplanationForm(_OfVersion):
    text = _text(_("How it came to differ"))


class SettlementForm(_OfVersion):
    """How it is settled, and why; what was recorded wrong names its payment."""

    way = forms.ChoiceField(label=_("How it is settled"), widget=forms.RadioSelect)
    payment = forms.ChoiceField(
        label=_("Payment recorded wrong"),
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    note = _text(_("Note"))

    def __init__(
        self,
        *args: Any,
        discrepancy: Discrepancy,
        payments: Sequence[Payment],
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("initial", {"version": discrepancy.version})
        super().__init__(*args, **kwargs)
        ways = ways_to_settle(discrepancy.amount, brought=discrepancy.brought_id is not None)
        labels = dict(Discrepancy.Settlement.choices)
        self.fields["way"].choices = [  # type: ignore[attr-defined]  # a choice field's
            (way, labels[way]) for way in ways
        ]
        self.by_id = {str(each.pk): each for each in payments}
        if RECORDED_WRONG not in ways:
            del self.fields["payment"]
            return
        named = [
            (pk, f"{each.slip.slip_no} · {each.payment_no} · ¥ {each.amount}")
            for pk, each in self.by_id.items()
        ]
        self.fields["payment"].choices = [("", "—"), *named]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Payment | None:
        return self.by_id.get(self.cleaned_data.get("payment", ""))
