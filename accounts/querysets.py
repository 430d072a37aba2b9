"""The vocabulary of reads about people, and who may see whom (ORG-1)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from core.months import Month

if TYPE_CHECKING:
    from accounts.models import Person

SEE_EVERYBODY = ("manager", "leader", "finance", "cashier", "admin")


class PersonQuerySet(models.QuerySet["Person"]):
    def salespeople(self) -> "PersonQuerySet":
        # No role's name holds another's, so a substring is exact.
        return self.filter(roles__contains="salesperson")

    def employed_in(self, month: Month) -> "PersonQuerySet":
        """Employed on at least one day of the month."""
        return self.filter(
            Q(left_on=None) | Q(left_on__gte=month.first_day), hired_on__lte=month.last_day
        )

    def below(self, person: "Person") -> "PersonQuerySet":
        """Everybody under a person in the team tree, at any depth, without the person."""
        tree = dict(self.model._default_manager.values_list("id", "supervisor_id"))
        return self.filter(id__in=_descendants(tree, person.pk))

    def visible_to(self, user: Any) -> "PersonQuerySet":
        """A salesperson sees herself, a supervisor the people below, the others the department."""
        if user.is_superuser:
            return self
        if user.person is None:
            return self.none()
        if user.has_role(*SEE_EVERYBODY):
            return self
        ids = {user.person_id}
        if user.has_role("supervisor"):
            ids |= set(
                self.model._default_manager.all().below(user.person).values_list("id", flat=True)
            )
        return self.filter(id__in=ids)


def logins_attach(*held: tuple[models.Model | None, str]) -> None:
    """Read, in one query, the logins that these fields of these rows name, with their people.

    Where no field is filled nothing is asked: cheaper than a join of two tables in every query.
    """
    from accounts.models import User

    filled = [(row, field) for row, field in held if row and getattr(row, f"{field}_id")]
    if not filled:
        return
    logins = User.objects.select_related("person").in_bulk(
        {getattr(row, f"{field}_id") for row, field in filled}
    )
    for row, field in filled:
        setattr(row, field, logins[getattr(row, f"{field}_id")])


def _descendants(tree: Mapping[int, int | None], top: int) -> set[int]:
    children: dict[int | None, list[int]] = {}
    for child, parent in tree.items():
        children.setdefault(parent, []).append(child)
    found: set[int] = set()
    waiting = [top]
    while waiting:
        for child in children.get(waiting.pop(), []):
            if child not in found and child != top:
                found.add(child)
                waiting.append(child)
    return found
