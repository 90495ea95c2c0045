import numpy as np


def drift(sde, x, t):
    return np.zeros_like(x) if sde["kind"] == "ve" else -0.5 * beta(sde, t)[:, None] * x


def diffusion_coefficient(sde, t):
    if sde["kind"] == "vp":
        return np.sqrt(beta(sde, t))
    log_ratio = np.log(sde["sigma_max"] / sde["sigma_min"])
    return sde["sigma_min"] * np.exp(log_ratio * t) * np.sqrt(2 * log_ratio)


def perturbation_kernel(sde, x0, t):
    if sde["kind"] == "ve":
        # sigma(t)² − sigma(0)² without the cancellation at small t.
        growth = np.expm1(2 * np.log(sde["sigma_max"] / sde["sigma_min"]) * t)
        return {"mean": x0, "std": sde["sigma_min"] * np.sqrt(growth)}
    integral = sde["beta_min"] * t + (sde["beta_max"] - sde["beta_min"]) / 2 * t**2
    return {"mean": np.exp(-0.5 * integral)[:, None] * x0, "std": np.sqrt(-np.expm1(-integral))}


def prior(sde, shape, random):
    return (1 if sde["kind"] == "vp" else sde["sigma_max"]) * random.normal(shape)


def reverse_step(sde, score, x, t, dt, noise):
    g = diffusion_coefficient(sde, t)[:, None]
    return x - (drift(sde, x, t) - g**2 * score(x, t)) * dt + g * np.sqrt(dt) * noise


def reverse_sample(sde, score, start, grid, random):
    x = start
    for t, dt in times(grid, len(start)):
        x = reverse_step(sde, score, x, t, dt, random.normal(x.shape))
    return x


def probability_flow_step(sde, score, x, t, dt):
    g = diffusion_coefficient(sde, t)[:, None]
    return x - (drift(sde, x, t) - g**2 * score(x, t) / 2) * dt


def probability_flow_sample(sde, score, start, grid):
    x = start
    for t, dt in times(grid, len(start)):
        x = probability_flow_step(sde, score, x, t, dt)
    return x


def beta(sde, t):
    return sde["beta_min"] + t * (sde["beta_max"] - sde["beta_min"])


def times(grid, n):
    """The times from which the steps start, each [n], and the length of the steps."""
    dt = (1 - grid["t_end"]) / grid["steps"]
    return [(np.full(n, 1 - k * dt), dt) for k in range(grid["steps"])]
