"""The lists of trainings, and of everybody's record (TRAIN-1)."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.lists import Empty
from reports.filters.trainings import RecordFilter, TrainingFilter
from reports.lists.meetings import Acts, ReportsList
from reports.models import Enrolment, Training
from reports.permissions import can_plan_trainings
from reports.tables.trainings import RecordTable, TrainingTable


class TrainingList(ReportsList):
    """The trainings one may see."""

    key = "trainings"
    title = _("Trainings")
    table = TrainingTable
    filterset = TrainingFilter
    fixed = ("title", "starts_at")
    clauses = ("TRAIN-1",)
    nothing = Empty(_("No trainings"), _("The manager and personnel plan them."), "graduation-cap")

    def rows(self) -> QuerySet[Training]:
        enrolled = Count("enrolments", filter=Q(enrolments__withdrawn_at=None))
        return Training.objects.visible_to(self.user).annotate(taken=enrolled)

    def acts(self) -> Acts:
        records = (reverse("training_records"), _("Training records"), "book-user")
        if can_plan_trainings(self.user):
            return [records, (reverse("training_new"), _("Plan a training"), "plus")]
        return [records]


class RecordList(ReportsList):
    """Who took part in what: one's own, and of those one leads."""

    key = "training_records"
    title = _("Training records")
    table = RecordTable
    filterset = RecordFilter
    fixed = ("person", "training")
    clauses = ("TRAIN-1",)
    nothing = Empty(
        _("No records"), _("Whoever is enrolled in a training stands here."), "book-user"
    )

    def rows(self) -> QuerySet[Any]:
        places = Enrolment.objects.visible_to(self.user).filter(withdrawn_at=None)
        return places.select_related("person", "training")
