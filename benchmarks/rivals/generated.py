"""The rulebook written out as one long Python function: the quickest that plain Python does without remembering."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from advisor.model.rulebook import Band, Catalog
from advisor.model.rules import MODEL, NOT_ASKED, ORIENTATION, WORK_ASKS_FOR, Condition
from benchmarks.rivals import Decide
from benchmarks.rivals.sheet import columns, letters_by_model, past_phases
from benchmarks.rivals.topics import doing, downwards

_NAME = "decide"


def build(catalog: Catalog) -> Decide:
    """Write the function and compile it."""
    names: dict[str, object] = {}
    exec(compile(source(catalog), "<rulebook>", "exec"), names)
    decide: Decide = names[_NAME]  # type: ignore[assignment]
    return decide


def source(catalog: Catalog) -> str:
    """The text of a module with the one function."""
    constants: dict[str, str] = {}
    body = [*_topics(catalog), *_steps(catalog), *_matrix(catalog, constants)]
    lines = [f"{name} = {text}" for text, name in constants.items()]
    lines += [f"def {_NAME}(answers):", *(f"    {line}" for line in body)]
    return "\n".join(lines)


def _topics(catalog: Catalog) -> Iterator[str]:
    for question in catalog.questions.values():
        given = f"answers[{question.id!r}]"
        if question.when:
            given += f" if {_test(question.when)} else {NOT_ASKED!r}"
        yield f"v_{question.id} = {given}"
    yield "lead = 0"
    for topic in catalog.topics:
        for finding in topic.findings:
            yield f"s_{finding.id} = 0" if finding.bands else f"v_{finding.id} = {finding.otherwise!r}"
        for rule in topic.table.rules:
            done = doing(rule)
            then = [f"lead += {done.lead}"] if done.lead else []
            then += [f"s_{name} += {points}" for name, points in done.scores]
            then += [f"v_{name} = {value!r}" for name, value in done.concludes]
            if then:
                yield f"if {_test(rule.when)}: {'; '.join(then)}"
        for finding in topic.findings:
            if finding.bands:
                yield f"v_{finding.id} = {_band(finding.bands, f's_{finding.id}')}"
    yield f"v_{ORIENTATION} = {_band(catalog.bands, 'lead')}"


def _steps(catalog: Catalog) -> Iterator[str]:
    for step, finding in ((catalog.asks_for, WORK_ASKS_FOR), (catalog.recommend, MODEL)):
        word = "if"
        for rule in step.table.rules:
            for name, value in doing(rule).concludes:
                if name == finding:
                    yield f"{word} {_test(rule.when)}: v_{finding} = {value!r}"
                    word = "elif"


def _matrix(catalog: Catalog, constants: dict[str, str]) -> Iterator[str]:
    for phase in catalog.phases:
        tests = [_test(rule.when) for rule in catalog.phase_rules.rules if phase.id in past_phases(rule)]
        yield f"past_{phase.id} = {_either(tests)}"
    yield f"shown = {_constant(columns(catalog), constants)}[v_{MODEL}]"
    for role in catalog.roles.values():
        if role.absent_when:
            yield f"if {_test(role.absent_when)}: shown = [role for role in shown if role != {role.id!r}]"
    yield "rows = []"
    for row in catalog.rows:
        rules = [(rule, letters_by_model(catalog, rule)) for rule in row.table.rules]
        out = _either([_test(rule.when) for rule, letters in rules if letters is None])
        yield f"if not (past_{row.phase} or {out}):"
        yield "    cells = {}"
        for rule, letters in rules:
            if letters is not None:
                yield f"    if {_test(rule.when)}: cells |= {_constant(letters, constants)}[v_{MODEL}]"
        yield f"    rows.append(({row.id!r}, tuple([(role, cells[role]) for role in shown if cells.get(role)])))"
    yield f"return v_{MODEL}, tuple(rows)"


def _test(when: Iterable[Condition]) -> str:
    return " and ".join(_one(condition) for condition in when)


def _one(condition: Condition) -> str:
    allowed = sorted(condition.allowed)
    if len(allowed) == 1:
        return f"v_{condition.variable} == {allowed[0]!r}"
    return f"v_{condition.variable} in {{{', '.join(map(repr, allowed))}}}"


def _either(tests: list[str]) -> str:
    return " or ".join(f"({test})" for test in tests) or "False"


def _band(bands: tuple[Band, ...], total: str) -> str:
    *higher, (_, lowest) = downwards(bands)
    return "".join(f"{value!r} if {total} >= {least} else " for least, value in higher) + repr(lowest)


def _constant(value: object, constants: dict[str, str]) -> str:
    return constants.setdefault(repr(value), f"C{len(constants)}")
