"""A drawing that grows downwards: bars, lines and texts that keep within their room, as SVG."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from html import escape

from advisor.documents.shared.words import clean

_PAGE = {
    "paper": "none",
    "ink": "var(--ink)",
    "soft": "var(--soft)",
    "line": "var(--firm)",
    "first": "var(--dm)",
    "second": "var(--pm)",
    "third": "var(--firm)",
    "fourth": "var(--line)",
    "fifth": "var(--soft)",
    "on": "var(--paper)",
    "on_light": "var(--ink)",
}
_LIGHT = {
    "paper": "#ffffff",
    "ink": "#17212b",
    "soft": "#51606d",
    "line": "#9aa7b1",
    "first": "#12395b",
    "second": "#b3561b",
    "third": "#9aa7b1",
    "fourth": "#d5dce1",
    "fifth": "#51606d",
    "on": "#ffffff",
    "on_light": "#17212b",
}
_DARK = {
    "paper": "#10161c",
    "ink": "#e8edf1",
    "soft": "#a3b1bd",
    "line": "#5b6b79",
    "first": "#7db4de",
    "second": "#e5965c",
    "third": "#5b6b79",
    "fourth": "#2b3843",
    "fifth": "#a3b1bd",
    "on": "#10161c",
    "on_light": "#e8edf1",
}
# `bare` and `page` stand in a document that says what they are; `page` takes the colours of its page.
THEMES = {"light": _LIGHT, "dark": _DARK, "bare": _LIGHT, "page": _PAGE}
WITHIN = ("bare", "page")
FONTS = "'Source Sans 3', 'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
_BROAD = 0.6  # of the font's size: what a letter takes on average in the broadest of these fonts
# What lies on grey has the ink of the page; what lies on the two colours, that of paper.
_GREY = ("third", "fourth")


class Drawing:
    """One picture in the making; `at` is how far down it has grown."""

    def __init__(self, name: str, title: str, theme: str, width: float, heading: str) -> None:
        self.name, self.title, self.theme, self.width = name, title, theme, width
        self.colours = THEMES[theme]
        self.at = 0.0
        self._parts: list[str] = []
        if theme not in WITHIN:
            top = self.below(58)
            self.text(0, top + 16, title, 18, bold=True, most=width)
            self.text(0, top + 36, heading, 12, soft=True, most=width)

    def below(self, height: float) -> float:
        """Room for the next part: the place where it starts."""
        start = self.at
        self.at += height
        return start

    def text(
        self, x: float, y: float, text: str, size: float, bold: bool = False, soft: bool = False, most: float = 0
    ) -> None:
        """A line of text, shortened to `most`."""
        colour = self.colours["soft" if soft else "ink"]
        weight = ' font-weight="600"' if bold else ""
        said = escape(self._short(text, size, most) if most else clean(text))
        self._parts.append(f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{colour}"{weight}>{said}</text>')

    def label(self, x: float, y: float, text: str, size: float, on: str, most: float) -> None:
        """A line of text on a bar of the colour `on`, shortened to `most`."""
        colour = self.colours["on_light" if on in _GREY else "on"]
        said = escape(self._short(text, size, most))
        self._parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" font-weight="600" fill="{colour}">{said}</text>'
        )

    def bar(self, x: float, y: float, width: float, height: float, fill: str, label: str) -> None:
        """A bar with its label inside where there is room; the second colour is hatched, to be told apart in grey."""
        if width <= 0 or height <= 0:
            return
        box = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
        # the grey that is next to the paper's colour needs an edge to be seen
        edge = f'stroke="{self.colours["line" if fill == "fourth" else "on"]}" stroke-width="1"'
        self._parts.append(f'<rect {box} fill="{self.colours[fill]}" {edge}/>')
        if fill == "second":
            self._parts.append(f'<rect {box} fill="url(#{self.name}-hatch)"/>')
        if label and _wide(label, 12) <= width - 4 and height >= 14:
            colour = self.colours["on_light" if fill in _GREY else "on"]
            style = f'font-size="12" font-weight="600" text-anchor="middle" fill="{colour}"'
            middle = f'x="{x + width / 2:.1f}" y="{y + height / 2 + 4:.1f}"'
            self._parts.append(f"<text {middle} {style}>{escape(label)}</text>")

    def line(self, x: float, y: float, width: float) -> None:
        """A thin line from left to right."""
        path = f"M{x:.1f} {y:.1f}h{width:.1f}"
        self._parts.append(f'<path d="{path}" stroke="{self.colours["ink"]}" stroke-width="1"/>')

    def legend(self, entries: Sequence[tuple[str, str]]) -> None:
        """Names beside their colours, on as many lines as they need."""
        x, top = 0.0, self.below(24)
        for name, fill in entries:
            said = self._short(name, 12, self.width - 30)
            wide = _wide(said, 12) + 36
            if x and x + wide > self.width:
                x, top = 0.0, self.below(22)
            self.bar(x, top, 14, 14, fill, "")
            self.text(x + 20, top + 12, said, 12)
            x += wide
        self.below(8)

    def wrapped(self, text: str, size: float, room: float) -> list[str]:
        """The text in lines that fit the room."""
        return textwrap.wrap(clean(text), max(4, int(room / (size * _BROAD)))) or [""]

    def finished(self, says: str) -> str:
        """The SVG, with `says` for those who cannot see it."""
        edge = 0 if self.theme in WITHIN else 24
        width, height = self.width + 2 * edge, self.at + 2 * edge
        background = "" if edge == 0 else f'<rect width="100%" height="100%" fill="{self.colours["paper"]}"/>'
        size = "" if self.theme == "page" else f' width="{width:g}" height="{height:g}"'
        stroke = f'stroke="{self.colours["on"]}" stroke-opacity=".35" stroke-width="2"'
        hatch = (
            f'<defs><pattern id="{self.name}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate(45)"><path d="M0 0v6" {stroke}/></pattern></defs>'
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}"{size} role="img" '
            f'aria-labelledby="{self.name}-title {self.name}-says" font-family="{FONTS}">'
            f'<title id="{self.name}-title">{escape(self.title)}</title>'
            f'<desc id="{self.name}-says">{escape(clean(says))}</desc>'
            f'{hatch}{background}<g transform="translate({edge} {edge})">{"".join(self._parts)}</g></svg>\n'
        )

    def _short(self, text: str, size: float, most: float) -> str:
        said = clean(text)
        if _wide(said, size) <= most:
            return said
        while said and _wide(f"{said}…", size) > most:
            said = said[:-1]
        return f"{said.rstrip()}…"


def _wide(text: str, size: float) -> float:
    """About how wide the text is; letters of East Asia and pictures take the room of two."""
    return sum(size * (1.1 if ord(one) > 0x2E80 else _BROAD) for one in text)
