"""The project: settings, addresses, jobs. No models."""

from salesforce.celery import app as celery_app

__all__ = ["celery_app"]
