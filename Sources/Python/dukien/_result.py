"""What a run gives."""

from __future__ import annotations

import json
from typing import Any, NamedTuple, NoReturn

from . import _native
from ._errors import Error, LimitError
from ._frozen import Frozen
from ._records import Block, Fact, Field, LimitHit, Stage, Value


class Image(NamedTuple):
    """What an article says of one of its images."""

    caption: str | None = None
    credit: str | None = None


class Article(NamedTuple):
    """An article without the page around it. What it does not have is None."""

    title: str | None
    lead: str | None
    authors: tuple[str, ...]
    published: str | None
    section: str | None
    language: str | None
    canonical: str | None
    images: tuple[Image, ...]
    text: str
    """Paragraphs, headings, lists and tables, an empty line between them, without the title."""
    markdown: str
    """The title and the text."""

    def __repr__(self) -> str:
        by = f" by {', '.join(self.authors)}" if self.authors else ""
        return f"<Article {self.title!r}{by}, {self.published}, {len(self.text)} characters>"

    def _repr_markdown_(self) -> str:
        return self.markdown


class Result(Frozen):
    """What was found on one page.

    Tables are made when they are first looked at; their records are plain values, which live without
    the result. Any number of threads may read one result.
    """

    __slots__ = (
        *("_handle", "id", "error", "_fields", "_blocks", "_values", "_facts", "_limits"),
        *("_article", "__weakref__"),
    )

    _handle: _native.Result | None
    id: str | None
    """The name of the page, where one was given."""
    error: Error | None
    """Why the page could not be read, in the rows of `Extractor.run_many`; the tables are empty then."""

    _fields: tuple[Field, ...] | None
    _blocks: tuple[Block, ...] | None
    _values: tuple[Value, ...] | None
    _facts: tuple[Fact, ...] | None
    _limits: tuple[LimitHit, ...] | None
    _article: Article | None

    def __init__(self) -> None:
        raise TypeError("results come from Extractor.run")

    @classmethod
    def _of(cls, native: _native.Result | None, id: str | None, error: Error | None) -> Result:
        result = object.__new__(cls)
        fill = object.__setattr__
        fill(result, "_handle", native)
        fill(result, "id", id)
        fill(result, "error", error)
        table = None if native else ()
        fill(result, "_fields", table)
        fill(result, "_blocks", table)
        fill(result, "_values", table)
        fill(result, "_facts", table)
        fill(result, "_limits", table)
        fill(result, "_article", None)
        return result

    def _read(self) -> _native.Result:
        if self._handle is None:
            raise self.error or TypeError("a result without a page")
        return self._handle

    @property
    def partial(self) -> bool:
        """Whether a bound cut it short: `limits` says which. What was found is good all the same."""
        return self._handle is not None and self._handle.partial

    @property
    def limits(self) -> tuple[LimitHit, ...]:
        """The bounds that were reached, and the defects of the page."""
        if self._limits is None:
            self._fill(_limits=self._read().limits())
        return self._limits or ()

    def raise_for_limits(self) -> None:
        """Raises `LimitError` where the result is partial, `error` where the page failed."""
        if self.error:
            raise self.error
        if self.partial:
            names = ", ".join(dict.fromkeys(hit.name for hit in self.limits))
            raise LimitError("limit.partial", f"cut short by {names}", "", self.limits)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts, in the order of the page."""
        if self._facts is None:
            self._fill(_facts=self._read().facts())
        return self._facts or ()

    @property
    def values(self) -> tuple[Value, ...]:
        """Dates, money, percentages, quantities."""
        if self._values is None:
            self._fill(_values=self._read().values())
        return self._values or ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All lines or elements of the page, with their labels."""
        if self._blocks is None:
            self._fill(_blocks=self._read().blocks())
        return self._blocks or ()

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of the article, with their places; `article` has them in short."""
        if self._fields is None:
            self._fill(_fields=self._read().fields())
        return self._fields or ()

    @property
    def article(self) -> Article:
        """The article without the page around it."""
        if self._article is None:
            native = self._read()
            row: dict[str, Any] = json.loads(native.print("row"))
            article = Article(
                title=row.get("title"),
                lead=row.get("lead"),
                authors=tuple(row.get("authors", ())),
                published=row.get("published"),
                section=row.get("section"),
                language=row.get("language"),
                canonical=row.get("canonical"),
                images=tuple(
                    Image(image.get("caption"), image.get("credit"))
                    for image in row.get("images", ())
                ),
                text=row["text"],
                markdown=native.print("markdown"),
            )
            self._fill(_article=article)
            return article
        return self._article

    @property
    def stages(self) -> tuple[Stage, ...]:
        """How long each stage of the run took."""
        return self._read().stages() if self._handle else ()

    def to_json(self) -> str:
        """The result as one line of JSON, as the command line prints it."""
        return self._read().json()

    def to_dict(self) -> dict[str, Any]:
        """The same as dictionaries and lists."""
        answer: dict[str, Any] = json.loads(self.to_json())
        return answer

    def __repr__(self) -> str:
        name = f" {self.id}" if self.id is not None else ""
        if self._handle is None:
            return f"<Result{name}: {self.error}>"
        blocks, values, facts = self._handle.counts
        partial = ", partial" if self.partial else ""
        return f"<Result{name}: {blocks} blocks, {values} values, {facts} facts{partial}>"

    def _repr_html_(self) -> str:
        from ._html import html_of

        return html_of(self)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Result cannot be pickled: pickle its records, to_dict() or a table")
