"""Rule sets."""

from __future__ import annotations

import os
from typing import Mapping, Union

from . import _native
from ._frozen import Frozen
from ._errors import RulesError
from ._records import Diagnostic

Source = Union[str, "os.PathLike[str]"]


class Rules(Frozen):
    """Checked and compiled rule sets: immutable, for any number of threads and extractors.

    >>> rules = Rules.load("vi-news")
    >>> rules.name
    'vi-news@1.0.0'
    """

    __slots__ = ("_handle", "diagnostics", "__weakref__")

    _handle: _native.Rules
    diagnostics: tuple[Diagnostic, ...]
    """What was found on loading, short of errors."""

    def __init__(self) -> None:
        raise TypeError("rules are loaded: dukien.Rules.load(...)")

    @classmethod
    def load(
        cls,
        *sets: Source,
        search_path: tuple[Source, ...] | list[Source] = (),
        memory: Mapping[str, str | bytes] | None = None,
        warnings_as_errors: bool = False,
    ) -> Rules:
        """Loads rule sets and checks them.

        A set that is the path of a file or folder, or has a slash in it, is a path; any other is a
        name, looked for in the folders of ``search_path`` and at last among the sets inside the
        library. ``memory`` holds rule files, by the name that diagnostics give them. Where nothing
        is named, the set ``vi-news`` is loaded.

        Raises `RulesError`, whose diagnostics tell every mistake at once.

        >>> Rules.load("no-such-set")
        Traceback (most recent call last):
        ...
        dukien.RulesError: ...
        """
        sources: list[tuple[str, str] | tuple[str, str, bytes]] = []
        for folder in _paths(search_path):
            sources.append(("search", os.fspath(folder)))
        for source in sets or (() if memory else ("vi-news",)):
            sources.append(_source(source))
        for label, text in (memory or {}).items():
            sources.append(("memory", label, text.encode() if isinstance(text, str) else text))
        return cls._compile(tuple(sources), warnings_as_errors)

    @classmethod
    def from_bundle(cls, bundle: bytes) -> Rules:
        """The rules that `bundle` was made of; nothing else is read."""
        return cls._compile((("memory", "bundle", bytes(bundle)),), False)

    @classmethod
    def _compile(
        cls, sources: tuple[tuple[str, str] | tuple[str, str, bytes], ...], strict: bool
    ) -> Rules:
        outcome, diagnostics = _native.compile(sources, strict)
        if isinstance(outcome, RulesError):
            raise RulesError(outcome.code, outcome.message, outcome.hint, diagnostics)
        if isinstance(outcome, Exception):
            raise outcome
        rules = object.__new__(cls)
        rules._fill(_handle=outcome, diagnostics=diagnostics)
        return rules

    @property
    def name(self) -> str:
        """Name and version, such as ``vi-news@1.0.0``."""
        return self._handle.name

    @property
    def fingerprint(self) -> str:
        """16 hexadecimal digits that change with the content of the rules."""
        return self._handle.fingerprint

    def bundle(self) -> bytes:
        """The sources of the rules and of every set that they use, for `from_bundle` on any machine
        with this or a later version."""
        return self._handle.bundle()

    def __eq__(self, other: object) -> bool:
        return (
            (self.name, self.fingerprint) == (other.name, other.fingerprint)
            if isinstance(other, Rules)
            else NotImplemented
        )

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    def __repr__(self) -> str:
        return f"<Rules {self.name} {self.fingerprint}>"

    def __reduce__(self) -> tuple[object, ...]:
        return _unpickle, (self.bundle(), self.fingerprint)


def _unpickle(bundle: bytes, fingerprint: str) -> Rules:
    rules = Rules.from_bundle(bundle)
    if rules.fingerprint != fingerprint:
        raise RulesError(
            "rules.fingerprint",
            f"the pickled rules have the fingerprint {fingerprint}, their bundle {rules.fingerprint}",
            "use one version of dukien in all processes",
        )
    return rules


def _paths(folders: tuple[Source, ...] | list[Source]) -> tuple[Source, ...]:
    if isinstance(folders, (str, os.PathLike)):
        raise TypeError("search_path is a list of folders")
    return tuple(folders)


def _source(source: Source) -> tuple[str, str]:
    if not isinstance(source, (str, os.PathLike)):
        raise TypeError(f"a rule set is a name or a path, not {type(source).__name__}")
    path = os.fspath(source)
    if os.path.isdir(path):
        return "dir", path
    is_path = os.path.isfile(path) or not isinstance(source, str) or os.sep in path
    return ("file" if is_path else "name"), path
