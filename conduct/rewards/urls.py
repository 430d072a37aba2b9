"""Addresses of rewards and the wall of honour."""

from django.urls import path

from conduct.rewards import views

urlpatterns = [
    path("conduct/honour/", views.honour, name="honour"),
    path("conduct/rewards/", views.rewards, name="reward_proposals"),
    path("conduct/rewards/new/", views.reward_new, name="reward_propose"),
    path("conduct/rewards/<int:pk>/", views.reward, name="reward_proposal"),
    path(
        "conduct/rewards/<int:pk>/decision/", views.reward_decision, name="reward_proposal_decision"
    ),
    path(
        "conduct/rewards/<int:pk>/withdrawal/",
        views.reward_withdrawal,
        name="reward_proposal_withdrawal",
    ),
]
