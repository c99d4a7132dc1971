"""An engagement file that people have written into, saved again: only what was answered changes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.catalog.blank import blank_engagement
from advisor.catalog.engagements import read_engagements
from advisor.errors import InputError, OutputError
from advisor.interview.revising import engagement_form, revise
from advisor.interview.writing import dump_engagement
from advisor.model.advice import Engagement
from advisor.model.rulebook import Catalog
from tests.conftest import EXAMPLES
from tests.strategies import answers

COMMENTS = st.sampled_from(
    ["# asked Maria", "#", "# projects: none", "# {a: b", "#- x", "# “naïve” 🙂 'quoted\"", "# ---", "# end_date:"]
)
COMMENT = re.compile(r"(?:(?<=\s)|^)#[^\r\n]*", re.MULTILINE)
NAMES = st.sampled_from(
    ["P", "Portal: rebuild", "yes", "[draft] {x}, y", "a#b", "~", "Café 🙂", "- a", 'it\'s "so"', "null"]
)


def read(text: str | bytes, catalog: Catalog) -> Engagement:
    (found,) = read_engagements(text.encode() if isinstance(text, str) else text, "x.yaml", catalog)
    assert isinstance(found, Engagement), found
    return found


def changed(text: str, catalog: Catalog, name: str = "", **options: str | None) -> str:
    """The text after these answers; None takes an answer back."""
    before = read(text, catalog)
    given = {one: option for one, option in {**before.answers, **options}.items() if option is not None}
    after = replace(before, answers=given, name=name or before.name)
    return revise(text.encode(), "x.yaml", before, after, engagement_form(catalog)).decode()


def is_part_of(lines: Iterable[str], whole: Iterable[str]) -> bool:
    """Whether all lines are among the others, in the same order."""
    rest = iter(whole)
    return all(line in rest for line in lines)


@st.composite
def files(draw: st.DrawFn, catalog: Catalog) -> str:
    """A file as the product writes it, or as an example has it, with comments and blank lines strewn in by hand."""
    kind = draw(st.sampled_from(["blank", "saved", "braces", "example"]))
    given = draw(answers(catalog))
    if kind == "blank":
        questionnaire = catalog.questionnaires[draw(st.sampled_from(["engagement", "quick"]))]
        text = blank_engagement(questionnaire, "x", draw(NAMES), draw(NAMES))
        for name, option in given.items():
            text = text.replace(f"\n  {name}:\n", f"\n  {name}: {option}\n")
    elif kind == "saved":
        people = draw(st.sampled_from([{}, {"project_manager": "L. Marin"}]))
        dates = draw(st.sampled_from([{}, {"start": "2027-01-11", "end": "2028-06-30"}]))
        text = dump_engagement(Engagement("x", draw(NAMES), draw(NAMES), given, people, dates))
    elif kind == "braces":
        inner = ",\n    ".join(f"{name}: {option}" for name, option in given.items())
        text = f"engagement: {{id: x}}\nanswers: {{\n    {inner}\n  }}\npeople: {{}}\n"
    else:
        text = draw(st.sampled_from(sorted(EXAMPLES.glob("*.yaml")))).read_text(encoding="utf-8")
    lines = []
    for line in text.splitlines():
        if draw(st.integers(0, 9)) == 0:
            lines.append(" " * draw(st.integers(0, 6)) + draw(COMMENTS))
        if draw(st.integers(0, 9)) == 0:
            lines.append("")
        tail = f"  {draw(COMMENTS)}" if draw(st.integers(0, 4)) == 0 else ""
        lines.append(line + tail)
    if draw(st.booleans()):
        lines.insert(0, "---")
    return draw(st.sampled_from(["\n", "\r\n"])).join([*lines, draw(st.sampled_from(["", "# the last line"]))])


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_only_what_was_answered_changes(catalog: Catalog, data: st.DataObject) -> None:
    """After any answers, one by one, the file says exactly them, and every other line is still there, untouched."""
    text = data.draw(files(catalog))
    raw = text.encode() if data.draw(st.booleans()) else b"\xef\xbb\xbf" + text.encode()
    engagement = read(raw, catalog)
    people, dates = engagement.people, engagement.dates
    touched = set()
    for _ in range(data.draw(st.integers(1, 8))):
        question = data.draw(st.sampled_from(list(catalog.questions.values())))
        option = data.draw(st.sampled_from((*question.option_ids, "")))
        given = {one: chosen for one, chosen in {**engagement.answers, question.id: option}.items() if chosen}
        after = replace(engagement, answers=given)
        if data.draw(st.integers(0, 5)) == 5:
            after = replace(after, name=data.draw(NAMES), client=data.draw(NAMES), questionnaire="quick")
            touched |= {"engagement", "name", "client", "questionnaire"}
        raw = revise(raw, "x.yaml", engagement, after, engagement_form(catalog))
        engagement = after
        touched.add(question.id)
        assert read(raw, catalog) == replace(after, people=people, dates=dates)
    new = raw.decode("utf-8-sig")
    assert is_part_of(COMMENT.findall(text), COMMENT.findall(new))
    kept = [line for line in text.splitlines(keepends=True) if not re.match(rf"\s*({'|'.join(touched)}):", line)]
    if "answers: {" not in text:
        assert is_part_of(kept, new.splitlines(keepends=True))


class TestLayout:
    def test_fills_in_a_blank_file(self, catalog: Catalog) -> None:
        """In the file of `advisor new` an answer appears behind its question, and nothing else is different."""
        blank = blank_engagement(catalog.questionnaires["engagement"], "x", "X", "")
        filled = changed(blank, catalog, projects="none")
        assert filled == blank.replace("\n  projects:\n", "\n  projects: none\n")
        assert changed(filled, catalog, projects=None) == blank

    def test_keeps_the_comment_beside_an_answer(self, catalog: Catalog) -> None:
        """What stands beside an answer stays beside the new one, and beside the gap that an answer leaves."""
        text = "answers:\n  projects:   one    # says Maria\n"
        assert changed(text, catalog, projects="none") == "answers:\n  projects:   none    # says Maria\n"
        assert changed(text, catalog, projects=None) == "answers:\n  projects:    # says Maria\n"

    def test_adds_in_the_order_of_the_questions(self, catalog: Catalog) -> None:
        """A new answer stands below the question that comes before it, above the comments on the next."""
        text = "answers: # ours\n    # on risk\n    client_kind: external # them\n    # on risk\n    risk: low"
        assert changed(text, catalog, projects="none", stage="planning") == (
            "answers: # ours\n    # on risk\n    client_kind: external # them\n    projects: none\n"
            "    # on risk\n    risk: low\n    stage: planning"
        )
        assert changed("answers: # ours\n  # on risk\n  risk: low\n", catalog, projects="none") == (
            "answers: # ours\n  projects: none\n  # on risk\n  risk: low\n"
        )

    def test_opens_empty_braces(self, catalog: Catalog) -> None:
        """The first answer turns `answers: {}` into lines."""
        text = "engagement: {id: x}\n\nanswers: {}  # none yet\npeople: {}\n"
        assert changed(text, catalog, projects="none", risk="low") == (
            "engagement: {id: x}\n\nanswers:  # none yet\n  projects: none\n  risk: low\npeople: {}\n"
        )

    @pytest.mark.parametrize(
        ("text", "after"),
        [
            ("answers:", "answers:\n  projects: none"),
            ("answers: null # yet\npeople:\n", "answers: # yet\n  projects: none\npeople:\n"),
            ("answers:\n# people:\n", "answers:\n  projects: none\n# people:\n"),
            ("{answers: , people: {}}", "{answers: {projects: none}, people: {}}"),
        ],
    )
    def test_fills_an_empty_section(self, catalog: Catalog, text: str, after: str) -> None:
        """Where there are no answers at all, the first one stands where it belongs."""
        assert changed(text, catalog, projects="none") == after

    @pytest.mark.parametrize(
        ("text", "after"),
        [
            ("answers: {risk: low}", "answers: {projects: none, risk: low}"),
            ("answers: {client_kind: external }", "answers: {client_kind: external, projects: none }"),
            ("answers: {client_kind: , risk: low}", "answers: {client_kind: , projects: none, risk: low}"),
            ("{answers: {}}", "{answers: {projects: none}}"),
            ('{"answers": {"projects": "one", "risk": "low"}}', '{"answers": {"projects": none, "risk": "low"}}'),
            ("answers: {projects: , risk: low}", "answers: {projects: none, risk: low}"),
        ],
    )
    def test_stays_within_braces(self, catalog: Catalog, text: str, after: str) -> None:
        """Answers in braces stay in braces."""
        assert changed(text, catalog, projects="none") == after

    def test_names_what_had_no_name(self, catalog: Catalog) -> None:
        """A name is added where the engagement is described, or on top."""
        assert (
            changed("answers: {risk: low}\n", catalog, "P, Q") == "engagement: {name: 'P, Q'}\nanswers: {risk: low}\n"
        )
        assert changed("engagement:\n  id: p\nanswers: {risk: low}\n", catalog, "P: Q") == (
            "engagement:\n  id: p\n  name: 'P: Q'\nanswers: {risk: low}\n"
        )

    def test_other_hands(self, catalog: Catalog) -> None:
        """What somebody has written into the file in the meantime stays."""
        before = read("answers: {risk: low}", catalog)
        after = replace(before, answers={"risk": "low", "projects": "one"})
        meanwhile = b"answers:\n  risk: high # more than we thought\n  stage: planning\n"
        assert revise(meanwhile, "x.yaml", before, after, engagement_form(catalog)) == (
            b"answers:\n  projects: one\n  risk: high # more than we thought\n  stage: planning\n"
        )

    @pytest.mark.parametrize(
        "text",
        [
            "answers:\n  projects: >- # folded\n    one\n",
            "answers: {projects, risk: low}",
            "? answers\n: ? projects\n",
        ],
    )
    def test_rather_nothing_than_a_loss(self, catalog: Catalog, text: str) -> None:
        """A layout that cannot be changed in place is reported."""
        with pytest.raises(OutputError, match=r"x\.yaml: cannot be changed without touching the rest"):
            changed(text, catalog, projects="none")

    def test_broken_in_the_meantime(self, catalog: Catalog) -> None:
        """A file that can no longer be read is reported with the line that is wrong."""
        before = read("answers: {risk: low}", catalog)
        for broken in (b"answers: {risk: lwo}", b"", b"answers: {}\n---\nanswers: {}\n"):
            with pytest.raises(InputError, match=r"^x\.yaml"):
                revise(broken, "x.yaml", before, replace(before, answers={}), engagement_form(catalog))
