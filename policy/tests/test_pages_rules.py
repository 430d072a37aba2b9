"""The regulation to read: every clause for everybody, with the figures of the day (POL-3)."""

import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from django.urls import reverse

from core import clock
from policy.clauses import CLAUSES
from policy.models import PolicyParameter
from policy.querysets import policy_book
from policy.reading import clause_read, words_of
from policy.templatetags.rulebook import marked
from tests.cast import KEEPER, LEADER, MANAGER, PERSONNEL, SHE, SUPERVISOR, client_of

REGULATION = Path(__file__).parents[3] / "shared" / "regulation.md"
RULES = reverse("rules")

pytestmark = pytest.mark.usefixtures("people")


def page(address: str = RULES, who: str = SHE, **query: str) -> str:
    answer = client_of(who).get(address, query)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def version(on: str, name: str, value: str) -> None:
    PolicyParameter.objects.create(effective_on=date.fromisoformat(on), parameter=name, value=value)


@pytest.mark.parametrize("who", [SHE, SUPERVISOR, MANAGER, KEEPER, PERSONNEL, LEADER])
def test_everybody_reads_every_clause(who):
    shown = page(who=who)
    assert [rule for rule in CLAUSES if f'id="{rule}"' not in shown] == []


def test_nobody_who_is_not_signed_in_does(client):
    for address in (RULES, reverse("rule", args=["ATT-2"]), reverse("calendar_year", args=[2026])):
        assert client.get(address).status_code == 302


@pytest.mark.skipif(not REGULATION.exists(), reason="the regulation is not beside the project")
def test_every_rule_of_the_regulation_has_its_address():
    rules = set(re.findall(r"\b[A-Z]{2,}-\d+\b", REGULATION.read_text("utf-8")))
    assert len(rules) > 80
    client = client_of(SHE)
    assert {r: client.get(reverse("rule", args=[r])).status_code for r in rules} == dict.fromkeys(
        rules, 200
    )


def test_a_clause_that_is_none_is_not_there():
    client = client_of(SHE)
    for rule in ("ATT-99", "att", "0"):
        assert client.get(reverse("rule", args=[rule])).status_code == 404
    assert client.get("/rules/att-2/").status_code == 200


def test_the_figures_follow_the_version_in_force():
    version("2026-10-16", "late_fine", "8")
    version("2026-11-16", "late_fine", "12.50")
    found = page(reverse("rule", args=["ATT-2"]))
    assert "5.00 yuan" in found
    assert "8.00 yuan" in found
    assert "12.50 yuan" in found
    listed = page(q="ATT-2")
    assert "8.00 yuan" in listed
    assert "from Nov. 16, 2026: 12.50 yuan" in listed
    assert "5.00 yuan" not in listed
    with clock.set_to(clock.start_of(date(2026, 11, 16))):
        listed = page(q="ATT-2")
    assert "12.50 yuan" in listed
    assert "8.00 yuan" not in listed


@pytest.mark.parametrize(
    ("rule", "switched"),
    [
        ("RES-1", ["reserve_on no"]),
        ("RES-6", ["dead_debt_on no"]),
        ("RES-6", ["reserve_on no"]),
        ("EXP-1", ["expenses_on no"]),
        ("EXP-4", ["expense_limit_on no"]),
        ("PAY-4", ["deduction_cap_on no"]),
    ],
)
def test_an_optional_clause_switched_off_says_so(rule, switched):
    for name in CLAUSES[rule].switches:
        version("2026-01-01", name, "yes")
    assert "clause-off" not in page(reverse("rule", args=[rule]))
    for setting in switched:
        name, value = setting.split()
        version("2026-02-01", name, value)
    assert "clause-off" in page(reverse("rule", args=[rule]))
    assert not clause_read(CLAUSES[rule], policy_book(), clock.today()).in_force


def test_what_must_be_read_is_in_the_readers_language_and_the_quote_in_chinese():
    english = page(reverse("rule", args=["ATT-4"]))
    assert "Absence" in english
    quote = english.partition('<blockquote lang="zh-Hans">')[2].partition("</blockquote>")[0]
    assert quote.strip() == "旷工一天扣30元"
    client = client_of(SHE)
    client.cookies["django_language"] = "zh-hans"
    chinese = client.get(reverse("rule", args=["ATT-4"])).content.decode()
    assert chinese.index("旷工扣款") < chinese.index("Absence")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("ATT-2", "ATT-2"),
        ("迟到早退 罚款", "ATT-2"),
        ("LATE fines", "ATT-2"),
        ("S9-4.4", "CUT-1"),
        ("坏账准备金", "RES-1"),
        ("days of a goods loan", "GOOD-1"),
    ],
)
def test_search_finds_by_words_ids_and_sources(wanted, found):
    shown = page(q=wanted)
    assert f'id="{found}"' in shown
    assert 'id="TRAIN-1"' not in shown
    assert "<mark>" in shown or wanted.startswith("days")


def test_what_is_sought_is_marked_and_stays_harmless():
    assert marked("Late & early", words_of("LATE early")) == (
        "<mark>Late</mark> &amp; <mark>early</mark>"
    )
    assert marked("a(b", ["("]) == "a<mark>(</mark>b"
    shown = client_of(SHE).get(RULES, {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in shown
    assert "Nothing found" in shown


@pytest.mark.parametrize("wanted", ["\x00", "%", "２０" * 500, "\\", "[", " "])
def test_any_search_is_answered(wanted):
    page(q=wanted)


def test_htmx_gets_the_part_alone():
    client = client_of(SHE)
    part = client.get(RULES, {"q": "ATT-2"}, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="found">')


def test_pages_ask_little_however_many_versions(django_assert_max_num_queries):
    for day in range(1, 29):
        version(f"2026-01-{day:02}", "late_fine", str(day))
    client = client_of(SHE)
    for address in (RULES, reverse("rule", args=["ATT-2"])):
        with django_assert_max_num_queries(5):
            client.get(address)
