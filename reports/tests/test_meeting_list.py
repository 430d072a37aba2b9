"""The list of meetings begins with what is next (MEET-1)."""

import pytest
from django.urls import reverse

from core import clock
from reports.models import Meeting
from tests.builders import at
from tests.cast import MANAGER, client_of

pytestmark = pytest.mark.django_db
TITLES = ("前天", "昨天上午", "昨天下午", "今天早上", "今天下午", "明天", "下周")
TIMES = (
    "2026-11-01 09:00", "2026-11-03 09:00", "2026-11-03 15:00", "2026-11-04 08:30",
    "2026-11-04 15:00", "2026-11-05 08:30", "2026-11-11 08:30",
)  # fmt: skip
NEAREST = ("今天早上", "今天下午", "明天", "下周", "昨天下午", "昨天上午", "前天")


@pytest.fixture
def meetings(people):
    with clock.set_to(at("2026-11-04 10:00")):
        for title, text in zip(TITLES, TIMES, strict=True):
            begins = at(text)
            Meeting.objects.create(
                kind="other", title=title, on=clock.local_date(begins), starts_at=begins
            )
        yield


def shown(**asked) -> list[str]:
    page = client_of(MANAGER).get(reverse("meetings"), asked).text
    return sorted(TITLES, key=lambda title: page.index(f">{title}<"))


def test_from_today_on_the_next_first_then_the_latest_of_the_past(meetings):
    assert shown() == list(NEAREST)


@pytest.mark.parametrize(("sort", "titles"), [("starts_at", TITLES), ("-starts_at", TITLES[::-1])])
def test_whoever_sorts_gets_what_they_ask_for(meetings, sort, titles):
    assert shown(sort=sort) == list(titles)
