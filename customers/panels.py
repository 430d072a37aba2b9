"""What a file's page shows besides its facts: what people said, and all that happened."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.panels import Panel
from customers.forms.files import CommentForm
from customers.models import Call, Comment, Customer, QuietMark
from customers.network import network_of
from customers.permissions.calls import can_lift_quiet, can_mark_quiet
from customers.permissions.files import can_keep, can_merge
from customers.querysets.files import readers_of
from customers.querysets.lookalikes import lookalikes
from customers.timeline import timeline_of

LATEST = 20


def customer(user: Any, customer: Customer) -> Iterator[Panel]:
    yield Panel(
        key="comments",
        title=_("Comments"),
        template="customers/_comments.html",
        context={
            "customer": customer,
            "comments": partial(_comments, customer),
            "form": partial(_form, user, customer),
            "draft": f"comment-{user.pk}-{customer.pk}",
        },
    )
    yield Panel(
        key="network",
        title=_("Network"),
        template="customers/_network.html",
        context={
            "customer": customer,
            "network": partial(network_of, user, customer),
            "can_keep": can_keep(user, customer),
        },
        order=5,
    )
    yield Panel(
        key="calls",
        title=pgettext("telephone", "Calls"),
        template="customers/_calls.html",
        context={
            "customer": customer,
            "calls": partial(_calls, customer),
            "marks": partial(_marks, customer),
            "can_mark": can_mark_quiet(user, customer),
            "can_lift": can_lift_quiet(user, customer),
        },
        order=7,
    )
    if can_merge(user):
        yield Panel(
            key="alike",
            title=_("The same firm?"),
            template="customers/_alike.html",
            context={"customer": customer, "alike": partial(_alike, user, customer)},
            order=20,
        )
    yield Panel(
        key="timeline",
        title=_("What happened"),
        template="customers/_timeline.html",
        context={"customer": customer, "timeline": partial(timeline_of, user, customer)},
        order=10,
    )


def _alike(user: Any, customer: Customer) -> list[Customer]:
    said = (customer.name, customer.address, customer.telephone)
    found = lookalikes(*said, leave_out=(customer.pk,))
    rows = Customer.objects.visible_to(user).in_bulk([each.customer for each in found])
    return [rows[each.customer] for each in found if each.customer in rows]


def _comments(customer: Customer) -> list[Comment]:
    rows = Comment.objects.filter(customer=customer).select_related("by__person")
    return list(rows.prefetch_related("told")[:LATEST])


def _calls(customer: Customer) -> list[Call]:
    """Whoever sees the file sees them, as they see its visits."""
    rows = Call.objects.filter(customer=customer).select_related("person", "script")
    return list(rows.order_by("-started_at", "-pk")[:LATEST])


def _marks(customer: Customer) -> list[QuietMark]:
    """Those too that stayed with a file whose place this one took, for it was marked already."""
    rows = QuietMark.objects.filter(Q(customer=customer) | Q(customer__merged_into=customer))
    return list(rows.select_related("marked_by__person", "lifted_by__person")[:LATEST])


def _form(user: Any, customer: Customer) -> CommentForm:
    return CommentForm(readers_of(customer).exclude(pk=user.person_id))
