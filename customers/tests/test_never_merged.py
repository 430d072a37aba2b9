"""Different firms are never merged by themselves: two files stand until the manager says that they
are one, however they came and whatever the program does at night (CUS-1)."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from celery import current_app
from django.urls import reverse

from core import clock
from core.models import AuditRow, JobRun
from core.services import table_load
from core.tables.folder import Source
from core.tasks import tick
from customers.imports import customers as table
from customers.models import Customer, Likeness
from customers.querysets.lookalikes import lookalikes
from customers.services.likeness import likeness_refresh
from tests.builders import at
from tests.cast import MATE, SHE, client_of

# The same but for city and legal form, at one address and with one telephone.
LOADED = (("L1", "宁波恒达五金有限公司"), ("L2", "恒达五金厂"), ("L3", "恒达五金有限公司"))
TYPED = ("宁波市恒达五金有限责任公司", "恒达五金")
SAME = {"telephone": "0574-88886666", "address": "江北区1号"}


@pytest.fixture
def messages(monkeypatch) -> list[tuple[str, int]]:
    """What is sent to workers; nobody has taken it yet."""
    sent: list[tuple[str, int]] = []
    monkeypatch.setattr(
        "core.jobs.current_app.send_task",
        lambda task, *, args, expires: sent.append((task, args[0])),
    )
    return sent


def load(folder: Path) -> None:
    """The company's table: look-alikes are no error in it."""
    lines = ["customer_no,name,address,scale,owner_no,created_on"]
    lines += [f"{no},{name},{SAME['address']},,{SHE},2026-10-01" for no, name in LOADED]
    path = folder / "customers.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    found = table_load(source=Source(table, path, path.name))
    assert found.wrong == 0, found.reasons


def type_in(name: str, no: str) -> None:
    """By the form: it asks first, and whoever says that it is another firm has a file of it."""
    said = {"token": str(uuid4()), "name": name, **SAME}
    browser, address = client_of(no), reverse("customer_new")
    assert browser.post(address, said).status_code == 400
    assert browser.post(address, {**said, "is_another": "1"}).status_code == 302


def night(messages: list[tuple[str, int]]) -> None:
    """All that is due until the next morning, and what follows from it."""
    current_app.loader.import_default_modules()
    for hours in (15, 16, 24, 24.1):
        with clock.set_to(at("2026-11-02 09:00") + timedelta(hours=hours)):
            tick()
            while messages:
                task, run = messages.pop(0)
                current_app.tasks[task](run)


def test_different_firms_are_never_merged_by_themselves(people, messages, tmp_path):
    load(tmp_path)
    assert likeness_refresh() == len(LOADED)
    for name, no in zip(TYPED, (SHE, MATE), strict=True):
        type_in(name, no)
    assert likeness_refresh() == 0  # the form indexed them
    load(tmp_path)
    before = list(Customer.objects.order_by("pk").values())
    assert len(before) == len(LOADED) + len(TYPED)
    # They look alike, each of them to each other.
    assert {each.customer for each in lookalikes("恒达五金")} == {row["id"] for row in before}

    Likeness.objects.all().delete()
    night(messages)

    done = set(JobRun.objects.filter(state="done").values_list("kind", flat=True))
    assert {"likeness", "suspicions", "spelling", "coming"} <= done, done
    assert not JobRun.objects.filter(state="failed").exists()
    assert Likeness.objects.count() == len(before)
    likeness_refresh()
    assert list(Customer.objects.order_by("pk").values()) == before
    assert not Customer.objects.exclude(merged_into=None).exists()
    assert not AuditRow.objects.filter(action__in=("merge", "merged")).exists()
