"""Which changes somebody may look through."""

from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from accounts.auditing.permissions import can_see_changes, sees_all_changes
from accounts.models import Person, User
from core.models import AuditRow
from core.names import matches


def changes_visible_to(user: Any) -> "QuerySet[AuditRow]":
    """Leader and manager see all but what is closed to them, personnel what was changed of people,
    others nothing."""
    if sees_all_changes(user):
        return AuditRow.objects.exclude(_closed_to(user))
    if can_see_changes(user):
        kinds = (Q(subject__startswith=f"{kind} ") for kind in settings.AUDIT_OF_PEOPLE)
        return AuditRow.objects.filter(reduce(or_, kinds))
    return AuditRow.objects.none()


def _closed_to(user: Any) -> Q:
    """Changes of records that are closed to a reader, though they read the trail: who did something
    there, and that it is there, would say what the record's own page does not."""
    found = Q(pk__in=[])
    for kind, path in settings.AUDIT_CLOSED.items():
        seen = import_string(path)(user)
        found |= Q(subject__startswith=f"{kind} ") & ~Q(subject__in=seen)
    return found


def logins_named(wanted: str) -> list[int]:
    """The logins whose number, name or pinyin is typed. One query."""
    named = User.objects.values_list("id", "username", "person__name")
    return [pk for pk, no, name in named if matches(wanted, no, name or "")]


def numbers_named(wanted: str) -> list[str]:
    """The employee numbers of the people that what is typed names. One query."""
    named = Person.objects.values_list("employee_no", "name")
    return [no for no, name in named if matches(wanted, no, name)]
