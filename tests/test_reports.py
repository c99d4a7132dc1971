"""Reports for build servers: what JUnit, SARIF and GitHub's annotations say of the same issues."""

from __future__ import annotations

import json
from xml.etree import ElementTree

from advisor.documents.shared.reports import ERROR, INFO, WARNING, Case, Issue, RuleText, github, junit, sarif

BAD = Issue("raci.md", "no_a", ERROR, "nobody answers for “Plan: 50 %, all”", 12, 3, "line 12", "Name one.")
SO_SO = Issue("raci.md", "only_i", WARNING, "told\nonly")
TOLD = Issue("a b.xlsx", "person", INFO, "a person", 4, 2, "RACI!B4")


def test_junit_fails_a_file_with_errors() -> None:
    """A file with an error is a failed test that says where; warnings and infos are its output."""
    root = ElementTree.fromstring(junit([Case("raci.md", (BAD, SO_SO)), Case("a b.xlsx", (TOLD,)), Case("c.csv")]))
    assert root.attrib == {"tests": "3", "failures": "1", "errors": "0"}
    first, second, third = root.iter("testcase")
    failure = first.find("failure")
    assert failure is not None and failure.text is not None
    assert failure.text == "raci.md:12: error: line 12: nobody answers for “Plan: 50 %, all” Name one. [no_a]"
    assert first.findtext("system-out") == "raci.md: warning: told only [only_i]"
    assert second.find("failure") is None and second.findtext("system-out") is not None
    assert list(third) == []


def test_junit_holds_no_character_that_xml_forbids() -> None:
    """Control characters in a file's name or a cell never break the XML."""
    text = junit([Case("a\x00\x1b\ufffe<&>", (Issue("a\x0b", "x", ERROR, "<b>\x02"),))])
    assert ElementTree.fromstring(text).find(".//failure") is not None


def test_sarif_names_rule_level_and_line() -> None:
    """Each result leads to its rule, has a level, and always a line; a path with a space is a URI."""
    run = json.loads(sarif([BAD, SO_SO, TOLD], [RuleText("no_a", "Nobody answers", "Name one")], "1.0"))["runs"][0]
    assert [one["id"] for one in run["tool"]["driver"]["rules"]] == ["no_a", "only_i", "person"]
    assert [one["level"] for one in run["results"]] == ["error", "warning", "note"]
    assert [run["tool"]["driver"]["rules"][one["ruleIndex"]]["id"] for one in run["results"]] == [
        one["ruleId"] for one in run["results"]
    ]
    places = [one["locations"][0]["physicalLocation"] for one in run["results"]]
    assert [one["region"]["startLine"] for one in places] == [12, 1, 4]
    assert places[2]["artifactLocation"]["uri"] == "a%20b.xlsx"


def test_github_escapes_what_would_end_a_command() -> None:
    """Percent signs and line breaks stay inside the message, colons and commas inside a property."""
    assert github([]) == ""
    odd = Issue("a,b:c.md", "no_a", ERROR, "50 %\n::error::x")
    assert github([odd]) == "::error file=a%2Cb%3Ac.md,title=no_a::50 %25 ::error::x\n"
    assert github([BAD]).startswith("::error file=raci.md,line=12,col=3,title=no_a::line 12: nobody")
    assert [line.split()[0] for line in github([SO_SO, TOLD]).splitlines()] == ["::warning", "::notice"]
