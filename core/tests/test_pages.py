"""What holds for every page: language, errors, no outside host, nothing inline."""

import re

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse

from core.templatetags.house import yuan, yuan_text
from tests.builders import yuan as amount


def test_the_language_is_switched_and_remembered(db):
    client = Client()
    answer = client.post(reverse("set_language"), {"language": "zh-hans", "next": "/login/"})
    assert answer.headers["Location"] == "/login/"
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "zh-hans"
    assert 'lang="zh-hans"' in client.get("/login/").content.decode()
    client.post(reverse("set_language"), {"language": "en"})
    assert 'lang="en"' in client.get("/login/").content.decode()


def test_switching_the_language_leads_nowhere_else(db):
    answer = Client().post(
        reverse("set_language"), {"language": "en", "next": "https://elsewhere.example/"}
    )
    assert answer.headers["Location"] == "/"


def test_a_page_that_is_none(db):
    answer = Client().get("/no-such-page/")
    assert answer.status_code == 404
    assert "There is no such page" in answer.content.decode()


def test_a_request_that_cannot_be_read(db):
    with override_settings(ALLOWED_HOSTS=["known.example"]):
        answer = Client(raise_request_exception=False).get("/login/")
    assert answer.status_code == 400
    assert "cannot be read" in answer.content.decode()


def test_something_wrong_here(db, monkeypatch):
    def broken(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("accounts.views.SignIn.get_context_data", broken)
    answer = Client(raise_request_exception=False).get("/login/")
    assert answer.status_code == 500
    assert "nothing was half saved" in answer.content.decode()


def test_nothing_inline_and_no_outside_host(db):
    answer = Client().get("/login/")
    page = answer.content.decode()
    assert not re.search(r"<script(?![^>]* src=)", page)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page)
    assert not re.search(r"(src|href)=[\"'](https?:)?//", page)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("0.00", "0.00"),
        ("1234567.80", "1,234,567.80"),
        ("-5.00", "−5.00"),
        ("-0.00", "0.00"),
        ("12.5", "12.50"),
    ],
)
def test_yuan_as_people_read_them(given, read):
    assert yuan_text(amount(given)) == read


def test_minus_stands_out():
    assert "yuan-minus" in yuan(amount("-5.00"))
    assert "yuan-minus" not in yuan(amount("5.00"))
    assert yuan(None) == ""
