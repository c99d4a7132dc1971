"""The adaptive interview: settled means settled, the next question soon settles it, and the screen says so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from advisor.catalog.engagements import read_engagement
from advisor.cli.ask import ask
from advisor.interview import state
from advisor.interview.adaptive import next_question
from advisor.model.rulebook import Catalog
from benchmarks.interview import asked_until_settled, hard_ones
from tests.conftest import EXAMPLES

PORTAL = ("portal.yaml", "--name", "Portal", "--client", "Acme")
SETTLED = {"projects": "four_or_more", "managers_available": "both", "two_managers_affordable": "yes"}


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


class TestSettled:
    def test_asking_the_rest_changes_nothing(self, catalog: Catalog) -> None:
        """In 25 hard engagements, once the model is settled the rest of the answers never changes it."""
        results = [asked_until_settled(catalog, told) for told in hard_ones(catalog, 25, seed=7)]
        assert not any(wrong for _, wrong, _, _ in results)
        counts = sorted(count for count, _, _, _ in results)
        assert counts[12] <= 12

    def test_the_examples_are_settled_soon(self, catalog: Catalog) -> None:
        """Half of the examples are settled after 12 questions, nine in ten after 20; the rest changes no model."""
        examples = [read_engagement(path, catalog).answers for path in sorted(EXAMPLES.glob("*.yaml"))]
        results = [asked_until_settled(catalog, told) for told in examples]
        assert not any(wrong for _, wrong, _, _ in results)
        counts = sorted(count for count, _, _, _ in results)
        assert counts[len(counts) // 2] <= 12
        assert counts[int(0.9 * (len(counts) - 1))] <= 20


class TestTheNextQuestion:
    def test_is_always_the_same(self, catalog: Catalog) -> None:
        """The same answers lead to the same question; a settled model, to none."""
        questions = catalog.questionnaires["engagement"].questions
        first = next_question(catalog, questions, {})
        assert first == next_question(catalog, questions, {})
        assert next_question(catalog, questions, SETTLED) is None

    def test_skipped_ones_are_not_asked_again(self, catalog: Catalog) -> None:
        """Whoever skips everything is asked everything once; back leads through what was shown, in that order."""
        questionnaire = catalog.questionnaires["engagement"]
        interview = state.start(catalog, questionnaire, {}, adaptive=True)
        seen = []
        while interview.position is not None:
            seen.append(interview.position)
            interview = state.skip(catalog, questionnaire, interview)
        assert len(seen) == len(set(seen)) == 34
        for name in (seen[-1], seen[-2], seen[-3]):
            interview = state.back(catalog, questionnaire, interview)
            assert interview.position == name

    def test_a_changed_answer_unsettles(self, catalog: Catalog) -> None:
        """Settled, nothing is on the table; with one answer taken back, the interview goes on."""
        questionnaire = catalog.questionnaires["engagement"]
        interview = state.start(catalog, questionnaire, SETTLED, adaptive=True)
        assert interview.position is None
        changed = state.skip(catalog, questionnaire, state.go_to(catalog, interview, "projects"))
        assert changed.position not in (None, "projects")


@pytest.mark.usefixtures("folder")
class TestTheScreen:
    def test_offers_to_stop(self, catalog: Catalog) -> None:
        """As soon as nothing can change the model it says so; Enter leads to the advice."""
        result = typing("", "", options=(*PORTAL, *given(SETTLED)))
        assert "Settled after 3 of" in result.output
        assert "Go on? [y/N]" in result.output
        assert "Saved in portal.yaml" in result.output

    def test_going_on_asks_the_rest_in_order(self, catalog: Catalog) -> None:
        """After a yes the other questions come in their order, and the line above them says settled."""
        output = typing("maybe", "y", "1", options=(*PORTAL, *given(SETTLED))).output
        assert "Type y for the other questions" in output
        assert "Settled: " in output
        assert output.index("Who is the work for?") < output.index("How often does the client expect")

    def test_leaning(self) -> None:
        """From the first answer on, each question says what the advice leans to."""
        first, second = (" ".join(part.split()) for part in typing("1").output.split("> 1"))
        assert "Leaning to" not in first
        assert "Leaning to “Delivery manager alone” (99 %); also possible: “Project manager alone” or" in second
        many = typing("2", options=("other.yaml", "--name", "Other", "--client", "Acme")).output
        assert re.search(r"Leaning to “[A-Z][a-z ]+” \(\d\d %\); also possible:\s“[A-Z][a-z ,\n]+” or\s\d more", many)

    def test_why_shows_what_an_answer_changes(self) -> None:
        """`why` tells which models each answer leaves possible."""
        output = typing("why", options=(*PORTAL, "--set", "post_delivery=none")).output
        assert "What the answer leaves possible:" in output
        assert re.search(r"\n  1  .*: (“[A-Z]|\d models, likeliest “[A-Z])", output)
        assert not re.search(r"\b(paired|team led|combined)\b", output)

    def test_plain(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """With --plain or ACCESSIBLE=1 there is no colour."""
        assert "\x1b[" in typing(color=True).output
        assert "\x1b[" not in typing(options=(*PORTAL, "--plain"), color=True).output
        monkeypatch.setenv("ACCESSIBLE", "1")
        assert "\x1b[" not in typing(color=True).output


@pytest.mark.usefixtures("folder")
class TestScripts:
    def test_fails_listing_what_is_missing(self) -> None:
        """Without input and with the model open, the missing questions are listed and the exit code is 1."""
        result = typing(options=("portal.yaml", "--no-input", "--set", "projects=one"))
        assert result.exit_code == 1
        assert "33 answers are missing" in result.output
        matter, rest = result.output.split("Refine the rest of the advice:")
        assert "  post_delivery: none, warranty" in matter
        assert "  methodology:" in rest or "  methodology:" in matter

    def test_advises_when_settled(self, catalog: Catalog) -> None:
        """Without input and with the model settled, the advice is shown."""
        result = typing(options=("portal.yaml", "--no-input", *given(SETTLED)))
        assert result.exit_code == 0
        assert "What you can do next" in result.output
        assert read_engagement(Path("portal.yaml"), catalog).answers == SETTLED

    def test_takes_answers_from_another_file(self, catalog: Catalog) -> None:
        """`--answers` fills the file from another one; `--set` comes after it."""
        example = EXAMPLES / "acme-portal.yaml"
        typing(options=("portal.yaml", "--no-input", "--answers", str(example), "--set", "risk=high"))
        expected = {**read_engagement(example, catalog).answers, "risk": "high"}
        assert read_engagement(Path("portal.yaml"), catalog).answers == expected

    @pytest.mark.parametrize(
        ("pair", "hint"),
        [("rsik=high", "did you mean risk?"), ("risk=hihg", "did you mean high?"), ("risk", "choose one of")],
    )
    def test_says_what_is_wrong(self, pair: str, hint: str) -> None:
        """A question or option that is none is a usage error with the nearest right word."""
        result = typing(options=("portal.yaml", "--no-input", "--set", pair))
        assert result.exit_code == 2
        assert hint in result.output
        assert not Path("portal.yaml").exists()
