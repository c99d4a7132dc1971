"""The tables of an HTML page as plain values: the texts of each row's cells, and where the links in its list lead."""

from __future__ import annotations

from html.parser import HTMLParser

Table = list[tuple[list[str], list[str]]]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, Table] = {}
        self.table = ""
        self.body = self.cell = self.listed = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "table":
            self.table = given.get("id") or f"{given.get('class')}-table"
            self.found[self.table] = []
        elif tag == "tbody":
            self.body = True
        elif tag == "tr" and self.body:
            self.found[self.table].append(([], []))
        elif tag in ("td", "th") and self.body:
            self.cell = True
            self.listed = "which" in (given.get("class") or "")
            self.found[self.table][-1][0].append("")
        elif tag == "a" and self.body and self.listed:
            self.found[self.table][-1][1].append(given.get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "tbody":
            self.body = False
        elif tag in ("td", "th"):
            self.cell = False

    def handle_data(self, data: str) -> None:
        if self.body and self.cell:
            self.found[self.table][-1][0][-1] += data


def tables(page: str) -> dict[str, Table]:
    """All tables by id, or by class where they have none."""
    reader = _Reader()
    reader.feed(page)
    return reader.found
