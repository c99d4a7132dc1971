"""Compiles the shipped rulebook into the wheel; in a checkout, `advisor rules compile` does it when it is wanted."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledRules(BuildHookInterface):  # type: ignore[misc]
    """Puts `rules.outcomes` beside the rules, unless the build is for working on the product."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        self.folder = TemporaryDirectory()
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from advisor.advise.compiled import SUFFIX, compiled, known_for
        from advisor.advise.outcomes import packed
        from advisor.catalog import load_catalog
        from advisor.catalog.person import person_rules

        self.app.display_info("compiling the rulebook: every rule is fired once, unless it was on this machine")
        known: dict[str, Any] = {}
        for rulebook in (load_catalog(), person_rules()):
            known |= compiled(rulebook.tables(), known_for(rulebook))
        to = Path(self.folder.name) / f"rules{SUFFIX}"
        to.write_bytes(packed(known))
        build_data["force_include"][str(to)] = f"advisor/{to.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        self.folder.cleanup()
