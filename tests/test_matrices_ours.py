"""What `advisor raci` writes reads back to the same letters, whatever the format."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.advise import advise
from advisor.advise.reader_words import in_words_of
from advisor.catalog.engagements import read_one
from advisor.catalog.own import catalog_for
from advisor.documents import write
from advisor.documents.client_copy import for_client
from advisor.documents.shared.edition import Edition
from advisor.documents.shared.words import column_name
from advisor.matrices import read_matrices
from advisor.model.advice import Advice
from tests.conftest import EXAMPLES

FORMATS = ("xlsx", "csv", "markdown", "html", "docx")


def advice_on(path: Path) -> Advice:
    data = path.read_bytes()
    catalog = catalog_for(data, path, None)
    return in_words_of(advise(catalog, read_one(data, str(path), catalog)))


EDITIONS = {"raci": Edition(), "both": Edition(document="both"), "client": Edition(client_view=True)}


ALL = sorted(EXAMPLES.glob("*.yaml"))
# Every example in two formats, which take turns; other editions of a few in every format.
CASES = [(path, "raci", FORMATS[(at + step) % len(FORMATS)]) for at, path in enumerate(ALL) for step in range(2)]
CASES += [(path, edition, form) for path in ALL[::8] for edition in ("both", "client") for form in FORMATS]


@pytest.mark.parametrize(("path", "edition", "form"), CASES, ids=lambda case: getattr(case, "stem", case))
def test_our_own_matrix_reads_back(path: Path, edition: str, form: str, tmp_path: Path) -> None:
    """Each activity in use comes back with its letters and its phase, none is missing, nothing in it is odd."""
    whole = advice_on(path)
    advice = for_client(whole) if EDITIONS[edition].client_view else whole
    file = tmp_path / f"matrix.{form.replace('markdown', 'md')}"
    file.write_bytes(write(advice, form, EDITIONS[edition]))
    (matrix,) = read_matrices(file)
    phases = {phase.id: phase.name for phase in advice.names.phases}
    ours = [
        (phases[row.phase], row.name, [row.letters(role).split("/") for role in advice.matrix.roles])
        for row in advice.matrix.activities
    ]
    read = [(row.phase, row.activity, [sorted(cell.letters) or [""] for cell in row.cells]) for row in matrix.rows]
    assert read == ours
    assert [role.name for role in matrix.roles] == [column_name(advice, role) for role in advice.matrix.roles]
    assert not [cell for row in matrix.rows for cell in row.cells if cell.unread or cell.lookalikes or cell.remark]
