"""Soak, serve: `advisor serve` killed while answers are sent loses none that it confirmed, and its file stays whole."""

from __future__ import annotations

import http.client
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from functools import partial
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

from advisor.catalog import load_catalog
from advisor.catalog.engagements import read_engagement
from advisor.errors import InputError
from advisor.interview.steps import Step, steps_of
from advisor.model.rulebook import Catalog
from benchmarks.soak_crew import Outcome, Terms, Try, Wrong, work_off

KILLS = 5  # of one file
TABS = 3  # that answer at one time
LATEST = 0.8  # seconds from the first answer to the kill
PATIENCE = 100.0  # seconds for a first answer on a machine that does much else; five of a file stay within its time
COMMENT = "# what a person wrote here stays\n"


def run(count: int, seed: int, processes: int) -> Outcome:
    """Kill servers at least so many times."""
    of_each = partial(make, kills=min(count, KILLS))
    found = work_off(of_each, -(-count // KILLS), seed, Terms(processes, chunk=1, slow=120.0, patience=600.0))
    counts = {name: int(number) for name, number in found.counts.items()}
    line = (
        f"{counts.get('kills', 0)} kills of servers: {counts.get('confirmed', 0):,} confirmed answers all kept; of "
        f"{counts.get('saving', 0)} cut off while saved, {counts.get('written', 0)} were there already"
    )
    return Outcome("serve", line, tuple(f"file {number}: {message}" for number, message in found.failures))


def make(seed: int, kills: int = KILLS) -> Try:
    """Kills the servers of one file after the other, by number."""
    catalog = load_catalog()

    def try_one(number: int) -> Mapping[str, float]:
        folder = Path(tempfile.mkdtemp(prefix="soak-serve-"))
        try:
            return _one_file(catalog, folder, random.Random(f"{seed}:{number}"), kills)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    return try_one


def _one_file(catalog: Catalog, folder: Path, chance: random.Random, kills: int) -> Mapping[str, float]:
    file = folder / "e.yaml"
    file.write_text(f"{COMMENT}engagement: {{id: e, name: E}}\nanswers: {{}}\n", encoding="utf-8")
    counts = dict.fromkeys(("kills", "confirmed", "saving", "written"), 0)
    must: dict[str, str] = {}
    single = [one for one in steps_of(catalog, catalog.questions) if not one.several and not one.question.when]
    for _ in range(kills):
        session = Session(folder, chance)
        shares = [single[at::TABS] for at in range(TABS)]
        tabs = [
            threading.Thread(target=session.answer, args=(share, random.Random(chance.random()))) for share in shares
        ]
        for tab in tabs:
            tab.start()
        session.kill_within(chance.uniform(0, LATEST))
        for tab in tabs:
            tab.join()
        if session.wrong or not session.confirmed:
            raise Wrong(session.wrong or f"nothing was answered in {PATIENCE:.0f} seconds")
        counts["kills"] += 1
        counts["confirmed"] += session.confirmed
        must |= session.answers
        text = file.read_text(encoding="utf-8")
        try:
            there = dict(read_engagement(file, catalog).answers)
        except InputError as error:
            raise Wrong(f"the file is not whole: {error}") from None
        if not text.startswith(COMMENT):
            raise Wrong("the comment is gone")
        for question, option in {**must, **dict.fromkeys(session.in_flight, "")}.items():
            allowed = {must.get(question, ""), session.in_flight.get(question, must.get(question, ""))}
            if there.get(question, "") not in allowed:
                raise Wrong(f"{question} is {there.get(question)!r}, not {sorted(allowed)} ({option!r} was confirmed)")
        counts["saving"] += len(session.in_flight)
        counts["written"] += sum(there.get(name) == option for name, option in session.in_flight.items())
        must = {name: there[name] for name in there}
    return counts


class Session:
    """One server and the tabs that send it answers, until it is killed."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        command = [sys.executable, "-m", "advisor", "serve", str(folder), "--no-open"]
        self.server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.server.stdout is not None
        address = self.server.stdout.readline().split()[-1]
        self.host = address.split("/")[2]
        self.answers: dict[str, str] = {}
        self.in_flight: dict[str, str] = {}
        self.confirmed = 0
        self.wrong = ""
        self.begun = threading.Event()
        opened = self._ask("GET", "/" + address.partition(f"{self.host}/")[2], {})
        self.cookie = opened[1].split(";")[0]

    def answer(self, share: list[Step], chance: random.Random) -> None:
        """Answer these questions again and again, each as its page has it, while the server is there."""
        headers = {"Cookie": self.cookie, "Origin": f"http://{self.host}"}
        try:
            while True:
                step = chance.choice(share)
                option = chance.choice(step.question.option_ids)
                page = self._ask("GET", f"/e/e.yaml/ask/{step.id}", headers)[2]
                fields = dict(re.findall(r'type="hidden" name="(form_key|was|was_note)" value="([^"]*)"', page))
                sent = {name: unescape(value) for name, value in fields.items()}
                self.in_flight[step.id] = option
                body = urlencode({**sent, "option": option, "act": "answer"})
                kind = {"Content-Type": "application/x-www-form-urlencoded"}
                status = self._ask("POST", f"/e/e.yaml/ask/{step.id}", {**headers, **kind}, body)[0]
                if status != 303:
                    self.wrong = f"{step.id} was answered with {status}"
                    return
                self.answers[step.id] = self.in_flight.pop(step.id)
                self.confirmed += 1
                self.begun.set()
        except (OSError, http.client.HTTPException):
            return  # it is dead

    def kill_within(self, seconds: float) -> None:
        """Let it work for so long from the first answer on, and kill it."""
        self.begun.wait(PATIENCE)
        time.sleep(seconds)
        self.server.kill()
        self.server.wait()
        assert self.server.stdout is not None
        self.server.stdout.close()

    def _ask(self, method: str, path: str, headers: Mapping[str, str], body: str = "") -> tuple[int, str, str]:
        connection = http.client.HTTPConnection(self.host, timeout=PATIENCE)
        try:
            connection.request(method, path, body or None, dict(headers))
            reply = connection.getresponse()
            text = reply.read().decode()
            return reply.status, reply.getheader("set-cookie", "") or "", text
        finally:
            connection.close()
