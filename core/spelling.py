"""Names as people type them: in pinyin, by first letters. Kept in a table, for working them out
takes seconds for a company's customers, and a search has none (`core.models.Spelling`)."""

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from pypinyin import lazy_pinyin

from core import clock
from core.jobs import Due, Running
from core.models import Spelling

LONGEST = 60
AT_A_TIME = 1_000


def words_of(typed: str) -> str:
    """What was typed as it is compared: no blanks, small letters, half width."""
    plain = unicodedata.normalize("NFKC", typed[: 4 * LONGEST]).lower()
    return "".join(c for c in plain if c.isprintable() and not c.isspace())[:LONGEST]


def spelling_of(name: str) -> str:
    """A name as it stands, in pinyin, and by the first letters: a line each."""
    syllables = lazy_pinyin(unicodedata.normalize("NFKC", name).lower())
    lines = (name, "".join(syllables), "".join(each[:1] for each in syllables))
    return "\n".join(words_of(line) for line in lines)


def spelled(model: type[models.Model], words: str) -> QuerySet[Spelling]:
    """The ids of the rows of a model whose name is written so, as a subquery."""
    known = Spelling.objects.filter(kind=model._meta.label_lower, text__contains=words)
    return known.order_by().values("row")  # type: ignore[return-value]  # ids, for `__in`


def _sources() -> Iterator[tuple[type[models.Model], str]]:
    """Every model whose names are spelled, and the field that holds the name."""
    for path in settings.SPELLED:
        label, field = path.rsplit(".", 1)
        yield apps.get_model(label), field


def _unspelled(model: type[models.Model], field: str) -> QuerySet[models.Model]:
    """Rows whose name is not spelled, or was spelled when it was another."""
    label = model._meta.label_lower
    as_it_is = Spelling.objects.filter(kind=label, row=OuterRef("pk"), name=OuterRef(field))
    return model._default_manager.filter(~Exists(as_it_is)).order_by()


def spellings_go_on(*, running: Running) -> None:
    running.finish(outcome={"spelled": spellings_refresh()})


def spellings_refresh() -> int:
    """Spell every name that is new or changed, some at a time; returns how many. Run twice or by
    two at once it comes to the same rows."""
    done = 0
    for model, field in _sources():
        rows = list(_unspelled(model, field).values_list("pk", field))
        for start in range(0, len(rows), AT_A_TIME):
            _spell(model, rows[start : start + AT_A_TIME])
        done += len(rows)
    return done


def _spell(model: type[models.Model], rows: Sequence[tuple[int, str]]) -> None:
    kind = model._meta.label_lower
    Spelling.objects.bulk_create(
        [Spelling(kind=kind, row=pk, name=name, text=spelling_of(name)) for pk, name in rows],
        update_conflicts=True,
        unique_fields=["kind", "row"],
        update_fields=["name", "text"],
    )


def schedule(now: datetime) -> Iterator[Due]:
    """Within the minute after a name came or changed."""
    if any(_unspelled(model, field).exists() for model, field in _sources()):
        at = now.replace(second=0, microsecond=0)
        yield Due(str(clock.local_date(at)), at)
