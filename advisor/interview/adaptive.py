"""Which question to ask next, and when no answer that is missing can change the recommended model any more."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from advisor.advise import conclude
from advisor.advise.combining import Completed
from advisor.advise.outlook import outlook_for
from advisor.advise.reading import is_asked
from advisor.advise.session import session_for
from advisor.model.rulebook import Catalog, Question
from advisor.model.rules import UNANSWERED

TRIED = 500  # completions of the answers that are tried by chance before a question is chosen
TRIED_AGAIN = 3_000  # and when so few of those lead to another model than most do that chance would choose
FEW = 20


def settled_model(catalog: Catalog, answers: Mapping[str, str]) -> str | None:
    """The model that the advice on these answers settles on; None while another is possible, or may be."""
    left = conclude(catalog, answers, session_for(catalog)).verdict.left
    return left[0] if len(left) == 1 else None


def next_question(
    catalog: Catalog, questions: tuple[Question, ...], answers: Mapping[str, str], passed: Collection[str] = ()
) -> Question | None:
    """The open question whose answer is expected to leave least doubt about the model; None when it is settled.

    The answers are completed many times by chance, always the same way for the same answers. Doubt is the chance that
    two such completions lead to different models; one of a rare model counts for more than one of a common one, as to
    be settled all others have to be ruled out. Where all lead to one, the question is chosen whose topics can still
    yield most. Ties go to the earlier question; those in `passed` are not asked again.
    """
    session = session_for(catalog)
    state = conclude(catalog, answers, session)
    if len(state.verdict.left) == 1:
        return None
    values = state.reading.values
    waiting = [
        one for one in questions if values[one.id] == UNANSWERED and one.id not in passed and is_asked(one, values)
    ]
    if not waiting:
        return None
    outlook = outlook_for(catalog, session.what_if)
    places = {name: at for at, name in enumerate(catalog.questions)}
    tried = list(outlook.sample(answers, TRIED))
    if TRIED - max(_models(tried).values()) < FEW:
        tried = list(outlook.sample(answers, TRIED_AGAIN))
    counts = _models(tried)
    if len(counts) > 1:
        worth = {model: count**-0.5 for model, count in counts.items()}
        return min(waiting, key=lambda one: round(_doubt_left(tried, worth, places[one.id]), 9))
    spread = outlook.spread(answers)
    return max(waiting, key=lambda one: spread.get(one.id, 0))


def moves(catalog: Catalog, answers: Mapping[str, str], question: Question) -> bool:
    """Whether an answer to the question makes some model more or less likely than it is."""
    session = session_for(catalog)
    now = conclude(catalog, answers, session).verdict.weights
    return any(
        abs(weight - now[model]) > 1e-9
        for option in question.option_ids
        for model, weight in conclude(catalog, {**answers, question.id: option}, session).verdict.weights.items()
    )


def _models(tried: Sequence[tuple[Completed, str]]) -> Counter[str]:
    return Counter(model for _, model in tried)


def _doubt_left(tried: Sequence[tuple[Completed, str]], worth: Mapping[str, float], place: int) -> float:
    """The doubt that is left on average once the question in that place is answered."""
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    for values, model in tried:
        groups[values[place]][model] += 1
    left = 0.0
    for models in groups.values():
        shares = [count * worth[model] for model, count in models.items()]
        left += sum(shares) - sum(share * share for share in shares) / sum(shares)
    return left
