"""One matrix under one policy, as the checks look at it, and the findings that they note."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from advisor.lint.values import ALLOWED, FORBIDDEN, OFF, TOGETHER, Check, Finding, Policy
from advisor.lint.words import Words
from advisor.model.found import FoundMatrix, FoundRole, FoundRow

_FEWEST_ENGLISH = 40  # percent of the rows that hold a plain word
_MOST_FOREIGN = 10  # percent of rows and roles that hold a word of another language


def _letters(text: str) -> str:
    """The letters of a text alone, without dashes and quotation marks."""
    return "".join(one for one in text if one.isalpha())


class Look:
    """What the checks ask about a matrix, worked out once, and what they note about it."""

    def __init__(self, matrix: FoundMatrix, policy: Policy, words: Words, checks: dict[str, Check]) -> None:
        self.matrix = matrix
        self.policy = policy
        self.words = words
        self._checks = checks
        self._noted: dict[str, list[Finding]] = {id: [] for id in checks}

    def note(self, check: str, place: str, message: str, row: str = "", role: str = "") -> None:
        """Keep a finding, unless the policy has the check off."""
        severity = self.policy.severities[check]
        if check == TOGETHER and severity == FORBIDDEN:
            severity = "error"
        if severity not in (OFF, ALLOWED):
            self._noted[check].append(Finding(check, severity, place, message, row, role))

    def limit(self, check: str, name: str) -> int:
        return self.policy.limits[check][name]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """In the order of the checks, then of the matrix."""
        return tuple(one for noted in self._noted.values() for one in noted)

    def holders(self, row: FoundRow, letter: str) -> list[str]:
        """The roles that have the letter in the row, each with what its cell says of it in words."""
        return [
            f"{name_of(role)} ({cell.remark})" if cell.remark else name_of(role)
            for role, cell in zip(self.matrix.roles, row.cells, strict=True)
            if letter in cell.letters
        ]

    def is_client(self, role: FoundRole) -> bool:
        """Whether the role is the client's, by its own name or by the heading over it."""
        return self.words.is_client(role.name) or self.words.is_client(role.group)

    @cached_property
    def after_go_live(self) -> list[FoundRow]:
        """Rows of phases after go-live; in a matrix without phases, rows whose activity belongs there."""
        if any(row.phase for row in self.matrix.rows):
            late = {
                phase
                for phase in {row.phase for row in self.matrix.rows}
                if phase
                and self.words.any("after_go_live_phases", phase)
                and not self.words.any("not_after_go_live_phases", phase)
            }
            return [row for row in self.matrix.rows if row.phase in late]
        return [row for row in self.matrix.rows if self.words.any("after_go_live_activities", row.activity)]

    @cached_property
    def is_english(self) -> bool:
        """Whether words can be looked for: enough rows hold one that is plain English, and few a word that is not."""
        texts = [row.activity for row in self.matrix.rows]
        plain = sum(self.words.is_plain(text) for text in texts)
        texts += [role.name for role in self.matrix.roles]
        foreign = sum(self.words.any("foreign", text) for text in texts)
        return plain * 100 >= _FEWEST_ENGLISH * len(self.matrix.rows) and foreign * 100 <= _MOST_FOREIGN * len(texts)

    @cached_property
    def is_foreign(self) -> bool:
        """Whether the matrix shows that it is in another language, by words or letters that English does not have."""
        texts = [row.activity for row in self.matrix.rows] + [role.name for role in self.matrix.roles]
        foreign = sum(self.words.any("foreign", text) or not one.isascii() for text in texts if (one := _letters(text)))
        return not self.is_english and foreign > 1 and foreign * 100 > _MOST_FOREIGN * len(texts)

    @cached_property
    def is_engagement(self) -> bool:
        """Whether the matrix speaks of work with a beginning and an end, in two rows or phases at least."""
        texts = [row.activity for row in self.matrix.rows] + list({row.phase for row in self.matrix.rows})
        found = 0
        for text in texts:
            found += self.words.any("engagement", text)
            if found >= 2:
                return True
        return False

    def speaks_of(self, words: str) -> bool:
        """Whether any row or phase holds one of the words."""
        return any(self.words.any(words, row.activity) for row in self.matrix.rows) or any(
            self.words.any(words, phase) for phase in {row.phase for row in self.matrix.rows}
        )


def share(wide: Look, looks: Sequence[Look]) -> None:
    """Give what was noted about several tables to the one in which the role stands, and the rest to the first."""
    owners: dict[tuple[str, str], Look] = {}
    for look in looks:
        for role in look.matrix.roles:
            owners.setdefault((role.name, role.place), look)
    for noted in wide._noted.values():
        for one in noted:
            owners.get((one.role, one.place), looks[0])._noted[one.check].append(one)


def shown(text: str, longest: int = 60) -> str:
    """A text of the file inside a sentence: quoted, on one line, cut where it is long."""
    line = " ".join(text.split())
    return f"“{line if len(line) <= longest else line[: longest - 1] + '…'}”"


def some(names: list[str], most: int = 4) -> str:
    """`a, b and c`, or the first few and how many more."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def name_of(role: FoundRole) -> str:
    """What a role is called in a sentence, with the heading that it stands under."""
    name = role.name or "the role without a name"
    return f"{role.group}: {name}" if role.group and not name.startswith(role.group) else name
