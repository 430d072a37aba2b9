"""Customers' files: the list, one with all that is known, opening and changing one (CUS-1)."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from core.files.querysets import files_of
from core.files.services import FileRefused
from core.lists import is_fragment, list_page
from core.panels import panels_of
from core.permissions import require
from core.uploads import is_too_large
from customers.forms.files import (
    AttachmentsForm,
    CommentForm,
    FileAddForm,
    FileEditForm,
    OwnerForm,
)
from customers.lists.files import FileList
from customers.models import Customer
from customers.permissions.calls import can_call
from customers.permissions.files import can_add_file, can_change_owner, can_keep, can_see_files
from customers.querysets.calls import with_calls_on
from customers.querysets.files import readers_of
from customers.reads.files import completeness_of, lacking_words
from customers.reads.telephone import calls_a_day, shown_number
from customers.services import (
    FileRefusal,
    attachments_add,
    comment_add,
    file_add,
    file_edit,
    owner_change,
)
from customers.services.files import ATTACHMENTS, next_number
from customers.timeline import timeline_of
from customers.views.alike_told import similar_to
from customers.views.opening import opened_file
from policy.clauses import clause_of

INDUSTRIES = 40


@require_GET
def customers(request: HttpRequest) -> HttpResponseBase:
    """The files one may see, the newest first."""
    require(can_see_files(request.user))
    return list_page(request, FileList)


def file_of(request: HttpRequest, customer_no: str) -> Customer:
    """A file that its reader may see, with how often they were called today; all others are not
    there."""
    seen = Customer.objects.visible_to(request.user).select_related("owner")
    found: Customer = get_object_or_404(with_calls_on(seen, clock.today()), customer_no=customer_no)
    return found


@require_GET
def customer(request: HttpRequest, customer_no: str) -> HttpResponseBase:
    """All that is known of a customer, to whoever may see it; its opening is kept (CUS-2)."""
    if moved := _moved(request, customer_no):
        return moved
    return _page(request, file_of(request, customer_no))


def _moved(request: HttpRequest, customer_no: str) -> HttpResponseRedirect | None:
    """Where the file is whose place another took, to whoever may see that."""
    seen = Customer.objects.visible_to(request.user).filter(merged__customer_no=customer_no)
    found = seen.values_list("customer_no", flat=True).first()
    return redirect("customer", customer_no=found) if found else None


def _page(
    request: HttpRequest, file: Customer, attachments: AttachmentsForm | None = None
) -> HttpResponseBase:
    user: Any = request.user
    contacts: list[Any] = list(file.contacts.all())
    most = calls_a_day()
    for each in contacts:
        each.number = shown_number(each.telephone, file, most=most)
    found = completeness_of(file, contacts)
    merged = list(file.merged.all())
    kept = files_of(ATTACHMENTS, [file.pk, *(each.pk for each in merged)])
    context = {
        "customer": file,
        "number": shown_number(file.telephone, file, most=most),
        "contacts": contacts,
        "completeness": found,
        "lacking": lacking_words(found.lacking),
        "tags": list(file.tags.all()),
        "owner_changes": list(
            file.owner_changes.select_related("from_person", "to_person", "by__person")
        ),
        "merged": merged,
        "files": [each for files in kept.values() for each in files],
        "attachments_form": attachments or AttachmentsForm(),
        "panels": panels_of("customer", user, customer=file),
        "can_keep": can_keep(user, file),
        "can_call": can_call(user) and not file.do_not_disturb,
        "can_change_owner": can_change_owner(user),
        "changed_as": [file, *merged],
        "clause": clause_of("CUS-2"),
    }
    wrong = attachments is not None and bool(attachments.errors)
    answer = render(request, "customers/file.html", context, status=400 if wrong else 200)
    return opened_file(request, answer, file)


@require_GET
def customer_panel(request: HttpRequest, customer_no: str, key: str) -> HttpResponseBase:
    """One block of a file's page: for htmx by itself, else under the heading."""
    file = file_of(request, customer_no)
    found = [each for each in panels_of("customer", request.user, customer=file) if each.key == key]
    if not found:
        raise Http404
    template = "accounts/_panel.html" if is_fragment(request) else "customers/panel.html"
    answer = render(request, template, {"customer": file, "panel": found[0]})
    return opened_file(request, answer, file, is_part=True)


@require_GET
def customer_timeline(request: HttpRequest, customer_no: str) -> HttpResponseBase:
    """What happened before an instant of the address, which a page leads to."""
    file = file_of(request, customer_no)
    timeline = timeline_of(request.user, file, _instant(request.GET.get("before", "")))
    context = {"customer": file, "timeline": timeline}
    template = "customers/_happened.html" if is_fragment(request) else "customers/timeline.html"
    return opened_file(request, render(request, template, context), file, is_part=True)


def _instant(text: str) -> datetime | None:
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return None
    return read if read.tzinfo else None


def form_page(
    request: HttpRequest,
    form: forms.Form,
    *,
    title: Any,
    save: Any,
    file: Customer | None = None,
    template: str = "customers/form.html",
    **more: Any,
) -> HttpResponse:
    """A page with one form, which leads back to its file."""
    context = {
        "form": form,
        "title": title,
        "save": save,
        "customer": file,
        "back": reverse("customer", args=[file.customer_no]) if file else reverse("customers"),
        "back_label": file.name if file else pgettext("menu", "Customers"),
        **more,
    }
    return render(request, template, context, status=400 if form.errors else 200)


def refuse(form: forms.Form, refusal: FileRefusal) -> None:
    """Say a refusal beside the field it is about, if the form has it."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


def _industries(user: Any) -> list[str]:
    """What was said of other files, to choose from."""
    seen = Customer.objects.visible_to(user).exclude(industry="").order_by("industry")
    return list(seen.values_list("industry", flat=True).distinct()[:INDUSTRIES])


@require_http_methods(["GET", "POST"])
def customer_new(request: HttpRequest) -> HttpResponse:
    """Open a file."""
    user: Any = request.user
    require(can_add_file(user))
    form = FileAddForm(user, next_number(), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            said_so = bool(request.POST.get("is_another"))
            made = file_add(actor=user, is_another=said_so, **form.given)
        except FileRefusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The file %(no)s is opened.") % {"no": made.customer_no})
            return redirect("customer", customer_no=made.customer_no)
    return form_page(
        request,
        form,
        title=_("New customer"),
        save=_("Open the file"),
        template="customers/new.html",
        industries=_industries(user),
        similar=similar_to(user, request.POST) if form.is_bound else None,
        is_another=request.POST.get("is_another"),
    )


@require_http_methods(["GET", "POST"])
def customer_edit(request: HttpRequest, customer_no: str) -> HttpResponseBase:
    """Change what is known of a customer."""
    user: Any = request.user
    file = file_of(request, customer_no)
    require(can_keep(user, file))
    form = FileEditForm(file, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            file_edit(actor=user, file=file, seen=form.cleaned_data["seen"], said=form.said)
        except FileRefusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Kept."))
            return redirect("customer", customer_no=customer_no)
    answer = form_page(
        request,
        form,
        title=_("Change the file"),
        save=_("Save"),
        file=file,
        industries=_industries(user),
    )
    return opened_file(request, answer, file, is_part=True)


@require_http_methods(["GET", "POST"])
def customer_owner(request: HttpRequest, customer_no: str) -> HttpResponse:
    """Pass a file to another owner."""
    user: Any = request.user
    file = file_of(request, customer_no)
    require(can_change_owner(user))
    form = OwnerForm(user, file, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            owner_change(actor=user, file=file, **form.cleaned_data)
        except FileRefusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The file has passed on."))
            return redirect("customer", customer_no=customer_no)
    hint = _("It is %(person)s's file. Both are told; orders stay whose they are.") % {
        "person": file.owner.name if file.owner else _("nobody")
    }
    return form_page(
        request, form, title=_("Change the owner"), save=_("Pass it on"), file=file, hint=hint
    )


@require_POST
def customer_attachments(request: HttpRequest, customer_no: str) -> HttpResponseBase:
    """Put photos, scans or PDF to a file."""
    user: Any = request.user
    file = file_of(request, customer_no)
    require(can_keep(user, file))
    form = AttachmentsForm(request.POST, request.FILES, too_large=is_too_large(request))
    if form.is_valid():
        try:
            attachments_add(actor=user, file=file, files=form.cleaned_data["files"])
        except FileRefused as refusal:
            form.add_error("files", str(refusal))
        else:
            messages.success(request, _("Kept."))
            return redirect("customer", customer_no=customer_no)
    return _page(request, file, attachments=form)


@require_POST
def customer_comment(request: HttpRequest, customer_no: str) -> HttpResponse:
    """Say something about a file."""
    file = file_of(request, customer_no)
    form = CommentForm(readers_of(file), request.POST)
    back = reverse("customer", args=[customer_no]) + "#comments"
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(map(str, errors)))
        return redirect(back)
    try:
        comment_add(actor=request.user, file=file, **form.cleaned_data)
    except FileRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Said."))
    return redirect(back)
