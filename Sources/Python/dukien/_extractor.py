"""From pages to results."""

from __future__ import annotations

import datetime
from typing import Iterable, Iterator, Literal, Union

from . import _native
from ._errors import Error, InputError
from ._frozen import Frozen
from ._input import (
    Input,
    Limits,
    Log,
    NativeInput,
    Page,
    Trace,
    checked_cancel,
    native_input,
    native_log,
    native_options,
    native_trace,
)
from ._interrupt import interruptible
from ._result import Article, Result
from ._rules import Rules

_PAGES_A_THREAD = 128
_BYTES_A_THREAD = 4 << 20


class Document(Frozen):
    """A page that was read as far as no rules are needed, for many extractors; see `parse`."""

    __slots__ = ("_handle", "_size", "id", "__weakref__")

    _handle: _native.Document
    _size: int
    id: str | None

    def __init__(self) -> None:
        raise TypeError("documents come from dukien.parse")

    @property
    def partial(self) -> bool:
        """Whether a bound cut the page."""
        return self._handle.partial

    def __repr__(self) -> str:
        name = f" {self.id}" if self.id is not None else ""
        return f"<Document{name}: {self._size} bytes>"


def parse(
    page: Page,
    *,
    format: str = "auto",
    url: str | None = None,
    published: str | datetime.date | None = None,
    encoding: str | None = None,
    id: str | None = None,
    limits: Limits | None = None,
    log: Log | None = None,
    cancel: _native.Cancel | None = None,
) -> Document:
    """Reads a page once, to be extracted by several rule sets; the arguments are those of
    `Extractor.run`.

    >>> document = parse("Kim ngạch xuất khẩu sang Lào đạt 90 triệu USD.")
    >>> Extractor(Rules.load("vi-news")).extract(document)
    <Result: 1 blocks, 1 values, 1 facts>
    """
    given = native_input(page, id, format, url, published, encoding)
    options = native_options(limits)
    logger = native_log(log)
    native = interruptible(
        lambda flag: _native.parse(given, options, flag, logger),
        len(given[0]),
        checked_cancel(cancel),
    )
    document = object.__new__(Document)
    document._fill(_handle=native, _size=len(given[0]), id=given[2])
    return document


class Extractor(Frozen):
    """Runs rules over pages. Threads may use one extractor at once: each run has scratch memory of
    its own, which is kept for the next.

    >>> extractor = Extractor(Rules.load("vi-news"))
    >>> result = extractor.run("Kim ngạch xuất khẩu sang Lào đạt 90 triệu USD.")
    >>> result.facts[0].get("value")
    '90000000 USD'
    """

    __slots__ = ("_handle", "_options", "rules", "limits", "__weakref__")

    _handle: _native.Extractor
    _options: dict[str, tuple[int, int, int, int, int, int, int]]
    rules: Rules
    limits: Limits

    def __init__(self, rules: Rules, *, limits: Limits | None = None) -> None:
        if not isinstance(rules, Rules):
            raise TypeError("an extractor wants dukien.Rules")
        limits = limits or Limits()
        self._fill(
            _handle=_native.Extractor(rules._handle),
            _options={until: native_options(limits, until) for until in ("facts", "article")},
            rules=rules,
            limits=limits,
        )

    def run(
        self,
        page: Page,
        *,
        format: str = "auto",
        url: str | None = None,
        published: str | datetime.date | None = None,
        encoding: str | None = None,
        id: str | None = None,
        until: Literal["facts", "article"] = "facts",
        log: Log | None = None,
        trace: Trace | None = None,
        cancel: _native.Cancel | None = None,
    ) -> Result:
        """Reads a page: bytes as they came, a str, or a path.

        ``format`` is ``"text"`` or ``"html"`` where ``"auto"`` should not find out. ``url``,
        ``published`` (a date or YYYY-MM-DD) and ``encoding`` (as an HTTP header names it) tell what is
        known from elsewhere, ``id`` names the page. ``until="article"`` leaves out values and facts.

        ``log`` is called with a level (1 to 3) and a text, or is a `logging.Logger`; ``trace`` with
        each `TraceStep` of the rules. Both may be called on another thread; the first exception
        that one raises comes out of this call at its end. Setting ``cancel`` from another thread
        ends the run with `Cancelled`. Ctrl-C ends a long run by `KeyboardInterrupt`.

        Content never fails: what is wrong with a page stands in ``result.limits``.
        """
        given = native_input(page, id, format, url, published, encoding)
        options = self._how(until)
        logger, tracer = native_log(log), native_trace(trace)
        flag = checked_cancel(cancel)
        native = interruptible(
            lambda flag: self._handle.run(given, options, flag, logger, tracer), len(given[0]), flag
        )
        return Result._of(native, given[2], None)

    def extract(
        self,
        document: Document,
        *,
        until: Literal["facts", "article"] = "facts",
        log: Log | None = None,
        trace: Trace | None = None,
        cancel: _native.Cancel | None = None,
    ) -> Result:
        """As `run`, of a page that `parse` read."""
        if not isinstance(document, Document):
            raise TypeError("extract wants a dukien.Document")
        options = self._how(until)
        logger, tracer = native_log(log), native_trace(trace)
        native = interruptible(
            lambda flag: self._handle.extract(document._handle, options, flag, logger, tracer),
            document._size,
            checked_cancel(cancel),
        )
        return Result._of(native, document.id, None)

    def run_many(
        self,
        inputs: Iterable[Union[Page, Input]],
        *,
        threads: int = 1,
        on_error: Literal["row", "raise", "skip"] = "row",
        until: Literal["facts", "article"] = "facts",
        log: Log | None = None,
        trace: Trace | None = None,
        cancel: _native.Cancel | None = None,
    ) -> Iterator[Result]:
        """The results of many pages, in their order, by that many threads of the library.

        Pages are taken from ``inputs`` some at a time, and paths are read then, so that any number
        of them fits into memory. A page that fails is a result with an ``error``; with
        ``on_error="raise"`` it ends the iteration, with ``"skip"`` it is left out.
        """
        if isinstance(inputs, (str, bytes, bytearray, memoryview, Input)):
            raise TypeError("run_many wants many pages; run takes one")
        if not isinstance(threads, int) or not 1 <= threads <= 256:
            raise ValueError("threads must be 1 to 256")
        if on_error not in ("row", "raise", "skip"):
            raise ValueError('on_error must be "row", "raise" or "skip"')
        options = self._how(until)
        logger, tracer = native_log(log), native_trace(trace)
        flag = checked_cancel(cancel)
        pages = iter(inputs)

        def run(rows: list[NativeInput | Result]) -> list[Result]:
            given = tuple(row for row in rows if not isinstance(row, Result))
            outcomes = iter(
                interruptible(
                    lambda flag: _native.run_batch(
                        self.rules._handle, given, threads, options, flag, logger, tracer
                    ),
                    sum(len(row[0]) for row in given),
                    flag,
                )
            )
            return [
                row if isinstance(row, Result) else _row(next(outcomes), row[2]) for row in rows
            ]

        def results() -> Iterator[Result]:
            while rows := _some(pages, threads):
                for result in run(rows):
                    if result.error is None or on_error == "row":
                        yield result
                    elif on_error == "raise":
                        raise result.error

        return results()

    def _how(self, until: str) -> tuple[int, int, int, int, int, int, int]:
        return self._options.get(until) or native_options(self.limits, until)

    def __repr__(self) -> str:
        return f"<Extractor {self.rules.name}>"

    def __reduce__(self) -> tuple[object, ...]:
        return _unpickle, (self.rules, self.limits)


def _unpickle(rules: Rules, limits: Limits) -> Extractor:
    return Extractor(rules, limits=limits)


def _row(outcome: _native.Result | Error, id: str | None) -> Result:
    if isinstance(outcome, Exception):
        return Result._of(None, id, outcome)
    return Result._of(outcome, id, None)


def _some(pages: Iterator[Union[Page, Input]], threads: int) -> list[NativeInput | Result]:
    """The next pages, as many as threads are busy with for a moment; those that cannot be read are
    results already."""
    rows: list[NativeInput | Result] = []
    size = 0
    for page in pages:
        given = page if isinstance(page, Input) else Input(page)
        try:
            row = native_input(
                given.page, given.id, given.format, given.url, given.published, given.encoding
            )
            size += len(row[0])
            rows.append(row)
        except InputError as error:
            rows.append(Result._of(None, given.id or _name(given.page), error))
        if size >= _BYTES_A_THREAD * threads or len(rows) >= _PAGES_A_THREAD * threads:
            break
    return rows


def _name(page: Page) -> str | None:
    return None if isinstance(page, (str, bytes, bytearray, memoryview)) else str(page)


_parsers: list[_native.Extractor] = []


def article(
    page: Page,
    *,
    format: str = "auto",
    url: str | None = None,
    published: str | datetime.date | None = None,
    encoding: str | None = None,
) -> Article:
    """The article of a page, without rules: title, authors, date, text.

    >>> page = "<html><body><h1>Mưa lớn</h1><p>Trời mưa lớn ở Huế suốt đêm qua.</p></body></html>"
    >>> article(page).text
    'Trời mưa lớn ở Huế suốt đêm qua.'
    """
    given = native_input(page, None, format, url, published, encoding)
    if not _parsers:
        _parsers.append(_native.Extractor(None))
    parser, options = _parsers[0], native_options(None, "article")
    native = interruptible(
        lambda flag: parser.run(given, options, flag, None, None), len(given[0]), None
    )
    return Result._of(native, None, None).article
