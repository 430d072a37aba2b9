"""Shapes of input of cases (DIS-1, DIS-2)."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import Person
from conduct.cases.rules import TWO_SIDED, prescription
from conduct.cases.services import Decided, Reported
from conduct.forms import SELECT, day, line, money, person_named, token, version, words
from conduct.kinds import Offence, Sanction
from conduct.models import Proceeding, Proposal
from core import clock
from core.files.fields import FilesField
from core.forms import UploadForm

NAME_OR_NUMBER = gettext_lazy("Name or employee number.")
LONG_AGO = timedelta(days=731)
NOT_BY_PROPOSAL = [each for each in Sanction.choices if each[0] not in ("demotion", "dismissal")]


class ReportForm(UploadForm):
    """Something is reported. Whom it is about is typed."""

    token = token()
    offence = forms.ChoiceField(
        label=gettext_lazy("Offence"),
        choices=[("", "—"), *Offence.choices],
        widget=forms.Select(attrs=SELECT),
    )
    about = line(pgettext_lazy("conduct", "About whom"), 60, help_text=NAME_OR_NUMBER)
    other = line(
        gettext_lazy("The other side"),
        60,
        required=False,
        help_text=gettext_lazy("Poaching and shifting have two sides: name both."),
    )
    happened_on = day(gettext_lazy("When it happened"), initial=clock.today)
    facts = words(
        pgettext_lazy("conduct", "What happened"),
        help_text=gettext_lazy("What you saw or know. Whom it is about reads it in the hearing."),
    )
    files = FilesField(label=gettext_lazy("Photos or scans"), required=False)  # type: ignore[assignment]  # the field

    def clean_about(self) -> Person:
        return person_named(self.cleaned_data["about"])

    def clean_other(self) -> Person | None:
        typed = self.cleaned_data["other"]
        return person_named(typed) if typed.strip() else None

    def clean_happened_on(self) -> date:
        found: date = self.cleaned_data["happened_on"]
        if found > clock.today():
            raise ValidationError(_("That day is still to come."), code="ahead")
        if found < clock.today() - LONG_AGO:
            raise ValidationError(_("That is too long ago."), code="old")
        return found

    def clean(self) -> dict[str, Any] | None:
        given = super().clean() or self.cleaned_data
        about, other = given.get("about"), given.get("other")
        if given.get("offence") in TWO_SIDED and "other" in given and other is None:
            self.add_error("other", _("Poaching and shifting have two sides: name both."))
        elif about is not None and about == other:
            self.add_error("other", _("Both sides are the same person."))
        return given

    def reported(self) -> Reported:
        given = self.cleaned_data
        both = tuple(each for each in (given["about"], given["other"]) if each is not None)
        return Reported(given["offence"], given["happened_on"], given["facts"], both)


class SuspicionCaseForm(forms.Form):
    """Which of both a suspicion is of."""

    offence = forms.ChoiceField(
        label=gettext_lazy("Offence"),
        choices=[each for each in Offence.choices if each[0] in TWO_SIDED],
        widget=forms.Select(attrs=SELECT),
    )


class SeenForm(forms.Form):
    """Something done with a case as it was seen."""

    version = version()


class DismissForm(SeenForm):
    """Why there is nothing in it."""

    why = words(gettext_lazy("Why nothing follows"), longest=1000)


class ReplyForm(UploadForm):
    """One's own side, with what speaks for it."""

    token = token()
    text = words(gettext_lazy("What I say to it"))
    files = FilesField(label=gettext_lazy("Photos or scans"), required=False)  # type: ignore[assignment]  # the field


class VerdictForm(SeenForm):
    """What is decided of one of them: what the documents prescribe stands there first."""

    proven = forms.ChoiceField(
        label=gettext_lazy("Is it proven?"),
        choices=[("yes", gettext_lazy("proven")), ("no", gettext_lazy("not proven"))],
        widget=forms.Select(attrs=SELECT),
    )
    grave = forms.BooleanField(
        label=gettext_lazy("especially grave"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )
    sanction = forms.ChoiceField(
        label=gettext_lazy("Sanction"), required=False, widget=forms.Select(attrs=SELECT)
    )
    amount = money(
        gettext_lazy("Amount (yuan)"),
        100_000,
        required=False,
        help_text=gettext_lazy("Of a fine, or of a cut of the month's bonuses."),
    )
    proposes = forms.ChoiceField(
        label=gettext_lazy("Proposed to the leader"),
        required=False,
        choices=[("", gettext_lazy("nothing")), *Proposal.Kind.choices],
        widget=forms.Select(attrs=SELECT),
    )
    reason = words(
        pgettext_lazy("conduct", "Reason"),
        longest=1000,
        help_text=gettext_lazy("Whom it is about reads it."),
    )
    departs = words(
        gettext_lazy("Why otherwise than prescribed"),
        longest=1000,
        required=False,
        help_text=gettext_lazy("Only where you decide otherwise than the documents prescribe."),
    )

    def __init__(self, *args: Any, row: Proceeding, second: bool, **kwargs: Any) -> None:
        due = prescription(row.offence, second=second)
        initial = {"version": row.version, "sanction": due.sanction, "proposes": due.proposes}
        kwargs["initial"] = {**initial, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        sanction: Any = self.fields["sanction"]
        # What is prescribed stands first.
        first = [each for each in NOT_BY_PROPOSAL if each[0] == due.sanction]
        rest = [each for each in NOT_BY_PROPOSAL if each[0] != due.sanction]
        sanction.choices = [*first, ("", _("none but what is proposed")), *rest]

    def decided(self) -> Decided:
        given = self.cleaned_data
        if given["proven"] == "no":  # what else stands in the form was never meant
            return Decided(proven=False, reason=given["reason"])
        return Decided(
            proven=True,
            reason=given["reason"],
            grave=given["grave"],
            sanction=given["sanction"],
            amount=given["amount"] or None,
            proposes=given["proposes"],
            departs=given["departs"],
        )


class ObjectForm(forms.Form):
    """What is wrong with the decision."""

    text = words(gettext_lazy("What is wrong with the decision"))


class WordForm(forms.Form):
    """A word on an objection or a proposal; the button says which."""

    reply = words(pgettext_lazy("conduct", "Reason"), longest=1000)
