"""Frames and values as bytes: docs/protocol.md."""

from __future__ import annotations

import os
import struct
from typing import Any

import numpy as np

from .values import Handle, Program, Random, Record, Step, Tensor

CHANNEL = 3
MAGIC = 0x73636F72  # "scor"
FRAME_TYPES = ("load", "ask", "ready", "loaded", "answer")
HEADER = struct.Struct("<IIII")

NULL, FALSE, TRUE, NUMBER, TEXT, BYTES, LIST, RECORD, TENSOR, RANDOM, PROGRAM, HANDLE, INTEGER = range(13)
ALIGNMENT = 4
DTYPES = (np.dtype("<f4"), np.dtype("<i4"), np.dtype("?"))


def receive() -> tuple[str, int, Any]:
    """The next frame: its type, its number and its value. Ends the process where the parent has closed the channel."""
    magic, kind, number, length = HEADER.unpack(_read(HEADER.size))
    if magic != MAGIC or kind >= len(FRAME_TYPES):
        os._exit(70)
    return FRAME_TYPES[kind], number, decode(_read(length))


def send(kind: str, number: int, value: Any) -> None:
    """Writes one frame."""
    body = encode(value)
    data = memoryview(HEADER.pack(MAGIC, FRAME_TYPES.index(kind), number, len(body)) + body)
    while data:
        data = data[os.write(CHANNEL, data) :]


def _read(count: int) -> bytes:
    parts = []
    while count > 0:
        part = os.read(CHANNEL, min(count, 1 << 20))
        if not part:
            os._exit(0)
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def encode(value: Any) -> bytearray:
    """The bytes of a value. Raises TypeError for what is none."""
    out = bytearray()
    _write(value, out)
    return out


def _write(value: Any, out: bytearray) -> None:
    if value is None:
        out += _tag(NULL)
    elif isinstance(value, bool):
        out += _tag(TRUE if value else FALSE)
    elif isinstance(value, (int, float)):
        out += _tag(NUMBER) + struct.pack("<d", value)
    elif isinstance(value, str):
        _write_text(value, out)
    elif isinstance(value, bytes):
        out += _tag(BYTES, len(value)) + value
    elif isinstance(value, (list, tuple)):
        out += _tag(LIST, len(value))
        for each in value:
            _write(each, out)
    elif isinstance(value, Tensor):
        array = value.array
        out += _tag(TENSOR, DTYPES.index(array.dtype), array.ndim, *array.shape)
        out += bytes(_padding(len(out)))
        out += array.tobytes()
    elif isinstance(value, Record):
        out += _tag(RECORD, len(value.fields))
        for name, each in value.fields.items():
            _write_text(name, out)
            _write(each, out)
    elif isinstance(value, Handle):
        out += _tag(HANDLE, value.id)
    else:
        raise TypeError(f"Expected a value, got {type(value).__name__}.")


def _write_text(text: str, out: bytearray) -> None:
    utf8 = text.encode("utf-8", "backslashreplace")
    out += _tag(TEXT, len(utf8)) + utf8


def _tag(tag: int, *numbers: int) -> bytes:
    return struct.pack(f"<B{len(numbers)}I", tag, *numbers)


def _padding(at: int) -> int:
    """How many zero bytes come before elements that would begin there."""
    return -at % ALIGNMENT


def decode(data: bytes) -> Any:
    """The value that the bytes of a question are."""
    return _Reader(data).value()


class _Reader:
    """Reads one value after the other. What it reads comes from the parent, so a mistake in it is a bug and may raise anything."""

    def __init__(self, data: bytes):
        self._data = data
        self._at = 0

    def value(self) -> Any:
        tag = self._take(1)[0]
        if tag in (NULL, FALSE, TRUE):
            return {NULL: None, FALSE: False, TRUE: True}[tag]
        if tag == NUMBER:
            return self._numbers("d", 1)[0]
        if tag == INTEGER:
            return int(self._numbers("d", 1)[0])
        if tag == TEXT:
            return self._take(self._count()).decode("utf-8")
        if tag == BYTES:
            return bytes(self._take(self._count()))
        if tag == LIST:
            return [self.value() for _ in range(self._count())]
        if tag == RECORD:
            return Record({self.value(): self.value() for _ in range(self._count())})
        if tag == TENSOR:
            return self._tensor()
        if tag == RANDOM:
            return Random(self._numbers("I", 4))
        if tag == PROGRAM:
            return _program(self.value())
        if tag == HANDLE:
            return Handle(self._count())
        raise ValueError(f"Expected a known tag, got {tag}.")

    def _tensor(self) -> Tensor:
        dtype = DTYPES[self._count()]
        shape = self._numbers("I", self._count())
        self._take(_padding(self._at))
        size = int(np.prod(shape, dtype=np.int64)) * dtype.itemsize
        return Tensor(np.frombuffer(self._take(size), dtype).reshape(shape))

    def _take(self, count: int) -> bytes:
        self._at += count
        return self._data[self._at - count : self._at]

    def _count(self) -> int:
        return self._numbers("I", 1)[0]

    def _numbers(self, kind: str, count: int) -> tuple:
        form = f"<{count}{kind}"
        return struct.unpack(form, self._take(struct.calcsize(form)))


def _program(parts: list) -> Program:
    name, inputs, parameters, steps, result = parts
    return Program(
        name,
        tuple((each, None if shape is None else [_length(length) for length in shape]) for each, shape in inputs),
        tuple(parameters),
        tuple(Step(op, tuple(map(int, of)), tuple(numbers)) for op, of, numbers in steps),
        int(result),
    )


def _length(length: float | str) -> int | str:
    return length if isinstance(length, str) else int(length)
