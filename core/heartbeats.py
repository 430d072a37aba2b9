"""Signs of life: each process writes every ten seconds that it is there.

What is asked (is there a worker, is there a beat) is answered from the database alone, so any web
server of any host can answer it, with whatever broker.
"""

import logging
import socket
import threading
from datetime import datetime, timedelta

from django.db import connection, transaction

from core import clock
from core.models import Heartbeat

EVERY = 10.0
YOUNG = timedelta(seconds=60)
FORGOTTEN_AFTER = timedelta(days=1)
log = logging.getLogger(__name__)


def name_of(kind: str) -> str:
    """What a process of this kind is called on this host."""
    return f"{kind}@{socket.gethostname()}"


@transaction.atomic
def heartbeat(*, kind: str, name: str) -> None:
    """Write that a process is alive now; what was silent for a day is forgotten."""
    now = clock.now()
    Heartbeat.objects.bulk_create(
        [Heartbeat(name=name[:120], kind=kind, at=now)],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["kind", "at"],
    )
    Heartbeat.objects.filter(at__lt=now - FORGOTTEN_AFTER).delete()


def latest(kind: str, *, host: str = "") -> datetime | None:
    """The youngest sign of life of a kind (of one host, when one is named)."""
    of_kind = Heartbeat.objects.filter(kind=kind)
    if host:
        of_kind = of_kind.filter(name__endswith=f"@{host}")
    return of_kind.order_by("-at").values_list("at", flat=True).first()


def is_alive(kind: str, *, host: str = "") -> bool:
    """Whether any process of the kind gave a sign of life within the last minute."""
    at = latest(kind, host=host)
    return at is not None and clock.now() - at < YOUNG


def beating(*, kind: str, name: str = "", every: float = EVERY) -> threading.Event:
    """Keep writing heartbeats beside the process's work; setting the event ends it.

    The thread is a daemon with a connection of its own that it holds only while it writes: it
    never keeps the process from stopping, and a database that is away costs a beat, not the thread.
    """
    stop = threading.Event()
    threading.Thread(
        target=_beat,
        args=(kind, name or name_of(kind), every, stop),
        name=f"heartbeat-{kind}",
        daemon=True,
    ).start()
    return stop


def _beat(kind: str, name: str, every: float, stop: threading.Event) -> None:
    missed = False
    while True:
        try:
            heartbeat(kind=kind, name=name)
            missed = False
        except Exception as error:  # whatever it was, the next beat may go well
            if not missed:
                log.warning("no heartbeat could be written: %s", type(error).__name__)
            missed = True
        finally:
            _let_go()
        if stop.wait(every):
            return


def _let_go() -> None:
    try:
        connection.close()
    except Exception:  # a connection that broke while it was closed is closed as well
        log.debug("a broken connection could not be closed", exc_info=True)
