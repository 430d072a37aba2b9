"""Addresses of notices."""

from django.urls import path

from notices.views.board import board, board_edit, board_new, board_notice, board_read, board_take
from notices.views.channels import channel_try, channel_turn, channels, notice_settings
from notices.views.inbox import notice, notice_away, notice_mark, notices, notices_mark_all

urlpatterns = [
    path("notices/", notices, name="notices"),
    path("notices/read/", notices_mark_all, name="notices_read"),
    path("notices/settings/", notice_settings, name="notice_settings"),
    path("notices/channels/", channels, name="channels"),
    path("notices/channels/<int:pk>/test/", channel_try, name="channel_test"),
    path("notices/channels/<int:pk>/switch/", channel_turn, name="channel_switch"),
    path("notices/<int:pk>/", notice, name="notice"),
    path("notices/<int:pk>/read/", notice_mark, name="notice_read"),
    path("notices/<int:pk>/away/", notice_away, name="notice_away"),
    path("board/", board, name="board"),
    path("board/new/", board_new, name="board_new"),
    path("board/<int:pk>/", board_notice, name="board_notice"),
    path("board/<int:pk>/edit/", board_edit, name="board_edit"),
    path("board/<int:pk>/withdraw/", board_take, name="board_withdraw"),
    path("board/<int:pk>/read/", board_read, name="board_read"),
]
