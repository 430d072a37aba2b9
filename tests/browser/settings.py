"""The program as it is, on a clock that a story can set: stories are told of days of their own."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from core import clock
from salesforce.settings import *  # noqa: F403
from salesforce.settings import CELERY_BROKER_TRANSPORT_OPTIONS, VAR_DIR

CLOCK = Path(VAR_DIR) / "clock"

# Whoever runs nothing else sees a message a second; that is most of a story's time.
CELERY_BROKER_TRANSPORT_OPTIONS = {**CELERY_BROKER_TRANSPORT_OPTIONS, "polling_interval": 0.1}


def _shifted() -> datetime:
    """The clock, as many seconds off as the file says."""
    if fixed := clock._set_to.get():
        return fixed
    try:
        seconds = float(CLOCK.read_text())
    except (FileNotFoundError, ValueError):
        seconds = 0.0
    return datetime.now(UTC) + timedelta(seconds=seconds)


clock.now = _shifted
