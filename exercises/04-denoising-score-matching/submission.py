from __future__ import annotations

from typing import Callable

import numpy as np

Array = np.ndarray  # float32, or float64


Score = Callable[[Array], Array]
ConditionalScore = Callable[[Array, Array], Array]


def perturb(x0: Array, noise: Array, sigma: float) -> Array:
    """Task 1. x0 + sigma noise: two arrays [n, ...] -> [n, ...]."""
    raise NotImplementedError("Task 1 is still open: return x0 with noise of standard deviation sigma added.")


def dsm_target(x: Array, x0: Array, sigma: float) -> Array:
    """Task 2. The gradient of log N(x; x0, sigma² I) in x: two arrays [n, ...] -> [n, ...]."""
    raise NotImplementedError("Task 2 is still open: return the gradient of log p(x | x0) with respect to x.")


def dsm_loss(score: Score, x0: Array, noise: Array, sigma: float) -> Array:
    """Task 3. The mean over the batch of ‖score(x) − dsm_target‖², x = perturb(x0, noise, sigma): a scalar."""
    raise NotImplementedError("Task 3 is still open: return the denoising score matching loss of the batch.")


def multi_scale_dsm_loss(score: ConditionalScore, x0: Array, noise: Array, sigma: Array) -> Array:
    """Task 4. The mean over the batch of sigma² ‖score(x, sigma) + noise/sigma‖², one sigma for each example, [n]: a scalar."""
    raise NotImplementedError("Task 4 is still open: return the loss weighted by sigma² at several noise levels.")


def dsm_target_formula() -> str:
    """Task 5. A formula of x, x0, sigma as a line of text."""
    raise NotImplementedError("Task 5 is still open: return the gradient of log N(x; x0, sigma²) in x as a line of text.")
