"""Customers, complaints, projects and agents in the search box, within what one may see (CUS-2,
COM-1, CUS-3, CUS-5)."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core.search import Hit, SearchGroup, best_first, more
from core.spelling import spelled
from customers.models import Agency, Complaint, Customer, Prefecture, Project
from customers.permissions.complaints import can_take
from customers.permissions.files import can_see_files
from customers.permissions.projects import can_see_projects
from customers.querysets.files import or_filed_as


def customers(user: Any, words: str, limit: int) -> SearchGroup | None:
    if not can_see_files(user):
        return None
    by_words = Q(customer_no__icontains=words) | Q(name__icontains=words)
    named = by_words | Q(pk__in=spelled(Customer, words))
    rows = Customer.objects.visible_to(user).filter(or_filed_as(named))
    found = best_first(rows, "customer_no", words, "name").select_related("owner")
    return SearchGroup(
        title=_("Customers"),
        icon="building-2",
        hits=[
            Hit(
                label=f"{row.customer_no} {row.name}",
                note=row.owner.name if row.owner else _("nobody's"),
                url=reverse("customer", args=[row.customer_no]),
                exact=row.customer_no.lower() == words,
            )
            for row in found[:limit]
        ],
    )


def complaints(user: Any, words: str, limit: int) -> SearchGroup | None:
    """By the line they are told in and the customer's name, the latest first."""
    if not can_take(user):
        return None
    by_words = (
        Q(subject__icontains=words)
        | Q(customer_name__icontains=words)
        | Q(pk__in=spelled(Complaint, words))
    )
    rows = Complaint.objects.visible_to(user).filter(by_words).order_by("-opened_on", "-pk")
    found = list(rows[: limit + 1])
    return SearchGroup(
        title=_("Complaints"),
        icon="message-square-warning",
        hits=[
            Hit(
                label=f"{row.customer_name} · {row.subject}",
                note=row.get_state_display(),
                url=reverse("complaint", args=[row.pk]),
            )
            for row in found[:limit]
        ],
        more_url=more(found, limit, "complaints", words),
    )


def projects(user: Any, words: str, limit: int) -> SearchGroup | None:
    """By number, name, and the customer's name; those that have ended too."""
    if not can_see_projects(user):
        return None
    by_words = (
        Q(project_no__icontains=words)
        | Q(name__icontains=words)
        | Q(customer_name__icontains=words)
        | Q(pk__in=spelled(Project, words))
    )
    rows = Project.objects.visible_to(user).filter(by_words).select_related("person")
    found = list(best_first(rows, "project_no", words, "name")[: limit + 1])
    return SearchGroup(
        title=_("Projects"),
        icon="flag",
        hits=[
            Hit(
                label=f"{row.project_no} {row.name}",
                note=f"{row.person.name} · {row.standing}",
                url=reverse("project", args=[row.pk]),
                exact=row.project_no.lower() == words,
            )
            for row in found[:limit]
        ],
        more_url=more(found, limit, "projects", words),
    )


def agents(user: Any, words: str, limit: int) -> SearchGroup | None:
    """Customers that are agents, or talk about it, by their own name or their prefecture's."""
    if not can_see_projects(user):
        return None
    by_words = (
        Q(prefecture__name__icontains=words)
        | Q(customer__customer_no__icontains=words)
        | Q(customer__name__icontains=words)
        | Q(customer__in=spelled(Customer, words))
    )
    standing = Agency.objects.visible_to(user).standing().filter(by_words)
    rows = standing.select_related("prefecture", "customer").order_by("customer__customer_no", "pk")
    return SearchGroup(
        title=_("Agents"),
        icon="map",
        hits=[
            Hit(
                label=f"{row.prefecture.name} · {row.customer.name}",
                note=Prefecture.Standing.COVERED.label
                if row.agent_on
                else Prefecture.Standing.TALKS.label,
                url=reverse("prefecture", args=[row.prefecture_id]),
            )
            for row in rows[:limit]
        ],
    )
