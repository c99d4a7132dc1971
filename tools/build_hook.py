"""Puts two files beside the rules in the wheel: the catalog as it is once it is read, and all its tables compiled.

In a checkout there is neither; `advisor rules compile` compiles the tables when that is wanted.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledRules(BuildHookInterface[Any]):
    """Adds them, unless the build is for working on the product."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        self.folder = TemporaryDirectory()
        if version == "editable":
            return
        self.app.display_info("compiling the rulebook: every rule is fired once, unless it was on this machine")
        # A process of its own, in which sets have the same order each time, so that every build gives the same bytes.
        # What the environment's own path adds stays: in an isolated build, the dependencies are found by it alone.
        importable = os.pathsep.join(filter(None, (self.root, os.environ.get("PYTHONPATH"))))
        environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONPATH": importable}
        command = [sys.executable, "-m", "tools.compiled", self.folder.name]
        subprocess.run(command, cwd=self.root, env=environment, check=True)
        for path in Path(self.folder.name).iterdir():
            build_data["force_include"][str(path)] = f"advisor/{path.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        self.folder.cleanup()
