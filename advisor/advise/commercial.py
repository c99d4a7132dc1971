"""Who deals with prices and the contract beside an account manager, by the title that was typed behind a name."""

from __future__ import annotations

import re

from advisor.advise.authority import MONEY
from advisor.advise.named import people_of
from advisor.advise.owners import is_theirs
from advisor.advise.subjects import subjects_of
from advisor.model.advice import Advice
from advisor.model.matrix import ActivityRow

ACCOUNT, CONTRACT = "account_manager", "contract"
TITLE = re.compile(r"^([^,(]+)(?:,|\s\()\s*([^()]+)\)?$")  # behind the name, after a comma or in brackets


def is_commercial(advice: Advice, typed: str) -> bool:
    """Whether this is one of our people with a title that is on money or contracts."""
    return bool(_subjects(advice, typed)) and not is_theirs(advice, typed)


def priced_by(advice: Advice, row: ActivityRow, typed: str) -> str:
    """The letter of such a person in a row that is whoever holds the account's; empty in any other row."""
    holder = next((cell for cell in row.cells if "A" in cell.letters), None)
    if holder is None or row.matter is not None or ACCOUNT not in (holder.role, *holder.held_for):
        return ""
    if is_theirs(advice, typed) or not _subjects(advice, typed) & subjects_of(row.name, advice.names.words.subjects):
        return ""
    return "R" if holder.role == ACCOUNT and people_of(advice, ACCOUNT) else "A"


def _subjects(advice: Advice, typed: str) -> frozenset[int]:
    title, subjects = TITLE.match(typed), advice.names.words.subjects
    said = subjects_of(title[2], subjects) if title else frozenset()
    return said & (subjects_of(MONEY, subjects) | subjects_of(CONTRACT, subjects))
