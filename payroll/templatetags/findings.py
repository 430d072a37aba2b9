"""What a close found besides money, in words."""

from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.utils.translation import gettext

register = template.Library()


@register.filter
def finding_says(finding: Any) -> str:
    """A finding, of a month closed or so far, or a row of several of a rule, in the reader's
    language (`settings.FINDINGS`)."""
    if isinstance(finding, dict):
        rule, days = finding["rule"], finding["days"]
    else:
        rule, days = finding.rule, finding.days
    text, _is_decided = settings.FINDINGS[rule]
    return gettext(text) % {"n": f"{Decimal(days).normalize():f}"}
