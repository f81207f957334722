"""Structured logs: one line an event, with the request's id. No text of a person's ever goes here."""

import logging
import logging.config
import re
from collections.abc import Callable
from typing import Any, TypeVar

import structlog
from structlog.contextvars import bind_contextvars, get_contextvars

#: Secrets in addresses (links that open something) are 32 characters; Django logs the path of a refused request.
_SECRET = re.compile(r"[A-Za-z0-9_-]{28,}")


def mask_secrets(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Return the log event with everything that looks like a link's secret replaced by an ellipsis."""
    if isinstance(event.get("event"), str):
        event["event"] = _SECRET.sub("…", event["event"])
    return event


View = TypeVar("View", bound=Callable[..., Any])
#: What marks a view, and while it answers the context: nothing is logged but what has failed.
_UNLOGGED = "unlogged"


def unlogged(view: View) -> View:
    """Mark a view that leaves no line in any log, neither that it was asked nor when. What fails leaves one."""
    setattr(view, _UNLOGGED, True)
    return view


def keep_quiet_for(view: Callable[..., Any]) -> None:
    """Log nothing more of this request but failures, if its view is marked."""
    if getattr(view, _UNLOGGED, False):
        bind_contextvars(**{_UNLOGGED: True})


def is_told(record: logging.LogRecord) -> bool:
    """Return whether a line is written: any outside an unlogged request, and within one those of failures."""
    return record.levelno >= logging.ERROR or not get_contextvars().get(_UNLOGGED)


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def current_request_id() -> str:
    """Return the id of the request being answered, or "" outside one."""
    return str(get_contextvars().get("request_id", ""))


def configure(options: dict[str, Any]) -> None:
    """Set up logging; `options` holds `format` (console or json) and `level`. Called by Django as LOGGING_CONFIG."""
    renderer: Any = (
        structlog.processors.JSONRenderer()
        if options["format"] == "json"
        else structlog.dev.ConsoleRenderer(
            colors=False,
            # Tracebacks with local values would print what people have written.
            exception_formatter=structlog.dev.plain_traceback,
        )
    )
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "line": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, mask_secrets, renderer],
                    "foreign_pre_chain": _SHARED,
                }
            },
            "filters": {"told": {"()": lambda: is_told}},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["told"]}},
            "root": {"handlers": ["stderr"], "level": options["level"]},
            "loggers": {
                "procrastinate": {"level": "WARNING"},
                "fontTools": {"level": "WARNING"},
                "weasyprint": {"level": "ERROR"},
            },
        }
    )
