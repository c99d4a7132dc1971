"""The folders that a catalog is read from: a rulebook of one's own may lie over the one that ships."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import yaml

from advisor.catalog.fields import Fields, Problems
from advisor.catalog.source import compose
from advisor.errors import InputError, Problem
from advisor.files import is_folder, read_limited

STANDARD = "standard"
PACK_ROWS = "rows.yaml"  # in a pack: its rows of the matrix; all other files of a pack hold points
MOST_FILES, MOST_BYTES = 1_000, 10_000_000  # of a rulebook with what it extends; some 150 and a million ship
PERSON = "person.yaml"  # the questionnaire on people, which belongs to the rules in `person`

_UNREAD = "is not read: topics must be listed in rulebook.yaml, rows stand in a file for each phase, names end in .yaml"
_PARTS = ("", "topics", "recommendation", "matrix", "guardrails", "points", "packs/*", "profiles", "papers")


def data_folder(name: str) -> Path:
    """Where the shipped `rules` or `questionnaires` are: in the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise InputError([Problem(str(package / name), 0, "", "the product's own data is missing; install it again")])


@dataclass(frozen=True, slots=True)
class Layer:
    """One folder of files, and what messages call it."""

    folder: Path
    shown: str


class Files:
    """Files by kind (`rules`, `questionnaires`) and name, the upper folders first; with problems and joint digest."""

    def __init__(self, rules: tuple[Layer, ...], questionnaires: tuple[Layer, ...]) -> None:
        self._layers = {"rules": rules, "questionnaires": questionnaires}
        self._opened: set[Path] = set()
        self._bytes = 0
        self.problems: list[Problem] = []
        self.digest = hashlib.sha256()

    def names(self, kind: str, part: str, name: str = "*") -> list[str]:
        """YAML files in one part of all layers, by name: the lowest layer's first, each once, in a stable order."""
        found: dict[str, None] = {}
        for layer in reversed(self._layers[kind]):
            for path in sorted(layer.folder.glob(f"{part}/{name}.yaml" if part else f"{name}.yaml")):
                found[path.relative_to(layer.folder).as_posix()] = None
        return list(found)

    def where(self, kind: str, name: str) -> int | None:
        """The first layer that has the file, 0 for the uppermost; None without one."""
        return next((at for at, one in enumerate(self._layers[kind]) if (one.folder / name).exists()), None)

    def apart(self, kind: str, name: str, layer: int) -> tuple[Fields | None, str]:
        """The one mapping in a file that no advice depends on, and the digest of that file alone."""
        joint, self.digest = self.digest, hashlib.sha256()
        try:
            return self.open(kind, name, layer), self.digest.hexdigest()[:12]
        finally:
            self.digest = joint

    def open(self, kind: str, name: str, layer: int | None = None) -> Fields | None:
        """The one mapping in the file, from the first layer that has it; None, with the problem noted, without one.

        Raises InputError once there is more in all than a rulebook may hold.
        """
        layers = self._layers[kind]
        there = (one for one in layers if (one.folder / name).exists())
        chosen = layers[layer] if layer is not None else next(there, layers[0])
        path, shown = chosen.folder / name, f"{chosen.shown}/{name}"
        self._opened.add(path)
        try:
            data = read_limited(path)
            # Not what messages call it: a rulebook is the same wherever it lies.
            self.digest.update(f"{kind}/{name}".encode() + b"\0" + data.replace(b"\r\n", b"\n") + b"\0")
            self._bytes += len(data)
            if within := len(self._opened) <= MOST_FILES and self._bytes <= MOST_BYTES:
                documents = compose(data, shown)
        except InputError as error:
            self.problems.extend(error.problems)
            return None
        if not within:
            self.miss("rules", f"holds more than {MOST_FILES:,} files, or {MOST_BYTES // 1_000_000} MB in all")
            raise InputError(self.problems[-1:])
        if len(documents) != 1:
            self.problems.append(Problem(shown, 1, "", f"must hold one YAML document, not {len(documents)}"))
            return None
        fields = Fields(documents[0][0], "", Problems(shown, self.problems))
        return fields if isinstance(fields.node, yaml.MappingNode) else None

    def miss(self, kind: str, message: str) -> None:
        """Note a problem with the uppermost folder of a kind as a whole."""
        self.problems.append(Problem(self._layers[kind][0].shown, 0, "", message))

    def report_unread(self, rules: tuple[str, ...] = _PARTS, questionnaires: tuple[str, ...] = ("",)) -> None:
        """Note a problem for each file of the uppermost folders that nothing reads: advice that is never given.

        `rules` and `questionnaires` are the parts of the folders that are looked at.
        """
        for kind, parts in (("rules", rules), ("questionnaires", questionnaires)):
            top = self._layers[kind][0]
            apart = top.folder / PERSON if kind == "questionnaires" else None
            for path in sorted(
                path for part in parts for path in top.folder.glob(f"{part}/*.y*ml" if part else "*.y*ml")
            ):
                if path not in self._opened and path != apart:
                    name = path.relative_to(top.folder).as_posix()
                    self.problems.append(Problem(f"{top.shown}/{name}", 0, "", _UNREAD))


def files_of(folder: Path) -> Files:
    """The files of a rulebook of one's own, over the shipped ones where it extends them."""
    if not (is_folder(folder) and (folder / "rulebook.yaml").exists()):
        what = "has no rulebook.yaml, so it is no rulebook" if is_folder(folder) else "no such folder"
        raise InputError([Problem(str(folder), 0, "", what)])
    rules, asked = Layer(folder, str(folder)), Layer(folder / "questionnaires", str(folder / "questionnaires"))
    own = Files((rules,), (asked,))
    fields = own.open("rules", "rulebook.yaml")
    if fields is None:
        raise InputError(own.problems)
    if fields.text("extends", "") != STANDARD:
        return own
    shipped = [Layer(data_folder(name), name) for name in ("rules", "questionnaires")]
    return Files((rules, shipped[0]), (asked, shipped[1]))


def shipped_files() -> Files:
    """The files that ship with the product."""
    rules, asked = (Layer(data_folder(name), name) for name in ("rules", "questionnaires"))
    return Files((rules,), (asked,))
