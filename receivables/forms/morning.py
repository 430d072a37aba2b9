"""What is typed in the morning sitting: lines ticked, amounts, orders besides (SLIP-1)."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from core.money import parse_yuan
from receivables.models import Slip

BESIDES = 3
"""Empty lines for orders that were not suggested."""
MOST_LINES = 200
LONGEST = 60
_ID = re.compile("[0-9]{1,18}")
_UNTYPED = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass
class Typed:
    """One line as it was typed; `wrong` says what was refused, `slip` what came of it."""

    token: UUID
    order_id: int = 0
    order_no: str = ""
    employee_no: str = ""
    amount: str = ""
    wrong: str = ""
    slip: Slip | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.order_no or self.employee_no or self.amount)

    def yuan(self) -> Decimal:
        """The amount. Raises `ValidationError`."""
        if not self.amount:
            raise ValidationError(_("How much is to be collected?"))
        return parse_yuan(self.amount)


@dataclass
class Sitting:
    """What a form of the sitting holds. Its token makes each line's: sent twice, issued once."""

    token: UUID = field(default_factory=uuid4)
    ticked: list[Typed] = field(default_factory=list)
    amounts: dict[int, str] = field(default_factory=dict)
    besides: list[Typed] = field(default_factory=list)

    @property
    def lines(self) -> list[Typed]:
        return [*self.ticked, *(each for each in self.besides if not each.is_empty)]


def sitting_of(data: QueryDict) -> Sitting:
    """Read what was sent; what is no line of ours is left out."""
    sitting = Sitting(_uuid(data.get("token", "")))
    ids = [each for each in data.getlist("row") if _ID.fullmatch(each)]
    for name in data:
        if name.startswith("amount-") and _ID.fullmatch(name.removeprefix("amount-")):
            sitting.amounts[int(name.removeprefix("amount-"))] = _text(str(data[name]))
    for pk in dict.fromkeys(map(int, ids[:MOST_LINES])):
        token = uuid5(sitting.token, str(pk))
        sitting.ticked.append(Typed(token, order_id=pk, amount=sitting.amounts.get(pk, "")))
    sitting.besides = _besides(data)
    return sitting


def _besides(data: QueryDict) -> list[Typed]:
    columns: list[Any] = [data.getlist(name)[:20] for name in ("key", "order", "who", "much")]
    return [
        Typed(_uuid(key), order_no=_text(order), employee_no=_text(who), amount=_text(much))
        for key, order, who, much in zip(*columns, strict=False)
    ]


def _text(said: str) -> str:
    return _UNTYPED.sub("", said).strip()[:LONGEST]


def _uuid(said: str) -> UUID:
    try:
        return UUID(said)
    except ValueError:
        return uuid4()
