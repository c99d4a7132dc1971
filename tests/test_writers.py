"""Several at work on one file: no answer is lost, and no edit is overwritten without a word."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from advisor import files
from advisor.catalog.engagements import read_engagement
from advisor.catalog.people import read_person
from advisor.catalog.person import person_rules
from advisor.errors import OutputError
from advisor.interview.revising import engagement_form
from advisor.interview.saving import Overtaken, save
from advisor.model.rulebook import Catalog

ADVISOR = [sys.executable, "-m", "advisor"]


def ask(file: Path, *arguments: str, stdin: int | None = subprocess.DEVNULL) -> subprocess.Popen[str]:
    command = [*ADVISOR, "ask", str(file), *arguments]
    pipes = {"stdin": stdin, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, text=True, **pipes)  # type: ignore[call-overload, no-any-return]


@pytest.mark.parametrize(("begun", "most"), [(True, 8), (False, 4)], ids=["a file that is there", "a new file"])
def test_many_processes(catalog: Catalog, tmp_path: Path, begun: bool, most: int) -> None:
    """Each gives one answer at the same time, and the file has them all, with the comment that stood in it."""
    file = tmp_path / "e.yaml"
    if begun:
        file.write_text("# ours\nengagement: {id: e, name: E}\nanswers: {}\n", encoding="utf-8")
    given = {name: one.option_ids[-1] for name, one in list(catalog.questions.items())[:most]}
    many = [ask(file, "--set", f"{name}={option}", "--no-input") for name, option in given.items()]
    said = [one.communicate() for one in many]
    assert {one.returncode for one in many} <= {0, 1}, said
    assert not any("Traceback" in err or "cannot be" in err for _, err in said), said
    assert read_engagement(file, catalog).answers == given
    assert file.read_text(encoding="utf-8").startswith("# ours\n") == begun
    assert [one.name for one in tmp_path.iterdir()] == ["e.yaml"]


def test_people_too(tmp_path: Path) -> None:
    """What several see of one colleague at the same time is all kept."""
    file, rules = tmp_path / "ada.yaml", person_rules()
    given = {name: one.option_ids[0] for name, one in list(rules.questions.items())[:4]}
    pairs = [("--questionnaire", "person", "--set", f"{name}={option}", "--no-input") for name, option in given.items()]
    for one in [ask(file, *pair) for pair in pairs]:
        one.communicate()
    assert read_person(file, rules).answers == given


def test_one_who_yields_writes_over_nothing(catalog: Catalog, tmp_path: Path) -> None:
    """Of a name that somebody else has written meanwhile, the one who yields is told; others replace it, and say so."""
    file, form = tmp_path / "e.yaml", engagement_form(catalog)
    text = "engagement: {id: e, name: E}\nanswers: {}\npeople: {delivery_manager: Ada}\n"
    file.write_text(text, encoding="utf-8")
    seen = read_engagement(file, catalog)
    wanted = replace(seen, people={"delivery_manager": "Bo"}, context="C")
    edited = text.replace("Ada", "Cy")
    file.write_text(edited, encoding="utf-8")
    with pytest.raises(Overtaken) as told:
        save(file, seen, wanted, form, yielding=True)
    said = ("people.delivery_manager: Cy was written there meanwhile; it is Bo now",)
    assert told.value.points == said and file.read_text(encoding="utf-8") == edited
    assert save(file, seen, wanted, form) == said
    assert read_engagement(file, catalog).people == {"delivery_manager": "Bo"}
    file.unlink()
    with pytest.raises(Overtaken, match="no longer there"):
        save(file, wanted, seen, form, yielding=True)
    assert not file.exists()


def test_two_interviews_on_one_file(catalog: Catalog, tmp_path: Path) -> None:
    """What both say is kept; of two answers to one question the later stands, and the other is named."""
    file = tmp_path / "e.yaml"
    file.write_text("engagement: {id: e, name: E}\nanswers: {}\n", encoding="utf-8")
    first, second, third = [one for one in catalog.questions.values() if not one.when][:3]
    one, other = (ask(file, "--all", stdin=subprocess.PIPE) for _ in range(2))
    for interview, lines in ((one, ["1", "1"]), (other, ["2", "skip", "1"])):
        assert interview.stdin is not None and interview.stdout is not None
        for line in interview.stdout:  # it has read the file once it asks
            if first.text[:20] in line:
                break
        interview.stdin.write("".join(f"{text}\n" for text in lines))
    _, said = one.communicate()
    assert said == ""
    _, said = other.communicate()
    ids = first.option_ids
    assert said == f"{file}: answers.{first.id}: {ids[0]} was written there meanwhile; it is {ids[1]} now\n"
    kept = read_engagement(file, catalog).answers
    assert kept == {first.id: ids[1], second.id: second.option_ids[0], third.id: third.option_ids[0]}


def test_the_end_of_an_interview_knows_what_others_said(tmp_path: Path) -> None:
    """The advice at the end is on the file as it is, with the answers that somebody else gave meanwhile."""
    file = tmp_path / "e.yaml"
    file.write_text("engagement: {id: e, name: E}\nanswers: {}\n", encoding="utf-8")
    interview = ask(file, "--quick", stdin=subprocess.PIPE)
    assert interview.stdout is not None
    opening = interview.stdout.readline()
    ask(file, "--set", "vendors=none", "--no-input").communicate()
    said, _ = interview.communicate("skip\n" * 10 + "\n")
    assert "also holds answers that were given elsewhere meanwhile." in " ".join((opening + said).split())


def test_an_edit_in_the_midst_of_saving_is_kept(tmp_path: Path) -> None:
    """What an editor writes between reading and replacing is seen, and the change is made to that."""
    file = tmp_path / "a.txt"
    file.write_text("one", encoding="utf-8")
    edits = ["two", "three"]

    def change(there: bytes | None) -> bytes:
        if edits:
            file.write_text(edits.pop(0), encoding="utf-8")
        return (there or b"") + b", and ours"

    files.rewrite(file, change)
    assert file.read_text(encoding="utf-8") == "three, and ours"


def test_a_file_that_never_rests_is_reported(tmp_path: Path) -> None:
    """Something that changes the file all the time wins, and the user is told."""
    file = tmp_path / "a.txt"
    file.write_text("0", encoding="utf-8")

    def change(there: bytes | None) -> bytes:
        file.write_text(str(int(there or b"0") + 1), encoding="utf-8")
        return b"ours"

    with pytest.raises(OutputError, match=r"a\.txt: cannot be written: something else changes it all the time"):
        files.rewrite(file, change)
    assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]
    assert file.read_text(encoding="utf-8").isdigit()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such lock")
def test_others_who_never_let_go_are_waited_for_no_longer_than_a_minute(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that is stopped in the midst of writing holds nobody up for ever."""
    monkeypatch.setattr(files, "_PATIENCE", 0.05)
    with files.alone(tmp_path), pytest.raises(OutputError, match="somebody else is writing there; try again"):
        files.rewrite(tmp_path / "a.txt", lambda _: b"ours")
    files.rewrite(tmp_path / "a.txt", lambda _: b"ours")


def test_without_locks_an_edit_is_seen_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system has no such lock, the file is compared with what was read before it is replaced."""
    monkeypatch.setitem(sys.modules, "fcntl", None)
    test_an_edit_in_the_midst_of_saving_is_kept(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="rights are kept otherwise there")
class TestRights:
    def test_the_process_keeps_its_umask_all_the_while(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """To learn the umask one has to change it; files that another thread makes meanwhile would be open to all."""
        monkeypatch.setattr(os, "umask", lambda mask: pytest.fail("the umask is changed"))
        files.write_atomically(tmp_path / "a.txt", "new")

    @pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
    def test_a_new_file_has_the_rights_of_new_files(self, tmp_path: Path, mask: int, mode: int) -> None:
        before = os.umask(mask)
        try:
            files.write_atomically(tmp_path / "a.txt", "new")
            files.write_atomically(tmp_path / "private.txt", "new", private=True)
        finally:
            os.umask(before)
        assert (tmp_path / "a.txt").stat().st_mode & 0o777 == mode
        assert (tmp_path / "private.txt").stat().st_mode & 0o777 == 0o600

    def test_nobody_reads_along_while_a_closed_file_is_replaced(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What is written beside a file that only its owner may read is never readable by others."""
        file = tmp_path / "a.txt"
        file.write_text("old", encoding="utf-8")
        file.chmod(0o600)
        seen: list[int] = []
        whole = os.fsync

        def watched(handle: int) -> None:
            seen.extend(one.stat().st_mode & 0o777 for one in tmp_path.glob(".*.part"))
            whole(handle)

        monkeypatch.setattr(os, "fsync", watched)
        files.write_atomically(file, "new")
        assert seen == [0o600]


def test_threads_of_one_process_take_turns_too(tmp_path: Path) -> None:
    """Eight threads add forty lines each to one file."""
    file = tmp_path / "a.txt"

    def add(name: int) -> None:
        for number in range(40):
            files.rewrite(file, lambda there, line=f"{name} {number}\n": (there or b"") + line.encode())  # type: ignore[misc]

    threads = [threading.Thread(target=add, args=(name,)) for name in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(set(file.read_text(encoding="utf-8").splitlines())) == 320
