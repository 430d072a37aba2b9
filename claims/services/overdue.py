"""What the claims' daily job does."""

from claims.models import Loan
from core import clock
from core.jobs import Running


def loans_go_on(*, running: Running) -> None:
    """The daily job: how many goods should be back by today and are not (GOOD-1).

    Nothing is written down of them: a loan is overdue because its facts say so.
    """
    running.finish(outcome={"overdue": Loan.objects.overdue(clock.today()).count()})
