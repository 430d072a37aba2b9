"""The jobs: what ran, what is due, what failed and why, and trying it again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from core.jobs import coming, job_again
from core.lists import arrange, is_fragment, list_page
from core.models import JobRun
from core.permissions import require
from payroll.lists import JobList
from payroll.permissions import can_run_jobs, can_see_jobs
from payroll.querysets import WORK_ON_BOOKS
from payroll.tables import PartTable


@require_http_methods(["GET", "POST"])
def jobs(request: HttpRequest) -> HttpResponseBase:
    """Every run, the latest first; POST runs several again."""
    require(can_see_jobs(request.user))
    return list_page(request, JobList)


@require_GET
def jobs_coming(request: HttpRequest) -> HttpResponse:
    """What is due next."""
    require(can_see_jobs(request.user))
    template = "payroll/_jobs_coming.html" if is_fragment(request) else "payroll/jobs_coming.html"
    return render(request, template, {"coming": coming(now=clock.now())})


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
    user: Any = request.user
    require(can_run_jobs(user))
    run: Any = get_object_or_404(JobRun, pk=pk, parent=None)
    if job_again(run=run, actor=user, said=user.in_place_of(*WORK_ON_BOOKS)):
        messages.success(request, _("It runs again."))
    else:
        messages.info(request, _("It is under way or done already."))
    return redirect("job", pk=run.pk)
