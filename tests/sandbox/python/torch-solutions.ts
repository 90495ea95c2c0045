/** Solutions in torch: their gradients in the parameters are checked. */
export const torchSolutions = {
  '01-score-function': `
import math
import torch

def gaussian_log_density(x, mean, covariance):
    difference = x - mean
    distance = (torch.linalg.solve(covariance, difference.T).T * difference).sum(1)
    return -0.5 * (distance + torch.linalg.slogdet(covariance)[1] + x.shape[1] * math.log(2 * math.pi))

def gaussian_score(x, mean, covariance):
    return torch.linalg.solve(covariance, (mean - x).T).T

def mixture_log_density(x, mixture):
    return torch.logsumexp(logits(x, mixture), 1)

def mixture_score(x, mixture):
    shares = torch.softmax(logits(x, mixture), 1)
    scores = [gaussian_score(x, mean, covariance) for mean, covariance in zip(mixture["means"], mixture["covariances"])]
    return torch.einsum("nk,nkd->nd", shares, torch.stack(scores, 1))

def logits(x, mixture):
    parts = zip(mixture["weights"], mixture["means"], mixture["covariances"])
    return torch.stack([torch.log(weight) + gaussian_log_density(x, *rest) for weight, *rest in parts], 1)

def log_density_formula():
    return "-(x - mu)^2/(2*sigma^2)"
`,
  '02-explicit-score-matching': `
import torch

def esm_loss(score, x, true_score):
    return (score(x) - true_score).square().sum(1).mean()
`,
  '05-denoising-autoencoder': `
import torch

def denoiser_from_score(score, sigma):
    return lambda x: x + sigma**2 * score(x)

def score_from_denoiser(denoiser, sigma):
    return lambda x: (denoiser(x) - x) / sigma**2

def dae_loss(denoiser, x0, noise, sigma):
    return (denoiser(x0 + sigma * noise) - x0).square().sum(1).mean()

def posterior_mean(x, mixture, sigma):
    noisy = mixture["covariances"] + sigma**2 * torch.eye(x.shape[1])
    logits, pulls = [], []
    for weight, mean, covariance in zip(mixture["weights"], mixture["means"], noisy):
        pull = torch.linalg.solve(covariance, (mean - x).T).T
        distance = (pull * (mean - x)).sum(1)
        logits.append(torch.log(weight) - 0.5 * (distance + torch.linalg.slogdet(covariance)[1]))
        pulls.append(pull)
    shares = torch.softmax(torch.stack(logits), 0)
    return x + sigma**2 * torch.einsum("kn,knd->nd", shares, torch.stack(pulls))

def posterior_mean_formula():
    return "(tau^2*x + sigma^2*mu)/(tau^2 + sigma^2)"
`,
  '08-langevin-dynamics': `
import math
import torch

def geometric_sigmas(sigma_max, sigma_min, levels):
    return torch.logspace(math.log(sigma_max), math.log(sigma_min), levels, base=math.e, dtype=torch.float64).float()

def langevin_step(score, x, step_size, noise):
    return x + step_size * score(x) + math.sqrt(2 * step_size) * noise

def langevin_sample(score, start, step_size, steps, random):
    x = start
    for _ in range(steps):
        x = langevin_step(score, x, step_size, random.normal(x.shape))
    return x

def annealed_langevin_sample(score, start, sigmas, steps_per_level, step_size, random):
    x = start
    for sigma in sigmas:
        level = sigma.expand(len(x))
        size = float(step_size * sigma**2 / sigmas[-1] ** 2)
        x = langevin_sample(lambda y: score(y, level), x, size, steps_per_level, random)
    return x
`,
  '09-reverse-sde': `
import math
import torch

def drift(sde, x, t):
    return torch.zeros_like(x) if sde["kind"] == "ve" else -0.5 * beta(sde, t)[:, None] * x

def diffusion_coefficient(sde, t):
    if sde["kind"] == "vp":
        return beta(sde, t).sqrt()
    ratio = math.log(sde["sigma_max"] / sde["sigma_min"])
    return sde["sigma_min"] * torch.exp(ratio * t) * math.sqrt(2 * ratio)

def perturbation_kernel(sde, x0, t):
    if sde["kind"] == "ve":
        growth = torch.expm1(2 * math.log(sde["sigma_max"] / sde["sigma_min"]) * t)
        return {"mean": x0, "std": sde["sigma_min"] * growth.sqrt()}
    integral = sde["beta_min"] * t + (sde["beta_max"] - sde["beta_min"]) / 2 * t**2
    return {"mean": torch.exp(-0.5 * integral)[:, None] * x0, "std": (-torch.expm1(-integral)).sqrt()}

def prior(sde, shape, random):
    return (1 if sde["kind"] == "vp" else sde["sigma_max"]) * random.normal(shape)

def reverse_step(sde, score, x, t, dt, noise):
    g = diffusion_coefficient(sde, t)[:, None]
    return x - (drift(sde, x, t) - g**2 * score(x, t)) * dt + g * math.sqrt(dt) * noise

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
    dt = (1 - grid["t_end"]) / grid["steps"]
    return [(torch.full((n,), 1 - k * dt), dt) for k in range(grid["steps"])]
`,
  '03-implicit-score-matching': `
import torch

def divergence(score, x):
    x = x.detach().requires_grad_(True)
    s = score(x)
    parts = [torch.autograd.grad(s[:, i].sum(), x, create_graph=True)[0][:, i] for i in range(x.shape[1])]
    return sum(parts)

def ism_loss(score, x):
    return (score(x).square().sum(1) + 2 * divergence(score, x)).mean()
`,
  '04-denoising-score-matching': `
import torch

def perturb(x0, noise, sigma):
    return x0 + sigma * noise

def dsm_target(x, x0, sigma):
    return (x0 - x) / sigma**2

def dsm_loss(score, x0, noise, sigma):
    x = perturb(x0, noise, sigma)
    return (score(x) - dsm_target(x, x0, sigma)).square().flatten(1).sum(1).mean()

def multi_scale_dsm_loss(score, x0, noise, sigma):
    scale = sigma.reshape(-1, *[1] * (x0.ndim - 1))
    return (scale * score(x0 + scale * noise, sigma) + noise).square().flatten(1).sum(1).mean()

def dsm_target_formula():
    return "-(x - x0)/sigma^2"
`,
  '06-hutchinson-trace': `
import torch

def hutchinson_trace(matvec, probes):
    return (probes * matvec(probes)).sum(1).mean()

def hutchinson_divergence(score, x, probes):
    m, n, d = probes.shape
    v = probes.reshape(m * n, d)
    return (score.vjp(x.repeat(m, 1), v) * v).sum(1).reshape(m, n).mean(0)

def draw_probes(shape, random):
    return random.normal(shape)
`,
  '07-sliced-score-matching': `
import torch

def ssm_loss(score, x, probes):
    return (score(x) * probes).sum(2).square().mean() + 2 * curvature(score, x, probes)

def ssm_loss_variance_reduced(score, x, probes):
    return score(x).square().sum(1).mean() + 2 * curvature(score, x, probes)

def curvature(score, x, probes):
    m, n, d = probes.shape
    v = probes.reshape(m * n, d)
    y = x.repeat(m, 1).requires_grad_(True)
    (product,) = torch.autograd.grad(score(y), y, v, create_graph=True)
    return (product * v).sum(1).mean()
`,
} as const;
