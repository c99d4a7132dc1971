"""Explanations as plain text for a terminal: the answer first, then what it rests on, down to each rule and point."""

from __future__ import annotations

from advisor.documents import explain_things
from advisor.documents.explain_parts import Parts
from advisor.documents.handbook_words import plural
from advisor.documents.paint import NARROWEST, Paper
from advisor.documents.words import capital, clean, listed, margin_line, origin_words, staffing_lines
from advisor.documents.words import number as counted
from advisor.explain import Explanation
from advisor.explain.values import CellWhy, Changes, ChangeSet, RowWhy, RuleWhy, Story, TopicStory, Unknowns
from advisor.model.advice import Advice, Engagement
from advisor.model.rulebook import Catalog


def explanation_as_text(explanation: Explanation, catalog: Catalog, width: int = 80, colour: bool = False) -> str:
    """The explanation, at most `width` columns wide (60 at the least); ANSI only with `colour`."""
    paper = Paper(max(width, NARROWEST), colour)
    parts = Parts(catalog, paper)
    advice, body = explanation.advice, explanation.body
    lines = opening(advice, parts, margin=isinstance(body, Story))
    leading = advice.recommendation.model
    if advice.recommendation.status == "open" and leading is not None and isinstance(body, RowWhy | CellWhy | RuleWhy):
        lines += paper.paragraph(f"What follows is for {parts.models((leading,))}, the leading candidate.")
    if isinstance(body, Story):
        lines += _story(body, advice, parts)
    else:
        lines += explain_things.thing(body, advice, parts)
    if explanation.also:
        lines += ["", *paper.paragraph(f"Of the same name: {listed(explanation.also)}.")]
    lines += ["", *paper.paragraph(f"Rulebook {clean(advice.version)}, digest {clean(advice.digest)}", style="2")]
    return "\n".join(lines) + "\n"


def opening(advice: Advice, parts: Parts, margin: bool = True) -> list[str]:
    """Whom this is about, and settled or still open."""
    paper, engagement = parts.paper, advice.engagement
    name = clean(engagement.name) or clean(engagement.id)
    client = clean(engagement.client)
    lines = [paper.faint(line) for line in paper.paragraph(f"{name}, {client}" if client else name)]
    lines += [paper.accent(line) for line in paper.paragraph(status(advice, parts))]
    lines.append("─" * paper.width)
    texts = (margin_line(advice), *staffing_lines(advice)) if margin else ()
    for text in texts:
        lines += paper.paragraph(text) if text else []
    return lines


def status(advice: Advice, parts: Parts) -> str:
    """Settled, or still open between which models."""
    recommendation = advice.recommendation
    if recommendation.status == "settled" and recommendation.model is not None:
        return f"Settled: {parts.models((recommendation.model,))}."
    if recommendation.candidates:
        return f"Still open between {parts.models(recommendation.candidates)}."
    return "Still open: too little is known to recommend a model."


def _story(story: Story, advice: Advice, parts: Parts) -> list[str]:
    lines = _decision(story, advice, parts)
    if story.changes is not None:
        lines += _changes(story.changes, advice, parts)
    if story.unknowns is not None:
        lines += _unknowns(story.unknowns, advice, parts)
    lines += parts.heading(
        "From the answers to the findings",
        "Topic by topic: the answers, the rules that spoke on them, and what they add up to.",
    )
    for topic in story.topics:
        lines += ["", *_topic(topic, advice.engagement, parts)]
    lines += parts.heading("Where the evidence leans") + parts.leaning(story.leaning)
    if story.set_aside:
        lines += parts.heading("Set aside", "Answered in the file, but not asked here, so no rule reads it.")
        lines += parts.read(story.set_aside, 2)
    return lines


def _decision(story: Story, advice: Advice, parts: Parts) -> list[str]:
    paper, decision = parts.paper, story.decision
    if advice.recommendation.status != "settled":
        return []
    lines = parts.heading("Why this model")
    for title, looks in (
        ("First: what the work asks for", decision.asking),
        ("Then: what to staff", decision.staffing),
    ):
        results = list(dict.fromkeys(parts.effects(look) for look in looks))
        lines += [*([""] if looks is decision.staffing else []), f"  {paper.bold(f'{title}.')}"]
        if len(looks) > 1:
            what = "come to the same" if len(results) == 1 else "all lead to this model"
            lines += paper.paragraph(f"One of these {counted(len(looks))} rules speaks; they {what}.", 2)
        for look in looks:
            lines += parts.rule(look, 4) + paper.paragraph(f"So: {parts.effects(look)}", 6, hang=2)
    return lines


def _changes(changes: Changes, advice: Advice, parts: Parts) -> list[str]:
    paper = parts.paper
    lines = parts.heading("What would change it")
    tried = [f"{count:,} of {counted(size)} {plural(size, 'answer')}" for size, count in enumerate(changes.tried, 1)]
    if changes.holds_under:
        many = f"{counted(changes.holds_under)} {plural(changes.holds_under, 'answer')}"
        lines += paper.paragraph(f"The recommendation holds under any change of {many}.", 2)
    else:
        lines += paper.paragraph("A single answer can change the recommendation.", 2)
    all_of_them = " All that matter follow; none would do with one answer fewer." if changes.sets else ""
    lines += paper.paragraph(f"Every change was tried: {listed(tried)}.{all_of_them}", 2)
    sizes = sorted({len(one.changes) for one in changes.sets})
    for size in sizes:
        heads = {1: "One answer", 2: "Two answers together", 3: "Three answers together"}
        mine = [one for one in changes.sets if len(one.changes) == size]
        lines += ["", f"  {paper.bold(heads.get(size, f'{size} answers together'))}"]
        for candidates, group in _by_outcome(mine).items():
            lines += paper.paragraph(
                f"leads to {parts.outcome(candidates)}:"
                if len(candidates) == 1
                else f"leaves it {parts.outcome(candidates)}:",
                4,
            )
            lines += parts.sets(group, advice.engagement.answers, 6)
    if sizes and sizes[-1] < changes.depth:
        more = listed([counted(size) for size in range(sizes[-1] + 1, changes.depth + 1)], "or")
        lines += ["", *paper.paragraph(f"No {more} of the other answers together change it.", 2)]
    return lines


def _by_outcome(sets: list[ChangeSet]) -> dict[tuple[str, ...], list[ChangeSet]]:
    groups: dict[tuple[str, ...], list[ChangeSet]] = {}
    for one in sets:
        groups.setdefault(one.candidates, []).append(one)
    return dict(sorted(groups.items(), key=lambda pair: len(pair[0])))


def _unknowns(unknowns: Unknowns, advice: Advice, parts: Parts) -> list[str]:
    paper = parts.paper
    lines = parts.heading("What is still open")
    count = len(unknowns.unanswered)
    lines += paper.paragraph(
        f"{capital(counted(count))} {plural(count, 'question')} {'is' if count == 1 else 'are'} not answered. "
        f"Still possible: {parts.models(unknowns.candidates, 'or')}.",
        2,
    )
    ask = unknowns.ask_next
    if ask is not None:
        lines += ["", f"  {paper.bold('The answer that would settle most')}"]
        lines += paper.paragraph(
            f"{parts.asked(ask.question)} ({ask.question}) It leaves {_average(ask.expected)} of "
            f"{len(unknowns.candidates)} models on average:",
            2,
        )
        for option, left in ask.options.items():
            lines += paper.paragraph(f"- {parts.said(ask.question, option)}: {parts.models(left, 'or')}", 4, hang=2)
    lines += ["", f"  {paper.bold('What would settle it')}"]
    note = "The fewest answers that settle it, whatever the other answers turn out to be."
    lines += paper.paragraph(note, 2)
    upto = f"up to {counted(unknowns.depth)} {plural(unknowns.depth, 'answer')}"
    for way in unknowns.ways:
        if not way.sets and way.example is None:
            continue
        name = parts.models((way.model,))
        lines += [""]
        if way.sets:
            lines += paper.paragraph(f"On {name}:", 2) + parts.sets(way.sets, advice.engagement.answers)
        elif way.example is not None:
            lines += paper.paragraph(f"On {name}: no set of {upto} does; these together do, for example:", 2)
            lines += parts.sets((way.example,), advice.engagement.answers)
    without = [way.model for way in unknowns.ways if not way.sets and way.example is None]
    if without:
        lines += ["", *paper.paragraph(f"On {parts.models(without, 'or')}: no set of {upto} does.", 2)]
    return lines


def _average(expected: float) -> str:
    return f"{expected:.1f}".removesuffix(".0")


def _topic(topic: TopicStory, engagement: Engagement, parts: Parts) -> list[str]:
    paper = parts.paper
    lines = [paper.bold(clean(topic.title))]
    pairs = []
    for name, value in topic.answers.items():
        said = capital(parts.said(name, value)).strip("“”")
        came = origin_words(engagement.origin(name))
        pairs.append((parts.asked(name), f"{said} ({came})" if came else said))
    lines += paper.labelled(pairs, 2)
    if topic.rules:
        lines += ["", "  Rules that spoke:"]
        for look in topic.rules:
            lines += parts.rule(look, 4, checks=False)
            read = parts.named((check.variable, check.value) for check in look.checks)
            lines += paper.paragraph(f"read {read}: {parts.gives(look)}", 8, hang=2)
    for origin in topic.findings:
        lines += ["", *_finding(origin.finding, topic, parts)]
    return lines


def _finding(name: str, topic: TopicStory, parts: Parts) -> list[str]:
    origin = next(one for one in topic.findings if one.finding == name)
    if origin.points is not None:
        return parts.origin(origin, 2)
    value = capital(parts.said(name, origin.value))
    if len(origin.possible) > 1:
        value = capital(parts.still_open(name, origin.possible))
    by = f", by {listed(origin.rules)}" if origin.rules and len(origin.possible) == 1 else ""
    by = ", since no rule says otherwise" if origin.otherwise else by
    return parts.paper.paragraph(f"{parts.is_here(name, value)} ({name}){by}.", 2, hang=2)
