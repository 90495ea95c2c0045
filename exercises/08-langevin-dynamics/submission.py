from __future__ import annotations

from typing import Callable, Protocol, Sequence

import numpy as np

Array = np.ndarray  # float32, or float64


Score = Callable[[Array], Array]
ConditionalScore = Callable[[Array, Array], Array]  # score(x, sigma), sigma is [n]


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


def geometric_sigmas(sigma_max: float, sigma_min: float, levels: int) -> Array:
    """Task 1. Decreasing noise levels with constant ratio, both ends included: [levels]."""
    raise NotImplementedError("Task 1 is still open: return the geometric sequence from sigma_max to sigma_min.")


def langevin_step(score: Score, x: Array, step_size: float, noise: Array) -> Array:
    """Task 2. x + step_size score(x) + sqrt(2 step_size) noise: [n, d]."""
    raise NotImplementedError("Task 2 is still open: return the state after one Langevin step.")


def langevin_sample(score: Score, start: Array, step_size: float, steps: int, random: Random) -> Array:
    """Task 3. `steps` steps of task 2, each with fresh noise from random: [n, d]."""
    raise NotImplementedError("Task 3 is still open: return the state after all steps.")


def annealed_langevin_sample(
    score: ConditionalScore,
    start: Array,
    sigmas: Array,
    steps_per_level: int,
    step_size: float,
    random: Random,
) -> Array:
    """Task 4. At each level steps_per_level steps of size step_size sigma²/sigma_last² with score(x, sigma): [n, d]."""
    raise NotImplementedError("Task 4 is still open: return the state after all levels.")
