"""Icons inline: each is drawn once, and then it is text."""

from functools import lru_cache

from django import template
from lucide.templatetags.lucide import lucide

register = template.Library()

# An icon's names are the templates' own, not what anybody sends: there are few of them.
register.simple_tag(lru_cache(maxsize=512)(lucide), name="icon")
