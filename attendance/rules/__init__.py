"""The rules of attendance: pure functions over a person's days."""

REGULATION_LEAVE_TYPES = ("personal", "sick", "reward")
