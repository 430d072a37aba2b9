"""Why a write about claims, goods or damages does not happen; the message is for the reader."""


class ClaimsRefused(Exception):
    """It cannot be done; nothing was changed. The message says why, in the reader's language."""


class ChangedMeanwhile(ClaimsRefused):
    """Somebody else was first; the message says what came of it."""
