"""What was seen of people stays with its owner: modes of files, nothing left behind, batch looks away."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from advisor.catalog.person import person_rules
from advisor.documents.fit.fit_sheets import SHEETS
from tests.conftest import EXAMPLES, Run

pytestmark = pytest.mark.usefixtures("in_one_process")

RULES = person_rules()
PEOPLE = sorted((EXAMPLES / "people").glob("*.yaml"))
ADA = """# seen by two of us
person: {id: ada, name: Ada Okafor}
answers:
  client_facing: alone   # the March review
  expectations: not_seen
"""


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(autouse=True)
def open_by_default() -> Iterator[None]:
    """Whatever else is written could be read by everybody."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def ada(tmp_path: Path) -> Path:
    path = tmp_path / "ada.yaml"
    path.write_text(ADA, encoding="utf-8")
    return path


class TestPrivacy:
    @pytest.mark.parametrize("form", SHEETS)
    def test_sheets_are_readable_by_their_owner_only(self, run: Run, tmp_path: Path, form: str) -> None:
        """Also where a file was there that others could read."""
        place = tmp_path / f"sheet{SHEETS[form].suffix}"
        place.write_bytes(b"old")
        place.chmod(0o644)
        assert run("fit", PEOPLE[0], "-o", place).code == 0
        assert mode(place) == 0o600
        run("fit", *PEOPLE[:2], "-o", "sheets", "--format", form)
        assert {mode(one) for one in (tmp_path / "sheets").iterdir()} == {0o600}

    def test_what_is_asked_is_readable_by_its_owner_only_at_every_moment(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The file, what it is replaced by, and that before it takes its place."""
        seen: list[int] = []
        swap = os.replace

        def watched(source: str, target: Path) -> None:
            seen.append(mode(Path(source)))
            swap(source, target)

        monkeypatch.setattr(os, "replace", watched)
        replies = b"Ada\n" + b"3\n" * 12 + b"\n"
        assert run("ask", "ada.yaml", "--questionnaire", "person", "--plain", stdin=replies).code == 0
        assert len(seen) > 12
        assert set(seen) == {0o600}
        assert mode(tmp_path / "ada.yaml") == 0o600

    def test_a_file_that_others_could_read_is_closed_before_anything_is_added(self, run: Run, ada: Path) -> None:
        ada.chmod(0o644)
        shown = run("ask", ada, "--set", "methods=alone", "--no-input")
        assert f"Others could read {ada}" in " ".join(shown.out.split()).replace("- ", "-")
        assert mode(ada) == 0o600

    def test_nothing_is_left_behind(self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """No cache, no log, no temporary file: neither beside the file, nor in the home or temporary folder."""
        home, temporary = tmp_path / "home", tmp_path / "temporary"
        for folder in (home, temporary):
            folder.mkdir()
        for name in ("HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
            monkeypatch.setenv(name, str(home))
        monkeypatch.setattr(tempfile, "tempdir", str(temporary))
        for form, one in SHEETS.items():
            run("fit", PEOPLE[0], "-o", f"sheet{one.suffix}", "--format", form)
        run("fit", *PEOPLE)
        assert {path.name for path in tmp_path.iterdir()} == {
            "home",
            "temporary",
            *(f"sheet{one.suffix}" for one in SHEETS.values()),
        }
        assert not list(home.rglob("*"))
        assert not list(temporary.rglob("*"))

    def test_notes_of_those_who_looked_are_not_on_the_sheet(self, run: Run, ada: Path) -> None:
        run("ask", ada, "--note", "client_facing=said by Tom in confidence", "--no-input")
        assert "in confidence" in ada.read_text(encoding="utf-8")
        for form in ("text", "json", "markdown"):
            assert "in confidence" not in run("fit", ada, "--format", form).out

    def test_batch_and_portfolio_open_no_folder_of_people(self, run: Run, tmp_path: Path) -> None:
        book = tmp_path / "book"
        (book / "people").mkdir(parents=True)
        shutil.copy(EXAMPLES / "managed-print-service.yaml", book)
        shutil.copy(EXAMPLES / "people" / "gareth-pugh.yaml", book / "people")
        assert run("batch", book, "-o", "out").code == 0
        assert run("portfolio", book, "-o", "book.json").code == 0
        written = "".join(path.read_text(encoding="utf-8") for path in tmp_path.glob("out/**/*") if path.is_file())
        written += (tmp_path / "book.json").read_text(encoding="utf-8")
        assert "seen alone" not in written
        assert "under_pressure" not in written
