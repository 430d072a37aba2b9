"""Files opened, changed, passed on; contacts, comments and papers (CUS-1, CUS-2)."""

from itertools import product
from uuid import uuid4

import pytest

from core import clock
from core.models import AuditRow, JobRun
from core.months import Month
from core.services import audit_subject
from customers.models import Comment, Contact, Customer, OwnerChange
from customers.reads.files import completeness_of
from customers.services import (
    ChangedMeanwhile,
    FileRefusal,
    SaidOfContact,
    SaidOfFile,
    comment_add,
    contact_add,
    contact_edit,
    file_add,
    file_edit,
    owner_change,
)
from customers.services.files import version_of
from customers.tests.conftest import user
from notices.models import Notice
from payroll.models import PayMonth
from tests.cast import FINANCE, LEADER, MANAGER, MATE, SHE, STRANGER, SUPERVISOR

pytestmark = pytest.mark.django_db


def opened(people, token=None, *, no="", name="新客户", **said):
    return file_add(
        actor=user(),
        token=token or uuid4(),
        customer_no=no,
        owner=people[SHE],
        said=SaidOfFile(name=name, **said),
    )


def contact(file, name="王总", token=None, **said):
    return contact_add(
        actor=user(), file=file, token=token or uuid4(), said=SaidOfContact(name=name, **said)
    )


def test_a_file_gets_the_next_number_and_its_trail(her_new_file, people):
    made = opened(people, tags=["展会", " 展会 ", "重点"], industry=" 照明 ")
    assert (made.customer_no, made.industry, str(made.created_on)) == (
        "K00008", "照明", "2026-11-02"
    )  # fmt: skip
    assert [tag.word for tag in made.tags.all()] == sorted(["展会", "重点"])
    assert AuditRow.objects.get(subject=audit_subject(made)).changes["industry"] == [None, "照明"]


def test_sent_twice_is_one_file(people):
    token = uuid4()
    assert opened(people, token) == opened(people, token)
    assert Customer.objects.count() == 1


def test_a_number_that_is_taken(her_new_file, people):
    with pytest.raises(FileRefusal):
        opened(people, no="K00007")
    assert Customer.objects.count() == 1


def test_an_owner_sells(people):
    with pytest.raises(FileRefusal):
        file_add(
            actor=user(MANAGER),
            token=uuid4(),
            customer_no="",
            owner=people[FINANCE],
            said=SaidOfFile("x"),
        )


def test_changed_as_it_was_seen(her_new_file):
    seen = version_of(her_new_file)
    file_edit(actor=user(), file=her_new_file, seen=seen, said=SaidOfFile("新名", tags=["a"]))
    with pytest.raises(ChangedMeanwhile):
        file_edit(actor=user(), file=her_new_file, seen=seen, said=SaidOfFile("旧名"))
    her_new_file.refresh_from_db()
    assert her_new_file.name == "新名"
    # Tags are of what a form shows.
    untagged = Customer.objects.create(name="新名", created_on="2026-11-02")
    assert version_of(her_new_file) != version_of(untagged)


def test_a_change_to_the_same_leaves_no_trail(her_new_file):
    file_edit(
        actor=user(),
        file=her_new_file,
        seen=version_of(her_new_file),
        said=SaidOfFile(her_new_file.name),
    )
    assert not AuditRow.objects.exists()


def test_passed_on_and_both_are_told(her_new_file, people):
    made = owner_change(
        actor=user(MANAGER),
        file=her_new_file,
        seen_owner=people[SHE].pk,
        to=people[STRANGER],
        reason=" x ",
    )
    her_new_file.refresh_from_db()
    assert her_new_file.owner == people[STRANGER]
    assert (made.from_person, made.to_person, made.reason) == (people[SHE], people[STRANGER], "x")
    told = Notice.objects.filter(key__startswith=f"customer/{her_new_file.pk}/owner")
    assert {each.person for each in told} == {people[SHE], people[STRANGER]}
    # Who had it sees it no more: the notice leads elsewhere.
    assert [each.url for each in told.filter(person=people[SHE])] == ["/customers/"]


@pytest.mark.parametrize(("to", "seen"), [(SHE, SHE), (FINANCE, SHE), (MATE, STRANGER)])
def test_what_does_not_pass_on(her_new_file, people, to, seen):
    with pytest.raises(FileRefusal):
        owner_change(
            actor=user(MANAGER),
            file=her_new_file,
            seen_owner=people[seen].pk,
            to=people[to],
            reason="x",
        )
    assert not OwnerChange.objects.exists()


def test_contacts_come_and_go(her_new_file):
    token = uuid4()
    made = contact(her_new_file, token=token, say="decides")
    assert contact(her_new_file, token=token) == made
    contact_edit(actor=user(), contact=made, seen=0, said=SaidOfContact("王总", gone=True))
    with pytest.raises(ChangedMeanwhile):
        contact_edit(actor=user(), contact=made, seen=0, said=SaidOfContact("李总"))
    made.refresh_from_db()
    assert (made.name, made.gone, made.version) == ("王总", True, 1)
    assert Contact.objects.count() == 1


def test_rule_and_query_agree_on_every_file(people):
    """What the list says is incomplete is what the file's page says."""
    names = ("address", "scale", "industry", "level", "telephone")
    whole = {**dict.fromkeys(names, "a"), "level": "A", "source": "fair"}
    contacts = [(), ("decides",), ("gone",), ("uses", "reached"), ("decides", "reached")]
    for n, (lacks, there) in enumerate(product([None, *whole], contacts)):
        said = {name: "" if name == lacks else value for name, value in whole.items()}
        file = Customer.objects.create(
            customer_no=f"K{n}", name="x", created_on="2026-11-02", **said
        )
        if there:
            Contact.objects.create(
                customer=file,
                name="x",
                token=uuid4(),
                say="decides" if {"decides", "gone"} & set(there) else "",
                gone="gone" in there,
                telephone="1" if "reached" in there else "",
            )
    by_query = set(Customer.objects.incomplete().values_list("pk", flat=True))
    by_rule = {
        file.pk
        for file in Customer.objects.all()
        if not completeness_of(file, list(file.contacts.all())).is_complete
    }
    assert by_query == by_rule
    assert 0 < len(by_rule) < Customer.objects.count()


def test_a_word_is_told_to_those_who_may_see_the_file(her_new_file, people):
    """Named, or ticked; a stranger who is named hears nothing."""
    token = uuid4()
    text = f"@{people[SUPERVISOR].name} @{people[STRANGER].name} @{people[FINANCE].name} 请看"
    said = {"file": her_new_file, "text": text, "tell": [people[LEADER]], "token": token}
    made = comment_add(actor=user(), **said)
    assert comment_add(actor=user(), **said) == made
    told = {people[SUPERVISOR], people[LEADER]}
    assert set(made.told.all()) == {each.person for each in Notice.objects.all()} == told
    assert Comment.objects.count() == 1


def test_nothing_is_no_comment(her_new_file):
    with pytest.raises(FileRefusal):
        comment_add(actor=user(), file=her_new_file, text="  ", token=uuid4())


@pytest.mark.parametrize(
    ("state", "follows"), [("closed", True), ("open", False), ("final", False)]
)
def test_a_draft_month_lists_what_is_still_incomplete(her_new_file, state, follows):
    ended = {
        "open": {},
        "closed": {"closed_at": clock.now()},
        "final": {"closed_at": clock.now(), "final_at": clock.now()},
    }
    PayMonth.objects.create(month=Month(2026, 11), state=state, **ended[state])
    contact(her_new_file)
    assert JobRun.objects.filter(kind="close").exists() == follows
