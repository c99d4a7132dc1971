"""Soak, interview: `advisor ask` killed at any moment loses no answer that was confirmed, and can be gone on with."""

from __future__ import annotations

import random
import re
import shutil
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from advisor.catalog import load_catalog
from advisor.catalog.blank import blank_engagement
from advisor.catalog.engagements import read_engagement
from advisor.errors import InputError
from advisor.interview.steps import NONE, steps
from advisor.model.rulebook import Catalog
from benchmarks.soak_crew import Outcome, Terms, Try, Wrong, work_off
from benchmarks.soak_terminal import Terminal

REPOSITORY = Path(__file__).resolve().parent.parent
KILLS = 5  # an interview
_ASKED = re.compile(r"\[\d+ of (?:up to )?\d+ done\]\s+")
_TURNS = re.compile(
    r"press Enter to (?:go on|see the advice)|Enter for more|done to (?:go on|see the advice)"
    r"|Name people and dates now\?"
)
_SETTLED = re.compile(r"Go on\? \[|Press Enter for the other questions|Type y for the other questions")
_SAVED = re.compile(r"\[\d+ of (?:up to )?\d+ done\]|Your answers \(|Settled after")


def run(count: int, seed: int, processes: int) -> Outcome:
    """Kill interviews at least so many times."""
    terms = Terms(processes, chunk=1, slow=120.0, patience=600.0)
    found = work_off(make, -(-count // KILLS), seed, terms)
    counts = {name: int(number) for name, number in found.counts.items()}
    line = (
        f"{counts.get('kills', 0)} kills in {counts.get('finished', 0)} interviews, all finished: "
        f"{counts.get('confirmed', 0):,} confirmed answers all kept; of {counts.get('saving', 0)} answers cut off "
        f"while saved, {counts.get('written', 0)} were there already; {counts.get('parts', 0)} part files left by "
        f"kills; {counts.get('finished', 0)} lost terminals"
    )
    return Outcome("interview", line, tuple(f"interview {number}: {message}" for number, message in found.failures))


def make(seed: int) -> Try:
    """Goes through interview by number."""
    catalog = load_catalog()

    def try_one(number: int) -> Mapping[str, float]:
        folder = Path(tempfile.mkdtemp(prefix="soak-interview-"))
        try:
            interview = Interview(catalog, folder / "portal.yaml", random.Random(f"{seed}:{number}"))
            interview.begin()
            for _ in range(KILLS):
                interview.session_that_is_killed()
            interview.session_that_is_cut_off()
            interview.session_to_the_end()
            parts = sum(1 for path in folder.iterdir() if path.name.endswith(".part"))
            return {**interview.counts, "finished": 1, "parts": parts}
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    return try_one


class Interview:
    """One engagement from the first question to the advice; `answers` are those that must be in the file by now."""

    def __init__(self, catalog: Catalog, file: Path, chance: random.Random) -> None:
        self.catalog = catalog
        self.file = file
        self.chance = chance
        self.answers: dict[str, str] = {}
        self.comments: list[str] = []
        self.asked: str | None = None  # the step on the screen
        self.offered = False  # to stop, now that the rest cannot change the model
        self.in_flight: dict[str, str] | None = None  # the answers, once what was typed last is saved
        self.quick = chance.random() < 0.2
        self.counts = dict.fromkeys(("kills", "confirmed", "saving", "written"), 0)

    def begin(self) -> None:
        """With no file, a blank one, or one that somebody has half filled in and commented."""
        kind = self.chance.randrange(3)
        if kind == 1:
            text = blank_engagement(
                self.catalog.questionnaires["engagement"], "portal", "Portal", "Acme", self.catalog.several
            )
        elif kind == 2:
            lines = (REPOSITORY / "examples/acme-portal.yaml").read_text(encoding="utf-8").splitlines(keepends=True)
            kept = [line for line in lines if not line.startswith("  ") or self.chance.random() < 0.3]
            text = "".join(f"{line.rstrip()}   # as agreed\n" for line in kept)
        if kind:
            self.file.write_text(text, encoding="utf-8")
            self.comments = [line[line.index("#") :] for line in text.splitlines() if "#" in line]
            self.answers = dict(read_engagement(self.file, self.catalog).answers)

    def session_that_is_killed(self) -> None:
        """Start, give some answers, and die: on the way up, at a prompt, in the middle of a line, or while saving."""
        how = self.chance.choice(("starting", "waiting", "typing", "saving", "saving", "saving", "saving"))
        terminal = self._start()
        try:
            if how == "starting":
                time.sleep(self.chance.uniform(0.0, 0.8))
            else:
                self._first_screen(terminal)
                for _ in range(self.chance.randrange(8)):
                    self._step(terminal, careful=False)
                if how == "typing":
                    terminal.type(self.chance.choice(("1", "ski", "weekl", "1\b2")))
                if how == "saving":
                    line = self._choose(careful=True)
                    terminal.type(line)
                    time.sleep(self.chance.uniform(0.0, 0.03))
        finally:
            terminal.kill()
        if how == "saving" and self.in_flight is not None:
            if _SAVED.search(terminal.screen):
                self._confirmed()  # the next question was on the screen before the end
            else:
                self.counts["saving"] += 1
        self.counts["kills"] += 1
        self._check_file(how)

    def session_that_is_cut_off(self) -> None:
        """Give some answers, and lose the terminal while something is saved or shown."""
        terminal = self._start()
        try:
            self._first_screen(terminal)
            for _ in range(self.chance.randrange(3)):
                self._step(terminal, careful=False)
            if self.chance.random() < 0.7:
                terminal.type(self._choose(careful=True))
            terminal.hang_up()
        finally:
            terminal.close()
        self._check_file("cut off")

    def session_to_the_end(self) -> None:
        """Go on where the last kill left off until the advice is on the screen."""
        terminal = self._start()
        try:
            self._first_screen(terminal)
            for _ in range(400):
                if not self._step(terminal, careful=True):
                    break
            else:
                raise Wrong(f"no end after 400 lines; the screen ends in {terminal.screen[-300:]!r}")
            code, screen = terminal.ended(), terminal.screen
        finally:
            terminal.close()
        if code != 0 or f"Saved in {self.file}" not in " ".join(screen.split()):
            raise Wrong(f"ended with {code} and {screen[-500:]!r}")
        self._check_file("ended")

    def _start(self) -> Terminal:
        options = ["--quick"] if self.quick else []
        named = [] if self.file.exists() else ["--name", "Portal", "--client", "Acme"]
        self.asked, self.in_flight = None, None
        rows = self.chance.choice((24, 60, 500))
        return Terminal(["ask", str(self.file), "--plain", *options, *named], rows)

    def _first_screen(self, terminal: Terminal) -> None:
        if not terminal.wait_for_prompt():
            raise Wrong(f"ended at once: {terminal.screen[-500:]!r}")
        self._look(terminal)
        if self.asked is not None and not steps(self.catalog)[self.asked].is_open(self.answers):
            raise Wrong(f"went on with {self.asked}, which is answered: {self.answers}")

    def _step(self, terminal: Terminal, careful: bool) -> bool:
        """Type one line and see it through; False when the process has ended."""
        terminal.type(self._choose(careful) if self.asked is not None else self._turn(careful))
        if not terminal.wait_for_prompt():
            return False
        self._confirmed()
        self._look(terminal)
        return True

    def _turn(self, careful: bool) -> str:
        """What to type at a review, a page or an offer to stop: on to the advice, or back to some question."""
        if self.offered:
            return self.chance.choice(("\n", "y\n", "n\n"))
        return "\n" if careful else f"{self.chance.randrange(1, 9)}\n"

    def _choose(self, careful: bool) -> str:
        """A line to type at the question; `in_flight` is what it makes of the answers."""
        self.in_flight = None
        if self.asked is None:
            return "\n"
        step = steps(self.catalog)[self.asked]
        others = {one: option for one, option in self.answers.items() if one not in step.names}
        if not careful and self.chance.random() < 0.25:
            command = self.chance.choice(("skip", "back", "?", "why", "review", "nonsense", ""))
            if command == "skip":
                self.in_flight = others
            return f"{command}\n"
        options = step.question.option_ids
        numbers = self.chance.sample(range(len(options)), self.chance.randrange(4) if step.several else 1)
        self.in_flight = others | step.answers([options[number] for number in numbers])
        said = [self.chance.choice((str(number + 1), options[number])) for number in numbers]
        return f"{', '.join(said) or NONE}\n"

    def _confirmed(self) -> None:
        if self.in_flight is not None:
            self.counts["confirmed"] += 1
            self.answers, self.in_flight = self.in_flight, None

    def _look(self, terminal: Terminal) -> None:
        """Find out which question is on the screen, if it is one."""
        last = " ".join(terminal.screen.split()[-40:])
        self.offered = _SETTLED.search(last) is not None
        if self.offered or _TURNS.search(last):
            self.asked = None
            return
        found = _ASKED.split(terminal.screen)
        if len(found) > 1:
            text = " ".join(found[-1].split())
            every = steps(self.catalog).values()
            self.asked = next((one.id for one in every if one.question.text in text), None)
            if self.asked is None:
                raise Wrong(f"no question of the rulebook is on the screen: {text[:300]!r}")

    def _check_file(self, how: str) -> None:
        """Whatever happened, the file is whole, and holds what was confirmed; what was in flight may be in it."""
        if not self.file.exists():
            if self.asked is not None or self.answers:
                raise Wrong(f"the file is gone ({how})")
            return
        try:
            found = read_engagement(self.file, self.catalog)
        except InputError as error:
            raise Wrong(f"the file cannot be read ({how}): {error}") from None
        if dict(found.answers) == self.in_flight:
            self.counts["written"] += 1 if how == "saving" else 0
            self.answers = self.in_flight
        if dict(found.answers) != self.answers:
            confirmed, flying, held = (set(one.items()) for one in (self.answers, self.in_flight or {}, found.answers))
            raise Wrong(
                f"{how}: confirmed, and not in the file: {confirmed - held}; in the file, and not confirmed: "
                f"{held - confirmed}; in flight besides: {flying - confirmed}"
            )
        text = self.file.read_text(encoding="utf-8")
        lost = [comment for comment in self.comments if comment not in text]
        if lost:
            raise Wrong(f"comments were lost ({how}): {lost}")
