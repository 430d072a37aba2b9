"""The program, warm before it is forked: sixteen processes load it once, not each for itself."""

from wsgiref.util import setup_testing_defaults

from django.db import connections
from django.template.loader import get_template

from salesforce.wsgi import application

# Pages these tests are answered with, and the first page anybody sees.
PAGES = (
    "claims/expense.html",
    "receivables/counter_person.html",
    "receivables/difference.html",
    "receivables/order_invoices.html",
)


def _warm() -> None:
    first = {"PATH_INFO": "/login/", "HTTP_HOST": "127.0.0.1"}
    setup_testing_defaults(first)
    b"".join(application(first, lambda status, headers: None))
    for page in PAGES:
        get_template(page)
    connections.close_all()  # a connection is one process's


_warm()
