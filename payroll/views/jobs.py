"""The jobs: what ran, what is due, what failed and why, and trying it again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.jobs import coming, job_again
from core.lists import arrange, is_fragment
from core.models import JobRun
from core.permissions import require
from payroll.filters import JobFilter
from payroll.permissions import can_run_jobs, can_see_jobs
from payroll.tables import JobTable, PartTable


@require_GET
def jobs(request: HttpRequest) -> HttpResponse:
    """Every run, the latest first; what failed and what comes next stand above."""
    require(can_see_jobs(request.user))
    runs = JobRun.objects.filter(parent=None)
    found = JobFilter(request.GET or None, queryset=runs.select_related("requested_by__person"))
    context = {
        "filter": found,
        "is_filtered": any(request.GET.get(name) for name in ("kind", "state")),
        "table": arrange(request, JobTable(found.qs)),
        "failed": runs.filter(state=JobRun.State.FAILED),
        "coming": coming(now=clock.now()),
        "under_way": runs.filter(state__in=JobRun.UNDER_WAY).exists(),
        "can_run": can_run_jobs(request.user),
    }
    template = "payroll/_jobs_found.html" if is_fragment(request) else "payroll/jobs.html"
    return render(request, template, context)


@require_GET
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """One run with its parts."""
    require(can_see_jobs(request.user))
    run = get_object_or_404(
        JobRun.objects.select_related("requested_by__person"), pk=pk, parent=None
    )
    parts = JobRun.objects.filter(parent=run).order_by("id")
    context = {
        "run": run,
        "changed_as": f"job {run}",
        "table": arrange(request, PartTable(parts), per_page=50) if parts else None,
        "can_run": can_run_jobs(request.user),
    }
    template = "payroll/_job_found.html" if is_fragment(request) else "payroll/job.html"
    return render(request, template, context)


@require_POST
def job_run_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a failed run again. Where it is under way or done by now, nothing happens."""
    require(can_run_jobs(request.user))
    run: Any = get_object_or_404(JobRun, pk=pk, parent=None)
    if job_again(run=run, actor=request.user):
        messages.success(request, _("It runs again."))
    else:
        messages.info(request, _("It is under way or done already."))
    return redirect("job", pk=run.pk)
