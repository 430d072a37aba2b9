"""An opening and its answer stand or fall together."""

from contextlib import contextmanager
from ipaddress import ip_network
from unittest.mock import patch

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.template.response import SimpleTemplateResponse
from django.urls import reverse

from core.confidential import opened, opening_write
from core.files.services import file_keep
from core.models import Opening
from core.tests import file_corpus as corpus
from tests import cast
from tests.cast import LEADER, MANAGER, MONTH, SHE, client_of

SECRET = "3600.00"


@contextmanager
def no_log():
    """The database takes no opening: a trigger stands in the way."""
    table = Opening._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                f"CREATE TRIGGER no_log BEFORE INSERT ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'no log'); END"
            )
        else:
            cursor.execute(
                "CREATE FUNCTION no_log() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'no log'; END $$"
            )
            cursor.execute(
                f"CREATE TRIGGER no_log BEFORE INSERT ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION no_log()"
            )
    yield
    with connection.cursor() as cursor:
        on = f" ON {table}" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER no_log{on}")


def answered(rf, answer, *, headers=None, **more):
    request = rf.get("/", headers=headers)
    request.user = cast.User.objects.get(username=LEADER)
    return opened(request, answer, **{"kind": "medical", "subject": "leave 7", **more})


@pytest.fixture
def people(db):
    return cast.people_make()


def test_it_is_written_down(rf, people):
    answer = answered(
        rf, HttpResponse(SECRET), about=SHE, way=Opening.Way.PRINTED, details={"pages": 2}
    )
    assert answer.content.decode() == SECRET
    assert set(answer.headers["Cache-Control"].split(", ")) == {"private", "no-store"}
    row = Opening.objects.get()
    assert (row.actor.username, row.way, row.kind, row.subject, row.about) == (
        LEADER, "printed", "medical", "leave 7", SHE,
    )  # fmt: skip
    assert (row.details, row.address) == ({"pages": 2}, "127.0.0.1")


def test_behind_a_trusted_proxy_it_is_whoever_asked(rf, people, settings):
    settings.TRUSTED_PROXIES = [ip_network("127.0.0.0/8")]
    answered(rf, HttpResponse(SECRET), headers={"X-Forwarded-For": "198.51.100.7"})
    assert Opening.objects.get().address == "198.51.100.7"


def test_what_shows_nothing_is_no_opening(rf, people):
    for answer in (HttpResponseRedirect("/"), HttpResponse(status=403), HttpResponse(status=404)):
        assert answered(rf, answer) is answer
    assert not Opening.objects.exists()


@pytest.mark.parametrize("kind", [HttpResponse, StreamingHttpResponse])
def test_no_log_no_answer(rf, people, kind):
    with no_log():
        answer = answered(rf, kind([SECRET]))
    assert answer.status_code == 503
    assert SECRET not in answer.content.decode()
    assert "could not be written down" in answer.content.decode()
    assert not Opening.objects.exists()


def test_a_page_that_cannot_be_rendered_leaves_no_opening(rf, people):
    broken = SimpleTemplateResponse("no such template")
    with pytest.raises(Exception, match="no such template"):
        answered(rf, broken)
    assert not Opening.objects.exists()


def test_what_is_made_while_it_is_sent_is_written_before_its_first_byte(rf, people):
    seen = []

    def rows():
        seen.append(Opening.objects.count())
        yield SECRET
        raise OSError("broken off")

    answer = answered(rf, StreamingHttpResponse(rows()))
    assert (seen, Opening.objects.count()) == ([], 1)
    with pytest.raises(OSError, match="broken off"):
        b"".join(answer.streaming_content)
    assert (seen, Opening.objects.count()) == ([1], 1)  # some of it may have been read


def test_never_inside_a_transaction_that_could_be_rolled_back(people, monkeypatch):
    # Django takes a test's own transaction for none.
    with transaction.atomic():
        monkeypatch.setattr(connection.atomic_blocks[-1], "_from_testcase", False)
        with pytest.raises(RuntimeError, match="durable"):
            opening_write(actor=people and None, way="opened", kind="x", subject="y")


def test_an_opening_is_never_changed(rf, people):
    answered(rf, HttpResponse(SECRET))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Opening.objects.update(subject="other")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Opening.objects.all().delete()


def anybody(_user, _file):
    return True


def test_a_confidential_file_is_not_opened_without_a_log(people, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.FILE_KINDS = {"medical": f"{__name__}.anybody"}
    settings.CONFIDENTIAL_FILE_KINDS = {"medical": ""}
    sent = corpus.upload("a.pdf", corpus.PDF)
    file = file_keep(upload=sent, actor=None, kind="medical", owner="7")
    address = reverse("file", args=[file.pk])
    with no_log():
        answer = client_of(LEADER).get(address)
    assert (answer.status_code, b"%PDF" in answer.content) == (503, False)
    assert client_of(LEADER).get(address).content == corpus.PDF
    row = Opening.objects.get()
    assert (row.kind, row.subject, row.about) == ("medical", "medical 7", "")
    assert row.details == {"file": str(file.pk), "name": "a.pdf"}


class TestExports:
    @pytest.fixture(autouse=True)
    def company(self, people):
        from core import clock

        with clock.set_to(cast.CLOSED_AT):
            cast.closed_month()
            yield

    @pytest.mark.parametrize("ending", ["csv", "xlsx"])
    def test_taken_out(self, ending):
        address = reverse("month_export", args=[MONTH, "statements", ending])
        assert client_of(MANAGER).get(address).status_code == 200
        row = Opening.objects.get()
        assert (row.way, row.kind, row.subject) == ("exported", "export", "statements 2026-10")
        assert client_of(SHE).get(address).status_code == 403
        assert Opening.objects.count() == 1

    def test_no_log_no_file(self):
        address = reverse("month_export", args=[MONTH, "statements", "csv"])
        with no_log():
            answer = client_of(MANAGER).get(address)
        assert (answer.status_code, SHE in answer.content.decode()) == (503, False)

    def test_a_file_that_cannot_be_made_leaves_no_opening(self):
        address = reverse("month_export", args=[MONTH, "statements", "csv"])
        with (
            patch("payroll.views.exporting.to_csv", side_effect=ZeroDivisionError),
            pytest.raises(ZeroDivisionError),
        ):
            client_of(MANAGER).get(address)
        assert not Opening.objects.exists()
