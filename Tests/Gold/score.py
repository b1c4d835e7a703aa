#!/usr/bin/env python3
"""Score extraction output against the annotated pages of this folder (see README.md).

usage: score.py PAGES SCORER (--run CMD | --out DIR) [--set SET …] [--errors] [--json] [--floor values=.90 …]

PAGES    the folder with the texts of the pages, NAME.txt
SCORER   the scoring program: `SCORER --gold DIR --texts DIR (--run CMD | --out DIR) …`
--run    a command that prints the JSON result of the page that replaces {}
--out    a folder that already holds the results, NAME.json
--set    tuned, read or held-out; several may be given; without it all pages count
--errors, --json and --floor go to the scorer

The annotations hold byte offsets where the scorer wants text. They are turned into the scorer's
format in a temporary folder; the exit status is the scorer's, or 2 where a page is missing or is
not the text that was annotated.
"""
import argparse
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile

ANNOTATIONS = pathlib.Path(__file__).resolve().parent / "pages"
SETS = ["tuned", "read", "held-out"]


def stop(message):
    print(message, file=sys.stderr)
    sys.exit(2)


def read_page(page, folder):
    """The bytes of an annotated page, which must be those that were annotated."""
    path = folder / page["doc"]
    try:
        data = path.read_bytes()
    except OSError as error:
        stop(f"{path}: {error.strerror}")
    if hashlib.sha256(data).hexdigest() != page["sha256"]:
        stop(f"{path}: not the text that was annotated")
    return data


def spelled(value, data):
    """`value` with each {"span": [begin, end]} replaced by those bytes of the page, at any depth."""
    if isinstance(value, list):
        return [spelled(member, data) for member in value]
    if isinstance(value, dict):
        if set(value) == {"span"}:
            begin, end = value["span"]
            return data[begin:end].decode()
        return {key: spelled(member, data) for key, member in value.items()}
    return value


def quoted(span, data):
    """The quote at `span` and which of its occurrences in the page that is, counted from 1."""
    begin, end = span
    quote, text = data[begin:end].decode(), data.decode()
    place, nth = len(data[:begin].decode()), 1
    at = text.find(quote)
    while at < place:
        at, nth = text.find(quote, at + 1), nth + 1
    return {"quote": quote, "nth": nth}


def scorer_format(page, data):
    """An annotated page as the scorer reads it."""
    values = []
    for value in page["values"]:
        rest = {key: spelled(value[key], data) for key in ("norm", "approx") if key in value}
        values.append({"type": value["type"], **quoted(value["span"], data), **rest})
    facts = []
    for number, fact in enumerate(page["facts"], 1):
        facts.append({"id": f"f{number}", "type": fact["type"], **quoted(fact["span"], data),
                      "args": spelled(fact["args"], data)})
    return {"doc": page["doc"], "article": spelled(page["article"], data), "lines": page["lines"],
            "values": values, "facts": facts}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=pathlib.Path)
    parser.add_argument("scorer")
    results = parser.add_mutually_exclusive_group(required=True)
    results.add_argument("--run")
    results.add_argument("--out")
    parser.add_argument("--set", nargs="+", choices=SETS, default=SETS)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--floor", nargs="+", default=[])
    given = parser.parse_args()

    options = ["--run", given.run] if given.run else ["--out", given.out]
    options += ["--errors"] * given.errors + ["--json"] * given.json
    options += ["--floor", *given.floor] if given.floor else []
    with tempfile.TemporaryDirectory() as gold:
        for path in sorted(ANNOTATIONS.glob("*.json")):
            page = json.loads(path.read_text(encoding="utf-8"))
            if page["set"] in given.set:
                converted = scorer_format(page, read_page(page, given.pages))
                text = json.dumps(converted, ensure_ascii=False)
                (pathlib.Path(gold) / path.name).write_text(text, encoding="utf-8")
        scoring = [sys.executable, given.scorer, "--gold", gold, "--texts", str(given.pages), *options]
        sys.exit(subprocess.run(scoring).returncode)


if __name__ == "__main__":
    main()
