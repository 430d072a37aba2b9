"""The log says where it went wrong and never about whom."""

import io
import json
import logging
import logging.config
from contextlib import contextmanager

import pytest
from celery import current_app, shared_task
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core import clock
from core.logs import logging_of
from tests import cast
from tests.cast import MANAGER, MONTH, SHE, client_of

PASSWORD = "spring-rain-42"
AMOUNT = "98765.43"
PERSONAL = [
    *(member.name for member in cast.MEMBERS),
    *(member.employee_no for member in cast.MEMBERS),
    "Y999",
    AMOUNT,
    PASSWORD,
]


@contextmanager
def logged(form: str, level: str = "DEBUG"):
    """What the program itself would write, as its own settings set it up."""
    out = io.StringIO()
    config = logging_of(form=form, level=level)
    config["handlers"]["console"]["stream"] = out
    root = logging.getLogger()
    before, level_before = root.handlers[:], root.level
    logging.config.dictConfig(config)
    try:
        yield out
    finally:
        logging.config.dictConfig(logging_of(form="line", level="WARNING"))
        root.handlers[:] = before
        root.setLevel(level_before)


@pytest.fixture
def people(db):
    with clock.set_to(cast.CLOSED_AT):
        for person in cast.people_make().values():
            person.user.set_password(PASSWORD)
            person.user.save(update_fields=["password"])
        cast.closed_month()
        yield


def broken(*_args, **_kwargs):
    """An error whose message, and whose cause's message, speak of somebody."""
    try:
        raise KeyError(f"{SHE} 吴伟")
    except KeyError as cause:
        raise RuntimeError(f"吴伟 ({SHE}) is paid {AMOUNT}") from cause


def a_day_of_trouble(monkeypatch) -> None:
    """Signs in (once in vain), loads wrong rows, meets a 403, a 404 and a 500."""
    client = Client(raise_request_exception=False, headers={"accept-language": "en"})
    login = {"username": MANAGER, "password": PASSWORD}
    client.post("/login/", {**login, "password": f"{PASSWORD}x"})
    client.post(f"/login/?next=/months/?q={SHE}", login)
    wrong = f"employee_no,at\n{SHE},yesterday\nY999,2026-10-12T08:58:00\n"
    answer = client.post(
        reverse("facts_load", args=[MONTH]),
        {"files": SimpleUploadedFile("吴伟.csv", wrong.encode())},
    )
    assert answer.status_code < 500
    client.get(f"/no-such-page/{SHE}/?name=吴伟&amount={AMOUNT}")
    client_of(SHE).get(reverse("statement", args=[MONTH, "Y003"]))
    client_of(SHE).get(reverse("month", args=[MONTH]))
    monkeypatch.setattr("payroll.views.statements.get_object_or_404", broken, raising=False)
    monkeypatch.setattr("payroll.views.statements.render", broken, raising=False)
    answer = client.get(reverse("statement", args=[MONTH, SHE]) + f"?q=吴伟&sum={AMOUNT}")
    assert answer.status_code == 500
    logging.getLogger("core").error("%s went wrong", ValueError(f"{SHE} {AMOUNT}"))


def assert_discreet(text: str) -> None:
    assert [word for word in PERSONAL if word in text or ascii(word)[1:-1] in text] == []


@pytest.mark.parametrize("form", ["line", "json"])
def test_no_name_no_number_no_amount(people, monkeypatch, form):
    # What each statement to the database was is not logged in production, at any level we set.
    logging.getLogger("django.db.backends").setLevel("WARNING")
    with logged(form, level="INFO") as out:
        a_day_of_trouble(monkeypatch)
    text = out.getvalue()
    assert_discreet(text)
    for kept in (
        "builtins.RuntimeError",
        "builtins.KeyError",
        "test_logs.py",
        "months/<month:month>/statements/",
        "ValueError went wrong",
        "(no such page)",
    ):
        assert kept in text


def test_each_line_is_json_and_knows_its_request_and_login(people, monkeypatch):
    with logged("json", level="WARNING") as out:
        a_day_of_trouble(monkeypatch)
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    told = [line for line in lines if line["logger"] == "django.request"]
    (error,) = [line for line in told if line["level"] == "error"]
    assert error["view"] == "statement"
    assert "exception" in error
    assert len(error["request"]) == 32
    assert isinstance(error["user"], int)
    assert lines[-1].keys() == {"event", "level", "logger", "timestamp"}


def test_the_answer_says_the_number_of_the_request(db):
    first, second = (
        Client().get("/login/", headers={"X-Request-ID": SHE}).headers["X-Request-ID"]
        for _ in range(2)
    )
    assert SHE not in (first, second)
    assert first != second


@shared_task(name="tests.operations.broken")
def _broken_job(run_id: int, note: str) -> None:
    logging.getLogger("payroll").warning("half done")
    broken()


def test_a_job_that_fails_says_which_run_and_not_why(monkeypatch):
    from celery.app.trace import build_tracer

    with logged("json", level="WARNING") as out:
        task = current_app.tasks["tests.operations.broken"]
        build_tracer(task.name, task, app=current_app)("some-id", (4711, f"{SHE} 吴伟"), {})
        logging.getLogger("payroll").warning("afterwards")
    half, error, after = (json.loads(line) for line in out.getvalue().splitlines())
    assert_discreet(out.getvalue())
    assert half["job_run"] == 4711
    assert "RuntimeError" in error["exception"]
    assert error["level"] == "error"
    assert "job_run" not in after


def test_a_format_that_is_none():
    with pytest.raises(ValueError, match="line, json"):
        logging_of(form="xml", level="INFO")
