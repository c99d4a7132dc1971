"""Explanations say what happened: points add up, conditions hold or fail as told, every letter has its rule."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from advisor import reference
from advisor.advise import advise, conclude
from advisor.advise.session import Session, reference_session
from advisor.catalog.engagements import read_engagement
from advisor.catalog.own import catalog_at
from advisor.documents.explain.explain_compare import comparison_as_text
from advisor.documents.explain.explain_json import comparison_as_json, explanation_as_json
from advisor.documents.explain.explain_text import explanation_as_text
from advisor.errors import InputError
from advisor.explain import Explanation, before_and_after, explain, what_is_meant
from advisor.explain.looking import Facts, facts_of
from advisor.explain.values import FAILS, HOLDS, RuleLook
from advisor.explain.whys import CellWhy, FindingWhy, ModelWhy, QuestionWhy, RoleWhy, RowWhy, RuleWhy, SeveralWhy, Story
from advisor.model.engagement import Engagement
from advisor.model.rulebook import Catalog
from advisor.model.rules import MODEL, ORIENTATION
from tests.conftest import EXAMPLES, Run
from tests.strategies import engagement, random_answers

Stories = tuple[tuple[Explanation, Story], ...]
ACME = EXAMPLES / "acme-portal.yaml"


@pytest.fixture(scope="module")
def session(catalog: Catalog) -> Session:
    return reference_session(catalog)


@pytest.fixture(scope="module")
def small() -> Catalog:
    return catalog_at(Path(__file__).parent / "small")


@pytest.fixture(scope="module")
def stories(catalog: Catalog, session: Session) -> Stories:
    """The whole story of some examples and of random engagements, with and without gaps."""
    found = [explain(catalog, one, depth=1, session=session) for one in engagements(catalog)]
    return tuple((one, one.body) for one in found if isinstance(one.body, Story))


def told(catalog: Catalog, one: Engagement, key: str = "", depth: int = 1, width: int = 80) -> str:
    """The explanation on one line, as a reader takes it in."""
    explained = explain(catalog, one, key, depth, reference_session(catalog))
    return " ".join(explanation_as_text(explained, catalog, width, full=True).replace("─", "").split())


def story_of(catalog: Catalog, one: Engagement, session: Session) -> Story:
    body = explain(catalog, one, depth=1, session=session).body
    assert isinstance(body, Story)
    return body


def engagements(catalog: Catalog) -> Iterator[Engagement]:
    for path in sorted(EXAMPLES.glob("*.yaml"))[1::5]:
        yield read_engagement(path, catalog)
    for seed in range(3):
        yield engagement(random_answers(catalog, seed, missing=(0.0, 0.4, 0.9)[seed % 3]))


class TestTheWayFromAnswersToModel:
    """Topics give points by kind of work, points reach levels below caps, levels lead to the model step by step."""

    def test_points_add_up_to_levels(self, catalog: Catalog, stories: Stories) -> None:
        """The points of each kind of work, one by one, reach the level of the advice, capped where a cap holds."""
        for explained, story in stories:
            for origin, level in zip(story.levels, explained.advice.levels, strict=True):
                assert [t.total for t in origin.tally] == [
                    sum(t.points for t in origin.tally[: at + 1]) for at in range(len(origin.tally))
                ]
                assert origin.points == sum(t.points for t in origin.tally)
                assert (origin.finding, origin.value, origin.counted) == (level.measure, level.level, level.points)
                order = catalog.measures[origin.finding].finding.values
                reached = [band.value for band in origin.bands if origin.points >= band.at_least] or [order[0]]
                held = [cap.level for cap in origin.caps if cap.holds]
                assert origin.value == min([reached[-1], *held], key=order.index)

    def test_the_lead_is_client_work_less_plan_work(self, catalog: Catalog, session: Session) -> None:
        """The orientation counts what counts towards the levels."""
        for one in engagements(catalog):
            explained = explain(catalog, one, ORIENTATION, 1, session)
            assert isinstance(explained.body, FindingWhy)
            origin, orientation = explained.body.origin, explained.advice.orientation
            assert origin.sums == {level.measure: level.points for level in explained.advice.levels}
            assert origin.points == orientation.delivery_manager - orientation.project_manager
            assert origin.value == orientation.band

    def test_findings_are_those_of_the_advice(self, stories: Stories) -> None:
        """Each finding's value and points are told as the advice has them, and its points add up."""
        for explained, story in stories:
            origins = {origin.finding: origin for topic in story.topics for origin in topic.findings}
            for finding in explained.advice.findings:
                origin = origins[finding.id]
                assert (origin.value, origin.points) == (finding.value, finding.points)
                if origin.points is not None:
                    assert sum(t.points for t in origin.tally) == origin.points

    def test_the_decision_is_that_of_the_advice(self, stories: Stories) -> None:
        """One rule of each step speaks: the reasons of the advice."""
        for explained, story in stories:
            looks = [look for step in story.decision for look in step.rules]
            assert [look.rule for look in looks] == [reason.rule for reason in explained.advice.recommendation.reasons]
            assert all(look.speaks for look in looks)
            assert story.decision[-1].value == explained.advice.recommendation.model

    def test_a_cap_is_told_with_what_makes_it_hold(self, small: Catalog) -> None:
        """Two points of support do not count where it ends with delivery; each cap says whether it holds."""
        text = told(small, engagement({"contact": "daily", "after": "nothing"}), "client_after")
        assert "3 points." in text
        assert "At most “none” while all of this holds: holds Does it go on after delivery? “it ends”" in text
        assert "0 points of them count. That is no time." in text
        text = told(small, engagement({"contact": "daily", "after": "support"}), "client_after")
        assert "5 points." in text
        assert "No cap holds. That is 4 to 5 days a week. Caps that do not hold At most “none”" in text

    def test_a_need_is_told_with_its_rules(self, small: Catalog) -> None:
        """What a side needs is explained like a finding: the rule that spoke, the others, single answers."""
        text = told(small, engagement({"contact": "daily", "plans": "one"}), "client_need")
        assert "What does the client need? “somebody” (client_need) By client_first, from:" in text
        assert "to “little”: - How often do you talk? “Rarely” instead of “Every day”." in text

    def test_points_that_somebody_takes_away(self, small: Catalog) -> None:
        """An old friend lowers client work, with a proper minus sign."""
        text = told(small, engagement({"contact": "daily", "has_friend": "yes"}), "client_until")
        assert "−2 = 3 old_friend: has friend “Yes” [practice]" in text


class TestHowSure:
    """The share, those of all models, what decides, and what was assumed."""

    def test_shares_are_those_of_the_advice(self, stories: Stories) -> None:
        """They add up to one; where nothing is open that matters, the model has it all."""
        for explained, story in stories:
            sure, recommendation = story.sure, explained.advice.recommendation
            assert (sure.status, sure.share, sure.shares) == (
                recommendation.status,
                recommendation.share,
                recommendation.shares,
            )
            assert sum(sure.shares.values()) == 1
            assert bool(sure.decides) == (sure.status != "settled")

    def test_what_decides_is_exact(self, small: Catalog) -> None:
        """The share by option is what the advice says once that option is answered."""
        session = reference_session(small)
        one = engagement({"plans": "one", "gates": "yes"})
        decides = story_of(small, one, session).sure.decides
        assert decides
        assert [d.moves for d in decides] == sorted((d.moves for d in decides), reverse=True)
        model = advise(small, one, session).recommendation.model
        for deciding in decides:
            for option, share in deciding.shares.items():
                then = advise(small, engagement({**one.answers, deciding.question: option}), session)
                assert then.recommendation.shares.get(model, Fraction(0)) == share

    def test_assumptions_that_matter_come_with_reason_and_leads(self, small: Catalog) -> None:
        """What was taken, why that is usual, where other answers lead; the rest is counted."""
        one = engagement({"plans": "one", "gates": "yes"})
        text = told(small, one)
        assert "- Is it a job or a service? (kind) We took “A job”, because most work ends. If “A service”:" in text
        assert "because most work ends. If “A service”: “Carer and planner”; client work until delivery becomes" in text
        body = story_of(small, one, reference_session(small))
        open_ = [*(assumed.question for assumed in body.assumptions), *body.quiet]
        assert sorted(open_) == sorted(advise(small, one).unanswered)
        for assumed in body.assumptions:
            for option, lead in assumed.leads_to.items():
                after = conclude(small, {**one.answers, assumed.question: option}, reference_session(small))
                assert lead.model == after.verdict.model

    def test_a_quiet_assumption_leads_nowhere_else(self, catalog: Catalog, session: Session, stories: Stories) -> None:
        """An assumption that is only counted leads, on its own, to no other model and no other lack."""
        for explained, story in stories:
            answers = explained.advice.engagement.answers
            verdict = conclude(catalog, answers, session).verdict
            for name in story.quiet:
                for option in catalog.questions[name].option_ids:
                    then = conclude(catalog, {**answers, name: option}, session).verdict
                    assert (then.model, then.not_available, then.not_paid_for) == (
                        verdict.model,
                        verdict.not_available,
                        verdict.not_paid_for,
                    )

    def test_a_question_that_nobody_answered(self, small: Catalog) -> None:
        """Asked about by id, an assumption tells what was assumed, why, and what each other answer leads to."""
        text = told(small, engagement({"contact": "daily"}), "free")
        assert "Nobody answered, so “Both managers” was assumed, because people can be found." in text
        assert "- “A project manager only”: the same model; nobody is available as carer" in text
        text = told(small, engagement({"contact": "daily", "free": "one"}), "free")
        assert "Here: “A project manager only”." in text
        assert "- “Both managers”: the same model; there is somebody for every role" in text

    def test_a_question_with_several_answers(self, small: Catalog) -> None:
        """Each of its options is told as a question of its own, assumed or not."""
        explained = explain(small, engagement({"has_friend": "yes"}), "there", 1, reference_session(small))
        assert isinstance(explained.body, SeveralWhy)
        assert [(part.question, part.value, part.assumed) for part in explained.body.parts] == [
            ("has_planner", "no", True),
            ("has_friend", "yes", False),
        ]

    def test_settled_says_so(self, small: Catalog) -> None:
        """Where no open question can change the model, nothing is said to decide."""
        everything = {name: question.option_ids[0] for name, question in small.questions.items()}
        text = told(small, engagement(everything))
        assert text.startswith("Random Settled: “")
        assert "No question that is still open can change the model." in text
        assert "What was assumed" not in text


class TestWhatIsAssumedIsMarked:
    """No sentence states as a fact what rests on an assumption."""

    def test_every_rule_that_would_not_speak_on_another_answer(
        self, catalog: Catalog, session: Session, stories: Stories
    ) -> None:
        """A rule rests on exactly the open questions of which some other answer silences it."""
        for explained, story in stories:
            facts = facts_of(catalog, explained.advice, session)
            rules = {rule.id: rule for rule in catalog.rules()}
            others = [
                (name, conclude(catalog, {**explained.advice.engagement.answers, name: option}, session).values)
                for name in explained.advice.unanswered
                for option in catalog.questions[name].option_ids
            ]
            looks = [look for topic in story.topics for look in topic.rules]
            looks += [look for step in story.decision for look in step.rules]
            for look in looks:
                silencing = {name for name, values in others if not reference.holds(rules[look.rule], values)}
                assert set(look.assuming) == silencing
            for origin in story.levels:
                turned = {name for name, values in others if values[origin.finding] != facts.value(origin.finding)}
                assert set(origin.assuming) == turned

    def test_in_words(self, small: Catalog) -> None:
        """The mark stands behind the sentence, the answer or the finding that is assumed; nothing given has one."""
        text = told(small, engagement({"plans": "one"}))
        assert "Hours are enough. (assumed) [SB1] (client_little)" in text
        assert "One plan takes some time. [SB2] (one_plan)" in text
        assert "How often do you talk? Rarely (assumed)" in text
        assert "Does it go on after delivery? “it ends” (assumed) (goes_on)" in text
        everything = {name: question.option_ids[0] for name, question in small.questions.items()}
        for key in ("", "client_until", "meet", "plan_lead", "delivery_manager"):
            assert "(assumed)" not in told(small, engagement(everything), key)


def _honest(facts: Facts, look: RuleLook) -> None:
    """What is said to hold holds, and what is said to fail fails."""
    rule = next(one for one in facts.catalog.rules() if one.id == look.rule)
    assert {check.variable: frozenset(check.allowed) for check in look.checks} == {
        one.variable: one.allowed for one in rule.when
    }
    for check in look.checks:
        assert check.value == facts.state.values[check.variable]
        assert check.held == (HOLDS if check.value in check.allowed else FAILS)
    assert look.speaks == reference.holds(rule, facts.state.values)


class TestWhyNot:
    """Models, rows, cells, roles and guardrails that are, and that are not."""

    def test_conditions_are_told_as_they_are(self, catalog: Catalog, session: Session) -> None:
        """Whatever is asked about, and a model that is not chosen has no rule that speaks on both steps."""
        for one in engagements(catalog):
            advice = advise(catalog, one, session)
            facts = facts_of(catalog, advice, session)
            for model in catalog.models:
                body = explain(catalog, one, model, 1, session).body
                assert isinstance(body, ModelWhy)
                assert body.chosen == (advice.recommendation.model == model)
                assert body.share == advice.recommendation.shares.get(model, 0)
                for way in body.ways:
                    for look in (way.staffing, *way.asking):
                        _honest(facts, look)
                assert body.chosen == any(way.failing == 0 for way in body.ways)
                assert [way.failing for way in body.ways] == sorted(way.failing for way in body.ways)
            for row in catalog.rows[::9]:
                whole = explain(catalog, one, f"row:{row.id}", 1, session).body
                assert isinstance(whole, RowWhy)
                for look in (*whole.spoke, *whole.silent, *whole.out_by):
                    _honest(facts, look)
                assert all(look.speaks for look in (*whole.spoke, *whole.out_by))
                assert not any(look.speaks for look in whole.silent)

    def test_guardrails_speak_exactly_when_the_advice_has_them(self, catalog: Catalog, session: Session) -> None:
        """A guardrail is told as given when the advice gives it, and names what failed otherwise."""
        for one in engagements(catalog):
            given = {item.id for item in advise(catalog, one, session).guardrails}
            for rule in [rule for table in catalog.guardrails for rule in table.rules][::3]:
                body = explain(catalog, one, f"guardrail:{rule.id}", 1, session).body
                assert isinstance(body, RuleWhy)
                assert body.guardrail
                assert body.look.speaks == (rule.id in given) == (not body.look.failed)

    def test_cells_rows_and_roles_are_those_of_the_matrix(self, catalog: Catalog, session: Session) -> None:
        """Each cell has the letters of the matrix and the rule that gave them; each row left out has its reason."""
        for at, path in enumerate(sorted(EXAMPLES.glob("*.yaml"))[::10]):
            one = read_engagement(path, catalog)
            advice = advise(catalog, one, session)
            rows = {row.id: row for row in advice.matrix.activities}
            reasons = {out.id: out for out in advice.matrix.left_out}
            for role in catalog.roles:
                body = explain(catalog, one, f"role:{role}", 1, session).body
                assert isinstance(body, RoleWhy)
                assert bool(body.absent) == (role not in advice.matrix.roles)
                letters = {row.id: row.letters(role) for row in rows.values()}
                assert body.letters == {row: given for row, given in letters.items() if given}
            for row in catalog.rows[at::18]:
                for role in catalog.roles:
                    cell = explain(catalog, one, f"{row.id}:{role}", 1, session).body
                    assert isinstance(cell, CellWhy)
                    assert cell.letters == (rows[row.id].letters(role) if row.id in rows else "")
                    assert not cell.letters or (cell.given_by is not None and cell.given_by.speaks)
                    assert not any(look.speaks for look in cell.others)
                    if row.id in reasons:
                        assert cell.row.left_out == reasons[row.id].reason
                        assert [look.rule for look in cell.row.out_by] == [reasons[row.id].rule]

    def test_a_letter_that_is_not_given(self, small: Catalog) -> None:
        """Rules that would give the letter are shown with what failed; `A` counts within `A/R`."""
        one = engagement({"contact": "daily", "plans": "several", "gates": "yes"})
        body = explain(small, one, "gate:delivery_manager=A", 1, reference_session(small)).body
        assert isinstance(body, CellWhy)
        assert body.letters == "C"
        assert [[check.variable for check in look.failed] for look in body.others] == [[MODEL]]
        assert "Would give the carer A/R." in told(small, one, "gate:delivery_manager=A")

    def test_a_role_without_a_column(self, small: Catalog) -> None:
        """It says whether the model does not staff it, or what puts it out of scope."""
        one = engagement({"contact": "rarely", "after": "nothing"})
        assert "The carer has no column, as “Planner alone” does not staff one." in told(small, one, "delivery_manager")
        assert "The helpers has no column: - Does it go on after delivery? “it ends”" in told(small, one, "helpers")

    def test_what_is_here_stands_before_what_a_rule_needs(self, small: Catalog) -> None:
        """A condition is told as what the engagement has, then what the rule needs, or would have taken as well."""
        text = told(small, engagement({"contact": "daily", "plans": "one", "gates": "no"}), "pair")
        assert "Why not “Carer and planner”" in text
        assert "holds What does the client need? “somebody”" in text
        assert "fails What does the plan need? “little”; needs “somebody”" in text
        assert "What would lead to it" in text


class TestNames:
    """Things are named by id or as printed."""

    @pytest.mark.parametrize(
        ("key", "kind", "id"),
        [
            ("", "story", ""),
            ("pair", "model", "pair"),
            ("Carer and planner", "model", "pair"),
            ("care", "finding", "care"),
            ("How much care does the client need?", "finding", "care"),
            ("client_until", "finding", "client_until"),
            ("how much client work is there until delivery", "finding", "client_until"),
            ("plan_need", "finding", "plan_need"),
            ("orientation", "finding", "orientation"),
            ("work_asks_for", "finding", "work_asks_for"),
            ("model", "finding", "model"),
            ("meet", "row", "meet"),
            ("MEET THE CLIENT", "row", "meet"),
            ("Meet the client:Helpers", "cell", "meet:helpers"),
            ("meet the client: carer=A", "cell", "meet:delivery_manager=A"),
            ("Planner", "role", "project_manager"),
            ("contact", "question", "contact"),
            ("Who else is there?", "question", "there"),
            ("Talk Weekly", "rule", "talk_weekly"),
            ("guardrail:after", "guardrail", "after"),
            ("question:What do you owe after delivery", "question", "after"),
        ],
    )
    def test_by_id_or_as_printed(self, small: Catalog, key: str, kind: str, id: str) -> None:
        """Case, quotation marks and the mark at the end do not matter."""
        meant = what_is_meant(small, key)
        assert (meant.kind, meant.id) == (kind, id)
        assert what_is_meant(small, meant.key)[:2] == (kind, id)

    @pytest.mark.parametrize(
        ("key", "near"),
        [
            ("pari", "pair"),
            ("Meet the clinet", "'Meet the client'"),
            ("mete:delivery_manager", "meet"),
            ("modle:pair", "model"),
            ("meet:delivery_manger", "delivery_manager"),
            ("guardrail:aftr", "after"),
        ],
    )
    def test_an_unknown_name_suggests_the_nearest(self, small: Catalog, key: str, near: str) -> None:
        """A slip of the pen is answered with what was probably meant."""
        with pytest.raises(InputError, match=f"did you mean {near}"):
            what_is_meant(small, key)

    def test_a_name_of_several_things_lists_them(self, catalog: Catalog, small: Catalog) -> None:
        """An id that is one of two kinds is answered with the other named; a printed name of two is refused."""
        assert what_is_meant(small, "after").also == ("guardrail:after",)
        with pytest.raises(InputError, match="names several things: question:after, guardrail:after"):
            what_is_meant(small, "After")
        ours = what_is_meant(catalog, "delivery_manager")
        assert (ours.kind, ours.also) == ("model", ("role:delivery_manager",))
        assert what_is_meant(catalog, "Delivery manager").kind == "role"

    def test_every_printed_name_finds_its_thing(self, catalog: Catalog) -> None:
        """Rows, models, roles, findings and questions of our rulebook are found by the name that documents print."""
        things = [(one.id, one.name) for one in catalog.rows]
        things += [(id, one.name) for id, one in catalog.roles.items()]
        things += [(id, one.name) for id, one in catalog.models.items()]
        things += [(id, one.text) for id, one in catalog.questions.items()]
        things += [(id, one.text) for id, one in catalog.findings.items()]
        for id, name in things:
            assert what_is_meant(catalog, name).id == id

    def test_a_letter_that_does_not_exist(self, small: Catalog) -> None:
        """Only the letters of the matrix can be asked for."""
        with pytest.raises(InputError, match="none of R, A"):
            what_is_meant(small, "meet:client=X")


@pytest.mark.parametrize(
    "key", ["", "pair", "care", "client_after", "plan_need", "orientation", "model", "meet", "later"]
)
def test_lines_fit_and_json_loads(small: Catalog, key: str) -> None:
    """Everything that can be asked about is answered, in lines that fit and in JSON of one shape."""
    key = "help" if key == "later" else key
    for answers in ({}, {"kind": "service"}, {"contact": "daily", "plans": "several", "gates": "yes", "free": "one"}):
        explained = explain(small, engagement(answers), key, 2, reference_session(small))
        for width in (60, 80):
            assert max(map(len, explanation_as_text(explained, small, width).splitlines())) <= width
        said = json.loads(explanation_as_json(explained))
        assert (said["schema"], said["kind"], said["key"]) == ("advisor/explain-2", explained.kind, key)
        assert said[explained.kind]


class TestBeforeAndAfter:
    """`--set`: the advice with other answers beside that on the file."""

    def test_exactly_what_differs(self, catalog: Catalog, session: Session) -> None:
        """Recommendation, levels, findings, cells and guardrails on both sides, and nothing else."""
        acme = read_engagement(ACME, catalog)
        before, after, compared = before_and_after(catalog, acme, ("post_delivery=none", "risk=low"), session)
        assert before == advise(catalog, acme, session)
        given = acme.answers
        assert compared.answers == {
            "post_delivery": (given["post_delivery"], "none"),
            "risk": (given["risk"], "low"),
        }
        assert compared.before.levels["client_after"] != compared.after.levels["client_after"]
        old, new = ({row.id: row for row in one.matrix.activities} for one in (before, after))
        differing = {
            (id, role)
            for id in set(old) & set(new)
            for role in catalog.roles
            if old[id].letters(role) != new[id].letters(role)
        }
        assert {(cell.row, cell.role) for cell in compared.cells} == differing
        lost = {item.id for item in before.guardrails} - {item.id for item in after.guardrails}
        assert set(compared.guardrails_lost) == lost
        said = json.loads(comparison_as_json(before, compared))["comparison"]
        assert said["after"]["model"] == after.recommendation.model
        for width in (60, 80):
            assert max(map(len, comparison_as_text(before, after, compared, catalog, width).splitlines())) <= width

    def test_other_assumptions_are_told(self, small: Catalog) -> None:
        """Where the usual answer to an open question hangs on what was changed, that is said."""
        before, after, compared = before_and_after(small, engagement({}), ["kind=service"], reference_session(small))
        assert compared.assumed == {"contact": ("rarely", "weekly"), "after": ("nothing", "support")}
        text = " ".join(comparison_as_text(before, after, compared, small).split())
        assert "How often do you talk? “Every week” is then assumed instead of “Rarely”." in text
        assert "Is it a job or a service? “A service”; assumed so far: “A job”." in text

    def test_an_answer_can_be_taken_away(self, small: Catalog) -> None:
        """`unanswered` brings the usual answer back; what is then no longer asked is named as set aside."""
        one = engagement({"after": "support", "hours": "night"})
        before, after, compared = before_and_after(small, one, ["after=unanswered"], reference_session(small))
        assert compared.set_aside == ("hours",)
        assert "after" in after.assumed
        assert "“Nothing” is assumed; in the file: “Support”." in " ".join(
            comparison_as_text(before, after, compared, small).split()
        )

    def test_several_answers_at_once(self, small: Catalog) -> None:
        """A question with several answers takes a list, and `none` for an empty one."""
        _, _, compared = before_and_after(small, engagement({}), ["there=planner"], reference_session(small))
        assert {name: now for name, (_, now) in compared.answers.items()} == {"has_planner": "yes", "has_friend": "no"}
        _, _, compared = before_and_after(small, engagement({}), ["there=none"], reference_session(small))
        assert {now for _, now in compared.answers.values()} == {"no"}

    def test_all_mistakes_are_told_at_once(self, small: Catalog) -> None:
        """Each with what was probably meant."""
        wrong = (
            "plnas=one",
            "contact=dayly",
            "there=plannr",
            "has_friend=yes",
            "there=friend",
            "free=one",
            "free=both",
        )
        with pytest.raises(InputError) as caught:
            before_and_after(small, engagement({}), wrong)
        message = str(caught.value)
        for part in ("mean plans?", "mean daily?", "mean planner?", "has_friend is set twice", "free is set twice"):
            assert part in message


class TestTheCommand:
    """`advisor explain` on the command line."""

    def test_prints_each_kind(self, run: Run) -> None:
        """Text or JSON, whole or of one thing, by id or as printed."""
        assert "Why this model" in run("explain", ACME).out
        assert json.loads(run("explain", ACME, "hypercare", "--format", "json").out)["row"]["letters"]
        assert "Go-live decision" in run("explain", ACME, "go-live decision").out
        assert "Before" in run("explain", ACME, "--set", "stage=in_service").out

    def test_refuses_what_does_not_go_together(self, run: Run) -> None:
        """A key and changes are two questions; a name that is none is an error with the nearest."""
        assert run("explain", ACME, "hypercare", "--set", "stage=in_service").code == 2
        failed = run("explain", ACME, "Go-live decisoin")
        assert failed.code == 1
        assert "did you mean 'Go-live decision'?" in failed.err


def test_the_same_question_has_the_same_answer(small: Catalog) -> None:
    """What is told of one engagement can be kept and compared."""
    one, session = engagement({"contact": "weekly"}), reference_session(small)
    assert explain(small, one, "care", 1, session) == explain(small, one, "care", 1, session)
    assert isinstance(explain(small, one, "contact", 1, session).body, QuestionWhy)
