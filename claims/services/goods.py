"""The keeper's register: goods put on file, changed, retired (GOOD-1)."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from claims.models import Goods, Loan
from claims.services.refusals import ChangedMeanwhile, ClaimsRefused
from core import clock
from core.services import BATCH, audit, audit_subject, facts_replace
from core.tables.staging import batched
from core.tables.table import Row, Saved


@dataclass(frozen=True, slots=True)
class GoodsFacts:
    """What the register says of one piece; the price in yuan."""

    code: str
    name: str
    price: Decimal
    serial_no: str = ""
    place: str = ""


@transaction.atomic
def goods_add(*, facts: GoodsFacts, token: UUID, actor: Any = None) -> Goods:
    """Put a piece on file; the same form sent twice is one piece. Raises `ClaimsRefused`."""
    if kept := Goods.objects.filter(token=token).first():
        return kept
    try:
        with transaction.atomic():
            goods = Goods.objects.create(**asdict(facts), token=token)
    except IntegrityError:
        if kept := Goods.objects.filter(token=token).first():
            return kept
        raise ClaimsRefused(_("There are goods with this code already.")) from None
    changes = {name: [None, str(value)] for name, value in asdict(facts).items() if value}
    audit(actor=actor, action="add", subject=audit_subject(goods), changes=changes)
    return goods


@transaction.atomic
def goods_change(*, goods: Goods, facts: GoodsFacts, actor: Any = None) -> Goods:
    """Change what the register says, as it was seen. What is lent keeps the price it was lent at.

    Raises `ClaimsRefused` for a code that is taken, `ChangedMeanwhile` for who comes second.
    """
    wanted = asdict(facts)
    try:
        with transaction.atomic():
            _update(goods, **wanted)
    except IntegrityError:
        raise ClaimsRefused(_("There are goods with this code already.")) from None
    changes = {
        name: [str(getattr(goods, name)), str(value)]
        for name, value in wanted.items()
        if getattr(goods, name) != value
    }
    audit(actor=actor, action="edit", subject=audit_subject(goods), changes=changes)
    return Goods.objects.get(pk=goods.pk)


@transaction.atomic
def goods_retire(*, goods: Goods, reason: str, actor: Any = None) -> Goods:
    """Lend it no more, with the reason. Raises `ClaimsRefused` while it is out."""
    if not reason.strip():
        raise ClaimsRefused(_("Say why."))
    goods_locked(goods.pk)
    if Loan.objects.filter(goods=goods, returned_on=None).exists():
        raise ClaimsRefused(_("It is out: record its return first."))
    _update(goods, retired_on=clock.today())
    _audit_retired(goods, clock.today(), reason.strip(), actor)
    return Goods.objects.get(pk=goods.pk)


@transaction.atomic
def goods_take_back(*, goods: Goods, reason: str, actor: Any = None) -> Goods:
    """Lend again what was retired, with the reason."""
    if not reason.strip():
        raise ClaimsRefused(_("Say why."))
    _update(goods, retired_on=None)
    _audit_retired(goods, None, reason.strip(), actor)
    return Goods.objects.get(pk=goods.pk)


def goods_replace(*, rows: Iterable[Row], actor: Any) -> Saved:
    """Write the register from a file; who had a piece open meanwhile is told.

    Runs in the caller's transaction.
    """
    facts = ("name", "price", "serial_no", "place", "retired_on")
    known = {
        code: told for code, *told in Goods.objects.select_for_update().values_list("code", *facts)
    }
    changed = [
        row["code"]
        for row in rows
        if row["code"] in known and known[row["code"]] != [row[name] for name in facts]
    ]
    saved = facts_replace(model=Goods, key=("code",), rows=rows, actor=actor)
    for some in batched(changed, BATCH):
        Goods.objects.filter(code__in=some).update(version=F("version") + 1)
    return saved


def goods_locked(pk: int) -> Goods:
    """A piece read anew, its row held until the transaction ends."""
    return Goods.objects.select_for_update().get(pk=pk)


def _update(goods: Goods, **values: Any) -> None:
    seen = Goods.objects.filter(pk=goods.pk, version=goods.version)
    if seen.update(version=goods.version + 1, **values) != 1:
        raise ChangedMeanwhile(_("The register was changed meanwhile; look again."))


def _audit_retired(goods: Goods, retired_on: Any, reason: str, actor: Any) -> None:
    was = goods.retired_on
    audit(
        actor=actor,
        action="retire" if retired_on else "lend again",
        subject=audit_subject(goods),
        changes={
            "retired_on": [was and str(was), retired_on and str(retired_on)],
            "reason": [None, reason],
        },
    )
