"""Programs that open documents as readers do; a test that needs one says so when it is skipped."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest


def needs(*programs: str) -> pytest.MarkDecorator:
    """Skip where a program is missing; `.ci/run` does not begin without them."""
    missing = [one for one in programs if shutil.which(one) is None]
    return pytest.mark.skipif(bool(missing), reason=f"needs {', '.join(missing)}")


def converted(path: Path, kind: str, folder: Path) -> Path:
    """The document, opened by LibreOffice and saved as `kind` in `folder`."""
    profile = (folder / "profile").resolve().as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind, "--outdir", folder, path],
        check=True,
        capture_output=True,
        timeout=180,
    )
    made = folder / f"{path.stem}.{kind.split(':')[0]}"
    assert made.exists(), list(folder.iterdir())
    return made


def pdf_text(path: Path) -> str:
    """What a reader can select in a PDF, its white space made single."""
    shown = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True, timeout=60)
    return " ".join(shown.stdout.decode().split())
