"""Fields that several models have."""

from typing import Any

from django.conf import settings
from django.db import models


def login_field(label: Any) -> "models.ForeignKey[Any, Any]":
    """Who did something, as they were signed in; nobody as long as it is not done."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=label,
    )
