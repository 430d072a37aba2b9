"""Addresses of the company's bank account."""

from django.urls import path

from receivables.bank.views import files, lines

urlpatterns = [
    path("bank/", files.bank, name="bank"),
    path("bank/match/", files.bank_match_again, name="bank_match_again"),
    path("bank/files/<int:pk>/", files.bank_file, name="bank_file"),
    path("bank/files/<int:pk>/columns/", files.bank_file_columns, name="bank_file_columns"),
    path("bank/files/<int:pk>/take/", files.bank_file_take, name="bank_file_take"),
    path("bank/files/<int:pk>/drop/", files.bank_file_drop, name="bank_file_drop"),
    path("bank/lines/", lines.bank_lines, name="bank_lines"),
    path("bank/lines/<int:pk>/", lines.bank_line, name="bank_line"),
    path("bank/lines/<int:pk>/match/", lines.bank_line_match, name="bank_line_match"),
    path("bank/lines/<int:pk>/aside/", lines.bank_line_aside, name="bank_line_aside"),
    path("bank/lines/<int:pk>/undo/", lines.bank_line_undo, name="bank_line_undo"),
]
