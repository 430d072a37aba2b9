"""Firms that look alike: told while a file is opened, merged by the manager (CUS-1, CUS-2)."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.urls import reverse

from core import clock
from core.append_only import AppendOnly
from core.models import AuditRow
from core.spelling import spellings_refresh
from customers.imports import customer_ids
from customers.models import (
    Comment,
    Contact,
    Customer,
    Likeness,
    LikenessKey,
    SpotCheck,
    Tag,
    Visit,
)
from customers.querysets.lookalikes import lookalikes
from customers.services import (
    ChangedMeanwhile,
    FileRefusal,
    LooksAlike,
    SaidOfFile,
    file_add,
    file_edit,
    files_merge,
)
from customers.services.files import version_of
from customers.services.likeness import likeness_keep, likeness_refresh, unindexed
from customers.services.merging import counts_of, what_points_at
from customers.tests.conftest import user
from customers.timeline import timeline_of
from notices.models import Notice
from tests.builders import order
from tests.cast import MANAGER, MATE, SHE, STRANGER, SUPERVISOR, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(her_new_file):
    likeness_keep(her_new_file)
    return her_new_file


@pytest.fixture
def twin(her_new_file, people):
    """The same firm, of another salesperson."""
    return Customer.objects.create(
        customer_no="K00009",
        name="恒达五金商行",
        owner=people[STRANGER],
        created_on=date(2026, 10, 1),
        telephone="88886666",
        note="twin",
    )


def opened(people, name, **said):
    given = {"customer_no": "", "owner": people[MATE], "said": SaidOfFile(name)}
    return file_add(actor=user(MATE), token=uuid4(), **given, **said)


def test_a_firm_that_is_there_is_asked_about(known, people):
    with pytest.raises(LooksAlike):
        opened(people, "恒达五金厂")
    made = opened(people, "恒达五金厂", is_another=True)
    assert {each.customer for each in lookalikes("恒达五金")} == {known.pk, made.pk}


def test_the_index_follows(known, people):
    file_edit(actor=user(), file=known, seen=version_of(known), said=SaidOfFile("宁波瑞祥食品厂"))
    assert lookalikes("恒达五金") == []
    assert [each.customer for each in lookalikes("瑞祥食品")] == [known.pk]
    # A load changes names behind the services: the job finds it.
    Customer.objects.filter(pk=known.pk).update(name="温州永昌照明厂")
    assert list(unindexed()) == [known]
    assert (likeness_refresh(), likeness_refresh()) == (1, 0)
    assert [each.customer for each in lookalikes("永昌照明")] == [known.pk]


def similar(no, name="恒达五金"):
    answer = client_of(no).get(reverse("customer_similar"), {"name": name})
    assert answer.status_code == 200
    return answer.content.decode()


def test_of_a_strangers_file_is_told_that_it_is_there(known, people):
    assert known.name in similar(SHE)
    assert known.name in similar(SUPERVISOR)
    told = similar(MATE)
    assert "A firm like this one is on file with somebody else" in told
    for word in (known.name, known.customer_no, people[SHE].name, people[SHE].employee_no):
        assert word not in told
    # What is merely near says nothing of strangers' files.
    assert similar(MATE, "恒发五金").strip() == ""


@pytest.mark.parametrize("name", ["", "\0", "恒", "x" * 5000, "%", "'"])
def test_whatever_is_typed_gets_an_answer(known, name):
    similar(MATE, name)


def test_everything_follows_the_file_that_stays(her_new_file, twin, people):
    bought = order(people[STRANGER], "D1")
    type(bought).objects.filter(pk=bought.pk).update(customer=twin)
    at = clock.now() - timedelta(days=1)
    for file in (her_new_file, twin):  # the same visit and the same tag, twice on file
        Visit.objects.create(person=people[SHE], customer=file, at=at, kind="first")
        Tag.objects.create(customer=file, word="a")
    Visit.objects.create(person=people[STRANGER], customer=twin, at=at, kind="first")
    SpotCheck.objects.create(
        person=people[STRANGER], customer=twin, checked_on=clock.today(), verdict="records"
    )
    Contact.objects.create(customer=twin, name="x", token=uuid4())
    Comment.objects.create(customer=twin, text="x", by=user(), token=uuid4())
    files_merge(actor=user(MANAGER), keep=her_new_file, other=twin, reason="one licence")
    bought.refresh_from_db()
    her_new_file.refresh_from_db()
    twin.refresh_from_db()
    assert (bought.customer, twin.merged_into, twin.owner) == (her_new_file, her_new_file, None)
    assert (her_new_file.telephone, her_new_file.note, her_new_file.owner) == (
        "88886666",
        "twin",
        people[SHE],
    )
    assert counts_of(her_new_file) == {
        "visits": 2, "spot checks": 1, "orders": 1, "contacts": 1, "comments": 1, "tags": 1,
        "customers": 1,
    }  # fmt: skip
    # What stood at both stays where it was, and the trail says so.
    assert counts_of(twin) == {"visits": 1, "tags": 1}
    trail = AuditRow.objects.get(action="merge").changes
    assert trail["stayed"] == {"visit": 1, "tag": 1}
    assert trail["moved"]["order"] == 1
    assert Likeness.objects.filter(pk=twin.pk).exists()
    assert LikenessKey.objects.filter(customer=twin).exists()
    assert {each.person for each in Notice.objects.all()} == {people[SHE], people[STRANGER]}


def test_its_number_leads_to_the_file_that_stays(her_new_file, twin):
    files_merge(actor=user(MANAGER), keep=her_new_file, other=twin, reason="x")
    assert customer_ids()["K00009"] == her_new_file.pk
    answer = client_of(SHE).get(reverse("customer", args=["K00009"]))
    assert answer.headers["Location"] == reverse("customer", args=["K00007"])
    assert client_of(STRANGER).get(reverse("customer", args=["K00009"])).status_code == 404
    assert list(Customer.objects.visible_to(user(MANAGER))) == [her_new_file]


@pytest.fixture
def merged(her_new_file, twin):
    """Hers, which took the place of a file that says much of it otherwise."""
    Customer.objects.filter(pk=her_new_file.pk).update(telephone="66660000", level="A")
    said = {"address": "宁波市中山路1号", "level": "C", "source": "fair", "name": "永昌照明"}
    Customer.objects.filter(pk=twin.pk).update(**said)
    kept = files_merge(actor=user(MANAGER), keep=her_new_file, other=twin, reason="x")
    twin.refresh_from_db()
    return kept


def test_what_the_other_said_is_in_the_trail(merged, twin):
    of_kept = AuditRow.objects.get(action="merge").changes
    assert of_kept["address"] == ["", "宁波市中山路1号"]
    assert of_kept["note"] == ["", "twin"]
    assert "level" not in of_kept
    of_gone = AuditRow.objects.get(action="merged").changes
    assert of_gone["telephone"] == ["88886666", "66660000"]
    assert of_gone["name"] == ["永昌照明", merged.name]
    assert of_gone["level"] == ["C", "A"]
    assert "address" not in of_gone


def test_what_the_other_said_is_shown_on_the_file_that_stays(merged):
    page = client_of(SHE).get(reverse("customer", args=["K00007"])).content.decode()
    also = page.split("Also filed as")[1].split("</dd>")[0]
    for words in ("K00009 永昌照明", "Telephone: 88886666", "Level: C · small customer"):
        assert words in also
    for taken_over in ("Address", "Source"):
        assert taken_over not in also


@pytest.mark.parametrize("typed", [("永昌照明厂",), ("某某", "", "88886666")])
def test_the_old_name_or_telephone_leads_to_the_one_that_stands(merged, typed):
    assert [each.customer for each in lookalikes(*typed)] == [merged.pk]
    assert lookalikes(*typed, leave_out=(merged.pk,)) == []
    # A file merged before its likeness was kept is found by the job.
    Likeness.objects.all().delete()
    LikenessKey.objects.all().delete()
    assert likeness_refresh() == 2
    assert [each.customer for each in lookalikes(*typed)] == [merged.pk]


def test_one_file_under_two_names_is_told_once(merged, people):
    Customer.objects.filter(name="永昌照明").update(name="恒达五金厂")
    likeness_refresh()
    assert [each.customer for each in lookalikes("恒达五金")] == [merged.pk]


@pytest.mark.parametrize("typed", ["K00009", "永昌照明", "yczm"])
def test_the_old_number_and_name_are_found(merged, typed):
    spellings_refresh()
    browser = client_of(SHE)
    for address, name in ((reverse("customers"), "q"), (reverse("search"), "q")):
        page = browser.get(address, {name: typed}).content.decode()
        assert reverse("customer", args=["K00007"]) in page
    theirs = client_of(STRANGER)
    for address in (reverse("customers"), reverse("search")):
        page = theirs.get(address, {"q": typed}).content.decode()
        assert "K00007" not in page
        assert merged.name not in page


def test_what_stayed_with_the_other_is_read_in_the_timeline(her_new_file, twin, people):
    at = clock.now() - timedelta(days=1)
    for file, words in ((her_new_file, "our words"), (twin, "their words")):
        Visit.objects.create(person=people[SHE], customer=file, at=at, kind="first", content=words)
    files_merge(actor=user(MANAGER), keep=her_new_file, other=twin, reason="x")
    told = timeline_of(user(), her_new_file).happened
    filed = {each.text: each.details for each in told if each.icon == "map-pin"}
    assert filed == {"our words": (), "their words": ("filed under K00009 恒达五金商行",)}


def test_a_file_merged_twice_follows_to_the_end(her_new_file, twin, people):
    third = Customer.objects.create(customer_no="K3", name="third", created_on=date(2026, 1, 1))
    files_merge(actor=user(MANAGER), keep=twin, other=third, reason="x")
    files_merge(actor=user(MANAGER), keep=her_new_file, other=twin, reason="x")
    third.refresh_from_db()
    assert third.merged_into == her_new_file
    for keep, other in ((her_new_file, twin), (twin, her_new_file)):
        with pytest.raises(ChangedMeanwhile):
            files_merge(actor=user(MANAGER), keep=keep, other=other, reason="x")
    with pytest.raises(FileRefusal):
        files_merge(actor=user(MANAGER), keep=her_new_file, other=her_new_file, reason="x")


def test_no_table_that_never_changes_points_at_a_file(her_new_file):
    """What may not be changed could not follow its file: whoever adds such a table decides."""
    models = {model for model, _name, _rows in what_points_at(her_new_file)}
    assert {Visit, SpotCheck, Contact, Comment, Tag, apps.get_model("orders.Order")} <= models
    assert [model for model in models if issubclass(model, AppendOnly)] == []


def test_what_it_would_bring_is_shown_before(her_new_file, twin, people):
    Contact.objects.create(customer=twin, name="x", token=uuid4())
    browser = client_of(MANAGER)
    page = browser.get(reverse("customer_merge", args=["K00007"]) + "?other=K00009")
    assert page.context["brings"] == {"contacts": 1}
    address = reverse("customer_merge", args=["K00007"])
    assert browser.post(address, {"other": "nosuch"}).status_code == 400
    sent = {"other": "k00009", "reason": "one licence"}
    assert browser.post(address, sent).status_code == 302
    assert not Customer.objects.standing().filter(customer_no="K00009").exists()
