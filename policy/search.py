"""The regulation's clauses in the search box: everybody may read them (POL-3). No query."""

from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.search import Hit, SearchGroup, more, page_address
from core.spelling import spelling_of, words_of
from policy.clauses import CLAUSES
from policy.clauses.clause import Clause


@lru_cache(maxsize=1)
def _texts() -> list[tuple[Clause, str, str]]:
    """Of each clause: how its title is written, and everything else it says."""
    return [
        (
            clause,
            f"{words_of(clause.rule)}\n{spelling_of(clause.title_zh)}\n{words_of(clause.title_en)}",
            "\n".join(
                "".join(said.lower().split())
                for said in (clause.quote_zh, clause.text_zh, clause.text_en)
            ),
        )
        for clause in CLAUSES.values()
    ]


def clauses(_user: Any, words: str, limit: int) -> SearchGroup | None:
    """Those whose rule or title is so called first; then those that speak of it."""
    named = [clause for clause, title, _text in _texts() if words in title]
    speaking = [clause for clause, title, text in _texts() if words not in title and words in text]
    chinese = (get_language() or "").startswith("zh")
    found = [*named, *speaking]
    return SearchGroup(
        title=_("The regulation"),
        icon="book-open",
        more_url=more(found, limit, "rules", words),
        hits=[
            Hit(
                label=f"{clause.rule} {clause.title_zh if chinese else clause.title_en}",
                note=" · ".join(clause.sources),
                url=page_address("rule", clause.rule),
                exact=words == words_of(clause.rule),
            )
            for clause in found[:limit]
        ],
    )
