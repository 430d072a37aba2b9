"""Lists: the rows of a table, icons, and the page an address asks for."""

import django_tables2 as tables
import pytest
from django.contrib.humanize.templatetags.humanize import intcomma
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from lucide.templatetags.lucide import lucide

from core.lists import ListTable, arrange, first_row
from core.templatetags.house import count, query_with


class FruitTable(ListTable):
    name = tables.Column(verbose_name=_("Name"), attrs={"td": {"class": "cell-main"}})
    price = tables.Column(verbose_name="{}")

    class Meta:
        row_attrs = {"data-name": lambda record: record["name"]}


def test_rows_say_what_django_tables2_says():
    table = FruitTable([{"name": '<b>"&', "price": "{0}"}, {"name": "pear", "price": None}])
    with translation.override("zh-hans"):
        assert table.body().split("\n") == [
            '<tr data-name="&lt;b&gt;&quot;&amp;" class="even">'
            '<td data-label="姓名" class="cell-main">&lt;b&gt;&quot;&amp;</td>'
            '<td data-label="{}" >{0}</td></tr>',
            '<tr data-name="pear" class="odd">'
            '<td data-label="姓名" class="cell-main">pear</td>'
            '<td data-label="{}" >—</td></tr>',
        ]


def test_a_table_of_nothing_has_no_rows():
    assert FruitTable([]).body() == ""


@pytest.mark.parametrize(
    ("page", "first"),
    [("", 0), ("1", 0), ("3", 50), ("0", 0), ("-1", 0), ("x", 0), ("1\x00", 0), ("9" * 40, 0)],
)
def test_the_row_an_address_asks_for(page, first):
    assert first_row(RequestFactory().get("/", {"page": page})) == first


@pytest.mark.parametrize(("page", "shown"), [("", 1), ("2", 2), ("99", 3), ("-1", 3), ("x", 1)])
def test_any_page_is_taken_kindly(page, shown):
    request = RequestFactory().get("/", {"page": page} if page else {})
    table = FruitTable([{"name": f"{n:03}", "price": n} for n in range(60)])
    assert arrange(request, table).page.number == shown


def test_the_query_of_another_page_keeps_the_rest():
    request = RequestFactory().get("/", {"q": "李 &=", "page": "2", "sort": ["a", "b"]})
    context = {"request": request}
    assert query_with(context, page=3) == "?q=%E6%9D%8E+%26%3D&page=3&sort=a&sort=b"
    assert query_with(context, sort="-c", page="") == "?q=%E6%9D%8E+%26%3D&sort=-c"
    assert request.GET["page"] == "2"


def test_an_icon_is_the_same_each_time_and_its_own_in_each_size():
    template = Template('{% load icons %}{% icon "lock" size=size class="icon" %}')
    for size in (16, 18, 16):
        shown = template.render(Context({"size": size}))
        assert shown == lucide("lock", size=size, **{"class": "icon"})
        assert f'width="{size}"' in shown


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("number", [0, 7, 999, 1000, 1234567, -1, -1000])
def test_a_count_is_written_as_everywhere(number, language):
    with translation.override(language):
        assert count(number) == intcomma(number)


def test_only_what_is_ours_is_an_icon():
    broken = Template('{% load icons %}{% icon "no-such-icon" %}')
    with pytest.raises(Exception, match="no-such-icon"):
        broken.render(Context())
