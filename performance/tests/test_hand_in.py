"""What performance hands in to other pages: the weekly report's target, the monthly book."""

from decimal import Decimal

import pytest

from performance.book import appraisals
from performance.models import Target
from performance.rules.periods import Period
from performance.tests.conftest import QUARTER, reckon, user
from performance.weekly import target
from tests.builders import day, order, payment, slip
from tests.cast import FINANCE, MANAGER, SHE, client_of

pytestmark = pytest.mark.django_db


def test_the_weekly_report_tells_the_money_of_the_month_against_its_target(people):
    held = slip(order(people[SHE], "D1"), "S1", due="3000.00", issued="2026-10-30 09:00")
    payment(held, amount="2500.00", received="2026-10-30 10:00", handed_in="2026-10-30 17:00")
    assert list(target(people[SHE], day("2026-10-26"))) == []  # its Sunday lies in November
    Target.objects.create(person=people[SHE], period="2026-11", amount=Decimal(10000))
    (line,) = target(people[SHE], day("2026-10-26"))
    assert (line.value, line.values) == ("2500.00", {"percent": "25.0", "target": "10,000.00"})
    assert client_of(SHE).get(line.url).status_code == 200


def test_the_monthly_book_holds_the_appraisals_of_the_quarter_that_is_over(people):
    reckon()
    last = Period.parse(str(QUARTER)).months[-1]
    for month, holds in ((last, True), (last.next(), True), (last.previous(), False)):
        rows = list(appraisals(month, user(MANAGER)).rows)
        assert bool(rows) == holds, month
    sheet = appraisals(last, user(MANAGER))
    for row in sheet.rows:
        assert len(row) == len(sheet.columns)
        assert row[2] == str(QUARTER)
    assert list(appraisals(last, user(FINANCE)).rows) == []
    assert list(appraisals(last, user(SHE)).rows) == []  # a draft she was not told of
