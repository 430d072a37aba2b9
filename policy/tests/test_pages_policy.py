"""The pages of versions and drafts: who comes to them, what a form takes, what differs (POL-1)."""

import re
from datetime import date
from html import unescape

import pytest
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from core import clock
from core.models import AuditRow
from policy.models import PolicyDraft, PolicyParameter
from policy.rules import DEFAULTS, parameter_names
from policy.services import draft_change, draft_make, parameters_replace
from tests.cast import (
    CASHIER,
    FINANCE,
    KEEPER,
    LEADER,
    MANAGER,
    PERSONNEL,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
)

pytestmark = pytest.mark.usefixtures("people")

EVERYBODY = (MANAGER, FINANCE, PERSONNEL, LEADER, CASHIER, SUPERVISOR, KEEPER, SHE, STRANGER)
SEE = (MANAGER, FINANCE, PERSONNEL, LEADER)
DRAFT = (MANAGER, FINANCE, PERSONNEL)
PUT = (MANAGER, LEADER)
MID = date(2026, 11, 16)


def drafted(name: str = "winter", effective_on: date = MID, **changes: str) -> PolicyDraft:
    finance = User.objects.get(username=FINANCE)
    draft = draft_make(actor=finance, name=name, effective_on=effective_on)
    draft_change(
        actor=finance,
        draft=draft,
        seen_version=draft.version,
        name=name,
        effective_on=effective_on,
        changes=changes or {"late_fine": "8.00"},
    )
    draft.refresh_from_db()
    return draft


def text(answer) -> str:
    return unescape(answer.content.decode())


def filled_in(client, draft: PolicyDraft, **instead: object) -> dict[str, object]:
    """What the form would send if nothing was touched, some of it replaced."""
    form = client.get(reverse("policy_draft_edit", args=[draft.pk])).context["form"]
    data = {
        name: field.value()
        for name, field in ((f.name, f) for f in form)
        if name != "commission_tiers"
    }
    data["effective_on"] = str(data["effective_on"])
    tiers = form["commission_tiers"].value()
    data["commission_tiers_up_to"] = [*(up for up, _rate in tiers), "", ""]
    data["commission_tiers_rate"] = [*(rate for _up, rate in tiers), "", ""]
    return {**data, **instead}


def send(client, draft: PolicyDraft, **instead: object):
    address = reverse("policy_draft_edit", args=[draft.pk])
    return client.post(address, filled_in(client, draft, **instead))


@pytest.mark.parametrize("who", EVERYBODY)
def test_who_comes_to_which_page(who):
    draft = drafted()
    client = client_of(who)
    seen = 200 if who in SEE else 403
    for name, args in (
        ("policy_versions", []),
        ("policy_compare", []),
        ("policy_draft", [draft.pk]),
    ):
        assert client.get(reverse(name, args=args)).status_code == seen
    writes = 200 if who in DRAFT else 403
    assert client.get(reverse("policy_draft_new")).status_code == writes
    assert client.get(reverse("policy_draft_edit", args=[draft.pk])).status_code == writes
    asks = 200 if who in PUT else 403
    assert client.get(reverse("policy_draft_put", args=[draft.pk])).status_code == asks


@pytest.mark.parametrize("who", EVERYBODY)
def test_who_puts_a_draft_in_force(who):
    draft = drafted()
    address = reverse("policy_draft_put", args=[draft.pk])
    answer = client_of(who).post(address, {"version": draft.version})
    assert answer.status_code == (302 if who in PUT else 403)
    assert PolicyParameter.objects.count() == (1 if who in PUT else 0)


@pytest.mark.parametrize("who", EVERYBODY)
def test_who_discards_a_draft(who):
    draft = drafted()
    address = reverse("policy_draft_discard", args=[draft.pk])
    answer = client_of(who).post(address, {"version": draft.version})
    assert answer.status_code == (302 if who in SEE else 403)
    draft.refresh_from_db()
    assert draft.is_open is (who not in SEE)


@pytest.mark.parametrize("who", [w for w in EVERYBODY if w not in DRAFT])
def test_who_may_not_draft_changes_nothing(who):
    draft = drafted()
    client = client_of(who)
    assert client.post(reverse("policy_draft_new"), {"name": "x"}).status_code == 403
    edit = reverse("policy_draft_edit", args=[draft.pk])
    assert client.post(edit, {"late_fine": "1"}).status_code == 403
    assert PolicyDraft.objects.get().changes == {"late_fine": "8.00"}


def test_a_refusal_says_why():
    draft = drafted()
    answer = client_of(FINANCE).post(reverse("policy_draft_put", args=[draft.pk]))
    assert "by the company leader or the manager" in text(answer)


def test_a_draft_that_is_not_there_is_not_there():
    client = client_of(MANAGER)
    for pk in (999, 10**30):
        assert client.get(f"/policy/drafts/{pk}/").status_code == 404


def test_a_draft_from_its_beginning_to_being_in_force():
    client = client_of(PERSONNEL)
    begun = client.post(
        reverse("policy_draft_new"), {"name": "winter", "effective_on": "2026-11-16"}
    )
    draft = PolicyDraft.objects.get()
    assert begun.url == reverse("policy_draft_edit", args=[draft.pk])
    assert (
        send(client, draft, late_fine="8", travel_rate="75.5", reserve_on="no").status_code == 302
    )
    draft.refresh_from_db()
    assert draft.changes == {"late_fine": "8", "travel_rate": "0.755", "reserve_on": "no"}
    shown = text(client.get(reverse("policy_draft", args=[draft.pk])))
    assert "75.5 %" in shown
    assert "80 %" in shown
    assert "30.00 yuan" not in shown  # what does not differ is not told
    leader = client_of(LEADER)
    asked = text(leader.get(reverse("policy_draft_put", args=[draft.pk])))
    assert "From Nov. 16, 2026 on these figures count" in asked
    for _time in range(2):
        leader.post(reverse("policy_draft_put", args=[draft.pk]), {"version": draft.version})
    assert PolicyParameter.objects.count() == 3
    assert AuditRow.objects.filter(action="put in force").count() == 1
    listed = text(client.get(reverse("policy_versions")))
    assert "put in force by 吕桂建" in listed
    assert "coming" in listed


def test_a_form_untouched_changes_nothing():
    draft = drafted()
    client = client_of(FINANCE)
    send(client, draft)
    draft.refresh_from_db()
    assert draft.changes == {"late_fine": "8.00"}
    assert draft.version == 3


def test_the_form_has_every_parameter():
    client = client_of(FINANCE)
    form = client.get(reverse("policy_draft_edit", args=[drafted().pk]))
    fields = [name for _title, each in form.context["chapters"] for name, *_rest in each]
    assert sorted(fields) == sorted(parameter_names())
    shown = text(form)
    assert [n for n in parameter_names() if f'name="{n}' not in shown] == []


@pytest.mark.parametrize(
    ("up_to", "rate", "kept"),
    [
        (["80000", "", ""], ["1.5", "2", ""], "80000:0.015;inf:0.02"),
        ([""], ["2.5"], "inf:0.025"),
        (["80000", ""], ["1.5", ""], None),
        (["80000", "50000", ""], ["1", "2", "3"], None),
        (["80000", ""], ["1", "101"], None),
        (["８００００", ""], ["1", "2"], None),
        (["1\x00", ""], ["1", "2"], None),
        ([], [], None),
        ([str(n) for n in range(1, 99)] + [""], ["1"] * 99, None),
    ],
)
def test_commission_tiers_are_rows(up_to, rate, kept):
    draft = drafted()
    answer = send(
        client_of(FINANCE), draft, commission_tiers_up_to=up_to, commission_tiers_rate=rate
    )
    assert answer.status_code == (302 if kept else 200)
    draft.refresh_from_db()
    assert draft.changes.get("commission_tiers") == kept


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("late_fine", "5.001"),
        ("late_fine", "-1"),
        ("late_fine", "NaN"),
        ("late_fine", "1e999"),
        ("late_fine", "５"),
        ("late_fine", "\x00"),
        ("late_fine", ""),
        ("late_fine", "9" * 500),
        ("cutoff_day", "32"),
        ("cutoff_day", "2.5"),
        ("cutoff_time", "24:00"),
        ("reserve_on", "perhaps"),
        ("travel_rate", "100.5"),
        ("effective_on", "2026-02-30"),
        ("effective_on", "2020-01-01"),
        ("name", "x" * 61),
        ("version", "1e9"),
        ("seen", "0" * 16),
    ],
)
def test_what_cannot_be_taken_is_told_and_nothing_is_kept(name, value):
    draft = drafted()
    answer = send(client_of(FINANCE), draft, **{name: value})
    assert answer.status_code == 200
    assert 'role="alert"' in text(answer)
    draft.refresh_from_db()
    assert draft.changes == {"late_fine": "8.00"}
    assert draft.effective_on == MID


def test_who_comes_second_is_told():
    draft = drafted()
    client = client_of(FINANCE)
    data = filled_in(client, draft, late_fine="9")
    address = reverse("policy_draft_edit", args=[draft.pk])
    assert client.post(address, data).status_code == 302
    assert "changed meanwhile" in text(client.post(address, {**data, "late_fine": "10"}))
    draft.refresh_from_db()
    assert draft.changes == {"late_fine": "9"}


def test_moved_past_another_version_a_draft_says_no_more_than_it_was_told():
    PolicyParameter.objects.create(
        effective_on=date(2026, 12, 1), parameter="absence_fine_per_day", value="40"
    )
    draft = drafted()
    send(client_of(FINANCE), draft, effective_on="2027-01-01")
    draft.refresh_from_db()
    assert draft.effective_on == date(2027, 1, 1)
    assert draft.changes == {"late_fine": "8.00"}


def test_any_two_versions_beside_each_other():
    for on, name, value in (
        ("2026-01-01", "late_fine", "6"),
        ("2026-10-16", "late_fine", "8"),
        ("2026-10-16", "meal_rate", "0.5"),
    ):
        PolicyParameter.objects.create(
            effective_on=date.fromisoformat(on), parameter=name, value=value
        )
    draft = drafted(late_fine="12")
    client = client_of(MANAGER)
    address = reverse("policy_compare")

    def told(before: str, after: str) -> list[str]:
        shown = text(client.get(address, {"before": before, "after": after}))
        cells = re.findall(r"<td>(.*?)</td>", shown, re.DOTALL)
        return [re.sub(r"<[^>]+>|\s+", "", cell) for cell in cells]

    assert told("given", "2026-01-01") == ["5.00yuan", "6.00yuan"]
    assert told("2026-01-01", "2026-10-16") == ["6.00yuan", "8.00yuan", "60%", "50%"]
    assert told("2026-10-16", f"draft-{draft.pk}") == ["8.00yuan", "12.00yuan"]
    assert told("2026-10-16", "2026-10-16") == []
    for odd in ("\x00", "draft-x", "9999-99-99"):
        assert client.get(address, {"before": odd, "after": odd}).status_code == 200


def test_pages_ask_little_however_many(django_assert_max_num_queries):
    for n in range(1, 25):
        drafted(name=f"draft {n}")
        PolicyParameter.objects.create(
            effective_on=date(2026, 1, n), parameter="late_fine", value=str(n)
        )
    client = client_of(MANAGER)
    pk = PolicyDraft.objects.first().pk
    for address in (
        reverse("policy_versions"),
        reverse("policy_compare"),
        reverse("policy_draft", args=[pk]),
        reverse("policy_draft_edit", args=[pk]),
    ):
        with django_assert_max_num_queries(11):
            assert client.get(address).status_code == 200


def test_the_defaults_are_the_documents():
    assert DEFAULTS.effective_on is None
    with clock.set_to(clock.start_of(MID)):
        assert "the figures of the documents" in text(
            client_of(MANAGER).get(reverse("policy_versions"))
        )


def test_a_version_from_a_file_says_who_loaded_it():
    rows = [{"effective_on": MID, "parameter": "late_fine", "value": "8.00"}]
    with transaction.atomic():
        parameters_replace(rows=rows, actor=User.objects.get(username=MANAGER))
    with transaction.atomic():
        parameters_replace(rows=rows, actor=User.objects.get(username=FINANCE))  # nothing new
    page = text(client_of(LEADER).get(reverse("policy_versions")))
    assert "loaded from a file by 陶洋" in page
    assert "loaded from a file by 韩秀平" not in page
    kept = AuditRow.objects.get(subject=f"policyversion {MID}")
    assert kept.changes == {"late_fine": ["", "8.00"]}
