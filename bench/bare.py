"""The program's addresses and, beside them, bare pages of the same rows: what Django itself costs.

A bare page reads what the program's page shows with one hand-written query and puts it into a
plain table, in the same layout and behind the same middleware.
"""

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from django.views.decorators.http import require_GET

from core.months import Month, MonthField
from salesforce.urls import urlpatterns as program

PAGE = engines["django"].from_string(
    """{% extends "base.html" %}
    {% block title %}{{ month }}{% endblock title %}
    {% block content %}
      <table class="table">
        <thead><tr>{% for name in names %}<th>{{ name }}</th>{% endfor %}</tr></thead>
        <tbody>
          {% for row in rows %}
            <tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>
          {% endfor %}
        </tbody>
      </table>
    {% endblock content %}"""
)

SUMS = """
    SELECT person_id, sum(CASE WHEN yuan > 0 THEN yuan ELSE 0 END) AS plus,
           sum(CASE WHEN yuan < 0 THEN yuan ELSE 0 END) AS minus
    FROM (
        SELECT person_id, rule,
               sum(CASE source WHEN 'pay' THEN -amount ELSE amount END) / 100.0 AS yuan
        FROM payroll_entry
        WHERE pay_month = %s AND purpose = 'charge' AND (source = 'pay' OR target = 'pay')
        GROUP BY person_id, rule
    ) AS line
    GROUP BY person_id
"""


@require_GET
def statements(request: HttpRequest, month: Month) -> HttpResponse:
    """The first 25 statements with the sums of all of them."""
    query = f"""
        SELECT employee_no, name, team, plus, minus, plus + minus,
               count(*) OVER (), sum(plus) OVER (), sum(minus) OVER ()
        FROM ({SUMS}) AS statement
        JOIN accounts_person p ON p.id = person_id
        ORDER BY employee_no LIMIT 25
    """
    return _page(request, month, query, [str(month)])


@require_GET
def month_page(request: HttpRequest, month: Month) -> HttpResponse:
    """How many rows of each table fall in the month, and what its statements come to."""
    counts, values = [], []
    for table, (label, field) in settings.FACT_ROWS.items():
        model = apps.get_model(label)
        where = ""
        if field:
            found = model._meta.get_field(field)
            kind = found.get_internal_type()
            if isinstance(found, MonthField):
                first, last, until = str(month), str(month), "<="
            elif kind == "DateTimeField":
                first, last, until = month.start, month.end, "<"
            else:
                first, last, until = month.first_day, month.last_day, "<="
            where = f'WHERE "{field}" >= %s AND "{field}" {until} %s'
            values += [_stored(first), _stored(last)]
        counts.append(f"SELECT '{table}', count(*), 0, 0 FROM {model._meta.db_table} {where}")
    counts.append(f"SELECT 'statements', count(*), sum(plus), sum(minus) FROM ({SUMS}) AS s")
    counts.append("SELECT 'duties', count(*), 0, 0 FROM payroll_duty WHERE month = %s")
    counts.append("SELECT 'findings', count(*), 0, 0 FROM payroll_finding WHERE month = %s")
    return _page(request, month, " UNION ALL ".join(counts), [*values, *[str(month)] * 3])


def _stored(value):
    if hasattr(value, "hour"):
        return connection.ops.adapt_datetimefield_value(value)
    return str(value)


def _page(request: HttpRequest, month: Month, query: str, values: list) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        names = [column[0] for column in cursor.description]
        rows = cursor.fetchall()
    return HttpResponse(PAGE.render({"month": month, "names": names, "rows": rows}, request))


urlpatterns = [
    *program,
    path("bare/<month:month>/", month_page, name="bare_month"),
    path("bare/<month:month>/statements/", statements, name="bare_statements"),
]
