"""`advisor ask` as its reader meets it: typed lines in, a saved file and advice out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from advisor.advise import advise
from advisor.catalog.engagements import read_engagement
from advisor.cli.ask import ask
from advisor.cli.paging import blocks_of, pages
from advisor.documents.advice.text import advice_as_text
from advisor.errors import InputError, OutputError
from advisor.interview import state
from advisor.interview.steps import steps_of
from advisor.model.engagement import Engagement
from advisor.model.rulebook import Catalog
from advisor.model.stated import Matter

NEW = ("--name", "Portal", "--client", "Acme")
ESCAPE = "\x1b["


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test runs in an empty folder and without settings of the machine."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    return tmp_path


def typing(*lines: str, options: tuple[str, ...] = ("portal.yaml", *NEW), color: bool = False) -> Result:
    """Run `advisor ask` and type these lines; then the input ends."""
    typed = "".join(f"{line}\n" for line in lines)
    if "--quick" not in options and "--adaptive" not in options:
        options = (*options, "--all")  # in order, where the choice of the next question is not what is tried
    options = tuple(one for one in options if one != "--adaptive")
    return CliRunner().invoke(ask, options, input=typed, color=color, prog_name="advisor ask")


def saved(catalog: Catalog, name: str = "portal.yaml") -> Engagement:
    return read_engagement(Path(name), catalog)


@pytest.fixture(scope="module")
def total(catalog: Catalog) -> int:
    """How many things are asked as far as nothing is known."""
    questionnaire = catalog.questionnaires["engagement"]
    return state.progress(catalog, questionnaire, state.start(catalog, questionnaire, {})).total


def write(text: str, name: str = "portal.yaml") -> None:
    Path(name).write_text(text, encoding="utf-8")


def all_but(catalog: Catalog, *open_ones: str) -> str:
    """An engagement file with the first option of every question but these, and a project with a service after it."""
    answers = {question.id: question.option_ids[0] for question in catalog.questions.values()}
    answers |= {"plans_at_once": "two_or_three", "duration": "over_a_year", "post_delivery": "managed_service"}
    lines = [f"  {name}: {option}\n" for name, option in answers.items() if name not in open_ones]
    return "engagement: {id: portal, name: Portal, client: Acme}\nanswers:\n" + "".join(lines)


def hanging_on(catalog: Catalog, name: str) -> list[str]:
    """The questions that are asked after some answers to this one only, and here after none."""
    return [one.id for one in catalog.questions.values() if any(c.variable == name for c in one.when)]


class TestAsking:
    def test_one_question_at_a_time(self, catalog: Catalog) -> None:
        """The first question is shown with its numbered options, and the second only after an answer."""
        result = typing()
        assert "What kind of work is it?" in result.output
        assert "1  Building software" in result.output
        assert "Which side are you on?" not in result.output
        assert "Which side are you on?" in typing("1").output

    def test_takes_numbers_and_ids(self, catalog: Catalog) -> None:
        """An option can be given by its number or by its id."""
        typing("9", "buyer")
        assert saved(catalog).answers == {"kind_of_work": "advisory", "reader": "buyer"}

    def test_says_what_it_did_not_understand(self, catalog: Catalog) -> None:
        """A line that is neither option nor command is named, and the question waits."""
        result = typing("advisry", "advisory")
        assert "'advisry' is not one of the options (did you mean advisory?). Type 1 to 11" in result.output
        assert saved(catalog).answers == {"kind_of_work": "advisory"}

    def test_survives_text_that_is_none(self, catalog: Catalog) -> None:
        """Bytes that are not text are not understood, and nothing breaks."""
        result = CliRunner().invoke(ask, ["portal.yaml", "--all", *NEW], input=b"\xff\xfe\x00\n9\n")
        assert result.exit_code == 0
        assert saved(catalog).answers == {"kind_of_work": "advisory"}

    def test_an_empty_line_answers_nothing(self, catalog: Catalog) -> None:
        """Enter alone is no answer to an open question."""
        assert "skip if you don't know" in typing("").output
        assert saved(catalog).answers == {}

    def test_help(self) -> None:
        """A question mark shows what the options mean, their ids, and the commands."""
        output = typing("?").output
        assert "Take the kind that most of the effort goes into" in output
        assert "Building software  [software_build]" in output
        assert "skip, s" in output

    def test_why(self, catalog: Catalog) -> None:
        """`why` says why we ask and restates the claims that the question rests on."""
        output = " ".join(typing("1", "1", "why").output.split())
        assert catalog.questions["stage"].why in output
        assert f"WE5 ({catalog.claims['WE5'].section}): {catalog.claims['WE5'].text}" in output

    def test_why_of_a_practice_question(self) -> None:
        """`why` says so where a question rests on practice and not on the article."""
        assert "From practice: " in typing("why").output

    def test_progress(self, total: int) -> None:
        """Every question says how many of those to be asked are done."""
        output = typing("1", "skip").output
        assert f"[0 of up to {total} done]" in output
        assert "[2 of up to " in output

    def test_hides_what_cannot_matter(self, catalog: Catalog) -> None:
        """Questions that cannot matter are not put, and the total shrinks."""
        hidden = hanging_on(catalog, "plans_at_once")
        write(all_but(catalog, "plans_at_once", *hidden))
        result = typing("none", "", options=("portal.yaml",))
        assert "How firm is the date" not in result.output
        left = len(steps_of(catalog, catalog.questions)) - len(hidden) - len(hanging_on(catalog, "kind_of_work"))
        assert f"({left} of {left} done)" in result.output


class TestMovingAround:
    def test_back_shows_the_answer_and_changes_it(self, catalog: Catalog) -> None:
        """`back` returns to the question before, marks its answer, and a new one replaces it."""
        result = typing("1", "b", "9")
        assert "Building software  (your answer)" in result.output
        assert saved(catalog).answers == {"kind_of_work": "advisory"}

    def test_enter_keeps_the_answer(self, catalog: Catalog) -> None:
        """Enter at a question that has an answer keeps it and goes on."""
        typing("1", "back", "", "buyer")
        assert saved(catalog).answers == {"kind_of_work": "software_build", "reader": "buyer"}

    def test_skip_leaves_it_open_until_next_time(self, catalog: Catalog) -> None:
        """A skipped question is not put again in this session, and is when resuming."""
        write(all_but(catalog, "risk", "leads_today"))
        first = typing("skip", "1", options=("portal.yaml",))
        session, _ = first.output.split("press Enter to see the advice")
        assert session.count("How bad would it be") == 2  # once asked, once in the review
        assert "risk" not in saved(catalog).answers
        assert "How bad would it be" in typing(options=("portal.yaml",)).output

    def test_enter_leaves_a_skipped_question_open(self, catalog: Catalog) -> None:
        """Enter at a question that was skipped leaves it open and goes on."""
        result = typing("s", "b", "", "buyer")
        assert "Skipped so far" in result.output
        assert saved(catalog).answers == {"reader": "buyer"}

    def test_nothing_before_the_first(self) -> None:
        """`back` at the first question says so."""
        assert "This is the first question." in typing("b").output

    def test_skip_takes_an_answer_back(self, catalog: Catalog) -> None:
        """Skipping a question that has an answer removes the answer from the file."""
        typing("1", "b", "s")
        assert saved(catalog).answers == {}

    def test_review_lists_and_changes(self, catalog: Catalog) -> None:
        """`review` lists everything under numbers; a number leads to its question, and then back to where we were."""
        result = typing("1", "buyer", "s", "review", "1", "advisory")
        review = result.output.split("Your answers (3 of up to")[1]
        assert "1  What kind of work is it?\n      Building software" in review
        assert "3  How far has the engagement got?\n      skipped" in review
        assert "Does a law" not in review  # not asked yet
        assert saved(catalog).answers == {"kind_of_work": "advisory", "reader": "buyer"}
        assert review.count("How is the engagement doing?") == 1  # not in the list, and asked again after it

    def test_review_of_nothing(self) -> None:
        """A review before the first answer says that there is nothing yet, and the question waits."""
        output = typing("review").output
        assert "Nothing is answered yet." in output
        assert output.count("What kind of work is it?") == 2

    def test_review_says_what_is_open(self) -> None:
        """What was skipped is named on top of the review."""
        output = typing("s", "buyer", "s", "review").output
        assert "Skipped, so still open: 1 and 3." in output

    def test_review_can_be_left_by_a_word(self, catalog: Catalog) -> None:
        """`done` leaves the review like Enter does."""
        typing("1", "review", "done", "buyer")
        assert saved(catalog).answers == {"kind_of_work": "software_build", "reader": "buyer"}

    def test_review_can_be_left(self, catalog: Catalog) -> None:
        """Enter leaves the review for the question that was open."""
        typing("1", "review", "99", "", "buyer")
        assert saved(catalog).answers == {"kind_of_work": "software_build", "reader": "buyer"}


class TestSaving:
    def test_new_file_names_the_engagement(self, catalog: Catalog) -> None:
        """A new file is written before the first question, with what was asked about the engagement."""
        result = typing("Café: the portal", "Acme & Sons", options=("portal.yaml",))
        assert "What is the engagement called?" in result.output
        engagement = saved(catalog)
        assert (engagement.id, engagement.name, engagement.client) == (
            "cafe-the-portal",
            "Café: the portal",
            "Acme & Sons",
        )

    def test_names_are_kept_fit_for_the_file(self, catalog: Catalog) -> None:
        """Control characters and overlong names never reach the file in a form that could not be read again."""
        typing(options=("portal.yaml", "--name", "a\tb\x07c\u2028d\ufffe" + "x" * 500, "--client", "\u202eevil"))
        assert saved(catalog).name == ("a b c d" + "x" * 500)[:300]
        assert saved(catalog).client == "evil"

    def test_no_name_is_named_after_the_file(self, catalog: Catalog) -> None:
        """Without a name the engagement is called like its file."""
        typing("", "", options=("portal.yaml",))
        assert (saved(catalog).id, saved(catalog).name, saved(catalog).client) == ("portal", "portal", "")

    def test_after_every_answer(self, catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
        """Each answer is in the file before the next question is put."""
        seen = []

        def lines() -> Iterator[str]:
            for option in ("software_build", "buyer"):
                seen.append(len(saved(catalog).answers))
                yield option
            seen.append(len(saved(catalog).answers))
            raise KeyboardInterrupt

        _type(monkeypatch, lines())
        typing()
        assert seen == [0, 1, 2]

    def test_keeps_what_else_is_in_the_file(self, catalog: Catalog) -> None:
        """People, dates and answers that are set aside stay in the file."""
        write(
            "engagement: {id: p, name: P, client: C}\nanswers: {plans_at_once: none, end_date: fixed}\n"
            "people: {project_manager: L. Marin}\ndates: {start: 2027-01-11}\n"
        )
        typing("software_build", options=("portal.yaml",))
        engagement = saved(catalog)
        assert engagement.answers == {"kind_of_work": "software_build", "plans_at_once": "none", "end_date": "fixed"}
        assert (engagement.people, engagement.dates) == ({"project_manager": "L. Marin"}, {"start": "2027-01-11"})

    def test_keeps_comments_and_layout(self, catalog: Catalog) -> None:
        """In a file with comments only the answers change that were given."""
        text = (
            "# Ours\nengagement: {id: p, name: P}\nanswers: # so far\n  plans_at_once: none # sure?\n  kind_of_work:\n"
        )
        write(text)
        typing("software_build", "buyer", options=("portal.yaml",))
        kept = Path("portal.yaml").read_text(encoding="utf-8").split("\n\nprovenance:")[0]
        assert f"{kept}\n" == text.replace("kind_of_work:\n", "kind_of_work: software_build\n  reader: buyer\n")

    def test_keeps_what_is_written_meanwhile(self, catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
        """What an editor saves into the file during the interview stays in it."""
        write("answers: {plans_at_once: none}\n")

        def lines() -> Iterator[str]:
            yield "software_build"
            write(Path("portal.yaml").read_text(encoding="utf-8").replace("none", "one") + "# with Maria\n")
            yield "buyer"
            raise KeyboardInterrupt

        _type(monkeypatch, lines())
        typing(options=("portal.yaml",))
        assert saved(catalog).answers == {"kind_of_work": "software_build", "reader": "buyer", "plans_at_once": "one"}
        assert "# with Maria" in Path("portal.yaml").read_text(encoding="utf-8")

    def test_says_where_it_stopped_when_the_file_breaks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """When the file can no longer be read, it stays as it is, and what is saved is said."""
        write("answers: {}\n")

        def lines() -> Iterator[str]:
            yield "software_build"
            write("answers: {kind_of_work: advisry}\n")
            yield "buyer"

        _type(monkeypatch, lines())
        result = typing(options=("portal.yaml",))
        assert isinstance(result.exception, InputError)
        assert "did you mean advisory?" in str(result.exception)
        assert "Stopped. 1 answer saved in portal.yaml." in result.output
        assert Path("portal.yaml").read_text(encoding="utf-8") == "answers: {kind_of_work: advisry}\n"

    def test_writes_a_file_that_went_away_again(self, catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
        """When the file is deleted during the interview, the next answer brings it back with all answers."""

        def lines() -> Iterator[str]:
            yield "software_build"
            Path("portal.yaml").unlink()
            yield "buyer"
            raise KeyboardInterrupt

        _type(monkeypatch, lines())
        typing()
        assert saved(catalog).answers == {"kind_of_work": "software_build", "reader": "buyer"}

    def test_remembers_whose_rulebook(self, folder: Path) -> None:
        """A new file says which rulebook it was begun with, and is continued with it."""
        own = folder / "ours"
        own.mkdir()
        (own / "rulebook.yaml").write_text("extends: standard\ntitle: Our rules\n", encoding="utf-8")
        typing("software_build", options=("sub/portal.yaml", "--rulebook", "ours", *NEW))
        assert "rulebook: ../ours\n" in Path("sub/portal.yaml").read_text(encoding="utf-8")
        assert "1 answer so far" in typing(options=("sub/portal.yaml",)).output

    def test_set_aside_answers_are_shown(self, catalog: Catalog) -> None:
        """The review says which answers have no effect now."""
        write("answers: {plans_at_once: none, end_date: fixed}\n")
        assert "Set aside" in typing("review", options=("portal.yaml",)).output

    def test_leaves_an_unchanged_file_alone(self, catalog: Catalog) -> None:
        """Looking at a finished engagement does not rewrite its file."""
        text = all_but(catalog) + "# my comment\n"
        write(text)
        typing("", options=("portal.yaml",))
        assert Path("portal.yaml").read_text(encoding="utf-8") == text

    def test_refuses_what_is_no_engagement(self) -> None:
        """A file that holds something else is reported and stays as it is."""
        write("shopping: [milk]\n")
        result = typing()
        assert isinstance(result.exception, InputError)
        assert "portal.yaml:1: shopping" in str(result.exception)
        assert Path("portal.yaml").read_text(encoding="utf-8") == "shopping: [milk]\n"

    @pytest.mark.parametrize("name", ["portal.json", "portal", "portal.docx"])
    def test_refuses_other_kinds_of_files(self, name: str) -> None:
        """Answers are kept as YAML, and another suffix is a usage error."""
        result = typing(options=(name, *NEW))
        assert result.exit_code == 2
        assert "ends in .yaml" in result.output
        assert not Path(name).exists()

    def test_says_at_once_when_nothing_can_be_saved(self) -> None:
        """A file that cannot be written is reported before the first question."""
        write("")
        result = typing(options=("portal.yaml/inner.yaml", *NEW))
        assert isinstance(result.exception, OutputError)
        assert "What kind of work is it?" not in result.output

    def test_proposes_a_file(self, catalog: Catalog) -> None:
        """Without FILE a name is proposed, and Enter accepts it."""
        typing("", "software_build", options=NEW)
        assert saved(catalog, "engagement.yaml").answers == {"kind_of_work": "software_build"}
        again = typing("", "buyer", options=NEW)
        assert "it is there already, and will be continued" in again.output
        assert saved(catalog, "engagement.yaml").answers == {"kind_of_work": "software_build", "reader": "buyer"}

    def test_takes_another_file(self, catalog: Catalog) -> None:
        """Without FILE another name can be typed."""
        typing("mine.yaml", "software_build", options=NEW)
        assert saved(catalog, "mine.yaml").answers == {"kind_of_work": "software_build"}


class TestWhichQuestions:
    def test_quick(self, catalog: Catalog) -> None:
        """`--quick` asks the ten questions, and the file remembers it for next time."""
        assert "[0 of 10 done]" in typing(options=("portal.yaml", "--quick", *NEW)).output
        assert "[0 of 10 done]" in typing(options=("portal.yaml",)).output

    def test_from_quick_to_all(self, catalog: Catalog) -> None:
        """`--questionnaire engagement` goes on with all questions where quick left off."""
        typing("1", options=("portal.yaml", "--quick", *NEW))
        output = typing(options=("portal.yaml", "--questionnaire", "engagement")).output
        assert re.search(r"\[1 of up to [3-9]\d done\]", output)

    def test_one_at_a_time(self) -> None:
        """Asking for both questionnaires at once is a usage error."""
        assert typing(options=("portal.yaml", "--quick", "--questionnaire", "engagement")).exit_code == 2

    def test_new_name_for_an_old_file(self, catalog: Catalog) -> None:
        """`--name` and `--client` correct what is in the file; its id stays."""
        typing()
        typing(options=("portal.yaml", "--name", "Portal II"))
        assert (saved(catalog).id, saved(catalog).name, saved(catalog).client) == ("portal", "Portal II", "Acme")

    def test_quick_leads_on_to_all(self, total: int) -> None:
        """After the ten questions the end says how to answer the others."""
        output = typing(*["s"] * 10, "", options=("portal.yaml", "--quick", *NEW)).output
        assert "advisor ask portal.yaml --questionnaire engagement" in output
        assert "--questionnaire" not in typing(*["s"] * total, "", options=("all.yaml", *NEW)).output


class TestStopping:
    @pytest.mark.parametrize("lines", [("1", "quit"), ("1", "q"), ("1", "review", "quit"), ("1",)])
    def test_quit_and_end_of_input(self, lines: tuple[str, ...]) -> None:
        """Quitting, or the end of the input, says what is saved and how to go on."""
        result = typing(*lines)
        assert result.exit_code == 0
        assert result.output.endswith("Stopped. 1 answer saved in portal.yaml.\nTo go on: advisor ask portal.yaml\n")

    def test_interrupted(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Ctrl-C says the same, and the exit code is 130."""

        def lines() -> Iterator[str]:
            yield "software_build"
            raise KeyboardInterrupt

        _type(monkeypatch, lines())
        result = typing()
        assert result.exit_code == 130
        assert "Stopped. 1 answer saved in portal.yaml." in result.output

    def test_interrupted_before_there_was_anything(self) -> None:
        """Stopping before the engagement has a name saves nothing and says so."""
        result = typing(options=("portal.yaml",))
        assert "nothing was saved" in result.output
        assert not Path("portal.yaml").exists()

    def test_odd_file_names_are_quoted(self) -> None:
        """The command to go on can be pasted, whatever the file is called."""
        assert "advisor ask 'my portal.yaml'" in typing(options=("my portal.yaml", *NEW)).output


class TestTheEnd:
    def test_review_then_advice(self, catalog: Catalog) -> None:
        """After the last question come the review, the advice and what to do next."""
        write(all_but(catalog, "stage"))
        result = typing("before_start", "", options=("portal.yaml",))
        assert result.exit_code == 0
        every = len(steps_of(catalog, catalog.questions)) - len(hanging_on(catalog, "kind_of_work"))
        review, advice = result.output.split("press Enter to see the advice")
        assert f"Your answers ({every} of {every} done)" in review
        assert "Portal, Acme" in advice
        assert "advisor raci portal.yaml -o portal.html" in advice

    def test_change_at_the_final_review(self, catalog: Catalog) -> None:
        """A change at the final review leads back to the review before the advice comes."""
        write(all_but(catalog))
        result = typing("1", "advisory", "", options=("portal.yaml",))
        assert result.output.count("press Enter to see the advice") == 2
        assert saved(catalog).answers["kind_of_work"] == "advisory"
        assert "Saved in portal.yaml." in result.output

    def test_input_that_ends_with_the_last_answer(self, catalog: Catalog) -> None:
        """Piped answers need no Enter at the review: once nothing is left to ask, the advice comes."""
        write(all_but(catalog, "stage", "risk"))
        assert "Portal, Acme" in typing("before_start", "skip", options=("portal.yaml",)).output

    def test_quit_at_the_final_review(self, catalog: Catalog) -> None:
        """Quitting at the final review shows no advice."""
        write(all_but(catalog))
        result = typing("quit", options=("portal.yaml",))
        assert "To go on: advisor ask portal.yaml" in result.output
        assert "advisor raci" not in result.output

    def test_all_skipped(self, total: int) -> None:
        """Even with nothing answered the end is reached, and there is advice."""
        result = typing(*["s"] * total, "")
        assert result.exit_code == 0
        assert f"Your answers ({total} of {total} done)" in result.output
        assert "advisor raci portal.yaml" in result.output


class TestNamesAndDates:
    """Offered after the advice: who is who, when it starts and ends, what else to see to, and some context."""

    def test_are_saved(self, catalog: Catalog) -> None:
        """Staffed roles and the parties that are there are asked for, then dates, context and matters."""
        write(all_but(catalog, "has_suppliers") + "  has_suppliers: yes\n")
        model = advise(catalog, saved(catalog)).recommendation.model
        staffs = catalog.models[model].staffs
        names = [f"Person {number}" for number in range(len(staffs))]
        typed = ("", "y", *names, "Bolt, Inc.", "2027-01-11", "", "2028-06-30", "Late twice.  Tense.")
        typed += ("gaps", "gap", "old pages", "", "Bolt, Inc.", "soon", "2027-05-03", "promise", "", "")
        result = typing(*typed, options=("portal.yaml",))
        assert "Suppliers: who is it?" in result.output
        engagement = saved(catalog)
        assert engagement.people == dict(zip((*staffs, "suppliers"), (*names, "Bolt, Inc."), strict=True))
        assert engagement.dates == {"start": "2027-01-11", "end": "2028-06-30"}
        assert engagement.context == "Late twice. Tense."
        assert "'gaps' is none of them (did you mean gap?)." in result.output
        assert engagement.matters == (Matter("gap", "old pages", owner="Bolt, Inc.", by="2027-05-03"),)

    def test_later(self, catalog: Catalog) -> None:
        """Enter leaves the file as it is."""
        write(all_but(catalog))
        before = Path("portal.yaml").read_text(encoding="utf-8")
        result = typing("", "", options=("portal.yaml",))
        assert "Name people, dates and open matters now?" in result.output
        assert Path("portal.yaml").read_text(encoding="utf-8") == before

    def test_bad_dates_are_asked_again(self, catalog: Catalog) -> None:
        """What is no date, and an order that cannot be, is said; nothing of it is saved."""
        write(all_but(catalog) + "people: {delivery_manager: A, project_manager: B}\ndates: {go_live: 2027-05-01}\n")
        result = typing("", "y", "soon", "2027-06-01", "2027-04-01", "", "", options=("portal.yaml",))
        assert "'soon' is no date; write it as 2027-01-31." in result.output
        assert "start (2027-06-01) is after go-live (2027-05-01)" in " ".join(result.output.split())
        assert saved(catalog).dates == {"start": "2027-04-01", "go_live": "2027-05-01"}

    def test_nothing_is_offered_where_all_is_known(self, catalog: Catalog) -> None:
        """Nor asked again."""
        write(
            all_but(catalog)
            + "people: {delivery_manager: A, project_manager: B}\n"
            + "dates: {start: 2027-01-01, go_live: 2027-05-01, end: 2028-01-01}\n"
            + "context: Known.\nmatters: [{fact: Known.}]\n"
        )
        assert "Name people" not in typing("", options=("portal.yaml",)).output


class TestSeveral:
    """`parties` on the plain desk."""

    def test_numbers_and_none(self, catalog: Catalog) -> None:
        """Numbers with commas or spaces; the file has a list, and the review one line."""
        write(all_but(catalog, *catalog.several["parties"].parts.values()))
        result = typing("1, 5", "", options=("portal.yaml",))
        assert "Several may be right: type their numbers with commas between them, or none." in result.output
        assert "      The client's project manager; Suppliers\n" in result.output
        assert "  parties: [client_project_manager, suppliers]\n" in Path("portal.yaml").read_text(encoding="utf-8")

    def test_what_is_wrong_is_named(self, catalog: Catalog) -> None:
        """One wrong word, and nothing is taken."""
        write(all_but(catalog, *catalog.several["parties"].parts.values()))
        result = typing("1, supliers", options=("portal.yaml",))
        assert "'supliers' is not one of the options (did you mean suppliers?)" in " ".join(result.output.split())
        assert "has_suppliers" not in saved(catalog).answers

    def test_enter_keeps_it(self, catalog: Catalog) -> None:
        """After going back, Enter keeps the list as it is."""
        write(all_but(catalog, *catalog.several["parties"].parts.values(), "stage"))
        typing("1", "2", "back", "", "", options=("portal.yaml",))
        assert "  parties: [product_owner]\n" in Path("portal.yaml").read_text(encoding="utf-8")


class TestPages:
    def test_nothing_is_lost(self, catalog: Catalog) -> None:
        """However high the screen, the pages hold every line in its order, and none is longer than the screen."""
        write(all_but(catalog))
        engagement = saved(catalog)
        text = advice_as_text(advise(catalog, engagement), 80, colour=True)
        for height in (8, 21, 37, 500, None):
            leaves = pages(blocks_of(text), height)
            assert [line for leaf in leaves for line in leaf if line] == [line for line in text.splitlines() if line]
            assert all(len(leaf) <= (height or 1000) for leaf in leaves)
            assert all(leaf[0] and leaf[-1] for leaf in leaves)

    def test_a_heading_is_never_the_last_line(self) -> None:
        """A heading stands on one page with what it heads."""
        text = "a\n\nb\n\nHead\n────\nA note.\n\nbody\nbody\n"
        assert blocks_of(text) == [["a"], ["b"], ["Head", "────", "A note.", "", "body", "body"]]
        assert pages(blocks_of(text), 8) == [["a", "", "b"], ["Head", "────", "A note.", "", "body", "body"]]


class TestColour:
    def test_on_a_terminal(self, catalog: Catalog) -> None:
        """Where colour can be shown, it is used."""
        assert ESCAPE in typing(color=True).output

    def test_not_in_a_pipe(self, catalog: Catalog) -> None:
        """In a pipe the text is plain, the advice included."""
        write(all_but(catalog))
        assert ESCAPE not in typing("", options=("portal.yaml",)).output

    def test_not_when_it_is_not_wanted(self, catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
        """With NO_COLOR the text is plain, the advice included."""
        monkeypatch.setenv("NO_COLOR", "1")
        write(all_but(catalog))
        assert ESCAPE not in typing("", options=("portal.yaml",), color=True).output


def _type(monkeypatch: pytest.MonkeyPatch, lines: Iterator[str]) -> None:
    """Let `lines` be typed; they may look at the file, or end in Ctrl-C."""
    monkeypatch.setattr("advisor.cli.lines.read_line", lambda prompt: next(lines))
