"""In words: why an order pays nothing, and why a claim gets less than was spent (EXP)."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from claims.rules import Allowance, ClaimVerdict, Refused
from core import clock
from core.money import ZERO
from core.templatetags.house import yuan_text
from policy.querysets import policy_book
from policy.rules import PolicyBook


def why_nothing(refused: Refused, book: PolicyBook | None = None, on: date | None = None) -> str:
    """The reason, for a claim approved on a day; by default today."""
    policy = (book or policy_book()).on(on or clock.today())
    if refused == Refused.SWITCHED_OFF:
        return _("Travel and meals are not paid for the time being.")
    if refused == Refused.NOT_SIGNED:
        return _("The order is not signed: only signed orders pay.")
    if refused == Refused.SMALL_ORDER:
        return _("Only orders over %(amount)s yuan pay.") % {
            "amount": yuan_text(policy.expense_limit_min_order)
        }
    if refused == Refused.TOO_MANY:
        return _("%(n)s claims of this month are paid already; more are not paid.") % {
            "n": policy.expense_limit_claims
        }
    return _("The order's cap is used up by earlier claims.")


def why_less(verdict: ClaimVerdict, book: PolicyBook | None = None) -> list[str]:
    """How a claim comes to what it gets, a step a line; the reason first where that is nothing."""
    steps = []
    if verdict.refused:
        steps.append(why_nothing(verdict.refused, book, verdict.claim.approved_on))
    if verdict.cap:
        steps.append(
            _("%(rate)s of %(amount)s is %(share)s.")
            % {
                "rate": percent(verdict.rate),
                "amount": yuan_text(verdict.claim.amount),
                "share": yuan_text(verdict.share),
            }
        )
        steps.append(_cap_says(verdict))
    return steps


def _cap_says(found: ClaimVerdict | Allowance) -> str:
    values = {
        "cap": yuan_text(found.cap),
        "earlier": yuan_text(found.earlier),
        "left": yuan_text(max(found.cap - found.earlier, ZERO)),
    }
    if found.earlier:
        return (
            _("Cap of the order: %(cap)s; earlier claims got %(earlier)s: %(left)s left.") % values
        )
    return _("Cap of the order: %(left)s left.") % values


def percent(rate: Decimal) -> str:
    """0.8 as 80 %."""
    return f"{(rate * 100).normalize():f} %"
