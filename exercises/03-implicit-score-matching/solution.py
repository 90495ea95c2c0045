import numpy as np


def divergence(score, x):
    # Rows do not see each other, so one product with eᵢ in every row has the i-th row of each Jacobian.
    axes = np.eye(x.shape[1], dtype=x.dtype)
    return sum(score.vjp(x, np.broadcast_to(axis, x.shape)) @ axis for axis in axes)


def ism_loss(score, x):
    return np.mean(np.sum(score(x) ** 2, axis=1) + 2 * divergence(score, x))
