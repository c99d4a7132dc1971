"""Soak, workers: in a batch, a file that kills or hangs the worker costs that file only, and so does a stray kill."""

from __future__ import annotations

import contextlib
import ctypes
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from advisor.batch import Item
from advisor.batch.pool import chunks, evaluated
from advisor.batch.report import Report
from advisor.batch.run import stopped
from advisor.batch.tally import Options
from advisor.batch.work import evaluate_item
from advisor.catalog import load_catalog
from advisor.interview.writing import dump_engagement
from advisor.model.engagement import Engagement
from benchmarks.soak_crew import Outcome

REPOSITORY = Path(__file__).resolve().parent.parent
PATIENCE = 5.0
POISONS = ("abort", "segfault", "kill", "exit", "hang", "half")
NOT_STARTED = "a process to work in cannot be started here: it ended with -9; what was done is kept for --resume"
TWICE = "stopped the rules engine twice; left out"
FILES_A_POISON = 20
DOCUMENTS_A_FILE = 4


def run(count: int, seed: int, processes: int) -> Outcome:
    """Put so many poisoned files among twenty times as many good ones, then kill workers of `advisor batch`."""
    folder = Path(tempfile.mkdtemp(prefix="soak-workers-"))
    try:
        chance = random.Random(seed)
        good = _write_files(folder / "good", chance, count * FILES_A_POISON, 1)
        poisoned, failures = _poisoned(folder, good, chance, count)
        large = _write_files(folder / "large", chance, count * FILES_A_POISON, DOCUMENTS_A_FILE)
        kills, lost, more = _killed(folder, len(large), chance, count)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    line = (
        f"{poisoned} poisoned files among {len(good)} cost {poisoned} results; "
        f"{kills} kills of workers while `advisor batch` read {len(large)} files cost {lost} of these, killed twice"
    )
    return Outcome("workers", line, tuple(failures + more))


def _write_files(folder: Path, chance: random.Random, count: int, documents: int) -> list[Path]:
    catalog = load_catalog()
    folder.mkdir()
    files = [folder / f"{number:05}.yaml" for number in range(count)]
    for file in files:
        texts = []
        for number in range(documents):
            answers = {
                question.id: chance.choice(question.option_ids)
                for question in catalog.questions.values()
                if chance.random() > 0.2
            }
            texts.append(dump_engagement(Engagement(f"{file.stem}-{number}", "A name", "", answers, {}, {})))
        file.write_text("---\n".join(texts), encoding="utf-8")
    return files


def poisoned(item: Item) -> Report:
    """What the product does with a file, but one with a poison's name takes the process down, or does not end."""
    poison = Path(item.source).stem.split("-")[0]
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if poison == "abort":
        os.abort()
    elif poison == "segfault":
        ctypes.string_at(8)
    elif poison == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif poison == "exit":
        os._exit(0)
    elif poison == "hang":
        time.sleep(600)
    elif poison == "half":  # dies while it answers: the length of a long answer is sent, and little more
        for number in range(3, 64):
            with contextlib.suppress(OSError):
                if str(Path(f"/proc/self/fd/{number}").readlink()).startswith("socket:"):
                    os.write(number, b"\x00\x01\x00\x00half an answer")
        os._exit(1)
    return evaluate_item(item, Options())


def _poisoned(folder: Path, good: list[Path], chance: random.Random, count: int) -> tuple[int, list[str]]:
    files = list(good)
    poisons = [folder / f"{POISONS[number % len(POISONS)]}-{number}.yaml" for number in range(count)]
    for poison in poisons:
        files.insert(chance.randrange(len(files) + 1), poison)
    items = [Item(str(file), file.stem, file.read_bytes() if file.exists() else b"") for file in files]
    with _quiet():
        reports = [
            one for _, found in evaluated(chunks(items), poisoned, stopped, patience=PATIENCE) for (one,) in found
        ]
    failures = []
    if len(reports) != len(files):
        failures.append(f"{len(reports)} reports on {len(files)} files")
    for file, report in zip(files, reports, strict=False):
        if file in poisons:
            if [one.message for one in report.problems] != [TWICE] or report.problems[0].file != str(file):
                failures.append(f"{file}: {report}")
        elif "done" not in report.counts or "failed" in report.counts:
            failures.append(f"a good file failed: {report}")
    return len(poisons), failures


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """What dying workers write to the screen is no news."""
    sys.stderr.flush()
    kept = os.dup(2)
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _killed(folder: Path, files: int, chance: random.Random, count: int) -> tuple[int, int, list[str]]:
    """Run `advisor batch` whole, then again while its workers are killed; the second must give what the first did."""
    whole = _batch(folder / "large", folder / "whole", 0, chance)
    again = _batch(folder / "large", folder / "again", count, chance)
    lines = (folder / "whole/results.jsonl").read_text(encoding="utf-8").splitlines()
    left = (folder / "again/results.jsonl").read_text(encoding="utf-8").splitlines()
    errors = (folder / "again/errors.txt").read_text(encoding="utf-8").splitlines()
    failures = []
    if whole[0] != 0 or len(lines) != files * DOCUMENTS_A_FILE:
        failures.append(f"the undisturbed batch ended with {whole[0]} and {len(lines)} results of {files} files")
    known = set(left)
    if left != [line for line in lines if line in known]:
        failures.append("results are not those of the undisturbed batch, in its order")
    if len(left) + len(errors) * DOCUMENTS_A_FILE != len(lines) or not all(line.endswith(TWICE) for line in errors):
        failures.append(f"{len(left)} results and {len(errors)} errors for {files} files: {errors[:3]}")
    if again[0] != (1 if errors else 0) or "Traceback" in again[2]:
        failures.append(f"exit code {again[0]}: {again[2][-500:]}")
    return again[1], len(errors), failures


def _batch(folder: Path, to: Path, kills: int, chance: random.Random) -> tuple[int, int, str]:
    """Exit code, workers killed, what was said. Where one was killed before it had started, the batch is resumed."""
    command = [sys.executable, "-m", "advisor", "batch", str(folder), "-o", str(to)]
    killed = 0
    while True:
        with subprocess.Popen(
            command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as batch:
            before = killed
            while killed < kills and batch.poll() is None:
                time.sleep(chance.choice((0.2, 0.5, 0.8, 1.1, 1.6, 2.4)))
                for worker in _workers_of(batch.pid):
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(worker, signal.SIGKILL)
                        killed += 1
            said = batch.communicate(timeout=600)[1]
        if killed == before or NOT_STARTED not in said:
            return batch.returncode, killed, said
        command = [*command, "--resume"] if "--resume" not in command else command


def _workers_of(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children")
    if not children.exists():
        return []
    found = []
    for child in children.read_text().split():
        with contextlib.suppress(OSError):
            if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                found.append(int(child))
    return found
