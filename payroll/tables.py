"""Lists of the books."""

from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models import JobRun
from core.templatetags.house import moment, yuan
from payroll.job_words import job_name, run_says, run_took


class YuanColumn(tables.Column):
    """An amount: right-aligned, tabular figures."""

    def __init__(self, **extra: Any) -> None:
        attrs = {"th": {"class": "text-end"}, "td": {"class": "text-end"}}
        super().__init__(attrs=attrs, **extra)

    def render(self, value: Decimal) -> SafeString | str:
        return yuan(value)


class StatementTable(tables.Table):
    """The statements of a month, one row a person."""

    employee_no = tables.Column(verbose_name=_("No."), attrs={"td": {"class": "cell-no"}})
    name = tables.Column(verbose_name=_("Name"), attrs={"td": {"class": "cell-main"}})
    team = tables.Column(verbose_name=_("Team"), attrs={"td": {"class": "cell-side"}})
    plus = YuanColumn(verbose_name=_("Plus"))
    minus = YuanColumn(verbose_name=_("Minus"))
    total = YuanColumn(verbose_name=_("Total"))

    class Meta:
        order_by = ("employee_no",)
        attrs = {"class": "table table-vcenter card-table table-cards"}
        row_attrs = {"data-employee": lambda record: record["employee_no"]}

    def render_name(self, record: dict[str, Any], value: str) -> SafeString:
        address = reverse("statement", args=[record["month"], record["employee_no"]])
        return format_html('<a class="row-link" href="{}">{}</a>', address, value)


class MomentColumn(tables.Column):
    """An instant on the company's clock."""

    def render(self, value: Any) -> str:
        return moment(value)


class RunTable(tables.Table):
    """What every list of runs shows: how it stands, what came of it, how long it took."""

    state = tables.Column(verbose_name=_("State"), attrs={"td": {"class": "cell-side"}})
    says = tables.Column(verbose_name=_("Outcome"), empty_values=(), orderable=False)
    attempt = tables.Column(verbose_name=_("Attempts"), attrs={"td": {"class": "text-end"}})
    started_at = MomentColumn(verbose_name=_("Started"))
    took = tables.Column(
        verbose_name=_("Took"),
        empty_values=(),
        orderable=False,
        attrs={"td": {"class": "text-end text-nowrap"}, "th": {"class": "text-end"}},
    )

    class Meta:
        attrs = {"class": "table table-vcenter card-table table-cards"}

    def render_state(self, record: JobRun) -> SafeString:
        return format_html(
            '<span class="badge state job-{}">{}</span>', record.state, record.get_state_display()
        )

    def render_says(self, record: JobRun) -> str:
        return run_says(record)

    def render_took(self, record: JobRun) -> str:
        return run_took(record)


class JobTable(RunTable):
    """The runs, the latest first."""

    kind = tables.Column(verbose_name=_("Job"), attrs={"td": {"class": "cell-main"}})
    subject = tables.Column(verbose_name=_("For"), attrs={"td": {"class": "text-nowrap"}})
    due_at = MomentColumn(verbose_name=_("Due"))

    class Meta(RunTable.Meta):
        sequence = ("kind", "subject", "state", "due_at", "started_at", "took", "attempt", "says")
        order_by = ("-due_at",)

    def render_kind(self, record: JobRun) -> SafeString:
        return format_html(
            '<a class="row-link" href="{}">{}</a>',
            reverse("job", args=[record.pk]),
            job_name(record),
        )


class PartTable(RunTable):
    """The parts of a run: one a group of salespeople."""

    subject = tables.Column(verbose_name=_("Group"), attrs={"td": {"class": "cell-main"}})
    worker = tables.Column(verbose_name=_("Worker"))

    class Meta(RunTable.Meta):
        sequence = ("subject", "state", "worker", "started_at", "took", "attempt", "says")

    def render_subject(self, value: str) -> str:
        return gettext("group %(number)s") % {"number": value.partition("/")[2]}
