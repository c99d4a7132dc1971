"""Names as people type them, made fit for an engagement file: one line of plain text, and an id of letters."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from advisor.catalog.plain import LONGEST_TEXT, unseen
from advisor.documents.shared.words import clean


def plain_text(typed: str, longest: int = LONGEST_TEXT) -> str:
    """What was typed, as the engagement file takes it: one line of plain text, not overlong."""
    return clean(unseen().sub("", typed.translate({0xFFFE: None, 0xFFFF: None})))[:longest].strip()


def identifier(title: str, path: Path, otherwise: str = "engagement") -> str:
    """A short name, made of the letters and digits of the title or else of the file's name."""
    for text in (title, path.stem):
        plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
        slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].rstrip("-")
        if slug:
            return slug
    return otherwise
