"""Finding requests for support."""

from django.utils.translation import gettext_lazy as _

from core.lists.search import choice_filter
from customers.models import SupportRequest
from payroll.people_filters import OwnedFilter


class SupportFilter(OwnedFilter):
    """Search by number, customer or salesperson; what is needed, how it stands, whose."""

    TEXTS = ("request_no", "customer__name")
    PLACEHOLDER = _("Request, customer, name or pinyin")

    state = choice_filter(_("State"), _("Any state"), choices=SupportRequest.State.choices)
    kind = choice_filter(_("Kind"), _("Any kind"), choices=SupportRequest.Kind.choices)

    class Meta:
        model = SupportRequest
        fields = ["state", "kind"]
