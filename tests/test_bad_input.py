"""Mistakes in engagement files: each is named with file, line and field, all at once, and none ends in a traceback."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from advisor.advise import advise
from advisor.catalog.engagements import read_engagement, read_one
from advisor.catalog.person import person_rules
from advisor.catalog.records import accept
from advisor.documents.shared.typed import plain_text
from advisor.errors import InputError
from advisor.fit import fit
from advisor.model.engagement import Engagement
from advisor.model.person import Person
from advisor.model.rulebook import Catalog

NOTHING = "answers: {}\n"
CONTACT = "at_milestones, monthly, weekly, daily"
FIELDS = (
    "engagement, questionnaire, asked_with, provenance, answers, people, dates, rulebook, context, context_for_client, "
    "money, matters, agreed"
)
ROLES = (
    "delivery_manager, project_manager, team_lead, account_manager, technical_lead, project_office, "
    "quality_compliance, change_lead, delivery_team, support_team, suppliers, client_sponsor, "
    "client_project_manager, product_owner, client_team, executive_sponsor, steering_committee, service_desk"
)
EMPTY = "e.yaml:1: is empty; 'advisor new' writes one to fill in"
TAB = "a tab is used for indentation; YAML wants spaces"
TOO_DEEP = "is nested more than 40 levels deep"
NO_YAML = "is not readable as YAML:"

Read = Callable[[str | bytes], Engagement]
Complaints = Callable[[str | bytes], list[str]]


@pytest.fixture
def read(catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    """Reads a text as the engagement file `e.yaml`."""
    monkeypatch.chdir(tmp_path)

    def from_text(text: str | bytes) -> Engagement:
        Path("e.yaml").write_bytes(text.encode() if isinstance(text, str) else text)
        return read_engagement(Path("e.yaml"), catalog)

    return from_text


@pytest.fixture
def complaints(read: Read) -> Complaints:
    """Reads a text as `e.yaml` and returns what is wrong with it, a line for each problem."""

    def about(text: str | bytes) -> list[str]:
        with pytest.raises(InputError) as caught:
            read(text)
        return str(caught.value).splitlines()

    return about


class TestAnswers:
    @pytest.mark.parametrize(
        ("line", "message"),
        [
            ("client_contcat: weekly", "client_contcat: is no question (did you mean client_contact?)"),
            ("zzz: weekly", "zzz: is no question"),
            ("? [a, b]\n  : weekly", "?: is no question"),
            ("<<: {client_contact: weekly}", "<<: is no question"),
            ('"\\e[31mred": x', "?[31mred: is no question"),
            (f"{'q' * 500}: x", f"{'q' * 112}...: is no question"),
        ],
        ids=["near", "far", "a key that is a list", "a merge", "control characters", "overlong"],
    )
    def test_unknown_question(self, complaints: Complaints, line: str, message: str) -> None:
        """An answer to no question is named, with the nearest question where there is one, in printable text."""
        assert complaints(f"answers:\n  {line}\n") == [f"e.yaml:2: answers.{message}"]

    @pytest.mark.parametrize(
        ("given", "message"),
        [
            ("weekli", f"'weekli' is none of {CONTACT} (did you mean weekly?)"),
            ("sometimes", f"'sometimes' is none of {CONTACT}"),
            ("3", f"'3' is none of {CONTACT}"),
            ("Weekly", f"'Weekly' is none of {CONTACT} (did you mean weekly?)"),
            ("WEEKLY", f"'WEEKLY' is none of {CONTACT} (did you mean weekly?)"),
            ("not_asked", f"'not_asked' is none of {CONTACT}"),
            ("'null'", f"'null' is none of {CONTACT}"),
            ('"a\\e[31m"', f"'a\\x1b[31m' is none of {CONTACT}"),
            ("x" * 500, f"'{'x' * 80}' is none of {CONTACT}"),
        ],
    )
    def test_unknown_option(self, complaints: Complaints, given: str, message: str) -> None:
        """An answer that is no option is named with all options, the nearest of them, and no more than it needs."""
        assert complaints(f"answers:\n  client_contact: {given}\n") == [f"e.yaml:2: answers.client_contact: {message}"]

    @pytest.mark.parametrize(
        ("given", "kind"), [("[weekly]", "a list"), ("{weekly: 1}", "a mapping"), ("\n    - weekly", "a list")]
    )
    def test_more_than_one_value(self, complaints: Complaints, given: str, kind: str) -> None:
        """A list or a mapping is no answer."""
        line = 3 if "\n" in given else 2
        assert complaints(f"answers:\n  client_contact: {given}\n") == [
            f"e.yaml:{line}: answers.client_contact: takes one answer of {CONTACT}, not {kind}"
        ]

    @pytest.mark.parametrize(("given", "kind"), [("[weekly]", "a list"), ("weekly", "a single value")])
    def test_answers_are_a_mapping(self, complaints: Complaints, given: str, kind: str) -> None:
        """Answers are given question by question."""
        assert complaints(f"answers: {given}\n") == [f"e.yaml:1: answers: must be a mapping of fields, not {kind}"]

    def test_answers_are_needed(self, complaints: Complaints) -> None:
        """A file without answers is no engagement file."""
        assert complaints("engagement: {id: a}\n") == ["e.yaml:1: answers: is missing"]

    def test_given_twice(self, complaints: Complaints) -> None:
        """A question that is answered twice is reported where it is answered again."""
        text = "answers:\n  client_contact: weekly\n  plans_at_once: one\n  client_contact: daily\n"
        assert complaints(text) == ["e.yaml:4: answers.client_contact: is given twice"]

    @pytest.mark.parametrize("nothing", ["", "null", "~", "''", "unanswered"])
    def test_not_answered(self, read: Read, nothing: str) -> None:
        """Nothing, YAML's and JSON's words for nothing, and `unanswered` all mean that there is no answer."""
        engagement = read(f"answers:\n  client_contact: {nothing}\n  plans_at_once: one\n")
        assert engagement.answers == {"plans_at_once": "one"}

    @pytest.mark.parametrize("spelt", ["none", "'none'"])
    def test_none_is_an_option(self, read: Read, spelt: str) -> None:
        """`none` answers a question that has this option; it does not mean that there is no answer."""
        assert read(f"answers:\n  plans_at_once: {spelt}\n").answers == {"plans_at_once": "none"}

    @pytest.mark.parametrize(
        ("given", "answer"),
        [
            ("yes", "yes"),
            ("no", "no"),
            ("true", "yes"),
            ("false", "no"),
            ("True", "yes"),
            ("FALSE", "no"),
            ('"yes"', "yes"),
        ],
    )
    def test_yes_and_no(self, read: Read, given: str, answer: str) -> None:
        """Yes and no need no quotes, and may be written as true and false."""
        assert read(f"answers: {{single_contact: {given}}}\n").answers == {"single_contact": answer}

    def test_true_is_an_answer_to_yes_or_no_only(self, complaints: Complaints) -> None:
        """True and false answer nothing but a question of yes and no."""
        assert complaints("answers: {client_contact: true}\n") == [
            f"e.yaml:1: answers.client_contact: 'true' is none of {CONTACT}"
        ]

    @pytest.mark.parametrize("given", ["on", "y", "1"])
    def test_no_other_words_for_yes(self, complaints: Complaints, given: str) -> None:
        """Words that some YAML readers take for yes are not guessed at."""
        assert complaints(f"answers: {{single_contact: {given}}}\n") == [
            f"e.yaml:1: answers.single_contact: '{given}' is none of no, yes"
        ]

    @pytest.mark.parametrize("text", ["answers:\n", "answers: ~\n", "answers: {}\n", "answers: null\n"])
    def test_nothing_answered_yet(self, read: Read, text: str) -> None:
        """A file in which nothing is answered yet is a good file."""
        assert read(text).answers == {}


class TestOtherFields:
    @pytest.mark.parametrize(
        ("line", "message"),
        [
            ("answer: {}", "answer: is no field that is known here (did you mean answers?)"),
            ("foo: 1", f"foo: is no field that is known here (known here: {FIELDS})"),
            ("engagement: {nam: a}", "engagement.nam: is no field that is known here (did you mean name?)"),
            ("engagement: [a]", "engagement: must be a mapping of fields, not a list"),
            ("questionnaire: quik", "questionnaire: 'quik' is no questionnaire (did you mean quick?)"),
            ("questionnaire: x", "questionnaire: 'x' is no questionnaire (known: engagement, quick)"),
            ("questionnaire: [quick]", "questionnaire: must be a single value, not a list"),
            ("answers: {}", "answers: is given twice"),
        ],
    )
    def test_unknown_field(self, complaints: Complaints, line: str, message: str) -> None:
        """A field that nothing reads is named with the nearest known one, or with all that are known."""
        assert complaints(f"{NOTHING}{line}\n") == [f"e.yaml:2: {message}"]

    @pytest.mark.parametrize(
        ("people", "message"),
        [
            (
                "{delivery_manger: A}",
                "people.delivery_manger: is no role and no party (did you mean delivery_manager?)",
            ),
            ("{x: A}", f"people.x: is no role and no party (known: {ROLES})"),
            ("{delivery_manager: [A, [B]]}", "people.delivery_manager[2]: must be a mapping of fields, not a list"),
            ("[A]", "people: must be a mapping of fields, not a list"),
        ],
    )
    def test_people(self, complaints: Complaints, people: str, message: str) -> None:
        """People are named by role, one for each."""
        assert complaints(f"{NOTHING}people: {people}\n") == [f"e.yaml:2: {message}"]

    @pytest.mark.parametrize(
        ("dates", "message"),
        [
            ("{start: 2027-02-30}", "dates.start: '2027-02-30' is no date; write it as 2027-01-31"),
            ("{start: 31.01.2027}", "dates.start: '31.01.2027' is no date; write it as 2027-01-31"),
            ("{end: 2027-01-01T00:00}", "dates.end: '2027-01-01T00:00' is no date; write it as 2027-01-31"),
            ("{go_live: soon}", "dates.go_live: 'soon' is no date; write it as 2027-01-31"),
            ("{go_live: [2027-01-31]}", "dates.go_live: must be a single value, not a list"),
            ("{golive: 2027-01-31}", "dates.golive: is no field that is known here (did you mean go_live?)"),
            ("2027-01-31", "dates: must be a mapping of fields, not a single value"),
            (
                "{start: 2027-05-01, end: 2026-01-01}",
                "dates: start (2027-05-01) is after end (2026-01-01)",
            ),
            (
                "{start: 2027-05-01, go_live: 2027-04-30, end: 2027-12-31}",
                "dates: start (2027-05-01) is after go_live (2027-04-30)",
            ),
        ],
    )
    def test_dates(self, complaints: Complaints, dates: str, message: str) -> None:
        """Dates exist in the calendar, are written year first, and come in order."""
        assert complaints(f"{NOTHING}dates: {dates}\n") == [f"e.yaml:2: {message}"]

    def test_dates_may_fall_together(self, read: Read) -> None:
        """An engagement may start, go live and end on one day, and a date may be left open."""
        assert read(f"{NOTHING}dates: {{start: 2027-05-01, go_live: , end: 2027-05-01}}\n").dates == {
            "start": "2027-05-01",
            "end": "2027-05-01",
        }

    @pytest.mark.parametrize(
        "text",
        ["x" * 301, '"a\\0b"', '"a\\e[31mb"', '"a\\x9bb"', '"a\\x7fb"', '"a\\uFFFFb"'],
        ids=["too long", "NUL", "escape sequence", "escape sequence in one character", "delete", "no character"],
    )
    @pytest.mark.parametrize("field", ["engagement.id", "engagement.name", "engagement.client", "people.team_lead"])
    def test_names_are_plain_text(self, complaints: Complaints, field: str, text: str) -> None:
        """A name is plain text of a sensible length: it will stand in tables and on screens."""
        section, name = field.split(".")
        assert complaints(f"{NOTHING}{section}:\n  {name}: {text}\n") == [
            f"e.yaml:3: {field}: must be plain text of at most 300 characters"
        ]

    @pytest.mark.parametrize(
        ("written", "name"),
        [
            ("x" * 300, "x" * 300),
            ("Grün & Söhne, 東京 😀", "Grün & Söhne, 東京 😀"),
            ("|\n    two\n    lines", "two lines"),
            ("no", "no"),
            ("2027-01-31", "2027-01-31"),
            ("", "e"),
            ("null", "e"),
            ("'null'", "null"),
        ],
    )
    def test_names_are_read_as_they_stand(self, read: Read, written: str, name: str) -> None:
        """A name is the text that the file shows, on one line; without one, the file's own name stands in."""
        assert read(f"engagement:\n  name: {written}\n{NOTHING}").name == name

    def test_sections_may_be_empty(self, read: Read) -> None:
        """A section that nobody has filled in is no mistake."""
        engagement = read("engagement:\nquestionnaire:\nanswers:\npeople:\n  team_lead:\ndates:\n  start:\n")
        assert (engagement.id, engagement.questionnaire, engagement.people, engagement.dates) == (
            "e",
            "engagement",
            {},
            {},
        )


def test_all_problems_at_once(complaints: Complaints) -> None:
    """Every mistake in a file is reported in one go, in the order of its lines."""
    text = """\
engagement: {nam: a}
foo: 1
questionnaire: quik
answers:
  client_contcat: weekly
  client_contact: weekli
  plans_at_once: [one]
people: {x: y}
dates: {start: nope}
"""
    assert complaints(text) == [
        "e.yaml:1: engagement.nam: is no field that is known here (did you mean name?)",
        f"e.yaml:2: foo: is no field that is known here (known here: {FIELDS})",
        "e.yaml:3: questionnaire: 'quik' is no questionnaire (did you mean quick?)",
        "e.yaml:5: answers.client_contcat: is no question (did you mean client_contact?)",
        f"e.yaml:6: answers.client_contact: 'weekli' is none of {CONTACT} (did you mean weekly?)",
        "e.yaml:7: answers.plans_at_once: takes one answer of none, one, two_or_three, four_or_more, not a list",
        f"e.yaml:8: people.x: is no role and no party (known: {ROLES})",
        "e.yaml:9: dates.start: 'nope' is no date; write it as 2027-01-31",
    ]


class TestNotAnEngagement:
    @pytest.mark.parametrize("text", ["", "  \n\n", "# nothing here\n# yet\n", "---\n", "---\n---\n", "\ufeff"])
    def test_empty(self, complaints: Complaints, text: str) -> None:
        """An empty file, or one with nothing but comments, is called empty."""
        assert complaints(text) == [EMPTY]

    @pytest.mark.parametrize(
        ("text", "kind"), [("- a\n- b\n", "a list"), ("hello world\n", "a single value"), ("null\n", "a single value")]
    )
    def test_not_a_mapping(self, complaints: Complaints, text: str, kind: str) -> None:
        """An engagement file is a mapping at the top."""
        assert complaints(text) == [f"e.yaml:1: must be a mapping with engagement: and answers:, not {kind}"]

    def test_two_documents(self, complaints: Complaints) -> None:
        """Where one engagement is read, a file with two is refused rather than half read."""
        assert complaints(f"{NOTHING}---\n{NOTHING}") == [
            "e.yaml: holds 2 documents; one engagement is read here (advisor batch reads them all)"
        ]

    @pytest.mark.parametrize(
        ("text", "line", "reason"),
        [
            ("answers: a: b\n", 1, f"{NO_YAML} mapping values are not allowed in this context"),
            ("@x: 1\n", 1, f"{NO_YAML} found character that cannot start any token"),
            (
                "answers: {client_contact: weekly\n\n\n",
                4,
                f"{NO_YAML} did not find expected ',' or '}}' (while parsing a flow mapping that starts on line 1)",
            ),
            (
                "answers:\n  client_contact: 'weekly\n",
                3,
                f"{NO_YAML} found unexpected end of stream (while scanning a quoted scalar that starts on line 2)",
            ),
            ("answers:\n\tclient_contact: weekly\n", 2, TAB),
            ("answers:\n  plans_at_once: one\n\tclient_contact: weekly\n", 3, TAB),
            ("\t\n\tanswers: {}\n", 1, TAB),
        ],
    )
    def test_not_yaml(self, complaints: Complaints, text: str, line: int, reason: str) -> None:
        """What is no YAML is reported with the line, what was expected and where the trouble began."""
        assert complaints(text) == [f"e.yaml:{line}: {reason}"]


class TestBytes:
    @pytest.mark.parametrize(
        ("data", "problem"),
        [
            (NOTHING.encode("utf-16"), "e.yaml:1: is UTF-16; save it as UTF-8"),
            (b"\xfe\xff" + NOTHING.encode("utf-16-be"), "e.yaml:1: is UTF-16; save it as UTF-8"),
            (
                NOTHING.encode("utf-16-le"),
                "e.yaml:1: holds the character U+0000, which is no text; save it as plain UTF-8 text",
            ),
            (b"answers: {}\n# caf\xe9\n", "e.yaml:2: is not UTF-8 text; save it as UTF-8"),
            (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "e.yaml:2: is not UTF-8 text; save it as UTF-8"),
            (
                b"answers: {}\r\n\r\n# \0\n",
                "e.yaml:3: holds the character U+0000, which is no text; save it as plain UTF-8 text",
            ),
            (
                b"answers: {}\n# \x07\n",
                "e.yaml:2: holds the character U+0007, which is no text; save it as plain UTF-8 text",
            ),
            (
                "answers: {}\n# \ufffe\n".encode(),
                "e.yaml:2: holds the character U+FFFE, which is no text; save it as plain UTF-8 text",
            ),
        ],
        ids=["UTF-16", "UTF-16 big-endian", "UTF-16 unmarked", "Latin-1", "PDF", "NUL", "control", "no character"],
    )
    def test_no_text(self, complaints: Complaints, data: bytes, problem: str) -> None:
        """What is no UTF-8 text is refused with the line at which that shows."""
        assert complaints(data) == [problem]

    @pytest.mark.parametrize(
        "text",
        [
            "\ufeffanswers:\n  client_contact: weekly\n",
            "answers:\r\n  client_contact: weekly\r\n",
            "answers:\r  client_contact: weekly\r",
            "---\nanswers:\n  client_contact: weekly\n---\n",
            "%YAML 1.2\n---\nanswers:\n  client_contact:\tweekly   # tabs after a colon are fine\n",
            "answers: &a\n  client_contact: !!str weekly\n",
        ],
        ids=["byte order mark", "Windows line ends", "old Mac line ends", "document marks", "directive", "tag"],
    )
    def test_ways_of_writing(self, read: Read, text: str) -> None:
        """What editors do to a text file makes no difference."""
        assert read(text).answers == {"client_contact": "weekly"}

    @pytest.mark.parametrize("indent", [None, 2, "\t"])
    def test_json(self, read: Read, indent: int | str | None) -> None:
        """A JSON file is an engagement file, however it is indented and whatever its names hold; null is nothing."""
        written = {
            "engagement": {"id": "a", "name": "Söhne 😀 \\ud83d\\ude00", "client": None},
            "answers": {"single_contact": True, "client_contact": "weekly", "sites": None, "risk": "unanswered"},
            "people": {"team_lead": None},
        }
        engagement = read(json.dumps(written, indent=indent))
        assert (engagement.name, engagement.client, engagement.people) == ("Söhne 😀 \\ud83d\\ude00", "", {})
        assert engagement.answers == {"single_contact": "yes", "client_contact": "weekly"}

    def test_half_a_character_in_json(self, complaints: Complaints) -> None:
        """Half of a character that JSON writes as two escapes is no text."""
        assert complaints('{"engagement": {"name": "\\ud83d"}, "answers": {}}') == [
            f"e.yaml:1: {NO_YAML} found invalid Unicode character escape code"
        ]


class TestHostileFiles:
    def test_too_large(self, complaints: Complaints) -> None:
        """A file of ten megabytes is refused before it is read as YAML."""
        assert complaints(b"# " + b"x" * 10_000_000) == ["e.yaml: is larger than 2,000,000 bytes"]

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n", "e.yaml:2: uses an alias (*a); write the value out"),
            ("answers: &a\n  client_contact: *a\n", "e.yaml:2: uses an alias (*a); write the value out"),
            ("answers:\n  <<: *nowhere\n", "e.yaml:2: uses an alias (*nowhere); write the value out"),
        ],
        ids=["bomb", "endless", "nowhere"],
    )
    def test_aliases(self, complaints: Complaints, text: str, problem: str) -> None:
        """Aliases, with which a small file grows without end, are refused."""
        assert complaints(text) == [problem]

    def test_stars_in_a_text_are_no_aliases(self, read: Read) -> None:
        """A star or an ampersand in a name is a letter like any other."""
        assert read(f"engagement: {{name: A & B, client: '*C*'}}\n{NOTHING}").client == "*C*"

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("[" * 100_000, 1),
            ("{a: " * 100_000, 1),
            ("- " * 100_000, 1),
            ("? " * 100_000, 1),
            ("- ? " * 50_000, 1),
            ("# a line that ends as on an old Mac\r" + "- " * 100_000, 2),
            ("# a line that ends as on a mainframe\u0085" + "- " * 100_000, 2),
            ("\n".join(" " * depth + "-" for depth in range(1_500)), 41),
            ("answers:\n  client_contact: " + "[" * 61 + "]" * 61, 2),
        ],
        ids=["[", "{", "-", "?", "- ?", "- after CR", "- after NEL", "indentation", "just over"],
    )
    def test_deep_nesting(self, complaints: Complaints, text: str, line: int) -> None:
        """Nesting that would overrun the stack of the YAML library is refused before the library composes it."""
        assert complaints(text) == [f"e.yaml:{line}: {TOO_DEEP}"]

    def test_many_brackets_side_by_side(self, read: Read) -> None:
        """Many brackets are no deep nesting as long as each is closed."""
        assert read("# " + "[]{}" * 1_000 + f"\n{NOTHING}").answers == {}

    @pytest.mark.parametrize("tag", ["!!python/object/apply:os.system", "!!python/name:os.system", "!x"])
    def test_tags_do_nothing(self, complaints: Complaints, tag: str) -> None:
        """A tag that other YAML readers would run as code is no more than a letter on a label."""
        assert complaints(f"answers: {tag} [echo]\n") == ["e.yaml:1: answers: must be a mapping of fields, not a list"]


class TestNotAFile:
    @pytest.mark.parametrize(
        ("path", "problem"),
        [
            ("nowhere.yaml", "nowhere.yaml: no such file"),
            ("folder", "folder: is a folder; a file is needed"),
            ("file/below", "file/below: cannot be read: Not a directory"),
            ("x" * 300, f"{'x' * 300}: cannot be read: File name too long"),
            ("a\0b", "'a\\x00b': is not a usable path"),
        ],
    )
    def test_cannot_be_read(
        self, catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, problem: str
    ) -> None:
        """What is no file to read is named, with the reason."""
        monkeypatch.chdir(tmp_path)
        Path("folder").mkdir()
        Path("file").write_text(NOTHING, encoding="utf-8")
        with pytest.raises(InputError) as caught:
            read_engagement(Path(path), catalog)
        assert str(caught.value) == problem

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
    def test_a_pipe_is_not_waited_for(self, catalog: Catalog, tmp_path: Path) -> None:
        """A named pipe, which might never end, is refused and not opened."""
        pipe = tmp_path / "pipe.yaml"
        os.mkfifo(pipe)
        with pytest.raises(InputError) as caught:
            read_engagement(pipe, catalog)
        assert str(caught.value) == f"{pipe}: is a pipe or a device; a file is needed"

    @pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no /dev/zero")
    def test_a_device_is_not_read(self, catalog: Catalog) -> None:
        """A device is refused and not opened."""
        with pytest.raises(InputError) as caught:
            read_engagement(Path("/dev/zero"), catalog)
        assert str(caught.value) == "/dev/zero: is a pipe or a device; a file is needed"

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file")
    def test_no_permission(self, catalog: Catalog, tmp_path: Path) -> None:
        """A file that may not be read is reported as such."""
        file = tmp_path / "e.yaml"
        file.write_text(NOTHING, encoding="utf-8")
        file.chmod(0)
        with pytest.raises(InputError) as caught:
            read_engagement(file, catalog)
        assert str(caught.value) == f"{file}: cannot be read: Permission denied"

    def test_the_system_refuses(self, catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Whatever reason the system gives for not opening a file is passed on, for root too."""

        def refuse(self: Path, *_: object) -> None:
            raise PermissionError(13, "Permission denied", str(self))

        file = tmp_path / "e.yaml"
        file.write_text(NOTHING, encoding="utf-8")
        monkeypatch.setattr(Path, "open", refuse)
        with pytest.raises(InputError) as caught:
            read_engagement(file, catalog)
        assert str(caught.value) == f"{file}: cannot be read: Permission denied"


def test_a_file_with_very_many_mistakes(catalog: Catalog, tmp_path: Path) -> None:
    """The first are told, with how many more there are; all are kept for whoever asks."""
    path = tmp_path / "e.yaml"
    path.write_text("answers:\n" + "".join(f"  zz{number}: x\n" for number in range(1_000)), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_engagement(path, catalog)
    told = str(caught.value).splitlines()
    assert len(told) == 201
    assert told[-1] == f"and {len(caught.value.problems) - 200} more problems; mend these first"


def test_a_good_file_is_advised_on(catalog: Catalog, read: Read) -> None:
    """What was accepted can be advised on, even when it answers nothing."""
    assert advise(catalog, read("answers:\n")).recommendation.status == "leaning"


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ({"nope": "x"}, "e: answers.nope: is no question"),
        ({"risk": ["high"]}, "e: answers.risk: must be one option, a text, not list"),
        ({"risk": None}, "e: answers.risk: must be one option, a text, not NoneType"),
        ({"risk": "hig"}, "e: answers.risk: 'hig' is none of low, medium, high (did you mean high?)"),
        ({3: "x"}, "e: answers.3: is no question"),
        (["risk"], "e: answers: must be a mapping of questions to options, not list"),
        (None, "e: answers: must be a mapping of questions to options, not NoneType"),
    ],
)
def test_answers_from_python_are_checked_as_those_of_files_are(catalog: Catalog, answers: Any, problem: str) -> None:
    """What no file was read for is no less wrong: an unknown question is not passed over."""
    with pytest.raises(InputError) as caught:
        advise(catalog, Engagement("e", "", "", answers, {}, {}))
    assert str(caught.value).startswith(problem)
    with pytest.raises(InputError):
        fit(person_rules(), Person("e", "", answers))


UNSEEN = [
    "Ac\u200bme",
    "\u202eemcA",
    "Acme\u2066",
    "\ufeffAcme",
    "Ac\u00adme",
    "Ac\u200dme",
    "\U000e0041cme",
    "Ac\u2060me",
    "Ac\u2800me",
    "Acme\ufe0f",
    "Ac\ufdd0me",
    "Ac\U0010fffdme",
]


@pytest.mark.parametrize("name", UNSEEN, ids=[f"U+{max(map(ord, one)):04X}" for one in UNSEEN])
@pytest.mark.parametrize("field", ["id", "name", "client"])
def test_no_name_holds_what_nobody_sees(catalog: Catalog, field: str, name: str) -> None:
    """With zero-width and direction characters one name passes for another; a file that holds one is refused."""
    text = f"engagement: {{{field}: {name}}}\nanswers: {{}}\n"
    with pytest.raises(InputError) as caught:
        read_one(text.encode(), "e.yaml", catalog)
    (problem,) = caught.value.problems
    assert f"e.yaml:1: engagement.{field}: holds U+{max(map(ord, name)):04X} after " in str(problem)
    assert str(problem).isprintable()
    with pytest.raises(InputError):
        read_one(f"answers: {{}}\npeople: {{delivery_manager: {name}}}\n".encode(), "e.yaml", catalog)
    assert accept({"engagement": {field: name}, "answers": {}}, catalog, "e") is None
    assert plain_text(name) in ("Acme", "emcA", "cme")


@pytest.mark.parametrize(
    "name", ["می\u200cخواهم", "क्\u200dष", "\U0001f469\u200d\U0001f4bb", "❤\ufe0f", "3\ufe0f\u20e3", "Zoë"]
)
def test_names_of_all_scripts_may_be_written(catalog: Catalog, name: str) -> None:
    """The joiners that Persian, Indian scripts and emoji need may stand between their letters."""
    found = read_one(f"engagement: {{name: {name}}}\nanswers: {{}}\n".encode(), "e.yaml", catalog)
    assert found.name == name
