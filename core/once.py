"""What many want to know at the same moment is asked once: the cards of a desk, the schedules.

Inside `asking()` a question marked with `once` is put to the database the first time, and its
answer given to whoever asks the same after that; outside, it is asked as often as somebody asks.
Nothing is written inside, or the answers would be old.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

About = ParamSpec("About")
Answer = TypeVar("Answer")
_ANSWERS: ContextVar[dict[Any, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def asking() -> Iterator[None]:
    """Many are asked now."""
    if _ANSWERS.get() is not None:
        yield
        return
    token = _ANSWERS.set({})
    try:
        yield
    finally:
        _ANSWERS.reset(token)


def once(ask: Callable[About, Answer]) -> Callable[About, Answer]:
    """A question that several of them have; its answer is not changed by whoever gets it."""

    @wraps(ask)
    def asked(*args: About.args, **kwargs: About.kwargs) -> Answer:
        answers = _ANSWERS.get()
        if answers is None:
            return ask(*args, **kwargs)
        about = (ask, args, tuple(sorted(kwargs.items())))
        if about not in answers:
            answers[about] = ask(*args, **kwargs)
        answer: Answer = answers[about]
        return answer

    return asked
