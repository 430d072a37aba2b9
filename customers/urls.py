"""Addresses about customers. What is not one file's begins otherwise: any word is a number."""

from django.urls import path

import policy.converters  # noqa: F401  (days in addresses)
from customers.views import alike, contacts, exporting, files, quiet, ties
from customers.views.agents import (
    agency_change,
    agency_new,
    prefecture,
    prefecture_new,
    prefectures,
)
from customers.views.calls import (
    call,
    call_figures,
    call_finish,
    call_list,
    call_new,
    calls,
)
from customers.views.complaints import (
    complaint,
    complaint_again,
    complaint_close,
    complaint_file,
    complaint_give,
    complaint_hearing,
    complaint_link,
    complaint_new,
    complaint_rates,
    complaint_reply_customer,
    complaint_say,
    complaint_step,
    complaint_visited,
    complaints,
)
from customers.views.conflicts import conflict, conflict_ruling, conflict_say, conflicts
from customers.views.feedback import feedback
from customers.views.plans import plan_away, plan_edit, plan_new, week
from customers.views.projects import (
    project,
    project_board,
    project_check,
    project_new,
    projects,
)
from customers.views.pursuing import (
    delegation_taken_back,
    delegations,
    project_assigning,
    project_lost,
    project_moved,
    project_noted,
    project_requirements,
)
from customers.views.reopening import project_again
from customers.views.returns import returns_due, visit_levels
from customers.views.scripts import call_script, call_scripts
from customers.views.spot_checks import (
    spot_check,
    spot_check_answer,
    spot_check_draw,
    spot_check_judge,
    spot_check_new,
    spot_check_reply,
    spot_checks,
)
from customers.views.support import (
    support,
    support_answer,
    support_ended,
    support_new,
    support_request,
    support_taken_back,
)
from customers.views.visits import (
    visit,
    visit_customers,
    visit_new,
    visit_photos,
    visit_step,
    visit_token,
    visits,
)
from customers.views.voiding import visit_void_answer, visit_void_it, visit_void_settle

file_patterns = [
    path("customers/", files.customers, name="customers"),
    path("customer/new/", files.customer_new, name="customer_new"),
    path("customer/export-rights/", exporting.export_rights, name="export_rights"),
    path(
        "customer/export-rights/<int:pk>/back/",
        exporting.export_right_back,
        name="export_right_back",
    ),
    path("customer/similar/", alike.customer_similar, name="customer_similar"),
    path("customers/<code:customer_no>/", files.customer, name="customer"),
    path("customers/<code:customer_no>/edit/", files.customer_edit, name="customer_edit"),
    path("customers/<code:customer_no>/owner/", files.customer_owner, name="customer_owner"),
    path("customers/<code:customer_no>/merge/", alike.customer_merge, name="customer_merge"),
    path("customers/<code:customer_no>/contact/", contacts.contact_new, name="contact_new"),
    path("customers/<code:customer_no>/comment/", files.customer_comment, name="customer_comment"),
    path(
        "customers/<code:customer_no>/attachments/",
        files.customer_attachments,
        name="customer_attachments",
    ),
    path(
        "customers/<code:customer_no>/timeline/",
        files.customer_timeline,
        name="customer_timeline",
    ),
    path(
        "customers/<code:customer_no>/panels/<slug:key>/",
        files.customer_panel,
        name="customer_panel",
    ),
    path("customers/<code:customer_no>/tie/", ties.tie_new, name="tie_new"),
    path("customers/<code:customer_no>/ties/<int:pk>/gone/", ties.tie_gone, name="tie_gone"),
    path("customers/<code:customer_no>/quiet/", quiet.customer_quiet, name="customer_quiet"),
    path(
        "customers/<code:customer_no>/quiet/lift/",
        quiet.customer_quiet_lift,
        name="customer_quiet_lift",
    ),
    path("contacts/<int:pk>/", contacts.contact_change, name="contact_edit"),
]

visit_patterns = [
    path("visits/", visits, name="visits"),
    path("visits/new/", visit_new, name="visit_new"),
    path("visits/new/customers/", visit_customers, name="visit_customers"),
    path("visits/new/token/", visit_token, name="visit_token"),
    path("visits/returns/", returns_due, name="returns_due"),
    path("visits/levels/", visit_levels, name="visit_levels"),
    path("visits/<int:pk>/", visit, name="visit"),
    path("visits/<int:pk>/step/", visit_step, name="visit_step"),
    path("visits/<int:pk>/photos/", visit_photos, name="visit_photos"),
    path("visits/<int:pk>/void/", visit_void_it, name="visit_void"),
    path("visits/<int:pk>/answer/", visit_void_answer, name="visit_void_answer"),
    path("visits/<int:pk>/decision/", visit_void_settle, name="visit_void_settle"),
]

plan_patterns = [
    path("visits/week/", week, name="visit_week"),
    path("visits/week/<calendarday:day>/", week, name="visit_week_of"),
    path("visits/plans/new/", plan_new, name="visit_plan_new"),
    path("visits/plans/<int:pk>/", plan_edit, name="visit_plan"),
    path("visits/plans/<int:pk>/drop/", plan_away, name="visit_plan_drop"),
]

check_patterns = [
    path("visits/checks/", spot_checks, name="spot_checks"),
    path("visits/checks/new/", spot_check_new, name="spot_check_new"),
    path("visits/checks/draws/<int:pk>/", spot_check_draw, name="spot_check_draw"),
    path("visits/checks/<int:pk>/", spot_check, name="spot_check"),
    path("visits/checks/<int:pk>/verdict/", spot_check_judge, name="spot_check_judge"),
    path("visits/checks/<int:pk>/reply/", spot_check_reply, name="spot_check_reply"),
    path("visits/checks/<int:pk>/decision/", spot_check_answer, name="spot_check_answer"),
]

call_patterns = [
    path("calls/", call_list, name="call_list"),
    path("calls/made/", calls, name="calls"),
    path("calls/figures/", call_figures, name="call_figures"),
    path("calls/scripts/", call_scripts, name="call_scripts"),
    path("calls/scripts/<slug:purpose>/", call_script, name="call_script"),
    path("calls/to/<code:customer_no>/", call_new, name="call_new"),
    path("calls/<int:pk>/", call, name="call"),
    path("calls/<int:pk>/end/", call_finish, name="call_finish"),
]

project_patterns = [
    path("projects/", projects, name="projects"),
    path("projects/board/", project_board, name="project_board"),
    path("projects/new/", project_new, name="project_new"),
    path("projects/new/check/", project_check, name="project_check"),
    path("projects/delegation/", delegations, name="delegations"),
    path("projects/delegation/<int:pk>/end/", delegation_taken_back, name="delegation_taken_back"),
    path("projects/conflicts/", conflicts, name="conflicts"),
    path("projects/conflicts/<int:pk>/", conflict, name="conflict"),
    path("projects/conflicts/<int:pk>/side/", conflict_say, name="conflict_say"),
    path("projects/conflicts/<int:pk>/ruling/", conflict_ruling, name="conflict_ruling"),
    path("projects/<int:pk>/", project, name="project"),
    path("projects/<int:pk>/requirements/", project_requirements, name="project_requirements"),
    path("projects/<int:pk>/assign/", project_assigning, name="project_assigning"),
    path("projects/<int:pk>/stage/", project_moved, name="project_moved"),
    path("projects/<int:pk>/note/", project_noted, name="project_noted"),
    path("projects/<int:pk>/lost/", project_lost, name="project_lost"),
    path("projects/<int:pk>/again/", project_again, name="project_again"),
]

complaint_patterns = [
    path("complaints/", complaints, name="complaints"),
    path("complaints/new/", complaint_new, name="complaint_new"),
    path("complaints/rates/", complaint_rates, name="complaint_rates"),
    path("complaints/<int:pk>/", complaint, name="complaint"),
    path("complaints/<int:pk>/assign/", complaint_give, name="complaint_give"),
    path("complaints/<int:pk>/hearing/", complaint_hearing, name="complaint_hearing"),
    path("complaints/<int:pk>/reply/", complaint_say, name="complaint_say"),
    path("complaints/<int:pk>/steps/", complaint_step, name="complaint_step"),
    path("complaints/<int:pk>/file/", complaint_file, name="complaint_file"),
    path("complaints/<int:pk>/visit/", complaint_visited, name="complaint_visited"),
    path("complaints/<int:pk>/answer/", complaint_reply_customer, name="complaint_reply_customer"),
    path("complaints/<int:pk>/confirm/", complaint_close, name="complaint_close"),
    path("complaints/<int:pk>/reopen/", complaint_again, name="complaint_again"),
    path("complaints/<int:pk>/link/", complaint_link, name="complaint_link"),
    # Short: it is sent to telephones, and drawn as a code.
    path("f/<str:token>/", feedback, name="feedback"),
]

agent_patterns = [
    path("projects/agents/", prefectures, name="prefectures"),
    path("projects/agents/new/", prefecture_new, name="prefecture_new"),
    path("projects/agents/<int:pk>/", prefecture, name="prefecture"),
    path("projects/agents/<int:pk>/talks/", agency_new, name="agency_new"),
    path("projects/agents/agency/<int:pk>/", agency_change, name="agency_change"),
]

support_patterns = [
    path("support/", support, name="support"),
    path("support/new/", support_new, name="support_new"),
    path("support/<int:pk>/", support_request, name="support_request"),
    path("support/<int:pk>/answer/", support_answer, name="support_answer"),
    path("support/<int:pk>/end/", support_ended, name="support_ended"),
    path("support/<int:pk>/withdraw/", support_taken_back, name="support_taken_back"),
]

urlpatterns = [
    *file_patterns,
    *visit_patterns,
    *plan_patterns,
    *check_patterns,
    *call_patterns,
    *project_patterns,
    *complaint_patterns,
    *agent_patterns,
    *support_patterns,
]
