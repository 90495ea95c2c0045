import numpy as np


def geometric_sigmas(sigma_max, sigma_min, levels):
    return np.geomspace(sigma_max, sigma_min, levels)


def langevin_step(score, x, step_size, noise):
    return x + step_size * score(x) + np.sqrt(2 * step_size) * noise


def langevin_sample(score, start, step_size, steps, random):
    x = start
    for _ in range(steps):
        x = langevin_step(score, x, step_size, random.normal(x.shape))
    return x


def annealed_langevin_sample(score, start, sigmas, steps_per_level, step_size, random):
    x = start
    for sigma in sigmas:
        level = np.full(len(x), sigma)
        size = float(step_size * sigma**2 / sigmas[-1] ** 2)
        x = langevin_sample(lambda y: score(y, level), x, size, steps_per_level, random)
    return x
