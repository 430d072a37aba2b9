"""Who may do what with orders (ORG-1, ORD-1). Whose orders one may see is in `querysets`."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import may_decide_on
from accounts.querysets import led_ids
from core.files.models import StoredFile
from core.permissions import ALLOWED, Decision
from orders.deciding import concerned_by, named_in
from orders.models import Delivery, Dispute, MarginRequest, Order, Transfer
from orders.querysets import SEE_ALL_ORDERS

KEEPS_ALL_ORDERS = ("manager", "finance")


def _holds(user: Any, *roles: str) -> bool:
    return bool(user.is_superuser or user.has_role(*roles))


def can_see_orders(user: Any) -> Decision:
    if _holds(user, *SEE_ALL_ORDERS, "supervisor", "salesperson"):
        return ALLOWED
    return Decision(
        False,
        _(
            "Orders are for salespeople, supervisors, the manager, finance, the cashier and the "
            "company leader."
        ),
    )


def can_add_order(user: Any) -> Decision:
    if _holds(user, *KEEPS_ALL_ORDERS, "supervisor", "salesperson"):
        return ALLOWED
    return Decision(
        False, _("Orders are entered by salespeople, supervisors, the manager and finance.")
    )


def can_act_on(user: Any, order: Order) -> Decision:
    """Keeping an order: its salesperson, who leads them, the manager and finance."""
    is_own = user.person_id is not None and user.person_id == order.person_id
    if is_own or _holds(user, *KEEPS_ALL_ORDERS) or order.person_id in led_ids(user):
        return ALLOWED
    return Decision(
        False,
        _("An order is kept by its salesperson, who leads them, the manager and finance."),
    )


def can_sign_for(user: Any) -> Decision:
    """Correcting the day on which an order was signed: what hangs on it is money."""
    if _holds(user, *KEEPS_ALL_ORDERS):
        return ALLOWED
    return Decision(False, _("The signing day is corrected by finance or the manager."))


def can_correct_delivery(user: Any, delivery: Delivery) -> Decision:
    """What is owed hangs on it: not by whoever has to collect it."""
    if user.person_id is not None and user.person_id == delivery.order.person_id:
        return Decision(False, _("A delivery is corrected by somebody else than who sold it."))
    if _holds(user, *KEEPS_ALL_ORDERS):
        return ALLOWED
    return Decision(False, _("A delivery is corrected by finance or the manager."))


def can_settle(user: Any, dispute: Dispute) -> Decision:
    if not dispute.is_open:
        return Decision(False, _("The dispute has been settled."))
    return can_act_on(user, dispute.order)


def can_ask_transfer(user: Any, order: Order) -> Decision:
    """The order's salesperson, who leads them, or the manager."""
    is_own = user.person_id is not None and user.person_id == order.person_id
    if is_own or _holds(user, "manager") or order.person_id in led_ids(user):
        return ALLOWED
    return Decision(
        False,
        _("A transfer is asked for by the order's salesperson, the supervisor or the manager."),
    )


def can_decide_transfer(user: Any, transfer: Transfer) -> Decision:
    """The manager; neither of the two, nor who asked (ORD-1)."""
    if not transfer.is_open:
        return Decision(False, _("The transfer has been decided."))
    return _may_decide(user, transfer, named_in(transfer))


def can_decide_margin(user: Any, asked: MarginRequest) -> Decision:
    """The manager; not who asked, nor whose order it is (ORD-2)."""
    if not asked.is_open:
        return Decision(False, _("The margin has been decided."))
    return _may_decide(user, asked, concerned_by(asked))


def _may_decide(user: Any, asked: Transfer | MarginRequest, about: list[Person]) -> Decision:
    if asked.asked_by_id == user.pk:
        return Decision(False, _("Nobody decides on what is their own."))
    return may_decide_on(user, about, "manager")


def can_withdraw(user: Any, asked: Transfer | MarginRequest) -> Decision:
    if asked.asked_by_id != user.pk:
        return Decision(False, _("It is withdrawn by whoever asked for it."))
    if not asked.is_open:
        return Decision(False, _("It has been decided."))
    return ALLOWED


def can_open_scan(user: Any, file: StoredFile) -> bool:
    """A scan is opened by whoever sees its order."""
    if not file.owner.isdecimal():
        return False
    return Order.objects.visible_to(user).filter(pk=int(file.owner)).exists()
