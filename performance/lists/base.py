"""What the lists of performance have in common."""

from collections.abc import Mapping
from typing import Any

from core.lists import List
from performance.navigation import tabs
from policy.clauses import clause_of


class PerformanceList(List):
    """A list of this app: with its tabs and clauses."""

    page_template = "lists/chapter.html"
    clauses: tuple[str, ...] = ()

    def context(self) -> Mapping[str, Any]:
        return {
            "tabs": tabs(self.request),
            "clauses": [clause_of(rule) for rule in self.clauses],
        }
