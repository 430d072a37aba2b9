"""Coming in with employee number and password, and going out again."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from accounts.models import Person, User
from accounts.services import login_set

PASSWORD = "spring-rain-42"


@pytest.fixture
def her(db) -> User:
    Person.objects.create(
        employee_no="Y001",
        name="吴伟",
        roles="salesperson",
        channel="field",
        hired_on=date(2024, 1, 1),
    )
    return login_set(employee_no="Y001", password=PASSWORD)


def sign_in(client: Client, number: str = "Y001", password: str = PASSWORD, **more: str):
    return client.post(reverse("login"), {"username": number, "password": password, **more})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.usefixtures("her")
def test_the_right_password():
    client = Client()
    assert sign_in(client).headers["Location"] == reverse("home")
    assert is_in(client)


@pytest.mark.usefixtures("her")
def test_blanks_around_the_number_do_not_matter():
    client = Client()
    sign_in(client, " Y001 ")
    assert is_in(client)


@pytest.mark.parametrize(
    ("number", "password"),
    [
        ("Y001", "wrong"),
        ("Y002", PASSWORD),
        ("", ""),
        ("Y001\x00", PASSWORD),
        ("Y001", f"{PASSWORD}\x00"),
        ("x" * 5000, PASSWORD),
    ],
)
@pytest.mark.usefixtures("her")
def test_the_wrong_ones(number, password):
    client = Client()
    assert sign_in(client, number, password).status_code == 200
    assert not is_in(client)


@pytest.mark.usefixtures("her")
def test_a_wrong_password_says_so_without_saying_which():
    page = sign_in(Client(), password="wrong").content.decode()
    assert "do not go together" in page


def test_a_login_switched_off(her):
    User.objects.filter(pk=her.pk).update(is_active=False)
    client = Client()
    sign_in(client)
    assert not is_in(client)


def test_switched_off_while_in(her):
    client = Client()
    sign_in(client)
    User.objects.filter(pk=her.pk).update(is_active=False)
    assert client.get(reverse("home")).headers["Location"].startswith(reverse("login"))


@pytest.mark.usefixtures("her")
def test_on_to_the_page_asked_for_but_never_elsewhere():
    assert sign_in(Client(), next="/months/").headers["Location"] == "/months/"
    elsewhere = sign_in(Client(), next="https://elsewhere.example/")
    assert elsewhere.headers["Location"] == reverse("home")


@pytest.mark.usefixtures("her")
def test_whoever_is_in_need_not_sign_in():
    client = Client()
    sign_in(client)
    assert client.get(reverse("login")).headers["Location"] == reverse("home")


@pytest.mark.usefixtures("her")
def test_out_by_post_alone():
    client = Client()
    sign_in(client)
    assert client.get(reverse("logout")).status_code == 405
    assert is_in(client)
    assert client.post(reverse("logout")).headers["Location"] == reverse("login")
    assert not is_in(client)


@pytest.mark.usefixtures("her")
def test_no_form_token_no_entry():
    client = Client(enforce_csrf_checks=True)
    answer = sign_in(client)
    assert answer.status_code == 403
    assert "open too long" in answer.content.decode()
    assert not is_in(client)
    assert not list(get_messages(answer.wsgi_request))
