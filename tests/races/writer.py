"""One of many who write: `python -m tests.races.writer NAME COUNT`, beginning when told to.

Says it is ready, waits for a line, and prints each error it met and the seconds its slowest write
took. With `--deferred` it begins its transactions by reading, as Django does when left alone.
"""

import sys
import time
from decimal import Decimal

import django


def main(name: str, count: int, deferred: bool) -> None:
    from django.conf import settings

    if deferred:
        settings.DATABASES["default"]["OPTIONS"]["transaction_mode"] = "DEFERRED"
    django.setup()
    from accounts.models import Person
    from core import clock
    from orders.models import Order
    from receivables.services import payment_hand_in, payment_record, slip_issue

    order = Order.objects.order_by("id").first()
    person = Person.objects.salespeople().order_by("id").first()
    print("ready", flush=True)
    sys.stdin.readline()
    slowest, slip, payment = 0.0, None, None
    for turn in range(count):
        begun = time.monotonic()
        try:
            # A slip, the money on it, the money handed in: three writes, round and round.
            if turn % 3 == 0:
                slip = slip_issue(
                    actor=None, order=order, person=person, amount_due=Decimal("9.99"),
                    lift_reason="test",
                )  # fmt: skip
            elif turn % 3 == 1:
                payment = payment_record(
                    actor=None, slip=slip, payment_no=f"{name}-{turn}", amount=Decimal("9.99"),
                    method="cash", received_at=clock.now(),
                )  # fmt: skip
            else:
                payment_hand_in(actor=None, payment=payment)
        except Exception as error:
            print(f"error {turn} {type(error).__name__} {error}", flush=True)
        slowest = max(slowest, time.monotonic() - begun)
    print(f"slowest {slowest:.3f}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), "--deferred" in sys.argv)
