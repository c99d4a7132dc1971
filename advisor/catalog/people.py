"""Person files: YAML or JSON to what a colleague was seen to do, mistakes with their lines; and those beside a file."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import yaml

from advisor.catalog.answers import answers_in, section_of
from advisor.catalog.engagements import id_from
from advisor.catalog.fields import Fields, Problems, kind_of
from advisor.catalog.plain import line
from advisor.catalog.provenance import read_asked_with, read_origins
from advisor.catalog.source import compose
from advisor.errors import AdvisorError, InputError, Problem
from advisor.files import is_folder, read_limited
from advisor.model.person import Person, PersonRules
from advisor.model.rules import UNANSWERED

NOT_SEEN = "not_seen"
HEAD = "person"
FOLDER = "people"
MOST_FILES = 500  # of one folder; a firm with more colleagues than that keeps them apart
_SUFFIXES = (".yaml", ".yml")


def read_person(path: Path, rules: PersonRules) -> Person:
    """The person in the file at `path`; InputError carries every problem in it."""
    return read_one_person(read_limited(path), str(path), rules)


def read_one_person(data: bytes, name: str, rules: PersonRules) -> Person:
    """The person in `data`, which messages call `name`; InputError carries every problem in it."""
    documents = compose(data, name)
    if not documents:
        raise InputError([Problem(name, 1, "", "is empty; 'advisor new --questionnaire person' writes one to fill in")])
    if len(documents) > 1:
        raise InputError([Problem(name, documents[1][1], "", "holds several documents; keep one person in each file")])
    problems = Problems(name)
    person = _person(documents[0][0], problems, rules, id_from(name))
    problems.raise_if_any()
    return person


def _person(node: yaml.Node, problems: Problems, rules: PersonRules, called: str) -> Person:
    if not isinstance(node, yaml.MappingNode):
        problems.add(node, "", f"must be a mapping with person: and answers:, not {kind_of(node)}")
        return Person("", "", {})
    fields = Fields(node, "", problems)
    if "engagement" in fields and HEAD not in fields:
        problems.add(node, "", "describes an engagement, not a person; give it with --engagement")
        return Person("", "", {})
    head = section_of(fields, HEAD)
    person_id, name = called, ""
    if head is not None:
        person_id, name = line(head, "id") or called, line(head, "name")
        head.finish()
    asked_with = read_asked_with(fields)
    origins = read_origins(fields, rules, asked_with)
    given = answers_in(fields, rules, origins, asked_with, ("", UNANSWERED, NOT_SEEN))
    fields.finish()
    return Person(person_id, name or person_id, given.answers, origins, asked_with, given.retired, given.replaced)


def is_about_person(data: bytes, name: str) -> bool:
    """Whether the file describes a person, as far as its first document can be read."""
    if HEAD.encode() not in data:
        return False
    try:
        documents = compose(data, name)
    except InputError:
        return False
    return bool(documents) and _head(documents[0][0]) is not None


def beside(
    engagement: Path, wanted: Iterable[str], rules: PersonRules
) -> tuple[dict[str, Person], tuple[AdvisorError, ...]]:
    """People whose files lie in the folder `people` beside an engagement file, by those of the `wanted` names.

    Names are compared without regard to case and spaces. Only files that lie in that folder itself are looked at, no
    link that leads out of it, and none that this user may not read. A file that cannot be understood, and two about one
    person, are problems: both are returned, and nobody is taken from them.
    """
    folder = engagement.parent / FOLDER
    looked_for = {_plain(name): name for name in wanted}
    if not looked_for or not is_folder(folder):
        return {}, ()
    home = Path(os.path.realpath(folder))
    found: dict[str, Person] = {}
    twice: dict[str, Path] = {}
    problems: list[AdvisorError] = []
    for path in _files_in(folder):
        if Path(os.path.realpath(path)).parent != home or not path.is_file() or not os.access(path, os.R_OK):
            continue
        try:
            data = read_limited(path)
            name = next((one for node, _ in compose(data, str(path)) if (one := _head(node)) is not None), None)
            name = looked_for.get(_plain(name)) if name else None
            if name in found and name is not None:
                twice[name] = path
            elif name is not None:
                found[name] = read_one_person(data, str(path), rules)
        except InputError as error:
            problems.append(error)
    for name, path in twice.items():
        del found[name]
        problems.append(InputError([Problem(str(path), 0, "", f"another file here is about {name} too; keep one")]))
    return found, tuple(problems)


def _files_in(folder: Path) -> list[Path]:
    """The YAML files of a folder, in a stable order; none of one that this user may not open."""
    if not os.access(folder, os.R_OK | os.X_OK):
        return []
    return sorted(one for one in folder.iterdir() if one.suffix.lower() in _SUFFIXES)[:MOST_FILES]


def _head(node: yaml.Node) -> str | None:
    """The name (or id) of the person that a document describes; None where it describes none."""
    if not isinstance(node, yaml.MappingNode):
        return None
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode) and key.value == HEAD:
            said = {}
            if isinstance(value, yaml.MappingNode):
                said = {
                    field.value: text.value
                    for field, text in value.value
                    if isinstance(field, yaml.ScalarNode) and isinstance(text, yaml.ScalarNode)
                }
            return str(said.get("name") or said.get("id") or "")
    return None


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
