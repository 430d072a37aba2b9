"""The daily job of this app: what the program makes of the coming days by itself."""

from core.jobs import Running
from reports.services.cleaning import cleaning_make
from reports.services.series import meetings_make
from reports.services.trainings import trainings_fill


def coming_days_make(*, running: Running) -> None:
    """Make the meetings and the turns of cleaning of the next two weeks, and enrol who came new in
    the trainings for everybody (MEET-1, MEET-3, TRAIN-1)."""
    running.finish(
        outcome={
            "meetings": meetings_make(),
            "cleaning": cleaning_make(),
            "enrolled": trainings_fill(),
        }
    )
