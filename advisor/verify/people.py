"""The proof of the rules on people: enumerated through the rules engine like the others, and monotone step by step."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from math import prod

from advisor import engine, reference
from advisor.advise.evaluator import Evaluator, Fire
from advisor.advise.findings import band_of, points_for
from advisor.advise.outcomes import combinations
from advisor.errors import BrokenInvariant
from advisor.fit.session import settled
from advisor.model.findings import Finding, Topic
from advisor.model.person import FitStep, PersonRules
from advisor.model.rulebook import Catalog
from advisor.model.rules import Conclude, Rule
from advisor.verify import checks, neutral, options
from advisor.verify.faults import Fault, full_answers, relevant, shown
from advisor.verify.proof import Section, agreement, section

BOTH = "both"  # the result that takes in every role


def prove_people(rules: PersonRules, catalog: Catalog, fire: Fire = engine.fire) -> Iterator[Section]:
    """Yield each section of the proof as it is finished; `catalog` has the profiles that needs refer to."""
    evaluator = Evaluator(reference.fire)
    tables = rules.tables()
    topics = sum(prod(len(one.domain) for one in topic.table.reads) for topic in rules.topics)
    steps = sum(prod(len(one.domain) for one in step.table.reads) for step in _steps(rules))
    yield section(
        "people: engine and second evaluator agree on every combination of every table",
        "combinations",
        topics + steps,
        lambda: agreement(rules, fire),
    )
    yield section(
        "people: all is asked once, read, and can grow; what engagements need refers to rules that there are",
        "competencies, findings and needs",
        len(rules.competencies) + len(rules.findings) + len(rules.needs),
        lambda: [*unused(rules, catalog), *_fences(rules)],
    )
    yield section(
        "people: every set of findings leads to one fit for each role and one result",
        "combinations",
        steps,
        lambda: one_conclusion(rules, evaluator),
    )
    yield section(
        "people: every rule can fire, and no two always fire together to say the same",
        "rules",
        len(rules.rules()),
        lambda: [fault for table in tables for fault in options.dead_or_doubled(table, evaluator)],
    )
    yield section(
        "people: every step below the last changes the points or the way to the next",
        "steps",
        len(rules.questions) * len(rules.steps),
        lambda: idle_steps(rules, evaluator),
    )
    yield section(
        "people: more of a competency never lowers a finding, a fit that rests on it, or a result",
        "combinations",
        topics + steps,
        lambda: monotone(rules, evaluator),
    )
    yield section(
        "people: what was not seen adds nothing, and settles nothing that seeing it could change",
        "combinations of the topics",
        topics,
        lambda: neutral.unanswered(rules, evaluator, evaluator),
    )
    yield section(
        "people: every rule, finding, fit and result is reached by somebody",
        "rules and values",
        len(rules.rules()) + sum(len(one.values) for one in rules.findings.values()),
        lambda: unreached(rules, evaluator),
    )


def check_people(rules: PersonRules, catalog: Catalog, evaluator: Evaluator) -> Iterator[Fault]:
    """The quick part of the proof: what contradicts, is missing, unread or can never fire, without the engine."""
    yield from unused(rules, catalog)
    yield from _fences(rules)
    yield from one_conclusion(rules, evaluator)
    for table in rules.tables():
        yield from checks.dead_rules(table, evaluator)


def _steps(rules: PersonRules) -> tuple[Topic, ...]:
    return (*(step.conclusion for step in rules.fits), rules.result)


def unused(rules: PersonRules, catalog: Catalog) -> Iterator[Fault]:
    """Competencies that are not asked for or read by several topics, findings that no fit reads, needs of no rule.

    That no two topics share a question is what makes fits exact while something was not seen.
    """
    read = [name for topic in rules.topics for name in topic.table.names]
    for name in rules.competencies:
        if name not in rules.questions:
            yield Fault("not asked", "questionnaires/person.yaml", f"nothing asks for {name}")
    for name, question in rules.questions.items():
        if read.count(name) != 1:
            what = "no topic reads" if name not in read else "several topics read"
            yield Fault("read once", str(question.source), f"{what} {name}")
        missing = [step for step in rules.steps[: rules.steps.index(_highest(rules))] if step not in _ways(rules, name)]
        if missing:
            yield Fault("no way", str(rules.growth[name].source), f"{name} names no way on from {', '.join(missing)}")
    for topic in rules.topics:
        for finding in topic.findings:
            if not any(finding.id in step.conclusion.table.names for step in rules.fits):
                yield Fault("unread finding", str(finding.source), f"no fit reads {finding.id}")
    known = {rule.id for table in catalog.profiles for rule in table.rules}
    for rule in rules.needs:
        if rule not in known:
            yield Fault("unknown need", "person/engagement.yaml", f"{rule} is no rule of a profile")


def _highest(rules: PersonRules) -> str:
    """The highest step that anything needs."""
    return max((rules.carries_from, *rules.needs.values()), key=rules.steps.index)


def _ways(rules: PersonRules, name: str) -> Mapping[str, str]:
    return rules.growth[name].ways


def _fences(rules: PersonRules) -> Iterator[Fault]:
    for table in rules.tables():
        try:
            engine.check_fence(table)
        except BrokenInvariant as error:
            yield Fault("engine's fence", str(table.source), str(error))


def one_conclusion(rules: PersonRules, evaluator: Evaluator) -> Iterator[Fault]:
    """Contradictions and gaps of the steps, and of concluded findings of topics."""
    for topic in rules.topics:
        yield from checks.conclusions(topic, full_answers(rules, topic.table), evaluator)
    for step in _steps(rules):
        yield from checks.conclusions(step, combinations(step.table), evaluator)


def idle_steps(rules: PersonRules, evaluator: Evaluator) -> Iterator[Fault]:
    """Steps that advise the same as the one before: the same rules, and the same way on.

    The last step is told apart by who can learn it there, and so may advise the same.
    """
    for topic in rules.topics:
        for name in topic.table.names:
            for lower, upper in itertools.pairwise(rules.steps[:-1]):
                if _ways(rules, name).get(lower) != _ways(rules, name).get(upper):
                    continue
                if all(
                    evaluator.rules(topic.table, values) == evaluator.rules(topic.table, {**values, name: upper})
                    for values in combinations(topic.table)
                    if values[name] == lower
                ):
                    what = f"{lower} and {upper} of {name} are all the same"
                    yield Fault("idle step", str(rules.questions[name].source), what)


def monotone(rules: PersonRules, evaluator: Evaluator) -> Iterator[Fault]:
    """Anything that falls when a competency, a finding or a fit goes one step up, all else being equal.

    Topics, fits and the result are held to it one after the other, each over all its combinations; so it holds for
    the whole way from what was seen to the result.
    """
    for topic in rules.topics:
        for finding in topic.findings:
            yield from _falls(topic, finding, evaluator)
    for step in rules.fits:
        yield from _falls(step.conclusion, step.finding, evaluator)
    for step in rules.fits:
        yield from _lost(rules, step, evaluator)


def _falls(topic: Topic, finding: Finding, evaluator: Evaluator) -> Iterator[Fault]:
    for values, name, upper in _raised(topic):
        now, then = (evaluator.rules(topic.table, one) for one in (values, {**values, name: upper}))
        if _value(finding, then) < _value(finding, now):
            moved = [rule for rule in (*now, *then) if (rule in now) != (rule in then)]
            what = f"{finding.id} falls when {name} goes from {values[name]} to {upper}, at "
            yield Fault("monotone", str(moved[0].source), what + shown(relevant(values, moved)))
            return


def _raised(topic: Topic) -> Iterator[tuple[dict[str, str], str, str]]:
    """Every combination without gaps, with each of its values that can go one step up, and that step."""
    for values in combinations(topic.table):
        for variable in topic.table.reads:
            at = variable.values.index(values[variable.id]) if values[variable.id] in variable.values else -1
            if 0 <= at < len(variable.values) - 1:
                yield values, variable.id, variable.values[at + 1]


def _value(finding: Finding, fired: tuple[Rule, ...]) -> int:
    """How high the finding is, by what fired."""
    if finding.bands:
        return finding.values.index(band_of(finding.bands, points_for(finding, fired)))
    said = [one.value for rule in fired for one in rule.effects if isinstance(one, Conclude)]
    return finding.values.index(said[0]) if said else -1


def _lost(rules: PersonRules, step: FitStep, evaluator: Evaluator) -> Iterator[Fault]:
    """Results that no longer name a role although its fit rose."""
    for values, name, upper in _raised(rules.result):
        if name != step.finding.id:
            continue
        now, then = (settled(rules.result, one, evaluator) for one in (values, {**values, name: upper}))
        if now in (step.role, BOTH) and then not in (step.role, BOTH):
            what = f"{step.role} is lost when {name} goes from {values[name]} to {upper}, at {shown(values)}"
            yield Fault("monotone", str(rules.result.table.source), what)


def unreached(rules: PersonRules, evaluator: Evaluator) -> Iterator[Fault]:
    """Rules that speak for nobody and values that nobody has, by going through all complete answers of each topic.

    Topics share no question, so whatever findings they can yield may meet in one person.
    """
    reached: dict[str, set[str]] = {}
    spoken: set[str] = set()
    for topic in rules.topics:
        for values in full_answers(rules, topic.table):
            fired = evaluator.rules(topic.table, values)
            spoken |= {rule.id for rule in fired}
            for finding in topic.findings:
                reached.setdefault(finding.id, set()).add(finding.values[_value(finding, fired)])
    for step in _steps(rules):
        names = step.table.names
        for chosen in itertools.product(*(sorted(reached[name]) for name in names)):
            fired = evaluator.rules(step.table, dict(zip(names, chosen, strict=True)))
            spoken |= {rule.id for rule in fired}
            finding = step.findings[0]
            reached.setdefault(finding.id, set()).add(finding.values[_value(finding, fired)])
    for rule in rules.rules():
        if rule.id not in spoken:
            yield Fault("unreached", str(rule.source), f"{rule.id} speaks for nobody")
    for finding in rules.findings.values():
        for value in finding.values:
            if value not in reached[finding.id]:
                yield Fault("unreached", str(finding.source), f"nobody is {value} on {finding.id}")
