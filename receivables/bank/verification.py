"""The invariants of the bank's account (PAY-5): each line explained whole, no transfer twice."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q, Sum
from django.utils.translation import gettext_lazy as _

from core.money import ZERO
from core.verification import Problem
from receivables.bank.models import BankDay, BankLine
from receivables.models import Payment

STANDING = Q(matches__undone_at=None)


def bank() -> Iterator[Problem]:
    """What is matched and set aside makes up a settled line; nothing stands on one that is left; no
    payment stands for more than it is; a day is reconciled exactly if nothing of it is left."""
    rows = BankLine.objects.annotate(stands=Sum("matches__amount", filter=STANDING))
    for line in rows.filter(Q(stands__isnull=False) | Q(state="matched")).iterator(2000):
        stands = line.stands or ZERO
        wanted = line.amount - line.aside if line.state == BankLine.State.MATCHED else ZERO
        if stands != wanted:
            yield Problem("bank", f"line {line}", _("stands for %(stands)s") % {"stands": stands})
    over = Payment.objects.annotate(
        stands=Sum("bank_matches__amount", filter=Q(bank_matches__undone_at=None))
    ).filter(stands__gt=F("amount"))
    for payment_no, stands in over.values_list("payment_no", "stands"):
        yield Problem("bank", payment_no, _("stands for %(stands)s") % {"stands": stands})
    left = BankLine.objects.left().filter(day=OuterRef("day"))
    wrong = BankDay.objects.filter(
        Q(Exists(left), reconciled_at__isnull=False) | Q(~Exists(left), reconciled_at=None)
    )
    for each in wrong.values_list("day", flat=True):
        yield Problem("bank", str(each), _("says wrongly whether it is reconciled"))
