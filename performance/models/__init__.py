"""Facts of performance: targets, appraisals, activities (TAR-1, KPI-1, PLAN-1)."""

from performance.models.activities import Activity, ActivityPlace
from performance.models.appraisals import Appraisal
from performance.models.effects import AppraisalEffect
from performance.models.targets import Target

__all__ = ["Activity", "ActivityPlace", "Appraisal", "AppraisalEffect", "Target"]
