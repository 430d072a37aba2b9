"""The regulation as it is read: chapters, clauses, the figures of a day, what a search finds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from core.tables.naming import in_chinese
from policy.clauses import CHAPTER_TITLES, CHAPTERS
from policy.clauses.clause import Clause
from policy.labels import LABELS, parameter_text, readable
from policy.rules import PolicyBook
from policy.versions import history


@dataclass(frozen=True, slots=True)
class Value:
    """What a figure is from a day on, as it is read; the documents' own has no day."""

    since: date | None
    text: str
    is_now: bool = False
    is_coming: bool = False


@dataclass(frozen=True)
class Figure:
    """A parameter of a clause with all its values, the first to count first."""

    name: str
    values: Sequence[Value]

    @property
    def label(self) -> Any:
        return LABELS.get(self.name, self.name)

    @property
    def now(self) -> Value:
        return next(value for value in self.values if value.is_now)

    @property
    def coming(self) -> list[Value]:
        return [value for value in self.values if value.is_coming]


@dataclass(frozen=True)
class ClauseRead:
    """A clause on a day: its words in the reader's language, its figures, whether it is in force.

    The documents' own words stay Chinese.
    """

    clause: Clause
    figures: Sequence[Figure]
    in_force: bool

    @cached_property
    def title(self) -> str:
        return self.clause.title_zh if in_chinese() else self.clause.title_en

    @cached_property
    def text(self) -> str:
        return self.clause.text_zh if in_chinese() else self.clause.text_en

    @property
    def other_text(self) -> str:
        """The same in the other language."""
        return self.clause.text_en if in_chinese() else self.clause.text_zh

    @property
    def other_title(self) -> str:
        return self.clause.title_en if in_chinese() else self.clause.title_zh

    @property
    def other_language(self) -> str:
        return "en" if in_chinese() else "zh-Hans"


@dataclass(frozen=True)
class Chapter:
    """A chapter with those of its clauses that were asked for. `number` counts from 1."""

    number: int
    title: Any
    clauses: Sequence[ClauseRead]


def figure_of(name: str, book: PolicyBook, today: date) -> Figure:
    found = history(name, book)
    last = sum(1 for since, _value in found if since is None or since <= today) - 1
    return Figure(
        name,
        [
            Value(since, readable(name, parameter_text(value)), n == last, n > last)
            for n, (since, value) in enumerate(found)
        ],
    )


def clause_read(clause: Clause, book: PolicyBook, today: date) -> ClauseRead:
    """A clause as it stands on a day (POL-3). An optional one may be switched off (POL-2)."""
    figures = [figure_of(name, book, today) for name in clause.parameters]
    policy = book.on(today)
    return ClauseRead(clause, figures, all(getattr(policy, name) for name in clause.switches))


def words_of(wanted: str) -> list[str]:
    """The words of a search, each of which a clause has to hold."""
    return wanted.lower().split()


def holds(clause: Clause, words: Sequence[str]) -> bool:
    """Whether a clause holds all the words: in its id, sources, titles, texts, quote, figures."""
    text = "\n".join(
        (
            clause.rule,
            *clause.sources,
            clause.title_zh,
            clause.title_en,
            clause.quote_zh,
            clause.text_zh,
            clause.text_en,
            *(str(LABELS.get(name, name)) for name in clause.parameters),
        )
    ).lower()
    return all(word in text for word in words)


def chapters(book: PolicyBook, today: date, words: Sequence[str] = ()) -> Iterator[Chapter]:
    """The chapters with the clauses that hold the words; those without any are left out."""
    for number, (title, clauses) in enumerate(zip(CHAPTER_TITLES, CHAPTERS, strict=True), start=1):
        found = [clause_read(each, book, today) for each in clauses if holds(each, words)]
        if found:
            yield Chapter(number, title, found)
