"""Which changes somebody may look through."""

from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from accounts.auditing.permissions import can_see_changes, sees_all_changes
from accounts.models import Person, User
from core.models import AuditRow
from core.names import matches


def changes_visible_to(user: Any) -> "QuerySet[AuditRow]":
    """Leader and manager see all, personnel what was changed of people, others nothing."""
    if sees_all_changes(user):
        return AuditRow.objects.all()
    if can_see_changes(user):
        kinds = (Q(subject__startswith=f"{kind} ") for kind in settings.AUDIT_OF_PEOPLE)
        return AuditRow.objects.filter(reduce(or_, kinds))
    return AuditRow.objects.none()


def logins_named(wanted: str) -> list[int]:
    """The logins whose number, name or pinyin is typed. One query."""
    named = User.objects.values_list("id", "username", "person__name")
    return [pk for pk, no, name in named if matches(wanted, no, name or "")]


def numbers_named(wanted: str) -> list[str]:
    """The employee numbers of the people that what is typed names. One query."""
    named = Person.objects.values_list("employee_no", "name")
    return [no for no, name in named if matches(wanted, no, name)]
