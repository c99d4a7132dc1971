"""Batches on a Dask cluster: a scheduler and workers as processes of their own, and one of them killed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.test_batch import command
from tools.engagements import generate, generate_lines

pytest.importorskip("distributed")
ADDRESS = ("--cluster", "tcp://127.0.0.1:9")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(REPOSITORY)}


class Cluster:
    """A scheduler and two workers, with nothing of the tests in them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._processes: list[subprocess.Popen[bytes]] = []
        self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        self.address = self._wait("scheduler", r"Scheduler at:\s+(tcp://\S+)")
        for number in (1, 2):
            self._start(
                "worker",
                self.address,
                "--nthreads",
                "2",
                "--no-dashboard",
                "--local-directory",
                str(folder / str(number)),
            )

    def _start(self, kind: str, *arguments: str) -> None:
        with (self._folder / kind).open("ab") as said:
            self._processes.append(
                subprocess.Popen(
                    [sys.executable, "-m", f"distributed.cli.dask_{kind}", *arguments],
                    stdout=said,
                    stderr=said,
                    env=ENVIRONMENT,
                    start_new_session=True,
                )
            )

    def _wait(self, kind: str, pattern: str) -> str:
        for _ in range(300):
            found = re.search(pattern, (self._folder / kind).read_text(encoding="utf-8"))
            if found:
                return found[1]
            time.sleep(0.1)
        raise AssertionError((self._folder / kind).read_text(encoding="utf-8"))

    def kill_a_worker(self) -> None:
        """End a worker and the nanny that would start another in its place, at once."""
        os.killpg(self._processes[1].pid, signal.SIGKILL)

    def kill_the_scheduler(self) -> None:
        os.killpg(self._processes[0].pid, signal.SIGKILL)

    def close(self) -> None:
        for process in self._processes:
            with process:
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGKILL)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    (tmp_path / "dask").mkdir()
    started = Cluster(tmp_path / "dask")
    try:
        yield started
    finally:
        started.close()


def test_the_same_bytes_as_on_one_machine(tmp_path: Path, cluster: Cluster) -> None:
    """A cluster gives the bytes that one machine gives, though one of its two workers is killed in the middle."""
    lines = [text for _, text in generate_lines(400, 41, 0.02)]
    (tmp_path / "e.jsonl").write_text("\n".join(lines), encoding="utf-8", errors="surrogateescape")
    (tmp_path / "y").mkdir()
    for name, text in generate(30, 42, 0.1):
        (tmp_path / "y" / name).write_text(text, encoding="utf-8", errors="surrogateescape")
    job = ("batch", "y", "e.jsonl", "-o")
    alone = subprocess.run(command(*job, "alone"), cwd=tmp_path, env=ENVIRONMENT, capture_output=True)
    with subprocess.Popen(
        command(*job, "together", "--cluster", cluster.address),
        cwd=tmp_path,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as run:
        journal = tmp_path / "together" / ".batch" / "1" / "journal.jsonl"
        while run.poll() is None and not (journal.exists() and journal.stat().st_size):
            time.sleep(0.05)
        assert run.poll() is None, "the run was over before a worker could be killed"
        cluster.kill_a_worker()
        said, _ = run.communicate(timeout=300)
    assert run.returncode == alone.returncode == 1
    assert said.replace(b"together", b"alone") == alone.stdout
    for name in ("results.jsonl", "results.csv", "errors.txt"):
        assert (tmp_path / "together" / name).read_bytes() == (tmp_path / "alone" / name).read_bytes()


def test_no_scheduler(tmp_path: Path) -> None:
    """An address where no scheduler answers is said to be that."""
    (tmp_path / "e.yaml").write_text("answers: {}\n", encoding="utf-8")
    without_patience = "import advisor.batch.cluster as c; c._WAIT = 2; from advisor.cli import main; main()"
    run = subprocess.run(
        [sys.executable, "-c", without_patience, "batch", "e.yaml", "-o", "out", *ADDRESS],
        cwd=tmp_path,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 1
    assert run.stderr.startswith("tcp://127.0.0.1:9: no Dask scheduler answers there")
    assert "Traceback" not in run.stderr


def test_a_scheduler_that_dies(tmp_path: Path, cluster: Cluster) -> None:
    """The run ends in one sentence, and what was done is there for `--resume`."""
    lines = [text for _, text in generate_lines(1500, 41, 0.02)]
    (tmp_path / "e.jsonl").write_text("\n".join(lines), encoding="utf-8", errors="surrogateescape")
    with subprocess.Popen(
        command("batch", "e.jsonl", "-o", "out", "--cluster", cluster.address),
        cwd=tmp_path,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as run:
        journal = tmp_path / "out" / ".batch" / "1" / "journal.jsonl"
        while run.poll() is None and not (journal.exists() and journal.stat().st_size):
            time.sleep(0.05)
        assert run.poll() is None, "the run was over before the scheduler could be killed"
        cluster.kill_the_scheduler()
        _, said = run.communicate(timeout=120)
    assert run.returncode == 1
    assert "Traceback" not in said
    assert f"{cluster.address}: the Dask scheduler or its workers give no answer (" in said.splitlines()[-1]
