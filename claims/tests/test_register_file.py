"""The register of goods by file: looked through, wrong rows told, loaded, taken out (GOOD-1)."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from claims.models import Goods, Loan
from claims.services import ChangedMeanwhile, GoodsFacts, goods_change
from claims.tests.test_goods import TODAY, lent, user
from core import clock
from core.models import AuditRow, FileImport
from tests.builders import at, day
from tests.cast import FINANCE, KEEPER, SHE, client_of

pytestmark = pytest.mark.django_db
HEAD = "goods_no,name,price,serial_no,place,retired_on"


@pytest.fixture(autouse=True)
def today(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with clock.set_to(at(f"{TODAY} 09:00")):
        yield


@pytest.fixture
def lamp(people) -> Goods:
    return Goods.objects.create(
        code="YJ-1", name="demo lamp", price=Decimal("680.00"), serial_no="SN-1", place="shelf A"
    )


def sent(content: str | bytes, name: str = "goods.csv", who: str = KEEPER) -> tuple[Client, str]:
    """Somebody sends a file; the page that says what it would do."""
    client = client_of(who)
    data = content.encode() if isinstance(content, str) else content
    answer = client.post(reverse("imports"), {"files": SimpleUploadedFile(name, data)}, follow=True)
    assert answer.status_code == 200
    return client, answer.content.decode()


def loaded(client: Client) -> str:
    address = reverse("import_load", args=[FileImport.objects.get(owner=user(KEEPER)).pk])
    return client.post(address, follow=True).content.decode()


def test_the_keeper_looks_first_then_loads(lamp):
    rows = "YJ-1,bright lamp,700,SN-1,shelf B,\nYJ-2,投影仪,1200.5,,,2026-10-08"
    client, shown = sent(f"{HEAD}\n{rows}")
    assert "1 new" in shown
    assert "1 changed" in shown
    assert "<ins>bright lamp</ins>" in shown
    assert Goods.objects.get().name == "demo lamp"
    assert "1 file loaded: 1 new, 1 changed, 0 as before." in loaded(client)
    known = Goods.objects.order_by("code").values_list("code", "name", "price", "retired_on")
    assert list(known) == [
        ("YJ-1", "bright lamp", Decimal("700.00"), None),
        ("YJ-2", "投影仪", Decimal("1200.50"), day("2026-10-08")),
    ]
    assert AuditRow.objects.get(action="replace").changes["price"] == ["680.00", "700.00"]
    with pytest.raises(ChangedMeanwhile):  # who had the form open
        goods_change(goods=lamp, facts=GoodsFacts("YJ-1", "dim lamp", Decimal("1.00")))


def test_a_file_in_chinese_is_the_same(people):
    client, _shown = sent(
        "货物编号,名称,价格,序列号,存放位置,停用日期\nYJ-3,投影仪,9,,,".encode("gb18030"),
        "货物台账.csv",
    )
    loaded(client)
    assert Goods.objects.get().code == "YJ-3"


def test_one_wrong_row_and_nothing_is_loaded(lamp, people):
    lent(lamp, people)
    wrong = "YJ-1,lamp,680,,,2026-11-01"
    client, shown = sent(f"{HEAD}\nYJ-2,lamp,1,,,\n{wrong}")
    assert "it is out: record its return first" in shown
    client, shown = sent(f"{HEAD}\nYJ-2,lamp,1,,,\nYJ-3,lamp,-1,,,2099-01-01\n")
    assert "an amount cannot be negative" in shown
    assert "Nothing can be loaded." in shown
    number = FileImport.objects.latest("pk").pk
    file = client.get(reverse("import_wrong", args=[number, 0, "csv"]))
    rows = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
    assert rows[0] == f"{HEAD},what_is_wrong"
    assert [row.partition(",")[0] for row in rows[1:]] == ["YJ-3"]
    assert list(Goods.objects.values_list("code", flat=True)) == ["YJ-1"]


def test_no_other_table_is_the_keepers(people):
    before = Loan.objects.count()
    loan = "loan_no,employee_no,item,price,lent_at,returned_on,condition\n"
    client, shown = sent(f"{loan}L9,Y001,x,1,2026-10-08T09:00:00,,", "loans.csv")
    assert "this table is not yours to load" in shown
    loaded(client)
    assert Loan.objects.count() == before
    assert client.get(reverse("import_template", args=["loans"])).status_code == 403
    assert b"".join(client.get(reverse("import_template", args=["goods"])).streaming_content)
    page = client.get(reverse("imports")).content.decode()
    assert reverse("import_template", args=["goods"]) in page
    assert reverse("import_template", args=["loans"]) not in page
    assert reverse("loads") not in page


def test_the_books_people_load_it_too(people):
    _client, shown = sent(f"{HEAD}\nYJ-9,lamp,1,,,", who=FINANCE)
    assert "1 new" in shown


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_what_is_taken_out_goes_in_again_and_changes_nothing(people, ending, language):
    names = ["-20℃冰箱", "=1+1", 'a,b"c', " ", "0012"]
    Goods.objects.bulk_create(
        Goods(
            code=f"YJ-{n}", name=name.strip() or "x", price=Decimal("0.10") * n,
            serial_no="@7" * (n % 2), place="0" * n,
            retired_on=day("2026-10-08") if n == 3 else None,
        )
        for n, name in enumerate(names)
    )  # fmt: skip
    client = client_of(KEEPER)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    file = client.get(reverse("goods_file", args=[ending]))
    content = b"".join(file.streaming_content)
    assert AuditRow.objects.get(action="export").subject == "goods"
    _client, shown = sent(content, f"{'goods' if language == 'en' else '货物台账'}.{ending}")
    assert "0 changed" in shown
    assert f"{len(names)} as before" in shown
    assert client_of(SHE).get(reverse("goods_file", args=[ending])).status_code == 403
