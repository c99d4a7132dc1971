"""Pictures: what they say is what the advice says, within their frame, as SVG and as PNG."""

from __future__ import annotations

import io
import re
import struct
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest

from advisor.advise import advise
from advisor.catalog.engagements import read_engagement
from advisor.documents.advice.charts import CHARTS, as_png, chart, chart_words
from advisor.documents.advice.viewing import view_of
from advisor.documents.shared.drawing import THEMES
from advisor.documents.shared.edition import Edition
from advisor.documents.shared.view import View
from advisor.model.rulebook import Catalog
from tests.conftest import EXAMPLES, Run

SVG = "{http://www.w3.org/2000/svg}"
NAMES = sorted(EXAMPLES.glob("*.yaml"))


def view(catalog: Catalog, name: str = "acme-portal") -> View:
    return view_of(advise(catalog, read_engagement(EXAMPLES / f"{name}.yaml", catalog)))


def said(svg: str) -> list[str]:
    return ["".join(one.itertext()) for one in ET.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("path", NAMES, ids=[path.stem for path in NAMES])
def test_within_the_frame(catalog: Catalog, path: Path) -> None:
    """Every chart of every example is well-formed, and nothing in it starts outside its frame."""
    shown = view(catalog, path.stem)
    for name in CHARTS:
        for theme in THEMES:
            svg = chart(shown, name, theme)
            if not svg:  # nothing speaks for either side
                assert path.stem == "small-internal-tool" and name == "evidence"
                continue
            root = ET.fromstring(svg)
            _, _, width, height = (float(one) for one in root.attrib["viewBox"].split())
            for one in root.iter():
                if one.tag in (f"{SVG}text", f"{SVG}rect") and "x" in one.attrib:
                    assert -0.1 <= float(one.attrib["x"]) <= width
                    assert -0.1 <= float(one.attrib["y"]) <= height
                if one.tag == f"{SVG}rect" and "x" in one.attrib:
                    assert float(one.attrib["x"]) + float(one.attrib["width"]) <= width + 0.2
            assert root.find(f"{SVG}title") is not None and root.find(f"{SVG}desc") is not None


def test_split(catalog: Catalog) -> None:
    """The shares of each phase, in percent, as wide as they say."""
    shown = view(catalog)
    words = said(chart(shown, "split"))
    for phase in shown.split:
        assert phase.name in words
        assert all(f"{share.percent} %" in words for share in phase.shares)
    widths = [float(one) for one in re.findall(r'width="([\d.]+)" height="30.0"[^/]*/>', chart(shown, "split"))]
    assert max(widths) == pytest.approx(570 * 0.95, abs=0.2)


def test_evidence(catalog: Catalog) -> None:
    """Each rule's points, and the sum of each side."""
    shown = view(catalog)
    words = said(chart(shown, "evidence"))
    for side in shown.sides:
        assert f"{side.name}: {side.points} points" in words
    points = sorted(int(one) for one in words if re.fullmatch(r"[+-]\d", one))
    assert points == sorted(item.points for side in shown.sides for item in side.items)


def test_accountability(catalog: Catalog) -> None:
    """How many rows of each phase a role answers for; together as many as the matrix has."""
    shown = view(catalog)
    picture = chart(shown, "accountability")
    told = re.findall(r"([^:;,.]+) (\d+)(?=[,;]|$)", chart_words(picture))
    assert sum(int(count) for _, count in told) == sum(len(phase.rows) for phase in shown.phases)
    short = {column.name: column.short for column in shown.columns}
    labels = {f"{short[name.strip()]} {count}" for name, count in told}
    drawn = {text for text in said(picture) if re.fullmatch(r"[A-Z]+ \d+", text)}
    assert drawn and drawn <= labels  # a bar too low for its label has none


def test_for_the_client(catalog: Catalog) -> None:
    """There is no picture of the evidence for a client."""
    engagement = read_engagement(EXAMPLES / "acme-portal.yaml", catalog)
    assert chart(view_of(advise(catalog, engagement), Edition(client_view=True)), "evidence") == ""


def test_names_are_escaped_and_shortened(catalog: Catalog) -> None:
    """A name that is markup, or far too long, stays a short text."""
    odd = replace(view(catalog), heading="<script>" + "Übergröße 🙂 " * 40)
    words = said(chart(odd, "split"))
    assert any(one.startswith("<script>") and one.endswith("…") for one in words)


def test_png(catalog: Catalog) -> None:
    """The PNG is twice as large as the drawing, and says the same every time."""
    svg = chart(view(catalog), "split")
    made = as_png(svg)
    assert made.startswith(b"\x89PNG") and made == as_png(svg)
    width = float(re.search(r'viewBox="0 0 ([\d.]+)', svg)[1])  # type: ignore[index]
    assert struct.unpack(">I", made[16:20])[0] == pytest.approx(width * 2, abs=4)
    pillow = pytest.importorskip("PIL.Image")
    assert len(pillow.open(io.BytesIO(made)).convert("RGB").getcolors(100_000)) > 20


class TestCommand:
    def test_one_file(self, run: Run, tmp_path: Path) -> None:
        """The suffix decides between SVG and PNG."""
        example = str(EXAMPLES / "acme-portal.yaml")
        assert run("chart", example, "-o", "x.svg", "--chart", "accountability").code == 0
        assert "Who answers for the work" in (tmp_path / "x.svg").read_text()
        assert run("chart", example, "-o", "x.png", "--theme", "dark").code == 0
        assert (tmp_path / "x.png").read_bytes().startswith(b"\x89PNG")

    def test_a_folder(self, run: Run, tmp_path: Path) -> None:
        """All charts of all files, named after them."""
        files = [str(EXAMPLES / f"{name}.yaml") for name in ("acme-portal", "office-move")]
        assert run("chart", *files, "-o", "out").code == 0
        assert sorted(one.name for one in (tmp_path / "out").iterdir()) == sorted(
            f"{name}-{one}.svg" for name in ("acme-portal", "office-move") for one in CHARTS
        )

    def test_mistakes(self, run: Run) -> None:
        """A suffix that is no picture's."""
        example = str(EXAMPLES / "acme-portal.yaml")
        assert run("chart", example, "-o", "x.gif").code == 2


def test_png_with_emoji_in_a_name(catalog: Catalog) -> None:
    """A name with pictures in it is set as text over the drawing, as large as the drawing itself, and runs nothing."""
    shown = view(catalog)
    plain = as_png(chart(shown, "split"))
    for heading in ("Portal 🚀", '🙂 #panic("no") \\ {{ 7 * 7 }} </text><script>'):
        for theme in ("light", "dark"):
            svg = chart(replace(shown, heading=heading), "split", theme)
            assert heading in said(svg)
            made = as_png(svg)
            assert made != plain and made[16:24] == plain[16:24]
            assert made == as_png(svg)
