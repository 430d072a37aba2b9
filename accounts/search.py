"""People in the search box: by number, name or pinyin, within whom one may see (ORG-1)."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import can_see_people
from core.search import Hit, SearchGroup, best_first, more, page_address
from core.spelling import spelled


def people(user: Any, words: str, limit: int) -> SearchGroup | None:
    by_words = Q(employee_no__icontains=words) | Q(pk__in=spelled(Person, words))
    rows = Person.objects.visible_to(user).filter(by_words | Q(name__icontains=words))
    found = list(best_first(rows, "employee_no", words, "name")[: limit + 1])
    return SearchGroup(
        title=_("People"),
        icon="user",
        more_url=more(found, limit, "people", words, status="") if can_see_people(user) else "",
        hits=[
            Hit(
                label=f"{row.employee_no} {row.name}",
                note=" · ".join(part for part in (row.team, *row.role_names) if part),
                url=page_address("person", row.employee_no),
                exact=row.employee_no.lower() == words,
            )
            for row in found[:limit]
        ],
    )
