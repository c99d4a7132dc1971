"""In a real terminal: what `advisor ask` keeps of what is typed, even when killed; what explain gives to a pager."""

from __future__ import annotations

import os
import re
import select
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from advisor.catalog.blank import blank_engagement
from advisor.catalog.engagements import read_engagement
from advisor.catalog.people import read_person
from advisor.catalog.person import person_rules
from advisor.model.rulebook import Catalog
from tests.conftest import EXAMPLES, REPOSITORY

fcntl = pytest.importorskip("fcntl")
pty = pytest.importorskip("pty")
termios = pytest.importorskip("termios")

ROWS, COLUMNS = 24, 80
PATIENCE = 30.0


# nine of the ten questions that come first, less the list
_FIRST = {
    "kind_of_work": "other",
    "reader": "supplier",
    "stage": "planning",
    "plans_at_once": "one",
    "post_delivery": "warranty",
    "client_contact": "weekly",
    "risk": "medium",
    "managing_days": "over_five",
}
NO_MORE = ("--name", "P", "--client", "", *(word for one in _FIRST.items() for word in ("--set", "=".join(one))))
KEYS = {"up": "\x1b[A", "down": "\x1b[B", "left": "\x1b[D", "enter": "\r", "ctrl-c": "\x03", "ctrl-d": "\x04"}
_CODE = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|[=>()][0-9A-Z]?)")


def _text(shown: bytes) -> str:
    return _CODE.sub("", shown.decode("utf-8", "replace")).replace("\r", "")


class Terminal:
    """A window of 24 lines by 80 columns in which `advisor ask portal.yaml` runs."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.screen, inner = pty.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        settings = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
        settings |= {"TERM": "xterm", "NO_COLOR": "1", "PYTHONPATH": str(REPOSITORY), "PYTHONUTF8": "1"}
        ordered = () if {"--quick", "--adaptive", "--questionnaire"}.intersection(options) else ("--all",)
        options = tuple(one for one in options if one != "--adaptive")
        command = [sys.executable, "-m", "advisor", "ask", "portal.yaml", *options, *ordered]
        self.process = subprocess.Popen(
            command,
            stdin=inner,
            stdout=inner,
            stderr=inner,
            cwd=folder,
            env=settings,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # or Ctrl-C would reach nobody
        )
        os.close(inner)
        self.drawn = b""

    def type(self, line: str) -> None:
        os.write(self.screen, f"{line}\n".encode())

    def seen(self, awaited: str) -> str:
        """What appears until the cursor waits behind a prompt, or the process has ended; it must hold `awaited`."""
        shown, until = b"", time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if select.select([self.screen], [], [], 0.05)[0]:
                try:
                    shown += os.read(self.screen, 65536)
                except OSError:  # the other side is closed
                    break
            elif shown.endswith(b"> "):
                break
        text = shown.decode().replace("\r\n", "\n")
        assert awaited in text
        return text

    def press(self, *keys: str) -> None:
        """Press keys one after the other, as quickly as hands can."""
        for key in keys:
            os.write(self.screen, KEYS.get(key, key).encode())
            time.sleep(0.02)

    def shows(self, awaited: str) -> str:
        """What is drawn up to where `awaited` ends, without the codes that move the cursor."""
        until = time.monotonic() + PATIENCE
        while awaited not in _text(self.drawn) and time.monotonic() < until:
            if select.select([self.screen], [], [], 0.05)[0]:
                try:
                    self.drawn += os.read(self.screen, 65536)
                except OSError:  # the other side is closed
                    break
        shown, found, rest = _text(self.drawn).partition(awaited)
        assert found, f"{awaited!r} is not in {shown!r}"
        self.drawn = rest.encode()
        return shown + found

    def resize(self, rows: int, columns: int) -> None:
        fcntl.ioctl(self.screen, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.process.send_signal(signal.SIGWINCH)

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        if self.screen >= 0:
            os.close(self.screen)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    """Opens terminals in one folder, and closes them after the test."""
    opened: list[Terminal] = []

    def start(*options: str) -> Terminal:
        opened.append(Terminal(tmp_path, *options))
        return opened[-1]

    yield start
    for one in opened:
        one.close()


def test_no_confirmed_answer_is_lost(catalog: Catalog, tmp_path: Path, terminal: Callable[..., Terminal]) -> None:
    """Killed without warning, the process leaves every answer that it took, every comment, and a place to go on."""
    path = tmp_path / "portal.yaml"
    blank = blank_engagement(catalog.questionnaires["engagement"], "portal", "Portal", "Acme", catalog.several)
    path.write_text(blank, encoding="utf-8")
    window = terminal("--plain")
    window.seen("What kind of work is it?")
    window.type("software_build")
    window.seen("[1 of ")
    window.type("3")
    window.seen("[2 of ")
    window.process.send_signal(signal.SIGKILL)
    assert window.process.wait(PATIENCE) == -signal.SIGKILL

    assert read_engagement(path, catalog).answers == {"kind_of_work": "software_build", "reader": "buyer"}
    expected = blank.replace("  kind_of_work:", "  kind_of_work: software_build").replace("reader:", "reader: buyer")
    assert path.read_text(encoding="utf-8").startswith(expected)
    assert [one.name for one in tmp_path.iterdir()] == ["portal.yaml"]

    window = terminal("--plain")
    assert "Going on with Portal: 2 answers so far." in window.seen("How far has the engagement got?")
    window.type("quit")
    window.seen("Stopped. 2 answers saved in portal.yaml.")
    assert window.process.wait(PATIENCE) == 0


def test_ctrl_c(catalog: Catalog, tmp_path: Path, terminal: Callable[..., Terminal]) -> None:
    """Ctrl-C says what is saved; the exit code is 130."""
    window = terminal("--plain", "--name", "Portal", "--client", "")
    window.seen("What kind of work is it?")
    window.type("2")
    window.seen("[1 of ")
    os.write(window.screen, b"\x03")
    window.seen("Stopped. 1 answer saved in portal.yaml.\nTo go on: advisor ask portal.yaml")
    assert window.process.wait(PATIENCE) == 130


def test_from_the_first_question_to_the_document(terminal: Callable[..., Terminal]) -> None:
    """Ten answers, the review and the advice page by page; no page is longer than the screen."""
    window = terminal("--quick", "--plain")
    window.seen("What is the engagement called?")
    window.type("Portal")
    window.seen("Who is the client?")
    window.type("")
    window.seen("[0 of ")
    shown = ""
    for _ in range(10):
        window.type("1")
        shown = window.seen("> ")
        if "Your answers" in shown:
            break
    assert "Enter for more, a number to change that answer, or done to see the advice." in shown
    while "press Enter to see the advice" not in shown:
        window.type("")
        shown = window.seen("> ")
        assert shown.count("\n") <= ROWS
    window.type("")
    shown = window.seen("Page 1 of ")
    assert "Portal" in shown
    window.type("")
    assert window.seen("Page 2 of ").count("\n") <= ROWS
    window.type("done")
    window.seen("Name people, dates and open matters now? Type y for yes (Enter: later).")
    window.type("")
    shown = window.seen("What you can do next:")
    assert "advisor raci portal.yaml -o portal.html" in shown
    assert re.search(r"advisor ask portal\.yaml --questionnaire engagement", shown)
    assert window.process.wait(PATIENCE) == 0


@pytest.mark.parametrize("columns", [60, 40])
def test_a_narrow_window(terminal: Callable[..., Terminal], columns: int) -> None:
    """However narrow, no line of the help, the reasons or the review is left to the terminal to break."""
    window = terminal("--plain", "--name", "Portal", "--client", "")
    window.seen("What kind of work is it?")
    window.resize(ROWS, columns)
    for typed, awaited in (
        ("?", "quit, q"),
        ("why", "%)"),
        ("skip", "Which side"),
        ("1", "How far"),
        ("back", "(your"),
        ("review", "Your answers"),
    ):
        window.type(typed)
        shown = window.seen(awaited)
        assert max(len(line) for line in shown.splitlines()) <= columns, shown


class TestKeys:
    """The same interview by arrow keys."""

    @pytest.fixture
    def window(self, terminal: Callable[..., Terminal]) -> Terminal:
        window = terminal("--name", "Portal", "--client", "")
        window.shows("q quit")
        return window

    def test_points_and_chooses(self, catalog: Catalog, tmp_path: Path, window: Terminal) -> None:
        """Down points at the first option, Enter chooses it and it stays on the screen as a line."""
        window.press("down", "enter")
        shown = window.shows("[1 of ")
        assert "> 1  Building software" in shown
        window.shows("q quit")
        window.press("up", "enter")
        window.shows("[2 of ")
        assert read_engagement(tmp_path / "portal.yaml", catalog).answers == {
            "kind_of_work": "software_build",
            "reader": "buyer",
        }

    def test_enter_alone_chooses_nothing(self, tmp_path: Path, window: Terminal) -> None:
        """Nothing is chosen for the reader; what to press is said."""
        window.press("enter")
        window.shows("Nothing is chosen yet")
        assert "provenance" not in (tmp_path / "portal.yaml").read_text()

    def test_numbers_skip_back_and_note(self, catalog: Catalog, tmp_path: Path, window: Terminal) -> None:
        """A number points, s skips, the left arrow goes back, n takes a note."""
        window.press("2", "enter")
        window.shows("[1 of ")
        window.shows("q quit")
        window.press("s")
        window.shows("[2 of ")
        window.shows("q quit")
        window.press("left")
        window.shows("Skipped so far; Enter leaves it open.")
        window.press("n")
        window.shows("What shall be noted?")
        window.press("per SOW 3.2", "enter")
        window.shows("Your note: per SOW 3.2")
        engagement = read_engagement(tmp_path / "portal.yaml", catalog)
        assert engagement.answers == {"kind_of_work": "package_rollout"}
        assert engagement.origins["reader"].note == "per SOW 3.2"

    def test_review_and_change(self, catalog: Catalog, tmp_path: Path, window: Terminal) -> None:
        """In the review an answer is pointed at and changed; the pointer stands on the answer that there is."""
        window.press("1", "enter")
        window.shows("[1 of ")
        window.shows("q quit")
        window.press("r")
        window.shows("Enter: change an answer")
        window.press("down", "enter")
        window.shows("Enter keeps your answer.")
        window.press("down", "enter")
        window.shows("[1 of ")
        assert read_engagement(tmp_path / "portal.yaml", catalog).answers == {"kind_of_work": "package_rollout"}

    def test_why_comes_back_to_the_question(self, window: Terminal) -> None:
        """After the reasons the question stands there again."""
        window.press("w")
        shown = window.shows("q quit")
        assert "What each answer would lead to" in shown or "does not depend on it" in shown
        assert shown.rindex("What kind of work is it?") > shown.index("> why")

    @pytest.mark.parametrize(("key", "code"), [("ctrl-c", 130), ("ctrl-d", 0), ("q", 0)])
    def test_stopping(self, window: Terminal, key: str, code: int) -> None:
        """Ctrl-C, Ctrl-D and q say what is saved and how to go on."""
        window.press("1", "enter")
        window.shows("[1 of ")
        window.shows("q quit")
        window.press(key)
        window.shows("Stopped. 1 answer saved in portal.yaml.")
        window.shows("To go on: advisor ask portal.yaml")
        assert window.process.wait(PATIENCE) == code

    def test_closing_the_window_loses_nothing(self, catalog: Catalog, tmp_path: Path, window: Terminal) -> None:
        """The answers that were given are in the file, whole, when the terminal is gone."""
        window.press("1", "enter")
        window.shows("[1 of ")
        os.close(window.screen)
        window.process.wait(PATIENCE)
        window.screen = -1
        assert read_engagement(tmp_path / "portal.yaml", catalog).answers == {"kind_of_work": "software_build"}

    def test_a_window_made_smaller(self, window: Terminal) -> None:
        """The question is drawn anew in whatever width there is."""
        window.resize(12, 40)
        shown = window.shows("q quit")
        assert max(len(line) for line in shown.splitlines()) <= 40
        window.press("2", "enter")
        window.shows("[1 of ")

    def test_a_long_question_that_was_chosen(self, window: Terminal) -> None:
        """What is left on the screen of a choice is wrapped between words."""
        window.resize(ROWS, 60)
        window.press("s")
        window.shows("[1 of ")
        window.press("2", "enter")
        window.shows("[2 of ")
        window.press("r")
        window.shows("Enter: change an answer")
        window.press("2", "enter")
        shown = window.shows("Enter keeps your answer.")
        assert "> 2  Which side are you on?" in shown

    def test_ticks(self, catalog: Catalog, tmp_path: Path, terminal: Callable[..., Terminal]) -> None:
        """Space ticks and takes a tick away, Enter takes what is ticked; resumed, the ticks are there."""
        parts = catalog.several["parties"].parts.values()
        answers = {one.id: one.option_ids[0] for one in catalog.questions.values() if one.id not in parts}
        lines = "".join(f"  {name}: {option}\n" for name, option in answers.items())
        path = tmp_path / "portal.yaml"
        path.write_text(f"engagement: {{id: portal}}\nanswers:\n{lines}", encoding="utf-8")
        window = terminal()
        window.shows("tick them with the space bar")
        window.shows("q quit")
        window.press("down", " ", "down", " ", " ", "5", " ")
        window.press("enter")
        window.shows("> The client's project manager; Suppliers")
        window.shows("Enter: change an answer")
        assert "  parties: [client_project_manager, suppliers]\n" in path.read_text(encoding="utf-8")
        window.press("q")
        window.shows("To go on: advisor ask portal.yaml")

    def test_nothing_ticked_is_said_twice(self, tmp_path: Path, terminal: Callable[..., Terminal]) -> None:
        """Enter with nothing ticked asks once more, so that nobody says none by mistake."""
        window = terminal("--adaptive", *NO_MORE, "--set", "managers_available=both")
        window.shows("tick them with the space bar")
        window.shows("q quit")
        window.press("down", "enter")
        window.shows("Nothing is ticked")
        window.press("enter")
        window.shows("> None of these")
        window.shows("q quit")
        assert "  parties: []\n" in (tmp_path / "portal.yaml").read_text(encoding="utf-8")

    def test_the_offer_to_go_on(self, catalog: Catalog, terminal: Callable[..., Terminal]) -> None:
        """After the first ten the pointer stands on going on; n leads to the answers."""
        window = terminal("--adaptive", *NO_MORE, "--set", "parties=none")
        shown = window.shows("q quit")
        assert "Which managers could take this engagement on?" in shown
        window.press("1", "enter")
        shown = window.shows("n no")
        assert "> 1  Yes, on to the other questions" in shown
        window.press("n")
        window.shows("Your answers (10 of 10 done)")


@pytest.mark.parametrize(
    ("pager", "extra", "shown"),
    [
        ("wc -l", (), r"^\s*[1-9]\d\d\s*$"),
        ("cat", (), "Settled: "),
        ("wc -l", ("--format", "json"), r'^\{\s+"schema": '),
    ],
)
def test_explain_goes_through_the_pager(pager: str, extra: tuple[str, ...], shown: str) -> None:
    """On a terminal the text of an explanation is given to $PAGER; JSON, which programs read, is not."""
    screen, inner = pty.openpty()
    settings = {**os.environ, "TERM": "xterm", "PAGER": pager, "PYTHONPATH": str(REPOSITORY), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "advisor", "explain", str(EXAMPLES / "acme-portal.yaml"), *extra]
    process = subprocess.Popen(command, stdin=inner, stdout=inner, stderr=inner, env=settings)
    os.close(inner)
    output = _drained(screen)
    assert process.wait(PATIENCE) == 0
    assert re.search(shown, output.replace("\r\n", "\n"))


def _drained(screen: int) -> str:
    """All that a terminal shows until nobody holds its other end."""
    output = b""
    try:
        while more := os.read(screen, 65536):
            output += more
    except OSError:
        pass  # Linux's way to say that the other end is closed
    os.close(screen)
    return output.decode()


class TestPeople:
    """What a colleague was seen to do, asked in the same way."""

    def test_by_arrow_keys(self, tmp_path: Path, terminal: Callable[..., Terminal]) -> None:
        """Steps are pointed at, "Not seen" like any of them; the file is closed to others while the window is open."""
        window = terminal("--questionnaire", "person", "--name", "Ola")
        assert "Nothing here asks who somebody is" in " ".join(window.shows("[0 of 12 done]").split())
        window.shows("6  Not seen")
        window.press("3", "enter")
        window.shows("> 3  Alone: set out the next two weeks for the team")
        window.shows("6  Not seen")
        window.press("up", "enter")
        window.shows("> 6  Not seen")
        window.shows("[2 of 12 done]")
        path = tmp_path / "portal.yaml"
        assert path.stat().st_mode & 0o777 == 0o600
        assert read_person(path, person_rules()).answers == {"leadership_and_communication": "alone"}
        window.shows("q quit")
        window.press("left")
        window.shows("Not seen so far; Enter leaves it open.")
        window.press("ctrl-c")
        assert window.process.wait(PATIENCE) == 130

    def test_killed_without_warning_it_leaves_every_answer(
        self, tmp_path: Path, terminal: Callable[..., Terminal]
    ) -> None:
        """And no copy that others could read."""
        window = terminal("--questionnaire", "person", "--name", "Ola", "--plain")
        window.seen("[0 of 12 done]")
        window.type("2")
        window.seen("[1 of 12 done]")
        window.type("4")
        window.seen("[2 of 12 done]")
        window.process.kill()
        assert window.process.wait(PATIENCE) == -signal.SIGKILL
        answers = read_person(tmp_path / "portal.yaml", person_rules()).answers
        assert answers == {"leadership_and_communication": "with_help", "client_facing": "under_pressure"}
        assert {one.stat().st_mode & 0o777 for one in tmp_path.iterdir()} == {0o600}


@pytest.mark.parametrize("pause", [0.0, 0.05, 0.15])
def test_an_interrupt_behind_keys_that_were_typed_ahead(
    tmp_path: Path, terminal: Callable[..., Terminal], pause: float
) -> None:
    """SIGINT ends the interview though many answers wait to be taken; those that were taken are saved."""
    (tmp_path / "portal.yaml").write_text("engagement: {id: p, name: P}\nanswers: {}\n", encoding="utf-8")
    window = terminal()
    window.shows("Up/Down")
    os.write(window.screen, b"1\r" * 20)
    time.sleep(pause)
    window.process.send_signal(signal.SIGINT)
    window.shows("To go on: advisor ask portal.yaml")
    assert window.process.wait(PATIENCE) == 130
