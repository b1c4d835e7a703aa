"""A result as HTML, for notebooks: the article with the sentences marked that state facts, and the
facts."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from ._records import Block, Fact

if TYPE_CHECKING:
    from ._result import Result

_MOST = 200
"""Facts and blocks that are shown."""

_SENTENCE = "background:#fff3bf;color:inherit"
_ROLE = "background:#d0ebff;color:inherit"


def html_of(result: Result) -> str:
    """One piece of HTML that needs nothing else; all text of the page is escaped."""
    if result.error is not None:
        return f"<p><b>{escape(result.id or 'page')}</b>: {escape(str(result.error))}</p>"
    titles = [field.text for field in result.fields if field.field == "title"]
    heading = titles[0] if titles else result.id or "page"
    parts = [f"<h4>{escape(heading)}</h4>"]
    if result.partial:
        names = ", ".join(dict.fromkeys(hit.name for hit in result.limits))
        parts.append(f"<p><em>cut short: {escape(names)}</em></p>")
    parts += _article(result)
    parts += _facts(result.facts)
    return f'<div class="dukien">{"".join(parts)}</div>'


def _article(result: Result) -> list[str]:
    quotes: dict[int, list[str]] = {}
    for fact in result.facts:
        for evidence in fact.evidence:
            if evidence.block is not None:
                quotes.setdefault(evidence.block, []).append(evidence.quote)
    shown = [
        (block, quotes.get(number, []))
        for number, block in enumerate(result.blocks)
        if block.is_body or number in quotes
    ]
    return [_block(block, marked) for block, marked in shown[:_MOST]] + _rest(len(shown), "blocks")


def _block(block: Block, quotes: list[str]) -> str:
    tag = "h5" if block.is_heading else "p"
    return f"<{tag}>{_marked(block.text, [(quote, '', _SENTENCE) for quote in quotes])}</{tag}>"


def _facts(facts: tuple[Fact, ...]) -> list[str]:
    if not facts:
        return []
    rows = []
    for fact in facts[:_MOST]:
        roles = "<br>".join(
            f"<b>{escape(role.role)}</b>: {escape(role.text or role.value)}"
            + (f" <code>{escape(role.norm)}</code>" if role.norm not in (None, role.text) else "")
            for role in fact.roles
        )
        marks = [(role.text, role.role, _ROLE) for role in fact.roles]
        quotes = "<br>".join(_marked(evidence.quote, marks) for evidence in fact.evidence)
        rows.append(f"<tr><td>{escape(fact.type)}</td><td>{roles}</td><td>{quotes}</td></tr>")
    head = "<tr><th>fact</th><th>roles</th><th>evidence</th></tr>"
    return [
        f'<table style="text-align:left"><thead>{head}</thead><tbody>{"".join(rows)}</tbody></table>'
    ] + _rest(len(facts), "facts")


def _rest(count: int, what: str) -> list[str]:
    return [f"<p>… and {count - _MOST} more {what}</p>"] if count > _MOST else []


def _marked(text: str, marks: list[tuple[str, str, str]]) -> str:
    """The text with pieces marked where they stand first; of two that overlap, the one before."""
    places = sorted(
        (text.find(piece), -len(piece), name, style)
        for piece, name, style in marks
        if piece and piece in text
    )
    out, done = [], 0
    for begin, length, name, style in places:
        if begin < done:
            continue
        out.append(escape(text[done:begin]))
        done = begin - length
        title = f' title="{escape(name)}"' if name else ""
        out.append(f'<mark style="{style}"{title}>{escape(text[begin:done])}</mark>')
    return "".join(out) + escape(text[done:])
