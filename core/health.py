"""Is it well? Answers for machines that watch: without a login, cheap, and with nothing secret."""

from collections.abc import Iterator

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import append_only, migrated
from core.heartbeats import is_alive
from core.models import Heartbeat


@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is asked."""
    return _answer([])


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """The database answers, every migration is applied, and the append-only triggers stand."""
    try:
        return _answer(list(not_ready()))
    except DatabaseError:
        return _answer(["database"])


@never_cache
@require_safe
def worker(request: HttpRequest) -> JsonResponse:
    """Some worker, on whichever host, gave a sign of life within the last minute."""
    return _alive(Heartbeat.Kind.WORKER)


@never_cache
@require_safe
def beat(request: HttpRequest) -> JsonResponse:
    """Some beat, on whichever host, gave a sign of life within the last minute."""
    return _alive(Heartbeat.Kind.BEAT)


def not_ready() -> Iterator[str]:
    """What stands between this database and work. Raises `DatabaseError` when it is away."""
    if not migrated.known() <= migrated.applied():
        yield "migrations"
    elif append_only.missing():
        yield "triggers"


def _alive(kind: str) -> JsonResponse:
    try:
        return _answer([] if is_alive(kind) else [str(kind)])
    except DatabaseError:
        return _answer(["database"])


def _answer(failing: list[str]) -> JsonResponse:
    return JsonResponse(
        {"status": "failing" if failing else "ok", "failing": failing},
        status=503 if failing else 200,
    )
