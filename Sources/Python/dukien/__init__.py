"""Facts from news pages, by rule sets.

>>> import dukien
>>> rules = dukien.Rules.load("vi-news")
>>> result = dukien.Extractor(rules).run("Kim ngạch xuất khẩu sang Lào đạt 90 triệu USD.")
>>> for fact in result.facts:
...     print(fact.type, fact.args["value"].norm, fact.evidence[0].quote)
indicator 90000000 USD Kim ngạch xuất khẩu sang Lào đạt 90 triệu USD.
"""

from __future__ import annotations

from . import _native
from ._errors import Cancelled, Error, InputError, InternalError, LimitError, RulesError
from ._extractor import Document, Extractor, article, parse
from ._input import Input, Limits
from ._native import Cancel
from ._records import (
    Block,
    Diagnostic,
    Evidence,
    Fact,
    Field,
    LimitHit,
    Role,
    Span,
    Stage,
    TraceStep,
    Value,
)
from ._result import Article, Image, Result
from ._rules import Rules
from ._table import ArrowStream, Stream, Table, extract, stream

__version__: str = _native.version().partition("+")[0]

__all__ = [
    "Article",
    "ArrowStream",
    "Block",
    "Cancel",
    "Cancelled",
    "Diagnostic",
    "Document",
    "Error",
    "Evidence",
    "Extractor",
    "Fact",
    "Field",
    "Image",
    "Input",
    "InputError",
    "InternalError",
    "LimitError",
    "LimitHit",
    "Limits",
    "Result",
    "Role",
    "Rules",
    "RulesError",
    "Span",
    "Stage",
    "Stream",
    "Table",
    "TraceStep",
    "Value",
    "__version__",
    "article",
    "extract",
    "parse",
    "stream",
]

for _name in __all__:
    _object = globals()[_name]
    if isinstance(_object, type) and _object is not Cancel:
        _object.__module__ = "dukien"
del _name, _object
