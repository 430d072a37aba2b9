"""Writes of the policy and the calendar: only ever forward."""

from policy.services.calendar import day_forget, day_say
from policy.services.drafts import draft_change, draft_discard, draft_make, draft_put
from policy.services.refusals import ChangedMeanwhile, PolicyRefused
from policy.services.versions import parameters_replace, policy_freeze

__all__ = [
    "ChangedMeanwhile",
    "PolicyRefused",
    "day_forget",
    "day_say",
    "draft_change",
    "draft_discard",
    "draft_make",
    "draft_put",
    "parameters_replace",
    "policy_freeze",
]
