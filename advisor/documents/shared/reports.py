"""What is wrong with files, for build servers: JUnit, SARIF and GitHub's annotations over one small value."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

from advisor.documents.shared.words import clean

ERROR, WARNING, INFO = "error", "warning", "info"
_LEVELS = {ERROR: "error", WARNING: "warning", INFO: "note"}
_COMMANDS = {ERROR: "error", WARNING: "warning", INFO: "notice"}


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing to say about a file. `line` and `column` count from 1, 0 where there is none.

    `severity` is error, warning or info; `place` says in words where it stands, for what has no lines (a cell).
    """

    file: str
    rule: str
    severity: str
    message: str
    line: int = 0
    column: int = 0
    place: str = ""
    help: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One file that was looked at, and what there is to say about it; errors make it a failed test."""

    name: str
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleText:
    """What a rule is called and where to read about it, for the list of rules in SARIF."""

    id: str
    says: str
    help: str = ""


def junit(cases: Iterable[Case], suite: str = "advisor") -> str:
    """JUnit's XML, one test a file: each error a failure, all else in its output."""
    cases = tuple(cases)
    failed = sum(any(one.severity == ERROR for one in case.issues) for case in cases)
    root = ElementTree.Element("testsuites", {"tests": str(len(cases)), "failures": str(failed), "errors": "0"})
    inner = ElementTree.SubElement(
        root,
        "testsuite",
        {"name": clean(suite), "tests": str(len(cases)), "failures": str(failed), "errors": "0", "skipped": "0"},
    )
    for case in cases:
        test = ElementTree.SubElement(inner, "testcase", {"classname": clean(suite), "name": _xml(case.name)})
        errors = [one for one in case.issues if one.severity == ERROR]
        others = [one for one in case.issues if one.severity != ERROR]
        if errors:  # readers show one failure a test, so all errors stand in it
            head = errors[0].message if len(errors) == 1 else f"{len(errors)} errors"
            failure = ElementTree.SubElement(test, "failure", {"type": errors[0].rule, "message": _xml(head)})
            failure.text = "\n".join(_xml(_line(one)) for one in errors)
        if others:
            ElementTree.SubElement(test, "system-out").text = "\n".join(_xml(_line(one)) for one in others)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _xml(text: str) -> str:
    return "".join(one for one in clean(text) if one not in "\ufffe\uffff")


def sarif(issues: Iterable[Issue], rules: Sequence[RuleText] = (), version: str = "") -> str:
    """SARIF 2.1.0, as code scanning reads it."""
    issues = tuple(issues)
    known = {one.id: one for one in rules}
    ids = list(dict.fromkeys([*known, *(one.rule for one in issues)]))
    driver: dict[str, Any] = {"name": "advisor", "rules": [_sarif_rule(known.get(id, RuleText(id, id))) for id in ids]}
    if version:
        driver["version"] = version
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(one, ids.index(one.rule)) for one in issues],
    }
    shown = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(shown, indent=2, ensure_ascii=False) + "\n"


def _sarif_rule(rule: RuleText) -> dict[str, Any]:
    said: dict[str, Any] = {"id": rule.id, "shortDescription": {"text": clean(rule.says)}}
    return {**said, "help": {"text": clean(rule.help)}} if rule.help else said


def _sarif_result(issue: Issue, index: int) -> dict[str, Any]:
    # A path with a drive or a space is no URI as it stands.
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(issue.file.replace("\\", "/"), safe="/:")}}
    # Code scanning shows nothing that has no line.
    place["region"] = {"startLine": max(issue.line, 1), **({"startColumn": issue.column} if issue.column else {})}
    location: dict[str, Any] = {"physicalLocation": place}
    if issue.place:
        location["logicalLocations"] = [{"fullyQualifiedName": clean(issue.place)}]
    return {
        "ruleId": issue.rule,
        "ruleIndex": index,
        "level": _LEVELS[issue.severity],
        "message": {"text": _told(issue)},
        "locations": [location],
    }


def github(issues: Iterable[Issue]) -> str:
    """Commands of GitHub's workflows that show each issue at its line; empty where there is nothing to say."""
    return "".join(f"{_github(one)}\n" for one in issues)


def _github(issue: Issue) -> str:
    named = {"file": issue.file, "line": issue.line or "", "col": issue.column or "", "title": issue.rule}
    told = ",".join(f"{name}={_escaped(str(value), True)}" for name, value in named.items() if value)
    return f"::{_COMMANDS[issue.severity]} {told}::{_escaped(_told(issue))}"


def _escaped(text: str, is_property: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if is_property else text


def _told(issue: Issue) -> str:
    told = f"{issue.place}: {issue.message}" if issue.place else issue.message
    return clean(f"{told} {issue.help}" if issue.help else told)


def _line(issue: Issue) -> str:
    where = clean(f"{issue.file}:{issue.line}" if issue.line else issue.file)
    return f"{where}: {issue.severity}: {_told(issue)} [{issue.rule}]"
