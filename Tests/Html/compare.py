#!/usr/bin/env python3
"""Compares the visible text of pages with libgumbo's: compare.py PAGES RENDERED [SHOWN]

PAGES is a folder of *.html; RENDERED one of *.txt of the same names, which
HtmlDumpTests writes (DUKIEN_HTML_PAGES=PAGES DUKIEN_HTML_OUT=RENDERED swift test --filter HtmlDump).
Prints how many tokens agree in order, and the first SHOWN differences; ends with 1 below 99.9 %.
Wants libgumbo-dev and cc.
"""
import difflib
import subprocess
import sys
import tempfile
from pathlib import Path

here = Path(__file__).parent


def tokens(text):
    text = text.replace("\u200b", " ").replace("\ufeff", " ").replace("\u00ad", "")
    return [token for token in text.split() if token != "|"]


def main(pages, rendered, shown=20):
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "visible"
        subprocess.run(["cc", "-O2", "-o", program, here / "visible.c", "-lgumbo"], check=True)
        total = agreed = 0
        for page in sorted(Path(pages).glob("*.html")):
            ours = Path(rendered) / (page.stem + ".txt")
            text = page.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff")
            answer = subprocess.run([program], input=text.encode(), capture_output=True, check=True)
            theirs = tokens(answer.stdout.decode("utf-8", "replace"))
            mine = tokens(ours.read_text("utf-8"))
            total += max(len(theirs), len(mine))
            if mine == theirs:
                agreed += len(mine)
                continue
            matcher = difflib.SequenceMatcher(None, theirs, mine, autojunk=False)
            for kind, a, b, c, d in matcher.get_opcodes():
                if kind == "equal":
                    agreed += b - a
                elif shown > 0:
                    shown -= 1
                    print(page.name, "gumbo:", " ".join(theirs[a:b])[:200])
                    print(page.name, " ours:", " ".join(mine[c:d])[:200])
    print(f"{agreed} of {total} tokens agree: {100 * agreed / max(total, 1):.4f} %")
    return 0 if total and agreed >= .999 * total else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:])))
