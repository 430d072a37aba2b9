"""Finding among explanations, make-up punches and outings."""

from django.utils.translation import gettext_lazy as _

from attendance.models import Excuse, MakeUpPunch, Outing, Side, Status
from core.lists.search import choice_filter
from payroll.people_filters import OwnedFilter

PLACEHOLDER = _("Name, pinyin or words")


class ExcuseFilter(OwnedFilter):
    TEXTS = ("reason",)
    PLACEHOLDER = PLACEHOLDER

    status = choice_filter(_("State"), _("Any state"), choices=Excuse.State.choices)
    side = choice_filter(_("Side"), _("Both sides"), choices=Side.choices)

    class Meta:
        model = Excuse
        fields = ["status", "side"]


class MakeUpFilter(OwnedFilter):
    TEXTS = ("reason",)
    PLACEHOLDER = PLACEHOLDER

    status = choice_filter(_("State"), _("Any state"), choices=Status.choices)

    class Meta:
        model = MakeUpPunch
        fields = ["status"]


class OutingFilter(OwnedFilter):
    TEXTS = ("whom", "purpose")
    NAMED = (("customer", "customer_no"),)
    PLACEHOLDER = PLACEHOLDER

    status = choice_filter(_("State"), _("Any state"), choices=Status.choices)

    class Meta:
        model = Outing
        fields = ["status"]
