"""The program as it is, on a clock that tests can set and with a tick every second.

`tests.faults.guards` can hold it at a point of its work, or take one of its guards away.
"""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core import clock
from salesforce.settings import *  # noqa: F403
from salesforce.settings import (
    BASE_DIR,
    CELERY_BEAT_SCHEDULE,
    CELERY_BROKER_TRANSPORT_OPTIONS,
    CELERY_BROKER_URL,
    INSTALLED_APPS,
    VAR_DIR,
)

TICK_SECONDS = 1.0
CLOCK = VAR_DIR / "clock"

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults"]
LANGUAGE_CODE = "en"
STATICFILES_DIRS = []
STATIC_ROOT = Path(BASE_DIR) / "static"
CELERY_BEAT_SCHEDULE = {
    name: {**entry, "schedule": TICK_SECONDS} if name == "tick" else entry
    for name, entry in CELERY_BEAT_SCHEDULE.items()
}
CELERY_BEAT_MAX_LOOP_INTERVAL = 0.5
CELERY_REDBEAT_LOCK_TIMEOUT = 5
if CELERY_BROKER_URL == "filesystem://":
    # Whoever runs nothing else sees a message a second; that is most of a test's time.
    CELERY_BROKER_TRANSPORT_OPTIONS = {**CELERY_BROKER_TRANSPORT_OPTIONS, "polling_interval": 0.1}
# A broker that went away is looked for often: tests have less patience than people.
CELERY_BROKER_CONNECTION_RETRY = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
FAULT_GUARD_OFF = os.environ.get("FAULT_GUARD_OFF", "").split()


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
