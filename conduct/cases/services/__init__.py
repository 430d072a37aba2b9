"""Every write about cases (DIS-1, DIS-2, DIS-3): a module a subject."""

from conduct.cases.services.deciding import Decided as Decided
from conduct.cases.services.deciding import verdict_give as verdict_give
from conduct.cases.services.hearing import hearing_begin as hearing_begin
from conduct.cases.services.hearing import hearing_reply as hearing_reply
from conduct.cases.services.keeping import CaseRefused as CaseRefused
from conduct.cases.services.keeping import ChangedMeanwhile as ChangedMeanwhile
from conduct.cases.services.objections import objection_decide as objection_decide
from conduct.cases.services.objections import objection_file as objection_file
from conduct.cases.services.proposals import proposal_decide as proposal_decide
from conduct.cases.services.reporting import Reported as Reported
from conduct.cases.services.reporting import proceeding_dismiss as proceeding_dismiss
from conduct.cases.services.reporting import proceeding_of_suspicion as proceeding_of_suspicion
from conduct.cases.services.reporting import proceeding_report as proceeding_report
