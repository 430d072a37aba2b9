"""The log: what went wrong where, in lines for people or JSON for machines, and nothing personal.

Names, employee numbers and amounts reach a log by three ways, and each is shut here: in the message
of an exception (its type and where it was raised are kept), in the address of a page (its route is
kept), and in the arguments of a job (its run's number is kept). What is said of the present request
or job (its number, the number of the login, the view) comes from structlog's context.

Needs no settings, so that gunicorn's own process can log the same way.
"""

import copy
import logging
import traceback
from collections.abc import Mapping
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

FORMATS = ("line", "json")
_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def logging_of(*, form: str, level: str) -> dict[str, Any]:
    """Django's `LOGGING`: everything to the console, in one of `FORMATS`."""
    if form not in FORMATS:
        raise ValueError(f"LOG_FORMAT is one of {', '.join(FORMATS)}")
    passed_on = {"handlers": [], "propagate": True, "level": level}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"discreet": {"()": "core.logs.DiscreetFormatter", "form": form}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "discreet"}},
        "root": {"handlers": ["console"], "level": level},
        # They come with handlers of their own, which know no discretion.
        "loggers": {"django": passed_on, "gunicorn.error": passed_on, "celery": passed_on},
    }


class DiscreetFormatter(structlog.stdlib.ProcessorFormatter):
    """Formats a record without what it says about people."""

    def __init__(self, form: str = "line") -> None:
        super().__init__(
            foreign_pre_chain=[
                structlog.contextvars.merge_contextvars,
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
            ],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _exception,
                _JSON if form == "json" else _line,
            ],
        )

    def format(self, record: logging.LogRecord) -> str:
        return super().format(discreet(record))


def discreet(record: logging.LogRecord) -> logging.LogRecord:
    """A copy of the record without exception messages, addresses and arguments of jobs."""
    kept = copy.copy(record)
    kept.exc_text = None
    kept.msg = _without_message(kept.msg)
    if isinstance(kept.args, Mapping):
        kept.args = {name: _of_job(name, value) for name, value in kept.args.items()}
    elif kept.args:
        kept.args = tuple(_of_request(value, record) for value in kept.args)
    return kept


def _without_message(value: Any) -> Any:
    return type(value).__name__ if isinstance(value, BaseException) else value


def _of_job(name: str, value: Any) -> Any:
    # Celery hands these over as text, with the message of the exception and the job's arguments.
    hidden = name in ("exc", "traceback", "args", "kwargs", "return_value")
    return "-" if hidden else _without_message(value)


def _of_request(value: Any, record: logging.LogRecord) -> Any:
    request = getattr(record, "request", None)
    if request is not None and isinstance(value, str) and value.startswith("/"):
        match = getattr(request, "resolver_match", None)
        return match.route if match else "(no such page)"
    return _without_message(value)


def _exception(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    info = event.pop("exc_info", None)
    if info and info[1] is not None:
        event["exception"] = "\n".join(_causes(info))
    return event


def _causes(info: _ExcInfo) -> list[str]:
    """The chain of exceptions, the first cause first: frames and types, no message."""
    error: BaseException | None = info[1]
    chain: list[str] = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        frames = [
            f"  {frame.filename}:{frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)
        ]
        chain.insert(0, "\n".join([f"{type(error).__module__}.{type(error).__name__}", *frames]))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return chain


_JSON = structlog.processors.JSONRenderer(ensure_ascii=False, sort_keys=True)


def _line(logger: WrappedLogger, name: str, event: EventDict) -> str:
    head = [str(event.pop(part, "")) for part in ("timestamp", "level", "logger")]
    text, exception = event.pop("event", ""), event.pop("exception", "")
    context = "".join(f" {name}={value}" for name, value in sorted(event.items()))
    return f"{head[0]} {head[1].upper()} {head[2]}: {text}{context}" + (
        f"\n{exception}" if exception else ""
    )
