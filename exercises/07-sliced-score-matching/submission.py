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


def ssm_loss(score: Score, x: Array, probes: Array) -> Array:
    """Task 1. The mean over probes and examples of (vᵀ score)² + 2 vᵀ∇(vᵀ score); x is [n, d], probes are [m, n, d]: a scalar."""
    raise NotImplementedError("Task 1 is still open: return the sliced score matching loss of the batch.")


def ssm_loss_variance_reduced(score: Score, x: Array, probes: Array) -> Array:
    """Task 2. The mean over probes and examples of ‖score‖² + 2 vᵀ∇(vᵀ score): a scalar."""
    raise NotImplementedError("Task 2 is still open: return the loss whose first term is exact.")
