"""Explanations say what happened: points add up, conditions hold or fail as told, every letter has its rule."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from click.testing import CliRunner

from advisor import reference
from advisor.advise import advise
from advisor.advise.session import Session, reference_session
from advisor.catalog.engagements import read_engagement, read_one
from advisor.cli import cli
from advisor.documents.explain_compare import comparison_as_text
from advisor.documents.explain_json import comparison_as_json, explanation_as_json
from advisor.documents.explain_text import explanation_as_text
from advisor.errors import InputError
from advisor.explain import Explanation, before_and_after, explain, what_is_meant
from advisor.explain.looking import Facts, facts_of
from advisor.explain.values import (
    FAILS,
    HOLDS,
    OPEN,
    CellWhy,
    FindingWhy,
    ModelWhy,
    QuestionWhy,
    RowWhy,
    RuleLook,
    RuleWhy,
    Story,
)
from advisor.model.advice import Engagement
from advisor.model.rulebook import Catalog
from advisor.model.rules import MODEL, Table
from tests.conftest import EXAMPLES
from tests.strategies import engagement, random_answers


@pytest.fixture(scope="module")
def session(catalog: Catalog) -> Session:
    return reference_session(catalog)


@pytest.fixture(scope="module")
def acme(catalog: Catalog) -> Engagement:
    return read_engagement(EXAMPLES / "acme-portal.yaml", catalog)


def engagements(catalog: Catalog) -> Iterator[Engagement]:
    """Every other example, the open one among them, and random engagements with and without gaps."""
    for path in sorted(EXAMPLES.glob("*.yaml"))[1::2]:
        yield read_engagement(path, catalog)
    for seed in range(9):
        yield engagement(random_answers(catalog, seed, missing=(0.0, 0.2, 0.5)[seed % 3]))


def test_points_add_up_to_the_orientation(catalog: Catalog, session: Session) -> None:
    """Each side's points, one by one, add up to those of the advice; the lead falls in the band that is told."""
    for one in engagements(catalog):
        explained = explain(catalog, one, depth=1, session=session)
        assert isinstance(explained.body, Story)
        leaning, orientation = explained.body.leaning, explained.advice.orientation
        for side, points in (
            (leaning.delivery_manager, orientation.delivery_manager),
            (leaning.project_manager, orientation.project_manager),
        ):
            assert sum(tally.points for tally in side) == points
            assert [tally.total for tally in side] == [sum(t.points for t in side[: n + 1]) for n in range(len(side))]
        assert leaning.lead == orientation.delivery_manager - orientation.project_manager
        assert leaning.band == orientation.band


def test_scores_add_up_to_each_finding(catalog: Catalog, session: Session) -> None:
    """The points told for a finding are those of the advice, and its values are the advice's."""
    for one in engagements(catalog):
        explained = explain(catalog, one, depth=1, session=session)
        assert isinstance(explained.body, Story)
        origins = {origin.finding: origin for topic in explained.body.topics for origin in topic.findings}
        for finding in explained.advice.findings:
            origin = origins[finding.id]
            assert (origin.value, origin.points) == (finding.value, finding.points)
            if origin.points is not None:
                assert sum(tally.points for tally in origin.tally) == origin.points


def test_the_decision_is_that_of_the_advice(catalog: Catalog, session: Session) -> None:
    """With every question answered, one rule of each step speaks: the reasons of the advice."""
    for seed in range(20):
        explained = explain(catalog, engagement(random_answers(catalog, seed)), depth=1, session=session)
        assert isinstance(explained.body, Story)
        looks = (*explained.body.decision.asking, *explained.body.decision.staffing)
        assert [look.rule for look in looks] == [one.rule for one in explained.advice.recommendation.reasons]
        assert all(look.speaks for look in looks)


def _tables(catalog: Catalog) -> dict[str, Table]:
    return {table.id: table for table in catalog.tables()}


def _honest(facts: Facts, look: RuleLook) -> None:
    """What is said to hold holds, what is said to fail fails, what is said to be open is neither."""
    for check in look.checks:
        inside = [value in check.allowed for value in check.possible]
        assert check.held == (HOLDS if all(inside) else OPEN if any(inside) else FAILS)
        assert set(check.possible) == set(facts.values(check.variable)) or check.possible == (check.value,)
    table = _tables(facts.catalog)[look.table]
    rule = next(one for one in table.rules if one.id == look.rule)
    assert {check.variable: frozenset(check.allowed) for check in look.checks} == {
        one.variable: one.allowed for one in rule.when
    }
    if all(name in facts.state.values for name in table.names) and not look.failed:
        assert look.speaks
    step = look.table in (facts.catalog.asks_for.table.id, facts.catalog.recommend.table.id)
    if not step and all(name in facts.state.values for name in table.names):
        assert look.speaks == reference.holds(rule, facts.state.values)


def test_why_not_never_contradicts(catalog: Catalog, session: Session) -> None:
    """Whatever is asked about, every condition is told as it is, and a model not chosen has no rule that speaks."""
    for one in engagements(catalog):
        facts = facts_of(catalog, one.answers, session)
        for model in catalog.models:
            body = explain(catalog, one, model, 1, session).body
            assert isinstance(body, ModelWhy)
            assert body.possible == (model in facts.left)
            assert body.chosen == (facts.left == (model,))
            for way in body.ways:
                for look in (way.staffing, *way.asking):
                    _honest(facts, look)
                if not body.possible:
                    assert way.failing or way.staffing.fails or all(look.failed for look in way.asking)
            assert [way.failing for way in body.ways] == sorted(way.failing for way in body.ways)
        for row in catalog.rows[::5]:
            whole = explain(catalog, one, row.id, 1, session).body
            assert isinstance(whole, RowWhy)
            for look in (*whole.spoke, *whole.silent, *whole.out_by):
                _honest(facts, look)
            assert all(look.speaks for look in (*whole.spoke, *whole.out_by))
            assert not any(look.speaks for look in whole.silent)


def test_guardrails_speak_exactly_when_the_advice_has_them(catalog: Catalog, session: Session) -> None:
    """A guardrail is told as given when the advice gives it, and names what failed otherwise."""
    for one in engagements(catalog):
        advice = advise(catalog, one, session)
        given = {item.id for item in advice.guardrails}
        for rule in (rule for table in catalog.guardrails for rule in table.rules):
            explained = explain(catalog, one, f"guardrail:{rule.id}", 1, session)
            assert explained.kind == "guardrail"
            assert isinstance(explained.body, RuleWhy)
            assert explained.body.look.speaks == (rule.id in given)
            assert bool(explained.body.look.failed) == (rule.id not in given)


def test_cells_and_rows_are_those_of_the_matrix(catalog: Catalog, session: Session) -> None:
    """Each cell has the letters of the matrix and the rule that gave them; each row left out has its reason."""
    for path in sorted(EXAMPLES.glob("*.yaml"))[::5]:
        one = read_engagement(path, catalog)
        advice = advise(catalog, one, session)
        rows = {row.id: row for row in advice.matrix.activities}
        reasons = {out.id: out for out in advice.matrix.left_out}
        for row in catalog.rows:
            whole: RowWhy | None = None
            for role in catalog.roles:
                body = explain(catalog, one, f"{row.id}:{role}", 1, session).body
                assert isinstance(body, CellWhy)
                whole = body.row
                assert body.letters == (rows[row.id].letters(role) if row.id in rows else "")
                if body.letters:
                    assert body.given_by is not None
                    assert body.given_by.speaks
                assert bool(body.absent) == (role not in advice.matrix.roles)
                assert not any(look.speaks for look in body.others)
            if row.id in reasons:
                assert whole is not None
                assert whole.left_out == reasons[row.id].reason
                assert [look.rule for look in whole.out_by] == [reasons[row.id].rule]


def test_a_letter_that_is_not_given(catalog: Catalog, session: Session, acme: Engagement) -> None:
    """Rules that would give the letter are shown with what failed; `A` counts within `A/R`."""
    body = explain(catalog, acme, "hypercare:project_manager=A", 1, session).body
    assert isinstance(body, CellWhy)
    assert body.letters == "R"
    assert {look.rule for look in body.others} == {"hypercare_base_project_manager"}
    assert [check.variable for look in body.others for check in look.failed] == [MODEL]


@pytest.mark.parametrize(
    ("key", "kind", "body"),
    [
        ("", "story", Story),
        ("paired", "model", ModelWhy),
        ("handover", "model", ModelWhy),
        ("coordination_load", "finding", FindingWhy),
        ("orientation", "finding", FindingWhy),
        ("work_asks_for", "finding", FindingWhy),
        ("model", "finding", FindingWhy),
        ("no_owner_after_go_live", "guardrail", RuleWhy),
        ("hypercare", "row", RowWhy),
        ("charter", "row", RowWhy),
        ("hypercare:delivery_manager", "cell", CellWhy),
        ("hypercare:team_lead=A", "cell", CellWhy),
        ("client_contact", "question", QuestionWhy),
        ("contact_weekly", "rule", RuleWhy),
    ],
)
def test_each_kind_of_key(
    catalog: Catalog, session: Session, acme: Engagement, key: str, kind: str, body: type[object]
) -> None:
    """Everything that can be asked about is answered, in lines that fit and in JSON that loads."""
    for one in (acme, read_engagement(EXAMPLES / "first-meeting-open.yaml", catalog), engagement({})):
        explained = explain(catalog, one, key, 1, session)
        assert explained.kind == kind
        assert isinstance(explained.body, body)
        for width in (60, 80):
            lines = explanation_as_text(explained, catalog, width).splitlines()
            assert max(map(len, lines)) <= width
        told = json.loads(explanation_as_json(explained))
        assert (told["schema"], told["kind"], told["key"]) == ("advisor/explain-1", kind, key)
        assert told[kind]


@pytest.mark.parametrize(
    ("key", "near"),
    [
        ("handvoer", "handover"),
        ("hypercar:delivery_manager", "hypercare"),
        ("modle:paired", "model"),
        ("hypercare:delivery_manger", "delivery_m"),
    ],
)
def test_an_unknown_key_names_the_nearest(catalog: Catalog, key: str, near: str) -> None:
    """A slip of the pen is answered with what was probably meant."""
    with pytest.raises(InputError, match=f"did you mean {near}"):
        what_is_meant(catalog, key)


def test_things_of_one_name(catalog: Catalog, session: Session, acme: Engagement) -> None:
    """Where a question and a guardrail share a name, each can be asked about, and the answer names the other."""
    rules = {rule.id for table in catalog.guardrails for rule in table.rules}
    for name in sorted(rules & set(catalog.questions)):
        explained = explain(catalog, acme, name, 1, session)
        assert (explained.kind, explained.also) == ("question", (f"guardrail:{name}",))
        assert explain(catalog, acme, explained.also[0], 1, session).kind == "guardrail"
    with pytest.raises(InputError, match="is no question"):
        what_is_meant(catalog, "question:hypercare")


def test_a_letter_that_does_not_exist(catalog: Catalog) -> None:
    """Only the letters of the matrix can be asked for."""
    with pytest.raises(InputError, match="none of R, A"):
        what_is_meant(catalog, "hypercare:project_manager=X")


def test_open_engagements_say_so(catalog: Catalog, session: Session) -> None:
    """An open recommendation names the models it is open between and what would settle it."""
    one = read_engagement(EXAMPLES / "first-meeting-open.yaml", catalog)
    explained = explain(catalog, one, session=session)
    assert isinstance(explained.body, Story)
    assert explained.body.changes is None
    assert explained.body.unknowns is not None
    assert explained.body.unknowns.candidates == explained.advice.recommendation.candidates
    text = explanation_as_text(explained, catalog)
    assert "Still open between" in text
    assert "The answer that would settle most" in text
    for model in explained.body.unknowns.candidates:
        assert catalog.models[model].name in " ".join(text.split())


def test_settled_engagements_say_so(catalog: Catalog, session: Session, acme: Engagement) -> None:
    """A settled recommendation says that it is, and what would change it."""
    text = explanation_as_text(explain(catalog, acme, session=session), catalog)
    assert text.splitlines()[1].startswith("Settled: ")
    assert "What would change it" in text


def test_before_and_after(catalog: Catalog, session: Session, acme: Engagement) -> None:
    """Other answers are compared with those of the file: recommendation, findings, exactly the cells that differ."""
    changes = ("team_size=up_to_four", "risk=low")
    before, after, compared = before_and_after(catalog, acme, changes, session)
    assert before == advise(catalog, acme, session)
    assert (compared.before.model, compared.after.model) == ("paired", "combined")
    assert compared.answers == {"team_size": ("ten_to_twenty_five", "up_to_four"), "risk": ("medium", "low")}
    assert {"scale", "delivery_risk"} <= set(compared.findings)
    old, new = ({row.id: row for row in one.matrix.activities} for one in (before, after))
    for cell in compared.cells:
        assert (old[cell.row].letters(cell.role), new[cell.row].letters(cell.role)) == (cell.before, cell.after)
        assert cell.before != cell.after
    differing = {
        (id, role)
        for id in set(old) & set(new)
        for role in catalog.roles
        if old[id].letters(role) != new[id].letters(role)
    }
    assert {(cell.row, cell.role) for cell in compared.cells} == differing
    lost = {item.id for item in before.guardrails} - {item.id for item in after.guardrails}
    assert set(compared.guardrails_lost) == lost
    assert json.loads(comparison_as_json(before, compared))["comparison"]["after"]["model"] == "combined"
    for width in (60, 80):
        assert max(map(len, comparison_as_text(before, after, compared, catalog, width).splitlines())) <= width


def test_skip_logic_is_followed_in_before_and_after(catalog: Catalog, session: Session, acme: Engagement) -> None:
    """Answers that are no longer asked for are named as set aside; an answer can also be taken away."""
    _, after, compared = before_and_after(catalog, acme, ("projects=none", "risk=unanswered"), session)
    assert set(compared.set_aside) == {"end_date", "phase_gates", "duration", "handover_to"}
    assert "risk" in after.unanswered


def test_changes_are_checked(catalog: Catalog, acme: Engagement) -> None:
    """All mistakes in --set are reported at once, with what was probably meant."""
    with pytest.raises(InputError) as caught:
        before_and_after(catalog, acme, ("riks=low", "scope=stabel", "risk=low", "risk=high"))
    message = str(caught.value)
    assert "did you mean risk?" in message
    assert "did you mean stable?" in message
    assert "set twice" in message


def test_the_command(acme: Engagement) -> None:
    """`advisor explain` prints each kind of explanation and refuses what does not go together."""
    run, file = CliRunner(), str(EXAMPLES / "acme-portal.yaml")
    told = run.invoke(cli, ["explain", file], standalone_mode=False)
    assert told.exception is None
    assert "Why this model" in told.output
    told = run.invoke(cli, ["explain", file, "hypercare", "--format", "json"], standalone_mode=False)
    assert json.loads(told.output)["row"]["letters"]["delivery_manager"] == "A"
    told = run.invoke(cli, ["explain", file, "--set", "stage=in_service"], standalone_mode=False)
    assert "Before" in told.output
    told = run.invoke(cli, ["explain", file, "hypercare", "--set", "stage=in_service"])
    assert told.exit_code == 2


def test_explanations_are_frozen(catalog: Catalog, session: Session, acme: Engagement) -> None:
    """What is told of one engagement can be kept and compared."""
    assert isinstance(explain(catalog, acme, "paired", 1, session), Explanation)
    assert explain(catalog, acme, "paired", 1, session) == explain(catalog, acme, "paired", 1, session)


def test_says_what_is_here_before_what_a_rule_needs(catalog: Catalog, session: Session, acme: Engagement) -> None:
    """A condition is told as what the engagement has, then what the rule needs, or would have taken as well."""
    text = _text(explain(catalog, acme, "handover", 1, session), catalog)
    assert "fails How risky is the delivery? “high”; needs “low” or “to be watched”" in text
    assert "holds How big is the work? “of middle size” (or “large”)" in text
    assert "fails on relationship depth:" in text


def test_only_rules_that_still_could_are_told_of_a_possible_model(catalog: Catalog, session: Session) -> None:
    """While a model is open, no rule is named as a way to it that the answers already rule out."""
    engagement = read_engagement(EXAMPLES / "first-meeting-open.yaml", catalog)
    body = explain(catalog, engagement, "combined", 1, session).body
    assert isinstance(body, ModelWhy)
    ways = [way for way in body.ways if way.failing == 0]
    assert ways
    assert not any(look.fails for way in ways for look in way.asking)


def test_says_that_no_more_answers_together_change_it(catalog: Catalog, session: Session) -> None:
    """Where single answers change the model and no others do in pairs, that is said rather than left to be guessed."""
    engagement = read_engagement(EXAMPLES / "insurance-programme.yaml", catalog)
    assert "No two of the other answers together change it." in _text(
        explain(catalog, engagement, "", 2, session), catalog
    )


def test_says_what_each_answer_answers(catalog: Catalog, session: Session, acme: Engagement) -> None:
    """Where a rule read `Yes`, the reader sees to which question; in the topics and beside the points."""
    text = _text(explain(catalog, acme, "", 1, session), catalog)
    assert "(gates_to_pass) read phase gates “Yes”: project manager +1" in text
    assert "+1 = 11 rules_apply: regulated “Yes” [practice]" in text
    assert not re.search(r"read “|: “Yes”( |:)", text)


def test_little_known_is_told_shortly(catalog: Catalog, session: Session) -> None:
    """With nothing answered, models out of reach share one sentence, and no margin is claimed."""
    nothing = read_one(b"answers: {}\n", "nothing.yaml", catalog)
    text = _text(explain(catalog, nothing, "", 2, session), catalog)
    assert text.count("no set of up to two answers does.") == 1
    compared = comparison_as_text(*before_and_after(catalog, nothing, ["risk=low"], session), catalog)
    assert "Margin none, it is open none, it is open" in " ".join(compared.split())


def test_few_sets_are_not_left_out(catalog: Catalog, session: Session) -> None:
    """Only where many sets lead to one outcome are the last left out, and it is said once where they all are."""
    agency = read_engagement(EXAMPLES / "agency-site.yaml", catalog)
    assert "--format json" not in _text(explain(catalog, agency, "", 2, session), catalog)
    tool = read_engagement(EXAMPLES / "small-internal-tool.yaml", catalog)
    text = _text(explain(catalog, tool, "", 2, session), catalog)
    assert "or two others. and 13 more (--format json lists them all)." in text
    assert text.count("--format json") == 1


def _text(explanation: Explanation, catalog: Catalog) -> str:
    """The explanation on one line, as a reader takes it in."""
    return " ".join(explanation_as_text(explanation, catalog).split())
