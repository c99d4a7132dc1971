"""An engagement file that people have written into, saved again: only what was answered changes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.catalog.blank import blank_engagement
from advisor.catalog.engagements import read_engagements, read_one
from advisor.errors import InputError, OutputError
from advisor.interview.revising import engagement_form, revise
from advisor.interview.steps import steps
from advisor.interview.writing import dump_engagement
from advisor.model.engagement import Engagement
from advisor.model.rulebook import Catalog
from tests.conftest import EXAMPLES
from tests.strategies import answers

COMMENTS = st.sampled_from(
    ["# asked Maria", "#", "# plans_at_once: none", "# {a: b", "#- x", "# “naïve” 🙂 'quoted\"", "# ---", "# end_date:"]
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
    replaced = {one: old for one, old in before.replaced.items() if one not in options}
    after = replace(before, answers=given, name=name or before.name, replaced=replaced)
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
        text = blank_engagement(questionnaire, "x", draw(NAMES), draw(NAMES), catalog.several)
        for name, option in given.items():
            text = text.replace(f"\n  {name}:\n", f"\n  {name}: {option}\n")
    elif kind == "saved":
        people = draw(st.sampled_from([{}, {"project_manager": "L. Marin"}]))
        dates = draw(st.sampled_from([{}, {"start": "2027-01-11", "end": "2028-06-30"}]))
        text = dump_engagement(Engagement("x", draw(NAMES), draw(NAMES), given, people, dates), catalog.several)
    elif kind == "braces":
        inner = ",\n    ".join(f"{name}: {option}" for name, option in given.items())
        text = f"engagement: {{id: x}}\nanswers: {{\n    {inner}\n  }}\npeople: {{}}\n"
    else:
        text = draw(st.sampled_from(sorted(EXAMPLES.glob("*.yaml")))).read_text(encoding="utf-8")
    lines: list[str] = []
    folded = False  # within a folded text nothing is a comment
    for line in text.splitlines():
        folded = line.startswith(" ") and (folded or (bool(lines) and lines[-1].startswith("context: >-")))
        if folded:
            lines.append(line)
            continue
        if draw(st.integers(0, 9)) == 0:
            lines.append(" " * draw(st.integers(0, 6)) + draw(COMMENTS))
        if draw(st.integers(0, 9)) == 0:
            lines.append("")
        tail = f"  {draw(COMMENTS)}" if draw(st.integers(0, 4)) == 0 else ""
        lines.append(line + tail)
    if draw(st.booleans()):
        lines.insert(0, "---")
    return draw(st.sampled_from(["\n", "\r\n"])).join([*lines, draw(st.sampled_from(["", "# the last line"]))])


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_only_what_was_answered_changes(catalog: Catalog, data: st.DataObject) -> None:
    """After any answers, one by one, the file says exactly them, and every other line is still there, untouched."""
    text = data.draw(files(catalog))
    raw = text.encode() if data.draw(st.booleans()) else b"\xef\xbb\xbf" + text.encode()
    engagement = read(raw, catalog)
    people, dates = engagement.people, engagement.dates
    touched = set()
    for _ in range(data.draw(st.integers(1, 8))):
        step = data.draw(st.sampled_from([*steps(catalog).values()]))
        chosen = data.draw(st.sets(st.sampled_from(step.question.option_ids), max_size=3 if step.several else 1))
        told = step.answers(chosen) if chosen or step.several else {}
        told = told if data.draw(st.integers(0, 4)) else {}
        given = {one: option for one, option in engagement.answers.items() if one not in step.names} | told
        earlier = {one: old for one, old in engagement.replaced.items() if one not in step.names}
        after = replace(engagement, answers=given, replaced=earlier)
        if data.draw(st.integers(0, 5)) == 5:
            after = replace(after, name=data.draw(NAMES), client=data.draw(NAMES), questionnaire="quick")
            touched |= {"engagement", "name", "client", "questionnaire"}
        raw = revise(raw, "x.yaml", engagement, after, engagement_form(catalog))
        engagement = after
        touched |= {step.id, *step.names}
        assert read(raw, catalog) == replace(after, people=people, dates=dates)
    new = raw.decode("utf-8-sig")
    assert is_part_of(COMMENT.findall(text), COMMENT.findall(new))
    kept = [line for line in text.splitlines(keepends=True) if not re.match(rf"\s*({'|'.join(touched)}):", line)]
    if "answers: {" not in text:
        assert is_part_of(kept, new.splitlines(keepends=True))


class TestLayout:
    def test_fills_in_a_blank_file(self, catalog: Catalog) -> None:
        """In the file of `advisor new` an answer appears behind its question, and nothing else is different."""
        blank = blank_engagement(catalog.questionnaires["engagement"], "x", "X", "", catalog.several)
        filled = changed(blank, catalog, plans_at_once="none")
        assert filled == blank.replace("\n  plans_at_once:\n", "\n  plans_at_once: none\n")
        assert changed(filled, catalog, plans_at_once=None) == blank

    def test_keeps_the_comment_beside_an_answer(self, catalog: Catalog) -> None:
        """What stands beside an answer stays beside the new one, and beside the gap that an answer leaves."""
        text = "answers:\n  plans_at_once:   one    # says Maria\n"
        assert changed(text, catalog, plans_at_once="none") == "answers:\n  plans_at_once:   none    # says Maria\n"
        assert changed(text, catalog, plans_at_once=None) == "answers:\n  plans_at_once:    # says Maria\n"

    def test_adds_in_the_order_of_the_questions(self, catalog: Catalog) -> None:
        """A new answer stands below the question that comes before it, above the comments on the next."""
        text = "answers: # ours\n    # on risk\n    reader: supplier # them\n    # on risk\n    risk: low"
        assert changed(text, catalog, plans_at_once="none", leads_today="nobody") == (
            "answers: # ours\n    # on risk\n    reader: supplier # them\n    plans_at_once: none\n"
            "    # on risk\n    risk: low\n    leads_today: nobody"
        )
        assert changed("answers: # ours\n  # on risk\n  risk: low\n", catalog, plans_at_once="none") == (
            "answers: # ours\n  plans_at_once: none\n  # on risk\n  risk: low\n"
        )

    def test_opens_empty_braces(self, catalog: Catalog) -> None:
        """The first answer turns `answers: {}` into lines."""
        text = "engagement: {id: x}\n\nanswers: {}  # none yet\npeople: {}\n"
        assert changed(text, catalog, plans_at_once="none", risk="low") == (
            "engagement: {id: x}\n\nanswers:  # none yet\n  plans_at_once: none\n  risk: low\npeople: {}\n"
        )

    @pytest.mark.parametrize(
        ("text", "after"),
        [
            ("answers:", "answers:\n  plans_at_once: none"),
            ("answers: null # yet\npeople:\n", "answers: # yet\n  plans_at_once: none\npeople:\n"),
            ("answers:\n# people:\n", "answers:\n  plans_at_once: none\n# people:\n"),
            ("{answers: , people: {}}", "{answers: {plans_at_once: none}, people: {}}"),
        ],
    )
    def test_fills_an_empty_section(self, catalog: Catalog, text: str, after: str) -> None:
        """Where there are no answers at all, the first one stands where it belongs."""
        assert changed(text, catalog, plans_at_once="none") == after

    @pytest.mark.parametrize(
        ("text", "after"),
        [
            ("answers: {risk: low}", "answers: {plans_at_once: none, risk: low}"),
            ("answers: {reader: supplier }", "answers: {reader: supplier, plans_at_once: none }"),
            ("answers: {reader: , risk: low}", "answers: {reader: , plans_at_once: none, risk: low}"),
            ("{answers: {}}", "{answers: {plans_at_once: none}}"),
            (
                '{"answers": {"plans_at_once": "one", "risk": "low"}}',
                '{"answers": {"plans_at_once": none, "risk": "low"}}',
            ),
            ("answers: {plans_at_once: , risk: low}", "answers: {plans_at_once: none, risk: low}"),
        ],
    )
    def test_stays_within_braces(self, catalog: Catalog, text: str, after: str) -> None:
        """Answers in braces stay in braces."""
        assert changed(text, catalog, plans_at_once="none") == after

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
        after = replace(before, answers={"risk": "low", "plans_at_once": "one"})
        meanwhile = b"answers:\n  risk: high # more than we thought\n  leads_today: nobody\n"
        assert revise(meanwhile, "x.yaml", before, after, engagement_form(catalog)) == (
            b"answers:\n  plans_at_once: one\n  risk: high # more than we thought\n  leads_today: nobody\n"
        )

    @pytest.mark.parametrize(
        "text",
        [
            "answers:\n  plans_at_once: >- # folded\n    one\n",
            "answers: {plans_at_once, risk: low}",
            "? answers\n: ? plans_at_once\n",
        ],
    )
    def test_rather_nothing_than_a_loss(self, catalog: Catalog, text: str) -> None:
        """A layout that cannot be changed in place is reported."""
        with pytest.raises(OutputError, match=r"x\.yaml: cannot be changed without touching the rest"):
            changed(text, catalog, plans_at_once="none")

    def test_broken_in_the_meantime(self, catalog: Catalog) -> None:
        """A file that can no longer be read is reported with the line that is wrong."""
        before = read("answers: {risk: low}", catalog)
        for broken in (b"answers: {risk: lwo}", b"", b"answers: {}\n---\nanswers: {}\n"):
            with pytest.raises(InputError, match=r"^x\.yaml"):
                revise(broken, "x.yaml", before, replace(before, answers={}), engagement_form(catalog))


def chosen(catalog: Catalog, *options: str) -> dict[str, str | None]:
    """Every part of `parties`, yes for these."""
    return dict(steps(catalog)["parties"].answers(options))


class TestLists:
    TEXT = (
        "answers:\n  reader: supplier # them\n  # who else\n  parties:   [suppliers,  service_desk]    # says Maria\n"
    )

    def test_are_rewritten_in_place(self, catalog: Catalog) -> None:
        """A part that changes changes the list where it stands, and nothing beside it."""
        assert changed(self.TEXT, catalog, has_suppliers="no") == self.TEXT.replace(
            "[suppliers,  service_desk]", "[service_desk]"
        )
        assert changed(self.TEXT, catalog, has_suppliers="no", has_service_desk="no") == self.TEXT.replace(
            "[suppliers,  service_desk]", "[]"
        )

    def test_fall_apart_when_a_part_is_taken_back(self, catalog: Catalog) -> None:
        """What is still known is written part by part, and the comment stays."""
        text = changed(self.TEXT, catalog, has_suppliers=None)
        assert "  parties:    # says Maria\n" in text
        assert "  has_service_desk: yes\n" in text
        assert "has_suppliers" not in text

    def test_come_together_when_all_is_known(self, catalog: Catalog) -> None:
        """Single parts become one list once the others are answered too."""
        text = "answers:\n  has_suppliers: yes # theirs\n  risk: low\n"
        after = changed(text, catalog, "", **chosen(catalog, "suppliers", "change_lead"))
        assert "  parties: [suppliers, change_lead]\n" in after
        assert "  has_suppliers: # theirs\n" in after

    def test_stay_lines_where_each_part_has_its_own(self, catalog: Catalog) -> None:
        """Whoever writes all parts on lines of their own finds them there again."""
        lines = "".join(f"  {part}: no\n" for part in catalog.several["parties"].parts.values())
        after = changed(f"answers:\n{lines}", catalog, has_suppliers="yes")
        assert after == f"answers:\n{lines}".replace("has_suppliers: no", "has_suppliers: yes")

    def test_fill_in_a_blank_file(self, catalog: Catalog) -> None:
        """In the file of `advisor new` the list appears behind its question."""
        blank = blank_engagement(catalog.questionnaires["engagement"], "x", "X", "", catalog.several)
        filled = changed(blank, catalog, "", **chosen(catalog, "suppliers"))
        assert filled == blank.replace("\n  parties:\n", "\n  parties: [suppliers]\n")
        assert changed(filled, catalog, "", **dict.fromkeys(chosen(catalog))) == blank


class TestEarlierQuestions:
    TEXT = "answers: # of 2026\n  client_kind: external # them\n  client_has_pm: yes\n  commercial_model: retainer\n"

    def test_stay_while_others_are_answered(self, catalog: Catalog) -> None:
        """Answers to earlier questions stay as they are when something else is answered."""
        after = changed(self.TEXT, catalog, risk="low")
        assert after == self.TEXT + "  risk: low\n"

    def test_the_new_answer_wins(self, catalog: Catalog) -> None:
        """Once the question that takes its place is answered, that counts; the earlier line stays."""
        after = changed(self.TEXT, catalog, reader="buyer")
        assert "  client_kind: external # them\n" in after
        engagement = read(after, catalog)
        assert (engagement.answers["reader"], "reader" in engagement.replaced) == ("buyer", False)
        assert engagement.replaced["build_paid"] == ("commercial_model", "retainer")

    def test_a_list_wins_over_an_earlier_part(self, catalog: Catalog) -> None:
        """Also where it says the same as before."""
        after = changed(self.TEXT, catalog, "", **chosen(catalog, "client_project_manager"))
        assert "  client_has_pm: yes\n" in after
        assert "  parties: [client_project_manager]\n" in after
        assert "has_client_project_manager" not in read(after, catalog).replaced

    def test_taken_back_they_do_not_return(self, catalog: Catalog) -> None:
        """Whoever takes the answer back is not given the earlier one again; answered anew, it counts."""
        for text in (self.TEXT, changed(self.TEXT, catalog, reader="buyer")):
            after = changed(text, catalog, reader=None)
            assert "reader" not in read(after, catalog).answers
            assert "  client_kind: external # them\n" in after
            again = changed(after, catalog, reader="internal_provider")
            assert read(again, catalog).answers["reader"] == "internal_provider"


class TestNamesDatesAndContext:
    def test_are_added_where_they_belong(self, catalog: Catalog) -> None:
        """Sections that are not there come after the answers, context last; comments stay."""
        text = "# ours\nanswers: {risk: low} # so far\n"
        before = read(text, catalog)
        after = replace(
            before, people={"suppliers": "Bolt, Inc."}, dates={"start": "2027-01-11"}, context="Late: twice."
        )
        assert revise(text.encode(), "x.yaml", before, after, engagement_form(catalog)).decode() == (
            "# ours\nanswers: {risk: low} # so far\npeople: {suppliers: 'Bolt, Inc.'}\n"
            "dates: {start: 2027-01-11}\ncontext: 'Late: twice.'\n"
        )

    def test_are_changed_in_place(self, catalog: Catalog) -> None:
        """What stands there is exchanged, and what another hand has added stays."""
        text = "answers: {}\npeople:\n  delivery_manager: A. Osei # from May\ncontext: Old.\n"
        before = read(text, catalog)
        after = replace(before, people={"delivery_manager": "B. Ali"}, context="New.")
        meanwhile = text + "dates: {end: 2028-01-01}\n"
        assert revise(meanwhile.encode(), "x.yaml", before, after, engagement_form(catalog)).decode() == (
            meanwhile.replace("A. Osei", "B. Ali").replace("Old.", "New.")
        )


class TestWrongAnswers:
    """What is wrong is named with its line, what is allowed and the nearest match; nothing is written over it."""

    PARTIES = "client_project_manager, product_owner"

    @pytest.mark.parametrize(
        ("line", "message"),
        [
            ("risk: hihg", "answers.risk: 'hihg' is none of low, medium, high (did you mean high?)"),
            ("risk: [low, high]", "answers.risk: takes one answer of low, medium, high, not a list"),
            ("risk: {low: yes}", "answers.risk: takes one answer of low, medium, high, not a mapping"),
            ("parties: suppliers", f"answers.parties: must be a list of any of {PARTIES}"),
            ("parties: supliers", "(did you mean suppliers?)"),
            ("parties: none", "; [] for none of them"),
            ("parties: [suppliers, suppliers]", "answers.parties: names 'suppliers' twice"),
            ("parties: [supliers]", "answers.parties: 'supliers' is none of"),
            ("client_kind: extrenal", "(did you mean external?); reader is asked instead"),
            ("client_has_pm: maybe", "; parties is asked instead"),
            ("rsik: low", "answers.rsik: is no question (did you mean risk?)"),
        ],
    )
    def test_are_named(self, catalog: Catalog, line: str, message: str) -> None:
        """Wherever they stand."""
        with pytest.raises(InputError) as caught:
            read_one(f"answers:\n  stage: planning\n  {line}\n".encode(), "x.yaml", catalog)
        (problem,) = caught.value.problems
        assert str(problem).startswith("x.yaml:3: answers.")
        assert message in str(problem)

    def test_a_part_that_is_answered_twice(self, catalog: Catalog) -> None:
        """Once in the list and once by itself, in either order."""
        for lines in ("parties: [suppliers]\n  has_suppliers: yes", "has_suppliers: yes\n  parties: [suppliers]"):
            with pytest.raises(InputError, match="keep one of the two"):
                read_one(f"answers:\n  {lines}\n".encode(), "x.yaml", catalog)

    def test_a_party_that_is_not_known(self, catalog: Catalog) -> None:
        """Names stand under roles and parties only."""
        with pytest.raises(
            InputError, match=r"x\.yaml:2: people\.supliers: is no role and no party \(did you mean supp"
        ):
            read_one(b"answers: {}\npeople: {supliers: Bolt}\n", "x.yaml", catalog)

    def test_an_answer_that_no_longer_exists_is_kept(self, catalog: Catalog) -> None:
        """Where the record says that it was right then, it stays in the file while other things are answered."""
        text = (
            "answers:\n  risk: dire\nprovenance:\n  risk: {option: dire, how: asked, rulebook: 0a0a0a0a0a0a}\n"
            "asked_with: {version: 1.0.0, digest: 0a0a0a0a0a0a, questions: [risk]}\n"
        )
        engagement = read(text, catalog)
        assert (engagement.answers, engagement.retired) == ({}, {"risk": "dire"})
        assert "  risk: dire\n" in changed(text, catalog, stage="planning")
        assert "  risk: high\n" in changed(text, catalog, risk="high")
