"""The address at which attendance machines push punches, described in OpenAPI (ATT-1)."""

from datetime import timedelta
from math import ceil
from typing import Annotated, Any

from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer
from pydantic import Field

from accounts.logins.limiter import guess_charge
from attendance.models import Device
from attendance.services.devices import device_of
from attendance.services.pushing import punches_take
from core.db import is_busy

MOST_ROWS = 1_000
MOST_BYTES = 512 * 1024
MACHINE = "machine"
BUSY_FOR = "5"  # seconds
PUSH = "punches_push"

_ROWS = {
    "items": {
        "type": "object",
        "required": ["employee_no", "at"],
        "properties": {
            "employee_no": {"type": "string", "examples": ["Y001"]},
            "at": {
                "type": "string",
                "description": "ISO 8601; without an offset it is the company's clock.",
                "examples": ["2026-11-09T08:59:30", "2026-11-09T08:59:30+08:00"],
            },
        },
    }
}


class PushIn(Schema):
    """A machine's punches. What is wrong with a row is told in the answer and stops no other."""

    punches: Annotated[list[Any], Field(max_length=MOST_ROWS, json_schema_extra=_ROWS)]


class WrongOut(Schema):
    """A row that was not taken; the first is 1."""

    row: int
    reason: str


class PushOut(Schema):
    """What came of it: rows that were new, rows that were known already, rows that are wrong."""

    new: int
    known: int
    wrong: list[WrongOut]
    said: str


class ErrorOut(Schema):
    """Why nothing of the message was taken, in Chinese or English by Accept-Language."""

    detail: str


class TooManyGuesses(Exception):
    """Wrong tokens were sent too often; `wait`: until the next one is looked at."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__()
        self.wait = wait


class DeviceToken(HttpBearer):
    """The token of a machine in use, and a message no larger than is read."""

    def authenticate(self, request: HttpRequest, token: str) -> Device | None:
        device = device_of(token)
        if device is None:
            # What is right is never kept waiting for what others guess.
            if wait := guess_charge(request=request, account=MACHINE, kind=MACHINE):
                raise TooManyGuesses(wait)
            return None
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > MOST_BYTES:
            raise HttpError(413, _too_large())
        return device


api = NinjaAPI(
    title="Attendance machines",
    version="1",
    description="Punches pushed by attendance machines, or by a script beside them.",
    urls_namespace="api",
    docs_url=None,  # its pages would fetch from elsewhere
    docs_decorator=require_GET,
)
WRONG = frozenset({400, 401, 413, 422, 429, 503})


@api.post(
    "/attendance/punches",
    auth=DeviceToken(),
    response={200: PushOut, WRONG: ErrorOut},
    url_name=PUSH,
    operation_id=PUSH,
    summary="Push punches",
)
def punches_push(request: HttpRequest, message: PushIn) -> PushOut:
    """Add the punches that are not known yet.

    At most 1,000 rows and 512 KB a message. The same message sent again changes nothing, so after
    a failure send it again. Punches of earlier days are taken, and shown as having come late.
    """
    device: Device = request.auth  # type: ignore[attr-defined]
    taken = punches_take(device=device, rows=message.punches)
    return PushOut(
        new=taken.new,
        known=taken.known,
        wrong=[WrongOut(row=each.row, reason=each.reason) for each in taken.wrong],
        said=_("%(new)s new, %(known)s known already, %(wrong)s wrong")
        % {"new": taken.new, "known": taken.known, "wrong": len(taken.wrong)},
    )


def _too_large() -> str:
    return _("The message is larger than %(kb)s KB: send the punches in parts.") % {
        "kb": MOST_BYTES // 1024
    }


@api.exception_handler(AuthenticationError)
def _no_token(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    said = _("No valid token of an attendance machine: send it as “Authorization: Bearer …”.")
    answer = api.create_response(request, {"detail": said}, status=401)
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(TooManyGuesses)
def _too_often(request: HttpRequest, error: TooManyGuesses) -> HttpResponse:
    said = _("Wrong tokens were sent too often; try again later.")
    answer = api.create_response(request, {"detail": said}, status=429)
    answer.headers["Retry-After"] = str(max(ceil(error.wait.total_seconds()), 1))
    return answer


@api.exception_handler(OperationalError)
def _busy(request: HttpRequest, error: OperationalError) -> HttpResponse:
    """Nothing was taken: whoever writes kept us waiting too long."""
    if not is_busy(error):
        raise error
    said = _("Something else was being written for too long: send the message again.")
    answer = api.create_response(request, {"detail": said}, status=503)
    answer.headers["Retry-After"] = BUSY_FOR
    return answer


@api.exception_handler(HttpError)
def _not_read(request: HttpRequest, error: HttpError) -> HttpResponse:
    said = _("The message is no JSON.") if error.status_code == 400 else error.message
    return api.create_response(request, {"detail": said}, status=error.status_code)


@api.exception_handler(ValidationError)
def _not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    said = _("Send {form} with at most %(most)s rows.") % {"most": f"{MOST_ROWS:,}"}
    said = said.replace("{form}", '{"punches": [{"employee_no": …, "at": …}]}')
    return api.create_response(request, {"detail": said}, status=422)


def _open_to_machines() -> tuple[list[Any], str, str]:
    """The addresses; the one that machines push to asks for their token and for no login."""
    patterns, app, namespace = api.urls
    for pattern in patterns:
        if isinstance(pattern, URLPattern) and pattern.name == PUSH:
            login_not_required(pattern.callback)
    return patterns, app, namespace


api_urls = _open_to_machines()
