"""Soak, disk: full, read-only or closed, whatever is written to: one clear error, the old file whole, nothing left."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.soak_crew import Outcome, Wrong

REPOSITORY = Path(__file__).resolve().parent.parent
EXAMPLES = REPOSITORY / "examples"
ACME = str(EXAMPLES / "acme-portal.yaml")
ROOMS = (0, 8, 1, 4, 16, 2, 32, 3, 12, 24, 64, 6)  # KiB left on the disk; later ones are tried when there is time
DOCUMENTS = ("acme.html", "acme.md", "acme.csv", "acme.json")
OLD = "the old text, which took a day to write\n" * 10
ANSWERS = "1\n2\n1\n2\n"
_LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, ({0}, {0}))
sys.argv[0] = "advisor"
from advisor.cli import main
main()
"""
_NAMESPACES = (["unshare", "--mount"], ["unshare", "--user", "--map-root-user", "--mount"])


@dataclass(frozen=True, slots=True)
class Job:
    """A command that writes into a folder, what it is typed, and the files that it writes or leaves whole."""

    arguments: tuple[str, ...]
    files: tuple[str, ...]
    typed: str = ""


JOBS = (
    *(Job(("raci", ACME, "-o", name), (name,)) for name in DOCUMENTS),
    Job(
        ("raci", str(EXAMPLES / "agency-site.yaml"), str(EXAMPLES / "erp-rollout.yaml"), "-o", "d", "--format", "html"),
        ("d/agency-site.html", "d/erp-rollout.html"),
    ),
    Job(
        ("batch", str(EXAMPLES / "agency-site.yaml"), "-o", "out"),
        ("out/results.jsonl", "out/results.csv", "out/errors.txt"),
    ),
    Job(("new", "new.yaml", "--name", "New"), ("new.yaml",)),
    Job(("ask", "asked.yaml"), ("asked.yaml",), ANSWERS),
)


STREAM_JOBS = (
    Job(("advise", ACME), ()),
    Job(("ask", "asked.yaml"), ("asked.yaml",), ANSWERS),
    Job(("advise", ACME, "--format", "json"), ()),
    Job(("rules", "list"), ()),
    Job(("schema", "engagement"), ()),
    Job(("--help",), ()),
)
REDIRECTS = ("> /dev/full", ">&-", "2> /dev/full", "> /dev/full 2>&1", "| head -c 10", "< /dev/null >&- 2>&-")


@dataclass(slots=True)
class Score:
    """What was tried, what went wrong, and what could not be tried."""

    tried: int = 0
    failures: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    def attempt(self, what: str, deed: Callable[..., None], *arguments: object) -> None:
        self.tried += 1
        try:
            deed(*arguments)
        except (Wrong, OSError, subprocess.SubprocessError) as error:
            self.failures.append(f"{what}: {type(error).__name__}: {error}"[:1_500])


def jobs(count: int) -> tuple[Job, ...]:
    """All commands, but with few amounts of room to try also few kinds of documents."""
    return tuple(job for job in JOBS if job.files[0] not in DOCUMENTS[count:])


def run(count: int, seed: int, processes: int) -> Outcome:
    """Try disks with so many different amounts of room, and everything else once."""
    score = Score()
    folder = Path(tempfile.mkdtemp(prefix="soak-disk-"))
    try:
        wanted = _wanted(folder / "wanted", count)
        _limited(folder, wanted, count, score)
        _streams(folder, count, score)
        _mounted(folder, count, score)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    skipped = f"; skipped: {', '.join(score.skipped)}" if score.skipped else ""
    line = f"{score.tried} runs on full, limited, read-only and closed outputs, {len(score.failures)} wrong{skipped}"
    return Outcome("disk", line, tuple(score.failures))


def call(job: Job, folder: Path, limit: int | None = None, redirect: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command in the folder; `limit` is the largest file it may write, `redirect` a piece of shell."""
    command: Sequence[str] = [sys.executable, "-B", "-m", "advisor", *job.arguments]
    if limit is not None:
        command = [sys.executable, "-B", "-c", _LIMITED.format(limit), *job.arguments]
    if redirect:
        command = ["sh", "-c", f'"$@" {redirect}', "sh", *command]
    return subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "NO_COLOR": "1"},
        input=job.typed,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def prepare(folder: Path) -> None:
    """The files as they are before: old documents, and an engagement with one answer."""
    folder.mkdir(parents=True, exist_ok=True)
    for job in JOBS:
        for name in job.files:
            if name != "new.yaml":
                (folder / name).parent.mkdir(exist_ok=True)
                (folder / name).write_text(OLD, encoding="utf-8")
    (folder / "asked.yaml").write_text("answers: {client_kind: external}   # by hand\n", encoding="utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    """All files below the folder, hidden ones too, but for the filler of a disk."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "filler"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _wanted(folder: Path, count: int) -> dict[str, bytes]:
    """What the commands write where nothing stands in their way."""
    prepare(folder)
    for job in jobs(count):
        done = call(job, folder)
        if done.returncode != 0:
            raise RuntimeError(f"{job.arguments} does not work at all: {done.stderr}")
    return contents(folder)


def check(job: Job, folder: Path, before: dict[str, bytes], wanted: dict[str, bytes], why: str) -> bool:
    """Run the command where writing may fail; whether it did fail. Every file must be the old or the new one, whole."""
    return judge(job, call(job, folder), before, contents(folder), wanted, why)


def judge(
    job: Job,
    done: subprocess.CompletedProcess[str],
    before: dict[str, bytes],
    after: dict[str, bytes],
    wanted: dict[str, bytes],
    why: str,
) -> bool:
    """Hold what was done against what is promised: exit code, one clear error, files old or new, and no others."""
    said = done.stderr.strip()
    # A batch keeps what it has done, to go on there.
    left = {name for name in after if "/.batch/" not in name} - set(before) - set(job.files)
    if left:
        raise Wrong(f"left {sorted(left)} behind; said {said!r}")
    for name, data in before.items():
        if name not in job.files and after.get(name) != data:
            raise Wrong(f"{name} is another file's business, and changed")
    for name in job.files:
        new = after.get(name) == wanted[name]
        partly = "ask" in job.arguments and _began(after.get(name, b""), wanted[name])
        if not new and not partly and after.get(name) != before.get(name):
            raise Wrong(f"{name} is neither old nor new but {after.get(name, b'')[:300]!r}; said {said!r}")
        if done.returncode == 0 and not new:
            raise Wrong(f"{name} was not written, and nobody was told; said {said!r}")
    if done.returncode == 0:
        return False
    if done.returncode != 1 or "Traceback" in said or why not in said or "cannot be written" not in said:
        raise Wrong(f"exit code {done.returncode}, said {said[-800:]!r}")
    return True


def _began(there: bytes, wanted: bytes) -> bool:
    """Whether these are the first few of the answers, each of which is saved for itself."""
    given, all_given = (set(re.findall(rb"(\w+): (\w+)", text)) for text in (there, wanted))
    return given <= all_given and there.endswith(b"}   # by hand\n")


def _limited(folder: Path, wanted: dict[str, bytes], count: int, score: Score) -> None:
    """No file may grow beyond so many bytes, as a quota or a full disk would have it."""
    for number, limit in enumerate((0, 100, 2_000, 4_000)[: max(1, count // 3)]):
        place = folder / f"limited-{number}"
        prepare(place)
        for job in jobs(count):
            what = f"{job.arguments[0]} {job.files[0]}, files of at most {limit} bytes"
            score.attempt(what, _write_within, job, place, limit, wanted)


def _write_within(job: Job, place: Path, limit: int, wanted: dict[str, bytes]) -> None:
    before = contents(place)
    done = call(job, place, limit=limit)
    failed = judge(job, done, before, contents(place), wanted, "File too large")
    if not failed and limit < max(len(wanted[name]) for name in job.files):
        raise Wrong(f"wrote more than {limit} bytes")


def _streams(folder: Path, count: int, score: Score) -> None:
    """Standard output and error that are full, closed, or read by nobody: all commands, but none with one amount."""
    place = folder / "streams"
    for job in STREAM_JOBS[: count // 2]:
        for redirect in REDIRECTS:
            score.attempt(f"{' '.join(job.arguments)} {redirect}", _to_stream, job, place, redirect)
    prepare(place)
    score.attempt("raci -o /dev/full", _to_device, place)


def _to_stream(job: Job, place: Path, redirect: str) -> None:
    shutil.rmtree(place, ignore_errors=True)
    prepare(place)
    before = contents(place)
    done = call(job, place, redirect=redirect)
    left = set(contents(place)) ^ set(before)
    if left:
        raise Wrong(f"{sorted(left)} came or went")
    said = done.stdout + done.stderr
    if "Traceback" in said or "Exception ignored" in said or done.returncode not in (0, 1):
        raise Wrong(f"exit code {done.returncode}, said {said[-800:]!r}")
    if redirect == "> /dev/full" and (done.returncode != 1 or "No space left" not in done.stderr):
        raise Wrong(f"exit code {done.returncode}, said {said[-500:]!r}")


def _to_device(place: Path) -> None:
    done = call(Job(("raci", ACME, "-o", "/dev/full", "--format", "html"), ()), place)
    if done.returncode != 1 or "it is a pipe or a device" not in done.stderr:
        raise Wrong(f"exit code {done.returncode}, said {done.stderr[-500:]!r}")


def _mounted(folder: Path, count: int, score: Score) -> None:
    """The same on disks of our own, mounted where nobody else sees them."""
    mount = folder / "mount"
    mount.mkdir()
    for namespace in _NAMESPACES:
        probe = [*namespace, "mount", "-t", "tmpfs", "-o", "size=64k", "none", str(mount)]
        if shutil.which("unshare") and subprocess.run(probe, capture_output=True, check=False).returncode == 0:
            break
    else:
        score.skipped.append("full and read-only disks (no disk can be mounted here)")
        return
    wanted = folder / "wanted"
    inside = [*namespace, sys.executable, "-B", "-m", "benchmarks.soak_mounts", str(mount), str(wanted), str(count)]
    done = subprocess.run(inside, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        score.failures.append(f"the disks could not be tried: {done.stderr[-1_000:]}")
        return
    found = json.loads(done.stdout)
    score.tried += found["tried"]
    score.failures += found["failures"]
