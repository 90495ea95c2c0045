import numpy as np


def esm_loss(score, x, true_score):
    return np.mean(np.sum((score(x) - true_score) ** 2, axis=1))
