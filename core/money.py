"""Money: `Decimal` yuan in Python, whole fen in the database.

SQLite keeps decimals as floats and loses fen, so a `MoneyField` is a `BigIntegerField` of fen.
"""

import re
from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    _Fen = models.Field[Decimal, Decimal]  # what Python sees of it
else:
    _Fen = models.BigIntegerField

FEN = Decimal("0.01")
ZERO = Decimal("0.00")
MAX_YUAN = Decimal("99999999999.99")

_PLAIN_AMOUNT = re.compile(r"-?[0-9]{1,11}(\.[0-9]{1,2})?")


def round_half_up(yuan: Decimal) -> Decimal:
    """Round to the fen, half up: the way everywhere no other rule stands (EXP-3)."""
    return yuan.quantize(FEN, rounding=ROUND_HALF_UP)


def round_up(yuan: Decimal) -> Decimal:
    """Round up to the next whole fen (RES-4: the salesperson's half of a legal cost)."""
    return yuan.quantize(FEN, rounding=ROUND_CEILING)


def round_down(yuan: Decimal) -> Decimal:
    """Round down to the fen (ATT-3: a share of the pool)."""
    return yuan.quantize(FEN, rounding=ROUND_FLOOR)


def total(amounts: Iterable[Decimal]) -> Decimal:
    """The sum of amounts in yuan, 0.00 for none."""
    return sum(amounts, ZERO)


def to_fen(yuan: Decimal) -> int:
    """Whole fen of an amount in yuan. Raises `ValueError` when the amount has parts of a fen."""
    fen = yuan * 100
    if fen != fen.to_integral_value():
        raise ValueError(f"{yuan} is not a whole number of fen")
    return int(fen)


def from_fen(fen: int) -> Decimal:
    """Yuan, with two decimals, of whole fen."""
    return Decimal(fen).scaleb(-2)


def parse_yuan(text: str) -> Decimal:
    """Read an amount as people and files write it: plain digits, at most two decimals.

    Refuses exponents, thousands separators, full-width digits, `NaN`, `-0` and parts of a fen:
    a guess about money is worse than a question. Raises `ValidationError`.
    """
    if not _PLAIN_AMOUNT.fullmatch(text):
        raise ValidationError(
            _("“%(text)s” is not an amount in yuan with at most two decimals"),
            code="amount",
            params={"text": text[:40]},
        )
    if text.startswith("-") and not text.strip("-0."):
        raise ValidationError(
            _("“%(text)s” is not an amount: write 0"), code="amount", params={"text": text[:40]}
        )
    return Decimal(text).quantize(FEN)


class MoneyField(_Fen):
    """An amount in yuan (`Decimal`, two decimals), kept as whole fen."""

    description = _("Amount in yuan")
    if TYPE_CHECKING:
        _pyi_private_set_type: Decimal
        _pyi_private_get_type: Decimal
        _pyi_lookup_exact_type: Decimal

    def from_db_value(self, value: int | None, *_args: Any) -> Decimal | None:
        return None if value is None else from_fen(value)

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or isinstance(value, Decimal):
            return value
        return parse_yuan(str(value))

    def get_prep_value(self, value: Any) -> int | None:
        if value is None or hasattr(value, "resolve_expression"):
            return value  # type: ignore[no-any-return]  # an expression: the database's business
        return to_fen(Decimal(value))

    def formfield(self, **kwargs: Any) -> Any:
        from django import forms

        return models.Field.formfield(
            self, form_class=forms.DecimalField, decimal_places=2, max_value=MAX_YUAN, **kwargs
        )


def less(amount: str, taken: str) -> "models.ExpressionWrapper[Any]":
    """The difference of two money fields, in the database: what counts of an amount."""
    return models.ExpressionWrapper(models.F(amount) - models.F(taken), output_field=MoneyField())
