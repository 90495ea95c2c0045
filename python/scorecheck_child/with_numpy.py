"""numpy arrays as the tensors of the contract."""

from __future__ import annotations

from typing import Any, Sequence

import numpy as np

from .arrays import OPERATIONS, in_shape
from .functions import Counter, Recorder, expect_inputs, rows_of
from .values import NoValue, Program, Tensor

NOUN = "a numpy array"


def array(data: np.ndarray) -> np.ndarray:
    """What the submission gets for a tensor: a copy of its own."""
    return data.copy()


def is_array(x: Any) -> bool:
    """Whether the submission returned a tensor. A scalar of numpy is one of rank 0, and so is a float, which np.float64 is too."""
    return isinstance(x, (np.ndarray, np.generic, float))


def as_tensor(x: Any, path: str) -> Tensor:
    """A returned array as data, rounded to float32."""
    found = np.asarray(x)
    if found.dtype not in (np.float32, np.float64):
        raise NoValue(path, "float32 or float64", f"an array of {found.dtype}")
    with np.errstate(over="ignore", invalid="ignore"):
        return Tensor(np.ascontiguousarray(found, dtype="<f4").reshape(found.shape))


def same(tensor: Tensor, now: Any) -> bool:
    """Whether an argument is still what it was."""
    return isinstance(now, np.ndarray) and now.shape == tensor.array.shape and now.tobytes() == tensor.array.tobytes()


class Function:
    """
    A function argument of the contract (`score`, `denoiser`, `matvec`): `score(x)`, or `score(x, sigma)`, and its vector-Jacobian product
    `score.vjp(x, v)`, or `score.vjp(x, sigma, v)`: row by row v times the Jacobian in x, so [n, d] for v of the shape of score(x).
    """

    def __init__(self, program: Program, number: int, recorder: Recorder, gradient: bool):
        self._program = program
        self._number = number
        self._recorder = recorder
        self._parameters = [each.array.astype(np.float64) for each in program.parameters]
        self.counter = Counter()
        # Derivatives in the parameters need arrays that remember where they come from: torch has them.
        self.parameters: list[Any] = []

    def __call__(self, *inputs: Any) -> np.ndarray:
        return self._rounded(self._values(inputs)[self._program.result], inputs[0])

    def vjp(self, *inputs_and_v: Any) -> np.ndarray:
        *inputs, v = inputs_and_v
        values = self._values(inputs)
        result = values[self._program.result]
        if not is_array(v) or np.shape(v) != result.shape:
            shape = ", ".join(map(str, result.shape))
            raise TypeError(f"{self._program.name}.vjp expected v of shape [{shape}], got [{', '.join(map(str, np.shape(v)))}].")
        derivatives: list[Any] = [0.0] * len(values)
        derivatives[self._program.result] = np.asarray(v, np.float64)
        first = len(values) - len(self._program.steps)
        for i in range(len(values) - 1, first - 1, -1):
            step = self._program.steps[i - first]
            if isinstance(derivatives[i], float):
                continue  # the result does not depend on it
            of = [values[index] for index in step.of]
            for index, each in zip(step.of, OPERATIONS[step.op][1](derivatives[i], of, values[i], step.numbers)):
                derivatives[index] = derivatives[index] + in_shape(each, values[index].shape)
        self.counter.product(self.counter.at_input, values[0].shape)
        return self._rounded(np.broadcast_to(derivatives[0], values[0].shape), inputs[0])

    def _values(self, inputs: Sequence[Any]) -> list[np.ndarray]:
        expect_inputs(self._program, inputs, lambda x: isinstance(x, np.ndarray), NOUN)
        self.counter.calls += 1
        self.counter.rows += rows_of(inputs[0].shape)
        self._recorder.called(self._number, lambda: [Tensor(np.ascontiguousarray(x, dtype="<f4")) for x in inputs])
        values = [np.asarray(x, np.float64) for x in inputs] + self._parameters
        for op, of, numbers in ((step.op, step.of, step.numbers) for step in self._program.steps):
            values.append(OPERATIONS[op][0]([values[index] for index in of], numbers))
        return values

    @staticmethod
    def _rounded(y: np.ndarray, x: np.ndarray) -> np.ndarray:
        return y.astype(x.dtype if x.dtype in (np.float32, np.float64) else np.float64)


def gradients(result: Any, functions: Sequence[Function], weights: Tensor | None) -> list:
    """Derivatives in parameters are asked of torch alone."""
    raise NoValue("value", "a torch tensor", "a numpy array, which has no derivatives in parameters")
