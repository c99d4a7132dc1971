"""How long a command takes from nothing, beside a bare interpreter, and where the time goes.

Run from the repository: python -m benchmarks.startup [--runs 20] [FILE]
Every command is a process of its own; they take turns, and the table has medians of the wall clock. What is imported is
taken from -X importtime, which slows imports down by about a third: read its figures as shares. Before measuring, each
command runs once, so that compiled files are there, as in an installed product, and the disk has been read.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
_UNLIKE_INSTALLED = {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}
CLICK = 'python -c "import click"'

# Where an import belongs in the table: by the first of these that the module's name starts with.
_GROUPS = ("click", "yaml", "durable", "jinja2", "prompt_toolkit", "advisor.documents", "advisor")

# What `advisor advise` does, step by step in one process.
_STEPS = """
import sys, time
at = [("", time.perf_counter())]
def done(name):
    at.append((name, time.perf_counter()))
import click, yaml
done("import click and yaml")
from advisor.advise import advise
from advisor.catalog.engagements import read_one
from advisor.catalog.own import catalog_for
from advisor.documents.advice.text import advice_as_text
from advisor.files import read_limited
from pathlib import Path
done("import the product")
import advisor.engine
advisor.engine._engine()
done("import durable-rules")
path = sys.argv[1]
data = read_limited(Path(path))
known = catalog_for(data, Path(path), None)
done("load the rulebook")
engagement = read_one(data, path, known)
done("read the engagement")
advice = advise(known, engagement)
done("advise, the rules of each table compiled")
advice_as_text(advice, 80, False)
done("write the text")
for (_, before), (name, after) in zip(at, at[1:]):
    print(f"{name}\\t{after - before}")
"""


def commands(file: str) -> dict[str, list[str]]:
    """What is measured, by the name that the table gives it."""
    return {
        "python -c pass": ["-c", "pass"],
        CLICK: ["-c", "import click"],
        "advisor --help": ["-m", "advisor", "--help"],
        "advisor --version": ["-m", "advisor", "--version"],
        "advisor advise --help": ["-m", "advisor", "advise", "--help"],
        "advisor advise FILE": ["-m", "advisor", "advise", file],
        "advisor advise --format json FILE": ["-m", "advisor", "advise", "--format", "json", file],
    }


def run(arguments: Sequence[str]) -> tuple[float, str, str]:
    """Seconds that one process takes, and what it prints; stops this run when it fails."""
    # Some machines forbid compiled files by the environment, and every run would compile all anew.
    environment = {name: value for name, value in os.environ.items() if name not in _UNLIKE_INSTALLED}
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *arguments], cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=True
    )
    return time.perf_counter() - start, done.stdout, done.stderr


def measure(measured: dict[str, list[str]], runs: int) -> dict[str, list[float]]:
    """Seconds of each run of each command, in turns."""
    seconds: dict[str, list[float]] = {name: [] for name in measured}
    for _ in range(runs + 1):
        for name, arguments in measured.items():
            seconds[name].append(run(arguments)[0])
    return {name: found[1:] for name, found in seconds.items()}


def imported(arguments: Sequence[str], runs: int) -> dict[str, float]:
    """Milliseconds spent in modules of each group, themselves without what they import; medians over runs."""
    found: dict[str, list[float]] = {}
    for _ in range(runs):
        spent: Counter[str] = Counter()
        for line in run(["-X", "importtime", *arguments])[2].splitlines():
            own, _, module = line.removeprefix("import time:").split("|")
            if own.strip().isdigit():
                spent[_group(module.strip())] += int(own)
        for name, microseconds in spent.items():
            found.setdefault(name, []).append(microseconds / 1000)
    return {name: statistics.median(one) for name, one in found.items()}


def _group(module: str) -> str:
    return next(
        (one for one in _GROUPS if module == one or module.startswith((f"{one}.", f"_{one}"))), "standard library"
    )


def steps(file: str, runs: int) -> dict[str, float]:
    """Milliseconds of each step of the advice on a file; medians over runs."""
    found: dict[str, list[float]] = {}
    for _ in range(runs):
        for line in run(["-c", _STEPS, file])[1].splitlines():
            name, seconds = line.split("\t")
            found.setdefault(name, []).append(float(seconds) * 1000)
    return {name: statistics.median(one) for name, one in found.items()}


def report(seconds: dict[str, list[float]]) -> str:
    """The first table: medians, what each command takes beyond importing click, and ratios to that."""
    median = {name: statistics.median(found) * 1000 for name, found in seconds.items()}
    lines = [
        "| command | ms | lowest to highest | beyond `import click` | times `import click` | times `pass` |",
        "|---|---|---|---|---|---|",
    ]
    for name, taken in median.items():
        lowest, highest = min(seconds[name]) * 1000, max(seconds[name]) * 1000
        lines.append(
            f"| `{name}` | {taken:.0f} | {lowest:.0f} to {highest:.0f} | {taken - median[CLICK]:+.0f} ms "
            f"| {taken / median[CLICK]:.2f} | {taken / median['python -c pass']:.2f} |"
        )
    return "\n".join(lines)


def main() -> int:
    """Measure and print three tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", metavar="FILE", nargs="?", default="examples/acme-portal.yaml")
    parser.add_argument("--runs", type=int, default=20)
    given = parser.parse_args()
    measured = commands(given.file)
    seconds = measure(measured, given.runs)
    sys.stdout.write(f"Python {platform.python_version()}, median of {given.runs} runs each\n\n{report(seconds)}\n")
    few = max(given.runs // 4, 3)
    shares = {name: imported(measured[name], few) for name in ("advisor --help", "advisor advise FILE")}
    sys.stdout.write("\n| imports, ms under -X importtime | " + " | ".join(f"`{name}`" for name in shares) + " |\n")
    sys.stdout.write("|---|" + "---|" * len(shares) + "\n")
    for group in ("standard library", *_GROUPS):
        if any(found.get(group) for found in shares.values()):
            figures = " | ".join(f"{found.get(group, 0):.1f}" for found in shares.values())
            sys.stdout.write(f"| {group} | {figures} |\n")
    sys.stdout.write("\n| step of `advisor advise FILE`, in one process | ms |\n|---|---|\n")
    for name, taken in steps(given.file, given.runs).items():
        sys.stdout.write(f"| {name} | {taken:.1f} |\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
