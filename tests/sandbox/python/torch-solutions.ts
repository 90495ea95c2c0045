/** Solutions in torch of tasks whose gradients in the parameters are checked: right ones, and ones that are cut off from the parameters. */
export const torchSolutions = {
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
