"""What docs/batch.md gives other repositories for their checks: the workflow's command and the hook, run as written."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import REPOSITORY, Run

DOCUMENTED = [
    yaml.safe_load(block)
    for block in re.findall(r"```yaml\n(.*?)```", (REPOSITORY / "docs/batch.md").read_text(encoding="utf-8"), re.DOTALL)
]
(HOOK,) = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
BROKEN = "answers: {projects: perhaps}\n"


@pytest.fixture
def engagements(tmp_path: Path) -> Path:
    """A repository's folder of engagements, all of which can be staffed as advised."""
    folder = tmp_path / "engagements"
    folder.mkdir()
    for name in ("acme-portal", "small-internal-tool"):
        shutil.copy(REPOSITORY / "examples" / f"{name}.yaml", folder)
    return folder


def test_the_workflow(run: Run, engagements: Path) -> None:
    """Its command passes on a good change, and on a bad one fails, annotates the line and writes what it uploads."""
    steps: list[dict[str, Any]] = DOCUMENTED[0]["jobs"]["engagements"]["steps"]
    (command,) = (shlex.split(step["run"])[1:] for step in steps if step.get("run", "").startswith("advisor "))
    uploads = [step["with"] for step in steps if "upload" in step.get("uses", "")]
    assert run(*command).code == 0
    (engagements / "new.yaml").write_text(BROKEN, encoding="utf-8")
    outcome = run(*command)
    assert outcome.code == 1
    assert "::error file=engagements/new.yaml,line=1" in outcome.out
    assert all(Path(one.get("sarif_file") or one["path"]).exists() for one in uploads)


def test_the_hook(run: Run, engagements: Path) -> None:
    """It takes the engagement files that a commit changes, and says what stops them; the documented gates are gates."""
    entry = shlex.split(HOOK["entry"])[1:]
    (wanted,) = (hook for repo in DOCUMENTED[1]["repos"] for hook in repo["hooks"] if hook["id"] == HOOK["id"])
    changed = [path.relative_to(engagements.parent).as_posix() for path in sorted(engagements.iterdir())]
    assert all(re.search(HOOK["files"], path) for path in changed)
    assert not any(re.search(HOOK["files"], path) for path in ("README.md", "docs/engagements/a.yaml", "x.yaml"))
    assert run(*entry, *wanted["args"], *changed).code == 0
    shutil.copy(REPOSITORY / "examples/regulated-migration.yaml", engagements)
    outcome = run(*entry, *wanted["args"], *changed, "engagements/regulated-migration.yaml")
    assert outcome.code == 1
    said = "engagements/regulated-migration.yaml: regulated-migration: unstaffed: not available: project_manager"
    assert said in outcome.err
