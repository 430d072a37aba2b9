"""Meetings and what they talk about, the cleaning roster, trainings, information from the road,
weekly and oral reports, suggestions (MEET, TRAIN, REP, PLAN, INFO)."""

from reports.models.cleaning import CleaningTurn as CleaningTurn
from reports.models.daily import DayPlan as DayPlan
from reports.models.daily import Learning as Learning
from reports.models.information import Information as Information
from reports.models.information import InformationNote as InformationNote
from reports.models.information import InformationTag as InformationTag
from reports.models.information import InformationVersion as InformationVersion
from reports.models.meetings import AgendaItem as AgendaItem
from reports.models.meetings import Meeting as Meeting
from reports.models.meetings import MeetingDecision as MeetingDecision
from reports.models.meetings import MeetingSeries as MeetingSeries
from reports.models.meetings import Praise as Praise
from reports.models.meetings import Presence as Presence
from reports.models.minutes import MinutesDraft as MinutesDraft
from reports.models.oral import OralReport as OralReport
from reports.models.suggestions import Suggestion as Suggestion
from reports.models.trainings import Enrolment as Enrolment
from reports.models.trainings import Training as Training
from reports.models.weekly import WeeklyComment as WeeklyComment
from reports.models.weekly import WeeklyPlanLine as WeeklyPlanLine
from reports.models.weekly import WeeklyReport as WeeklyReport
