"""What a user's program may look like; checked by mypy --strict and never run."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import dukien

rules: dukien.Rules = dukien.Rules.load("vi-news", Path("rules"), search_path=["team"])
places: list[tuple[str, int, int, str]] = [
    (found.file, found.line, found.column, found.hint) for found in rules.diagnostics
]
extractor = dukien.Extractor(rules, limits=dukien.Limits(max_input=8 << 20, max_facts=5000))
result: dukien.Result = extractor.run(b"", format="html", published=date(2024, 1, 1), until="facts")
names: list[str] = [hit.name for hit in result.limits]


def buyers() -> Iterator[str]:
    for fact in result.facts:
        buyer = fact.args.get("buyer")
        if buyer is not None and buyer.norm is not None:
            yield buyer.norm.upper()
        for evidence in fact.evidence:
            if evidence.str_span is not None:
                yield evidence.str_span.of("text")


for row in extractor.run_many([b"", "", Path("x"), dukien.Input(b"", id="x")], on_error="skip"):
    if isinstance(row.error, dukien.Error):
        code: str = row.error.code
table: dukien.Table = dukien.Table([result], "values")
again: dukien.Table = dukien.extract(table, rules, text="text", id=None, threads=4)
rows: int = len(again)
title: str | None = dukien.article("").title
try:
    extractor.extract(dukien.parse(b""), trace=lambda step: print(step.rule, step.ok))
except dukien.RulesError as error:
    print(error.diagnostics[0].message)
except (dukien.LimitError, dukien.Cancelled):
    pass
