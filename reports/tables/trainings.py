"""Lists of trainings, and of what people took part in (TRAIN-1)."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.lists import ListTable, MomentColumn
from reports.models import Enrolment, Training
from reports.tables.meetings import CARDS, MAIN, SIDE, WIDE, badge, link


class TrainingTable(ListTable):
    """Trainings: what, when, for whom, how many are enrolled."""

    title = tables.Column(
        verbose_name=gettext_lazy("Training"), order_by=("title", "id"), attrs=MAIN
    )
    starts_at = MomentColumn(verbose_name=gettext_lazy("Begins"), order_by=("starts_at", "id"))
    trainer = tables.Column(
        verbose_name=gettext_lazy("Trainer"), order_by=("trainer", "id"), attrs=WIDE
    )
    team = tables.Column(
        verbose_name=gettext_lazy("Team"), order_by=("team", "id"), empty_values=()
    )
    compulsory = tables.Column(
        verbose_name=gettext_lazy("For whom"), order_by=("compulsory", "id"), attrs=WIDE
    )
    taken = tables.Column(
        verbose_name=gettext_lazy("Enrolled"), order_by=("taken", "id"), empty_values=()
    )
    state = tables.Column(verbose_name=gettext_lazy("State"), order_by=("state", "id"), attrs=SIDE)

    class Meta:
        order_by = ("-starts_at",)
        attrs = CARDS

    def render_title(self, record: Training) -> SafeString:
        return link(reverse("training", args=[record.pk]), record.title)

    def value_title(self, record: Training) -> str:
        return record.title

    def render_team(self, value: str) -> str:
        return value or _("everybody")

    def render_compulsory(self, value: bool) -> str:
        return _("for everybody") if value else _("by choice")

    def render_taken(self, value: int, record: Training) -> str:
        return str(value) if record.places is None else f"{value} / {record.places}"

    def value_taken(self, value: int) -> int:
        return value

    def render_state(self, record: Training) -> SafeString:
        return badge(record.state, record.get_state_display())

    def value_state(self, record: Training) -> str:
        return record.get_state_display()


class RecordTable(ListTable):
    """Who took part in what, with what result."""

    person = tables.Column(
        verbose_name=gettext_lazy("Who"),
        accessor="person__name",
        order_by=("person__employee_no", "id"),
    )
    training = tables.Column(
        verbose_name=gettext_lazy("Training"),
        accessor="training__title",
        order_by=("training__title", "id"),
        attrs=MAIN,
    )
    starts_at = MomentColumn(
        verbose_name=gettext_lazy("Begins"),
        accessor="training__starts_at",
        order_by=("training__starts_at", "id"),
    )
    note = tables.Column(verbose_name=gettext_lazy("Note"), orderable=False, attrs=WIDE)
    state = tables.Column(
        verbose_name=gettext_lazy("State"), accessor="pk", orderable=False, attrs=SIDE
    )

    class Meta:
        order_by = ("-starts_at",)
        attrs = CARDS

    def render_training(self, record: Enrolment) -> SafeString:
        return link(reverse("training", args=[record.training_id]), record.training.title)

    def value_training(self, record: Enrolment) -> str:
        return record.training.title

    def render_state(self, record: Enrolment) -> SafeString:
        return badge(record.standing, standing_word(record))

    def value_state(self, record: Enrolment) -> str:
        return standing_word(record)


def standing_word(place: Enrolment) -> str:
    return {
        "withdrawn": _("withdrawn"),
        "enrolled": _("enrolled"),
        "present": _("came"),
        "absent": _("did not come"),
        "passed": _("passed"),
        "failed": _("not passed"),
    }[place.standing]
