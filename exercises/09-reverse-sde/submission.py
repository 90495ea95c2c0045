from __future__ import annotations

from typing import Any, Callable, Protocol, Sequence, TypedDict

import numpy as np

Array = np.ndarray  # float32, or float64


Score = Callable[[Array, Array], Array]  # score(x, t), t is [n]

# A noising process dx = f dt + g dW on [0, 1]: {"kind": "vp", "beta_min": ..., "beta_max": ...} or {"kind": "ve", "sigma_min": ..., "sigma_max": ...}.
Sde = dict[str, Any]


class Grid(TypedDict):
    """grid["steps"] steps from t = 1 to grid["t_end"]."""

    steps: int
    t_end: float


class Kernel(TypedDict):
    """Mean [n, d] and standard deviation [n]."""

    mean: Array
    std: Array


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


def drift(sde: Sde, x: Array, t: Array) -> Array:
    """Task 1. f(x, t); x is [n, d], t is [n]: [n, d]."""
    raise NotImplementedError("Task 1 is still open: return the drift of the forward process.")


def diffusion_coefficient(sde: Sde, t: Array) -> Array:
    """Task 2. g(t): [n]."""
    raise NotImplementedError("Task 2 is still open: return the diffusion coefficient, not its square.")


def perturbation_kernel(sde: Sde, x0: Array, t: Array) -> Kernel:
    """Task 3. Mean [n, d] and standard deviation [n] of x(t) given x0: {"mean": ..., "std": ...}."""
    raise NotImplementedError("Task 3 is still open: return mean and std of x(t) given x0 as a dict.")


def prior(sde: Sde, shape: Sequence[int], random: Random) -> Array:
    """Task 4. Draws of the law at t = 1: an array of this shape."""
    raise NotImplementedError("Task 4 is still open: return draws of the prior.")


def reverse_step(sde: Sde, score: Score, x: Array, t: Array, dt: float, noise: Array) -> Array:
    """Task 5. x − (f − g² score(x, t)) dt + g sqrt(dt) noise, dt > 0: [n, d]."""
    raise NotImplementedError("Task 5 is still open: return the state at t − dt.")


def reverse_sample(sde: Sde, score: Score, start: Array, grid: Grid, random: Random) -> Array:
    """Task 6. Steps of task 5 on the uniform grid from 1 to t_end, noise at every step: [n, d]."""
    raise NotImplementedError("Task 6 is still open: return the state at t_end.")


def probability_flow_step(sde: Sde, score: Score, x: Array, t: Array, dt: float) -> Array:
    """Task 7. x − (f − g² score(x, t)/2) dt: [n, d]."""
    raise NotImplementedError("Task 7 is still open: return the state of the flow at t − dt.")


def probability_flow_sample(sde: Sde, score: Score, start: Array, grid: Grid) -> Array:
    """Task 8. The flow on the uniform grid from 1 to t_end, by any scheme of order 1 or more: [n, d]."""
    raise NotImplementedError("Task 8 is still open: return the state of the flow at t_end.")
