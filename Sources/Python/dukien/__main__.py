"""``python -m dukien``: the command line, where its program is installed."""

from __future__ import annotations

import os
import shutil
import sys


def main() -> None:
    beside = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bin", "dukien")
    program = beside if os.access(beside, os.X_OK) else shutil.which("dukien")
    if program is None:
        sys.exit(
            "dukien: the command line is a program of its own, which is not on the PATH; build it "
            "from the sources with `swift build -c release --product dukien`"
        )
    os.execv(program, [program, *sys.argv[1:]])


if __name__ == "__main__":
    main()
