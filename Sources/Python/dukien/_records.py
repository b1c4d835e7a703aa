"""What is found on a page: immutable records, which are named tuples.

A text that the page does not have is None. ``span`` is a place in the bytes of the page as it was
given, ``str_span`` the same place in its ``str``: the one that was given, or ``page.decode()`` where
the page was bytes of UTF-8. Pages in other encodings have no ``str_span``. Both are None where
nothing on the page stands for the record, such as a role that the rule supplied.
"""

from __future__ import annotations

from typing import NamedTuple, TypeVar

_Page = TypeVar("_Page", bytes, str)


class Span(NamedTuple):
    """A half-open range ``begin <= i < end``.

    >>> Span(4, 7).of("Nam Lào Bắc")
    'Lào'
    """

    begin: int
    end: int

    @property
    def slice(self) -> slice:
        """The range as a slice, so that ``page[span.slice]`` is what stands there."""
        return slice(self.begin, self.end)

    def of(self, page: _Page) -> _Page:
        """What stands there: of ``span`` in bytes, of ``str_span`` in a str."""
        return page[self.begin : self.end]

    def __repr__(self) -> str:
        return f"{self.begin}..{self.end}"


def _span(begin: int | None, end: int | None) -> Span | None:
    return None if begin is None or end is None else Span(begin, end)


class Field(NamedTuple):
    """One field of the article, such as its title or an author."""

    field: str
    text: str
    norm: str | None
    from_: str | None
    begin: int | None
    end: int | None
    str_begin: int | None
    str_end: int | None
    group: int | None
    """The fields of one image have one number here."""

    @property
    def span(self) -> Span | None:
        """Its place in the bytes of the page, ``begin`` to ``end``."""
        return _span(self.begin, self.end)

    @property
    def str_span(self) -> Span | None:
        """Its place in the str of the page, ``str_begin`` to ``str_end``."""
        return _span(self.str_begin, self.str_end)

    def __repr__(self) -> str:
        return f"<Field {self.field}: {_both(self.text, self.norm)}>"


class Block(NamedTuple):
    """A line or an element of the page, with its label and the rule that gave the label."""

    kind: str
    reason: str
    text: str
    begin: int | None
    end: int | None
    str_begin: int | None
    str_end: int | None
    path: str | None
    """The tags around it on an HTML page, the innermost last."""
    flags: int
    heading: int
    """The level of a heading, from 1; 0 of anything else."""

    @property
    def span(self) -> Span | None:
        """Its place in the bytes of the page, ``begin`` to ``end``."""
        return _span(self.begin, self.end)

    @property
    def str_span(self) -> Span | None:
        """Its place in the str of the page, ``str_begin`` to ``str_end``."""
        return _span(self.str_begin, self.str_end)

    @property
    def is_content(self) -> bool:
        """Whether facts are looked for in it."""
        return bool(self.flags & 1)

    @property
    def is_body(self) -> bool:
        """Whether it is part of the article's text."""
        return bool(self.flags & 2)

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading in the article's text."""
        return bool(self.flags & 4)

    @property
    def is_item(self) -> bool:
        """Whether it is an item of a list."""
        return bool(self.flags & 8)

    @property
    def is_quote(self) -> bool:
        """Whether it is part of a quotation."""
        return bool(self.flags & 16)

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return bool(self.flags & 32)

    def __repr__(self) -> str:
        return f"<Block {self.kind}: {_short(self.text)}>"


class Value(NamedTuple):
    """A date, an amount of money, a percentage, a quantity."""

    type: str
    text: str
    norm: str | None
    approx: str | None
    """How the page hedges it: ``about``, ``more_than``, and so on."""
    begin: int | None
    end: int | None
    str_begin: int | None
    str_end: int | None
    block: int | None
    """The place in ``blocks`` of the block that it stands in."""

    @property
    def span(self) -> Span | None:
        """Its place in the bytes of the page, ``begin`` to ``end``."""
        return _span(self.begin, self.end)

    @property
    def str_span(self) -> Span | None:
        """Its place in the str of the page, ``str_begin`` to ``str_end``."""
        return _span(self.str_begin, self.str_end)

    def __repr__(self) -> str:
        return f"<Value {self.type}: {_both(self.text, self.norm)}>"


class Role(NamedTuple):
    """One part of a fact."""

    role: str
    text: str
    norm: str | None
    from_: str | None
    """Where it was completed from, if not from the sentence itself."""
    begin: int | None
    end: int | None
    str_begin: int | None
    str_end: int | None
    flags: int

    @property
    def span(self) -> Span | None:
        """Its place in the bytes of the page, ``begin`` to ``end``."""
        return _span(self.begin, self.end)

    @property
    def str_span(self) -> Span | None:
        """Its place in the str of the page, ``str_begin`` to ``str_end``."""
        return _span(self.str_begin, self.str_end)

    @property
    def value(self) -> str:
        """The normal form where there is one, else the words of the page."""
        return self.norm or self.text

    @property
    def is_list(self) -> bool:
        """Whether the rules declare the role as a list; its values follow one another."""
        return bool(self.flags & 1)

    @property
    def is_flag(self) -> bool:
        """Whether the role says yes by being there."""
        return bool(self.flags & 2)

    def __repr__(self) -> str:
        return f"<Role {self.role}: {_both(self.text, self.norm)}>"


class Evidence(NamedTuple):
    """A sentence that supports a fact."""

    quote: str
    begin: int | None
    end: int | None
    str_begin: int | None
    str_end: int | None
    block: int | None
    """The place in ``blocks`` of the block that it stands in."""

    @property
    def span(self) -> Span | None:
        """Its place in the bytes of the page, ``begin`` to ``end``."""
        return _span(self.begin, self.end)

    @property
    def str_span(self) -> Span | None:
        """Its place in the str of the page, ``str_begin`` to ``str_end``."""
        return _span(self.str_begin, self.str_end)

    def __repr__(self) -> str:
        return f"<Evidence {_short(self.quote)}>"


class Fact(NamedTuple):
    """An assertion: its type, its roles, and the sentences that state it."""

    type: str
    rule: str
    polarity: str | None
    said_by: str | None
    roles: tuple[Role, ...]
    evidence: tuple[Evidence, ...]
    begin: int | None
    end: int | None
    str_begin: int | None
    str_end: int | None

    @property
    def span(self) -> Span | None:
        """Its place in the bytes of the page, ``begin`` to ``end``."""
        return _span(self.begin, self.end)

    @property
    def str_span(self) -> Span | None:
        """Its place in the str of the page, ``str_begin`` to ``str_end``."""
        return _span(self.str_begin, self.str_end)

    @property
    def args(self) -> dict[str, Role]:
        """The roles by name; of a list its first value, see `all`."""
        args: dict[str, Role] = {}
        for role in self.roles:
            args.setdefault(role.role, role)
        return args

    def all(self, name: str) -> tuple[Role, ...]:
        """All values of a role, none where the fact has no such role."""
        return tuple(role for role in self.roles if role.role == name)

    def get(self, name: str) -> str | None:
        """The value of a role, of a list the first; None where the fact has no such role."""
        for role in self.roles:
            if role.role == name:
                return role.value
        return None

    def __repr__(self) -> str:
        roles = "; ".join(f"{role.role}: {_both(role.text, role.norm)}" for role in self.roles)
        return f"<Fact {self.type} {roles}>"


class LimitHit(NamedTuple):
    """A bound that was reached, or a defect of the page; what was lost begins at ``span``."""

    name: str
    bound: int
    seen: int
    span: Span

    def __repr__(self) -> str:
        return f"<LimitHit {self.name}: {self.seen} of {self.bound} at {self.span.begin}>"


class Stage(NamedTuple):
    """How long a stage of the run took, and how many steps of matching."""

    name: str
    nanoseconds: int
    steps: int


class Diagnostic(NamedTuple):
    """One finding about a rule file. Lines and columns count from 1; 0 is unknown."""

    severity: str
    """``note``, ``warning`` or ``error``."""
    code: str
    message: str
    hint: str
    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    rule_id: str | None
    yaml_path: str | None
    rendered: str

    def __str__(self) -> str:
        return self.rendered

    def __repr__(self) -> str:
        return f"<Diagnostic {self.file}:{self.line}:{self.column}: {self.severity}[{self.code}]>"


class TraceStep(NamedTuple):
    """How a rule of facts fared at one place; ``step`` is one of those that dukien.h lists."""

    rule: str
    step: str
    span: Span
    ok: bool


def _short(text: str, most: int = 60) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"


def _both(text: str, norm: str | None) -> str:
    text = _short(text)
    if not text or norm is None or norm == text:
        return text or norm or ""
    return f"{text} ({_short(norm)})"
