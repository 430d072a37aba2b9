"""Orders: entered, changed, signed, and their scans (ORD-1, ORD-2)."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, cast
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from accounts.models import Person
from core import clock
from core.db import queue_up
from core.files.reading import ReadFile
from core.files.services import file_keep
from core.services import audit, audit_subject
from core.templatetags.house import day, yuan_text
from customers.models import Customer, Project
from orders.models import Dispute, MarginRequest, Order, Transfer
from orders.rules import number_after
from orders.services.big_orders import big_order_tell
from orders.services.margins import refuse_under_floor
from orders.services.refusals import (
    OrderRefused,
    order_locked,
    plain,
    refuse_outdated,
    refuse_who_does_not_sell,
)

SCANS = "order"  # the kind of an order's files
# Asked and talked about, but nothing that rests on whose customer it is.
RESTS_NOT = (Dispute, MarginRequest, Transfer)


class OrderFacts(NamedTuple):
    """What is agreed with the customer; amount and margin in yuan."""

    amount: Decimal
    margin: Decimal | None = None
    signed_on: date | None = None
    terms: str = ""


@transaction.atomic
def order_add(
    *,
    actor: Any,
    token: UUID,
    order_no: str,
    customer: Customer,
    person: Person,
    facts: OrderFacts,
    project: Project | None = None,
) -> Order:
    """Enter an order; without a number it gets the next one. The same form sent twice is one order.

    `project`: what it came of, the salesperson's own and at its contract (CUS-4). Raises
    `OrderRefused`: a number that is taken, an amount of nothing, a signing day to come, another's
    project, a margin under the floor that nobody approved (ORD-2).
    """
    queue_up("order numbers")
    if entered := Order.objects.filter(token=token).first():
        return cast(Order, entered)
    _check_figures(facts)
    refuse_who_does_not_sell(person, field="person")
    _check_project(project, person)
    order = Order(
        order_no=order_no or next_number(),
        customer=customer,
        person=person,
        project=project,
        token=token,
        **_values(facts),
    )
    if facts.signed_on is not None:
        _check_signing(facts.signed_on)
        refuse_under_floor(order, on=facts.signed_on)
    _save_new(order)
    changes = {
        "customer": [None, customer.pk],
        "person": [None, person.pk],
        **{name: [None, plain(value)] for name, value in _values(facts).items()},
    }
    audit(actor=actor, action="add", subject=audit_subject(order), changes=changes)
    big_order_tell(order=order, actor=actor)
    return order


def _check_project(project: Project | None, person: Person) -> None:
    if project is None:
        return
    at_contract = project.is_open and project.stage == Project.Stage.CONTRACT
    if project.person_id != person.pk or not at_contract:
        raise OrderRefused(
            _("An order comes of a project of one's own that is at its contract."), field="project"
        )


def _values(facts: OrderFacts) -> dict[str, Any]:
    return {**facts._asdict(), "terms": facts.terms.strip()}


def _save_new(order: Order) -> None:
    try:
        with transaction.atomic():
            order.save(force_insert=True)
    except IntegrityError:
        raise OrderRefused(
            _("There is an order %(no)s already.") % {"no": order.order_no}, field="order_no"
        ) from None


def next_number() -> str:
    """The number that follows the latest one, past those that are taken."""
    ordered = Order.objects.order_by(Length("order_no").desc(), F("order_no").desc())
    number = number_after(ordered.values_list("order_no", flat=True).first())
    while Order.objects.filter(order_no=number).exists():
        number = number_after(number)
    return number


@transaction.atomic
def order_edit(
    *, actor: Any, order: Order, seen: str, customer: Customer, facts: OrderFacts
) -> Order:
    """Change what is known of an order; its salesperson changes by a transfer alone.

    `seen`: `version_of` what the form showed. Raises `ChangedMeanwhile`, and `OrderRefused`: less
    than was delivered, another customer for an order that something rests on, figures under the
    floor that nobody approved, a signing taken back.
    """
    was = order_locked(order.pk)
    refuse_outdated(was, seen)
    _check_figures(facts)
    values = {"customer_id": customer.pk, **_values(facts)}
    changed = {name: new for name, new in values.items() if getattr(was, name) != new}
    if not changed:
        return was
    _check_changes(was, changed)
    changes = {name: [plain(getattr(was, name)), plain(new)] for name, new in changed.items()}
    Order.objects.filter(pk=was.pk).update(**changed)
    audit(actor=actor, action="edit", subject=audit_subject(was), changes=changes)
    before = was.amount
    was.refresh_from_db()
    big_order_tell(order=was, before=before, actor=actor)
    return was


def _check_changes(was: Order, changed: Mapping[str, Any]) -> None:
    if "amount" in changed:
        _check_delivered(was, changed["amount"])
    if "customer_id" in changed and _rests_on(was):
        raise OrderRefused(
            _("Something was delivered or collected for this order: its customer stays."),
            field="customer",
        )
    signed_on = changed.get("signed_on", was.signed_on)
    if signed_on is None:
        if was.signed_on is not None:
            raise OrderRefused(_("A signing is not taken back."), field="signed_on")
        return
    if "signed_on" in changed:
        _check_signing(signed_on)
    if changed.keys() & {"amount", "margin", "signed_on"}:
        figures = Order(
            pk=was.pk,
            amount=changed.get("amount", was.amount),
            margin=changed.get("margin", was.margin),
        )
        refuse_under_floor(figures, on=signed_on)


def _check_delivered(order: Order, amount: Decimal) -> None:
    [delivered] = (
        Order.objects.filter(pk=order.pk).with_delivered().values_list("delivered", flat=True)
    )
    if amount < delivered:
        raise OrderRefused(
            _("%(amount)s was delivered: the order cannot be of less.")
            % {"amount": yuan_text(delivered)},
            field="amount",
        )


def _rests_on(order: Order) -> bool:
    """Whether anything was recorded for an order, in whatever app."""
    rows = (
        relation.related_model._base_manager.filter(**{relation.field.name: order.pk})
        for relation in Order._meta.related_objects
        if relation.related_model not in RESTS_NOT
    )
    return any(each.exists() for each in rows)


@transaction.atomic
def order_sign(*, actor: Any, order: Order, seen: str, signed_on: date) -> Order:
    """The order was signed on a day. Raises `OrderRefused` for a day to come and for a margin
    under the floor that nobody approved (ORD-2), `ChangedMeanwhile` where it was signed already.
    """
    was = order_locked(order.pk)
    refuse_outdated(was, seen)
    if was.signed_on is not None:
        raise OrderRefused(
            _("The order was signed on %(day)s already.") % {"day": day(was.signed_on)}
        )
    _check_signing(signed_on)
    refuse_under_floor(was, on=signed_on)
    Order.objects.filter(pk=was.pk).update(signed_on=signed_on)
    audit(
        actor=actor,
        action="sign",
        subject=audit_subject(was),
        changes={"signed_on": [None, str(signed_on)]},
    )
    was.refresh_from_db()
    return was


@transaction.atomic
def scans_add(*, actor: Any, order: Order, files: Iterable[ReadFile]) -> None:
    """Keep scans of an order privately; the same file twice is one. Raises `FileRefused`."""
    for read in files:
        file_keep(upload=read, actor=actor, kind=SCANS, owner=str(order.pk))
        changes = {"files": [None, read.name]}
        audit(actor=actor, action="scan", subject=audit_subject(order), changes=changes)


def _check_figures(facts: OrderFacts) -> None:
    if facts.amount <= 0:
        raise OrderRefused(_("An order is of more than nothing."), field="amount")
    if facts.margin is not None and facts.margin > facts.amount:
        raise OrderRefused(_("The margin cannot be more than the amount."), field="margin")


def _check_signing(signed_on: date) -> None:
    if signed_on > clock.today():
        raise OrderRefused(_("That day is still to come."), field="signed_on")
