"""Lines of text that keep to a width, and the few ANSI styles that the screen may use."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

NARROWEST = 60
# Longer lines of running text are hard to read, however wide the window.
LONGEST_LINE = 96


@dataclass(frozen=True, slots=True)
class Paper:
    """How wide the text may run and whether it may use colour."""

    width: int
    colour: bool

    def heading(self, text: str, note: str = "") -> list[str]:
        """A section's heading, underlined so that it stands out without colour, and a note beneath."""
        lines = ["", self.bold(text), "─" * min(self.width, max(len(text), 12))]
        return lines + ([*self.paragraph(note, style="2"), ""] if note else [])

    def paragraph(self, text: str, indent: int = 0, hang: int = 0, style: str = "") -> list[str]:
        """Running text; later lines hang `hang` further in than the first."""
        lines = _wrapped(text, min(self.width, LONGEST_LINE), " " * indent, " " * (indent + hang))
        return [self._styled(line, style) for line in lines] if style else lines

    def bullets(self, items: Iterable[str], indent: int = 2) -> list[str]:
        """One bullet an item, with a blank line between them where any runs to a paragraph."""
        found = [self.paragraph(f"- {item}", indent, hang=2) for item in items]
        apart = any(len(lines) > 2 for lines in found)
        return [line for at, lines in enumerate(found) for line in ([""] if apart and at else []) + lines]

    def labelled(self, pairs: Sequence[tuple[str, str]], indent: int = 2, share: float = 0.6) -> list[str]:
        """Two columns: what it is, and what it says; the left takes at most this share of the width."""
        if not pairs:
            return []
        left = min(max(len(label) for label, _ in pairs), int((self.width - indent) * share))
        right = self.width - indent - left - 2
        lines = []
        for label, text in pairs:
            a, b = _cell(label, left), _cell(text, right)
            for at in range(max(len(a), len(b))):
                said = b[at] if at < len(b) else ""
                lines.append(f"{' ' * indent}{a[at] if at < len(a) else '':<{left}}  {self.bold(said)}".rstrip())
        return lines

    def bold(self, text: str) -> str:
        return self._styled(text, "1")

    def faint(self, text: str) -> str:
        return self._styled(text, "2")

    def accent(self, text: str) -> str:
        return self._styled(text, "1;36")

    def warning(self, text: str) -> str:
        return self._styled(text, "1;33")

    def _styled(self, text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self.colour and text else text


def _wrapped(text: str, width: int, first: str, later: str) -> list[str]:
    return textwrap.wrap(text, width, initial_indent=first, subsequent_indent=later, break_on_hyphens=False)


def _cell(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_on_hyphens=False) or [""]


def wrapped_cell(text: str, width: int, hang: int = 2) -> list[str]:
    """A table cell's lines; later ones are set in a little, so that rows stay apart without rules."""
    return textwrap.wrap(text, width, subsequent_indent=" " * hang, break_on_hyphens=False) or [""]
