from __future__ import annotations

from typing import TypedDict

import numpy as np

Array = np.ndarray  # float32, or float64


class Mixture(TypedDict):
    """mixture["weights"] is [k], mixture["means"] is [k, d], mixture["covariances"] is [k, d, d]."""

    weights: Array
    means: Array
    covariances: Array


def gaussian_log_density(x: Array, mean: Array, covariance: Array) -> Array:
    """Task 1. log N(x; mean, covariance), normalised: [n, d], [d], [d, d] -> [n]."""
    raise NotImplementedError("Task 1 is still open: return the log density of a Gaussian at each row of x.")


def gaussian_score(x: Array, mean: Array, covariance: Array) -> Array:
    """Task 2. The gradient of log N(x; mean, covariance) in x: [n, d], [d], [d, d] -> [n, d]."""
    raise NotImplementedError("Task 2 is still open: return the score of a Gaussian at each row of x.")


def mixture_log_density(x: Array, mixture: Mixture) -> Array:
    """Task 3. The log density of a mixture of Gaussians: [n, d] -> [n]."""
    raise NotImplementedError("Task 3 is still open: return the log density of the mixture at each row of x.")


def mixture_score(x: Array, mixture: Mixture) -> Array:
    """Task 4. The score of a mixture of Gaussians: [n, d] -> [n, d]."""
    raise NotImplementedError("Task 4 is still open: return the score of the mixture at each row of x.")


def log_density_formula() -> str:
    """Task 5. A formula of x, mu, sigma as a line of text."""
    raise NotImplementedError("Task 5 is still open: return the log density of N(mu, sigma²) at x as a line of text.")
