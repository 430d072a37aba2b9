"""When a file is complete; what number follows; who is named (CUS-1)."""

from dataclasses import replace

import pytest

from customers.rules.files import FileFacts, Lacks, completeness, number_after
from customers.rules.mentions import mentioned

WHOLE = FileFacts("here", "0571", "big", "lamps", "fair", "A", contacts=1, reached=0, deciding=1)


def test_a_whole_file_lacks_nothing():
    found = completeness(WHOLE)
    assert (found.percent, found.is_complete, list(found.lacking)) == (100, True, [])


@pytest.mark.parametrize(
    ("less", "lacks", "percent"),
    [
        ({"address": ""}, [Lacks.ADDRESS], 87),
        ({"scale": ""}, [Lacks.SCALE], 87),
        ({"industry": ""}, [Lacks.INDUSTRY], 87),
        ({"source": ""}, [Lacks.SOURCE], 87),
        ({"level": ""}, [Lacks.LEVEL], 87),
        ({"telephone": ""}, [Lacks.TELEPHONE], 87),
        # Whoever can telephone somebody there can telephone.
        ({"telephone": "", "reached": 1}, [], 100),
        ({"deciding": 0}, [Lacks.DECIDES], 87),
        ({"contacts": 0, "deciding": 0}, [Lacks.CONTACT, Lacks.DECIDES], 75),
    ],
)
def test_what_it_lacks_is_told(less, lacks, percent):
    found = completeness(replace(WHOLE, **less))
    assert (list(found.lacking), found.percent) == (lacks, percent)


def test_nothing_is_nothing():
    assert completeness(FileFacts()).percent == 0


@pytest.mark.parametrize(
    ("latest", "following"),
    [
        (None, "K00001"),
        ("K00009", "K00010"),
        ("K99999", "K100000"),
        ("ABC", "ABC-1"),
        ("X" * 32, "X" * 30 + "-1"),
    ],
)
def test_the_next_number(latest, following):
    assert number_after(latest) == following


PEOPLE = {1: ("Z001", "施静"), 2: ("Z002", "施静军"), 3: ("M001", "陶洋")}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("ask @施静军 first", {2}),
        ("@施静 and @陶洋", {1, 3}),
        ("＠m001 please", {3}),
        ("陶洋 without a mark", set()),
        ("@", set()),
        ("mail a@b.cn", set()),
    ],
)
def test_who_is_named(text, named):
    assert mentioned(text, PEOPLE) == named
