"""The README, the example, the command line."""

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_the_readme_runs(monkeypatch, capsys) -> None:
    monkeypatch.chdir(ROOT)
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    section = re.search(r"^## From Python$(.*?)^## ", text, re.MULTILINE | re.DOTALL)
    assert section is not None
    blocks = re.findall(r"^```python\n(.*?)^```$", section[1], re.MULTILINE | re.DOTALL)
    assert len(blocks) > 3
    names: dict[str, object] = {"__name__": "readme"}
    for number, block in enumerate(blocks):
        exec(compile(block, f"README.md, block {number} of From Python", "exec"), names)
    printed = capsys.readouterr().out
    outputs = re.findall(r"^```text\n(.*?)^```$", section[1], re.MULTILINE | re.DOTALL)
    assert outputs
    for output in outputs:
        assert output in printed


def test_the_example_runs(monkeypatch, capsys) -> None:
    script = ROOT / "Sources" / "Python" / "examples" / "folder_to_table.py"
    monkeypatch.setattr(sys, "argv", [str(script), str(ROOT / "seeds")])
    runpy.run_path(str(script), run_name="__main__")
    printed = capsys.readouterr().out
    assert "pages 8" in printed
    assert re.search(r"^indicator +\d+$", printed, re.MULTILINE)


@pytest.mark.parametrize("found", [True, False])
def test_the_command_line_is_run_where_it_is(found: bool, tmp_path) -> None:
    if found:
        program = tmp_path / "dukien"
        program.write_text('#!/bin/sh\necho "got $*"\nexit 3\n')
        program.chmod(0o755)
    done = subprocess.run(
        [sys.executable, "-m", "dukien", "extract", "a b"],
        capture_output=True,
        text=True,
        env={**os.environ, "PATH": str(tmp_path)},
    )
    if found:
        assert (done.stdout, done.returncode) == ("got extract a b\n", 3)
    else:
        assert "swift build" in done.stderr
        assert (done.stdout, done.returncode) == ("", 1)
