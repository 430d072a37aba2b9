"""Information from the road: filed once, told at once, corrected and kept, found in Chinese, and
read by nobody whom it is not for (INFO-1, CUS-2)."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image

from core import clock
from core.models import AuditRow, StoredFile
from core.spelling import spellings_refresh
from customers.models import Customer
from customers.services import files_merge
from notices.models import Notice
from reports.models import Information, InformationNote, InformationVersion
from reports.services import (
    ChangedMeanwhile,
    InformationFacts,
    ReportsRefused,
    information_answer,
    information_correct,
    information_file,
    information_read,
)
from reports.tests.conftest import user
from tests.builders import at, customer
from tests.cast import (
    CASHIER,
    FINANCE,
    KEEPER,
    LEADER,
    MANAGER,
    MATE,
    OTHER_SUPERVISOR,
    PERSONNEL,
    SHE,
    STRANGER,
    SUPERVISOR,
    client_of,
)

pytestmark = pytest.mark.django_db
LIST = reverse("information")
DEPARTMENT = (SHE, MATE, STRANGER, SUPERVISOR, OTHER_SUPERVISOR, MANAGER, LEADER)
LINE = (SHE, SUPERVISOR, MANAGER, LEADER)


@pytest.fixture(autouse=True)
def stage(people, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def file(by=SHE, *, token=None, **said) -> Information:
    facts = InformationFacts(**{"kind": "market", "title": "钢材又涨价了", **said})
    who = user(by)
    return information_file(person=who.person, facts=facts, token=token or uuid4(), actor=who)


def firm(people, owner=SHE, no="K1", level="") -> Customer:
    made = customer(no, people[owner])
    Customer.objects.filter(pk=made.pk).update(level=level, name="海润塑机有限公司")
    made.refresh_from_db()
    return made


def told(no=MANAGER, start="information/") -> int:
    return Notice.objects.filter(person__employee_no=no, key__startswith=start).count()


def test_sent_twice_it_is_filed_once(people):
    token = uuid4()
    assert file(token=token) == file(token=token)
    assert Information.objects.count() == InformationVersion.objects.count() == 1
    with pytest.raises(ReportsRefused):
        file(MATE, token=token)


def test_what_is_urgent_and_what_is_of_a_key_customer_is_told_at_once(people):
    file()
    assert told() == 0
    file(urgent=True)
    assert told() == 1
    file(kind="order", title="要追加订单", customer=firm(people, level="B"))
    assert told() == 1
    file(kind="order", title="要追加订单", customer=firm(people, level="A"))
    assert told() == 2
    assert not Notice.objects.exclude(person__employee_no=MANAGER).exists()


def test_the_manager_is_not_told_of_what_they_filed_themself(people):
    assert file(MANAGER, urgent=True).important
    assert told() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "gossip"},
        {"title": "  "},
        {"kind": "customer"},
        {"tags": tuple("甲乙丙丁戊己庚辛壬")},
        {"tags": ("长" * 21,)},
    ],
)
def test_what_cannot_stand_is_not_filed(people, wrong):
    with pytest.raises(ReportsRefused):
        file(**wrong)
    assert not Information.objects.exists()


def seen_by(title: str) -> set[str]:
    found = set()
    for no in DEPARTMENT:
        page = client_of(no).get(LIST)
        assert page.status_code == 200
        found |= {no} if title in page.text else set()
    return found


def test_of_the_market_the_whole_department_reads_of_a_customer_its_line_alone(people):
    market = file(title="同行降价")
    news = file(title="老总换人", customer=firm(people))
    assert seen_by("同行降价") == set(DEPARTMENT)
    assert seen_by("老总换人") == set(LINE)
    for no in (FINANCE, CASHIER, KEEPER, PERSONNEL):
        assert client_of(no).get(LIST).status_code == 403
        for row in (market, news):
            assert client_of(no).get(one(row)).status_code == 404
    assert {no for no in DEPARTMENT if client_of(no).get(one(news)).status_code == 200} == set(LINE)


def one(row: Information) -> str:
    return reverse("information_one", args=[row.pk])


def test_news_follows_the_customer_to_another_owner_and_into_a_merged_file(people):
    about = firm(people)
    news = file(title="老总换人", customer=about)
    other = customer("K2", people[STRANGER])
    files_merge(actor=user(MANAGER), keep=other, other=about, reason="同一家")
    news.refresh_from_db()
    assert news.customer == other
    assert seen_by("老总换人") == {STRANGER, OTHER_SUPERVISOR, MANAGER, LEADER}


def test_a_stranger_takes_nothing_of_it_home_nor_finds_it(people):
    file(title="老总换人", text="新老总姓陆", customer=firm(people), tags=("换人",))
    for query in ("?q=老总", "?q=姓陆", "?tag=换人", "?export=csv", "?q=海润"):
        page = client_of(STRANGER).get(LIST + query)
        body = b"".join(page.streaming_content).decode() if page.streaming else page.text
        assert "老总换人" not in body
        assert '<option value="换人"' not in body
    assert "老总换人" not in client_of(STRANGER).get(
        reverse("search"), {"q": "老总换人"}
    ).text.replace('value="老总换人"', "").replace("“老总换人”", "")


def found(query: dict[str, str], by=SHE) -> set[str]:
    answer = client_of(by).get(LIST, query)
    assert answer.status_code == 200
    titles = Information.objects.values_list("title", flat=True)
    return {title for title in titles if f">{title}</a>" in answer.text}


def test_found_in_hanzi_pinyin_and_initials_by_tag_kind_month_and_person(people):
    with clock.set_to(at("2026-10-20 10:00")):
        file(title="钢材又涨价了", tags=("原料",), source="展会")
    file(MATE, kind="competitor", title="同行推新款变频器", text="价格低一成", tags=("新品",))
    file(kind="order", title="要追加订单", customer=firm(people))
    spellings_refresh()
    steel, rival, order = "钢材又涨价了", "同行推新款变频器", "要追加订单"
    for q in ("涨价", "zhangjia", "gcyzj", "原料", "yuanliao", "展会"):
        assert found({"q": q}) == {steel}, q
    for q in ("变频", "一成", "xinpin", "bpq"):
        assert found({"q": q}) == {rival}, q
    for q in ("海润", "hairun", "K1"):
        assert found({"q": q}) == {order}, q
    assert found({"q": MATE}) == {rival}
    assert found({"tag": "原料"}) == {steel}
    assert found({"kind": "order"}) == {order}
    assert found({"month": "2026-10"}) == {steel}
    assert found({"month": "2026-11"}) == {rival, order}
    assert found({"by": MATE}) == {rival}
    assert found({"state": "market"}) == {steel, rival}
    assert found({"q": "没有这回事"}) == set()
    assert found({"q": "\x00", "month": "2026-13", "by": "x"}) is not None


def correct(row: Information, **said) -> Information:
    facts = {"kind": row.kind, "title": row.title, "customer": row.customer, **said}
    return information_correct(
        information=row, facts=InformationFacts(**facts), actor=user(row.person.employee_no)
    )


def test_corrected_it_keeps_what_it_said_and_is_to_be_read_again(people):
    row = file()
    assert information_read(information=row, actor=user(MANAGER))
    assert not information_read(information=row, actor=user(MANAGER))
    assert found({"state": "unread"}, MANAGER) == set()
    now = correct(row, title="钢材涨了百分之五")
    assert found({"state": "unread"}, MANAGER) == {"钢材涨了百分之五"}
    with pytest.raises(ChangedMeanwhile):
        correct(row, title="别的")
    with pytest.raises(ReportsRefused):
        information_read(information=row, actor=user(MANAGER))
    assert [each.said["title"] for each in now.versions.all()] == [
        "钢材涨了百分之五",
        "钢材又涨价了",
    ]
    assert "钢材又涨价了" in client_of(SHE).get(one(now)).text


def test_what_it_said_and_who_read_it_is_never_changed(people):
    row = file()
    information_read(information=row, actor=user(MANAGER))
    for rows in (InformationVersion.objects, InformationNote.objects):
        for attack in (
            lambda r=rows: r.all()._raw_delete("default"),
            lambda r=rows: r.update(version=9),
        ):
            with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
                attack()


def test_news_of_a_customer_stays_that_customers(people):
    row = file(customer=firm(people))
    for other in (None, customer("K2", people[SHE])):
        with pytest.raises(ReportsRefused):
            correct(row, customer=other)
    market = file()
    assert correct(market, customer=row.customer).customer == row.customer


def test_made_urgent_by_a_correction_it_is_told_once(people):
    row = correct(file(), urgent=True)
    assert told() == 1
    row = correct(row, urgent=True, text="又涨")
    assert told() == 1
    assert row.important


def test_answered_whoever_filed_it_is_told_once(people):
    row, token = file(), uuid4()
    for _twice in range(2):
        information_answer(information=row, text="继续盯着", token=token, actor=user(MANAGER))
    assert (InformationNote.objects.count(), told(SHE)) == (1, 1)
    page = client_of(SHE).get(one(row)).text
    assert "继续盯着" in page
    with pytest.raises(ReportsRefused):
        information_answer(information=row, text=" ", token=uuid4(), actor=user(MANAGER))


def test_an_answer_is_no_word_to_who_may_not_read_it_any_more(people):
    about = firm(people)
    row = file(customer=about)
    Customer.objects.filter(pk=about.pk).update(owner=people[STRANGER])
    row = Information.objects.select_related("customer", "person").get(pk=row.pk)
    information_answer(information=row, text="继续盯着", token=uuid4(), actor=user(MANAGER))
    assert told(SHE) == 0


def test_it_stands_among_what_happened_with_the_customer(people):
    file(title="老总换人", customer=firm(people))
    address = reverse("customer_timeline", args=["K1"])
    assert "老总换人" in client_of(SHE).get(address).text
    assert client_of(STRANGER).get(address).status_code == 404


def photo() -> SimpleUploadedFile:
    made = BytesIO()
    Image.new("RGB", (40, 30), "white").save(made, "JPEG")
    return SimpleUploadedFile("photo.jpg", made.getvalue(), content_type="image/jpeg")


def test_from_the_phone_with_a_photo_to_the_managers_desk_and_ticked(people):
    about = firm(people, level="A")
    sent = {
        "token": str(uuid4()),
        "kind": "customer",
        "title": "老总换人",
        "text": "新老总姓陆",
        "customer": "海润",
        "tags": "人事，机会",
        "photos": photo(),
    }
    spellings_refresh()
    answer = client_of(SHE).post(reverse("information_new"), sent)
    assert answer.status_code == 302
    row = Information.objects.get()
    assert (row.customer, row.important) == (about, True)
    assert [tag.word for tag in row.tags.all()] == ["人事", "机会"]
    kept = StoredFile.objects.get(kind="information", owner=str(row.pk))
    photo_at = reverse("file", args=[kept.pk])
    assert client_of(SUPERVISOR).get(photo_at).status_code == 200
    assert client_of(STRANGER).get(photo_at).status_code == 404
    assert 'id="desk-information"' in client_of(MANAGER).get("/").text
    assert 'id="desk-information"' not in client_of(SUPERVISOR).get("/").text
    done = {"do": "read", "chosen": "some", "row": [row.pk]}
    assert client_of(MANAGER).post(LIST, done).status_code == 302
    assert InformationNote.objects.get().by == user(MANAGER)
    assert 'id="desk-information"' not in client_of(MANAGER).get("/").text
    assert AuditRow.objects.filter(action="information read").count() == 1


def test_nobody_ticks_their_own_nor_what_they_do_not_lead(people):
    row = file()
    sent = {"token": str(uuid4()), "version": 0, "text": ""}
    note = reverse("information_note", args=[row.pk])
    for no in (SHE, MATE, STRANGER, OTHER_SUPERVISOR):
        assert client_of(no).post(note, sent).status_code == 403
    assert client_of(SUPERVISOR).post(note, sent).status_code == 302
    assert InformationNote.objects.get().by == user(SUPERVISOR)


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": "x" * 81},
        {"title": "a\x00b"},
        {"kind": "nothing"},
        {"kind": "customer", "customer": ""},
        {"customer": "nobody of hers"},
        {"token": "no"},
        {"tags": "长" * 21},
        {"text": "x" * 4001},
    ],
)
def test_bad_input_is_told_and_nothing_is_filed(people, wrong):
    sent = {"token": str(uuid4()), "kind": "market", "title": "钢材", **wrong}
    answer = client_of(SHE).post(reverse("information_new"), sent)
    assert answer.status_code == 400
    assert not Information.objects.exists()


def test_a_customer_of_somebody_else_cannot_be_named(people):
    firm(people, STRANGER, no="K9")
    sent = {"token": str(uuid4()), "kind": "order", "title": "订单", "customer": "K9"}
    assert client_of(SHE).post(reverse("information_new"), sent).status_code == 400


def test_the_empty_list_says_why(people):
    assert "What salespeople hear of customers" in client_of(SHE).get(LIST).text


def test_what_is_typed_is_kept_until_the_server_has_it(people):
    new = reverse("information_new")
    draft = f"information-{user(SHE).pk}-0"
    assert f'data-draft="{draft}"' in client_of(SHE).get(new).text
    sent = {"token": str(uuid4()), "kind": "market", "title": "钢材"}
    after = client_of(SHE).post(new, sent, follow=True).text
    assert f'data-draft-done="{draft}"' in after
    assert f'data-draft="{draft}"' not in client_of(SHE).get(new).text


def test_corrected_on_its_page(people):
    row = file(tags=("原料",))
    edit = reverse("information_edit", args=[row.pk])
    assert 'value="原料"' in client_of(SHE).get(edit).text
    sent = {"token": str(uuid4()), "version": 0, "kind": "market", "title": "钢材跌了"}
    assert client_of(SHE).post(edit, sent).status_code == 302
    assert client_of(SHE).post(edit, sent).status_code == 400
    row.refresh_from_db()
    assert (row.title, row.version, row.tags.count()) == ("钢材跌了", 1, 0)
