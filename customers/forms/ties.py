"""How two are tied, as it is typed (CUS-1)."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.forms.files import TokenForm, line
from customers.models import Customer, Tie
from customers.services.ties import End

COMPANY, ELSEWHERE = "company", "elsewhere"


class TieForm(TokenForm):
    """From somebody of this file (or the company) to somebody of it, or of another one sees."""

    who = forms.ChoiceField(label=gettext_lazy("Who"))
    kind = forms.ChoiceField(label=gettext_lazy("Tie"), choices=Tie.Kind.choices)
    whom = forms.ChoiceField(label=gettext_lazy("To whom"))
    other_no = forms.CharField(
        label=gettext_lazy("Customer no. of the other"), max_length=32, required=False
    )
    other_name = line(
        gettext_lazy("Contact there"),
        60,
        help_text=gettext_lazy("Left empty: the company as a whole."),
    )
    note = line(gettext_lazy("Note"), 200)

    def __init__(self, user: Any, file: Customer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.file = user, file
        self.contacts = {str(each.pk): each for each in file.contacts.filter(gone=False)}
        people = [(pk, each.name) for pk, each in self.contacts.items()]
        own = [*people, (COMPANY, file.name)]
        self.fields["who"].choices = own  # type: ignore[attr-defined]
        elsewhere = (ELSEWHERE, _("another customer, named below"))
        self.fields["whom"].choices = [*own, elsewhere]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "who" in given:
            given["one"] = self._own(given["who"])
        if "whom" in given:
            given["other"] = (
                self._elsewhere(given) if given["whom"] == ELSEWHERE else self._own(given["whom"])
            )
        return given

    def _own(self, chosen: str) -> End:
        return End(self.file, self.contacts.get(chosen))

    def _elsewhere(self, given: dict[str, Any]) -> End | None:
        seen = Customer.objects.visible_to(self.user)
        found = seen.filter(customer_no__iexact=given.get("other_no", "").strip()).first()
        if found is None:
            self.add_error("other_no", ValidationError(_("No customer of yours fits.")))
            return None
        name = given.get("other_name", "").strip()
        contact = found.contacts.filter(name=name).first() if name else None
        if name and contact is None:
            self.add_error(
                "other_name", ValidationError(_("Nobody of this name is on file there."))
            )
        return End(found, contact)
