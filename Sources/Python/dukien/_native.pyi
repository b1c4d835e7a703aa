from typing import Callable, final

from ._errors import Error
from ._input import NativeInput, Options
from ._records import (
    Block,
    Diagnostic,
    Fact,
    Field,
    LimitHit,
    Stage,
    TraceStep,
    Value,
)

_Log = Callable[[int, str], object] | None
_Trace = Callable[[TraceStep], object] | None

@final
class Rules:
    @property
    def name(self) -> str: ...
    @property
    def fingerprint(self) -> str: ...
    def bundle(self) -> bytes: ...

@final
class Extractor:
    def __new__(cls, rules: Rules | None, /) -> Extractor: ...
    def run(
        self,
        input: NativeInput,
        options: Options,
        cancel: Cancel | None,
        log: _Log,
        trace: _Trace,
        /,
    ) -> Result: ...
    def extract(
        self,
        document: Document,
        options: Options,
        cancel: Cancel | None,
        log: _Log,
        trace: _Trace,
        /,
    ) -> Result: ...

@final
class Document:
    @property
    def partial(self) -> bool: ...

@final
class Result:
    @property
    def partial(self) -> bool: ...
    @property
    def counts(self) -> tuple[int, int, int]: ...
    def fields(self) -> tuple[Field, ...]: ...
    def blocks(self) -> tuple[Block, ...]: ...
    def values(self) -> tuple[Value, ...]: ...
    def facts(self) -> tuple[Fact, ...]: ...
    def limits(self) -> tuple[LimitHit, ...]: ...
    def stages(self) -> tuple[Stage, ...]: ...
    def json(self) -> str: ...
    def print(self, form: str, /) -> str: ...

@final
class Cancel:
    def __new__(cls) -> Cancel: ...
    def set(self) -> None: ...
    def clear(self) -> None: ...
    def is_set(self) -> bool: ...

@final
class Batches:
    @property
    def rows(self) -> int: ...
    @property
    def table(self) -> int: ...
    def stream(self) -> object: ...

def version() -> str: ...
def has(feature: str, /) -> bool: ...
def compile(
    sources: tuple[tuple[str, str] | tuple[str, str, bytes], ...], warnings_as_errors: bool, /
) -> tuple[Rules | Error, tuple[Diagnostic, ...]]: ...
def parse(
    input: NativeInput, options: Options, cancel: Cancel | None, log: _Log, /
) -> Document: ...
def run_batch(
    rules: Rules,
    inputs: tuple[NativeInput, ...],
    threads: int,
    options: Options,
    cancel: Cancel | None,
    log: _Log,
    trace: _Trace,
    /,
) -> list[Result | Error]: ...
def arrow_schema(table: int, /) -> object: ...
def export(results: tuple[Result, ...], table: int, /) -> Batches: ...
def run_arrow(
    rules: Rules,
    stream: object,
    columns: tuple[str, str | None, str | None, str | None, str | None],
    table: int,
    threads: int,
    options: Options,
    cancel: Cancel | None,
    /,
) -> object: ...
def collect(stream: object, table: int, /) -> Batches | str: ...
