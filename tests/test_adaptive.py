"""The adaptive interview: it asks what tells most about the model until that is sure, and says where it stands."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from advisor.advise.reading import read_answers
from advisor.advise.session import session_for
from advisor.catalog.engagements import read_engagement
from advisor.cli.ask import ask
from advisor.cli.subjects import AboutEngagement
from advisor.interview import state
from advisor.interview.adaptive import OPENING, gains, next_step, standing, sure_model
from advisor.interview.state import Progress
from advisor.interview.steps import steps, steps_of
from advisor.model.rulebook import Catalog
from benchmarks.interview import random_ones, walk
from tests.conftest import EXAMPLES

PORTAL = ("portal.yaml", "--name", "Portal", "--client", "Acme")
SURE = {"kind_of_work": "service_operations", "plans_at_once": "none", "post_delivery": "managed_service"}
UNSURE = {"kind_of_work": "software_build", "reader": "supplier", "plans_at_once": "one", "stage": "execution"}
BEGUN = {"plans_at_once": "one", "stage": "planning", "post_delivery": "ongoing_support"}
ROUND = (*BEGUN, "kind_of_work", "reader")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "ACCESSIBLE"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def typing(*lines: str, options: tuple[str, ...] = PORTAL, color: bool = False) -> Result:
    typed = "".join(f"{line}\n" for line in lines)
    return CliRunner().invoke(ask, options, input=typed, color=color, prog_name="advisor ask")


def given(answers: dict[str, str]) -> tuple[str, ...]:
    return tuple(word for name, option in answers.items() for word in ("--set", f"{name}={option}"))


def quick_as_usual(catalog: Catalog) -> tuple[str, ...]:
    """Options that answer the ten questions that come first."""
    first = [step.id for step in steps_of(catalog, catalog.questionnaires["quick"].questions)]
    options = {name: steps(catalog)[name].question.option_ids[0] for name in first}
    return given(options | {"parties": "none"})


def next_of(catalog: Catalog, answers: dict[str, str]) -> str:
    """What tells most on these answers."""
    chosen = next_step(catalog, steps_of(catalog, [one for one in catalog.questions if one not in answers]), answers)
    assert chosen is not None
    return chosen.id


class TestUntilItIsSure:
    def test_soon(self, catalog: Catalog) -> None:
        """Of nine engagements by chance, most are sure after at most ten; the benchmark takes a thousand."""
        walks = [walk(told) for told in random_ones(catalog, 9, seed=2)]
        assert sorted(one.asked for one in walks)[4] <= 10

    def test_sure_is_what_the_outlook_says(self, catalog: Catalog) -> None:
        """A model is sure from nine tenths of the outlook on, and not before."""
        for answers in (SURE, UNSURE):
            model, share = standing(catalog, answers)
            assert sure_model(catalog, answers) == (model if share >= 0.9 else None)
        assert sure_model(catalog, SURE) is not None
        assert sure_model(catalog, UNSURE) is None


class TestTheNextStep:
    def test_begins_with_the_three_that_tell_most(self, catalog: Catalog) -> None:
        """They are those with the largest gains while nothing is known, in that order."""
        questionnaire = catalog.questionnaires["engagement"]
        told = gains(catalog, {})
        opening = sorted(told, key=told.__getitem__, reverse=True)[:OPENING]
        interview = state.start(catalog, questionnaire, {}, adaptive=True)
        for name in opening:
            assert interview.position == name
            interview = state.answer(catalog, questionnaire, interview, BEGUN[name])
        assert interview.position not in (*opening, None)

    def test_is_the_one_that_tells_most(self, catalog: Catalog) -> None:
        """No other open question is expected to tell more; the same answers lead to the same question."""
        waiting = steps_of(catalog, [one for one in catalog.questions if one not in BEGUN])
        chosen = next_step(catalog, waiting, BEGUN)
        told = gains(catalog, BEGUN)
        assert chosen is not None
        assert chosen == next_step(catalog, waiting, BEGUN)
        worth = [sum(told.get(name, 0) for name in step.names) for step in waiting]
        assert sum(told.get(name, 0) for name in chosen.names) == max(worth)

    def test_gains_are_what_the_share_is_expected_to_rise_by(self, catalog: Catalog) -> None:
        """The share of the model that comes out, over all ways, after the answer less before it; never below none."""
        outlook = session_for(catalog).outlook

        def expected(answers: dict[str, str]) -> Fraction:
            return sum([share * share for share in outlook.shares(answers).values()], Fraction(0))

        told = gains(catalog, BEGUN)
        assert min(told.values()) >= 0
        for name in ("managers_available", "expectations", "takes_over"):
            usual = read_answers(catalog, BEGUN).values[name]
            weights = {
                one: catalog.outlook.usual_counts if one == usual else 1 for one in catalog.questions[name].option_ids
            }
            after = sum([weight * expected({**BEGUN, name: one}) for one, weight in weights.items()], Fraction(0))
            assert told[name] == after / sum(weights.values()) - expected(BEGUN)

    def test_none_when_it_is_sure(self, catalog: Catalog) -> None:
        """And none where nothing waits."""
        waiting = steps_of(catalog, [one for one in catalog.questions if one not in SURE])
        assert next_step(catalog, waiting, SURE) is None
        assert next_step(catalog, (), UNSURE) is None

    def test_skipped_ones_are_not_asked_again(self, catalog: Catalog) -> None:
        """Whoever skips everything is asked each thing once; back leads through what was shown, in that order."""
        questionnaire = catalog.questionnaires["engagement"]
        interview = state.start(catalog, questionnaire, {}, adaptive=True)
        seen = []
        for _ in range(8):
            assert interview.position is not None
            seen.append(interview.position)
            interview = state.skip(catalog, questionnaire, interview)
        assert len(seen) == len(set(seen))
        for name in (seen[-1], seen[-2], seen[-3]):
            interview = state.back(catalog, questionnaire, interview)
            assert interview.position == name

    def test_a_changed_answer_unsettles(self, catalog: Catalog) -> None:
        """Once sure, nothing is on the table; with an answer changed that matters, the interview goes on."""
        questionnaire = catalog.questionnaires["engagement"]
        interview = state.start(catalog, questionnaire, SURE, adaptive=True)
        assert interview.position is None
        changed = state.answer(catalog, questionnaire, state.go_to(catalog, interview, "plans_at_once"), "two_or_three")
        assert changed.position not in (None, "plans_at_once")


class TestTheFirstRound:
    def test_ends_with_the_short_way(self, catalog: Catalog) -> None:
        """It has as many questions as that, and its first open one has the last place, whatever tells more."""
        questionnaire = catalog.questionnaires["engagement"]
        interview = state.start(catalog, questionnaire, BEGUN, adaptive=True, first=ROUND)
        seen = []
        for done in (3, 4):
            assert state.progress(catalog, questionnaire, interview) == Progress(done, 5, False)
            assert interview.position is not None
            seen.append(interview.position)
            interview = state.skip(catalog, questionnaire, interview)
        assert seen == [next_of(catalog, BEGUN), "kind_of_work"]
        assert (interview.position, state.progress(catalog, questionnaire, interview)) == (None, Progress(5, 5, False))
        assert state.go_deeper(catalog, questionnaire, interview).position is not None

    def test_goes_on_with_the_short_way_once_sure(self, catalog: Catalog) -> None:
        """Where the model is sure, what is left of the short way comes in its order; then all others in theirs."""
        questionnaire = catalog.questionnaires["engagement"]
        interview = state.start(catalog, questionnaire, SURE, adaptive=True, first=[*ROUND, "risk"])
        assert interview.position == "stage"
        interview = state.answer(catalog, questionnaire, interview, "in_service")
        assert interview.position == "reader"
        interview = state.answer(catalog, questionnaire, interview, "supplier")
        interview = state.answer(catalog, questionnaire, interview, "low")
        assert interview.position is None
        assert state.go_deeper(catalog, questionnaire, interview).position == "health"

    def test_is_passed_over_once_it_is_answered(self, catalog: Catalog) -> None:
        """Whoever resumes with as much answered is not offered to stop before the first question."""
        interview = state.start(catalog, catalog.questionnaires["engagement"], BEGUN, adaptive=True, first=tuple(BEGUN))
        assert interview.position == next_of(catalog, BEGUN)
        assert interview.first == ()

    def test_back_stays_within_what_was_put(self, catalog: Catalog) -> None:
        """From the second question back leads to the first that was put, and no further."""
        questionnaire = catalog.questionnaires["engagement"]
        begun = state.start(catalog, questionnaire, {}, adaptive=True, first=ROUND)
        there = state.back(catalog, questionnaire, state.answer(catalog, questionnaire, begun, "one"))
        assert there.position == begun.position == ROUND[0]
        assert state.back(catalog, questionnaire, there).position == ROUND[0]


class TestWhereItStands:
    def test_says_nothing_before_three_answers(self, catalog: Catalog) -> None:
        """A list counts as one answer."""
        about = AboutEngagement(catalog)
        assert about.leaning(steps(catalog)["parties"].answers(["suppliers"]) | {"risk": "low"}) == ""
        assert about.leaning(UNSURE).startswith("So far: “")

    def test_never_says_certain_of_what_is_not(self, catalog: Catalog) -> None:
        """Only where no answer can change it any more is it called settled."""
        about = AboutEngagement(catalog)
        assert re.search(r"\(\d\d? %\)", about.leaning(UNSURE))
        everything = next(random_ones(catalog, 1, seed=3))
        assert about.leaning(everything).startswith("Settled: “")

    def test_what_is_left_is_said_honestly(self, catalog: Catalog) -> None:
        """Once the model is sure, what is not settled is named; before that, that the model may change."""
        about = AboutEngagement(catalog)
        assert "Guardrails, matrix and staffing still gain from" in about.so_far(SURE)
        assert "What is still open can change that:" in about.so_far(UNSURE)


@pytest.mark.usefixtures("folder")
class TestTheScreen:
    def test_ten_questions_come_first(self, catalog: Catalog) -> None:
        """The first round says how long it is, and afterwards the rest is offered, with how long that takes."""
        result = typing(options=PORTAL)
        assert "10 questions first, then advice or more questions." in " ".join(result.output.split())
        assert "[0 of 10 done]" in result.output
        first = steps_of(catalog, catalog.questionnaires["quick"].questions)
        result = typing(*["s"] * len(first), "n", options=PORTAL)
        assert re.search(r"\d+\s+more\s+questions,\s+about\s+\d\s+minutes\.\nGo on\? \[Y/n\]", result.output)

    def test_going_on_is_the_default(self, catalog: Catalog) -> None:
        """Enter goes on to the question that tells most; anything else is asked about again."""
        output = typing("maybe", "", options=(*PORTAL, *quick_as_usual(catalog)[2:], "--set", "risk=low")).output
        assert "[9 of 10 done]" in output
        done = typing("1", "maybe", "", options=("portal.yaml",)).output
        assert "Press Enter for the other questions" in done
        assert "done]" in done.split("Go on?")[1]

    def test_where_it_stands_is_said_once(self) -> None:
        """Only when it has changed."""
        output = typing("skip", "skip", options=(*PORTAL, *given(UNSURE))).output
        assert output.count("So far: ") == 1

    def test_why_shows_what_an_answer_changes(self) -> None:
        """`why` tells which model each answer would lead to."""
        output = typing("why", "q", options=(*PORTAL, "--all", "--set", "reader=supplier")).output
        assert "What each answer would lead to" in output
        assert re.search(r"\n   1  “[A-Z].*” \(\d\d? %\)", output)
        assert not re.search(r"\b(paired|team led|combined)\b", output)

    def test_plain(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """With --plain or ACCESSIBLE=1 there is no colour."""
        assert "\x1b[" in typing(color=True).output
        assert "\x1b[" not in typing(options=(*PORTAL, "--plain"), color=True).output
        monkeypatch.setenv("ACCESSIBLE", "1")
        assert "\x1b[" not in typing(color=True).output


@pytest.mark.usefixtures("folder")
class TestScripts:
    def test_advises_on_any_number_of_answers(self, catalog: Catalog) -> None:
        """Without input there is advice from the first answer on, and even before it."""
        for answers in ({}, {"plans_at_once": "one"}, SURE):
            result = typing(options=("portal.yaml", "--no-input", *given(answers)))
            assert result.exit_code == 0
            assert "What you can do next" in result.output
        assert read_engagement(Path("portal.yaml"), catalog).answers == SURE

    def test_takes_a_list(self, catalog: Catalog) -> None:
        """Several answers to one question stand side by side; the file has them as a list."""
        typing(options=(*PORTAL, "--set", "parties=product_owner, suppliers", "--note", "parties=says Maria"))
        assert "  parties: [product_owner, suppliers]\n" in Path("portal.yaml").read_text(encoding="utf-8")
        engagement = read_engagement(Path("portal.yaml"), catalog)
        assert {engagement.origins[part].note for part in steps(catalog)["parties"].names} == {"says Maria"}
        typing(options=("portal.yaml", "--set", "has_suppliers=no"))
        assert "  parties: [product_owner]\n" in Path("portal.yaml").read_text(encoding="utf-8")
        typing(options=("portal.yaml", "--set", "parties=none"))
        assert "  parties: []\n" in Path("portal.yaml").read_text(encoding="utf-8")

    def test_takes_answers_from_another_file(self, catalog: Catalog) -> None:
        """`--answers` fills the file from another one; `--set` comes after it."""
        example = EXAMPLES / "acme-portal.yaml"
        typing(options=("portal.yaml", "--no-input", "--answers", str(example), "--set", "risk=high"))
        expected = {**read_engagement(example, catalog).answers, "risk": "high"}
        assert read_engagement(Path("portal.yaml"), catalog).answers == expected

    @pytest.mark.parametrize(
        ("pair", "hint"),
        [
            ("rsik=high", "did you mean risk?"),
            ("risk=hihg", "did you mean high?"),
            ("risk", "choose one of"),
            ("risk=low,high", "choose one of low, medium, high"),
            ("parties=supliers", "did you mean suppliers?"),
            ("party=suppliers", "did you mean parties?"),
        ],
    )
    def test_says_what_is_wrong(self, pair: str, hint: str) -> None:
        """A question or option that is none is a usage error with the nearest right word."""
        result = typing(options=("portal.yaml", "--no-input", "--set", pair))
        assert result.exit_code == 2
        assert hint in result.output
        assert not Path("portal.yaml").exists()
