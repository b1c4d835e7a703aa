"""Pages and how they are to be read."""

from __future__ import annotations

import dataclasses
import datetime
import logging
import os
from typing import Callable, NamedTuple, Union

from . import _native
from ._errors import InputError
from ._records import TraceStep

Page = Union[str, bytes, bytearray, memoryview, "os.PathLike[str]"]
"""A str is the page itself, already decoded; a path is read."""

Log = Union[Callable[[int, str], object], logging.Logger]
Trace = Callable[[TraceStep], object]

FORMATS = {"auto": 0, "text": 1, "html": 2}
UNTIL = {"facts": 0, "article": 1}


class Input(NamedTuple):
    """A page for `Extractor.run_many`, with what is known of it from elsewhere."""

    page: Page
    id: str | None = None
    format: str = "auto"
    url: str | None = None
    published: str | datetime.date | None = None
    encoding: str | None = None


@dataclasses.dataclass(frozen=True)
class Limits:
    """Bounds of a run; None is the bound of the library. All but ``max_millis`` are repeatable: the
    same page gives the same answer.

    >>> Limits(max_facts=1000).max_facts
    1000
    """

    max_input: int | None = None
    """Bytes of a page; 16 MiB. What is longer is cut there."""
    max_tokens: int | None = None
    """Words of a page; 4 million."""
    max_facts: int | None = None
    """Facts of a page; 50,000."""
    max_steps: int | None = None
    """Steps of matching; proportional to the words."""
    max_memory: int | None = None
    """Bytes that what was read and found of a page takes; 2 GiB."""
    max_millis: int | None = None
    """Milliseconds; none. The one bound that goes by the clock."""

    def __post_init__(self) -> None:
        for field in dataclasses.fields(self):
            bound = getattr(self, field.name)
            if bound is None:
                continue
            if not isinstance(bound, int) or isinstance(bound, bool):
                raise TypeError(f"{field.name} must be an int or None")
            if not 0 < bound < 1 << 64:
                raise ValueError(f"{field.name} must be at least 1")


Options = tuple[int, int, int, int, int, int, int]
NativeInput = tuple[
    bytes, int, Union[str, None], Union[str, None], Union[str, None], Union[str, None]
]


def native_options(limits: Limits | None, until: str = "facts") -> Options:
    """Limits in the order of the C struct; 0 stands for the library's."""
    if until not in UNTIL:
        raise InputError("input.until", f"until is {until!r}", 'one of: "facts", "article"')
    bounds = limits or Limits()
    return (
        bounds.max_input or 0,
        bounds.max_tokens or 0,
        bounds.max_facts or 0,
        bounds.max_steps or 0,
        bounds.max_memory or 0,
        bounds.max_millis or 0,
        UNTIL[until],
    )


def native_input(
    page: Page,
    id: str | None,
    format: str,
    url: str | None,
    published: str | datetime.date | None,
    encoding: str | None,
) -> NativeInput:
    """What the library is told of a page; a file is read here."""
    if type(page) is not bytes:
        if isinstance(page, str):
            if encoding is not None:
                raise InputError("input.encoding", "a str has no encoding", "give the page as bytes")
            # A str may hold half a pair of surrogates; the library notes that and goes on.
            page = page.encode("utf-8", "surrogatepass")
            encoding = "utf-8"
        elif isinstance(page, (bytes, bytearray, memoryview)):
            page = bytes(page)
        elif isinstance(page, os.PathLike):
            # A file name may hold any bytes; an id may not.
            id = os.fsencode(page).decode("utf-8", "replace") if id is None else id
            page = _read(page)
        else:
            raise TypeError(f"a page is bytes, a str or a path, not {type(page).__name__}")
    if format not in FORMATS:
        raise InputError("input.format", f"format is {format!r}", 'one of: "auto", "text", "html"')
    if isinstance(published, datetime.date):
        published = published.isoformat()[:10]
    return page, FORMATS[format], id, url, published, encoding


def _read(path: os.PathLike[str]) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise InputError("input.unreadable", f"{os.fspath(path)}: {error.strerror}") from error


_LEVELS = {1: logging.WARNING, 2: logging.INFO, 3: logging.DEBUG}


def native_log(log: Log | None) -> Callable[[int, str], object] | None:
    """A function for a logger; a function as it is."""
    if isinstance(log, logging.Logger):
        logger = log
        return lambda level, text: logger.log(_LEVELS.get(level, logging.INFO), "%s", text)
    if log is not None and not callable(log):
        raise TypeError("log must be a function of level and text, or a logging.Logger")
    return log


def native_trace(trace: Trace | None) -> Trace | None:
    if trace is not None and not callable(trace):
        raise TypeError("trace must be a function of a TraceStep")
    return trace


def checked_cancel(cancel: _native.Cancel | None) -> _native.Cancel | None:
    if cancel is not None and not isinstance(cancel, _native.Cancel):
        raise TypeError("cancel must be a dukien.Cancel")
    return cancel
