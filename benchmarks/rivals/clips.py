"""The rulebook in CLIPS, through clipspy: answers and findings are facts, rules assert what follows, in three stages.

CLIPS decides everything up to which rules of the matrix speak; these it notes by number, and plain Python lays out
the letters, as for every engine here. A finding's points add up in a global, which `(reset)` clears.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import clips

from advisor.model.rulebook import Band, Catalog
from advisor.model.rules import MODEL, NOT_ASKED, ORIENTATION, WORK_ASKS_FOR, Condition
from benchmarks.rivals import Answers, Decide, Decision
from benchmarks.rivals.sheet import Sheet
from benchmarks.rivals.topics import doing, downwards

# Saliences: topics fire before points are banded and what nothing concluded is filled in; the rest follows from facts.
_FIRST = 20
_SECOND = 10


def build(catalog: Catalog) -> Decide:
    """Load the rules into an environment of its own."""
    environment = clips.Environment()
    sheet = Sheet(catalog)
    for construct in constructs(catalog, sheet):
        environment.build(construct)
    tell = environment.find_function("say")
    noted = environment.find_global("fired")
    model_of = environment.find_global("model")
    symbols = {option: clips.Symbol(option) for one in catalog.questions.values() for option in one.option_ids}
    names = tuple(catalog.questions)

    def decide(answers: Answers) -> Decision:
        environment.reset()
        tell(*[symbols[answers[name]] for name in names])
        environment.run()
        return sheet.decision(str(model_of.value), noted.value)

    return decide


def constructs(catalog: Catalog, sheet: Sheet) -> Iterator[str]:
    """The program, construct by construct."""
    yield "(defglobal ?*fired* = (create$) ?*model* = none ?*lead* = 0)"
    # Called for each engagement: CLIPS takes twelve times as long to read the same facts as text.
    told = " ".join(f"({_fact(catalog, name)} ?{name})" for name in catalog.questions)
    yield f"(deffunction say ({' '.join(f'?{name}' for name in catalog.questions)}) (assert {told}) TRUE)"
    for question in catalog.questions.values():
        if question.when:
            given = f"(a-{question.id} ?given)"
            then = f"(assert (v-{question.id} ?given))"
            yield _rule(f"ask-{question.id}", _FIRST, f"{given} {_patterns(question.when)}", then)
            for at, condition in enumerate(question.when):
                barred = f"(v-{condition.variable} {'&'.join(f'~{one}' for one in sorted(condition.allowed))})"
                then = f"(assert (v-{question.id} {NOT_ASKED}))"
                yield _rule(f"hide-{question.id}-{at}", _FIRST, barred, then)
    for topic in catalog.topics:
        for finding in topic.findings:
            if finding.bands:
                yield f"(defglobal ?*p-{finding.id}* = 0)"
        for rule in topic.table.rules:
            done = doing(rule)
            then = f"(bind ?*lead* (+ ?*lead* {done.lead})) " if done.lead else ""
            then += "".join(f"(bind ?*p-{name}* (+ ?*p-{name}* {points})) " for name, points in done.scores)
            then += "".join(f"(assert (v-{name} {value})) " for name, value in done.concludes)
            if then:
                yield _rule(rule.id, _FIRST, _patterns(rule.when), then)
        for finding in topic.findings:
            if finding.bands:
                then = f"(assert (v-{finding.id} {_band(finding.bands, f'?*p-{finding.id}*')}))"
                yield _rule(f"band-{finding.id}", _SECOND, "", then)
            elif finding.otherwise:
                then = f"(assert (v-{finding.id} {finding.otherwise}))"
                yield _rule(f"otherwise-{finding.id}", _SECOND, f"(not (v-{finding.id} ?))", then)
    then = f"(assert (v-{ORIENTATION} {_band(catalog.bands, '?*lead*')}))"
    yield _rule(f"band-{ORIENTATION}", _SECOND, "", then)
    for step, wanted in ((catalog.asks_for, WORK_ASKS_FOR), (catalog.recommend, MODEL)):
        for rule in step.table.rules:
            for name, value in doing(rule).concludes:
                if name == wanted:
                    then = f"(assert (v-{name} {value}))" + (f" (bind ?*model* {value})" if name == MODEL else "")
                    yield _rule(rule.id, 0, _patterns(rule.when), then)
    for number, when in sheet.numbered():
        yield _rule(f"matrix-{number}", 0, _patterns(when), f"(bind ?*fired* ?*fired* {number})")


def _fact(catalog: Catalog, question: str) -> str:
    """Answers to questions that may be hidden wait under another name until it is clear that they are asked."""
    return f"{'a' if catalog.questions[question].when else 'v'}-{question}"


def _rule(name: str, salience: int, when: str, then: str) -> str:
    return f"(defrule {name} (declare (salience {salience})) {when} => {then})"


def _patterns(when: Iterable[Condition]) -> str:
    return " ".join(f"(v-{one.variable} {'|'.join(sorted(one.allowed))})" for one in when)


def _band(bands: tuple[Band, ...], total: str) -> str:
    *higher, (_, text) = downwards(bands)
    for least, value in reversed(higher):
        text = f"(if (>= {total} {least}) then {value} else {text})"
    return text
