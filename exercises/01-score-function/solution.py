import numpy as np


def gaussian_log_density(x, mean, covariance):
    difference = x - mean
    distance = np.einsum("ni,ij,nj->n", difference, np.linalg.inv(covariance), difference)
    return -0.5 * (distance + np.linalg.slogdet(2 * np.pi * covariance)[1])


def gaussian_score(x, mean, covariance):
    return np.linalg.solve(covariance, (mean - x).T).T


def mixture_log_density(x, mixture):
    return np.logaddexp.reduce(logits(x, mixture), axis=1)


def mixture_score(x, mixture):
    each = logits(x, mixture)
    responsibilities = np.exp(each - np.logaddexp.reduce(each, axis=1, keepdims=True))
    scores = [gaussian_score(x, mean, covariance) for mean, covariance in zip(mixture["means"], mixture["covariances"])]
    return np.einsum("nk,knd->nd", responsibilities, np.stack(scores))


def logits(x, mixture):
    """log weight + log density of every component at every row: [n, k]."""
    parts = zip(mixture["weights"], mixture["means"], mixture["covariances"])
    return np.stack([np.log(weight) + gaussian_log_density(x, *rest) for weight, *rest in parts], axis=1)


def log_density_formula():
    return "-(x - mu)^2/(2*sigma^2)"
