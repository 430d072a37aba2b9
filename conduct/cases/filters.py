"""Finding cases: by number and whom they name, by offence and state."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from conduct.kinds import Offence
from conduct.models import Proceeding, Subject
from core.lists.search import choice_filter, found_by, search_filter


class ProceedingFilter(django_filters.FilterSet):
    """Search by number or a name in it; offence, state."""

    q = search_filter(_("Number, name or pinyin"), method="search")
    offence = choice_filter(_("Offence"), _("Any offence"), choices=Offence.choices)
    state = choice_filter(_("State"), _("Any state"), choices=Proceeding.State.choices)

    class Meta:
        model = Proceeding
        fields = ["offence", "state"]

    def search(self, rows: QuerySet[Any], _name: str, wanted: str) -> QuerySet[Any]:
        there = Subject.objects.filter(proceeding__in=rows.order_by().values("pk"))
        about = found_by(wanted, there, named=[("person", "employee_no")])
        number = Q(proceeding_no__icontains=wanted.strip())
        return rows.filter(number | Q(pk__in=about.order_by().values("proceeding")))
