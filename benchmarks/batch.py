"""How many engagements a second `advisor batch` evaluates, beside bare parsing of the same files; and its memory.

Run from the repository: python -m benchmarks.batch [--engagements 20000] [--rounds 3] [--memory 1000000]
Ways take turns in every round; the table has medians. Each is a command of its own, start-up included, as users run it.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from advisor.catalog import load_catalog
from tools.engagements import generate, generate_lines

REPOSITORY = Path(__file__).resolve().parent.parent
BARE = {
    "yaml.CSafeLoader, bare": (
        "import sys, pathlib, yaml\n"
        "for path in sorted(pathlib.Path(sys.argv[1]).iterdir()): yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)"
    ),
    "msgspec, bare": (
        "import sys, msgspec\nwith open(sys.argv[1], 'rb') as lines:\n    for line in lines: msgspec.json.decode(line)"
    ),
    "json, bare": ("import sys, json\nwith open(sys.argv[1], 'rb') as lines:\n    for line in lines: json.loads(line)"),
}


def complete(count: int, seed: int, kinds: int) -> Iterator[str]:
    """Lines on engagements with every question answered, of so many kinds: a book of work has many that are alike."""
    catalog, chance = load_catalog(), random.Random(seed)
    sets = [
        {question.id: chance.choice(question.option_ids) for question in catalog.questions.values()}
        for _ in range(kinds)
    ]
    for number in range(count):
        head = {"id": f"e-{number}", "name": f"Engagement {number}", "client": f"Client {number % 97}"}
        yield json.dumps({"engagement": head, "answers": chance.choice(sets)})


def write(folder: Path, count: int) -> dict[str, Path]:
    """The same engagements as files and as lines, and lines of two other kinds."""
    (folder / "yaml").mkdir()
    for name, text in generate(count // 4, 1):
        (folder / "yaml" / name).write_text(text, encoding="utf-8")
    sources = {
        "varied, one in four questions open somewhere": (text for _, text in generate_lines(count, 1)),
        "complete, 500 kinds": complete(count, 2, 500),
        "complete, all different": complete(count, 3, count),
    }
    paths = {"yaml": folder / "yaml"}
    for number, (name, lines) in enumerate(sources.items()):
        paths[name] = folder / f"{number}.jsonl"
        with paths[name].open("w", encoding="utf-8") as stream:
            stream.writelines(f"{line}\n" for line in lines)
    return paths


def timed(command: list[str]) -> float:
    """Seconds that a command takes by the clock."""
    began = time.perf_counter()
    subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True)
    return time.perf_counter() - began


def batch(path: Path, out: Path, *more: str) -> list[str]:
    """The command that evaluates what is at `path`."""
    return [sys.executable, "-m", "advisor", "batch", str(path), "-o", str(out), "--no-csv", *more]


def rates(folder: Path, count: int, rounds: int) -> None:
    """Print engagements a second of every way, and how they compare."""
    paths = write(folder, count)
    yaml, *lines = paths.items()
    ways: dict[str, tuple[int, Callable[[], float]]] = {
        "yaml.CSafeLoader, bare": (
            count // 4,
            lambda: timed([sys.executable, "-c", BARE["yaml.CSafeLoader, bare"], str(yaml[1])]),
        ),
        "batch, YAML files": (count // 4, lambda: timed(batch(yaml[1], folder / "out"))),
    }
    for name in ("msgspec, bare", "json, bare"):
        ways[name] = (count, lambda name=name: timed([sys.executable, "-c", BARE[name], str(lines[0][1])]))  # type: ignore[misc]
    for name, path in lines:
        ways[f"batch, JSON Lines: {name}"] = (count, lambda path=path: timed(batch(path, folder / "out")))  # type: ignore[misc]
    two, path_of_two = lines[-1]
    ways["batch, two processes"] = (count, lambda: timed(batch(path_of_two, folder / "out", "--jobs", "2")))
    timed(batch(yaml[1], folder / "out"))  # so that nobody has to compile the product's files
    found: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, (many, run) in ways.items():
            found[name].append(many / run())
    _say("| way | engagements a second | lowest to highest |\n|---|---|---|")
    for way, seen in found.items():
        _say(f"| {way} | {statistics.median(seen):,.0f} | {min(seen):,.0f} to {max(seen):,.0f} |")
    middle = {way: statistics.median(seen) for way, seen in found.items()}
    _say(f"\nYAML, batch to bare: {middle['batch, YAML files'] / middle['yaml.CSafeLoader, bare']:.2f}")
    for other, _ in lines:
        _say(
            f"JSON Lines, {other}, batch to bare: {middle[f'batch, JSON Lines: {other}'] / middle['msgspec, bare']:.2f}"
        )
    _say(f"two processes to one ({two}): {middle['batch, two processes'] / middle[f'batch, JSON Lines: {two}']:.2f}")


def memory(folder: Path, count: int) -> None:
    """Print what the processes of a batch of very many lines take, as they go on."""
    path = folder / "many.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(f"{text}\n" for _, text in generate_lines(count, 4))
    with subprocess.Popen(
        batch(path, folder / "many", "--jobs", "2"), cwd=REPOSITORY, stdout=subprocess.DEVNULL
    ) as run:
        seen: list[tuple[float, dict[int, int]]] = []
        began = time.monotonic()
        finished = threading.Event()

        def look() -> None:
            while not finished.wait(5):
                seen.append((time.monotonic() - began, _sizes(run.pid)))

        watcher = threading.Thread(target=look)
        watcher.start()
        run.wait()
        finished.set()
        watcher.join()
    seconds = time.monotonic() - began
    _say(f"\n{count:,} lines in {seconds:,.0f} s, {count / seconds:,.0f} a second")
    for part in (0.1, 0.25, 0.5, 0.75, 0.95):
        at, sizes = seen[int(part * (len(seen) - 1))]
        _say(f"after {at:,.0f} s: {', '.join(f'{size} MiB' for size in sizes.values())} (this process, its workers)")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _sizes(pid: int) -> dict[int, int]:
    """MiB that a process and its children hold, without what they share with nobody's knowledge."""
    found = {}
    children = Path(f"/proc/{pid}/task/{pid}/children")
    for one in (pid, *(int(child) for child in children.read_text().split() if children.exists())):
        lines = Path(f"/proc/{one}/status").read_text().splitlines() if Path(f"/proc/{one}").exists() else []
        size = next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS")), 0)
        if size > 20:  # the tracker of the standard library is no worker
            found[one] = size
    return found


def main() -> None:
    """Measure, and print tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engagements", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", type=int, default=0, help="lines to watch the memory over")
    given = parser.parse_args()
    os.environ["PYTHONPATH"] = str(REPOSITORY)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    _say(f"Python {platform.python_version()}, {len(os.sched_getaffinity(0))} processors, {given.rounds} rounds\n")
    with tempfile.TemporaryDirectory() as folder:
        if given.rounds:
            rates(Path(folder), given.engagements, given.rounds)
        if given.memory:
            memory(Path(folder), given.memory)


if __name__ == "__main__":
    main()
