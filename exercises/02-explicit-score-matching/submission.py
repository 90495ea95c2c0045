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


def esm_loss(score: Score, x: Array, true_score: Array) -> Array:
    """Task 1. The mean over the batch of ‖score(x) − true_score‖²: two arrays [n, d] -> a scalar."""
    raise NotImplementedError("Task 1 is still open: return the explicit score matching loss of the batch.")
