"""Callbacks, many pages, threads, processes, Ctrl-C, memory."""

import concurrent.futures
import logging
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import dukien
from conftest import after_work, growth, page_of_facts


def test_a_log_tells_of_the_run(extractor: dukien.Extractor, html: bytes, caplog) -> None:
    lines: list[tuple[int, str]] = []
    extractor.run(html, log=lambda level, text: lines.append((level, text)))
    assert lines
    assert all(level in (1, 2, 3) and text for level, text in lines)
    with caplog.at_level(logging.DEBUG, "dukien.test"):
        extractor.run(html, log=logging.getLogger("dukien.test"))
    assert [record.getMessage() for record in caplog.records][:1] == [lines[0][1]]
    parsed: list[str] = []
    dukien.parse(b"\xff\xff abc", log=lambda level, text: parsed.append(text))
    assert parsed


def test_a_trace_tells_of_rules(extractor: dukien.Extractor, text: str) -> None:
    steps: list[dukien.TraceStep] = []
    result = extractor.run(text, trace=steps.append)
    assert result.facts == extractor.run(text).facts
    assert {step.step for step in steps} >= {"trigger"}
    assert {fact.rule for fact in result.facts} <= {step.rule for step in steps}
    assert all(isinstance(step.ok, bool) and step.span.begin <= step.span.end for step in steps)


@pytest.mark.parametrize("threads", [None, 1, 2])
def test_the_first_exception_of_a_callback_comes_out(
    extractor: dukien.Extractor, text: str, threads: "int | None"
) -> None:
    calls = []

    def fail(*arguments: object) -> None:
        calls.append(arguments)
        raise KeyError("mine")

    for callback in ("log", "trace"):
        calls.clear()
        with pytest.raises(KeyError, match="mine") as caught:
            if threads is None:
                extractor.run(text, **{callback: fail})
            else:
                list(extractor.run_many([text] * 3, threads=threads, **{callback: fail}))
        assert caught.traceback[-1].name == "fail"
        assert 1 <= len(calls) <= (threads or 1)
    assert extractor.run(text).facts


def test_many_pages_come_in_order(extractor: dukien.Extractor, seeds: list[Path]) -> None:
    expected = [extractor.run(path).to_json() for path in seeds]
    for threads in (1, 2, 5):
        results = list(extractor.run_many(seeds * 40, threads=threads))
        assert [result.to_json() for result in results] == expected * 40
        assert [result.id for result in results[:2]] == [str(path) for path in seeds[:2]]
    assert list(extractor.run_many([], threads=2)) == []


def test_many_pages_are_taken_as_they_are_needed(extractor: dukien.Extractor) -> None:
    taken = 0

    def pages():
        nonlocal taken
        while True:
            taken += 1
            yield "Huế"

    results = extractor.run_many(pages(), threads=2)
    for _ in range(3):
        next(results)
    assert taken <= 256
    results.close()


def test_large_pages_are_taken_a_few_at_a_time(extractor: dukien.Extractor) -> None:
    taken = []
    pages = (taken.append(n) or b" " * (3 << 20) for n in range(100))
    next(extractor.run_many(pages, threads=1))
    assert len(taken) == 2


def test_a_page_that_fails_is_a_row(extractor: dukien.Extractor, tmp_path) -> None:
    good = dukien.Input("Huế", id="good")
    bad = dukien.Input("Huế", id="bad", published="never")
    missing = tmp_path / "missing.txt"
    rows = list(extractor.run_many([good, bad, missing, good]))
    assert [row.id for row in rows] == ["good", "bad", str(missing), "good"]
    assert [type(row.error) for row in rows] == [
        type(None),
        dukien.InputError,
        dukien.InputError,
        type(None),
    ]
    for row in rows[1:3]:
        assert row.facts == row.blocks == row.values == row.fields == row.limits == ()
        assert not row.partial and row.stages == ()
        assert repr(row).startswith(f"<Result {row.id}: ")
        assert row.id in row._repr_html_()
        for read in (row.to_json, row.raise_for_limits, lambda: row.article):
            with pytest.raises(dukien.InputError):
                read()
    skipped = extractor.run_many([good, bad, missing, good], on_error="skip")
    assert [row.id for row in skipped] == ["good", "good"]
    raised = extractor.run_many([good, missing, good], on_error="raise")
    assert next(raised).id == "good"
    with pytest.raises(dukien.InputError):
        next(raised)


@pytest.mark.parametrize(
    "arguments", [{"threads": 0}, {"threads": 257}, {"threads": "2"}, {"on_error": "hide"}]
)
def test_wrong_ways_to_run_many_are_refused_at_once(extractor, arguments) -> None:
    with pytest.raises(ValueError):
        extractor.run_many([b"x"], **arguments)
    for page in (b"x", "x", dukien.Input(b"x")):
        with pytest.raises(TypeError):
            extractor.run_many(page)


def test_threads_share_rules_and_extractor(extractor: dukien.Extractor, seeds: list[Path]) -> None:
    pages = [path.read_bytes() for path in seeds]
    expected = [extractor.run(page).facts for page in pages]
    document = dukien.parse(pages[0])

    def work(number: int) -> bool:
        for page, facts in zip(pages, expected):
            assert extractor.run(page).facts == facts
            assert extractor.extract(document).facts == expected[0]
        return True

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(40)))


def test_threads_share_a_result(extractor: dukien.Extractor, text: str) -> None:
    for _ in range(20):
        result = extractor.run(text)
        barrier = threading.Barrier(4)

        def work(_: int):
            barrier.wait()
            return result.facts, result.blocks, result.to_json(), result.article

        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(work, range(4)))
        assert all(answer == answers[0] for answer in answers)


def test_others_run_while_a_page_is_read(extractor: dukien.Extractor) -> None:
    page = page_of_facts(20_000)
    ticks = 0
    done = threading.Event()

    def run() -> None:
        extractor.run(page)
        done.set()

    thread = threading.Thread(target=run)
    start = time.perf_counter()
    thread.start()
    longest, last = 0.0, start
    while not done.is_set():
        time.sleep(0.001)
        now = time.perf_counter()
        longest, last, ticks = max(longest, now - last), now, ticks + 1
    thread.join()
    took = time.perf_counter() - start
    assert ticks > 5 and longest < took / 2


_extractor: dukien.Extractor


def _begin(extractor: dukien.Extractor) -> None:
    global _extractor
    _extractor = extractor


def _count(page: str) -> int:
    return len(_extractor.run(page).facts)


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_processes_take_pickled_rules(extractor: dukien.Extractor, text: str, method: str) -> None:
    expected = len(extractor.run(text).facts)
    context = multiprocessing.get_context(method)
    with concurrent.futures.ProcessPoolExecutor(
        2, context, initializer=_begin, initargs=(pickle.loads(pickle.dumps(extractor)),)
    ) as pool:
        assert list(pool.map(_count, [text] * 8)) == [expected] * 8


def test_a_fork_goes_on_with_what_was_there(extractor: dukien.Extractor, text: str) -> None:
    before = extractor.run(text)
    facts = len(before.facts)
    stop = threading.Event()

    def work() -> None:
        while not stop.is_set():
            extractor.run(text)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(20):
            child = os.fork()
            if child == 0:
                ok = len(extractor.run(text).facts) == facts and before.to_json()
                many = list(extractor.run_many([text] * 4, threads=2))
                os._exit(0 if ok and len(many) == 4 else 1)
            assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def test_a_flag_ends_a_run(extractor: dukien.Extractor) -> None:
    cancel = dukien.Cancel()
    assert extractor.run("Huế", cancel=cancel).blocks
    cancel.set()
    assert cancel.is_set()
    for run in (
        lambda: extractor.run("Huế", cancel=cancel),
        lambda: dukien.parse("Huế", cancel=cancel),
        lambda: extractor.extract(dukien.parse("Huế"), cancel=cancel),
        lambda: list(extractor.run_many(["Huế"] * 3, cancel=cancel)),
    ):
        with pytest.raises(dukien.Cancelled) as caught:
            run()
        assert caught.value.code
    cancel.clear()
    assert extractor.run("Huế", cancel=cancel).blocks
    with pytest.raises(TypeError):
        dukien.Cancel(1)


def test_another_thread_sets_the_flag(extractor: dukien.Extractor) -> None:
    cancel = dukien.Cancel()
    page = page_of_facts(40_000)
    start = time.process_time()
    extractor.run(page)
    whole = time.process_time() - start
    thread = after_work(whole / 10, cancel.set)
    start = time.process_time()
    with pytest.raises(dukien.Cancelled):
        extractor.run(page, cancel=cancel)
    assert time.process_time() - start < whole / 2
    thread.join()


INTERRUPTED = """
import os, signal, sys, time
import dukien
from conftest import after_work, page_of_facts

extractor = dukien.Extractor(dukien.Rules.load("vi-news"))
page = page_of_facts(40_000).encode()
document = dukien.parse(page)
runs = {
    "run": lambda: extractor.run(page),
    "extract": lambda: extractor.extract(document),
    "run_many": lambda: list(extractor.run_many([page[:50_000]] * 1000, threads=2)),
    "table": lambda: dukien.extract(table, extractor.rules, threads=2),
}
if sys.argv[1] == "table":
    import pyarrow
    table = pyarrow.table({"id": ["a"] * 1000, "body": [page[:50_000]] * 1000})

start = time.process_time()
extractor.run(page)
whole = time.process_time() - start
after_work(whole / 10, lambda: os.kill(os.getpid(), signal.SIGINT))
start = time.process_time()
try:
    runs[sys.argv[1]]()
except KeyboardInterrupt:
    took = time.process_time() - start
    assert extractor.run("Huế").blocks
    assert took < whole / 2, (took, whole)
    print("interrupted")
"""


@pytest.mark.parametrize("kind", ["run", "extract", "run_many", "table"])
def test_ctrl_c_ends_a_long_run(kind: str) -> None:
    child = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, kind],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parent,
    )
    assert (child.returncode, child.stdout) == (0, "interrupted\n"), child.stderr


def test_a_handler_that_goes_on_disturbs_nothing(extractor: dukien.Extractor) -> None:
    caught: list[int] = []
    page = page_of_facts(5000)
    before = signal.signal(signal.SIGALRM, lambda number, frame: caught.append(number))
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.02, 0.02)
        facts = extractor.run(page).facts
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert len(facts) == 5000
    assert caught


def test_a_thousand_runs_leave_nothing(rules: dukien.Rules, text: str, html: bytes) -> None:
    extractor = dukien.Extractor(rules)
    bad = dukien.Input(b"x", published="x")

    def once() -> None:
        result = extractor.run(text)
        result.facts, result.blocks, result.values, result.fields, result.limits, result.stages
        result.to_json(), result.article
        result = extractor.extract(dukien.parse(html))
        result.facts, result._repr_html_()
        list(extractor.run_many([text, bad, html], threads=2))
        dukien.Table([result], "values").__arrow_c_stream__()
        try:
            extractor.run(b"x", published="x")
        except dukien.InputError:
            pass
        dukien.Cancel()

    assert growth(once, warm_up=200, rounds=1000) < 4 << 20


def test_rules_and_extractors_are_given_back() -> None:
    source = "name: rain\nlexicons: {weather: [rain, snow]}\n"

    def once() -> None:
        rules = dukien.Rules.load(memory={"a.yaml": source})
        pickle.loads(pickle.dumps(dukien.Extractor(rules))).run("it rains")
        try:
            dukien.Rules.load(memory={"a.yaml": "rules: 5"})
        except dukien.RulesError:
            pass

    assert growth(once, warm_up=100, rounds=500) < 4 << 20
