"""Why the program proposes what it proposes, in words (rules give codes)."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.templatetags.house import yuan_text

_SAID = {
    "name_exact": _("the payer is this customer by name"),
    "name_same": _("the payer's name is the customer's, place or form left out"),
    "name_sound": _("the payer's name sounds like the customer's, written with other characters"),
    "name_near": _("the payer's name is close to the customer's"),
    "name_elsewhere": _("a company of the same name, but of another place"),
    "name_none": _("the amount alone: the payer is not known"),
    "account_known": _("this account has paid for the customer before"),
    "memo_slip": _("the memo names %(slips)s or its order"),
    "amount_exact": _("exactly what is still due"),
    "amount_recorded": _("exactly the transfer the salesperson recorded"),
    "amount_merged": _("exactly the sum of %(n)s slips"),
    "amount_split": _("%(n)s lines together pay exactly this slip"),
    "amount_part": _("a part of what is due"),
    "amount_over": _("%(rest)s more than is due"),
    "crowd": _("several known customers have names like this"),
    "several": _("the amount fits something else as well"),
    "contested": _("another line would pay the same"),
    "too_many": _("too many slips to be sure that nothing else fits"),
    "early": _("%(days)s days before the slip was issued"),
    "late": _("%(days)s days after the slip was issued"),
    "date_differs": _("%(days)s days from the date the salesperson recorded"),
    "other_month": _("recorded for collection month %(month)s, booked in another"),
    "memo_other": _("the memo names something else"),
}
DOUBTS = frozenset(
    (
        "name_sound", "name_near", "name_elsewhere", "name_none", "amount_part", "amount_over",
        "crowd", "several", "contested", "too_many", "early", "late", "date_differs",
        "other_month", "memo_other",
    )
)  # fmt: skip
"""What speaks against, of the reasons."""
DATES = frozenset(("date_differs", "other_month"))


def reasons_said(reasons: Iterable[Sequence[Any]]) -> list[dict[str, Any]]:
    """Reasons as they are kept, in words; each with whether it speaks against."""
    said = []
    for code, about in reasons:
        if code not in _SAID:
            continue
        shown = {
            name: yuan_text(value) if name == "rest" else value for name, value in about.items()
        }
        said.append({"text": str(_SAID[code]) % shown, "against": code in DOUBTS})
    return said
