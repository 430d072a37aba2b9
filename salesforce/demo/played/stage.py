"""Who acts, when, and the jobs that follow."""

from contextlib import AbstractContextManager
from datetime import date, time, timedelta
from uuid import UUID, uuid5

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models import Person, User
from accounts.services import login_set
from core import clock
from core.models import JobRun

PASSWORD = "ningbo-demo"  # noqa: S105  # a made-up company has nothing to hide
FORMS = UUID("5a1e5f0c-0000-4000-8000-000000000020")


def person(no: str) -> Person:
    return Person.objects.get(employee_no=no)


def user(no: str) -> User:
    """Somebody as they are signed in; whoever does something has a login.

    A fresh one each time, since what somebody may do is remembered on it.
    """
    known = User.objects.select_related("person").filter(username=no).first()
    return known or login_set(employee_no=no, password=PASSWORD)


def form(name: str) -> UUID:
    """The token of a form: the same each time the demo is made."""
    return uuid5(FORMS, name)


def on(day: date, wall: time) -> AbstractContextManager[None]:
    """The clock as it stood on a day; never later than it stands now."""
    return clock.set_to(min(clock.at(day, wall), clock.now()))


def ago(days: int, wall: time) -> AbstractContextManager[None]:
    return on(clock.today() - timedelta(days=days), wall)


def jobs_work_off() -> None:
    """Do what was asked for, and what that hands on in parts, as a worker would: none need be
    running yet."""
    ready = JobRun.objects.filter(state=JobRun.State.QUEUED, next_try_at=None).order_by("id")
    while run := ready.first():
        import_string(settings.JOBS[run.kind][0])(run.pk)
