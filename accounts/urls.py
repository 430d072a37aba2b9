"""Coming in and going out, one's own sign-in, personnel's pages about accounts; people.

Of allauth only the page that asks for the second factor is reachable.
"""

from allauth.mfa.base.views import authenticate as second_factor
from django.contrib.auth.views import LogoutView
from django.urls import path
from django.views.decorators.http import require_http_methods

from accounts.logins.views import door, own, personnel
from accounts.views import SignIn
from accounts.views.handover import handover_tick_back, person_handover, person_handover_tick
from accounts.views.people import people, people_tree, person_new
from accounts.views.person import (
    me,
    person,
    person_facts_edit,
    person_panel,
    qualification_delete,
    qualification_new,
)
from accounts.views.positions import person_leaving, person_position, position_withdraw
from accounts.views.stand_ins import stand_in_new, stand_in_over

asking = require_http_methods(["GET", "HEAD", "POST"])
sign_in, code = asking(SignIn.as_view()), asking(second_factor)

urlpatterns = [
    path("login/", sign_in, name="login"),
    # The name by which allauth sends people there.
    path("login/", sign_in, name="account_login"),
    path("login/code/", code, name="mfa_authenticate"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("link/<str:token>/", door.one_time_link, name="one_time_link"),
    path("forgotten/", door.forgotten, name="forgotten"),
    path("me/sign-in/", own.my_sign_in, name="my_sign_in"),
    path("me/sign-in/password/", own.password, name="password"),
    path("me/sign-in/email/", own.email, name="email"),
    path("me/sign-in/second-factor/", own.second_factor_setup, name="second_factor_setup"),
    path("me/sign-in/second-factor/off/", own.second_factor_off, name="second_factor_off"),
    path("me/sign-in/codes/", own.recovery_codes, name="recovery_codes"),
    path("me/sign-in/devices/<int:pk>/out/", own.device_sign_out, name="device_sign_out"),
    path("me/sign-in/devices/out/", own.others_sign_out, name="others_sign_out"),
    path("accounts/", personnel.logins, name="logins"),
    path("accounts/links/", personnel.login_links, name="login_links"),
    path("accounts/links/file/", personnel.login_links_file, name="login_links_file"),
    path("accounts/second-factor/", personnel.second_factor_rule, name="second_factor_rule"),
    path("accounts/of/<str:employee_no>/", personnel.login_of, name="login_of"),
    path(
        "accounts/of/<str:employee_no>/second-factor/",
        personnel.second_factor_reset,
        name="second_factor_reset",
    ),
    path("me/", me, name="me"),
    path("people/", people, name="people"),
    path("people/tree/", people_tree, name="people_tree"),
    path("people/add/", person_new, name="person_new"),
    path("people/<code:employee_no>/", person, name="person"),
    path("people/<code:employee_no>/facts/", person_facts_edit, name="person_facts_edit"),
    path("people/<code:employee_no>/position/", person_position, name="person_position"),
    path("people/<code:employee_no>/leaving/", person_leaving, name="person_leaving"),
    path("people/<code:employee_no>/stand-in/", stand_in_new, name="stand_in_new"),
    path("people/<code:employee_no>/qualification/", qualification_new, name="qualification_new"),
    path("people/<code:employee_no>/handover/", person_handover, name="person_handover"),
    path(
        "people/<code:employee_no>/handover/tick/",
        person_handover_tick,
        name="person_handover_tick",
    ),
    path("people/<code:employee_no>/show/<slug:key>/", person_panel, name="person_panel"),
    path("positions/<int:pk>/withdraw/", position_withdraw, name="position_withdraw"),
    path("stand-ins/<int:pk>/end/", stand_in_over, name="stand_in_over"),
    path("qualifications/<int:pk>/remove/", qualification_delete, name="qualification_delete"),
    path("handovers/<int:pk>/back/", handover_tick_back, name="handover_tick_back"),
]
