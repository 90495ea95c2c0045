import numpy as np


def denoiser_from_score(score, sigma):
    return lambda x: x + sigma**2 * score(x)


def score_from_denoiser(denoiser, sigma):
    return lambda x: (denoiser(x) - x) / sigma**2


def dae_loss(denoiser, x0, noise, sigma):
    return np.mean(np.sum((denoiser(x0 + sigma * noise) - x0) ** 2, axis=1))


def posterior_mean(x, mixture, sigma):
    # The noisy data come from the mixture whose covariances are larger by sigma² I.
    noisy = mixture["covariances"] + np.float32(sigma**2) * np.eye(x.shape[1], dtype=x.dtype)
    logits, pulls = [], []
    for weight, mean, covariance in zip(mixture["weights"], mixture["means"], noisy):
        pull = np.linalg.solve(covariance, (mean - x).T).T
        logits.append(np.log(weight) - 0.5 * (np.sum(pull * (mean - x), axis=1) + np.linalg.slogdet(covariance)[1]))
        pulls.append(pull)
    responsibilities = np.exp(np.stack(logits) - np.logaddexp.reduce(logits, axis=0))
    return x + sigma**2 * np.einsum("kn,knd->nd", responsibilities, np.stack(pulls))


def posterior_mean_formula():
    return "(tau^2*x + sigma^2*mu)/(tau^2 + sigma^2)"
