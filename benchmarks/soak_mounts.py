"""Soak, disk, the part that runs in a mount namespace of its own: small disks are mounted, filled and written to."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.soak_crew import Wrong
from benchmarks.soak_disk import ROOMS, Job, Score, check, contents, jobs, prepare

FULL, READ_ONLY = "No space left on device", "Read-only file system"


def main(mount: Path, wanted: dict[str, bytes], count: int) -> Score:
    """Try every job on each disk."""
    score = Score()
    for room in ROOMS[:count]:
        for job in jobs(count):
            score.attempt(f"{job.files[0]} with {room} KiB left", _on_full, mount, wanted, job, room)
    for job in jobs(count):
        score.attempt(f"{job.files[0]} without an inode", _without_inode, mount, wanted, job)
        score.attempt(f"{job.files[0]} read-only", _on_read_only, mount, wanted, job)
    return score


def _on_full(mount: Path, wanted: dict[str, bytes], job: Job, room: int) -> None:
    with _Disk(mount, "size=512k"):
        prepare(mount)
        with (mount / "filler").open("wb", buffering=0) as filler:
            size = 0
            try:
                while True:
                    size += filler.write(b"\0" * 4_096)
            except OSError:
                filler.truncate(max(0, size - room * 1_024))
        failed = check(job, mount, contents(mount), wanted, FULL)
        if not failed and room == 0:
            raise Wrong("wrote to a disk without room")


def _without_inode(mount: Path, wanted: dict[str, bytes], job: Job) -> None:
    with _Disk(mount, "size=512k,nr_inodes=60"):
        prepare(mount)
        try:
            for number in range(60):
                (mount / f"f{number}").touch()
        except OSError:
            pass
        if not check(job, mount, contents(mount), wanted, FULL):
            raise Wrong("wrote to a disk without an inode")


def _on_read_only(mount: Path, wanted: dict[str, bytes], job: Job) -> None:
    with _Disk(mount, "size=512k"):
        prepare(mount)
        subprocess.run(["mount", "-o", "remount,ro", str(mount)], check=True, capture_output=True)
        if not check(job, mount, contents(mount), wanted, READ_ONLY):
            raise Wrong("wrote to a read-only disk")


class _Disk:
    """A disk in memory, mounted for a while."""

    def __init__(self, mount: Path, options: str) -> None:
        self.mount = mount
        self.options = options

    def __enter__(self) -> None:
        subprocess.run(["mount", "-t", "tmpfs", "-o", self.options, "none", str(self.mount)], check=True)

    def __exit__(self, *_: object) -> None:
        subprocess.run(["umount", "-l", str(self.mount)], check=True)


if __name__ == "__main__":
    found = main(Path(sys.argv[1]), contents(Path(sys.argv[2])), int(sys.argv[3]))
    sys.stdout.write(json.dumps({"tried": found.tried, "failures": found.failures}))
