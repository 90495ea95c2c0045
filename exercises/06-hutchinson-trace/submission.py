from __future__ import annotations

from typing import Callable, Protocol, Sequence

import numpy as np

Array = np.ndarray  # float32, or float64


class Score(Protocol):
    """score(x): [n, d] -> [n, d]."""

    def __call__(self, x: Array) -> Array: ...

    def vjp(self, x: Array, v: Array) -> Array:
        """Row by row v times the Jacobian of the score in x: two arrays [n, d] -> [n, d]."""
        ...


class Random(Protocol):
    """Fresh random numbers at every call; nothing else is random."""

    def normal(self, shape: Sequence[int]) -> Array:
        """N(0, 1)."""
        ...

    def uniform(self, shape: Sequence[int]) -> Array:
        """Uniform on [0, 1)."""
        ...

    def rademacher(self, shape: Sequence[int]) -> Array:
        """-1 or 1 with probability 1/2 each."""
        ...


def hutchinson_trace(matvec: Callable[[Array], Array], probes: Array) -> Array:
    """Task 1. The mean over j of v_jᵀ A v_j; matvec: [m, d] -> [m, d] multiplies each row by A, probes are [m, d]: a scalar."""
    raise NotImplementedError("Task 1 is still open: return the mean of vᵀ A v over the probes.")


def hutchinson_divergence(score: Score, x: Array, probes: Array) -> Array:
    """Task 2. The mean over m of vᵀ ∇(vᵀ score) at each x_i; x is [n, d], probes are [m, n, d]: [n]. At most 2 m + 1 products."""
    raise NotImplementedError("Task 2 is still open: return the mean of vᵀ ∇(vᵀ score) over the probes.")


def draw_probes(shape: Sequence[int], random: Random) -> Array:
    """Task 3. Random vectors v along the last axis with E[v vᵀ] = I, independent along all other axes: an array of this shape."""
    raise NotImplementedError("Task 3 is still open: return probe vectors drawn with random.")
