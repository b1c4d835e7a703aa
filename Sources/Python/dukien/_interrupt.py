"""Ctrl-C while the library runs.

Python takes signals on the main thread, between two steps of Python. A long call from the main thread
is therefore made on another one, while the main thread waits for it in Python.
"""

from __future__ import annotations

import threading
from typing import Callable, TypeVar

from . import _native

_Answer = TypeVar("_Answer")

LONG = 256 * 1024
"""Bytes of pages from which on a call is long: they take about a tenth of a second."""


def interruptible(
    call: Callable[[_native.Cancel | None], _Answer], size: int, cancel: _native.Cancel | None
) -> _Answer:
    """The answer of ``call``, which is given the flag to run under."""
    if size < LONG or threading.get_ident() != threading.main_thread().ident:
        return call(cancel)
    return _on_thread(call, cancel or _native.Cancel())


def _on_thread(
    call: Callable[[_native.Cancel | None], _Answer], cancel: _native.Cancel
) -> _Answer:
    answers: list[_Answer] = []
    failures: list[BaseException] = []
    # Unlike join, a lock that is waited for lets every version of Python take signals.
    ended = threading.Lock()
    ended.acquire()

    def body() -> None:
        try:
            answers.append(call(cancel))
        except BaseException as failure:
            failures.append(failure)
        finally:
            ended.release()

    thread = threading.Thread(target=body, name="dukien")
    try:
        thread.start()
        ended.acquire()
    except BaseException:
        cancel.set()
        raise
    finally:
        if thread.ident is not None:
            thread.join()
    if failures:
        raise failures[0]
    return answers[0]
