import numpy as np


def ssm_loss(score, x, probes):
    return np.mean(np.sum(score(x) * probes, axis=2) ** 2) + 2 * curvature(score, x, probes)


def ssm_loss_variance_reduced(score, x, probes):
    return np.mean(np.sum(score(x) ** 2, axis=1)) + 2 * curvature(score, x, probes)


def curvature(score, x, probes):
    """The mean over probes and examples of vᵀ∇(vᵀ score)."""
    m, n, d = probes.shape
    v = probes.reshape(m * n, d)
    return np.mean(np.sum(score.vjp(np.tile(x, (m, 1)), v) * v, axis=1))
