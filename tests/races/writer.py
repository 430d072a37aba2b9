"""One of many who write: `python -m tests.races.writer NAME COUNT`, beginning when told to.

Says it is ready, waits for a line, and prints each error it met and the seconds its slowest write
took. With `--unguarded` nobody waits for the slip number of another, and transactions on SQLite
begin by reading, as Django's do when left alone.
"""

import sys
import time
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import django

WORTH = Decimal("9.99")


@dataclass
class Clerk:
    """Issues a slip, records the money on it, takes it in; round and round."""

    name: str
    order: Any
    person: Any
    slip: Any = None
    payment: Any = None

    def write(self, turn: int) -> None:
        from core import clock
        from receivables.services import payment_hand_in, payment_record

        if turn % 3 == 0:
            self.slip = self._issued()
        elif turn % 3 == 1:
            self.payment = payment_record(
                actor=None,
                slip=self.slip,
                payment_no=f"{self.name}-{turn}",
                amount=WORTH,
                method="cash",
                received_at=clock.now(),
            )
        else:
            payment_hand_in(actor=None, payment=self.payment)

    def _issued(self) -> Any:
        from receivables.services import slip_issue

        return slip_issue(actor=None, order=self.order, person=self.person, amount_due=WORTH)


def take_guards_away() -> None:
    from django.conf import settings

    from receivables.services import slips

    slips.queue_up = lambda _name: None
    options = settings.DATABASES["default"]["OPTIONS"]
    if "transaction_mode" in options:
        options["transaction_mode"] = "DEFERRED"


def main(name: str, count: int, *, guarded: bool) -> None:
    django.setup()
    if not guarded:
        take_guards_away()
    from tests.races.issuer import order_of

    # An order of its own each: those of one order wait for each other anyway.
    order = order_of(name)
    clerk = Clerk(name, order, order.person)
    from django.db import connection

    connection.close()
    print("ready", flush=True)
    sys.stdin.readline()
    slowest = 0.0
    for turn in range(count):
        begun = time.monotonic()
        try:
            clerk.write(turn)
        except Exception as error:
            print(f"error {turn} {type(error).__name__} {error}", flush=True)
        slowest = max(slowest, time.monotonic() - begun)
    print(f"slowest {slowest:.3f}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), guarded="--unguarded" not in sys.argv)
