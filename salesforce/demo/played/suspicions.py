"""What the program saw by night: suspicions of poaching, one of them dismissed (DIS-3)."""

from datetime import time, timedelta
from decimal import Decimal

from conduct.models import Suspicion
from conduct.suspicions.services import suspicion_decide, suspicions_raise
from core import clock
from customers.models import Customer
from orders.services import OrderFacts, order_add
from salesforce.demo.played.stage import ago, form, person, user


def suspicions_play() -> None:
    """Y003 signed with a customer of Y002's; two registered one project."""
    own = Customer.objects.filter(owner=person("Y002"), merged_into=None).order_by("customer_no")
    customer = own.first()
    if customer is not None:
        with ago(1, time(15, 20)):
            order_add(
                actor=user("Y003"),
                token=form("order poached"),
                order_no="",
                customer=customer,
                person=person("Y003"),
                facts=OrderFacts(Decimal("18600.00"), signed_on=clock.today() - timedelta(days=1)),
            )
    with ago(0, time(0, 20)):
        suspicions_raise()
    first = Suspicion.objects.filter(kind="registrations").order_by("pk").first()
    if first is not None:
        with ago(0, time(8, 35)):
            suspicion_decide(
                suspicion=first,
                outcome="dismissed",
                reason="两人同一天登记，互不知情；按备案冲突裁定办。",
                actor=user("M001"),
            )
