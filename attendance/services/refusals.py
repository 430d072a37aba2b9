"""Why a write about attendance does not happen; the message is for the reader."""


class AttendanceRefused(Exception):
    """It cannot be done; nothing was changed. The message says why, in the reader's language."""


class ChangedMeanwhile(AttendanceRefused):
    """Somebody else was first; the message says what came of it."""
