"""The interview as a state machine: what is put next, what is skipped, and what the progress says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.advise.reading import is_asked, read_answers
from advisor.catalog.engagements import read_engagements
from advisor.catalog.plain import is_plain
from advisor.interview import replies, state
from advisor.interview.replies import Chosen, Command, Empty, Unclear
from advisor.interview.state import Interview, Progress
from advisor.interview.steps import Step, steps, steps_of
from advisor.interview.writing import dump_engagement
from advisor.model.engagement import Engagement
from advisor.model.questions import Questionnaire
from advisor.model.rulebook import Catalog

PARTS = ("has_client_project_manager", "has_product_owner", "has_suppliers")
PUT = (
    "kind_of_work",
    "reader",
    "plans_at_once",
    "end_date",
    "gates",
    "post_delivery",
    "service_levels",
    "parties",
    "risk",
)
ASKED = (*PUT[:7], *PARTS, "risk")


@pytest.fixture(scope="module")
def few(catalog: Catalog) -> Catalog:
    """A rulebook that asks nine things, two of which hang on others; one takes several answers."""
    parties = catalog.several["parties"]
    parts = {option: part for option, part in parties.parts.items() if part in PARTS}
    labels = {option: parties.labels[option] for option in parts}
    questions = {name: catalog.questions[name] for name in ASKED}
    asked = {
        name: Questionnaire(name, name, tuple(questions[one] for one in names))
        for name, names in (("engagement", ASKED), ("quick", ("risk", *PARTS)))
    }
    several = {"parties": replace(parties, parts=parts, labels=labels)}
    return replace(catalog, questions=questions, questionnaires=asked, several=several)


@pytest.fixture
def full(few: Catalog) -> Questionnaire:
    return few.questionnaires["engagement"]


@pytest.fixture
def quick(few: Catalog) -> Questionnaire:
    return few.questionnaires["quick"]


def answered(catalog: Catalog, *names: str, **answers: str) -> dict[str, str]:
    """The first option of each of these steps, and `answers` as they are."""
    found: dict[str, str] = {}
    for name in names:
        step = steps(catalog)[name]
        found |= step.answers(step.question.option_ids[:1])
    return found | answers


def all_answered(catalog: Catalog) -> dict[str, str]:
    return answered(catalog, *PUT, plans_at_once="one", post_delivery="warranty")


class TestTheNextStep:
    def test_starts_at_the_first(self, few: Catalog, full: Questionnaire) -> None:
        """An interview without answers starts at the first question."""
        assert state.start(few, full, {}).position == "kind_of_work"

    def test_resumes_at_the_first_open_one(self, few: Catalog, full: Questionnaire) -> None:
        """An interview with answers resumes at the first question that has none."""
        assert state.start(few, full, answered(few, "kind_of_work", "plans_at_once")).position == "reader"

    def test_follows_the_order_of_the_questionnaire(self, few: Catalog, full: Questionnaire) -> None:
        """An answer leads to the question after it."""
        after = state.answer(few, full, state.start(few, full, {}), "other")
        assert (after.position, dict(after.answers)) == ("reader", {"kind_of_work": "other"})

    @pytest.mark.parametrize("chosen", [("weekly",), (), ("other", "advisory")])
    def test_refuses_what_is_no_answer(self, few: Catalog, full: Questionnaire, chosen: tuple[str, ...]) -> None:
        """Exactly one option of the question on the table is an answer to it."""
        with pytest.raises(ValueError, match="kind_of_work"):
            state.answer(few, full, state.start(few, full, {}), *chosen)

    def test_leaves_out_what_cannot_matter(self, few: Catalog, full: Questionnaire) -> None:
        """Without a plan nobody is asked for its end date."""
        interview = state.start(few, full, answered(few, *PUT[:2]))
        assert state.answer(few, full, interview, "none").position == "post_delivery"
        assert state.answer(few, full, interview, "one").position == "end_date"

    def test_asks_what_matters_as_usual(self, few: Catalog, full: Questionnaire) -> None:
        """When nobody knows how many plans there are, one is usual, so its end date is asked."""
        interview = state.start(few, full, answered(few, *PUT[:2]))
        assert state.skip(few, full, interview).position == "end_date"

    def test_ends_when_nothing_is_open(self, few: Catalog, full: Questionnaire) -> None:
        """With everything answered there is nothing left to put, and resuming asks nothing."""
        interview = state.start(few, full, all_answered(few))
        assert interview.position is None
        assert state.step_of(few, interview) is None

    def test_returns_to_what_an_answer_opens(self, few: Catalog, full: Questionnaire) -> None:
        """A changed answer that brings questions back leads to them before the end."""
        known = all_answered(few) | {"post_delivery": "none"}
        del known["service_levels"]
        done = state.start(few, full, known)
        assert done.position is None
        changed = state.answer(few, full, state.go_to(few, done, "post_delivery"), "warranty")
        assert changed.position == "service_levels"

    def test_the_short_way_has_at_most_ten(self, catalog: Catalog) -> None:
        """The quick questionnaire that ships puts at most ten questions."""
        assert 5 <= len(steps_of(catalog, catalog.questionnaires["quick"].questions)) <= 10


class TestSeveralAnswers:
    def test_is_put_once(self, few: Catalog, full: Questionnaire) -> None:
        """A question with several answers is one step, however many parts the rules read."""
        assert [step.id for step in steps_of(few, full.questions)] == list(PUT)

    @pytest.mark.parametrize("chosen", [(), ("suppliers",), ("suppliers", "client_project_manager")])
    def test_answers_every_part(self, few: Catalog, full: Questionnaire, chosen: tuple[str, ...]) -> None:
        """What is chosen is there, and what is not chosen is not there."""
        at = state.go_to(few, state.start(few, full, {}), "parties")
        after = state.answer(few, full, at, *chosen)
        assert after.position == "risk"
        assert {part for part in PARTS if after.answers[part] == "yes"} == {f"has_{one}" for one in chosen}
        assert all(part in after.answers for part in PARTS)

    def test_refuses_what_is_no_option(self, few: Catalog, full: Questionnaire) -> None:
        """Each of them has to be an option."""
        with pytest.raises(ValueError, match="parties"):
            state.answer(few, full, state.go_to(few, state.start(few, full, {}), "parties"), "suppliers", "weekly")

    def test_is_open_until_every_part_is_known(self, few: Catalog, full: Questionnaire) -> None:
        """Where a file answers one part, the question is put, with what is known of it."""
        known = all_answered(few)
        del known["has_suppliers"]
        interview = state.start(few, full, known)
        assert interview.position == "parties"
        step = state.step_of(few, interview)
        assert step is not None
        assert step.chosen(known) == ("client_project_manager",)

    def test_skipping_takes_all_parts_back(self, few: Catalog, full: Questionnaire) -> None:
        """Skipped, nothing is known of any part; a later answer makes it good."""
        at = state.go_to(few, state.start(few, full, all_answered(few)), "parties")
        skipped = state.skip(few, full, at)
        assert not set(PARTS) & set(skipped.answers)
        assert skipped.skipped == {"parties"}
        again = state.answer(few, full, state.go_to(few, skipped, "parties"))
        assert (again.skipped, again.answers["has_suppliers"]) == (frozenset(), "no")

    def test_back_and_review_treat_it_as_one(self, few: Catalog, full: Questionnaire) -> None:
        """Back leads to it from the question after it, and the review shows one line."""
        known = answered(few, *PUT[:7])
        interview = state.answer(few, full, state.start(few, full, known), "product_owner", "suppliers")
        assert state.back(few, full, interview).position == "parties"
        (line,) = [line for line in state.review(few, full, interview) if line.step.id == "parties"]
        assert line.answer == "A product owner; Suppliers"
        none = state.answer(few, full, state.back(few, full, interview))
        (line,) = [line for line in state.review(few, full, none) if line.step.id == "parties"]
        assert line.answer == "None of these"

    def test_a_note_goes_with_all_of_it(self, few: Catalog, full: Questionnaire) -> None:
        """A note is kept with every part, since each is read by itself; an empty one takes it away."""
        at = state.note(few, state.go_to(few, state.start(few, full, {}), "parties"), "says Maria")
        assert at.notes == dict.fromkeys(PARTS, "says Maria")
        assert state.note(few, at, "").notes == {}


class TestSkipping:
    def test_leaves_the_question_open(self, few: Catalog, full: Questionnaire) -> None:
        """A skipped question has no answer and is not asked again in the same session."""
        interview = state.skip(few, full, state.start(few, full, {}))
        assert interview == Interview("reader", {}, frozenset({"kind_of_work"}))
        while interview.position is not None:
            interview = state.skip(few, full, interview)
            assert interview.position != "kind_of_work"

    def test_asks_again_when_resuming(self, few: Catalog, full: Questionnaire) -> None:
        """A new session asks skipped questions again."""
        skipped = state.skip(few, full, state.start(few, full, {}))
        assert state.start(few, full, skipped.answers).position == "kind_of_work"

    def test_takes_an_answer_back(self, few: Catalog, full: Questionnaire) -> None:
        """Skipping a question that was answered means that we don't know after all."""
        interview = state.go_to(few, state.start(few, full, all_answered(few)), "risk")
        after = state.skip(few, full, interview)
        assert "risk" not in after.answers
        assert after.position is None

    def test_can_be_made_good(self, few: Catalog, full: Questionnaire) -> None:
        """An answer to a skipped question ends its being skipped."""
        interview = state.back(few, full, state.skip(few, full, state.start(few, full, {})))
        assert state.answer(few, full, interview, "other").skipped == frozenset()

    def test_after_the_end_does_nothing(self, few: Catalog, full: Questionnaire) -> None:
        """With nothing on the table there is nothing to skip."""
        done = state.start(few, full, all_answered(few))
        assert state.skip(few, full, done) == done


class TestGoingBack:
    def test_returns_to_the_question_before(self, few: Catalog, full: Questionnaire) -> None:
        """Back puts the question before on the table, with its answer untouched."""
        interview = state.answer(few, full, state.start(few, full, {}), "other")
        assert state.back(few, full, interview) == Interview("kind_of_work", {"kind_of_work": "other"})

    def test_passes_over_what_is_not_asked(self, few: Catalog, full: Questionnaire) -> None:
        """Back passes over questions that are not asked."""
        interview = state.start(few, full, answered(few, *PUT[:2], plans_at_once="none"))
        assert interview.position == "post_delivery"
        assert state.back(few, full, interview).position == "plans_at_once"

    def test_stops_at_the_first(self, few: Catalog, full: Questionnaire) -> None:
        """Before the first question there is nothing to go back to."""
        first = state.start(few, full, {})
        assert state.back(few, full, first) == first

    def test_from_the_end_returns_to_the_last(self, few: Catalog, full: Questionnaire) -> None:
        """From the end, back leads to the last question."""
        done = state.start(few, full, all_answered(few))
        assert state.back(few, full, done).position == PUT[-1]

    def test_keep_goes_on_where_we_were(self, few: Catalog, full: Questionnaire) -> None:
        """Keeping an answer after going back leads to the next open question."""
        there = state.start(few, full, answered(few, *PUT[:2]))
        back = state.back(few, full, state.back(few, full, there))
        assert state.keep(few, full, back) == there


class TestProgress:
    def test_counts_from_nothing(self, few: Catalog, full: Questionnaire) -> None:
        """At the start nothing is done, and some questions may yet fall away."""
        assert state.progress(few, full, state.start(few, full, {})) == Progress(0, len(PUT), True)

    def test_counts_skipped_as_done(self, few: Catalog, full: Questionnaire) -> None:
        """Answered and skipped questions are both behind us."""
        interview = state.answer(few, full, state.start(few, full, {}), "other")
        assert state.progress(few, full, state.skip(few, full, interview)) == Progress(2, len(PUT), True)

    def test_drops_what_will_not_be_asked(self, few: Catalog, full: Questionnaire) -> None:
        """Without a plan two questions fall away from the total."""
        interview = state.start(few, full, {"plans_at_once": "none"})
        assert state.progress(few, full, interview) == Progress(1, len(PUT) - 2, True)

    def test_does_not_count_set_aside_answers(self, few: Catalog, full: Questionnaire) -> None:
        """An answer to a question that is no longer asked counts neither as done nor as due."""
        interview = state.start(few, full, {"plans_at_once": "none", "end_date": "fixed"})
        assert state.progress(few, full, interview) == Progress(1, len(PUT) - 2, True)

    def test_is_certain_once_nothing_hangs_on_open_questions(self, few: Catalog, full: Questionnaire) -> None:
        """When every question that others hang on is answered, the total is no longer an upper bound."""
        known = {"plans_at_once": "one", "post_delivery": "warranty"}
        assert state.progress(few, full, state.start(few, full, known)) == Progress(2, len(PUT), False)

    def test_of_quick_counts_its_own_questions(self, few: Catalog, quick: Questionnaire) -> None:
        """Answers to questions outside of the questionnaire do not count."""
        interview = state.start(few, quick, {"reader": "supplier"})
        assert state.progress(few, quick, interview) == Progress(0, 2, False)


class TestReview:
    def test_shows_answers_gaps_and_set_aside(self, few: Catalog, full: Questionnaire) -> None:
        """The review shows each question with its answer or gap, and last the answers that are set aside."""
        known = answered(few, *PUT[:2], plans_at_once="none", end_date="fixed")
        interview = state.skip(few, full, state.start(few, full, known))
        lines = state.review(few, full, interview)
        shown = {line.step.id: (line.answer, line.skipped, line.set_aside) for line in lines}
        label = few.questions["plans_at_once"].label("none")
        assert shown["plans_at_once"] == (label, False, False)
        assert shown["post_delivery"] == (None, True, False)
        assert shown["risk"] == (None, False, False)
        assert shown["end_date"] == (few.questions["end_date"].label("fixed"), False, True)
        assert lines[-1].step.id == "end_date"
        assert "gates" not in shown

    def test_of_quick_shows_other_answers_too(self, few: Catalog, quick: Questionnaire) -> None:
        """The review of the quick questionnaire also shows what was answered beyond it, so that it can be changed."""
        interview = state.start(few, quick, {"reader": "supplier"})
        assert [line.step.id for line in state.review(few, quick, interview)][-1] == "reader"
        changed = state.answer(few, quick, state.go_to(few, interview, "reader"), "buyer")
        assert changed.answers["reader"] == "buyer"
        assert changed.position == quick.questions[0].id

    def test_change_leads_back_to_where_we_were(self, few: Catalog, full: Questionnaire) -> None:
        """A change from the review goes on at the question that was open."""
        interview = state.start(few, full, answered(few, *PUT[:2]))
        changed = state.answer(few, full, state.go_to(few, interview, "kind_of_work"), "other")
        assert changed.position == interview.position == "plans_at_once"


def chosen(data: st.DataObject, step: Step) -> tuple[str, ...]:
    """An answer to the step: one option, or any number of them."""
    options = step.question.option_ids
    if step.several:
        return tuple(sorted(data.draw(st.sets(st.sampled_from(options)))))
    return (data.draw(st.sampled_from(options)),)


class TestAnyWalk:
    @settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def test_keeps_its_promises(self, catalog: Catalog, data: st.DataObject) -> None:
        """However one walks, only asked questions are put, progress never overstates, and the end is all done."""
        questionnaire = catalog.questionnaires[data.draw(st.sampled_from(["engagement", "quick"]))]
        most = len(steps_of(catalog, questionnaire.questions))
        first = data.draw(st.sampled_from([(), ("parties", "risk")]))
        interview = state.start(catalog, questionnaire, {}, first=first)
        for _ in range(data.draw(st.integers(0, 60))):
            step = state.step_of(catalog, interview)
            if step is None:
                go_on = state.go_deeper if interview.first else state.back
                interview = go_on(catalog, questionnaire, interview)
                continue
            assert is_asked(step.question, read_answers(catalog, interview.answers).values)
            move = data.draw(st.sampled_from(["answer"] * 4 + ["skip", "back", "keep", "go"]))
            if move == "answer":
                options = chosen(data, step)
                interview = state.answer(catalog, questionnaire, interview, *options)
                assert set(step.chosen(interview.answers)) == set(options)
                assert not step.is_open(interview.answers)
            elif move == "skip":
                interview = state.skip(catalog, questionnaire, interview)
                assert not set(step.names) & set(interview.answers)
            elif move == "back":
                interview = state.back(catalog, questionnaire, interview)
            elif move == "keep":
                interview = state.keep(catalog, questionnaire, interview)
            else:
                lines = [line for line in state.review(catalog, questionnaire, interview) if not line.set_aside]
                interview = state.go_to(catalog, interview, data.draw(st.sampled_from(lines)).step.id)
            done = state.progress(catalog, questionnaire, interview)
            assert 0 <= done.done <= done.total <= most
            if interview.position is None:
                assert done.done == done.total
                assert not done.up_to

    @settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def test_straight_on_asks_nothing_twice(self, catalog: Catalog, data: st.DataObject) -> None:
        """Answering or skipping straight on puts nothing twice, and ends with nothing left."""
        questionnaire = catalog.questionnaires["engagement"]
        interview = state.start(catalog, questionnaire, {})
        seen: list[str] = []
        while (step := state.step_of(catalog, interview)) is not None:
            seen.append(step.id)
            if data.draw(st.booleans()):
                interview = state.skip(catalog, questionnaire, interview)
            else:
                interview = state.answer(catalog, questionnaire, interview, *chosen(data, step))
        assert len(seen) == len(set(seen))
        assert not state.waiting(catalog, questionnaire, interview)


class TestReplies:
    @pytest.mark.parametrize(
        ("typed", "meaning"),
        [
            ("1", Chosen(("at_milestones",))),
            (" 4 ", Chosen(("daily",))),
            ("weekly", Chosen(("weekly",))),
            ("WEEKLY", Chosen(("weekly",))),
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
        assert replies.read_reply(steps(catalog)["client_contact"], typed) == meaning

    @pytest.mark.parametrize("typed", ["0", "5", "-1", "²", "٣", "1.0", "9" * 5000, "1 2", "yes", "\x1b[A", "💥"])
    def test_not_understood(self, catalog: Catalog, typed: str) -> None:
        """Anything else is answered by what can be typed, on one line that no control character disturbs."""
        reply = replies.read_reply(steps(catalog)["client_contact"], typed)
        assert isinstance(reply, Unclear)
        assert "Type 1 to 4" in reply.message
        assert reply.message.isprintable()
        assert len(reply.message) < 150

    def test_near_misses_get_a_hint(self, catalog: Catalog) -> None:
        """A misspelt option gets the nearest right one."""
        reply = replies.read_reply(steps(catalog)["client_contact"], "weakly")
        assert isinstance(reply, Unclear)
        assert "did you mean weekly?" in reply.message

    def test_y_and_n(self, catalog: Catalog) -> None:
        """Where the options are yes and no, y and n will do."""
        assert replies.read_reply(steps(catalog)["regulated"], "y") == Chosen(("yes",))
        assert replies.read_reply(steps(catalog)["regulated"], "n") == Chosen(("no",))

    def test_no_option_is_hidden_by_a_command(self, catalog: Catalog) -> None:
        """Every option of every question can be given by its number and by its id."""
        for step in steps(catalog).values():
            for number, option in enumerate(step.question.option_ids, start=1):
                by_id, by_number = (replies.read_reply(step, typed) for typed in (option, str(number)))
                assert by_id == by_number == Chosen((option,))

    @pytest.mark.parametrize(
        ("typed", "meaning"),
        [
            ("1,2", ("client_project_manager", "product_owner")),
            ("5 1", ("client_project_manager", "suppliers")),
            ("Suppliers, 2", ("product_owner", "suppliers")),
            ("2, 2,", ("product_owner",)),
            ("none", ()),
            ("NONE", ()),
        ],
    )
    def test_several(self, catalog: Catalog, typed: str, meaning: tuple[str, ...]) -> None:
        """Where several may be right, numbers and ids stand side by side, with commas or spaces; none is none."""
        assert replies.read_reply(steps(catalog)["parties"], typed) == Chosen(meaning)

    @pytest.mark.parametrize("typed", ["1, 11", "none, 1", "1 - 3", "supliers", ","])
    def test_several_not_understood(self, catalog: Catalog, typed: str) -> None:
        """One word that is no option, and nothing of it is taken."""
        reply = replies.read_reply(steps(catalog)["parties"], typed)
        assert isinstance(reply, Unclear)
        assert "Type numbers from 1 to 10" in reply.message

    @pytest.mark.parametrize("typed", ["s", "back", "why", "q", "note see SOW"])
    def test_several_takes_commands(self, catalog: Catalog, typed: str) -> None:
        """Commands are the same everywhere."""
        one, many = (replies.read_reply(steps(catalog)[name], typed) for name in ("risk", "parties"))
        assert one == many
        assert not isinstance(many, Unclear)

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
            {"single_contact": "no", "plans_at_once": "none"},
            {"project_manager": "L. Marin"},
            {"start": "2027-01-11"},
            "quick",
        )
        assert dump_engagement(engagement) == (
            "engagement:\n  id: acme-portal\n  name: 'Customer portal: rebuild'\n  client: Acme\n\n"
            "questionnaire: quick\n\n"
            "answers:\n  single_contact: no\n  plans_at_once: none\n\n"
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
        name=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn", "Zl", "Zp"]), max_size=60).filter(
            lambda name: is_plain(" ".join(name.split()))
        ),
        taken=st.sets(st.integers(0, 60)),
        lists=st.booleans(),
    )
    def test_reads_back_the_same(self, catalog: Catalog, name: str, taken: set[int], lists: bool) -> None:
        """Whatever the name is made of, reading the file back gives the same engagement."""
        text = " ".join(name.split()) or "x"
        given = {one.id: one.option_ids[-1] for number, one in enumerate(catalog.questions.values()) if number in taken}
        engagement = Engagement("x", text, text, given, {"suppliers": text}, {"end": "2028-06-30"}, context=text)
        written = dump_engagement(engagement, catalog.several) if lists else dump_engagement(engagement)
        assert list(read_engagements(written.encode(), "x.yaml", catalog)) == [engagement]

    def test_several_answers_are_a_list(self, catalog: Catalog) -> None:
        """Once every part is known they are written as one list, else part by part."""
        parts = catalog.several["parties"].parts.values()
        known = {part: "yes" if part == "has_suppliers" else "no" for part in parts}
        whole = Engagement("x", "X", "", known, {}, {})
        assert "answers:\n  parties: [suppliers]\n" in dump_engagement(whole, catalog.several)
        part = replace(whole, answers={"has_suppliers": "yes"})
        assert "answers:\n  has_suppliers: yes\n" in dump_engagement(part, catalog.several)
