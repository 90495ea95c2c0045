"""The exact score of a smoothed data set in PyTorch, float32, as one would write it: softmax of the logits, times the data.

Reads requests from standard input, one a line, and answers each with one line:
    load         takes x.bin, [n, d] float32
    score SIGMA  computes the score once and says how many milliseconds that took
    save         writes the last score to score.bin
Arguments: the folder of data.bin, x.bin and score.bin; d; the number of threads.
"""

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
        elif request == "save":
            result.numpy().tofile(folder / "score.bin")
            print("saved", flush=True)


main()
