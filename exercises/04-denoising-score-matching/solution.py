import numpy as np


def perturb(x0, noise, sigma):
    return x0 + sigma * noise


def dsm_target(x, x0, sigma):
    return (x0 - x) / sigma**2


def dsm_loss(score, x0, noise, sigma):
    x = perturb(x0, noise, sigma)
    return np.mean(sum_over_example((score(x) - dsm_target(x, x0, sigma)) ** 2))


def multi_scale_dsm_loss(score, x0, noise, sigma):
    scale = sigma.reshape(-1, *(1,) * (x0.ndim - 1))
    # The weight sigma² goes into the square: ‖sigma score + noise‖².
    return np.mean(sum_over_example((scale * score(x0 + scale * noise, sigma) + noise) ** 2))


def sum_over_example(x):
    """[n, ...] -> [n]."""
    return x.reshape(len(x), -1).sum(axis=1)


def dsm_target_formula():
    return "-(x - x0)/sigma^2"
