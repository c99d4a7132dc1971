"""What the rulebook stands on: claims, questions with their skip logic, and the points of each option."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.documents.handbook.handbook_view import (
    Grid,
    GridRow,
    Item,
    Line,
    Section,
    joined,
    line,
    link,
    said,
    small,
    strong,
)
from advisor.documents.handbook.handbook_words import (
    GAP_WORDS,
    PRACTICE_ANCHOR,
    Wording,
    anchor,
    quoted,
    rule_link,
    short_name,
    signed,
)
from advisor.documents.shared.words import capital, ended, listed, lower_first
from advisor.model.findings import Claim
from advisor.model.questions import Question
from advisor.model.rulebook import Catalog
from advisor.model.rules import GAPS, Evidence, Rule, Score


def claims(catalog: Catalog, wording: Wording) -> Section:
    """The claims of the source article, each with all that rests on it."""
    rules = catalog.rules()
    practice = [rule for rule in rules if rule.practice]
    return Section(
        "claims",
        "Claims",
        lines=(
            line(
                "What ",
                said(catalog.claims_from),
                " says, claim by claim and in our words, and the rules that rest on each. A rule's id leads to the "
                "rule.",
            ),
        ),
        parts=(
            *(_claim(catalog, wording, claim, rules) for claim in catalog.claims.values()),
            Section(
                PRACTICE_ANCHOR,
                "Practice",
                lines=(
                    line(
                        "Judgement from delivery practice that ",
                        said(catalog.claims_from),
                        " does not state. Each of these rules gives its reason where it stands.",
                    ),
                    _resting(wording, practice),
                ),
            ),
        ),
    )


def _claim(catalog: Catalog, wording: Wording, claim: Claim, rules: Iterable[Rule]) -> Section:
    asked = [question for question in catalog.questions.values() if claim.id in question.cites]
    looked = [one for one in catalog.competencies.values() if claim.id in one.cites]
    also = [line(link(question.text, anchor("question", question.id))) for question in asked]
    also += [line(link(one.text, anchor("look", one.id))) for one in looked]
    return Section(
        anchor("claim", claim.id),
        claim.id,
        lines=(
            line(strong(ended(claim.text))),
            line(said(capital(claim.section)), ". Bears on ", said(ended(claim.bears_on))),
            _resting(wording, [rule for rule in rules if claim.id in rule.cites]),
            *((line("Also behind: ", joined(also, "; ")),) if also else ()),
        ),
    )


def _resting(wording: Wording, rules: list[Rule]) -> Line:
    if not rules:
        return line("No rule rests on it.")
    return line(f"{len(rules)} {'rule rests' if len(rules) == 1 else 'rules rest'} on it: ", wording.rule_links(rules))


def questions(catalog: Catalog, wording: Wording) -> Section:
    """Every question, section by section of the questionnaire."""
    named = dict.fromkeys(question.section for question in catalog.questions.values())
    asked = [
        Item(line(strong(one.title), f" ({len(one.questions)} questions) ", small(one.id)))
        for one in catalog.questionnaires.values()
    ]
    return Section(
        "questions",
        "Questions",
        lines=(line("What is asked, with the options of each. The questionnaires:"),),
        items=tuple(asked),
        parts=tuple(
            Section(
                f"questions-{at}",
                section,
                parts=tuple(
                    _question(catalog, wording, question)
                    for question in catalog.questions.values()
                    if question.section == section
                ),
            )
            for at, section in enumerate(named, start=1)
        ),
    )


def _question(catalog: Catalog, wording: Wording, question: Question) -> Section:
    order = "Options, from least to most:" if question.ordered else "Options, in no order:"
    fewer = [
        one.title
        for one in catalog.questionnaires.values()
        if question in one.questions and len(one.questions) < len(catalog.questions)
    ]
    return Section(
        anchor("question", question.id),
        question.text,
        id=question.id,
        lines=(
            line(said(ended(question.help))),
            line(
                strong("Why we ask."),
                " ",
                said(ended(question.why)),
                " ",
                wording.grounds(question.cites, question.practice),
            ),
            *_skipped(wording, question),
            *_usual(catalog, wording, question),
            line("Read by ", *_readers(catalog, question), "."),
            *((line("Also in ", said(listed([f"“{title}”" for title in fewer])), "."),) if fewer else ()),
            line(order),
        ),
        items=tuple(Item(line(said(option.label), " ", small(option.id))) for option in question.options),
    )


def _skipped(wording: Wording, question: Question) -> tuple[Line, ...]:
    if not question.when:
        return ()
    conditions = joined([wording.condition(one) for one in question.when], " and ")
    return (line(strong("Asked only"), " when ", conditions, "; otherwise it is not asked."),)


def _usual(catalog: Catalog, wording: Wording, question: Question) -> Iterable[Line]:
    """What is taken where nobody answers, which options are read alike, and which question it takes the place of."""
    usual = question.usual
    if usual is not None:
        where = (
            line(
                "; but ",
                said(quoted(question.label(answer))),
                " where ",
                wording.variable(usual.by),
                " is ",
                said(quoted(wording.values(usual.by)[given])),
            )
            for given, answer in usual.answers.items()
        )
        reason = wording.grounds(usual.cites, usual.practice)
        yield line(strong("Usually"), " ", said(quoted(question.label(usual.answer))), *where, ". ", reason)
    for one in question.alike:
        alike = listed([quoted(question.label(option)) for option in one.options])
        yield line(strong("Read alike:"), " ", said(alike), ". ", wording.grounds(one.cites, one.practice))
    if question.part_of:
        whole = catalog.several[question.part_of]
        yield line("One of the answers to ", said(quoted(whole.text)), ", which may have several: ", small(whole.id))
    for old, options in question.replaces.items():
        pairs = listed([f"{given} as {quoted(question.label(option))}" for given, option in options.items()])
        yield line(
            "Answers to the earlier question ", small(old), " are read as answers to this one: ", said(pairs), "."
        )


def _readers(catalog: Catalog, question: Question) -> Iterable[Line | str]:
    """The parts of the handbook whose rules may read the question."""
    places = [
        line(link(lower_first(topic.table.title), anchor("topic", topic.table.id)))
        for topic in catalog.topics
        if question.id in topic.table.names
    ]
    places += [
        line(link(title, to))
        for title, to, table in (
            *(("what is needed", anchor("finding", step.findings[0].id), step.table) for step in catalog.needs),
            ("what the work asks for", "work-asks-for", catalog.asks_for.table),
            ("the recommendation", "recommendation", catalog.recommend.table),
            ("the phases", "phases", catalog.phase_rules),
            ("the split", "split", catalog.split),
            ("role names", "role-sense", catalog.role_sense),
        )
        if question.id in table.names
    ]
    tables = [*catalog.guardrails, *catalog.points, *catalog.profiles, *catalog.papers]
    places += [
        line(link(lower_first(table.title), anchor("table", table.id)))
        for table in tables
        if question.id in table.names
    ]
    rows = [row for row in catalog.rows if question.id in row.table.names]
    places += [line(link(lower_first(row.name), anchor("row", row.id))) for row in rows]
    return [joined(places, "; ")] if places else ["no rule"]


def points(catalog: Catalog, wording: Wording) -> Section:
    """One table of what each option counts, and the rules whose points hang on more than one answer."""
    scored = [finding for topic in catalog.topics for finding in topic.findings if finding.bands]
    rules = [rule for topic in catalog.topics for rule in topic.table.rules if _gives_points(rule)]
    plain = [rule for rule in rules if len(rule.when) == 1]
    joint = [rule for rule in rules if len(rule.when) > 1]
    read = {rule.when[0].variable for rule in plain}
    silent = [question for question in catalog.questions.values() if question.id not in read]
    columns = (
        line("Answer"),
        *(line(link(short_name(one.finding), anchor("finding", name))) for name, one in catalog.measures.items()),
        *(line(link(short_name(finding), anchor("finding", finding.id))) for finding in scored),
    )
    rows: list[GridRow] = []
    for question in catalog.questions.values():
        if question.id in read:
            about = [rule for rule in plain if rule.when[0].variable == question.id]
            rows.append(GridRow((line(link(question.text, anchor("question", question.id))),), group=True))
            rows.extend(_points_rows(question, about, [*catalog.measures, *(finding.id for finding in scored)]))
    without = joined([line(link(question.text, anchor("question", question.id))) for question in silent], "; ")
    return Section(
        "points",
        "Points of each answer",
        lines=(
            line(
                "What one answer counts by itself: points for the four kinds of ",
                link("work", "levels"),
                ", and points towards the findings that have bands. Points add up; an empty cell counts nothing. "
                "They are policy.",
            ),
            *((line("These questions give no points by themselves: ", without),) if silent else ()),
            *_promises(catalog, wording),
            *((line("Points that hang on several answers at once stand beneath the table."),) if joint else ()),
        ),
        grid=Grid(columns, tuple(rows)),
        items=tuple(Item(line(rule_link(rule), ": ", wording.rule(rule).then)) for rule in joint),
    )


def _promises(catalog: Catalog, wording: Wording) -> Iterable[Line]:
    """Which side the rulebook promises never to lower by more of an answer."""
    for side in dict.fromkeys(role for _, role in catalog.monotone):
        about = [line(wording.variable(question)) for question, role in catalog.monotone if role == side]
        yield line(
            said(f"More of these never lowers the points for the work of {wording.role(side)}"),
            ": ",
            joined(about, "; "),
        )


def _gives_points(rule: Rule) -> bool:
    return any(isinstance(effect, Evidence | Score) for effect in rule.effects)


def _points_rows(question: Question, rules: list[Rule], columns: list[str]) -> Iterable[GridRow]:
    gaps = [gap for gap in sorted(GAPS) if any(gap in rule.when[0].allowed for rule in rules)]
    for value in (*question.option_ids, *gaps):
        sums = dict.fromkeys(columns, 0)
        for rule in rules:
            for effect in rule.effects if value in rule.when[0].allowed else ():
                if isinstance(effect, Evidence):
                    sums[effect.measure] += effect.points
                elif isinstance(effect, Score):
                    sums[effect.finding] += effect.points
        label = capital(GAP_WORDS[value]) if value in gaps else question.label(value)
        yield GridRow((line(said(label)), *(line(signed(points) if points else "") for points in sums.values())))
