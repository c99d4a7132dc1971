"""Engagements made up for demonstrations and soaks: the same for the same seed, broken only where they say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.batch import Failed
from advisor.batch.work import evaluate_file
from tools.engagement_faults import YAML
from tools.engagements import generate, generate_lines, generate_rows, header


def test_same_for_the_same_seed() -> None:
    """A seed always makes the same engagements, and a shorter run is the beginning of a longer one."""
    long = list(generate(60, 3, 0.2))
    assert long == list(generate(60, 3, 0.2))
    assert long[:20] == list(generate(20, 3, 0.2))
    assert long != list(generate(60, 4, 0.2))


@pytest.mark.parametrize("broken", [0.0, 1.0])
def test_broken_only_where_they_say_so(tmp_path: Path, broken: float) -> None:
    """Without broken ones all can be advised on; of the broken ones none can, and each fault has its turn."""
    seen = set()
    for name, text in generate(len(YAML) + 10, 5, broken):
        path = tmp_path / name
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
        failed = all(isinstance(one, Failed) for one in evaluate_file(path))
        assert failed is ("-broken-" in name) is bool(broken), name
        seen.add(name.partition("-broken-")[2].removesuffix(".yaml"))
    assert seen == (set(YAML) if broken else {""})


def test_lines_and_rows_tell_of_the_same_engagements(tmp_path: Path) -> None:
    """A line of JSON is an engagement of its own, and a row has a cell for each column."""
    yaml = dict(generate(5, 9))
    for name, text in generate_lines(5, 9):
        path = tmp_path / f"{name}.json"
        path.write_text(text, encoding="utf-8")
        (line,) = evaluate_file(path)
        path = tmp_path / f"{name}.yaml"
        path.write_text(yaml[path.name], encoding="utf-8")
        (file,) = evaluate_file(path)
        assert not isinstance(line, Failed) and not isinstance(file, Failed)
        assert line.line == file.line
    assert all(len(cells) == len(header()) for _, cells in generate_rows(5, 9))
