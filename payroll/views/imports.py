"""Files of the company's tables: send them, see what loading them would do, load them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.forms import FactsForm
from core.imports import services
from core.imports.files import empty_table_file, wrong_rows_file
from core.imports.services import ImportRefused, import_ask, import_receive, will_be_loaded
from core.lists import is_fragment, list_page
from core.models import FileImport, JobRun
from core.months import Month
from core.permissions import require
from core.tables import fact_tables
from core.tables.naming import label_of, table_name
from core.uploads import is_too_large
from payroll.lists import LoadList
from payroll.permissions import can_load_table, can_see_loads, can_send_files

_LARGEST_ID = 2**63 - 1
State = FileImport.State


@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """Choose files; POST keeps them and shows what they would change. Nothing is loaded yet."""
    require(can_send_files(request.user))
    if request.method == "POST":
        return files_receive(request, back=reverse("imports"))
    waiting = FileImport.objects.filter(
        owner=_user(request), state__in=(State.SENT, State.READ, State.ASKED)
    )
    context = {
        "form": FactsForm(),
        "waiting": waiting[:10],
        "tables": [
            (name, label_of(table))
            for name, table in fact_tables().items()
            if can_load_table(request.user, table)
        ],
        "can_see_loads": can_see_loads(request.user),
    }
    return render(request, "payroll/imports.html", context)


def files_receive(request: HttpRequest, *, back: str, month: Month | None = None) -> HttpResponse:
    """Take in what a form sends; what is wrong with the form is told on the page it came from."""
    form = FactsForm(request.POST, request.FILES, too_large=is_too_large(request))
    if not form.is_valid():
        for reasons in form.errors.values():
            for reason in reasons:
                messages.error(request, str(reason))
        return redirect(back)
    try:
        sent = import_receive(
            files=form.cleaned_data["files"],
            actor=request.user,
            month=str(month) if month else "",
        )
    except ImportRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    return redirect("import", pk=sent.pk)


@require_GET
def file_import(request: HttpRequest, pk: int) -> HttpResponse:
    """What loading the files would do, or what came of it."""
    sent = _own(request, pk)
    # Ask for what ran only where something may still run.
    run = (
        JobRun.objects.filter(
            kind=services.JOB, subject=services.subject_of(sent), parent=None
        ).first()
        if sent.is_under_way
        else None
    )
    found = [
        {**each, "number": n, "label": table_name(each["table"])}
        for n, each in enumerate(sent.found)
    ]
    context = {
        "sent": sent,
        "run": run,
        "found": found,
        "to_load": [each for each in found if will_be_loaded(each)],
        "can_be_loaded": sent.state == State.READ,
        "changes_nothing": not any(each["new"] or each["changed"] for each in found),
        "month": Month.parse(sent.month) if sent.month else None,
    }
    template = "payroll/_import_found.html" if is_fragment(request) else "payroll/import.html"
    return render(request, template, context)


@require_POST
def import_load(request: HttpRequest, pk: int) -> HttpResponse:
    """Load what was looked at, to the byte. Asked twice it is loaded once."""
    sent = _own(request, pk)
    try:
        import_ask(sent=sent, actor=request.user)
    except ImportRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect("import", pk=pk)
    sent.refresh_from_db()
    if sent.state != State.LOADED:
        return redirect("import", pk=pk)
    _tell(request, sent)
    if sent.month:
        return redirect("month", month=sent.month)
    return redirect("import", pk=pk)


@require_POST
def import_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget files that were looked at."""
    sent = _own(request, pk)
    services.import_drop(sent=sent)
    if sent.month:
        return redirect("month", month=sent.month)
    return redirect("imports")


@require_GET
def import_wrong(request: HttpRequest, pk: int, number: int, ending: str) -> HttpResponseBase:
    """The wrong rows of one table, each with its reasons."""
    sent = _own(request, pk)
    if sent.state != State.READ or number >= len(sent.found):
        raise Http404
    try:
        response = wrong_rows_file(sent, number, ending)
    except ImportRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("import", pk=pk)
    if response is None:
        raise Http404
    return response


@require_GET
def import_template(request: HttpRequest, table: str) -> HttpResponseBase:
    """An empty table to fill in."""
    require(can_send_files(request.user))
    if table not in fact_tables():
        raise Http404
    require(can_load_table(request.user, fact_tables()[table]))
    return empty_table_file(fact_tables()[table])


@require_GET
def loads(request: HttpRequest) -> HttpResponseBase:
    """Every file that was brought in."""
    require(can_see_loads(request.user))
    return list_page(request, LoadList)


def _own(request: HttpRequest, pk: int) -> FileImport:
    """One's own files; another's are not there. Raises `PermissionDenied` for who may not load."""
    require(can_send_files(request.user))
    if pk > _LARGEST_ID:
        raise Http404
    return get_object_or_404(FileImport, pk=pk, owner=_user(request))


def _user(request: HttpRequest) -> Any:
    return request.user


def _tell(request: HttpRequest, sent: FileImport) -> None:
    loaded = [each["loaded"] for each in sent.found if "loaded" in each]
    taken = [each for each in loaded if not each["wrong"]]
    if taken:
        messages.success(request, _taken_text(taken))
    if any(each.get("differs") for each in sent.found):
        messages.warning(
            request,
            _("Something changed meanwhile: what was loaded is not quite what was foreseen."),
        )
    refused = [each["file"] for each in sent.found if each.get("loaded", each)["wrong"]]
    if refused:
        messages.warning(
            request, _("Left out, as something is wrong: %(files)s") % {"files": ", ".join(refused)}
        )


def _taken_text(taken: list[dict[str, int]]) -> str:
    return ngettext(
        "%(count)s file loaded: %(new)s new, %(changed)s changed, %(same)s as before.",
        "%(count)s files loaded: %(new)s new, %(changed)s changed, %(same)s as before.",
        len(taken),
    ) % {
        "count": len(taken),
        **{name: sum(load[name] for load in taken) for name in ("new", "changed", "same")},
    }
