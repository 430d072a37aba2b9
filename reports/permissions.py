"""Who may do what with meetings, cleaning, trainings, information, reports and suggestions
(ORG-1).

Whose one may see is in `querysets`.
"""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import may_decide
from accounts.querysets import led_ids
from core.files.models import StoredFile
from core.permissions import ALLOWED, Decision
from reports.models import (
    CleaningTurn,
    Enrolment,
    Information,
    Learning,
    Meeting,
    MeetingDecision,
    Suggestion,
    Training,
    WeeklyReport,
)
from reports.querysets import LEADS, SALES, SEE_ALL_REPORTS, leads_meeting, teams_of

PLANS_TRAININGS = ("manager", "admin")
CONFIRMS = ("manager", "leader")


def _holds(user: Any, *roles: str) -> bool:
    return bool(user.is_superuser or user.has_role(*roles))


def can_see_reports(user: Any) -> Decision:
    """The pages about meetings, cleaning and trainings: for whoever works here."""
    if user.is_superuser or user.person is not None:
        return ALLOWED
    return Decision(False, _("Meetings are for whoever works here."))


# Meetings.


def can_keep_series(user: Any) -> Decision:
    if _holds(user, "manager"):
        return ALLOWED
    return Decision(False, _("Series of meetings are kept by the manager."))


def can_plan_meeting(user: Any) -> Decision:
    """Plan a single meeting: the heads, and supervisors for their own team."""
    if _holds(user, *LEADS, "supervisor"):
        return ALLOWED
    return Decision(False, _("Meetings are planned by supervisors, the manager and the leader."))


def plans_for(user: Any, team: str) -> bool:
    """Whether somebody who plans meetings may plan one of this team."""
    return _holds(user, *LEADS) or team in teams_of(user)


def can_lead(user: Any, meeting: Meeting) -> Decision:
    """Write minutes, tick who came, decide; once it is held, the manager alone corrects."""
    if meeting.state == Meeting.State.CALLED_OFF:
        return Decision(False, _("The meeting was called off."))
    if meeting.state == Meeting.State.HELD:
        if _holds(user, "manager"):
            return ALLOWED
        return Decision(False, _("A meeting that was held is corrected by the manager alone."))
    if leads_meeting(user, meeting):
        return ALLOWED
    return Decision(False, _("A meeting is led by its chair or the manager."))


def can_plan(user: Any, meeting: Meeting) -> Decision:
    """Change a planned meeting, call it off, put points on its agenda, close it."""
    if not meeting.is_planned:
        return Decision(False, _("The meeting is not planned any more."))
    return can_lead(user, meeting)


def can_praise(user: Any, meeting: Meeting) -> Decision:
    if meeting.kind != "saturday":
        return Decision(False, _("Praise is given in the Saturday summary."))
    return can_lead(user, meeting)


def can_end_decision(user: Any, decision: MeetingDecision) -> Decision:
    """Say that it is done: whoever does it, or who leads the meeting."""
    if decision.done_at is not None:
        return Decision(False, _("It is done already."))
    own = user.person_id is not None and decision.owner_id == user.person_id
    if own or leads_meeting(user, decision.meeting):
        return ALLOWED
    return Decision(False, _("This is ended by whoever does it, or by the chair."))


# The day.


def can_write_day(user: Any) -> Decision:
    if user.person is not None and user.person.has_role("salesperson"):
        return ALLOWED
    return Decision(False, _("Plans of the day and the learning log are for salespeople."))


def can_see_days(user: Any) -> Decision:
    """The lists of plans and problems: whoever writes them, and those above."""
    if _holds(user, *SEE_ALL_REPORTS, "supervisor", "salesperson"):
        return ALLOWED
    return Decision(False, _("Plans of the day are for who writes them and those above."))


def can_change_problem(user: Any, problem: Learning) -> Decision:
    if user.person_id is None or problem.person_id != user.person_id:
        return Decision(False, _("A problem is corrected by whoever wrote it."))
    if problem.talked_in_id is not None:
        return Decision(False, _("A meeting has answered it already."))
    return ALLOWED


# Cleaning.


def can_see_cleaning(user: Any) -> Decision:
    if _holds(user, *SEE_ALL_REPORTS, "supervisor", "salesperson"):
        return ALLOWED
    return Decision(False, _("The roster is for salespeople and those above them."))


def can_tick_turn(user: Any, turn: CleaningTurn) -> Decision:
    if user.person_id is not None and user.person_id == turn.person_id:
        return ALLOWED
    return Decision(False, _("Whoever cleans says that it is done."))


def can_confirm_turn(user: Any, turn: CleaningTurn) -> Decision:
    """Confirm it, or give it to somebody else: those above, never one's own."""
    if user.person_id == turn.person_id:
        return Decision(False, _("Nobody decides on what is their own."))
    if _holds(user, *CONFIRMS) or turn.person_id in led_ids(user):
        return ALLOWED
    return Decision(False, _("Cleaning is confirmed by the supervisor."))


def can_confirm_cleaning(user: Any) -> Decision:
    """Several turns at once; each asks `can_confirm_turn`."""
    if _holds(user, *CONFIRMS, "supervisor"):
        return ALLOWED
    return Decision(False, _("Cleaning is confirmed by the supervisor."))


# Trainings.


def can_plan_trainings(user: Any) -> Decision:
    if _holds(user, *PLANS_TRAININGS):
        return ALLOWED
    return Decision(False, _("Trainings are planned by the manager or personnel."))


def can_enrol(user: Any, training: Training) -> Decision:
    if user.person is None:
        return Decision(False, _("Trainings are for whoever works here."))
    if training.team and training.team not in teams_of(user):
        return Decision(False, _("This training is for another team."))
    return ALLOWED


def can_open_certificate(user: Any, file: StoredFile) -> bool:
    """A certificate is opened by whoever may see the place in the training."""
    rows = Enrolment.objects.visible_to(user)
    return file.owner.isdecimal() and rows.filter(pk=int(file.owner)).exists()


# Information from the road.


def can_see_information(user: Any) -> Decision:
    """The list: for the sales department, whose information it is (INFO-1, S5.4)."""
    if _holds(user, *SALES, *LEADS):
        return ALLOWED
    return Decision(False, _("Information from the road is for the sales department."))


def can_file_information(user: Any) -> Decision:
    if user.person is not None and user.person.has_role(*SALES, "manager"):
        return ALLOWED
    return Decision(False, _("Information is filed by salespeople and those above them."))


def can_correct_information(user: Any, information: Information) -> Decision:
    if user.person_id is not None and user.person_id == information.person_id:
        return ALLOWED
    return Decision(False, _("Information is corrected by whoever filed it."))


def can_read_for(user: Any, information: Information) -> Decision:
    """Tick it as read, answer it: those above whoever filed it, never who filed it."""
    if user.person_id is not None and user.person_id == information.person_id:
        return Decision(False, _("What one filed is read by somebody else."))
    if _holds(user, *LEADS) or information.person_id in led_ids(user):
        return ALLOWED
    return Decision(False, _("Information is ticked as read by those above whoever filed it."))


def can_read_information(user: Any) -> Decision:
    """Several at once; each asks `can_read_for`."""
    if _holds(user, *LEADS, "supervisor"):
        return ALLOWED
    return Decision(False, _("Information is ticked as read by those above whoever filed it."))


def can_open_information_photo(user: Any, file: StoredFile) -> bool:
    """A photo is opened by whoever may see the information now."""
    seen = Information.objects.visible_to(user)
    return file.owner.isdecimal() and seen.filter(pk=int(file.owner)).exists()


# Weekly and oral reports.


def can_see_weekly(user: Any) -> Decision:
    """The pages about weekly reports: who writes them, and those above."""
    if _holds(user, *SALES, *LEADS):
        return ALLOWED
    return Decision(False, _("Weekly reports are for salespeople and those above them."))


def can_write_weekly(user: Any) -> Decision:
    if user.person is not None and user.person.has_role("salesperson"):
        return ALLOWED
    return Decision(False, _("Weekly reports are written by salespeople."))


def can_read_team(user: Any) -> Decision:
    """The board, the digest and the oral reports of others: for those who lead somebody."""
    if _holds(user, *LEADS, "supervisor"):
        return ALLOWED
    return Decision(False, _("This is for supervisors, the manager and the leader."))


def can_decide_weekly(user: Any, report: WeeklyReport) -> Decision:
    """Accept it or return it: who leads whoever wrote it, never oneself (REP-1)."""
    deciding = may_decide(user, report.person)
    if not deciding:
        return deciding
    if report.state != WeeklyReport.State.HANDED_IN:
        return Decision(False, _("It does not wait for a decision."))
    return ALLOWED


def can_comment_weekly(user: Any, report: WeeklyReport) -> Decision:
    """Say something to its lines: who may decide on it, and whoever wrote it."""
    if report.state == WeeklyReport.State.DRAFT:
        return Decision(False, _("It has not been handed in yet."))
    if user.person_id is not None and user.person_id == report.person_id:
        return ALLOWED
    return may_decide(user, report.person)


def can_hear(user: Any, person: Person) -> Decision:
    """Tick somebody's oral report: who leads them, never oneself (REP-2)."""
    return may_decide(user, person)


# Suggestions.


def can_suggest(user: Any) -> Decision:
    """Anyone who works here (REP-4)."""
    if user.person is not None:
        return ALLOWED
    return Decision(False, _("Suggestions are made by whoever works here."))


def can_answer_suggestion(user: Any, suggestion: Suggestion) -> Decision:
    """Who leads whoever made it; never oneself."""
    return may_decide(user, suggestion.person)
