"""What crosses the border, beside None, bool, int, float, str, bytes and lists: data, and nothing that acts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Sequence

import numpy as np


@dataclass(frozen=True)
class Tensor:
    """Numbers row by row: float32, int32, or booleans as bytes."""

    array: np.ndarray


@dataclass(frozen=True)
class Record:
    """Named values; the names are those of the contract."""

    fields: dict[str, Any]


@dataclass(frozen=True)
class Random:
    """The state of a single-use stream: four 32-bit integers, the high and low half of each 64-bit word."""

    key: tuple[int, int, int, int]


@dataclass(frozen=True)
class Handle:
    """A function that an earlier answer returned."""

    id: int


@dataclass(frozen=True)
class Step:
    """One operation; `of` numbers its operands: the inputs first, then the parameters, then the steps before this one."""

    op: str
    of: tuple[int, ...]
    numbers: tuple[float, ...]


@dataclass(frozen=True)
class Program:
    """A function argument as a list of generic operations."""

    name: str
    inputs: tuple[tuple[str, Sequence[int | str] | None], ...]
    parameters: tuple[Tensor, ...]
    steps: tuple[Step, ...]
    result: int


class NoValue(Exception):
    """Raised for what a function returned and the contract does not know: what was expected, what was found, and where."""

    def __init__(self, path: str, expected: str, got: str):
        super().__init__(f"Expected {expected} at {path}, got {got}.")
        self.path, self.expected, self.got = path, expected, got
