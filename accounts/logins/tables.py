"""The list of accounts."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.logins.querysets import ACTIVE, INVITED, LEFT, STATES, has_expired
from accounts.models import Person
from core.lists import ListTable, MomentColumn

LOOKS = {ACTIVE: "job-done", INVITED: "job-running", LEFT: "job-queued"}
SIDE = {"td": {"class": "cell-side"}}


def state_badge(person: Any) -> SafeString:
    """The state of somebody's account, as the list and the page of the account show it."""
    text = str(STATES[person.login_state])
    if person.login_state == INVITED and has_expired(person.link_until):
        text = gettext("link expired")
    look = LOOKS.get(person.login_state, "state-open")
    return format_html('<span class="badge state {}">{}</span>', look, text)


class LoginTable(ListTable):
    """One row a person; those chosen get a link each."""

    chosen_as = "people"

    name = tables.Column(
        verbose_name=_("Name"), order_by=("name", "id"), attrs={"td": {"class": "cell-main"}}
    )
    employee_no = tables.Column(verbose_name=_("No."), attrs={"td": {"class": "cell-no"}})
    team = tables.Column(verbose_name=_("Team"), order_by=("team", "id"), attrs=SIDE, default="")
    login_state = tables.Column(verbose_name=_("State"), order_by=("login_state", "id"))
    second_factor = tables.Column(verbose_name=_("Second factor"), order_by=("second_factor", "id"))
    last_login = MomentColumn(
        verbose_name=_("Last signed in"),
        accessor="user__last_login",
        order_by=("user__last_login", "id"),
        default="",
    )

    class Meta:
        order_by = ("employee_no",)
        attrs = {"class": "table table-vcenter card-table table-cards"}

    def render_name(self, record: Person) -> SafeString:
        return format_html(
            '<a class="row-link" href="{}">{}</a>',
            reverse("login_of", args=[record.employee_no]),
            record.name,
        )

    def render_login_state(self, record: Any) -> SafeString:
        return state_badge(record)

    def render_second_factor(self, value: bool) -> str:
        return gettext("on") if value else gettext("off")
