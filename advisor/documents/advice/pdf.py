"""The document as PDF: a page layout that typst fills from data, with fonts that it brings along."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from advisor.documents.advice.charts import CHARTS, chart
from advisor.documents.advice.pages import KINDS, layout_of, sources
from advisor.documents.advice.viewing import view_of
from advisor.documents.brief.compose import brief_of
from advisor.documents.brief.picture import work_picture
from advisor.documents.shared import TEMPLATES
from advisor.documents.shared.edition import Edition
from advisor.errors import MissingExtra, OutputError
from advisor.model.advice import Advice

LOGO_WIDE, LOGO_HIGH = 55, 16  # mm
HOUSE = "house.typ"  # what all layouts of an engagement import
NO_FILES: Mapping[str, bytes] = {}


def write(advice: Advice, edition: Edition) -> bytes:
    """The pages; MissingExtra without the package that lays them out, OutputError when it cannot."""
    view = view_of(advice, edition)
    logo, files = logo_data(edition)
    brief = brief_of(advice, view, edition.rows) if edition.document == "brief" else None
    data = {
        "view": {**asdict(view), "logo": ""},
        "brief": asdict(brief) if brief is not None else None,
        "picture": work_picture(brief, "bare") if brief is not None else "",
        "document": edition.document,
        "kind": KINDS[edition.document],
        "paper": "a4",
        "legend": [asdict(line) for line in view.legend],
        "signatories": [asdict(holder) for holder in view.signatories],
        "sources": [asdict(source) for source in sources(view, edition)],
        "charts": {name: chart(view, name, "bare") for name in CHARTS},
        **logo,
    }
    files[HOUSE] = (TEMPLATES / HOUSE).read_bytes()
    return compiled(TEMPLATES / f"{layout_of(edition)}.typ", json.dumps(data, ensure_ascii=False), files)


def logo_data(edition: Edition) -> tuple[dict[str, Any], dict[str, bytes]]:
    """What a layout is told of the logo, and the file that it finds beside it; false and none without one."""
    logo = edition.logo
    if logo is None:
        return {"logo": False, "logo_kind": "", "logo_size": ()}, {}
    said = {"logo": True, "logo_kind": logo.kind, "logo_size": logo.within(LOGO_WIDE, LOGO_HIGH)}
    return said, {f"logo.{logo.kind}": logo.data}


def compiled(template: Path, data: str, files: Mapping[str, bytes] = NO_FILES) -> bytes:
    """A layout filled with `data`, JSON, and no other files beside it than those given.

    MissingExtra without the package that lays it out, OutputError when it cannot.
    """
    try:
        import typst
    except ImportError:
        raise MissingExtra("A PDF", "typst", "pdf") from None

    # A folder with nothing else in it: the layout can read no file but these.
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "document.typ"
        page.write_bytes(template.read_bytes())
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        try:
            made = typst.compile(page, root=Path(folder), format="pdf", sys_inputs={"data": data})
        except typst.TypstError as error:
            where = (
                "the logo in the PDF could not be read"
                if "decode image" in str(error)
                else "the PDF could not be laid out"
            )
            raise OutputError(f"{where}: {error}") from None
    assert isinstance(made, bytes)
    return made
