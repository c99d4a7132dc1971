"""Soak, readers: files of every format that people give, broken in any way, are read or refused in one clear line."""

from __future__ import annotations

import io
import json
import random
import tempfile
import warnings
import zipfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from advisor.batch.inputs import items
from advisor.batch.tables import columns
from advisor.catalog import load_catalog
from advisor.catalog.engagements import read_one
from advisor.catalog.people import read_one_person
from advisor.catalog.person import person_rules
from advisor.compare import read_mapping
from advisor.documents.shared.excel_comments import with_comments
from advisor.errors import AdvisorError, InputError
from advisor.lint.policies import policy_from, waivers_from
from advisor.matrices import read_matrices
from advisor.matrices.hints import map_of
from advisor.model.rulebook import Catalog
from benchmarks import soak_oddities as odd
from benchmarks.soak_crew import Outcome, Terms, Try, Wrong, keep, work_off
from benchmarks.soak_documents import has_controls
from benchmarks.soak_hostile import REPOSITORY

CORPUS = REPOSITORY / "tests/matrices"
_MARKUP = (
    *(
        "<",
        ">",
        "</",
        "/>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<!DOCTYPE a [<!ENTITY b 'c'>]>",
        "<?",
        "&",
        "&#",
        "&b;",
    ),
    *(
        "&#" + "9" * 4_400 + ";",
        "&#xD800;",
        "&#0;",
        "&amp;",
        "<table>",
        "<tr><td rowspan=0 colspan=99999>",
        "\t",
        "|",
        '"',
    ),
    *("<c r='XFD1048576'>", "<c t='s'><v>99999999</v></c>", "<mergeCell ref='A1:XFD1048576'/>", "9" * 5_000, "-1", "²"),
    *(
        "encoding='utf-7'",
        "encoding='x'",
        "encoding='utf-16'",
        "xmlns='a'",
        "\0",
        "\ufeff",
        "\ud800",
        "A/R",
        "****",
        "\n",
    ),
)
_MAP = "vocabulary: raci\nheading: [1, 2]\ncolumns: {activity: A, roles: [B, C]}\nrows: {last: 9}\nwords: {L: R}\n"
_POLICY = "extends: usual\nchecks: {too_large: {rows: 9, severity: error}}\nwords: {client: [we]}\n"
_WAIVERS = "waivers:\n- {check: too_large, reason: so, row: a, until: 2027-01-31}\n"
_MAPPING = "activities:\n- {row: Plan, phase: a, is: none}\nroles:\n- {role: PM, is: [project_manager, sponsor]}\n"


def run(count: int, seed: int, processes: int) -> Outcome:
    """Read so many files, each format in turn."""
    found = work_off(make, count, seed, Terms(processes, chunk=130, slow=5.0, patience=60.0))
    failures = []
    with closing(Readers(load_catalog())) as readers:
        for number, message in found.failures:
            kind, data = readers.mutant(seed, number)
            failures.append(f"{kind} {number}: {message} (kept in {keep(f'reader-{kind}', seed, number, data).name})")
        kinds = len(readers.kinds)
    counts = {name: f"{int(number):,}" for name, number in found.counts.items()}
    line = (
        f"{count:,} files of {kinds} kinds: {counts.get('read', 0)} read, {counts.get('refused', 0)} "
        f"refused; slowest {found.slowest[0]:.2f} s (number {found.slowest[1]}); a reader held {found.peak:.0f} MiB"
    )
    return Outcome("readers", line, tuple(failures))


def make(seed: int) -> Try:
    """Reads file by number."""
    readers = Readers(load_catalog())

    def try_one(number: int) -> Mapping[str, float]:
        kind, data = readers.mutant(seed, number)
        try:
            readers.kinds[kind][1](data)
        except InputError as error:
            for problem in error.problems[:50]:
                if not problem.message or has_controls(str(problem)) or len(str(problem)) > 3_000:
                    raise Wrong(f"not one clear line: {str(problem)[:3_000]!r}") from None
            return {"refused": 1}
        except AdvisorError as error:
            raise Wrong(f"refused as something else: {error}") from None
        return {"read": 1}

    return try_one


class Readers:
    """Every reader with good files of its kind."""

    def __init__(self, catalog: Catalog) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="soak-readers-")
        examples = [path.read_bytes() for path in sorted((REPOSITORY / "examples").glob("*.yaml"))]
        people = [path.read_bytes() for path in sorted((REPOSITORY / "examples/people").glob("*.yaml"))]
        rules, ids = person_rules(), (("approve_plan",), ("project_manager", "sponsor"))
        lines = [json.dumps({"engagement": {"id": "a"}, "answers": {"risk": "low"}}).encode() + b"\n"]
        head = ",".join(columns(catalog)).encode()
        table = [head + b"\nacme" + b"," * head.count(b",") + b"\n"]
        yaml = {
            "engagement": (examples, lambda data: read_one(data, "e.yaml", catalog)),
            "person": (people, lambda data: read_one_person(data, "p.yaml", rules)),
            "map": ([_MAP.encode()], lambda data: map_of(data, "m.yaml")),
            "policy": ([_POLICY.encode()], lambda data: policy_from(data, "p.yaml")),
            "waivers": ([_WAIVERS.encode()], lambda data: waivers_from(data, "w.yaml")),
            "mapping": ([_MAPPING.encode()], lambda data: read_mapping(data, "m.yaml", *ids)),
        }
        self.kinds: dict[str, tuple[Sequence[bytes], Callable[[bytes], object]]] = {
            **{suffix: (_good(suffix), self._matrix(suffix)) for suffix in ("xlsx", "docx", "html", "md", "csv")},
            "xml": (_confluence(), self._matrix("xml")),
            "comments": (_good("xlsx"), lambda data: with_comments(data, {"RACI": {"B2": "a", "C3": "b"}}, "a.xlsx")),
            "batch-jsonl": (lines, self._batch("jsonl", catalog)),
            "batch-csv": (table, self._batch("csv", catalog)),
            "batch-xlsx": (_good("xlsx"), self._batch("xlsx", catalog)),
            **yaml,
        }

    def close(self) -> None:
        """Take away the folder that files are read from."""
        self._folder.cleanup()

    def mutant(self, seed: int, number: int) -> tuple[str, bytes]:
        """File `number`: its kind, and a good file of that kind with some changes."""
        chance = random.Random(f"{seed}:{number}")
        kind = list(self.kinds)[number % len(self.kinds)]
        data = chance.choice(self.kinds[kind][0])
        if data.startswith(b"PK") and chance.random() < 0.6:
            return kind, _part_changed(data, chance)
        for _ in range(chance.choice((1, 1, 2, 5, 20))):
            data = _changed(data, chance)
        return kind, data

    def _matrix(self, suffix: str) -> Callable[[bytes], object]:
        path = Path(self._folder.name) / f"matrix.{suffix}"

        def read(data: bytes) -> object:
            path.write_bytes(data)
            return read_matrices(path)

        return read

    def _batch(self, suffix: str, catalog: Catalog) -> Callable[[bytes], object]:
        path = Path(self._folder.name) / f"batch.{suffix}"

        def read(data: bytes) -> object:
            path.write_bytes(data)
            found = list(items([(path, "batch")], lambda: catalog))
            if refused := [problem for one in found for problem in one.problems]:
                raise InputError(refused)
            return found

        return read


def _good(suffix: str) -> list[bytes]:
    return [path.read_bytes() for path in sorted(CORPUS.glob(f"*.{suffix}"))]


def _confluence() -> list[bytes]:
    """The storage format of Confluence, which is HTML with macros in it."""
    macro = '<ac:structured-macro ac:name="status"><ac:parameter ac:name="title">A</ac:parameter></ac:structured-macro>'
    return [f"<p>x</p>{page.decode().replace('<td>A', f'<td>{macro}')}".encode() for page in _good("html")]


def _changed(data: bytes, chance: random.Random) -> bytes:
    """The bytes with one change: overwritten, cut, doubled, moved, something put in, or another encoding."""
    at = chance.randrange(len(data) + 1)
    end = min(len(data), at + chance.choice((1, 1, 2, 4, 30, 500)))
    deed = chance.randrange(8)
    if deed == 0:
        return data[:at] + chance.randbytes(end - at) + data[end:]
    if deed == 1:
        return data[:at] + data[end:]
    if deed == 2:
        return data[:end] + data[at:end] * chance.choice((1, 1, 30)) + data[end:]
    if deed == 3:
        other = chance.randrange(len(data) + 1)
        return data[:other] + data[at:end] + data[other:]
    if deed == 4:
        return data[:at] + bytes(chance.choices(odd.BYTES, k=chance.randrange(1, 8))) + data[at:]
    if deed == 5 and chance.random() < 0.1:
        text = data.decode("latin-1" if data.startswith(b"PK") else "utf-8", "replace")
        return text.encode(chance.choice(odd.ENCODINGS), "replace")
    if deed == 6 and chance.random() < 0.3:
        return data[:at]
    return data[:at] + chance.choice((*odd.NASTY, *odd.TEXTS, *_MARKUP)).encode("utf-8", "surrogatepass") + data[at:]


def _part_changed(data: bytes, chance: random.Random) -> bytes:
    """The archive with one of its parts changed, lost, under another name, or packed in another way."""
    stream = io.BytesIO()
    warnings.filterwarnings("ignore", "Duplicate name")  # two parts of one name are among what is tried
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(stream, "w") as after:
        names = before.namelist()
        chosen, deed = chance.choice(names), chance.random()
        for name in names:
            part = before.read(name)
            way = zipfile.ZIP_DEFLATED
            if name == chosen and deed < 0.05:
                continue
            if name == chosen and deed < 0.1:
                name = chance.choice((chance.choice(names), "/" + name, name.upper(), "../" + name))
            elif name == chosen and deed < 0.15:
                way = chance.choice((zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
            elif name == chosen:
                for _ in range(chance.choice((1, 1, 2, 5))):
                    part = _changed(part, chance)
            after.writestr(zipfile.ZipInfo(name), part, way)
    return stream.getvalue()
