"""The list of spot checks (VIS-3)."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.lists import Empty
from customers.filters.spot_checks import SpotCheckFilter
from customers.lists.secrets import NamesCustomers
from customers.lists.visits import Acts, VisitsList
from customers.models import SpotCheck
from customers.permissions.spot_checks import can_spot_check
from customers.tables.spot_checks import SpotCheckTable


class SpotCheckList(NamesCustomers, VisitsList):
    """The spot checks one may see, the latest first."""

    key = "spot_checks"
    title = _("Spot checks")
    table = SpotCheckTable
    filterset = SpotCheckFilter
    fixed = ("customer", "checked_on")
    clauses = ("VIS-3",)

    def rows(self) -> QuerySet[SpotCheck]:
        return SpotCheck.objects.visible_to(self.user).select_related("customer", "person")

    def acts(self) -> Acts:
        if can_spot_check(self.user):
            return [(reverse("spot_check_new"), _("Draw a sample"), "shuffle")]
        return ()

    def empty(self) -> Empty:
        if can_spot_check(self.user):
            return Empty(
                _("No spot checks yet"),
                _("The program draws the customers whose records you look at."),
                "search-check",
                reverse("spot_check_new"),
                _("Draw a sample"),
            )
        return Empty(
            _("No spot checks"), _("Your records have not been checked so far."), "search-check"
        )
