"""The rules on people as a part of the handbook: what is asked, how fit follows from it, and the ways to grow."""

from __future__ import annotations

from dataclasses import replace

from advisor.documents.handbook.handbook_rules import concluding, topic_section
from advisor.documents.handbook.handbook_view import Item, Line, Section, joined, line, link, said, small, strong
from advisor.documents.handbook.handbook_words import Wording, anchor, rule_anchor
from advisor.documents.shared.words import capital, ended, number
from advisor.model.findings import Topic
from advisor.model.person import Growth, PersonRules
from advisor.model.questions import Option, Question
from advisor.model.rulebook import Catalog

KIND = "person-"  # opens the anchors of what belongs to people


def people(catalog: Catalog, rules: PersonRules) -> Section:
    """All that fit is concluded from."""
    wording = Wording(_short(catalog, rules), KIND)
    return Section(
        "people",
        rules.title,
        lines=(
            line(said(ended(rules.questionnaire.opening))),
            line(
                "No advice on an engagement depends on this. These rules have a version and a digest of their own: ",
                said(rules.version),
                ", ",
                small(rules.digest),
                ".",
            ),
        ),
        parts=(
            _questions(rules),
            *(topic_section(wording, topic) for topic in rules.topics),
            *(_step(wording, step.conclusion) for step in rules.fits),
            replace(_step(wording, rules.result), lines=(*_step(wording, rules.result).lines, _limit(rules))),
            _growth(rules),
            _needs(catalog, rules),
        ),
    )


def _short(catalog: Catalog, rules: PersonRules) -> Catalog:
    """The catalog with the questions, findings and topics on people; questions and steps by their first words."""
    questions = {
        name: replace(
            one,
            text=one.text.partition(". ")[0],
            options=tuple(Option(step.id, _step_word(step)) for step in one.options),
        )
        for name, one in rules.questions.items()
    }
    return replace(catalog, questions=questions, findings=rules.findings, topics=rules.topics)


def _step_word(step: Option) -> str:
    return step.label.partition(": ")[0]


def _questions(rules: PersonRules) -> Section:
    return Section(
        "person-questions",
        "What is asked about a colleague",
        lines=(
            line(
                f"Each of {number(len(rules.questions))} competencies on the same steps, from least to most, with an "
                f"example a step. What was not seen stays open: a finding that it could still change is not known yet."
            ),
        ),
        parts=tuple(_question(rules, one) for one in rules.questions.values()),
    )


def _question(rules: PersonRules, question: Question) -> Section:
    read = next(topic for topic in rules.topics if question.id in topic.table.names)
    return Section(
        anchor("person-question", question.id),
        question.text,
        id=question.id,
        lines=(
            line(said(ended(question.help))),
            line(strong("Why we ask."), " ", said(ended(question.why)), " ", _cited(question)),
            line("Read by ", link(read.table.title, anchor("person-topic", read.table.id)), "."),
        ),
        items=tuple(Item(line(said(step.label), " ", small(step.id))) for step in question.options),
    )


def _cited(question: Question) -> Line:
    return line("(", joined([line(link(claim, anchor("claim", claim))) for claim in question.cites]), ")")


def _step(wording: Wording, step: Topic) -> Section:
    finding = step.findings[0]
    return Section(
        wording.anchor("finding", finding.id),
        step.table.title,
        id=finding.id,
        lines=(line(said(finding.text), " Exactly one of these rules speaks."), wording.reads(step.table)),
        parts=tuple(
            Section(
                wording.anchor(finding.id, value),
                capital(label),
                id=value,
                items=tuple(wording.rule(rule) for rule in concluding(step.table.rules, finding.id, value)),
            )
            for value, label in finding.labels.items()
        ),
    )


def _limit(rules: PersonRules) -> Line:
    most = number(rules.too_little_above)
    return line(f"While something was not seen, up to {most} results are named; with more, too little was seen.")


def _growth(rules: PersonRules) -> Section:
    return Section(
        "person-growth",
        "Ways to grow",
        lines=(
            line(
                "One way on from each step. As a rule a role needs a competency ",
                strong(rules.carries_from.replace("_", " ")),
                f"; at most {number(rules.most_gaps)} gaps of a role are named at a time.",
            ),
        ),
        parts=tuple(_grown(rules, one) for one in rules.growth.values()),
    )


def _grown(rules: PersonRules, growth: Growth) -> Section:
    ways = [
        Item(line(strong(f"{capital(step.replace('_', ' '))}:"), " ", said(way))) for step, way in growth.ways.items()
    ]
    return Section(
        anchor("person-growth", growth.competency),
        capital(growth.about),
        id=growth.competency,
        lines=(line(said(rules.competencies[growth.competency].text)),),
        items=(*ways, Item(line(strong("Not seen:"), " ", said(growth.not_seen)))),
    )


def _needs(catalog: Catalog, rules: PersonRules) -> Section:
    known = {rule.id: rule for table in catalog.profiles for rule in table.rules}
    items = [
        Item(
            line(
                strong(f"{capital(step.replace('_', ' '))}:"),
                " ",
                *(
                    (said(known[name].says), " ", link(name, rule_anchor(name), "id"))
                    if name in known
                    else (small(name),)
                ),
            )
        )
        for name, step in rules.needs.items()
    ]
    return Section(
        "person-needs",
        "What an engagement needs",
        lines=(
            line(
                "What the profile of an engagement looks for is needed ",
                strong(rules.carries_from.replace("_", " ")),
                ", unless the rule that looks for it stands here:",
            ),
        ),
        items=tuple(items),
    )
