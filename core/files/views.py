"""Private files, opened by whoever may. A stranger's is not there."""

import logging
from pathlib import Path
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from core.confidential import opened
from core.files import disk
from core.files.models import StoredFile
from core.files.permissions import can_open, whose

log = logging.getLogger(__name__)

# Whatever a file holds, it runs nothing, loads nothing and is shown in no frame. A browser says of
# a picture opened by itself that its own style was refused; it shows it all the same.
POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"


@require_safe
def file(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The file itself: a picture in the page, a PDF as a download."""
    found = _file_or_404(request, pk)
    answer = _answer(request, found, disk.path_of(found.pk), found.media_type)
    if not found.is_confidential:
        return answer
    return opened(
        request,
        answer,
        kind=found.kind,
        subject=f"{found.kind} {found.owner}",
        about=whose(found),
        details={"file": str(found.pk), "name": found.name},
    )


@require_safe
def file_thumbnail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A small picture of a picture."""
    found = _file_or_404(request, pk)
    if not found.shows_thumbnail:
        raise Http404
    return _answer(request, found, disk.path_of(found.pk, thumbnail=True), "image/webp")


def _file_or_404(request: HttpRequest, pk: UUID) -> StoredFile:
    found = StoredFile.objects.filter(pk=pk).first()
    if found is None or not can_open(request.user, found):
        raise Http404
    return found


def _answer(request: HttpRequest, found: StoredFile, path: Path, media_type: str) -> HttpResponse:
    # Asked again each time, because a right can end; what is known already is not sent again.
    etag = f'"{found.sha256}"'
    known = None if found.is_confidential else get_conditional_response(request, etag=etag)
    response: HttpResponse = known or _content(path, media_type)
    response["Content-Disposition"] = str(
        content_disposition_header(as_attachment=not found.is_picture, filename=found.name)
    )
    if not found.is_confidential:
        response["Cache-Control"], response["ETag"] = "private, no-cache", etag
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _content(path: Path, media_type: str) -> HttpResponse:
    try:
        content = path.read_bytes()
    except OSError:
        log.exception("a file's bytes cannot be read: %s", path.name)
        raise Http404 from None
    return HttpResponse(content, content_type=media_type)
