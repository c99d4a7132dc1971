"""Programs that open documents as readers do; a test that needs one says so when it is skipped."""

from __future__ import annotations

import atexit
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import pytest


def needs(*programs: str) -> pytest.MarkDecorator:
    """Skip where a program is missing; `.ci/run` does not begin without them."""
    missing = [one for one in programs if shutil.which(one) is None]
    return pytest.mark.skipif(bool(missing), reason=f"needs {', '.join(missing)}")


@cache
def _profile() -> str:
    """LibreOffice's settings, made at its first start in this process, which takes longer than a document."""
    folder = Path(tempfile.mkdtemp(prefix="libreoffice-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder.as_uri()


def converted(path: Path, kind: str, folder: Path) -> Path:
    """The document, opened by LibreOffice and saved as `kind` in `folder`."""
    profile = f"-env:UserInstallation={_profile()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", folder, path],
        check=True,
        capture_output=True,
        timeout=180,
    )
    made = folder / f"{path.stem}.{kind.split(':')[0]}"
    assert made.exists(), list(folder.iterdir())
    return made


def pdf_pages(path: Path) -> list[str]:
    """The text of each page of a PDF."""
    shown = subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, timeout=60)
    return shown.stdout.decode().split("\f")[:-1]  # each page ends with a form feed


def pdf_text(path: Path) -> str:
    """What a reader can select in a PDF, its white space made single."""
    shown = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True, timeout=60)
    return " ".join(shown.stdout.decode().split())
