"""The list of requests for support (CUS-6)."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.lists import Empty
from customers.filters.support import SupportFilter
from customers.lists.secrets import NamesCustomers
from customers.models import SupportRequest
from customers.permissions.support import can_ask_support
from customers.tables.support import SupportTable
from policy.clauses import clause_of


class SupportList(NamesCustomers):
    """The requests one may see, the latest first."""

    key = "support"
    title = _("Support")
    table = SupportTable
    filterset = SupportFilter
    fixed = ("request_no", "kind")
    page_template = "lists/chapter.html"

    def rows(self) -> QuerySet[SupportRequest]:
        return SupportRequest.objects.visible_to(self.user)

    def records(self, found: Any, *, first: int, count: int) -> QuerySet[SupportRequest]:
        rows: QuerySet[SupportRequest] = found.select_related("person", "customer", "helper")
        return rows

    def empty(self) -> Empty:
        if can_ask_support(self.user):
            return Empty(
                _("No requests yet"),
                _("Somebody to join the talks, a sample, a car, a document, a mediation: ask."),
                "life-buoy",
                reverse("support_new"),
                _("Ask for support"),
            )
        return Empty(
            _("No requests"), _("Nobody whose requests you may see has asked."), "life-buoy"
        )

    def context(self) -> Mapping[str, Any]:
        acts = []
        if can_ask_support(self.user):
            acts.append((reverse("support_new"), _("Ask for support"), "life-buoy"))
        return {"tabs": [], "acts": acts, "clauses": [clause_of("CUS-6")]}
