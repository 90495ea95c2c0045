"""The modules of a submission: its own files, numpy, torch and the standard library, and nothing else by any name."""

from __future__ import annotations

import builtins
import importlib.abc
import importlib.util
import sys
from types import CodeType, ModuleType
from typing import Any, Sequence

PACKAGES = ("numpy", "torch")
ENTRY = "submission"


def load(files: Sequence[Sequence[str]]) -> ModuleType:
    """Runs the first of the files, [[name, text], ...], as the module of the submission. Raises what it raises."""
    own = _OwnFiles(files)
    # Last, so that no file of the submission takes the place of a module that is there.
    sys.meta_path.append(own)
    name, text = files[0]
    module = ModuleType(ENTRY)
    sys.modules[ENTRY] = module
    own.run(module, name, text)
    return module


class _OwnFiles(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds `import helpers` in helpers.py and helpers/__init__.py of the submission."""

    def __init__(self, files: Sequence[Sequence[str]]):
        self._texts = dict(files)
        self._top = {name.split("/")[0].removesuffix(".py") for name in self._texts}
        self._builtins = {**vars(builtins), "__import__": self._import}

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> Any:
        place = fullname.replace(".", "/")
        for file in (f"{place}.py", f"{place}/__init__.py"):
            if file in self._texts:
                is_package = file.endswith("/__init__.py")
                return importlib.util.spec_from_loader(fullname, self, origin=file, is_package=is_package)
        if any(name.startswith(f"{place}/") for name in self._texts):
            return importlib.util.spec_from_loader(fullname, None, is_package=True)
        return None

    def exec_module(self, module: ModuleType) -> None:
        file = module.__spec__.origin
        self.run(module, file, self._texts[file])

    def run(self, module: ModuleType, file: str, text: str) -> None:
        """Runs the text of a file in a module, with an `import` that knows what a submission may import."""
        module.__dict__["__builtins__"] = self._builtins
        code: CodeType = compile(text, file, "exec", dont_inherit=True)
        exec(code, module.__dict__)

    def _import(self, name, globals=None, locals=None, fromlist=(), level=0):
        top = name.partition(".")[0]
        if level == 0:
            known = top in PACKAGES or top in sys.stdlib_module_names
            if known and top in self._top:
                raise ImportError(f"The file {top}.py has the name of another module. Give it a name of its own.")
            if not known and top not in self._top:
                raise ImportError(
                    f'Only numpy, torch, the standard library and files of the submission can be imported, found "{name}".'
                )
            if top == "torch" and importlib.util.find_spec("torch") is None:
                raise ImportError("torch is not installed in the Python that checks this submission.")
        return builtins.__import__(name, globals, locals, fromlist, level)
