"""Operations of programs on numpy arrays, each with its reverse derivative. All of it in float64: what a program returns is rounded once."""

from __future__ import annotations

import math
from typing import Callable, Sequence

import numpy as np

Array = np.ndarray
Operation = tuple[Callable[..., Array], Callable[..., Sequence[Array]]]


def _unary(value: Callable[[Array], Array], slope: Callable[[Array, Array], Array]) -> Operation:
    """An operation entry by entry from its value and its derivative in x and y = value(x)."""
    return (lambda of, numbers: value(of[0])), (lambda dy, of, y, numbers: [dy * slope(of[0], y)])


def _sigmoid(x: Array) -> Array:
    return np.exp(-np.logaddexp(0, -x))


_erf = np.vectorize(math.erf, otypes=[np.float64])


def _turned(x: Array, turn: float) -> Array:
    return np.swapaxes(x, -1, -2) if turn else x


def _product(of: Sequence[Array], numbers: Sequence[float]) -> Array:
    return _turned(of[0], numbers[0]) @ _turned(of[1], numbers[1])


def _product_back(dy: Array, of: Sequence[Array], y: Array, numbers: Sequence[float]) -> Sequence[Array]:
    a, b = _turned(of[0], numbers[0]), _turned(of[1], numbers[1])
    return [_turned(dy @ _turned(b, 1), numbers[0]), _turned(_turned(a, 1) @ dy, numbers[1])]


def _softmax(x: Array) -> Array:
    powers = np.exp(x - x.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def _axes(numbers: Sequence[float]) -> tuple[int, ...]:
    return tuple(map(int, numbers))


def _piece(x: Array, numbers: Sequence[float]) -> tuple[slice, ...]:
    axis, begin, size = _axes(numbers)
    return tuple(slice(begin, begin + size) if i == axis else slice(None) for i in range(x.ndim))


def _slice_back(dy: Array, of: Sequence[Array], y: Array, numbers: Sequence[float]) -> Sequence[Array]:
    whole = np.zeros_like(of[0])
    whole[_piece(of[0], numbers)] = dy
    return [whole]


def _concat_back(dy: Array, of: Sequence[Array], y: Array, numbers: Sequence[float]) -> Sequence[Array]:
    axis = int(numbers[0])
    ends = np.cumsum([each.shape[axis] for each in of])[:-1]
    return np.split(dy, ends, axis)


OPERATIONS: dict[str, Operation] = {
    "add": (lambda of, _: of[0] + of[1], lambda dy, of, y, _: [dy, dy]),
    "sub": (lambda of, _: of[0] - of[1], lambda dy, of, y, _: [dy, -dy]),
    "mul": (lambda of, _: of[0] * of[1], lambda dy, of, y, _: [dy * of[1], dy * of[0]]),
    "div": (lambda of, _: of[0] / of[1], lambda dy, of, y, _: [dy / of[1], -dy * y / of[1]]),
    "matMul": (_product, _product_back),
    "neg": _unary(np.negative, lambda x, y: -np.ones_like(x)),
    "abs": _unary(np.abs, lambda x, y: np.sign(x)),
    "square": _unary(np.square, lambda x, y: 2 * x),
    "sqrt": _unary(np.sqrt, lambda x, y: 0.5 / y),
    "reciprocal": _unary(np.reciprocal, lambda x, y: -y * y),
    "exp": _unary(np.exp, lambda x, y: y),
    "expm1": _unary(np.expm1, lambda x, y: np.exp(x)),
    "log": _unary(np.log, lambda x, y: 1 / x),
    "log1p": _unary(np.log1p, lambda x, y: 1 / (1 + x)),
    "sin": _unary(np.sin, lambda x, y: np.cos(x)),
    "cos": _unary(np.cos, lambda x, y: -np.sin(x)),
    "atan": _unary(np.arctan, lambda x, y: 1 / (1 + x * x)),
    "sinh": _unary(np.sinh, lambda x, y: np.cosh(x)),
    "cosh": _unary(np.cosh, lambda x, y: np.sinh(x)),
    "tanh": _unary(np.tanh, lambda x, y: 1 - y * y),
    "sigmoid": _unary(_sigmoid, lambda x, y: y * _sigmoid(-x)),
    "softplus": _unary(lambda x: np.logaddexp(0, x), lambda x, y: _sigmoid(x)),
    "relu": _unary(lambda x: np.maximum(x, 0), lambda x, y: (x > 0).astype(np.float64)),
    "erf": _unary(_erf, lambda x, y: 2 / math.sqrt(math.pi) * np.exp(-x * x)),
    "softmax": (
        lambda of, _: _softmax(of[0]),
        lambda dy, of, y, _: [y * (dy - (dy * y).sum(axis=-1, keepdims=True))],
    ),
    "power": (
        lambda of, numbers: of[0] ** numbers[0],
        lambda dy, of, y, numbers: [dy * numbers[0] * of[0] ** (numbers[0] - 1)],
    ),
    "affine": (
        lambda of, numbers: numbers[0] * of[0] + numbers[1],
        lambda dy, of, y, numbers: [numbers[0] * dy],
    ),
    "sum": (
        lambda of, numbers: of[0].sum(axis=_axes(numbers), keepdims=True),
        lambda dy, of, y, _: [np.broadcast_to(dy, of[0].shape)],
    ),
    "reshape": (
        lambda of, numbers: of[0].reshape(_axes(numbers)),
        lambda dy, of, y, _: [dy.reshape(of[0].shape)],
    ),
    "reshapeLike": (
        lambda of, _: of[0].reshape(of[1].shape),
        lambda dy, of, y, _: [dy.reshape(of[0].shape), np.zeros_like(of[1])],
    ),
    "transpose": (
        lambda of, numbers: of[0].transpose(_axes(numbers)),
        lambda dy, of, y, numbers: [dy.transpose(np.argsort(_axes(numbers)))],
    ),
    "slice": (lambda of, numbers: of[0][_piece(of[0], numbers)], _slice_back),
    "concat": (lambda of, numbers: np.concatenate(of, axis=int(numbers[0])), _concat_back),
    "expandDims": (
        lambda of, numbers: np.expand_dims(of[0], int(numbers[0])),
        lambda dy, of, y, _: [dy.reshape(of[0].shape)],
    ),
}


def in_shape(derivative: Array, shape: tuple[int, ...]) -> Array:
    """The derivative in an operand that was broadcast: the sum over the axes along which it was repeated."""
    more = derivative.ndim - len(shape)
    summed = derivative.sum(axis=tuple(range(more)))
    repeated = tuple(i for i, length in enumerate(shape) if length == 1 and summed.shape[i] != 1)
    return summed.sum(axis=repeated, keepdims=True)
