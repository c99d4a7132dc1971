"""Engagement files made up by chance, the same ones for the same seed: to fill a portfolio, and to try what is broken.

python -m tools.engagements 200 out --seed 7 --broken 0.01
"""

from __future__ import annotations

import argparse
import csv
import datetime
import io
import itertools
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from advisor.catalog import load_catalog
from advisor.catalog.engagements import read_engagement
from tools import engagement_faults, engagement_names

FORMATS = ("yaml", "jsonl", "csv")
DATES = ("start", "go_live", "end")


@dataclass(frozen=True, slots=True)
class Made:
    """One engagement as it would be written."""

    name: str
    engagement: dict[str, str]
    answers: dict[str, str]
    people: dict[str, str] = field(default_factory=dict)
    dates: dict[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        parts = {"engagement": self.engagement, "answers": self.answers, "people": self.people, "dates": self.dates}
        return {name: part for name, part in parts.items() if part or name == "answers"}


def generate(count: int, seed: int, broken: float = 0.0) -> Iterator[tuple[str, str]]:
    """Yield (file name, YAML text) of `count` engagements; about the part `broken` of them cannot be read.

    A shorter run of the same seed is the beginning of a longer one. The name of a file that cannot be read says so:
    `000017-broken-unknown-option.yaml`. All others can be advised on.
    """
    for made, fault, chance in _all(count, seed, broken):
        if fault:
            yield f"{made.name}-broken-{fault}.yaml", engagement_faults.YAML[fault](made.as_dict(), chance)
        else:
            yield f"{made.name}.yaml", as_yaml(made.as_dict())


def generate_lines(count: int, seed: int, broken: float = 0.0) -> Iterator[tuple[str, str]]:
    """Yield (name, one line of JSON) of the same engagements; broken ones are broken as a line can be."""
    for made, fault, chance in _all(count, seed, broken, engagement_faults.LINES):
        text = engagement_faults.LINES[fault](made.as_dict(), chance) if fault else _json(made.as_dict())
        yield (f"{made.name}-broken-{fault}" if fault else made.name), text


def generate_rows(count: int, seed: int, broken: float = 0.0) -> Iterator[tuple[str, list[str]]]:
    """Yield (name, cells) of the same engagements, as `header` has them; broken ones as a row can be."""
    columns = header()
    for made, fault, chance in _all(count, seed, broken, engagement_faults.ROWS):
        given = engagement_faults.ROWS[fault](made.as_dict(), chance) if fault else made.as_dict()
        cells = {
            **given.get("engagement", {}),
            **given["answers"],
            **{f"people.{role}": name for role, name in given.get("people", {}).items()},
            **{f"dates.{name}": day for name, day in given.get("dates", {}).items()},
        }
        yield (f"{made.name}-broken-{fault}" if fault else made.name), [cells.get(name, "") for name in columns]


def header() -> list[str]:
    """The columns of a table of engagements: the head, a question each, people and dates."""
    catalog = load_catalog()
    people = [f"people.{role}" for role in catalog.roles]
    return ["id", "name", "client", *catalog.questions, *people, *(f"dates.{name}" for name in DATES)]


def as_yaml(given: dict[str, Any]) -> str:
    """The engagement as YAML text, written as people write it; names are quoted, as they may hold anything."""
    lines = []
    for part, fields in given.items():
        if part == "answers":
            lines += ["answers:", *(f"  {question}: {option}" for question, option in fields.items())]
        else:
            lines.append(f"{part}: {{{', '.join(f'{name}: {_json(text)}' for name, text in fields.items())}}}")
    return "\n".join(lines) + "\n" if given["answers"] else "\n".join(lines) + " {}\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _all(
    count: int,
    seed: int,
    broken: float,
    faults: dict[str, Callable[..., Any]] | None = None,
) -> Iterator[tuple[Made, str, random.Random]]:
    known = list(engagement_faults.YAML if faults is None else faults)
    turn = itertools.cycle(known)
    for number in range(1, count + 1):
        chance = random.Random(f"{seed}:{number}")
        made = _made(number, seed, chance)
        # In turn, so that a few dozen broken ones show each way of being broken.
        yield made, next(turn) if chance.random() < broken else "", chance


@lru_cache(maxsize=1)
def _patterns() -> tuple[dict[str, str], ...]:
    """The answers of the examples: engagements that hang together, to be varied."""
    folder = Path(__file__).parents[1] / "examples"
    return tuple([dict(read_engagement(path, load_catalog()).answers) for path in sorted(folder.glob("*.yaml"))])


@lru_cache(maxsize=1)
def _options() -> dict[str, tuple[str, ...]]:
    return {question.id: question.option_ids for question in load_catalog().questions.values()}


def _made(number: int, seed: int, chance: random.Random) -> Made:
    client, managers = engagement_names.client_of(chance, seed, number)
    work = engagement_names.work(chance)
    name = f"{number:06d}"
    head = {"id": f"e-{name}", "name": work, "client": client}
    if chance.random() < 0.03:
        del head["client"]
    answers = _answers(chance)
    return Made(name, head, answers, _people(chance, managers, answers), _dates(chance, answers))


def _answers(chance: random.Random) -> dict[str, str]:
    options = _options()
    kind = chance.random()
    if kind < 0.1:  # anything at all
        answers = {question: chance.choice(known) for question, known in options.items()}
    else:
        answers = dict(chance.choice(_patterns()))
        for question in chance.sample(list(options), chance.choice((0, 1, 2, 3, 5, 8))):
            answers[question] = chance.choice(options[question])
    missing = chance.choice((0.0, 0.0, 0.0, 0.0, 0.03, 0.1, 0.4))
    kept = {question: answers[question] for question in options if question in answers and chance.random() >= missing}
    return kept or {"plans_at_once": "one"}


def _people(chance: random.Random, managers: dict[str, list[str]], answers: dict[str, str]) -> dict[str, str]:
    people = {role: chance.choice(names) for role, names in managers.items() if chance.random() < 0.7}
    if chance.random() < 0.1 and "delivery_manager" in people:
        people["project_manager"] = people["delivery_manager"]
    if answers.get("leads_today") == "team" and chance.random() < 0.5:
        people = {"team_lead": chance.choice(engagement_names.PEOPLE)}
    if chance.random() < 0.2:
        people["client_sponsor"] = chance.choice(engagement_names.PEOPLE)
    return people


_MONTHS = {"under_three_months": (1, 3), "three_to_twelve_months": (3, 12), "over_a_year": (12, 30)}


def _dates(chance: random.Random, answers: dict[str, str]) -> dict[str, str]:
    if chance.random() < 0.25:
        return {}
    start = datetime.date(2026, 1, 1) + datetime.timedelta(days=chance.randrange(900))
    low, high = _MONTHS.get(answers.get("duration", ""), (3, 12))
    live = start + datetime.timedelta(days=chance.randint(low * 30, high * 30))
    service = answers.get("post_delivery") in ("ongoing_support", "managed_service")
    end = live + datetime.timedelta(days=chance.randint(180, 900) if service else chance.randint(0, 60))
    dates = {"start": start, "go_live": live, "end": end}
    for name in chance.choice(((), (), (), (), ("go_live",), ("end",), ("go_live", "end"), ("start",))):
        del dates[name]
    return {name: day.isoformat() for name, day in dates.items()}


def main() -> None:
    """Write engagements into a folder: a file each, or one table or file of lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--broken", type=float, default=0.0, help="part that cannot be read, such as 0.01")
    parser.add_argument("--format", choices=FORMATS, default="yaml", dest="form")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    wanted = (given.count, given.seed, given.broken)
    if given.form == "yaml":
        names = []
        for name, text in generate(*wanted):
            names.append(name)
            # A fault may be bytes that are no UTF-8, kept as lone surrogates on the way here.
            (given.folder / name).write_bytes(text.encode("utf-8", "surrogateescape"))
    elif given.form == "jsonl":
        names = _write(given.folder / "engagements.jsonl", ((n, f"{t}\n") for n, t in generate_lines(*wanted)))
    else:
        rows = itertools.chain([("", header())], generate_rows(*wanted))
        names = _write(given.folder / "engagements.csv", ((name, _row(cells)) for name, cells in rows))
    bad = [name for name in names if "-broken-" in name]
    print(f"{sum(bool(name) for name in names)} engagements in {given.folder}, {len(bad)} of them broken")  # noqa: T201


def _write(path: Path, parts: Iterator[tuple[str, str]]) -> list[str]:
    names = []
    with path.open("wb") as stream:
        for name, text in parts:
            names.append(name)
            stream.write(text.encode("utf-8", "surrogateescape"))
    return names


def _row(cells: list[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


if __name__ == "__main__":
    main()
