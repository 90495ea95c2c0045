import numpy as np


def to_float(pixels, count):
    return (np.frombuffer(bytes(pixels), dtype=np.uint8)[: count * 784].reshape(count, 784) / 255).astype(np.float32)


def train_denoiser(images, options):
    """The Wiener denoiser of each level: h(x) = μ + (I − σ²(Σ + σ²I)⁻¹)(x − μ)."""
    mean = images.mean(axis=0)
    centred = (images - mean).astype(np.float64)
    covariance = centred.T @ centred / len(images)
    identity = np.eye(images.shape[1])
    gains = {
        round(float(sigma), 4): identity - sigma**2 * np.linalg.inv(covariance + sigma**2 * identity)
        for sigma in options["sigmas"]
    }

    def denoise(x, sigma):
        result = np.empty(x.shape, dtype=np.float32)
        for level, gain in gains.items():
            rows = np.abs(sigma - level) < 1e-4
            result[rows] = mean + (x[rows] - mean) @ gain
        return result

    return denoise
