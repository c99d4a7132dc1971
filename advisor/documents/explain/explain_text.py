"""Explanations as plain text for a terminal: the answer first, then what it rests on, down to each rule and point."""

from __future__ import annotations

from advisor.documents.explain import explain_things
from advisor.documents.explain.explain_parts import Parts
from advisor.documents.explain.explain_short import short_row
from advisor.documents.explain.explain_words import ASSUMED, because, marked
from advisor.documents.handbook.handbook_words import plural
from advisor.documents.shared.paint import NARROWEST, Paper
from advisor.documents.shared.words import capital, clean, ended, listed, origin_words
from advisor.documents.shared.words import number as counted
from advisor.explain import Explanation
from advisor.explain.differing import percent
from advisor.explain.values import Assumed, Changes, ChangeSet, Sure, TopicStory
from advisor.explain.whys import RowWhy, Story
from advisor.model.advice import Advice
from advisor.model.rulebook import Catalog


def explanation_as_text(
    explanation: Explanation, catalog: Catalog, width: int = 80, colour: bool = False, full: bool = False
) -> str:
    """The explanation, at most `width` columns wide (60 at the least); ANSI only with `colour`.

    A row is told on one screen, or `full` with every rule.
    """
    paper = Paper(max(width, NARROWEST), colour)
    parts = Parts(catalog, paper, explanation.advice)
    advice, body = explanation.advice, explanation.body
    lines = _opening(advice, parts)
    if isinstance(body, Story):
        lines += _story(body, parts)
    elif isinstance(body, RowWhy) and not full:
        lines += short_row(body, parts)
    else:
        lines += explain_things.thing(body, parts)
    if explanation.also:
        lines += ["", *paper.paragraph(f"Of the same name: {listed(explanation.also)}.")]
    lines += ["", *paper.paragraph(f"Rulebook {clean(advice.version)}, digest {clean(advice.digest)}", style="2")]
    return "\n".join(lines) + "\n"


def _opening(advice: Advice, parts: Parts) -> list[str]:
    """Whom this is about, the model, and how sure it is."""
    paper, engagement = parts.paper, advice.engagement
    name = clean(engagement.name) or clean(engagement.id)
    client = clean(engagement.client)
    lines = [paper.faint(line) for line in paper.paragraph(f"{name}, {client}" if client else name)]
    lines += [paper.accent(line) for line in paper.paragraph(status(advice, parts))]
    return [*lines, "─" * paper.width]


def status(advice: Advice, parts: Parts) -> str:
    """The model and how sure it is: `Likely (82 %): “Delivery manager alone”.`"""
    recommendation = advice.recommendation
    share = "" if recommendation.status == "settled" else f" ({percent(recommendation.share)})"
    return f"{capital(recommendation.status)}{share}: {parts.models((recommendation.model,))}."


def _story(story: Story, parts: Parts) -> list[str]:
    lines = _decision(story, parts) + _sure(story.sure, parts)
    lines += _assumptions(story.assumptions, len(story.quiet), parts)
    lines += _changes(story.changes, parts)
    lines += parts.heading(
        "From the answers to the findings",
        "Topic by topic: the answers, the rules that spoke on them, and what they add up to.",
    )
    for topic in story.topics:
        lines += ["", *_topic(topic, parts)]
    lines += parts.heading(
        "From points to levels",
        "The points of all topics for each kind of work, and the level that they reach below its caps.",
    )
    for at, level in enumerate(story.levels):
        lines += [*([""] if at else []), *parts.origin(level, 2)]
    lines += parts.heading("Where the work leans") + parts.origin(story.leaning, 2)
    if story.set_aside:
        lines += parts.heading("Set aside", "Answered in the file, but not asked here, so no rule reads it.")
        lines += parts.read(story.set_aside, 2)
    return lines


def _decision(story: Story, parts: Parts) -> list[str]:
    paper = parts.paper
    lines = parts.heading("Why this model", "From levels of work to the model, step by step.")
    for at, step in enumerate(story.decision):
        lines += [*([""] if at else []), f"  {paper.bold(ended(clean(step.title)))}"]
        for look in step.rules:
            lines += parts.rule(look, 4) + paper.paragraph(f"So: {parts.effects(look)}", 6, hang=2)
    return lines


def _sure(sure: Sure, parts: Parts) -> list[str]:
    paper = parts.paper
    lines = parts.heading("How sure it is")
    if sure.status == "settled":
        return lines + paper.paragraph("No question that is still open can change the model.", 2)
    share = percent(sure.share)
    lines += paper.paragraph(
        f"{share} of all ways to answer what is open lead to this model, usual answers counted as likelier:", 2
    )
    lines += paper.labelled(parts.shares(sure.shares), 4)
    if sure.decides:
        lines += ["", f"  {paper.bold('What decides')}"]
        lines += paper.paragraph(f"How the share of {share} moves with one more answer:", 2)
        for one in sure.decides:
            lines += paper.paragraph(f"- {parts.asked(one.question)} ({one.question})", 2, hang=2)
            lines += paper.labelled([(parts.said(one.question, o), percent(s)) for o, s in one.shares.items()], 6)
    return lines


def _assumptions(assumptions: tuple[Assumed, ...], quiet: int, parts: Parts) -> list[str]:
    paper = parts.paper
    if not assumptions and not quiet:
        return []
    lines = parts.heading("What was assumed", "Nobody answered these questions, so the usual answer was taken.")
    for one in assumptions:
        lines += paper.paragraph(f"- {parts.asked(one.question)} ({one.question})", 2, hang=2)
        lines += paper.paragraph(f"We took {parts.said(one.question, one.answer)}{because(one.reason, one.claims)}.", 4)
        telling = {option: lead for option, lead in one.leads_to.items() if parts.tells(lead)}
        for option, lead in telling.items():
            lines += paper.paragraph(f"If {parts.said(one.question, option)}: {parts.lead(lead)}.", 4, hang=2)
        if len(telling) < len(one.leads_to):
            lines += paper.paragraph("Any other answer: the same model.", 4)
    if quiet:
        more = f"{capital(counted(quiet))} more" if assumptions else f"{capital(counted(quiet))}"
        verb = "changes" if quiet == 1 else "change"
        lines += paper.paragraph(
            f"{more} {plural(quiet, 'assumption')} {verb} no lead by {'itself' if quiet == 1 else 'themselves'}.", 2
        )
    return lines


def _changes(changes: Changes, parts: Parts) -> list[str]:
    paper = parts.paper
    lines = parts.heading("What would change it")
    tried = [f"{count:,} of {counted(size)} {plural(size, 'answer')}" for size, count in enumerate(changes.tried, 1)]
    if changes.holds_under:
        many = f"{counted(changes.holds_under)} {plural(changes.holds_under, 'answer')}"
        lines += paper.paragraph(f"The recommendation holds under any change of {many}.", 2)
    else:
        lines += paper.paragraph("A single answer can change the recommendation.", 2)
    all_of_them = " All that matter follow; none would do with one answer fewer." if changes.sets else ""
    lines += paper.paragraph(f"Every change that the model can depend on was tried: {listed(tried)}.{all_of_them}", 2)
    sizes = sorted({len(one.changes) for one in changes.sets})
    for size in sizes:
        heads = {1: "One answer", 2: "Two answers together", 3: "Three answers together"}
        mine = [one for one in changes.sets if len(one.changes) == size]
        lines += ["", f"  {paper.bold(heads.get(size, f'{size} answers together'))}"]
        for model, group in _by_model(mine).items():
            lines += paper.paragraph(f"leads to {parts.models((model,))}:", 4) + parts.sets(group, 6)
    if sizes and sizes[-1] < changes.depth:
        more = listed([counted(size) for size in range(sizes[-1] + 1, changes.depth + 1)], "or")
        lines += ["", *paper.paragraph(f"No {more} of the other answers together change it.", 2)]
    return lines


def _by_model(sets: list[ChangeSet]) -> dict[str, list[ChangeSet]]:
    groups: dict[str, list[ChangeSet]] = {}
    for one in sets:
        groups.setdefault(one.model, []).append(one)
    return groups


def _topic(topic: TopicStory, parts: Parts) -> list[str]:
    paper, advice = parts.paper, parts.advice
    lines = [paper.bold(clean(topic.title))]
    pairs = []
    for name, value in topic.answers.items():
        said = capital(parts.said(name, value)).strip("“”")
        came = origin_words(advice.engagement.origin(name))
        said += f" ({came})" if came else ASSUMED if name in advice.assumed else ""
        pairs.append((parts.asked(name), said))
    lines += paper.labelled(pairs, 2)
    if topic.rules:
        lines += ["", "  Rules that spoke:"]
        for look in topic.rules:
            lines += parts.rule(look, 4, checks=False)
            read = parts.named((check.variable, check.value) for check in look.checks)
            lines += paper.paragraph(f"read {read}: {parts.gives(look)}", 8, hang=2)
    for origin in topic.findings:
        if origin.points is not None:
            lines += ["", *parts.origin(origin, 2)]
            continue
        value = capital(marked(parts.said(origin.finding, origin.value), origin.assuming))
        by = f", by {listed(origin.rules)}" if origin.rules else ", since no rule says otherwise"
        lines += ["", *paper.paragraph(f"{parts.is_here(origin.finding, value)} ({origin.finding}){by}.", 2, hang=2)]
    return lines
