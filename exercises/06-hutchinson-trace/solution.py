import numpy as np


def hutchinson_trace(matvec, probes):
    return np.mean(np.sum(probes * matvec(probes), axis=1))


def hutchinson_divergence(score, x, probes):
    m, n, d = probes.shape
    v = probes.reshape(m * n, d)
    # One call with m copies of the batch: m n rows, so m vector-Jacobian products.
    product = score.vjp(np.tile(x, (m, 1)), v)
    return np.mean(np.sum(product * v, axis=1).reshape(m, n), axis=0)


def draw_probes(shape, random):
    return random.rademacher(shape)
