"""One call of the submission: its arguments made of data, and data made of what it returned."""

from __future__ import annotations

import time
from types import ModuleType
from typing import Any, Callable

import numpy as np

from .chance import draw_from
from .draws import Random
from .functions import Recorder
from .spelling import camel_case, snake_case
from .values import Handle, NoValue, Program, Record, Tensor, Random as RandomValue

DEPTH = 16


class MissingFunction(TypeError):
    """Raised where the submission has no function of that name; `exported` are those that it has."""

    def __init__(self, message: str, exported: list[str]):
        super().__init__(message)
        self.exported = exported


class Loaded:
    """A loaded submission, the kind of arrays that it works with, and the functions that its answers returned."""

    def __init__(self, module: ModuleType, framework: ModuleType, base: int):
        self.module = module
        self.framework = framework
        self.handles: dict[int, Callable] = {}
        self._base = base

    def keep(self, function: Callable) -> Handle:
        """Numbers a function that was returned."""
        number = self._base + len(self.handles)
        self.handles[number] = function
        return Handle(number)


def answer(loaded: Loaded, question: dict[str, Any]) -> Record:
    """Calls the submission as the question says. Raises what the submission raises, and NoValue for an answer that is none."""
    function = _function(loaded, question["call"])
    if question.get("present"):
        return Record({"status": "answered", "value": None, "changedInputs": [], "leakedTensors": 0, "callMilliseconds": 0.0, "programs": [], "draws": []})
    live = _Live(loaded.framework, bool(question.get("record")), bool(question.get("gradient")))
    given = question["arguments"]
    arguments = [live.made(each) for each in given]
    if "chance" in question:
        draw_from(question["chance"].key)
    start = time.perf_counter()
    result = function(*arguments)
    milliseconds = 1000 * (time.perf_counter() - start)
    fields: dict[str, Any] = {"status": "answered", "value": _value(loaded, result, "value", 0)}
    if question.get("gradient"):
        fields["gradients"] = loaded.framework.gradients(result, live.functions, question.get("weights"))
    changed = [path for i, each in enumerate(given) for path in live.changes(each, arguments[i], f"argument {i + 1}")]
    fields.update(
        changedInputs=changed,
        leakedTensors=0,
        callMilliseconds=milliseconds,
        programs=[Record(each.counter.fields()) for each in live.functions],
        draws=live.draws,
    )
    if question.get("record"):
        fields["calls"] = [Record({"program": program, "inputs": inputs}) for program, inputs in live.recorder.calls]
    return Record(fields)


def _function(loaded: Loaded, call: str | Handle) -> Callable:
    if isinstance(call, Handle):
        found, what = loaded.handles.get(call.id), "a function returned before"
    else:
        name = snake_case(call)
        found, what = getattr(loaded.module, name, None), f"the module to define a function {name}"
    if not callable(found):
        own = [each for each, value in vars(loaded.module).items() if getattr(value, "__module__", None) == loaded.module.__name__]
        raise MissingFunction(f"Expected {what}, found {'none' if found is None else type(found).__name__}.", own)
    return found


class _Live:
    """The arguments of one question as the submission gets them, with what they record."""

    def __init__(self, framework: ModuleType, record: bool, gradient: bool):
        self._framework = framework
        self._gradient = gradient
        self.recorder = Recorder(record)
        self.functions: list[Any] = []
        self.draws: list = []

    def made(self, value: Any) -> Any:
        """A value of the question as the submission gets it: records are dicts, bytes are an array of uint8."""
        if isinstance(value, Tensor):
            return self._framework.array(value.array)
        if isinstance(value, Record):
            return {snake_case(name): self.made(each) for name, each in value.fields.items()}
        if isinstance(value, list):
            return [self.made(each) for each in value]
        if isinstance(value, bytes):
            return np.frombuffer(value, np.uint8).copy()
        if isinstance(value, RandomValue):
            return Random(value.key, self.draws, self._framework.array)
        if isinstance(value, Program):
            made = self._framework.Function(value, len(self.functions), self.recorder, self._gradient)
            self.functions.append(made)
            return made
        return value

    def changes(self, value: Any, now: Any, path: str) -> list[str]:
        """The parts of an argument that are not what they were."""
        if isinstance(value, Tensor):
            return [] if self._framework.same(value, now) else [path]
        if isinstance(value, Record):
            fields = {snake_case(name): each for name, each in value.fields.items()}
            if not isinstance(now, dict) or now.keys() != fields.keys():
                return [path]
            return [part for name, each in fields.items() for part in self.changes(each, now[name], f"{path}.{name}")]
        if isinstance(value, list):
            if not isinstance(now, list) or len(now) != len(value):
                return [path]
            return [part for i, each in enumerate(value) for part in self.changes(each, now[i], f"{path}[{i}]")]
        if isinstance(value, bytes):
            return [] if isinstance(now, np.ndarray) and now.tobytes() == value else [path]
        return []


def _value(loaded: Loaded, result: Any, path: str, depth: int) -> Any:
    """What a function returned, as data: arrays, functions, lines of text, and dicts of them."""
    framework = loaded.framework
    if depth > DEPTH:
        raise NoValue(path, f"at most {DEPTH} levels", "more")
    if framework.is_array(result):
        return framework.as_tensor(result, path)
    if isinstance(result, dict):
        return Record({camel_case(str(name)): _value(loaded, each, f"{path}.{name}", depth + 1) for name, each in result.items()})
    if type(result) is str:
        return result
    if result is None:
        raise NoValue(path, framework.NOUN, "None (is a return missing?)")
    if hasattr(result, "__await__"):
        raise NoValue(path, "a value at once", "a coroutine (is the function async?)")
    if callable(result):
        return loaded.keep(result)
    raise NoValue(path, framework.NOUN, f"{type(result).__name__}")
