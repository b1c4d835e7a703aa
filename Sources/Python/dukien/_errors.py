"""What can go wrong, and which failure of the library is which exception."""

from __future__ import annotations

from typing import Sequence

from ._records import Diagnostic, LimitHit


class Error(Exception):
    """Any failure of dukien. ``code`` is stable, ``hint`` says what to do about it, if anything."""

    code: str
    message: str
    hint: str

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(code, message, hint)
        self.code = code
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class RulesError(Error):
    """Rules that cannot be used; ``diagnostics`` has all findings, with file, line and remedy."""

    diagnostics: tuple[Diagnostic, ...]

    def __init__(
        self, code: str, message: str, hint: str = "", diagnostics: Sequence[Diagnostic] = ()
    ) -> None:
        super().__init__(code, message, hint)
        self.args = (code, message, hint, tuple(diagnostics))
        self.diagnostics = tuple(diagnostics)

    def __str__(self) -> str:
        reasons = [found.rendered for found in self.diagnostics if found.severity == "error"]
        return "\n".join([self.message, *reasons]) if reasons else super().__str__()


class InputError(Error, ValueError):
    """A page, or something said about it, that cannot be taken: a bad date, a missing file."""


class LimitError(Error):
    """Memory ran out; or `Result.raise_for_limits` was asked about a result that was cut, then
    ``hits`` has the bounds."""

    hits: tuple[LimitHit, ...]

    def __init__(
        self, code: str, message: str, hint: str = "", hits: Sequence[LimitHit] = ()
    ) -> None:
        super().__init__(code, message, hint)
        self.args = (code, message, hint, tuple(hits))
        self.hits = tuple(hits)


class Cancelled(Error):
    """The run was ended by its flag."""


class InternalError(Error):
    """A mistake of this package or of the library, which is worth a report."""


_CLASSES: dict[int, type[Error]] = {
    -1: InputError,
    -2: RulesError,
    -3: InputError,
    -4: LimitError,
    -5: Cancelled,
}


def of_status(status: int, code: str, message: str, hint: str) -> Error:
    """The exception for a status of the library."""
    if status == -5 and not message:
        code, message = "cancelled", "the run was cancelled"
    return _CLASSES.get(status, InternalError)(code or f"status.{status}", message, hint)
