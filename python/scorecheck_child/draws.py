"""`random` of the contract: the same numbers from a key as the child in TypeScript draws, bit for bit."""

from __future__ import annotations

import math
from typing import Any, Callable, Sequence

import numpy as np

from .logarithm import log

RECORDED = 10_000
MASK = (1 << 64) - 1


class Stream:
    """xoroshiro128+ with shifts 24, 16, 37: the lower half of each sum is a 32-bit number."""

    def __init__(self, key: Sequence[int]):
        high0, low0, high1, low1 = key
        self._s0 = high0 << 32 | low0
        self._s1 = high1 << 32 | low1
        self._waiting = np.empty(0, np.uint32)
        self._spare: float | None = None

    def signs(self, count: int) -> np.ndarray:
        """-1 or 1: the upper bit of one number each."""
        numbers = self._peek(count)
        self._drop(count)
        return np.where(numbers >> np.uint32(31), -1.0, 1.0)

    def uniforms(self, count: int) -> np.ndarray:
        """On [0, 1) with 24 bits, so that rounding to float32 never gives 1."""
        uniform = self._doubles(count)
        self._drop(2 * count)
        return np.floor(uniform * 2**24) / 2**24

    def normals(self, count: int) -> np.ndarray:
        """N(0, 1) by the polar method: of a point in the unit disc first its y, then its x, which may wait for the next call."""
        parts = []
        if self._spare is not None and count > 0:
            parts.append(np.array([self._spare]))
            self._spare = None
            count -= 1
        while count > 0:
            points = -(-count // 2)
            trials = points * 4 // 3 + 8
            x, y = (2 * self._doubles(2 * trials) - 1).reshape(trials, 2).T
            square = x * x + y * y
            inside = np.flatnonzero((square > 0) & (square <= 1))[:points]
            self._drop(4 * (int(inside[-1]) + 1 if len(inside) == points else trials))
            r = square[inside]
            factor = np.sqrt(-2 * log(r) / r)
            both = np.stack([y[inside] * factor, x[inside] * factor], axis=1).ravel()
            if len(both) > count:
                self._spare = float(both[-1])
            parts.append(both[:count])
            count -= len(parts[-1])
        return np.concatenate(parts) if parts else np.empty(0)

    def _doubles(self, count: int) -> np.ndarray:
        """Uniform on [0, 1) with 53 bits from the upper bits of two numbers each; the numbers stay until they are dropped."""
        pairs = self._peek(2 * count).reshape(count, 2)
        return ((pairs[:, 0] >> np.uint32(5)) * 2.0**26 + (pairs[:, 1] >> np.uint32(6))) * 2.0**-53

    def _peek(self, count: int) -> np.ndarray:
        missing = count - len(self._waiting)
        if missing > 0:
            self._waiting = np.concatenate([self._waiting, self._next(missing)])
        return self._waiting[:count]

    def _drop(self, count: int) -> None:
        self._waiting = self._waiting[count:]

    def _next(self, count: int) -> np.ndarray:
        s0, s1 = self._s0, self._s1
        numbers = []
        for _ in range(count):
            numbers.append((s0 + s1) & 0xFFFFFFFF)
            s1 ^= s0
            s0 = ((s0 << 24 | s0 >> 40) ^ s1 ^ s1 << 16) & MASK
            s1 = (s1 << 37 | s1 >> 27) & MASK
        self._s0, self._s1 = s0, s1
        return np.array(numbers, np.uint32)


class Random:
    """What the submission gets: every call gives fresh numbers; `draws` records their laws and shapes in order."""

    def __init__(self, key: Sequence[int], draws: list, array: Callable[[np.ndarray], Any]):
        self._stream = Stream(key)
        self._draws = draws
        self._array = array

    def normal(self, shape: int | Sequence[int]) -> Any:
        """Draws of N(0, 1)."""
        return self._drawn("normal", self._stream.normals, shape)

    def uniform(self, shape: int | Sequence[int]) -> Any:
        """Draws from [0, 1)."""
        return self._drawn("uniform", self._stream.uniforms, shape)

    def rademacher(self, shape: int | Sequence[int]) -> Any:
        """-1 or 1 with probability 1/2 each."""
        return self._drawn("rademacher", self._stream.signs, shape)

    def _drawn(self, law: str, draw: Callable[[int], np.ndarray], shape: int | Sequence[int]) -> Any:
        lengths = [int(shape)] if isinstance(shape, (int, np.integer)) else [int(length) for length in shape]
        if any(length < 0 for length in lengths):
            raise ValueError(f"random.{law} expected lengths of 0 or more, got {lengths}.")
        if len(self._draws) < RECORDED:
            self._draws.append([law, lengths])
        return self._array(draw(math.prod(lengths)).astype(np.float32).reshape(lengths))
