"""Finding a loan among many."""

from django.utils.translation import gettext_lazy as _

from claims.models import Loan
from payroll.people_filters import OwnedFilter


class LoanFilter(OwnedFilter):
    """Search by number, goods or whoever has them; whose."""

    TEXTS = ("loan_no", "item")
    PLACEHOLDER = _("Loan, goods, name or pinyin")

    class Meta:
        model = Loan
        fields: list[str] = []
