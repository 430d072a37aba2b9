"""The pages of projects: what is shown of a look-alike, and to whom (CUS-3, CUS-4)."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from core import clock
from core.models import Opening, StoredFile
from customers.models import Claim, Conflict, Project
from customers.services import project_assign
from customers.tests.projects import complete, registered
from tests import cast
from tests.builders import at, customer
from tests.cast import LEADER, MATE, SHE, STRANGER, SUPERVISOR, client_of

pytestmark = pytest.mark.django_db
TYPED = {"name": "冷冻水", "customer_name": "海天塑机有限公司", "prefecture": "宁波", "address": ""}


@pytest.fixture(autouse=True)
def people():
    with clock.set_to(at("2026-05-03 10:12")):
        yield cast.people_make()


@pytest.fixture
def hers(people):
    return registered(people[SHE], name="注塑车间空压站")


def said(no, url, **asked):
    return client_of(no).get(url, asked).content.decode()


def sent(**more):
    return {**TYPED, "purpose": "扩产", "token": str(uuid4()), **more}


def test_while_typing_a_stranger_reads_when_and_nothing_else(hers):
    told = said(STRANGER, reverse("project_check"), **TYPED)
    assert "registered by another on May 3, 2026 10:12" in told
    for word in (hers.name, hers.customer_name, hers.project_no, "吴伟", f"/projects/{hers.pk}/"):
        assert word not in told
    assert f"/projects/{hers.pk}/" in said(SHE, reverse("project_check"), **TYPED)


def test_while_typing_nothing_is_alike(hers):
    other = {**TYPED, "customer_name": "大港置业"}
    assert said(STRANGER, reverse("project_check"), **other).strip() == ""
    assert said(STRANGER, reverse("project_check")).strip() == ""
    assert said(STRANGER, reverse("project_check"), customer_name="\0").strip() == ""


def test_registered_anyway_after_it_was_shown(hers):
    browser, address = client_of(STRANGER), reverse("project_new")
    first = browser.post(address, sent())
    assert first.status_code == 400
    assert "registered by another on" in first.content.decode()
    assert hers.name not in first.content.decode()
    assert Project.objects.count() == 1
    browser.post(address, sent(anyway="on"))
    conflict = Conflict.objects.get()
    told = browser.get(reverse("conflict", args=[conflict.pk])).content.decode()
    assert "There is another claim" in told
    for word in (hers.name, hers.customer_name, hers.project_no, "吴伟"):
        assert word not in told
    assert hers.name in said(SUPERVISOR, reverse("conflict", args=[conflict.pk]))


def test_the_customer_is_a_file_where_one_may_see_it(people):
    file = customer("K1", owner=people[SHE])
    client_of(SHE).post(reverse("project_new"), sent(customer_name="K1"))
    typed = sent(customer_name="K1", anyway="on")
    client_of(STRANGER).post(reverse("project_new"), typed)
    hers, strangers = Project.objects.order_by("pk")
    assert (hers.customer, hers.customer_name) == (file, file.name)
    assert (strangers.customer, strangers.customer_name) == (None, "K1")


@pytest.mark.parametrize("wrong", [{"name": ""}, {"name": "a\0b"}, {"token": "x"}, {"purpose": ""}])
def test_bad_input_is_told(wrong):
    answer = client_of(SHE).post(reverse("project_new"), sent(**wrong))
    assert answer.status_code == 400
    assert not Project.objects.exists()


def lines(*rows, version=0, **more):
    filled = {
        f"line-{n}-{name}": value
        for n, row in enumerate(rows)
        for name, value in zip(("kind", "what", "spec", "quantity"), row, strict=True)
    }
    totals = {"line-TOTAL_FORMS": len(rows), "line-INITIAL_FORMS": 0}
    return {**filled, **totals, "version": version, **more}


def test_a_list_filled_in(hers):
    address = reverse("project_requirements", args=[hers.pk])
    browser = client_of(SHE)
    wrong = lines(("machine", "空压机", "", "two"))
    assert browser.post(address, wrong).status_code == 400
    assert browser.post(address, lines(("machine", "", "75kW", ""))).status_code == 400
    browser.post(address, lines(("machine", "空压机", "", "2"), ("machine", "", "", "")))
    assert "how large each machine is" in said(SHE, reverse("project", args=[hers.pk]))
    stale = browser.post(address, lines(("machine", "空压机", "75kW", "2")))
    assert "changed meanwhile" in stale.content.decode()
    full = lines(("machine", "空压机", "75kW", "2"), version=1, no_equipment="on")
    browser.post(address, full)
    hers.refresh_from_db()
    assert hers.is_complete


def test_moved_from_the_board(hers, people):
    leader = people[LEADER].user
    given = project_assign(project=complete(hers), person=people[SHE], actor=leader)
    board = said(SHE, reverse("project_board"))
    assert 'draggable="true"' in board
    assert 'draggable="true"' not in said(LEADER, reverse("project_board"))
    address = reverse("project_moved", args=[hers.pk])
    answer = client_of(SHE).post(
        address, {"version": given.version, "stage": "talks", "from": "board"}
    )
    assert answer["Location"] == reverse("project_board")
    again = client_of(SHE).post(
        address, {"version": given.version, "stage": "contract"}, follow=True
    )
    assert "changed meanwhile" in again.content.decode()
    hers.refresh_from_db()
    assert hers.stage == "talks"
    assert client_of(SHE).post(address, {"version": "x", "stage": ""}).status_code == 302


def test_nobody_is_assigned_to_themself_by_the_page(hers, people):
    people[LEADER].roles = "leader+salesperson"
    people[LEADER].save(update_fields=["roles"])
    made = complete(hers)
    answer = client_of(LEADER).post(
        reverse("project_assigning", args=[hers.pk]),
        {"version": made.version, "person": people[LEADER].pk, "reason": "x"},
    )
    assert answer.status_code == 400
    hers.refresh_from_db()
    assert hers.assigned_at is None


def photo():
    made = BytesIO()
    Image.new("RGB", (40, 30), "white").save(made, "JPEG")
    return SimpleUploadedFile("photo.jpg", made.getvalue(), content_type="image/jpeg")


def test_evidence_is_its_side_s(hers, people):
    registered(people[STRANGER], "海天塑机", anyway=True)
    conflict = Conflict.objects.get()
    said_it = client_of(SHE).post(
        reverse("conflict_say", args=[conflict.pk]),
        {"version": 0, "text": "四月就去过", "files": photo()},
    )
    assert said_it.status_code == 302
    file, claim = StoredFile.objects.get(), Claim.objects.get(person=people[SHE])
    assert (file.kind, file.owner) == ("project_claim", str(claim.pk))
    opens = {
        no: client_of(no).get(reverse("file", args=[file.pk])).status_code
        for no in (SHE, SUPERVISOR, LEADER, STRANGER, MATE)
    }
    assert opens == {SHE: 200, SUPERVISOR: 200, LEADER: 200, STRANGER: 404, MATE: 404}
    assert "四月就去过" not in said(STRANGER, reverse("conflict", args=[conflict.pk]))
    assert "四月就去过" in said(LEADER, reverse("conflict", args=[conflict.pk]))


def test_that_it_was_opened_is_kept(hers):
    client_of(SUPERVISOR).get(reverse("project", args=[hers.pk]))
    row = Opening.objects.get()
    assert (row.kind, row.subject) == ("project", f"project {hers.project_no}")


def test_desk_cards(hers, people):
    registered(people[STRANGER], "海天塑机", anyway=True)
    with clock.set_to(at("2026-06-02 10:12")):
        assert "Say your side" in said(SHE, "/")
        assert "Projects gone quiet" in said(SUPERVISOR, "/")
        assert "Conflicts to rule on" in said(LEADER, "/")
        Conflict.objects.update(ruling="both", reason="x", ruled_at=clock.now())
        complete(hers)
        assert "Projects to assign" in said(LEADER, "/")
