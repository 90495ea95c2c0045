"""The exact score of a smoothed data set in PyTorch, float32, as one would write it: softmax of the logits, times the data.

Reads requests from standard input, one a line, and answers each with one line:
    load         takes x.bin, [n, d] float32
    score SIGMA  computes the score once and says how many milliseconds that took
    sample COUNT STEPS MIN MAX
                 runs the reverse SDE from MAX to MIN with this score, as scorecheck does, and says how many milliseconds that took
    save         writes the last score, or the last samples, to score.bin
Arguments: the folder of data.bin, x.bin and score.bin; d; the number of threads.
"""

import math
import sys
import time
from pathlib import Path

import numpy
import torch

folder, dimension, threads = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
torch.set_num_threads(threads)


def read(name):
    values = numpy.fromfile(folder / name, dtype=numpy.float32)
    return torch.from_numpy(values.reshape(-1, dimension))


def score(x, data, half_squares, sigma):
    logits = (x @ data.T - half_squares) / sigma**2
    return (torch.softmax(logits, dim=1) @ data - x) / sigma**2


def sample(data, half_squares, count, steps, sigma_min, sigma_max):
    rate = 2 * math.log(sigma_max / sigma_min) / steps
    x = torch.randn(count, data.shape[1]) * sigma_max
    for step in range(steps):
        sigma = sigma_max * (sigma_min / sigma_max) ** (step / steps)
        noise = torch.randn_like(x) * (sigma * math.sqrt(rate))
        x = x + (rate * sigma**2) * score(x, data, half_squares, sigma) + noise
        if (step + 1) % 10 == 0:
            print(f"  PyTorch  {step + 1} of {steps} steps", file=sys.stderr, flush=True)
    return x


def main():
    data = read("data.bin")
    half_squares = (data * data).sum(dim=1) / 2
    x = result = None
    print(f"{torch.__version__}, {torch.get_num_threads()} threads, numpy {numpy.__version__}", flush=True)
    for line in sys.stdin:
        request, *arguments = line.split()
        if request == "load":
            x = read("x.bin")
            print("loaded", flush=True)
        elif request == "score":
            sigma = float(arguments[0])
            start = time.perf_counter()
            with torch.inference_mode():
                result = score(x, data, half_squares, sigma)
            print((time.perf_counter() - start) * 1000, flush=True)
        elif request == "sample":
            count, steps = int(arguments[0]), int(arguments[1])
            sigma_min, sigma_max = float(arguments[2]), float(arguments[3])
            start = time.perf_counter()
            with torch.inference_mode():
                result = sample(data, half_squares, count, steps, sigma_min, sigma_max)
            print((time.perf_counter() - start) * 1000, flush=True)
        elif request == "save":
            result.numpy().tofile(folder / "score.bin")
            print("saved", flush=True)


main()
