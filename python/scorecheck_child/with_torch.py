"""torch tensors as the tensors of the contract."""

from __future__ import annotations

from typing import Any, Sequence

import numpy as np
import torch

from . import with_numpy
from .functions import Counter, Recorder, expect_inputs, rows_of
from .values import NoValue, Program, Tensor

NOUN = "a tensor"

torch.set_num_threads(1)

OPERATIONS = {
    "add": lambda of, _: of[0] + of[1],
    "sub": lambda of, _: of[0] - of[1],
    "mul": lambda of, _: of[0] * of[1],
    "div": lambda of, _: of[0] / of[1],
    "matMul": lambda of, numbers: _turned(of[0], numbers[0]) @ _turned(of[1], numbers[1]),
    **{
        name: (lambda f: lambda of, _: f(of[0]))(getattr(torch, name))
        for name in "neg abs square sqrt reciprocal exp expm1 log log1p sin cos atan sinh cosh tanh sigmoid relu erf".split()
    },
    # log(1 + e^x) without a threshold from which it is x.
    "softplus": lambda of, _: torch.logaddexp(of[0], torch.zeros_like(of[0])),
    "softmax": lambda of, _: torch.softmax(of[0], -1),
    "power": lambda of, numbers: of[0] ** numbers[0],
    "affine": lambda of, numbers: numbers[0] * of[0] + numbers[1],
    "sum": lambda of, numbers: of[0].sum(dim=_axes(numbers), keepdim=True),
    "reshape": lambda of, numbers: of[0].reshape(_axes(numbers)),
    "reshapeLike": lambda of, _: of[0].reshape(of[1].shape),
    "transpose": lambda of, numbers: of[0].permute(_axes(numbers)),
    "slice": lambda of, numbers: of[0].narrow(*_axes(numbers)),
    "concat": lambda of, numbers: torch.cat(list(of), dim=int(numbers[0])),
    "expandDims": lambda of, numbers: of[0].unsqueeze(int(numbers[0])),
}


def _turned(x: torch.Tensor, turn: float) -> torch.Tensor:
    return x.transpose(-1, -2) if turn else x


def _axes(numbers: Sequence[float]) -> tuple[int, ...]:
    return tuple(map(int, numbers))


def array(data: np.ndarray) -> torch.Tensor:
    """What the submission gets for a tensor: a copy of its own."""
    return torch.from_numpy(data.copy())


def is_array(x: Any) -> bool:
    """Whether the submission returned a tensor; arrays and numbers of numpy do as well where no derivative is asked."""
    return isinstance(x, torch.Tensor) or with_numpy.is_array(x)


def as_tensor(x: Any, path: str) -> Tensor:
    """A returned tensor as data, rounded to float32."""
    if not isinstance(x, torch.Tensor):
        return with_numpy.as_tensor(x, path)
    if x.dtype not in (torch.float32, torch.float64):
        raise NoValue(path, "float32 or float64", f"a tensor of {str(x.dtype).removeprefix('torch.')}")
    return with_numpy.as_tensor(x.detach().cpu().numpy(), path)


def same(tensor: Tensor, now: Any) -> bool:
    """Whether an argument is still what it was."""
    return isinstance(now, torch.Tensor) and with_numpy.same(tensor, now.detach().numpy())


class Function:
    """
    A function argument of the contract (`score`, `denoiser`, `matvec`): `score(x)`, or `score(x, sigma)`, which autograd differentiates, and
    its vector-Jacobian product `score.vjp(x, v)`, or `score.vjp(x, sigma, v)`, which it differentiates once more.
    """

    def __init__(self, program: Program, number: int, recorder: Recorder, gradient: bool):
        self._program = program
        self._number = number
        self._recorder = recorder
        self.counter = Counter()
        self.parameters = [array(each.array).requires_grad_(gradient) for each in program.parameters]

    def __call__(self, *inputs: Any) -> torch.Tensor:
        expect_inputs(self._program, inputs, lambda x: isinstance(x, torch.Tensor), NOUN)
        counter = self.counter
        counter.calls += 1
        counter.rows += rows_of(inputs[0].shape)
        self._recorder.called(self._number, lambda: [as_tensor(x.float(), "x") for x in inputs])
        x = _Counted.apply(inputs[0], counter, counter.at_input)
        # In float64, so that what comes out is rounded once, and a submission may compute in either.
        values = [each.double() for each in (x, *inputs[1:], *self.parameters)]
        for step in self._program.steps:
            values.append(OPERATIONS[step.op]([values[index] for index in step.of], step.numbers))
        result = values[self._program.result]
        rounded = result.to(x.dtype) if x.dtype.is_floating_point else result
        return _Counted.apply(rounded, counter, counter.at_result)

    def vjp(self, *inputs_and_v: Any) -> torch.Tensor:
        *inputs, v = inputs_and_v
        given = inputs[0] if inputs else None
        known = isinstance(given, torch.Tensor) and given.requires_grad
        with torch.enable_grad():
            x = given.detach().requires_grad_() if isinstance(given, torch.Tensor) and not known else given
            y = self(x, *inputs[1:])
            if not isinstance(v, torch.Tensor) or v.shape != y.shape:
                shape = ", ".join(map(str, y.shape))
                got = f"[{', '.join(map(str, v.shape))}]" if isinstance(v, torch.Tensor) else type(v).__name__
                raise TypeError(f"{self._program.name}.vjp expected v of shape [{shape}], got {got}.")
            (product,) = torch.autograd.grad(y, x, v.to(y.dtype), create_graph=True)
        needed = known or v.requires_grad or any(each.requires_grad for each in self.parameters)
        return product if needed else product.detach()


class _Counted(torch.autograd.Function):
    """x itself, with a derivative that counts, also under torch.func.vmap, which makes one call of many products."""

    @staticmethod
    def forward(x, counter, place):
        return x.view_as(x)

    @staticmethod
    def setup_context(ctx, inputs, output):
        _, ctx.counter, ctx.place = inputs

    @staticmethod
    def backward(ctx, dy):
        return _Passed.apply(dy, ctx.counter, ctx.place), None, None

    @staticmethod
    def vmap(info, in_dims, x, counter, place):
        return _Counted.apply(x, counter, place), in_dims[0]


class _Passed(torch.autograd.Function):
    """A derivative on its way, counted."""

    @staticmethod
    def forward(dy, counter, place):
        counter.product(place, dy.shape)
        return dy.view_as(dy)

    @staticmethod
    def setup_context(ctx, inputs, output):
        pass

    @staticmethod
    def backward(ctx, dy):
        return dy, None, None

    @staticmethod
    def vmap(info, in_dims, dy, counter, place):
        shape = [length for axis, length in enumerate(dy.shape) if axis != in_dims[0]]
        counter.product(place, shape, info.batch_size)
        return dy.view_as(dy), in_dims[0]


def gradients(result: Any, functions: Sequence[Function], weights: Tensor | None) -> list[Tensor | None]:
    """Derivatives of the result, or of its weighted sum, in the parameters of all functions; None for one that it does not depend on."""
    if not isinstance(result, torch.Tensor):
        raise NoValue("value", "a tensor", f"{type(result).__name__}")
    parameters = [each for function in functions for each in function.parameters]
    if weights is not None:
        scalar = (result * array(weights.array)).sum()
    elif result.numel() == 1:
        scalar = result.reshape([])
    else:
        raise NoValue("value", "a scalar", f"a tensor of shape [{', '.join(map(str, result.shape))}]")
    if not scalar.requires_grad or not parameters:
        return [None] * len(parameters)
    found = torch.autograd.grad(scalar, parameters, allow_unused=True)
    return [None if each is None else as_tensor(each, "gradient") for each in found]
