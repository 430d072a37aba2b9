"""Every write of orders."""

from orders.services.deliveries import delivery_correct as delivery_correct
from orders.services.deliveries import delivery_record as delivery_record
from orders.services.disputes import dispute_open as dispute_open
from orders.services.disputes import dispute_settle as dispute_settle
from orders.services.margins import is_approved as is_approved
from orders.services.margins import margin_ask as margin_ask
from orders.services.margins import margin_decide as margin_decide
from orders.services.margins import margin_withdraw as margin_withdraw
from orders.services.orders import OrderFacts as OrderFacts
from orders.services.orders import next_number as next_number
from orders.services.orders import order_add as order_add
from orders.services.orders import order_edit as order_edit
from orders.services.orders import order_sign as order_sign
from orders.services.orders import scans_add as scans_add
from orders.services.refusals import ChangedMeanwhile as ChangedMeanwhile
from orders.services.refusals import OrderRefused as OrderRefused
from orders.services.refusals import version_of as version_of
from orders.services.returns import ReturnRefused as ReturnRefused
from orders.services.returns import goods_return_record as goods_return_record
from orders.services.transfers import transfer_ask as transfer_ask
from orders.services.transfers import transfer_decide as transfer_decide
from orders.services.transfers import transfer_withdraw as transfer_withdraw
