"""What every answer says of itself, whatever its status and whoever asks: nothing from elsewhere,
nothing inline, in nobody's frame, kept by nobody.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import django.db
import pytest
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, path, reverse

from accounts.models import User
from core import clock
from core.files.services import file_keep
from core.tests import file_corpus as corpus
from salesforce.urls import urlpatterns as those_of_the_program
from tests import cast
from tests.cast import MANAGER, SHE, client_of

HSTS = "max-age=31536000; includeSubDomains; preload"


def raises(error: Exception) -> Callable[[HttpRequest], HttpResponseBase]:
    @login_not_required
    def view(request: HttpRequest) -> HttpResponseBase:
        raise error

    return view


urlpatterns: list[URLPattern | URLResolver] = [
    *those_of_the_program,
    path("tests/broken/", raises(RuntimeError("broken on purpose"))),
    path("tests/too-large/", raises(RequestDataTooBig("larger than anything"))),
    path("tests/suspicious/", raises(SuspiciousOperation("made up"))),
]


@pytest.fixture(autouse=True)
def company(
    db: None, settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> Iterator[None]:
    """The cast, and views that fail on purpose."""
    caplog.set_level("CRITICAL")
    settings.ROOT_URLCONF = __name__
    settings.MEDIA_ROOT = tmp_path / "files"
    with clock.set_to(cast.CLOSED_AT):
        cast.people_make()
        yield


def of(actor: str | None, **said: str) -> Client:
    browser = client_of(actor) if actor else Client()
    browser.raise_request_exception = False
    browser.defaults.update({f"HTTP_{name.upper()}": text for name, text in said.items()})
    return browser


def a_file_of_hers(monkeypatch: pytest.MonkeyPatch) -> HttpResponseBase:
    monkeypatch.setattr("core.files.views.can_open", lambda user, file: True)
    upload = corpus.upload("photo.png", corpus.picture("PNG"))
    kept = file_keep(upload=upload, actor=None, kind="appeal", owner="1")
    return of(SHE).get(reverse("file", args=[kept.pk]))


def front_end(_monkeypatch: pytest.MonkeyPatch) -> HttpResponseBase:
    with closing(of(None).get(staticfiles_storage.url("app.js"))) as answer:
        return answer


def unlogged(monkeypatch: pytest.MonkeyPatch) -> HttpResponseBase:
    """A confidential page whose opening cannot be written."""

    def full(**_kwargs: object) -> None:
        raise django.db.Error("the disk is full")

    monkeypatch.setattr("core.confidential.opening_write", full)
    return of(MANAGER).get(reverse("audit_export"))


ANSWERS: dict[str, tuple[int, Callable[[pytest.MonkeyPatch], HttpResponseBase]]] = {
    "the page to sign in": (200, lambda m: of(None).get("/login/")),
    "a page": (200, lambda m: of(SHE).get("/")),
    "a part of a page": (200, lambda m: of(SHE, hx_request="true").get("/search/?q=Y001")),
    "sent to sign in": (302, lambda m: of(None).get("/")),
    "a part, sent to sign in": (200, lambda m: of(None, hx_request="true").get("/")),
    "the stroke at the end": (301, lambda m: of(SHE).get("/rules")),
    "an unknown host": (400, lambda m: of(None, host="elsewhere.example").get("/login/")),
    "a request that is made up": (400, lambda m: of(SHE).get("/tests/suspicious/")),
    "not theirs": (403, lambda m: of(SHE).get("/months/2026-10/")),
    "a form from elsewhere": (
        403,
        lambda m: Client(enforce_csrf_checks=True).post("/login/", {"username": SHE}),
    ),
    "no such page": (404, lambda m: of(SHE).get("/no-such-page/")),
    "no such page, signed out": (404, lambda m: of(None).get("/no-such-page/")),
    "a method that is not there": (405, lambda m: of(SHE).post("/search/")),
    "too large": (400, lambda m: of(SHE).get("/tests/too-large/")),
    "broken": (500, lambda m: of(SHE).get("/tests/broken/")),
    "broken, signed out": (500, lambda m: of(None).get("/tests/broken/")),
    "an opening that cannot be written": (503, unlogged),
    "nobody works": (503, lambda m: of(None).get(reverse("health_worker"))),
    "a machine without a token": (401, lambda m: of(None).post("/api/attendance/punches")),
    "an export": (
        200,
        lambda m: of(MANAGER).get(reverse("audit_export")),
    ),
    "a private file": (200, a_file_of_hers),
    "a file of the front end": (200, front_end),
    "no such file of the front end": (404, lambda m: of(None).get("/static/none.js")),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_is_guarded_and_kept_by_nobody(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    status, ask = ANSWERS[name]
    answer = ask(monkeypatch)
    assert answer.status_code == status
    _is_guarded(answer)
    _says_not_what_made_it(answer)
    _is_kept_by_nobody(name, answer.headers["Cache-Control"])
    if answer.streaming:
        b"".join(answer.streaming_content)  # which closes it


def _is_guarded(answer: HttpResponseBase) -> None:
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert re.findall(r"https?:|//|\*|\.\w", policy) == []
    assert re.search(r"default-src '(self|none)'", policy)
    assert "frame-ancestors 'none'" in policy
    said = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    assert {name: answer.headers.get(name) for name in said} == said
    for feature in ("camera", "microphone", "geolocation", "payment", "usb"):
        assert f"{feature}=()" in answer.headers["Permissions-Policy"]


def _says_not_what_made_it(answer: HttpResponseBase) -> None:
    assert {"Server", "X-Powered-By"} & set(answer.headers) == set()
    assert not re.search(r"django|python|gunicorn", str(dict(answer.headers)), re.IGNORECASE)


def _is_kept_by_nobody(name: str, kept: str) -> None:
    """What a right ends for is not shown again: the front end alone may be kept."""
    if name == "a file of the front end":
        assert "public" in kept
    elif name == "a private file":
        assert kept == "private, no-cache"  # asked for again each time
    else:
        assert "private" in kept
        assert "no-store" in kept


def _https(settings: Any) -> None:
    """What `HTTPS=true` sets (salesforce/settings.py)."""
    settings.SECURE_HSTS_SECONDS = 31536000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.LANGUAGE_COOKIE_SECURE = True


def _by_https(actor: str | None) -> Client:
    return of(actor, x_forwarded_proto="https")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/login/", 200),
        ("/", 302),
        ("/no-such-page/", 404),
        ("/tests/broken/", 500),
        ("/static/none.js", 404),
    ],
)
def test_with_https_a_browser_comes_back_by_https_alone(
    settings: Any, address: str, status: int
) -> None:
    _https(settings)
    answer = _by_https(None).get(address)
    assert answer.status_code == status
    assert answer.headers["Strict-Transport-Security"] == HSTS


def test_without_https_a_browser_is_sent_there_guarded_too(settings: Any) -> None:
    _https(settings)
    answer = of(None).get("/login/")
    assert (answer.status_code, answer.headers["Location"][:8]) == (301, "https://")
    _is_guarded(answer)


def test_no_cookie_is_read_by_a_script_or_sent_in_the_clear(settings: Any) -> None:
    _https(settings)
    browser = _by_https(None)
    browser.get("/login/")
    browser.post("/language/", {"language": "en"})
    browser.post("/login/", {"username": SHE, "password": cast_password()})
    given = {name: cookie for name, cookie in browser.cookies.items() if cookie.value}
    assert set(given) >= {"sessionid", "csrftoken", "django_language", "device"}
    for name, cookie in given.items():
        said = {each: cookie[each] for each in ("httponly", "secure", "samesite")}
        assert said == {"httponly": True, "secure": True, "samesite": "Lax"}, name


def cast_password() -> str:
    user = User.objects.get(username=SHE)
    user.set_password("spring-rain-42")
    user.save(update_fields=["password"])
    return "spring-rain-42"


def test_https_in_the_environment_is_what_sets_all_that() -> None:
    """The settings as a process reads them, not as a test sets them."""
    names = [
        "SECURE_SSL_REDIRECT",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "LANGUAGE_COOKIE_SECURE",
        "SECURE_HSTS_INCLUDE_SUBDOMAINS",
        "SECURE_HSTS_PRELOAD",
    ]
    read = f"from salesforce import settings; print([getattr(settings, n) for n in {names}])"
    told = subprocess.run(
        [sys.executable, "-c", read],
        env=os.environ | {"HTTPS": "true"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == str([True] * len(names))
