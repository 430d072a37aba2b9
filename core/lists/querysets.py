"""What somebody keeps of a list: the views saved, and how it was last shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import QueryDict

from core.models import SavedView


@dataclass(frozen=True)
class Views:
    """A person's views of one list. The one without a name remembers which columns were chosen."""

    kept: Sequence[SavedView]

    @cached_property
    def named(self) -> list[SavedView]:
        return [view for view in self.kept if view.name]

    @property
    def default(self) -> SavedView | None:
        return next((view for view in self.named if view.is_default), None)

    @property
    def columns(self) -> str | None:
        memory = next((view for view in self.kept if not view.name), None)
        return QueryDict(memory.query).get("columns") if memory else None

    def get(self, pk: int | None) -> SavedView | None:
        return next((view for view in self.named if view.pk == pk), None)


def views_of(user: Any, list_key: str) -> Views:
    """One query."""
    own = SavedView.objects.filter(owner=user, list_key=list_key)
    return Views(sorted(own, key=lambda view: (view.name, view.pk)))
