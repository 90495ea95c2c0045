"""Times two graders of notebooks on one small assignment: `python graders.py FOLDER COUNT`, in an environment that has both.

Five questions of two points (a denoising target and its loss, a trace estimate, a sliced loss, one reverse step), each with a public and a hidden
case. Every other submission has one planted mistake. Prints JSON: seconds per submission, and the points that each grader gave.
"""

import csv
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

BIN = pathlib.Path(sys.executable).parent

RIGHT = {
    "dsm_target": "def dsm_target(x, x0, sigma):\n    return (x0 - x) / sigma**2",
    "dsm_loss": (
        "def dsm_loss(score, x0, noise, sigma):\n"
        "    x = x0 + sigma * noise\n"
        "    return np.mean(np.sum((score(x) + noise / sigma) ** 2, axis=1))"
    ),
    "hutchinson": "def hutchinson(a, probes):\n    return np.mean(np.sum((probes @ a.T) * probes, axis=1))",
    "ssm_loss": (
        "def ssm_loss(a, b, x, probes):\n"
        "    s = x @ a.T + b\n"
        "    return np.mean(np.sum(probes * s, axis=1) ** 2 + 2 * np.sum((probes @ a.T) * probes, axis=1))"
    ),
    "reverse_step": (
        "def reverse_step(score, x, beta, dt, noise):\n"
        "    drift = -0.5 * beta * x - beta * score(x)\n"
        "    return x - drift * dt + np.sqrt(beta * dt) * noise"
    ),
}

# Function, what stands there, what a student wrote.
MISTAKES = [
    ("dsm_target", "(x0 - x)", "(x - x0)"),
    ("dsm_target", "sigma**2", "sigma"),
    ("dsm_loss", "axis=1", "axis=0"),
    ("hutchinson", "np.mean(np.sum((probes @ a.T) * probes, axis=1))", "np.trace(a)"),
    ("ssm_loss", "+ 2 *", "+"),
    ("reverse_step", "- beta * score", "+ beta * score"),
    ("reverse_step", "np.sqrt(beta * dt)", "beta * dt"),
]

# A public case and a hidden one of each question, as expressions that are true.
SETUP = "r = np.random.default_rng({seed})\nx = r.normal(size=(6, 3)); x0 = r.normal(size=(6, 3)); z = r.normal(size=(6, 3)); a = r.normal(size=(3, 3)); b = r.normal(size=3)"
CHECKS = {
    "dsm_target": "np.allclose(dsm_target(x, x0, 0.7) * 0.49, x0 - x)",
    "dsm_loss": "np.isclose(dsm_loss(lambda y: -y, x0, z, 0.6), np.mean(np.sum((z / 0.6 - x0 - 0.6 * z) ** 2, axis=1)))",
    "hutchinson": "np.isclose(hutchinson(a, z), np.einsum('ni,ij,nj->', z, a, z) / 6)",
    "ssm_loss": "np.isclose(ssm_loss(a, b, x, z), np.mean(np.einsum('ni,ni->n', z, x @ a.T + b) ** 2 + 2 * np.einsum('ni,ij,nj->n', z, a, z)))",
    "reverse_step": "np.allclose(reverse_step(lambda y: -y, x, 3.0, 0.01, z), x - 0.015 * x + np.sqrt(0.03) * z)",
}


def submissions(count):
    """Functions of each submission by name; every other one has a mistake."""
    made = []
    for i in range(count):
        functions = dict(RIGHT)
        if i % 2:
            name, right, wrong = MISTAKES[(i // 2) % len(MISTAKES)]
            assert right in functions[name]
            functions[name] = functions[name].replace(right, wrong)
        made.append(functions)
    return made


def run(command, folder):
    # nbgrader starts programs of its environment by their names.
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    began = time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, command))}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return time.perf_counter() - began, done.stdout


def otter(folder, made):
    """`otter run` per submission, one after the other."""
    tests = folder / "tests"
    tests.mkdir(parents=True)
    for name, check in CHECKS.items():
        cases = []
        for seed, hidden in [(1, False), (2, True)]:
            lines = SETUP.format(seed=seed).replace("; ", "\n").split("\n")
            code = "".join(f">>> {line}\n" for line in lines) + f">>> bool({check})\nTrue"
            cases.append({"code": code, "hidden": hidden, "locked": False})
        suite = {"cases": cases, "scored": True, "setup": "", "teardown": "", "type": "doctest"}
        test = {"name": name, "points": 2, "suites": [suite]}
        (tests / f"{name}.py").write_text(f"OK_FORMAT = True\ntest = {test!r}\n")
    run([BIN / "otter", "generate", "-t", tests, "-o", folder / "autograder.zip", "--no-environment"], folder)
    seconds, points = [], []
    for i, functions in enumerate(made):
        cells = [new_code_cell("import numpy as np\nimport otter\ngrader = otter.Notebook(tests_dir='tests')")]
        for name, text in functions.items():
            cells += [new_code_cell(text), new_code_cell(f"grader.check('{name}')")]
        notebook = folder / f"s{i}.ipynb"
        nbformat.write(new_notebook(cells=cells, metadata=KERNEL), notebook)
        out = folder / f"out{i}"
        out.mkdir()
        took, _ = run([BIN / "otter", "run", notebook, "-a", folder / "autograder.zip", "-o", out], folder)
        seconds.append(took)
        results = json.loads((out / "results.json").read_text())
        points.append(sum(test.get("score") or 0 for test in results["tests"]))
    return {"seconds": seconds, "points": points}


KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


def nbgrader(folder, made):
    """`nbgrader autograde` of the whole class, one after the other as it does."""
    source = folder / "source" / "ps"
    source.mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'course'\n")
    cells = [new_code_cell("import numpy as np")]
    for name, check in CHECKS.items():
        stub = "### BEGIN SOLUTION\n" + RIGHT[name] + "\n### END SOLUTION"
        cells.append(marked(stub, f"{name}-answer", solution=True))
        tests = SETUP.format(seed=1) + f"\nassert {check}\n### BEGIN HIDDEN TESTS\n" + SETUP.format(seed=2) + f"\nassert {check}\n### END HIDDEN TESTS"
        cells.append(marked(tests, f"{name}-test", solution=False))
    nbformat.write(new_notebook(cells=cells, metadata=KERNEL), source / "ps.ipynb")
    run([BIN / "nbgrader", "generate_assignment", "ps", "--create"], folder)
    for i, functions in enumerate(made):
        notebook = nbformat.read(folder / "release" / "ps" / "ps.ipynb", as_version=4)
        for cell in notebook.cells:
            grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
            if grade_id.endswith("-answer"):
                cell.source = functions[grade_id.removesuffix("-answer")]
        target = folder / "submitted" / f"s{i:02}" / "ps"
        target.mkdir(parents=True)
        nbformat.write(notebook, target / "ps.ipynb")
    took, _ = run([BIN / "nbgrader", "autograde", "ps", "--create"], folder)
    run([BIN / "nbgrader", "export"], folder)
    with open(folder / "grades.csv") as grades:
        points = {row["student_id"]: float(row["score"]) for row in csv.DictReader(grades)}
    return {"seconds": [took / len(made)] * len(made), "points": [points[f"s{i:02}"] for i in range(len(made))]}


def marked(text, grade_id, *, solution):
    about = {"grade": not solution, "solution": solution, "locked": not solution, "task": False, "schema_version": 3, "grade_id": grade_id}
    if not solution:
        about["points"] = 2
    return new_code_cell(text, metadata={"nbgrader": about})


if __name__ == "__main__":
    base, count = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    made = submissions(count)
    truth = [10 if functions == RIGHT else 8 for functions in made]
    found = {}
    for name, grader in {"otter run": otter, "nbgrader autograde": nbgrader}.items():
        folder = base / re.sub(r"\W", "-", name)
        shutil.rmtree(folder, ignore_errors=True)
        found[name] = grader(folder, made)
    print(json.dumps({"truth": truth, "graders": found}))
