"""People are reminded of what is due, each of each thing once."""

import logging

from core import clock
from core.db import PASSING
from core.jobs import Running
from notices.reminders import providers, reminders_of
from notices.services.board import board_tell
from notices.services.inbox import Telling, tell

log = logging.getLogger(__name__)
AT_A_TIME = 2_000


def reminders_go_on(*, running: Running) -> None:
    """The job: what is due for saying now, however late it runs. A provider that fails is named in
    the outcome and keeps no other from reminding."""
    outcome = reminders_send()
    running.finish(outcome={**outcome, "board": board_tell()})


def reminders_send() -> dict[str, object]:
    now, told, wrong = clock.now(), 0, {}
    for path, provide in providers():
        try:
            due = reminders_of(provide, now)
        except PASSING:
            raise
        except Exception as error:
            log.error("reminders of %s: %s", path, type(error).__name__, exc_info=True)
            wrong[path] = type(error).__name__
            continue
        for start in range(0, len(due), AT_A_TIME):
            told += tell(
                Telling(each.person, each.key, each.text, each.values, each.url, each.due)
                for each in due[start : start + AT_A_TIME]
            )
    return {"told": told, "wrong": wrong}
