from __future__ import annotations

from typing import Callable, TypedDict

import numpy as np

Array = np.ndarray  # float32, or float64


Field = Callable[[Array], Array]  # a score or a denoiser: [n, d] -> [n, d]


class Mixture(TypedDict):
    """mixture["weights"] is [k], mixture["means"] is [k, d], mixture["covariances"] is [k, d, d]."""

    weights: Array
    means: Array
    covariances: Array


def denoiser_from_score(score: Field, sigma: float) -> Field:
    """Task 1. h(x) = x + sigma² score(x), as a function of x."""
    raise NotImplementedError("Task 1 is still open: return the denoiser that belongs to this score.")


def score_from_denoiser(denoiser: Field, sigma: float) -> Field:
    """Task 2. The inverse of task 1: the score that belongs to a denoiser, as a function of x."""
    raise NotImplementedError("Task 2 is still open: return the score that belongs to this denoiser.")


def dae_loss(denoiser: Field, x0: Array, noise: Array, sigma: float) -> Array:
    """Task 3. The mean over the batch of ‖denoiser(x) − x0‖², x = x0 + sigma noise: a scalar."""
    raise NotImplementedError("Task 3 is still open: return the loss of the denoising autoencoder.")


def posterior_mean(x: Array, mixture: Mixture, sigma: float) -> Array:
    """Task 4. E[x0 | x] for x0 from a mixture of Gaussians, x = x0 + sigma noise: [n, d] -> [n, d]."""
    raise NotImplementedError("Task 4 is still open: return the mean of x0 given each row of x.")


def posterior_mean_formula() -> str:
    """Task 5. A formula of x, mu, tau, sigma as a line of text."""
    raise NotImplementedError("Task 5 is still open: return E[x0 | x] for x0 from N(mu, tau²) as a line of text.")
