"""Names as people type them: in pinyin, by first letters. Kept in a table, for working them out
takes seconds for a company's customers, and a search has none (`core.models.Spelling`)."""

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from core import clock
from core.jobs import Due, Running
from core.models import Spelling, SpellingPart
from core.pinyin import syllables

LONGEST = 60
AT_A_TIME = 1_000
PARTS_ASKED = 3  # few names have all of them: the text decides about those


def words_of(typed: str) -> str:
    """What was typed as it is compared: no blanks, small letters, half width."""
    plain = unicodedata.normalize("NFKC", typed[: 4 * LONGEST]).lower()
    return "".join(c for c in plain if c.isprintable() and not c.isspace())[:LONGEST]


def spelling_of(name: str) -> str:
    """A name as it stands, in pinyin, and by the first letters: a line each."""
    read = syllables(unicodedata.normalize("NFKC", name).lower())
    lines = (name, "".join(read), "".join(each[:1] for each in read))
    return "\n".join(words_of(line) for line in lines)


def spelled(model: type[models.Model], words: str) -> QuerySet[Spelling]:
    """The ids of the rows of a model whose name is written so, as a subquery."""
    label = model._meta.label_lower
    first, *others = _parts_asked(words)
    if not others:  # a sign or two: whatever has it is written so
        return _with_part(label, first)  # type: ignore[return-value]
    known = Spelling.objects.filter(kind=label, text__contains=words)
    for part in (first, *others):
        known = known.filter(row__in=_with_part(label, part))
    return known.order_by().values("row")  # type: ignore[return-value]  # ids, for `__in`


def named_first(model: type[models.Model], field: str, words: str, *, most: int) -> list[int]:
    """The ids of rows whose name is written so, no more than `most` of them; those that came
    after the last one spelled by the name as it stands. One query."""
    known = Spelling.objects.filter(kind=model._meta.label_lower).order_by("-row")
    last = Coalesce(Subquery(known.values("row")[:1]), 0)
    new = model._default_manager.filter(pk__gt=last, **{f"{field}__icontains": words}).order_by()
    found = spelled(model, words).values_list("row").union(new.values_list("pk"), all=True)
    return [pk for (pk,) in found[:most]]


def _parts_asked(words: str) -> list[str]:
    """Some of the pairs, from all over the word: its beginning alone many names may have."""
    parts = list(dict.fromkeys(parts_of(words)))
    step = max(1, -(-len(parts) // PARTS_ASKED))
    return parts[::step]


def parts_of(line: str) -> list[str]:
    """The pairs of signs of a line, as they follow each other; of a single sign, itself."""
    return [line[i : i + 2] for i in range(len(line) - 1)] or [line]


def _with_part(label: str, part: str) -> QuerySet[SpellingPart]:
    """The ids of those rows whose spelling has this part."""
    parts = SpellingPart.objects.filter(kind=label, part=part)
    return parts.order_by().values("row")  # type: ignore[return-value]  # ids, for `__in`


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


@transaction.atomic
def _spell(model: type[models.Model], rows: Sequence[tuple[int, str]]) -> None:
    kind = model._meta.label_lower
    spelled = [Spelling(kind=kind, row=pk, name=name, text=spelling_of(name)) for pk, name in rows]
    Spelling.objects.bulk_create(
        spelled,
        update_conflicts=True,
        unique_fields=["kind", "row"],
        update_fields=["name", "text"],
    )
    SpellingPart.objects.filter(kind=kind, row__in=[pk for pk, _name in rows]).delete()
    SpellingPart.objects.bulk_create(
        (
            SpellingPart(kind=kind, part=part, row=each.row)
            for each in spelled
            for part in _parts_kept(each.text)
        ),
        ignore_conflicts=True,
        batch_size=AT_A_TIME,
    )


def _parts_kept(text: str) -> set[str]:
    """Every sign of its lines, and every pair that follows each other."""
    lines = [line for line in text.split("\n") if line]
    return {part for line in lines for part in (*parts_of(line), *line)}


def schedule(now: datetime) -> Iterator[Due]:
    """Within the minute after a name came or changed."""
    if any(_unspelled(model, field).exists() for model, field in _sources()):
        at = now.replace(second=0, microsecond=0)
        yield Due(str(clock.local_date(at)), at)
