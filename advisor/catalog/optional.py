"""Files that a rulebook can do without: managers' time, words for readers, kinds of matter."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.catalog.fields import Problems
from advisor.catalog.folders import Files
from advisor.catalog.load_policy import read_load
from advisor.catalog.matters import MATTERS, read_matters
from advisor.catalog.rules import Known
from advisor.catalog.words_file import WORDS, read_reader_words
from advisor.model.findings import Topic
from advisor.model.load import LoadPolicy
from advisor.model.questions import Question
from advisor.model.rulebook import ReaderWords
from advisor.model.stated import MatterKinds


def read_policy(files: Files, known: Known, models: tuple[str, ...], topics: tuple[Topic, ...]) -> LoadPolicy | None:
    """The policy on managers' time; None without one, or where the shipped one does not fit."""
    layer = files.where("rules", "load.yaml")
    if layer is None:
        return None
    fields, digest = files.apart("rules", "load.yaml", layer)
    if fields is None:
        return None
    problems, fields.problems = fields.problems, Problems(fields.problems.file)
    findings = {one.id: one for topic in topics for one in topic.findings}
    policy = read_load(fields, digest, models, known.phases, findings, known.claims)
    if layer == 0:
        problems.found.extend(fields.problems.found)
    return None if fields.problems.found else policy


def read_words(files: Files, questions: Mapping[str, Question]) -> ReaderWords:
    """What readers say for words of the rules; a rulebook may have none."""
    layer = files.where("rules", WORDS)
    fields = files.open("rules", WORDS) if layer is not None else None
    return ReaderWords() if fields is None else read_reader_words(fields, questions, own=layer == 0)


def read_kinds(files: Files, known: Known) -> MatterKinds:
    """The kinds of matter that an engagement file can state; a rulebook may have none."""
    there = files.where("rules", MATTERS) is not None
    fields = files.open("rules", MATTERS) if there else None
    return {} if fields is None else read_matters(fields, known)
