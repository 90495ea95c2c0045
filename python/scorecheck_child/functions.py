"""What both kinds of function arguments share: what they expect, and what they count."""

from __future__ import annotations

from typing import Any, Callable, Sequence

from .values import Program

RECORDED_CALLS = 256
RECORDED_BYTES = 16_000_000


class Counter:
    """Counts of one function argument within one question."""

    def __init__(self) -> None:
        self.calls = self.rows = 0
        # Derivatives that reached the input, and those that started at the result: the larger is the number of products.
        self.at_input = [0, 0]
        self.at_result = [0, 0]

    def product(self, place: list[int], shape: Sequence[int], times: int = 1) -> None:
        """One more vector-Jacobian product with rows of this shape."""
        place[0] += times
        place[1] += times * rows_of(shape)

    def fields(self) -> dict[str, int]:
        """As the answer tells them."""
        products, rows = max(self.at_input, self.at_result)
        return {"calls": self.calls, "rows": self.rows, "products": products, "productRows": rows}


class Recorder:
    """Keeps what programs were called with, where the question asks for it."""

    def __init__(self, record: bool):
        self._record = record
        self._bytes = 0
        self.calls: list[tuple[int, list]] = []

    def called(self, program: int, inputs: Callable[[], list]) -> None:
        """One call of the program with that number; `inputs` copies what it was called with."""
        if not self._record or len(self.calls) >= RECORDED_CALLS or self._bytes > RECORDED_BYTES:
            return
        copies = inputs()
        self._bytes += sum(each.array.nbytes for each in copies)
        self.calls.append((program, copies))


def rows_of(shape: Sequence[int]) -> int:
    """The number of examples in a batch."""
    return int(shape[0]) if len(shape) > 0 else 1


def expect_inputs(program: Program, given: Sequence[Any], is_array: Callable[[Any], bool], noun: str) -> None:
    """Raises TypeError where a program is called with other inputs than it has, in number, kind or shape."""
    if len(given) != len(program.inputs):
        names = ", ".join(name for name, _ in program.inputs)
        raise TypeError(f"{program.name} expected {len(program.inputs)} arguments ({names}), got {len(given)}.")
    named: dict[str, int] = {}
    for (name, signature), x in zip(program.inputs, given):
        if not is_array(x):
            raise TypeError(f"{program.name} expected {noun} as {name}, got {type(x).__name__}.")
        where = ", ".join(f"{letter} = {length}" for letter, length in named.items())
        if signature is not None and not _agrees(x.shape, signature, named):
            expected = ", ".join(map(str, signature))
            raise TypeError(
                f"{program.name} expected {name} of shape [{expected}]{where and f' with {where}'}, "
                f"got [{', '.join(map(str, x.shape))}]."
            )


def _agrees(shape: Sequence[int], signature: Sequence[int | str], named: dict[str, int]) -> bool:
    if len(shape) != len(signature):
        return False
    for length, expected in zip(shape, signature):
        if isinstance(expected, str):
            expected = named.setdefault(expected, length)
        if length != expected:
            return False
    return True
