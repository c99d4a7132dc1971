"""What all documents share: words, lines, sheets, editions, and the sandbox of templates."""

from pathlib import Path

TEMPLATES = Path(__file__).parent.parent / "templates"
