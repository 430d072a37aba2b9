"""Information from the road: filed on the phone, found, read and answered (INFO-1)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.files.querysets import files_of
from core.lists import list_page
from core.permissions import require
from core.uploads import is_too_large
from policy.clauses import clause_of
from reports.forms.information import AnswerForm, CorrectionForm, InformationForm
from reports.lists.information import InformationList
from reports.models import Information
from reports.permissions import (
    can_correct_information,
    can_file_information,
    can_read_for,
    can_see_information,
)
from reports.services import (
    information_answer,
    information_correct,
    information_file,
    information_read,
)
from reports.services.information import PHOTOS
from reports.views.doing import as_seen, done, form_page, posted


@require_http_methods(["GET", "POST"])
def information(request: HttpRequest) -> HttpResponseBase:
    """The information one may read; several are ticked as read at once."""
    require(can_see_information(request.user))
    return list_page(request, InformationList)


def _draft(user: Any, before: int | None = None) -> str:
    """The name of a draft: whose, and after which of theirs."""
    mine = Information.objects.filter(person=user.person_id)
    if before is not None:
        mine = mine.filter(pk__lt=before)
    newest = mine.order_by("-pk").values_list("pk", flat=True).first()
    return f"information-{user.pk}-{newest or 0}"


@require_http_methods(["GET", "POST"])
def information_new(request: HttpRequest) -> HttpResponse:
    """File what was heard: a page for the phone."""
    user: Any = request.user
    require(can_file_information(user))
    form = InformationForm(
        request.POST or None,
        request.FILES or None,
        user=user,
        draft=_draft(user),
        initial={"customer": request.GET.get("customer", "")[:160]},
        too_large=is_too_large(request),
    )
    made: list[Information] = []

    def file() -> None:
        given = form.cleaned_data
        filed = information_file(
            person=user.person,
            facts=form.facts(),
            token=given["token"],
            photos=given["photos"],
            actor=user,
        )
        made.append(filed)

    if request.method == "POST" and form.is_valid() and done(request, form, file, _("Filed.")):
        return redirect("information_one", pk=made[0].pk)
    return form_page(
        request,
        form,
        title=_("File information"),
        back=reverse("information"),
        back_label=_("Information"),
        has_files=True,
    )


def _found(request: HttpRequest, pk: int) -> Information:
    seen = Information.objects.visible_to(request.user).select_related("person", "customer")
    found: Information = get_object_or_404(seen.prefetch_related("tags"), pk=pk)
    return found


@require_GET
def information_one(request: HttpRequest, pk: int) -> HttpResponse:
    """A piece of information: what it says, what it said, who read it and what they say."""
    found, user = _found(request, pk), request.user
    own = bool(can_correct_information(user, found))
    notes = list(found.notes.select_related("by__person"))
    may_read = can_read_for(user, found)
    context = {
        "information": found,
        "own": own,
        "draft_done": _draft(user, before=found.pk) if own else "",
        "notes": [(note, note.version < found.version) for note in notes],
        "earlier": found.versions.select_related("by__person").filter(version__lt=found.version)
        if found.version
        else [],
        "answer_form": AnswerForm(initial={"version": found.version}) if may_read else None,
        "is_read": any(n.by_id == user.pk and n.version == found.version for n in notes),
        "files": files_of(PHOTOS, [found.pk])[str(found.pk)],
        "clauses": [clause_of("INFO-1")],
    }
    return render(request, "reports/information.html", context)


@require_http_methods(["GET", "POST"])
def information_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what one filed; what it said is kept."""
    found, user = _found(request, pk), request.user
    require(can_correct_information(user, found))
    form = CorrectionForm(
        request.POST or None,
        request.FILES or None,
        user=user,
        information=found,
        too_large=is_too_large(request),
    )

    def correct() -> None:
        photos = form.cleaned_data["photos"]
        seen = as_seen(found, form)  # type: ignore[arg-type]  # it has a version, too
        information_correct(information=seen, facts=form.facts(), photos=photos, actor=user)

    if (
        request.method == "POST"
        and form.is_valid()
        and done(request, form, correct, _("Corrected."))
    ):
        return redirect("information_one", pk=pk)
    return form_page(
        request,
        form,
        title=_("Correct the information"),
        back=reverse("information_one", args=[pk]),
        back_label=found.title,
        has_files=True,
    )


@require_POST
def information_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick it as read, or answer it."""
    found = _found(request, pk)
    require(can_read_for(request.user, found))
    form = AnswerForm(request.POST)

    def note(given: dict[str, Any]) -> None:
        seen = as_seen(found, form)
        if given["text"].strip():
            information_answer(
                information=seen, text=given["text"], token=given["token"], actor=request.user
            )
            messages.success(request, _("Answered; whoever filed it was told."))
        else:
            information_read(information=seen, actor=request.user)
            messages.success(request, _("Ticked as read."))

    return posted(request, form, note, "", reverse("information_one", args=[pk]))
