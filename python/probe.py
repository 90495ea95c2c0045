"""Says as JSON what this Python has: `python -I probe.py`. Run on the machine itself, before there is a submission."""

import importlib.util
import json
import os
import sys


def version_of(package: str) -> "str | None":
    """The version of an installed package; None where it is missing or broken."""
    from importlib import metadata

    if importlib.util.find_spec(package) is None:
        return None
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return getattr(__import__(package), "__version__", "unknown")


def libraries() -> "list[str]":
    """The shared libraries that Python, its modules and numpy load (Linux)."""
    for name in ("ctypes", "decimal", "hashlib", "lzma", "bz2", "zlib", "ssl", "numpy", "numpy.linalg", "numpy.random", "numpy.fft"):
        try:
            __import__(name)
        except ImportError:
            pass
    try:
        with open("/proc/self/maps") as maps:
            found = {line.split(maxsplit=5)[-1].strip() for line in maps if "/" in line}
    except OSError:
        return []
    return sorted(file for file in found if ".so" in os.path.basename(file))


packages = [folder for folder in sys.path if folder.endswith(("site-packages", "dist-packages")) and os.path.isdir(folder)]
extensions = {os.path.realpath(folder) for folder in sys.path if folder.endswith("lib-dynload") and os.path.isdir(folder)}
executable = getattr(sys, "_base_executable", None) or sys.executable
print(
    json.dumps(
        {
            "version": ".".join(map(str, sys.version_info[:3])),
            "executable": os.path.realpath(executable),
            "standardLibrary": sorted({os.path.dirname(os.path.realpath(os.__file__))} | extensions),
            "packages": [os.path.realpath(folder) for folder in packages],
            "numpy": version_of("numpy"),
            "torch": version_of("torch"),
            "libraries": libraries(),
        }
    )
)
