"""Soak, batch: very many engagements with broken ones among them, killed again and again, and on a Dask cluster."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.soak_crew import Outcome
from tools.engagements import generate_lines

REPOSITORY = Path(__file__).resolve().parent.parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
KILLS = 10  # of the whole; a sample is killed three times
WHOLE = 10_000
OUTPUTS = ("results.jsonl", "results.csv", "errors.txt")


def run(count: int, seed: int, processes: int) -> Outcome:
    """Evaluate so many lines whole, then killed and resumed, then on a cluster that loses a worker."""
    folder = Path(tempfile.mkdtemp(prefix="soak-batch-"))
    try:
        names = [name for name, _ in generate_lines(count, seed, 0.01)]
        with (folder / "e.jsonl").open("wb") as stream:
            for _, text in generate_lines(count, seed, 0.01):
                stream.write(text.encode("utf-8", "surrogateescape") + b"\n")
        began = time.monotonic()
        failures = _whole(folder, names, processes)
        seconds = time.monotonic() - began
        kills, more = _killed(folder, seed, seconds, processes, KILLS if count >= WHOLE else 3)
        failures += more + _on_cluster(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    bad = sum("-broken-" in name for name in names)
    line = (
        f"{count} lines, {bad} of them broken, all accounted for in {seconds:.0f} s; {kills} kills, and a cluster that "
        "lost one of two workers, gave the same bytes"
    )
    return Outcome("batch", line, tuple(failures))


def _command(folder: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "advisor", "batch", str(folder / "e.jsonl"), *more]


def _whole(folder: Path, names: list[str], processes: int) -> list[str]:
    subprocess.run(
        _command(folder, "-o", str(folder / "whole"), "--jobs", str(processes)), env=ENVIRONMENT, capture_output=True
    )
    good = {number for number, name in enumerate(names, start=1) if "-broken-" not in name}
    failures = []
    with (folder / "whole" / "results.jsonl").open(encoding="utf-8") as stream:
        lines = [json.loads(line)["line"] for line in stream]
    if lines != sorted(good):
        failures.append(f"{len(lines)} results of {len(good)} good lines, or not in their order")
    text = (folder / "whole" / "errors.txt").read_text(encoding="utf-8", errors="replace")
    told = {int(found) for found in re.findall(r"^\S+e\.jsonl:(\d+): ", text, re.M)}
    if told != set(range(1, len(names) + 1)) - good:
        failures.append(f"errors on {len(told)} lines, where {len(names) - len(good)} are broken")
    return failures


def _killed(folder: Path, seed: int, seconds: float, processes: int, times: int) -> tuple[int, list[str]]:
    """Kill the whole run, its workers too, at random moments; then let it end."""
    chance, kills = random.Random(seed), 0
    job = _command(folder, "-o", str(folder / "again"), "--resume", "--jobs", str(processes))
    for _ in range(times):
        with subprocess.Popen(
            job, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        ) as batch:
            time.sleep(chance.uniform(0.2, max(1.0, seconds / times * 1.5)))
            if batch.poll() is None:
                os.killpg(batch.pid, signal.SIGKILL)
                kills += 1
    subprocess.run(job, env=ENVIRONMENT, capture_output=True)
    return kills, _differences(folder, "again")


def _on_cluster(folder: Path) -> list[str]:
    """The same on a scheduler and two workers, one of which is killed soon after it has begun."""
    dask = [sys.executable, "-m"]
    scheduler = folder / "scheduler"
    started: list[subprocess.Popen[bytes]] = []

    def start(*arguments: str) -> None:
        with scheduler.open("ab") as said:
            started.append(
                subprocess.Popen([*dask, *arguments], env=ENVIRONMENT, stdout=said, stderr=said, start_new_session=True)
            )

    try:
        start("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        address = ""
        while not address:
            time.sleep(0.2)
            found = re.search(r"Scheduler at:\s+(tcp://\S+)", scheduler.read_text(encoding="utf-8"))
            address = found[1] if found else ""
        for number in (1, 2):
            local = str(folder / f"worker{number}")
            start(
                "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-dashboard", "--local-directory", local
            )
        job = _command(folder, "-o", str(folder / "cluster"), "--cluster", address)
        with subprocess.Popen(job, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as batch:
            journal = folder / "cluster" / ".batch" / "1" / "journal.jsonl"
            while batch.poll() is None and not (journal.exists() and journal.stat().st_size):
                time.sleep(0.1)
            os.killpg(started[1].pid, signal.SIGKILL)
        return _differences(folder, "cluster")
    finally:
        for process in started:
            with process:
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGKILL)


def _differences(folder: Path, other: str) -> list[str]:
    return [
        f"{other}: {name} differs"
        for name in OUTPUTS
        if not (folder / other / name).exists()
        or (folder / other / name).read_bytes() != (folder / "whole" / name).read_bytes()
    ]
