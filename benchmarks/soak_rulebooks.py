"""Soak, rulebooks: a rulebook whose files are bent or broken is loaded or refused, and what was loaded can advise."""

from __future__ import annotations

import atexit
import random
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from advisor.advise import advise
from advisor.advise.session import reference_session
from advisor.catalog import load_catalog
from advisor.catalog.engagements import read_engagement
from advisor.catalog.load import load_rulebook
from advisor.errors import AdvisorError, InputError
from advisor.model.rulebook import Catalog
from benchmarks import soak_oddities as odd
from benchmarks.soak_crew import Outcome, Terms, Try, Wrong, keep, work_off
from benchmarks.soak_documents import has_controls
from benchmarks.soak_emit import Emitter, Node, tree_of
from benchmarks.soak_hostile import REPOSITORY, Hostile

Files = dict[str, bytes | None]  # None: the file is gone


def run(count: int, seed: int, processes: int) -> Outcome:
    """Load so many rulebooks."""
    found = work_off(make, count, seed, Terms(processes, chunk=50, slow=10.0, patience=120.0))
    bent = Bent(seed)
    failures = []
    for number, message in found.failures:
        changed = bent.changed(number)
        kept = [keep(f"rulebook-{Path(name).stem}", seed, number, data or b"") for name, data in changed.items()]
        failures.append(
            f"rulebook {number} ({', '.join(changed)}): {message} (kept in {', '.join(f.name for f in kept)})"
        )
    counts = {name: f"{int(number):,}" for name, number in found.counts.items()}
    line = (
        f"{count:,} rulebooks: {counts.get('loaded', 0)} loaded ({counts.get('advised', 0)} of them advised, the rest "
        f"named a contradiction), {counts.get('refused', 0)} refused ({counts.get('problems', 0)} problems named); "
        f"slowest {found.slowest[0]:.2f} s; {count / found.seconds:,.0f} a second"
    )
    return Outcome("rulebooks", line, tuple(failures))


def make(seed: int) -> Try:
    """Loads rulebook by number, in a folder of its own."""
    bent = Bent(seed)
    catalog = load_catalog()
    engagements = [read_engagement(file, catalog) for file in sorted((REPOSITORY / "examples").glob("*.yaml"))]
    folder = Path(tempfile.mkdtemp(prefix="soak-rulebook-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    bent.write(folder, bent.files)

    def try_one(number: int) -> Mapping[str, float]:
        changed = bent.changed(number)
        try:
            loaded = _load_over(folder, changed, bent) if number % 3 == 2 else _load_whole(folder, changed, bent)
        except InputError as error:
            for problem in error.problems[:200]:
                if has_controls(str(problem)):
                    raise Wrong(f"not one clear line: {str(problem)!r}") from None
            return {"refused": 1, "problems": len(error.problems)}
        try:
            session = reference_session(loaded)
            for engagement in random.Random(number).sample(engagements, 4):
                answers = {
                    question: option
                    for question, option in engagement.answers.items()
                    if question in loaded.questions and option in loaded.questions[question].option_ids
                }
                advise(loaded, type(engagement)("bent", "Bent", "", answers, {}, {}), session)
        except AdvisorError:
            return {"loaded": 1}
        return {"loaded": 1, "advised": 1}

    return try_one


def _load_whole(folder: Path, changed: Files, bent: Bent) -> Catalog:
    """The shipped rulebook with these files changed."""
    bent.write(folder, changed)
    try:
        return load_catalog(folder / "rules", folder / "questionnaires")
    finally:
        bent.write(folder, {name: bent.files.get(name) for name in changed})


def _load_over(folder: Path, changed: Files, bent: Bent) -> Catalog:
    """A rulebook of one's own that has these files, and the shipped ones for all others."""
    own = folder / "own"
    shutil.rmtree(own, ignore_errors=True)
    settings = changed.get("rules/rulebook.yaml") or b""
    bent.write(own, {name.removeprefix("rules/"): data for name, data in changed.items()})
    bent.write(own, {"rulebook.yaml": b"extends: standard\n" + settings})
    return load_rulebook(own)


class Bent:
    """The shipped rulebook's files, and by number what is changed in them."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.hostile = Hostile(load_catalog(), seed)
        paths = [path for part in ("rules", "questionnaires") for path in sorted((REPOSITORY / part).rglob("*.yaml"))]
        self.files: Files = {path.relative_to(REPOSITORY).as_posix(): path.read_bytes() for path in paths}
        self.trees = {name: tree_of((data or b"").decode()) for name, data in self.files.items()}
        self.by_key: dict[str, list[str]] = {}
        for tree in self.trees.values():
            for key, text in _pairs(tree):
                self.by_key.setdefault(key, []).append(text)
        self.words = sorted({word for key, texts in self.by_key.items() for word in (key, *texts) if len(word) < 40})

    def write(self, folder: Path, files: Files) -> None:
        """Put the files into the folder, and take away those that are gone."""
        for name, data in files.items():
            path = folder / name
            if data is None:
                path.unlink(missing_ok=True)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)

    def changed(self, number: int) -> Files:
        """The files of rulebook `number` that are not as shipped."""
        chance = random.Random(f"{self.seed}:{number}")
        return {
            name: data
            for _ in range(chance.choice((1, 1, 1, 1, 2, 4)))
            for name, data in [self._one(chance.choice(list(self.files)), chance)]
        }

    def _one(self, name: str, chance: random.Random) -> tuple[str, bytes | None]:
        deed = chance.random()
        text = (self.files[name] or b"").decode()
        if deed < 0.65:
            return name, self._bent(name, chance)
        if deed < 0.8:
            return name, self.hostile.scratch(text, chance).encode("utf-8", "surrogatepass")
        if deed < 0.85:
            return name, text.encode()[: chance.randrange(len(text))]
        if deed < 0.9:
            return name, chance.choice(list(self.files.values()))
        if deed < 0.93:
            return name, self.hostile.document(chance.randrange(10**6), 0.0)
        if deed < 0.96:
            return name, None
        return name.replace(".yaml", chance.choice(("_2.yaml", ".yml", "é.yaml"))), text.encode()

    def _bent(self, name: str, chance: random.Random) -> bytes:
        """The file with values exchanged for others of the rulebook, or with its parts moved about."""
        if chance.random() < 0.25:
            tree = self.hostile.change(self.trees[name], chance, chance.choice((1, 1, 2)))
        else:
            tree = tree_of((self.files[name] or b"").decode())
            for _ in range(chance.choice((1, 1, 1, 2, 5))):
                self._exchange(tree, chance)
        return (
            Emitter(chance, chance.choice((0.0, 0.0, 0.0, 0.0, 0.005))).document(tree).encode("utf-8", "surrogatepass")
        )

    def _exchange(self, tree: Node, chance: random.Random) -> None:
        """Exchange one text in the tree for another that stands at such a place elsewhere, or for any; or drop it."""
        places = [(home, at) for home in _homes(tree) for at in range(len(home))]
        if not places:
            return
        home, at = chance.choice(places)
        one, deed = home[at], chance.random()
        new = chance.choice((chance.choice(self.words), chance.choice(odd.TEXTS), str(chance.randrange(-9, 99))))
        if deed < 0.15:
            del home[at]
        elif isinstance(one, tuple):
            key, value = one
            if not isinstance(value, str) or deed < 0.3:
                home[at] = (new, value)
            else:
                home[at] = (key, chance.choice(self.by_key.get(key, [value])) if deed < 0.8 else new)
        elif isinstance(one, str):
            home[at] = chance.choice([*(other for other in home if isinstance(other, str)), new])


def _homes(node: Node) -> list[Node]:
    if not isinstance(node, list):
        return []
    inner = [one[1] if isinstance(one, tuple) else one for one in node]
    return [*([node] if node else []), *(found for one in inner for found in _homes(one))]


def _pairs(node: Node) -> list[tuple[str, str]]:
    """Every text in the tree with the key that it stands under."""
    pairs = [one for home in _homes(node) for one in home if isinstance(one, tuple)]
    return [(key, text) for key, text in pairs if isinstance(key, str) and isinstance(text, str)]
