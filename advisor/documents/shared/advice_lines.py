"""Whole lines on an advice: how sure it is, who is missing, what was assumed, and which old answers were replaced."""

from __future__ import annotations

from advisor.documents.shared.words import (
    a,
    capital,
    clean,
    listed,
    lower_first,
    numbered,
    percent,
    quoted_model,
    role_name,
    value_words,
)
from advisor.model.advice import Advice, Assumption

MOST_ASSUMPTIONS = 5  # that an advice lists


def status_line(advice: Advice) -> str:
    """How sure the recommendation is, in a sentence."""
    one = advice.recommendation
    if one.status == "settled":
        return "Firm: no open answer changes this." if advice.assumed else "Firm: every question is answered."
    lead = f"{percent(one.share)} of the ways to fill in what is open lead here"
    if one.status == "likely":
        return f"Likely: {lead}."
    other = one.runner_up
    if other is None:
        return f"Leaning this way: {lead}."
    if one.shares[other] <= one.share:
        return f"Leaning this way: {lead}; otherwise most likely {quoted_model(advice, other)}."
    decides = next((item.question for item in one.assumptions if other in item.leads_to.values()), "")
    ask = f" What decides: {advice.names.questions.get(decides, decides)}" if decides else ""
    return f"Leaning this way: {lead}, {percent(one.shares[other])} to {quoted_model(advice, other)}.{ask}"


def staffing_lines(advice: Advice) -> tuple[str, ...]:
    """Where the model differs from what the work asks for, whom to find, and who is not paid for."""
    one = advice.recommendation
    lines = []
    if one.asks_for in advice.names.models and one.asks_for != one.model:
        lines.append(
            f"By the work alone it would be {quoted_model(advice, one.asks_for)}; with the people, money and stage at "
            f"hand it is {quoted_model(advice, one.model)}."
        )
    if one.not_available:
        find = "one" if len(one.not_available) == 1 else "both" if len(one.not_available) == 2 else "them"
        lines.append(
            f"Not available: {listed([a(role_name(advice, role)) for role in one.not_available])}. Find {find}."
        )
    if one.not_paid_for:
        lines.append(not_paid_for(advice))
    return tuple(lines)


def not_paid_for(advice: Advice) -> str:
    """Which manager is not paid for, and who carries their work until then."""
    one = advice.recommendation
    unpaid = listed([f"the {lower_first(role_name(advice, role))}" for role in one.not_paid_for])
    carry = [
        f"the {lower_first(role_name(advice, role))}" for role in advice.split.overall if role not in one.unstaffed
    ]
    verb = "is" if len(one.not_paid_for) == 1 else "are"
    if not carry:
        return f"{capital(unpaid)} {verb} not paid for: find the money before the work starts."
    both = len(carry) == len(one.not_paid_for) == 1
    reach = "The work needs both; the money reaches for one" if both else "The money does not reach for all of them"
    carries = "carries" if len(carry) == 1 else "carry"
    return f"{reach}: {unpaid} {verb} not paid for, so until then {listed(carry)} {carries} that work too."


def assumption_line(advice: Advice, one: Assumption, for_client: bool = False) -> str:
    """What was taken as the answer to a question, and what another answer would change."""
    asked, took = value_words(advice, one.question, one.answer)
    line = f"{asked} We took “{took}”."
    if for_client:
        return line
    by_model: dict[str, list[str]] = {}
    for option, model in one.leads_to.items():
        by_model.setdefault(model, []).append(f"“{value_words(advice, one.question, option)[1]}”")
    changes = [
        f"if it is {listed(options, 'or')}: "
        + (
            "the same model, with other roles filled"
            if model == advice.recommendation.model
            else quoted_model(advice, model)
        )
        for model, options in by_model.items()
    ]
    return f"{line} {capital('; '.join(changes))}." if changes else line


def more_assumptions_line(advice: Advice) -> str:
    """How many assumptions beside those listed there are, in a sentence; empty where there are none."""
    more, listed_here = advice.recommendation.more_assumptions, len(advice.recommendation.assumptions)
    if not more:
        return ""
    which = "more assumption" if listed_here else "assumption"
    # Where as many are listed as an advice lists, others may matter as well, only less.
    if listed_here == MOST_ASSUMPTIONS:
        what = "matters less" if more == 1 else "matter less"
    elif advice.recommendation.status == "settled":
        what = "changes no lead" if more == 1 else "change no lead"
    else:
        what = "changes no lead on its own" if more == 1 else "change no lead on their own"
    return f"{numbered(more, which)} {what}."


def replaced_lines(advice: Advice) -> tuple[str, ...]:
    """Answers that were given to an earlier question, and how each is read."""
    lines = []
    for question, (old, option) in advice.engagement.replaced.items():
        asked, said = value_words(advice, question, advice.engagement.answers.get(question, ""))
        lines.append(f"{asked} “{said}”, from the earlier answer {clean(old)}: {clean(option)}.")
    return tuple(lines)
