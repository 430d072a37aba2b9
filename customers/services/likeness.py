"""The index by which firms that look alike are found: kept as files come and change."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from core.jobs import Running
from customers.models import Customer, Likeness, LikenessKey
from customers.rules.lookalikes import Firm, as_kept, firm_of, keys_of

AT_A_TIME = 1_000
LOOKED_AT = ("name", "address", "telephone")


def unindexed() -> "QuerySet[Customer]":
    """Files that are new, or were something else when they were indexed; those too whose place
    another took, for their old name leads to it."""
    as_it_is = Likeness.objects.filter(
        pk=OuterRef("pk"), **{name: OuterRef(name) for name in LOOKED_AT}
    )
    files: QuerySet[Customer] = Customer.objects.filter(~Exists(as_it_is)).order_by()
    return files


def likeness_refresh() -> int:
    """Index every file that is new or changed, some at a time; returns how many. Run twice or by
    two at once it comes to the same rows."""
    rows = list(unindexed().values_list("pk", *LOOKED_AT))
    for start in range(0, len(rows), AT_A_TIME):
        _index(rows[start : start + AT_A_TIME])
    return len(rows)


def likeness_keep(file: Customer) -> None:
    """Index one file, in the transaction that changed it: who types its name next finds it."""
    _index([(file.pk, file.name, file.address, file.telephone)])


@transaction.atomic
def _index(rows: Sequence[tuple[int, str, str, str]]) -> None:
    firms = [firm_of(*said) for _pk, *said in rows]
    Likeness.objects.bulk_create(
        [
            Likeness(pk=pk, **dict(zip(LOOKED_AT, said, strict=True)), **as_kept(firm))
            for (pk, *said), firm in zip(rows, firms, strict=True)
        ],
        update_conflicts=True,
        unique_fields=["customer"],
        update_fields=(*LOOKED_AT, *Firm._fields),
    )
    LikenessKey.objects.filter(customer__in=[row[0] for row in rows]).delete()
    LikenessKey.objects.bulk_create(
        (
            LikenessKey(key=key, customer_id=pk)
            for (pk, *_said), firm in zip(rows, firms, strict=True)
            for key in sorted(keys_of(firm))
        ),
        ignore_conflicts=True,
        batch_size=AT_A_TIME,
    )


def likeness_go_on(*, running: Running) -> None:
    running.finish(outcome={"indexed": likeness_refresh()})
