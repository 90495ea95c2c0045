"""The loop of the child: it reads questions from descriptor 3, calls the submission and writes what became of each call."""

from __future__ import annotations

import os
import sys
import traceback
from typing import Any


def main() -> None:
    """`argv`: a JSON list of folders with packages, then `numpy` or `torch`. SCORECHECK_UID is the user to become, where we are root."""
    import json

    folders, framework_name = json.loads(sys.argv[1]), sys.argv[2]
    own = sys.path[0]
    sys.path.extend(folders)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace", write_through=True)

    from . import call, chance, modules, wire
    from .values import NoValue, Record

    if framework_name == "torch":
        from . import with_torch as framework
    else:
        from . import with_numpy as framework
    import_early()
    # What the submission imports is found without the folder of this program.
    sys.path.remove(own)
    sys.argv[:] = ["submission"]
    drop_privileges()
    chance.draw_from(chance.LOADING)
    wire.send("ready", 0, Record({"backend": framework_name}))

    loaded = None
    while True:
        kind, number, value = wire.receive()
        if kind == "load":
            files, base = value[0], int(value[1])
            try:
                loaded = call.Loaded(modules.load(files), framework, base)
                wire.send("loaded", number, Record({"status": "loaded"}))
            except SystemExit:
                raise
            except BaseException as error:
                wire.send("loaded", number, threw(error, {name for name, _ in files}))
        elif loaded is not None:
            try:
                answer = call.answer(loaded, value.fields)
            except SystemExit:
                raise
            except NoValue as error:
                answer = Record({"status": "malformed", "path": error.path, "expected": error.expected, "got": error.got})
            except BaseException as error:
                answer = threw(error, {name for name, _ in files})
            wire.send("answer", number, answer)


def import_early() -> None:
    """What submissions import most: the user that the process becomes may not be able to read it where there is no bubblewrap."""
    import collections, copy, dataclasses, functools, itertools, typing  # noqa: E401, F401

    import numpy.fft, numpy.linalg, numpy.random  # noqa: E401, F401


def drop_privileges() -> None:
    """As root the process becomes a user whom nobody else is. Only our own code has run until here."""
    user = os.environ.pop("SCORECHECK_UID", "")
    if not user or os.getuid() != 0:
        return
    os.setgroups([])
    os.setgid(int(user))
    os.setuid(int(user))


def threw(error: BaseException, files: set[str]) -> Any:
    """What was raised, as text: the parent caps and escapes it, and finds the place in the student's file, `file:line:column`."""
    from .values import Record

    try:
        message = str(error)
    except BaseException:
        message = "(an exception that has no text)"
    places = [place_of(frame) for frame in traceback.extract_tb(error.__traceback__) if frame.filename in files]
    if isinstance(error, SyntaxError):
        message = error.msg
        if error.filename in files:
            places.append(f"{error.filename}:{error.lineno or 1}:{error.offset or 1}")
    exported = getattr(error, "exported", None)
    return Record(
        {
            "status": "threw",
            "name": type(error).__name__[:100],
            "message": message[:4_000],
            # The innermost call first, as JavaScript has them.
            "stack": "\n".join(reversed(places))[:20_000],
            **({"exported": [str(each)[:100] for each in exported[:50]]} if isinstance(exported, list) else {}),
        }
    )


def place_of(frame: traceback.FrameSummary) -> str:
    """Line and column count from 1; before Python 3.11 the column is not known."""
    return f"{frame.filename}:{frame.lineno}:{(getattr(frame, 'colno', None) or 0) + 1}"
