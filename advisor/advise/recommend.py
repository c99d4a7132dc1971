"""The recommendation as it is told: the verdict with its status, its margin and the rules that spoke for it."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.advise.evaluator import Evaluator
from advisor.advise.findings import because
from advisor.advise.margin import Margin, Margins
from advisor.advise.recommendation import Possible, Verdict, decide
from advisor.model.advice import Reason, Recommendation
from advisor.model.rulebook import Catalog

_TOO_LITTLE = Recommendation(
    status="too_little",
    model=None,
    candidates=(),
    asks_for=None,
    unstaffed=(),
    title="Too little is known for a recommendation",
    summary="More ways of staffing remain possible than would be of use. Answer the open questions first.",
    watch="",
    margin=None,
    runner_up=None,
    reasons=(),
)


def recommend(
    catalog: Catalog,
    verdict: Verdict,
    possible: Possible,
    values: Mapping[str, str],
    evaluator: Evaluator,
    margins: Margins,
) -> Recommendation:
    """Tell the verdict; `possible` is what the findings may still be, `values` what later tables read."""
    leading = verdict.leading
    if leading is None:
        return _TOO_LITTLE
    model = catalog.models[leading.model]
    others = [candidate for candidate in verdict.candidates if candidate != leading.model]
    reasons: tuple[Reason, ...] = ()
    margin = Margin(0, next(iter(others), None), ())
    if not others:
        _, rules = decide(catalog, verdict.values, evaluator)
        reasons = tuple([Reason(rule.id, rule.says, rule.grounds, because(rule, values)) for rule in rules])
        margin = margins.of(possible, leading.model)
    return Recommendation(
        status="open" if others else "settled",
        model=model.id,
        candidates=verdict.candidates,
        asks_for=leading.asks_for,
        unstaffed=leading.unstaffed,
        title=model.title,
        summary=model.summary,
        watch=model.watch,
        margin=margin.distance,
        runner_up=margin.runner_up,
        reasons=reasons,
        steps=margin.steps,
    )
