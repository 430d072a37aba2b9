"""The invariant of invoices (SLIP-5): never over more than is counted for their order."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from core.verification import Problem
from receivables.querysets.counted import over_invoiced


def invoices() -> Iterator[Problem]:
    """No order has invoices over more money than is counted for it: a cheque may have bounced."""
    rows = over_invoiced().order_by("order_no").values_list("order_no", "invoiced", "counted")
    for order_no, invoiced, counted in rows:
        yield Problem(
            "invoices",
            order_no,
            _("%(invoiced)s is invoiced, and %(counted)s counted")
            % {"invoiced": invoiced, "counted": counted},
        )
