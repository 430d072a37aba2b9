"""How old a debt is: each day since delivery falls into one bucket. Without a database."""

from datetime import date, timedelta

import pytest

from receivables.rules.ageing import BUCKETS, ageing, bucket_of
from tests.builders import yuan

TODAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("days", "bucket"),
    [
        (0, 0), (10, 0), (11, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4), (900, 4),
        (-1, 0),
    ],
)  # fmt: skip
def test_the_bucket_of_a_delivery(days, bucket):
    found = ageing([(TODAY - timedelta(days=days), yuan("5"))], TODAY)
    assert [each.unpaid for each in found].index(yuan("5")) == bucket


def test_every_bucket_stands_and_sums():
    rows = [(TODAY, yuan("1.10")), (TODAY, yuan("2.20")), (date(2026, 1, 1), yuan("4"))]
    assert [tuple(each) for each in ageing(rows, TODAY)] == [
        (0, 10, yuan("3.30")),
        (11, 30, 0),
        (31, 60, 0),
        (61, 90, 0),
        (91, None, yuan("4")),
    ]


@pytest.mark.parametrize(
    ("days", "name"),
    [
        (0, "0–10"), (10, "0–10"), (11, "11–30"), (30, "11–30"), (31, "31–60"), (60, "31–60"),
        (61, "61–90"), (90, "61–90"), (91, ">90"), (5000, ">90"),
    ],
)  # fmt: skip
def test_the_bucket_of_so_many_days(days, name):
    assert bucket_of(days).name == name


def test_the_days_of_delivery_of_each_bucket_follow_each_other():
    today = date(2026, 11, 26)
    for days in range(200):
        delivered = today - timedelta(days=days)
        [found] = [
            bucket
            for bucket in BUCKETS
            for oldest, youngest in [bucket.delivered(today)]
            if (oldest is None or oldest <= delivered) and delivered <= youngest
        ]
        assert found == bucket_of(days)
