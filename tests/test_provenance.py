"""Where answers come from: kept with each, read back, and held against the rulebook of today."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.advise import advise
from advisor.catalog.engagements import read_engagement, read_one
from advisor.catalog.schema import engagement_schema
from advisor.cli.ask import ask
from advisor.documents import render
from advisor.documents.advice.viewing import view_of
from advisor.errors import InputError
from advisor.interview.provenance import news, recorded
from advisor.interview.revising import engagement_form, revise
from advisor.interview.writing import dump_engagement
from advisor.model.engagement import AskedWith, Engagement, Origin
from advisor.model.rulebook import Catalog
from tests.conftest import Run
from tests.strategies import random_answers

NOW = "2027-01-31T09:30:00Z"
NOTES = st.sampled_from(
    [
        "per SOW 3.2",
        "Maria: “yes, {x}”",
        "a #b",
        "~",
        "- 'it's', [1]",
        "Zoë 🙂",
        "yes",
        "'",
        "x: y",
        "0x1f",
        "| >",
        "%&*!@`",
    ]
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def asking(*options: str, typed: str = "") -> Result:
    return CliRunner().invoke(ask, ("p.yaml", *options), input=typed, prog_name="advisor ask")


def saved(catalog: Catalog) -> Engagement:
    return read_engagement(Path("p.yaml"), catalog)


def without(catalog: Catalog, question: str, option: str = "") -> Catalog:
    """The catalog as it would be had it never had this question, or this option of it; with a digest of its own."""
    questions = {name: one for name, one in catalog.questions.items() if option or name != question}
    if option:
        one = questions[question]
        questions[question] = replace(one, options=tuple(each for each in one.options if each.id != option))
    return replace(catalog, questions=questions, digest="0" * 12, version="0.9")


class TestKeeping:
    def test_asked(self, catalog: Catalog) -> None:
        """An answer keeps what it was, that it was asked, when, and under which rulebook."""
        asking("--name", "P", "--client", "C", "--all", typed="other\nquit\n")
        origin = saved(catalog).origin("kind_of_work")
        assert origin is not None
        assert (origin.option, origin.how, origin.rulebook, origin.note) == (
            "other",
            "asked",
            catalog.digest,
            "",
        )
        assert yaml.safe_load(f"x: {origin.when}")["x"].tzinfo is not None

    def test_set_and_taken_from_a_file(self, catalog: Catalog) -> None:
        """Answers that were set say so; those of another file name it and bring their notes; a set one wins."""
        Path("other.yaml").write_text(
            "answers: {risk: low, vendors: some}\nprovenance: {vendors: {option: some, note: per SOW 3.2}}\n"
        )
        asking("--answers", "other.yaml", "--set", "risk=high", "--no-input", "--name", "P")
        engagement = saved(catalog)
        assert {name: (one.how, one.source, one.note) for name, one in engagement.origins.items()} == {
            "risk": ("set", "", ""),
            "vendors": ("file", "other.yaml", "per SOW 3.2"),
        }

    def test_an_answer_given_before_keeps_its_origin(self, catalog: Catalog) -> None:
        """Only what is answered anew gets a new origin."""
        asking("--set", "risk=low", "--no-input", "--name", "P")
        first = saved(catalog).origins["risk"]
        asking("--set", "risk=low", "--set", "vendors=none", "--no-input")
        assert saved(catalog).origins["risk"] == first

    def test_typed_by_hand_since(self, catalog: Catalog) -> None:
        """An answer that was changed in an editor has no origin any more."""
        asking("--set", "risk=low", "--no-input", "--name", "P")
        file = Path("p.yaml")
        file.write_text(file.read_text().replace("  risk: low", "  risk: high"))
        engagement = saved(catalog)
        assert (engagement.answers["risk"], engagement.origin("risk")) == ("high", None)
        asking("--set", "vendors=none", "--no-input")
        assert set(saved(catalog).origins) == {"vendors"}

    def test_notes(self, catalog: Catalog) -> None:
        """A note stays with the question, answered or not, and a dash removes it."""
        typed = "note per SOW 3.2\nother\nnote\nask Maria: soon\nquit\n"
        shown = asking("--name", "P", "--client", "C", "--all", typed=typed).output
        assert "Your note: per SOW 3.2" in shown
        engagement = saved(catalog)
        assert {name: one.note for name, one in engagement.origins.items()} == {
            "kind_of_work": "per SOW 3.2",
            "reader": "ask Maria: soon",
        }
        assert engagement.origins["reader"] == Origin(note="ask Maria: soon")
        asking("--note", "kind_of_work=-", "--no-input")
        assert saved(catalog).origins["kind_of_work"].note == ""
        assert saved(catalog).origins["kind_of_work"].how == "asked"

    def test_the_review_shows_notes(self) -> None:
        """Under the answer that they belong to."""
        typed = "note per SOW 3.2\nother\nreview\ndone\nquit\n"
        shown = asking("--name", "P", "--client", "C", "--all", typed=typed).output
        assert "      A mix, or something else\n      Note: per SOW 3.2\n" in shown

    @pytest.mark.parametrize(
        ("option", "message"), [("rsk=x", "did you mean risk?"), (f"risk={'x' * 301}", "at most 300 characters")]
    )
    def test_a_note_that_cannot_be_kept(self, option: str, message: str) -> None:
        """A wrong question and an overlong note are usage errors, and nothing is written."""
        result = asking("--note", option, "--no-input", "--name", "P")
        assert (result.exit_code, message in result.output, Path("p.yaml").exists()) == (2, True, False)


@lru_cache(maxsize=1)
def _schema(catalog: Catalog) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(engagement_schema(catalog))


class TestFile:
    @settings(max_examples=15, deadline=None)
    @given(seed=st.integers(0, 10**6), notes=st.lists(NOTES, max_size=4))
    def test_reads_back(self, catalog: Catalog, seed: int, notes: list[str]) -> None:
        """Whatever is noted with whichever answers, the file reads back the same, written anew or changed in place."""
        before = Engagement("p", "P", "C", {}, {}, {})
        told = dict(zip(random.Random(seed).sample(list(catalog.questions), len(notes)), notes, strict=True))
        after = recorded(before, catalog, random_answers(catalog, seed, 0.5), "asked", NOW, told)
        assert read_one(dump_engagement(after).encode(), "p.yaml", catalog) == after
        text = "# ours\nengagement: {id: p, name: P, client: C}\nanswers:\n# the end\n"
        revised = revise(text.encode(), "p.yaml", before, after, engagement_form(catalog))
        assert read_one(revised, "p.yaml", catalog) == after
        assert revised.decode().startswith("# ours\n")
        _schema(catalog).validate(yaml.load(revised, yaml.BaseLoader))

    @pytest.mark.parametrize(
        ("line", "message"),
        [
            ("provenance: {rsk: {how: set}}", "provenance.rsk: is no question (did you mean risk?)"),
            ("provenance: {risk: {how: guessed}}", "provenance.risk.how: 'guessed' is none of asked, set, file"),
            ("provenance: {risk: {when: soon}}", "provenance.risk.when: 'soon' is no time"),
            (
                "provenance: {risk: {hwo: set}}",
                "provenance.risk.hwo: is no field that is known here (did you mean how?)",
            ),
            ("provenance: {risk: asked}", "provenance.risk: must be a mapping of fields, not a single value"),
            ("asked_with: {version: 1}", "asked_with.digest: is missing"),
        ],
    )
    def test_mistakes(self, catalog: Catalog, line: str, message: str) -> None:
        """A mistake in the record is named with its line."""
        with pytest.raises(InputError) as caught:
            read_one(f"answers: {{risk: low}}\n{line}\n".encode(), "p.yaml", catalog)
        assert str(caught.value.problems[0]).startswith(f"p.yaml:2: {message}")

    def test_problems_come_in_the_order_of_lines(self, catalog: Catalog) -> None:
        """Though the record at the end is read first."""
        with pytest.raises(InputError) as caught:
            read_one(b"answers: {rsk: low}\nprovenance: {rsk: {}}\n", "p.yaml", catalog)
        assert [one.line for one in caught.value.problems] == [1, 2]


class TestNews:
    GIVEN: Mapping[str, str] = {"risk": "low", "vendors": "some", "plans_at_once": "one"}

    def answered(self, catalog: Catalog) -> Engagement:
        return recorded(Engagement("p", "P", "", {}, {}, {}), catalog, self.GIVEN, "asked", NOW)

    def again(self, under: Catalog, engagement: Engagement) -> Engagement:
        return read_one(dump_engagement(engagement).encode(), "p.yaml", under)

    def test_the_same_rulebook_has_none(self, catalog: Catalog) -> None:
        """Nor has a file that does not say what it was answered under."""
        assert news(catalog, self.answered(catalog)) is None
        assert news(catalog, Engagement("p", "P", "", {}, {}, {})) is None

    def test_a_new_question(self, catalog: Catalog) -> None:
        """A question that the rulebook did not have is new."""
        found = news(catalog, self.answered(without(catalog, "regulated")))
        assert found is not None
        assert (found.asked, found.gone, found.reworded, found.version) == (("regulated",), (), (), "0.9")

    def test_a_question_that_is_gone(self, catalog: Catalog) -> None:
        """Its answer is kept in the file and read by no rule; without the record it would be a mistake."""
        later = without(catalog, "vendors")
        engagement = self.again(later, self.answered(catalog))
        assert (engagement.answers, engagement.retired) == (
            {"risk": "low", "plans_at_once": "one"},
            {"vendors": "some"},
        )
        found = news(later, engagement)
        assert found is not None and found.gone == ("vendors",)
        more = self.again(later, recorded(engagement, later, {**engagement.answers, "scope": "stable"}, "set", NOW))
        assert (more.retired, more.origins["vendors"].option) == ({"vendors": "some"}, "some")
        with pytest.raises(InputError):
            self.again(later, replace(self.answered(catalog), asked_with=None, origins={}))

    def test_an_option_that_is_gone(self, catalog: Catalog) -> None:
        """The question is open again, and the answer stays in the file until another is given."""
        later = without(catalog, "vendors", "some")
        engagement = self.again(later, self.answered(catalog))
        assert (engagement.answers.get("vendors"), engagement.retired) == (None, {"vendors": "some"})
        found = news(later, engagement)
        assert found is not None and found.reworded == ("vendors",)
        more = self.again(later, recorded(engagement, later, {**engagement.answers, "vendors": "none"}, "set", NOW))
        assert (more.answers["vendors"], more.retired) == ("none", {})

    def test_a_mistyped_option_is_still_a_mistake(self, catalog: Catalog) -> None:
        """Only what an earlier rulebook really was answered with is excused."""
        text = dump_engagement(self.answered(catalog)).replace("  vendors: some", "  vendors: sone")
        with pytest.raises(InputError, match="did you mean some"):
            read_one(text.encode(), "p.yaml", without(catalog, "regulated"))

    def test_resuming_says_it(self, catalog: Catalog) -> None:
        """What is new and what is no longer asked is said before the first question, with the answer that is kept."""
        before = self.answered(catalog)
        assert before.asked_with is not None
        known = (*(one for one in before.asked_with.questions if one != "regulated"), "retired_one")
        text = dump_engagement(replace(before, asked_with=AskedWith("0.9", "0" * 12, known)))
        Path("p.yaml").write_text(text.replace("answers:\n", "answers:\n  retired_one: so_and_so\n"))
        shown = " ".join(asking(typed="quit\n").output.split())
        assert f"The rulebook has changed since these answers were given (0.9 then, {catalog.version} now)." in shown
        assert f"New: {catalog.questions['regulated'].text}" in shown
        assert "No longer asked: retired_one; your answer, so_and_so, is kept." in shown


class TestDocuments:
    def test_notes_are_printed(self, catalog: Catalog) -> None:
        """Every document that people read shows a note after its question and answer; JSON has the whole record."""
        engagement = recorded(
            Engagement("p", "P", "", {}, {}, {}), catalog, {"risk": "low"}, "asked", NOW, {"risk": "per <SOW> 3.2"}
        )
        advice = advise(catalog, engagement)
        question = catalog.questions["risk"]
        for form, said in (
            ("text", "Note: per <SOW> 3.2"),
            ("markdown", "*Note:* per &lt;SOW&gt; 3.2"),
            ("html", "per &lt;SOW&gt; 3.2"),
        ):
            made = " ".join(render(advice, form, "advice").split())
            assert said in made and f"{question.text} {question.label('low')}" in made
        record = json.loads(render(advice, "json"))["engagement"]["provenance"]
        assert record == {
            "risk": {"option": "low", "how": "asked", "when": NOW, "rulebook": catalog.digest, "note": "per <SOW> 3.2"}
        }

    def test_answers_no_longer_asked_for_are_listed(self, catalog: Catalog) -> None:
        """They stand among what is answered but of no bearing."""
        later = without(catalog, "vendors")
        engagement = read_one(
            dump_engagement(
                recorded(Engagement("p", "P", "", {}, {}, {}), catalog, {"vendors": "some"}, "asked", NOW)
            ).encode(),
            "p.yaml",
            later,
        )
        (pair,) = view_of(replace(advise(catalog, engagement), engagement=engagement)).set_aside
        assert pair.text == catalog.questions["vendors"].label("some")

    def test_explanations_say_where_an_answer_comes_from(self, catalog: Catalog, run: Run) -> None:
        """Beside the answer in the story, and when the question itself is explained."""
        engagement = recorded(
            Engagement("p", "P", "", {}, {}, {}),
            catalog,
            {"kind_of_work": "advisory", "risk": "low"},
            "asked",
            NOW,
            {"risk": "per SOW 3.2"},
        )
        Path("p.yaml").write_text(dump_engagement(engagement))
        came = "asked on 31 January 2027; note: per SOW 3.2"
        assert "(asked on 31" in run("explain", "p.yaml").out
        assert f"Where it comes from: {came}." in " ".join(run("explain", "p.yaml", "risk").out.split())
