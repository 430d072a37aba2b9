"""Orders, what was delivered for them, what is in dispute, and who they went to (ORD-1, ORD-2)."""

from orders.models.deliveries import Delivery, GoodsReturn
from orders.models.disputes import Dispute
from orders.models.margins import MarginRequest
from orders.models.orders import Order
from orders.models.transfers import Transfer

__all__ = ["Delivery", "Dispute", "GoodsReturn", "MarginRequest", "Order", "Transfer"]
