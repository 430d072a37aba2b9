"""The invariants of the books (PAY-5): each app says its own, `settings.VERIFICATIONS` lists them.

A check is a function without arguments that yields a `Problem` for each thing wrong. It looks at
the rows themselves, not at what the services would have done.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Exists, ForeignKey, OuterRef
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with the books: which check found it, where, and what it is."""

    check: str
    where: str
    what: Any

    def __str__(self) -> str:
        return f"{self.check} {self.where}: {self.what}"


def problems(*, deep: bool = False) -> Iterator[Problem]:
    """Everything that is wrong with the books; nothing when they balance.

    `deep`: also what takes long to look at (`settings.DEEP_VERIFICATIONS`).
    """
    checks = [*settings.VERIFICATIONS, *(settings.DEEP_VERIFICATIONS if deep else ())]
    for check in map(import_string, checks):
        yield from check()


def dangling_references(check: str) -> Iterator[Problem]:
    """Rows that name a row of another table which is not there (any more)."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if not isinstance(field, ForeignKey):
                continue
            target = field.target_field
            there = target.model._base_manager.filter(**{target.attname: OuterRef(field.attname)})
            named = model._base_manager.filter(**{f"{field.attname}__isnull": False})
            for pk, missing in named.filter(~Exists(there)).values_list("pk", field.attname):
                yield Problem(
                    check,
                    f"{model._meta.label_lower} #{pk}",
                    _("names %(target)s #%(id)s, which is not there")
                    % {"target": target.model._meta.label_lower, "id": missing},
                )
