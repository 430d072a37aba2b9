"""The customers' table: what a file may say beside, and owners changed by one (CUS-1, CUS-2)."""

import pytest
from django.urls import reverse

from core.models import AuditRow
from core.services import sources_load
from core.tables.folder import contents_of
from customers.models import Customer, OwnerChange
from customers.services import files_merge
from customers.tests.conftest import user
from tests.builders import customer
from tests.cast import MANAGER, MATE, SHE, client_of

pytestmark = pytest.mark.django_db
HEAD = "customer_no,name,address,scale,owner_no,created_on"
ROW = "K1,K1,,,{owner},2026-01-01"


def load(tmp_path, head, *rows, actor=None):
    path = tmp_path / "customers.csv"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    [done] = sources_load(sources=contents_of([path]).sources, actor=actor)
    assert done.wrong == 0, done.reasons
    return done


def said(no="K1"):
    return Customer.objects.values_list("telephone", "level", "industry", "source").get(
        customer_no=no
    )


@pytest.fixture
def full(hers):
    Customer.objects.filter(pk=hers.pk).update(
        telephone="0574-1", level="B", industry="注塑", source="fair"
    )
    return hers


def test_what_a_file_does_not_speak_of_stays(full, tmp_path):
    load(
        tmp_path,
        HEAD,
        ROW.format(owner=SHE).replace("K1,K1", "K1,renamed"),
        ROW.format(owner=SHE).replace("K1", "K2"),
    )
    assert said() == ("0574-1", "B", "注塑", "fair")
    assert said("K2") == ("", "", "", "")
    assert Customer.objects.get(customer_no="K1").name == "renamed"


@pytest.mark.parametrize(
    ("columns", "cells", "stands"),
    [
        ("telephone,level,industry,source", "1,A,食品,web", ("1", "A", "食品", "web")),
        ("电话,级别,行业,来源", "1,A,食品,展会", None),
        ("level", "C", ("0574-1", "C", "注塑", "fair")),
        ("level", "", ("0574-1", "", "注塑", "fair")),
        ("source,telephone", ",2", ("2", "B", "注塑", "")),
    ],
)
def test_what_it_speaks_of_is_replaced(full, tmp_path, columns, cells, stands):
    if stands is None:
        labels = {value: _zh(label) for value, label in Customer.Source.choices}
        cells, stands = f"1,A,食品,{labels['web']}", ("1", "A", "食品", "web")
    row = f"{ROW.format(owner=SHE)},{cells}"
    assert load(tmp_path, f"{HEAD},{columns}", row).changed == 1
    assert said() == stands
    assert load(tmp_path, f"{HEAD},{columns}", row).same == 1


def _zh(label):
    from django.utils.translation import override

    with override("zh-hans"):
        return str(label)


@pytest.mark.parametrize("cell", ["D", "a", "key", "x" * 500])
def test_what_does_not_read_as_a_level_is_told(full, tmp_path, cell):
    path = tmp_path / "customers.csv"
    path.write_text(f"{HEAD},level\n{ROW.format(owner=SHE)},{cell}\n", encoding="utf-8")
    [done] = sources_load(sources=contents_of([path]).sources)
    assert (done.wrong, "level" in done.reasons[0]) == (1, True)
    assert said() == ("0574-1", "B", "注塑", "fair")


def test_an_owner_changed_by_a_file_stands_in_the_history(hers, people, tmp_path):
    new = ROW.format(owner=MATE).replace("K1", "K2")
    load(tmp_path, HEAD, ROW.format(owner=MATE), new, actor=user(MANAGER))
    [made] = OwnerChange.objects.all()
    assert (made.customer, made.by) == (hers, user(MANAGER))
    assert (made.from_person, made.to_person) == (people[SHE], people[MATE])
    page = client_of(MATE).get(reverse("customer", args=["K1"])).content.decode()
    assert made.reason in page
    load(tmp_path, HEAD, ROW.format(owner=MATE), new)
    assert OwnerChange.objects.count() == 1
    load(tmp_path, HEAD, ROW.format(owner=""))
    assert OwnerChange.objects.latest("pk").to_person is None


def test_a_file_refused_changes_no_owner(hers, tmp_path):
    path = tmp_path / "customers.csv"
    rows = (ROW.format(owner=MATE), "K3,K3,,,nosuch,2026-01-01")
    path.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    [done] = sources_load(sources=contents_of([path]).sources)
    assert done.wrong == 1
    assert not OwnerChange.objects.exists()
    assert not AuditRow.objects.filter(action="replace").exists()


def test_a_file_whose_place_another_took_has_no_owner_to_pass_on(hers, people, tmp_path):
    keep = customer("K9", people[SHE])
    files_merge(actor=user(MANAGER), keep=keep, other=hers, reason="x")
    load(tmp_path, HEAD, ROW.format(owner=MATE))
    assert not OwnerChange.objects.exists()
