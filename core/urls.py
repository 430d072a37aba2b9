"""Addresses that know nothing of salespeople."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from core import health, metrics
from core.files.views import file, file_thumbnail
from core.lists.views import columns, view_change, views
from core.search import search
from core.views import desk

urlpatterns = [
    path("", desk, name="home"),
    path("language/", login_not_required(require_POST(set_language)), name="set_language"),
    path("search/", search, name="search"),
    path("lists/views/", views, name="list_views"),
    path("lists/views/<int:pk>/", view_change, name="list_view"),
    path("lists/columns/", columns, name="list_columns"),
    path("health/live", login_not_required(health.live), name="health_live"),
    path("health/ready", login_not_required(health.ready), name="health_ready"),
    path("health/worker", login_not_required(health.worker), name="health_worker"),
    path("health/beat", login_not_required(health.beat), name="health_beat"),
    path("files/<uuid:pk>/", file, name="file"),
    path("files/<uuid:pk>/thumbnail/", file_thumbnail, name="file_thumbnail"),
    path("metrics", login_not_required(metrics.metrics), name="metrics"),
]
