"""Every address of the program."""

from django.urls import URLPattern, URLResolver, include, path

import core.converters  # noqa: F401  (the addresses below are written with them)
from attendance.views.pushing import api_urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("core.urls")),
    path("", include("accounts.urls")),
    path("", include("notices.urls")),
    path("", include("accounts.auditing.urls")),
    path("", include("policy.urls")),
    path("", include("payroll.urls")),
    path("", include("customers.urls")),
    path("", include("orders.urls")),
    path("", include("receivables.urls")),
    path("", include("claims.urls")),
    path("", include("reports.urls")),
    path("", include("conduct.suspicions.urls")),
    path("", include("performance.urls")),
    path("", include("conduct.cases.urls")),
    path("", include("conduct.rewards.urls")),
    path("", include("attendance.urls")),
    path("api/", api_urls),
]
