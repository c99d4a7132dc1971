"""The interview as a state machine: what is asked next, what is skipped, and what the progress says."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.advise.reading import is_asked, read_answers
from advisor.catalog.engagements import read_engagements
from advisor.interview import replies, state
from advisor.interview.replies import Chosen, Command, Empty, Unclear
from advisor.interview.state import Interview, Progress
from advisor.interview.writing import dump_engagement
from advisor.model.advice import Engagement
from advisor.model.rulebook import Catalog, Questionnaire

UP_TO_PROJECTS = (
    "client_kind",
    "client_contact",
    "client_stakeholders",
    "relationship_goal",
    "single_contact",
    "expectations",
    "clients_served",
    "client_has_pm",
)


@pytest.fixture
def full(catalog: Catalog) -> Questionnaire:
    return catalog.questionnaires["engagement"]


@pytest.fixture
def quick(catalog: Catalog) -> Questionnaire:
    return catalog.questionnaires["quick"]


def answered(catalog: Catalog, *names: str, **answers: str) -> dict[str, str]:
    """The first option for each of `names`, and `answers` as they are."""
    return {name: catalog.questions[name].option_ids[0] for name in names} | answers


def all_answered(catalog: Catalog) -> dict[str, str]:
    return answered(catalog, *catalog.questions, projects="one", post_delivery="managed_service")


class TestTheNextQuestion:
    def test_starts_at_the_first(self, catalog: Catalog, full: Questionnaire) -> None:
        """An interview without answers starts at the first question."""
        assert state.start(catalog, full, {}).position == "client_kind"

    def test_resumes_at_the_first_open_one(self, catalog: Catalog, full: Questionnaire) -> None:
        """An interview with answers resumes at the first question that has none."""
        known = answered(catalog, "client_kind", "client_stakeholders")
        assert state.start(catalog, full, known).position == "client_contact"

    def test_follows_the_order_of_the_questionnaire(self, catalog: Catalog, full: Questionnaire) -> None:
        """An answer leads to the question after it."""
        after = state.answer(catalog, full, state.start(catalog, full, {}), "external")
        assert (after.position, dict(after.answers)) == ("client_contact", {"client_kind": "external"})

    def test_refuses_what_is_no_option(self, catalog: Catalog, full: Questionnaire) -> None:
        """Only an option of the question on the table is an answer to it."""
        with pytest.raises(ValueError, match="client_kind"):
            state.answer(catalog, full, state.start(catalog, full, {}), "weekly")

    def test_leaves_out_what_cannot_matter(self, catalog: Catalog, full: Questionnaire) -> None:
        """Without a project nobody is asked for its end date."""
        interview = state.start(catalog, full, answered(catalog, *UP_TO_PROJECTS))
        assert state.answer(catalog, full, interview, "none").position == "commercial_model"
        assert state.answer(catalog, full, interview, "one").position == "end_date"

    def test_asks_what_may_still_matter(self, catalog: Catalog, full: Questionnaire) -> None:
        """When nobody knows how many projects there are, the end date may still matter and is asked."""
        interview = state.start(catalog, full, answered(catalog, *UP_TO_PROJECTS))
        assert state.skip(catalog, full, interview).position == "end_date"

    def test_ends_when_nothing_is_open(self, catalog: Catalog, full: Questionnaire) -> None:
        """With everything answered there is no question left, and resuming asks nothing."""
        interview = state.start(catalog, full, all_answered(catalog))
        assert interview.position is None
        assert state.question_of(catalog, interview) is None

    def test_returns_to_what_an_answer_opens(self, catalog: Catalog, full: Questionnaire) -> None:
        """A changed answer that brings questions back leads to them before the end."""
        known = answered(catalog, *catalog.questions, projects="one", post_delivery="none")
        del known["service_levels"]
        done = state.start(catalog, full, known)
        assert done.position is None
        changed = state.answer(catalog, full, state.go_to(catalog, done, "post_delivery"), "warranty")
        assert changed.position == "service_levels"

    def test_quick_asks_ten(self, catalog: Catalog, quick: Questionnaire) -> None:
        """The quick questionnaire asks at most ten questions."""
        asked = []
        interview = state.start(catalog, quick, {})
        while interview.position is not None:
            asked.append(interview.position)
            interview = state.skip(catalog, quick, interview)
        assert len(asked) == len(set(asked)) == 10


class TestSkipping:
    def test_leaves_the_question_open(self, catalog: Catalog, full: Questionnaire) -> None:
        """A skipped question has no answer and is not asked again in the same session."""
        interview = state.skip(catalog, full, state.start(catalog, full, {}))
        assert interview == Interview("client_contact", {}, frozenset({"client_kind"}))
        while interview.position is not None:
            interview = state.skip(catalog, full, interview)
            assert interview.position != "client_kind"

    def test_asks_again_when_resuming(self, catalog: Catalog, full: Questionnaire) -> None:
        """A new session asks skipped questions again."""
        skipped = state.skip(catalog, full, state.start(catalog, full, {}))
        assert state.start(catalog, full, skipped.answers).position == "client_kind"

    def test_takes_an_answer_back(self, catalog: Catalog, full: Questionnaire) -> None:
        """Skipping a question that was answered means that we don't know after all."""
        interview = state.go_to(catalog, state.start(catalog, full, all_answered(catalog)), "risk")
        after = state.skip(catalog, full, interview)
        assert "risk" not in after.answers
        assert after.position is None

    def test_can_be_made_good(self, catalog: Catalog, full: Questionnaire) -> None:
        """An answer to a skipped question ends its being skipped."""
        interview = state.back(catalog, full, state.skip(catalog, full, state.start(catalog, full, {})))
        assert state.answer(catalog, full, interview, "external").skipped == frozenset()

    def test_after_the_end_does_nothing(self, catalog: Catalog, full: Questionnaire) -> None:
        """With no question on the table there is nothing to skip."""
        done = state.start(catalog, full, all_answered(catalog))
        assert state.skip(catalog, full, done) == done


class TestGoingBack:
    def test_returns_to_the_question_before(self, catalog: Catalog, full: Questionnaire) -> None:
        """Back puts the question before on the table, with its answer untouched."""
        interview = state.answer(catalog, full, state.start(catalog, full, {}), "external")
        assert state.back(catalog, full, interview) == Interview("client_kind", {"client_kind": "external"})

    def test_passes_over_what_is_not_asked(self, catalog: Catalog, full: Questionnaire) -> None:
        """Back passes over questions that are not asked."""
        interview = state.start(catalog, full, answered(catalog, *UP_TO_PROJECTS, projects="none"))
        assert interview.position == "commercial_model"
        assert state.back(catalog, full, interview).position == "projects"

    def test_stops_at_the_first(self, catalog: Catalog, full: Questionnaire) -> None:
        """Before the first question there is nothing to go back to."""
        first = state.start(catalog, full, {})
        assert state.back(catalog, full, first) == first

    def test_from_the_end_returns_to_the_last(self, catalog: Catalog, full: Questionnaire) -> None:
        """From the end, back leads to the last question."""
        done = state.start(catalog, full, all_answered(catalog))
        assert state.back(catalog, full, done).position == "stage"

    def test_keep_goes_on_where_we_were(self, catalog: Catalog, full: Questionnaire) -> None:
        """Keeping an answer after going back leads to the next open question."""
        there = state.start(catalog, full, answered(catalog, *UP_TO_PROJECTS))
        back = state.back(catalog, full, state.back(catalog, full, there))
        assert state.keep(catalog, full, back) == there


class TestProgress:
    def test_counts_from_nothing(self, catalog: Catalog, full: Questionnaire) -> None:
        """At the start nothing is done, and some questions may yet fall away."""
        assert state.progress(catalog, full, state.start(catalog, full, {})) == Progress(0, 34, True)

    def test_counts_skipped_as_done(self, catalog: Catalog, full: Questionnaire) -> None:
        """Answered and skipped questions are both behind us."""
        interview = state.answer(catalog, full, state.start(catalog, full, {}), "external")
        assert state.progress(catalog, full, state.skip(catalog, full, interview)) == Progress(2, 34, True)

    def test_drops_what_will_not_be_asked(self, catalog: Catalog, full: Questionnaire) -> None:
        """Without a project four questions fall away from the total."""
        interview = state.start(catalog, full, {"projects": "none"})
        assert state.progress(catalog, full, interview) == Progress(1, 30, True)

    def test_does_not_count_set_aside_answers(self, catalog: Catalog, full: Questionnaire) -> None:
        """An answer to a question that is no longer asked counts neither as done nor as due."""
        interview = state.start(catalog, full, {"projects": "none", "end_date": "fixed"})
        assert state.progress(catalog, full, interview) == Progress(1, 30, True)

    def test_is_certain_once_nothing_hangs_on_open_questions(self, catalog: Catalog, full: Questionnaire) -> None:
        """When every question that others hang on is answered, the total is no longer an upper bound."""
        known = {"projects": "one", "post_delivery": "warranty", "managers_available": "neither"}
        assert state.progress(catalog, full, state.start(catalog, full, known)) == Progress(3, 31, False)

    def test_of_quick_counts_its_own_questions(self, catalog: Catalog, quick: Questionnaire) -> None:
        """Answers to questions outside of the questionnaire do not count."""
        interview = state.start(catalog, quick, {"client_kind": "external"})
        assert state.progress(catalog, quick, interview) == Progress(0, 10, True)


class TestReview:
    def test_shows_answers_gaps_and_set_aside(self, catalog: Catalog, full: Questionnaire) -> None:
        """The review shows each question with its answer or gap, and last the answers that are set aside."""
        known = answered(catalog, *UP_TO_PROJECTS, projects="none", end_date="fixed")
        interview = state.skip(catalog, full, state.start(catalog, full, known))
        lines = state.review(catalog, full, interview)
        shown = {line.question.id: (line.answer, line.skipped, line.set_aside) for line in lines}
        assert shown["projects"] == ("none", False, False)
        assert shown["commercial_model"] == (None, True, False)
        assert shown["scope"] == (None, False, False)
        assert shown["end_date"] == ("fixed", False, True)
        assert lines[-1].question.id == "end_date"
        assert "phase_gates" not in shown

    def test_of_quick_shows_other_answers_too(self, catalog: Catalog, quick: Questionnaire) -> None:
        """The review of the quick questionnaire also shows what was answered beyond it, so that it can be changed."""
        interview = state.start(catalog, quick, {"client_kind": "external"})
        assert [line.question.id for line in state.review(catalog, quick, interview)][-1] == "client_kind"
        changed = state.answer(catalog, quick, state.go_to(catalog, interview, "client_kind"), "internal")
        assert changed.answers["client_kind"] == "internal"
        assert changed.position == quick.questions[0].id

    def test_change_leads_back_to_where_we_were(self, catalog: Catalog, full: Questionnaire) -> None:
        """A change from the review goes on at the question that was open."""
        interview = state.start(catalog, full, answered(catalog, *UP_TO_PROJECTS))
        changed = state.answer(catalog, full, state.go_to(catalog, interview, "client_kind"), "internal")
        assert changed.position == interview.position == "projects"


class TestAnyWalk:
    @settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def test_keeps_its_promises(self, catalog: Catalog, data: st.DataObject) -> None:
        """However one walks, only asked questions are put, progress never overstates, and the end is all done."""
        questionnaire = catalog.questionnaires[data.draw(st.sampled_from(["engagement", "quick"]))]
        interview = state.start(catalog, questionnaire, {})
        for _ in range(data.draw(st.integers(0, 60))):
            question = state.question_of(catalog, interview)
            if question is None:
                interview = state.back(catalog, questionnaire, interview)
                continue
            assert is_asked(question, read_answers(catalog, interview.answers).values)
            step = data.draw(st.sampled_from(["answer"] * 4 + ["skip", "back", "keep", "go"]))
            if step == "answer":
                option = data.draw(st.sampled_from(question.option_ids))
                interview = state.answer(catalog, questionnaire, interview, option)
                assert interview.answers[question.id] == option
            elif step == "skip":
                interview = state.skip(catalog, questionnaire, interview)
                assert question.id not in interview.answers
            elif step == "back":
                interview = state.back(catalog, questionnaire, interview)
            elif step == "keep":
                interview = state.keep(catalog, questionnaire, interview)
            else:
                lines = [line for line in state.review(catalog, questionnaire, interview) if not line.set_aside]
                interview = state.go_to(catalog, interview, data.draw(st.sampled_from(lines)).question.id)
            done = state.progress(catalog, questionnaire, interview)
            assert 0 <= done.done <= done.total <= len(questionnaire.questions)
            if interview.position is None:
                assert done.done == done.total
                assert not done.up_to

    @settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def test_straight_on_never_lengthens(self, catalog: Catalog, data: st.DataObject) -> None:
        """Answering or skipping straight on asks nothing twice, and the number left to ask falls with every step."""
        questionnaire = catalog.questionnaires["engagement"]
        interview = state.start(catalog, questionnaire, {})
        seen: list[str] = []
        while (question := state.question_of(catalog, interview)) is not None:
            seen.append(question.id)
            before = state.progress(catalog, questionnaire, interview)
            option = data.draw(st.sampled_from((*question.option_ids, "skip")))
            if option == "skip":
                interview = state.skip(catalog, questionnaire, interview)
            else:
                interview = state.answer(catalog, questionnaire, interview, option)
            after = state.progress(catalog, questionnaire, interview)
            assert after.total - after.done < before.total - before.done
        assert len(seen) == len(set(seen))


class TestReplies:
    @pytest.mark.parametrize(
        ("typed", "meaning"),
        [
            ("1", Chosen("at_milestones")),
            (" 4 ", Chosen("daily")),
            ("weekly", Chosen("weekly")),
            ("WEEKLY", Chosen("weekly")),
            ("", Empty()),
            ("   ", Empty()),
            ("?", Command.HELP),
            ("help", Command.HELP),
            ("why", Command.WHY),
            ("s", Command.SKIP),
            ("Skip", Command.SKIP),
            ("b", Command.BACK),
            ("back", Command.BACK),
            ("review", Command.REVIEW),
            ("q", Command.QUIT),
            ("quit", Command.QUIT),
        ],
    )
    def test_understood(self, catalog: Catalog, typed: str, meaning: object) -> None:
        """A number, an option's id or a command is understood, in any case and with spaces around it."""
        assert replies.read_reply(catalog.questions["client_contact"], typed) == meaning

    @pytest.mark.parametrize("typed", ["0", "5", "-1", "²", "٣", "1.0", "9" * 5000, "1 2", "yes", "\x1b[A", "💥"])
    def test_not_understood(self, catalog: Catalog, typed: str) -> None:
        """Anything else is answered by what can be typed, on one line that no control character disturbs."""
        reply = replies.read_reply(catalog.questions["client_contact"], typed)
        assert isinstance(reply, Unclear)
        assert "Type 1 to 4" in reply.message
        assert reply.message.isprintable()
        assert len(reply.message) < 150

    def test_near_misses_get_a_hint(self, catalog: Catalog) -> None:
        """A misspelt option gets the nearest right one."""
        reply = replies.read_reply(catalog.questions["client_contact"], "weakly")
        assert isinstance(reply, Unclear)
        assert "did you mean weekly?" in reply.message

    def test_y_and_n(self, catalog: Catalog) -> None:
        """Where the options are yes and no, y and n will do."""
        assert replies.read_reply(catalog.questions["regulated"], "y") == Chosen("yes")
        assert replies.read_reply(catalog.questions["regulated"], "n") == Chosen("no")

    def test_no_option_is_hidden_by_a_command(self, catalog: Catalog) -> None:
        """Every option of every question can be given by its number and by its id."""
        for question in catalog.questions.values():
            for number, option in enumerate(question.option_ids, start=1):
                assert (
                    replies.read_reply(question, option) == replies.read_reply(question, str(number)) == Chosen(option)
                )

    @pytest.mark.parametrize(
        ("typed", "meaning"), [("3", 3), ("", Empty()), ("q", Command.QUIT), ("Done", Command.DONE)]
    )
    def test_review_takes_numbers(self, typed: str, meaning: object) -> None:
        """At the review a number chooses a line."""
        assert replies.read_review_reply(typed, 12) == meaning

    @pytest.mark.parametrize("typed", ["0", "13", "why", "risk"])
    def test_review_takes_nothing_else(self, typed: str) -> None:
        """Other lines at the review are answered by what can be typed."""
        assert isinstance(replies.read_review_reply(typed, 12), Unclear)


class TestTheFile:
    def test_reads_like_the_documented_layout(self) -> None:
        """The file names the engagement first, then the answers without quotes, then people and dates."""
        engagement = Engagement(
            "acme-portal",
            "Customer portal: rebuild",
            "Acme",
            {"single_contact": "no", "projects": "none"},
            {"project_manager": "L. Marin"},
            {"start": "2027-01-11"},
            "quick",
        )
        assert dump_engagement(engagement) == (
            "engagement:\n  id: acme-portal\n  name: 'Customer portal: rebuild'\n  client: Acme\n\n"
            "questionnaire: quick\n\n"
            "answers:\n  single_contact: no\n  projects: none\n\n"
            "people:\n  project_manager: L. Marin\n\n"
            "dates:\n  start: 2027-01-11\n"
        )

    def test_leaves_out_what_is_empty(self) -> None:
        """Without people, dates or a client the file does not mention them."""
        assert (
            dump_engagement(Engagement("a", "A", "", {}, {}, {})) == "engagement:\n  id: a\n  name: A\n\nanswers: {}\n"
        )

    @pytest.mark.parametrize("name", ["null", "~", "Null", "yes", "- 1", "a: b", "#1"])
    def test_odd_names(self, catalog: Catalog, name: str) -> None:
        """A name that YAML would read as something else is quoted."""
        engagement = Engagement("x", name, name, {}, {"project_manager": name}, {})
        assert list(read_engagements(dump_engagement(engagement).encode(), "x.yaml", catalog)) == [engagement]

    @settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        name=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn", "Zl", "Zp"]), max_size=60),
        taken=st.sets(st.integers(0, 33)),
    )
    def test_reads_back_the_same(self, catalog: Catalog, name: str, taken: set[int]) -> None:
        """Whatever the name is made of, reading the file back gives the same engagement."""
        text = " ".join(name.split()) or "x"
        ids = [one for number, one in enumerate(catalog.questions) if number in taken]
        engagement = Engagement(
            "x", text, text, answered(catalog, *ids), {"project_manager": text}, {"end": "2028-06-30"}
        )
        assert list(read_engagements(dump_engagement(engagement).encode(), "x.yaml", catalog)) == [engagement]
