"""Why a write about meetings, cleaning or trainings does not happen; the message is for the
reader."""


class ReportsRefused(Exception):
    """It cannot be done; nothing was changed. The message says why, in the reader's language."""


class ChangedMeanwhile(ReportsRefused):
    """Somebody else was first; the message says so."""
