"""The job runner. Correctness never rests on it: what is due stands in the database."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "salesforce.settings")

app = Celery("salesforce")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
