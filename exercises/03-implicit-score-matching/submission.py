from __future__ import annotations

from typing import Protocol

import numpy as np

Array = np.ndarray  # float32, or float64


class Score(Protocol):
    """score(x): [n, d] -> [n, d]."""

    def __call__(self, x: Array) -> Array: ...

    def vjp(self, x: Array, v: Array) -> Array:
        """Row by row v times the Jacobian of the score in x: two arrays [n, d] -> [n, d]."""
        ...


def divergence(score: Score, x: Array) -> Array:
    """Task 1. The trace of the Jacobian of score at each row of x, exact: [n, d] -> [n]."""
    raise NotImplementedError("Task 1 is still open: return the divergence of score at each row of x.")


def ism_loss(score: Score, x: Array) -> Array:
    """Task 2. The mean over the batch of ‖score(x)‖² + 2 divergence: a scalar."""
    raise NotImplementedError("Task 2 is still open: return the implicit score matching loss of the batch.")
