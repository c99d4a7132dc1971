"""Small wording for explanations: what marks an assumption, why it is usual, sets of answers put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from advisor.documents.shared.words import clean
from advisor.explain.values import ChangeSet

ASSUMED = " (assumed)"  # after whatever rests on a usual answer, as nobody gave another
Alternative = tuple[tuple[str, tuple[str, ...]], ...]


def marked(text: str, assuming: Sequence[str], told: str = "") -> str:
    """The text, marked where it rests on assumptions; not twice where `told` within it says so already."""
    return f"{text}{ASSUMED}" if assuming and ASSUMED not in told else text


def because(reason: str, claims: tuple[str, ...]) -> str:
    """Why an answer is usual, to follow it in a sentence: `, as most work has one plan [RF4]`."""
    cited = f" [{', '.join(claims)}]" if claims else ""
    return f", because {clean(reason)}{cited}" if reason else f", as the article says{cited}" if cited else ""


def commonest(left: Sequence[Alternative]) -> tuple[str, tuple[str, ...]]:
    """The answer that most of them share; the first one's first answer when none is shared."""
    counts = Counter(part for one in left if len(one) > 1 for part in one)
    best = max(counts.values(), default=0)
    return next((part for part, count in counts.items() if count == best), left[0][0]) if best > 1 else left[0][0]


def merged(sets: Sequence[ChangeSet]) -> list[Alternative]:
    """Sets of changes, with those that agree on all questions but one put together, the options of that one listed."""
    found: list[Alternative] = [tuple((one.question, (one.option,)) for one in each.changes) for each in sets]
    for size in sorted({len(one) for one in found}):
        for position in reversed(range(size)):
            groups: dict[object, Alternative] = {}
            for one in found:
                if len(one) != size:
                    groups[one] = one
                    continue
                key = (size, one[:position], one[position][0], one[position + 1 :])
                known = groups.get(key)
                both = (*known[position][1], *one[position][1]) if known else one[position][1]
                groups[key] = (*one[:position], (one[position][0], both), *one[position + 1 :])
            found = list(groups.values())
    return sorted(found, key=len)
