"""The list of customers' files one may see (CUS-1, CUS-2)."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import clock
from core.lists import Empty
from customers.filters.files import FileFilter
from customers.lists.secrets import NamesCustomers
from customers.models import Customer
from customers.permissions.files import can_add_file, can_see_export_rights
from customers.querysets.calls import with_calls_on
from customers.querysets.files import SEE_ALL_CUSTOMERS
from customers.reads.telephone import calls_a_day
from customers.tables.files import FileTable
from policy.clauses import clause_of


class FileList(NamesCustomers):
    """Trade secrets: whoever takes them out is written down."""

    key = "customers"
    title = pgettext_lazy("menu", "Customers")
    table = FileTable
    filterset = FileFilter
    fixed = ("customer_no", "name")
    page_template = "customers/files.html"
    nothing_found = Empty(
        _("Nothing found"), _("No customer of yours fits. Try fewer letters."), "search"
    )

    def rows(self) -> QuerySet[Customer]:
        return Customer.objects.visible_to(self.user).with_contact_counts()

    def records(self, found: QuerySet[Customer], *, first: int, count: int) -> QuerySet[Customer]:
        """Each with how often they were called today: a number is not whole while it is enough."""
        return with_calls_on(found.select_related("owner"), clock.today())

    @cached_property
    def sees_others(self) -> bool:
        return bool(self.user.is_superuser or self.user.has_role(*SEE_ALL_CUSTOMERS, "supervisor"))

    def table_options(self) -> Mapping[str, Any]:
        options: dict[str, Any] = {"calls_a_day": self.calls_a_day}
        return options if self.sees_others else {**options, "exclude": ("owner",)}

    @cached_property
    def calls_a_day(self) -> int:
        return calls_a_day()

    def filters_left_out(self) -> Sequence[str]:
        return () if self.sees_others else ("whose",)

    def empty(self) -> Empty:
        if can_add_file(self.user):
            return Empty(
                _("No customers yet"),
                _("A file is opened with the customer's name, and completed within the month."),
                "building-2",
                reverse("customer_new"),
                _("New customer"),
            )
        return Empty(_("No customers yet"), _("There is no file you may see."), "building-2")

    def context(self) -> Mapping[str, Any]:
        return {
            "clause": clause_of("CUS-1"),
            "can_add": can_add_file(self.user),
            "sees_export_rights": can_see_export_rights(self.user),
        }
