"""Addresses of cases."""

from django.urls import path

from conduct.cases import views

urlpatterns = [
    path("conduct/cases/", views.proceedings, name="proceedings"),
    path("conduct/cases/new/", views.proceeding_new, name="proceeding_new"),
    path("conduct/cases/<int:pk>/", views.proceeding, name="proceeding"),
    path("conduct/cases/<int:pk>/hearing/", views.proceeding_hearing, name="proceeding_hearing"),
    path("conduct/cases/<int:pk>/end/", views.proceeding_end, name="proceeding_end"),
    path("conduct/sides/<int:pk>/reply/", views.proceeding_reply, name="proceeding_reply"),
    path("conduct/sides/<int:pk>/decision/", views.proceeding_verdict, name="proceeding_verdict"),
    path(
        "conduct/decisions/<int:pk>/objection/", views.proceeding_object, name="proceeding_object"
    ),
    path("conduct/objections/<int:pk>/", views.proceeding_objection, name="proceeding_objection"),
    path("conduct/proposals/<int:pk>/", views.proceeding_proposal, name="proceeding_proposal"),
    path("suspicions/<int:pk>/open/", views.suspicion_proceeding, name="suspicion_proceeding"),
]
