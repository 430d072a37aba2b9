"""Numbers for Prometheus. Requests are counted by each process; all else is asked when scraped.

What is asked of the database is a function without arguments that yields `Metric`s; each app says
its own, `settings.METRICS` lists them. No label ever holds an id, an address or a name of a person.
"""

import ipaddress
import os
from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    Metric,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from core import clock
from core.models import Heartbeat, JobRun

LATELY = timedelta(days=1)
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_requests = Counter(
    "salesforce_requests", "Requests answered.", ["view", "method", "status"]
)  # fmt: skip
_seconds = Histogram(
    "salesforce_request_seconds",
    "How long answers took.",
    ["view"],
    buckets=(0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30),
)


def request_count(*, view: str, method: str, status: int, seconds: float) -> None:
    """Count a request that was answered."""
    # Anybody may send any word as a method; each would stay as a label for ever.
    _requests.labels(view, method if method in _METHODS else "other", str(status)).inc()
    _seconds.labels(view).observe(seconds)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """What Prometheus reads; to whom it is not meant for, there is no such page."""
    if not _may_read(request):
        raise Http404
    registry = CollectorRegistry()
    registry.register(_Asked())
    return HttpResponse(
        _requests_of_all_processes() + generate_latest(registry), content_type=CONTENT_TYPE_LATEST
    )


def _may_read(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and constant_time_compare(given, token):
        return True
    # Handed on by a proxy, the address is the proxy's and says nothing about who asks.
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return any(address in allowed for allowed in settings.METRICS_ALLOW)


def _requests_of_all_processes() -> bytes:
    """Several gunicorn processes count in files they share (see gunicorn.conf.py)."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    return generate_latest(registry)


class _Asked:
    """Collects what `settings.METRICS` lists; whether the database answered is a number, too."""

    def collect(self) -> Iterable[Metric]:
        found: list[Metric] = []
        answered = 1
        try:
            for ask in map(import_string, settings.METRICS):
                found += ask()
        except DatabaseError:
            answered = 0
        return [gauge("database_up", "Whether the database answers.", answered), *found]


def gauge(name: str, what: str, value: float) -> Metric:
    """A number by itself."""
    return GaugeMetricFamily(f"salesforce_{name}", what, value=value)


def gauges(
    name: str, what: str, labels: list[str], values: Iterable[tuple[tuple[str, ...], float]]
) -> Metric:
    """A number for each combination of labels."""
    family = GaugeMetricFamily(f"salesforce_{name}", what, labels=labels)
    for of, value in values:
        family.add_metric(list(of), value)
    return family


def jobs() -> Iterator[Metric]:
    """How the jobs stand, how long the first in the queue waits, and what failed lately."""
    counted = JobRun.objects.order_by().values_list("kind", "state").annotate(n=Count("id"))
    yield gauges(
        "job_runs",
        "Job runs by kind and state.",
        ["kind", "state"],
        (((kind, state), n) for kind, state, n in counted),
    )
    now = clock.now()
    queued = JobRun.objects.filter(state=JobRun.State.QUEUED, due_at__lte=now)
    since = queued.aggregate(since=Min("due_at"))["since"]
    yield gauge(
        "job_queued_oldest_seconds",
        "How long the oldest queued run has been due.",
        (now - since).total_seconds() if since else 0,
    )
    failed = JobRun.objects.filter(state=JobRun.State.FAILED, finished_at__gt=now - LATELY)
    yield gauge("job_runs_failed_lately", "Job runs that failed in 24 hours.", failed.count())


def heartbeats() -> Iterator[Metric]:
    """How long ago each process gave a sign of life."""
    now = clock.now()
    yield gauges(
        "heartbeat_age_seconds",
        "How long ago a process gave a sign of life.",
        ["kind", "name"],
        (
            ((kind, name), (now - at).total_seconds())
            for kind, name, at in Heartbeat.objects.values_list("kind", "name", "at")
        ),
    )
