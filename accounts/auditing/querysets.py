"""Which changes somebody may look through."""

from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from accounts.auditing.permissions import can_see_changes, sees_all_changes
from accounts.models import User
from core.models import AuditRow


def changes_visible_to(user: Any) -> "QuerySet[AuditRow]":
    """Leader and manager see all, personnel what was changed of people, others nothing."""
    if sees_all_changes(user):
        return AuditRow.objects.all()
    if can_see_changes(user):
        kinds = (Q(subject__startswith=f"{kind} ") for kind in settings.AUDIT_OF_PEOPLE)
        return AuditRow.objects.filter(reduce(or_, kinds))
    return AuditRow.objects.none()


def logins_like(text: str) -> "QuerySet[User]":
    """The logins of people with this in their number or name."""
    return User.objects.filter(
        Q(username__icontains=text)
        | Q(person__employee_no__icontains=text)
        | Q(person__name__icontains=text)
    )
