"""The quick way of reading engagements: it accepts nothing that careful reading refuses, and reads it the same."""

from __future__ import annotations

import json
from typing import Any
from unittest import mock

import yaml
from hypothesis import given
from hypothesis import strategies as st

from advisor.catalog.engagements import read_one
from advisor.catalog.records import accept, record_of
from advisor.catalog.source import compose
from advisor.errors import InputError
from advisor.model.engagement import Engagement
from advisor.model.rulebook import Catalog
from tests.conftest import EXAMPLES
from tests.strategies import answers

ODD = st.sampled_from(
    ["", " ", "null", "~", "yes", "true", "2027-02-30", "2027-01-31", "20270131", "a\u2028b", "Zoë  O", "5"]
)
ANY: st.SearchStrategy[Any] = ODD | st.none() | st.booleans() | st.integers(0, 9) | st.lists(ODD, max_size=2)


def carefully(text: str, catalog: Catalog) -> Engagement | str:
    """What reading with care makes of it, the quick way closed."""
    with mock.patch("advisor.catalog.engagements.record_of", return_value=None):
        try:
            return read_one(text.encode(), "e.yaml", catalog)
        except InputError as error:
            return str(error)


def quickly(text: str, catalog: Catalog) -> Engagement | None:
    """What the quick way makes of it, None where it leaves it to careful reading."""
    ((node, _),) = compose(text.encode(), "e.yaml")
    record = record_of(node)
    return accept(record, catalog, "e") if record is not None else None


@given(st.data())
def test_the_quick_way_reads_no_differently(catalog: Catalog, data: st.DataObject) -> None:
    """Whatever stands in a document, what the quick way accepts is what careful reading makes of it."""
    document = {
        "engagement": data.draw(st.dictionaries(st.sampled_from(["id", "name", "client", "nme"]), ANY)),
        "answers": data.draw(answers(catalog)) | data.draw(st.dictionaries(st.sampled_from(["risk", "rsk"]), ANY)),
        "people": data.draw(st.dictionaries(st.sampled_from(["delivery_manager", "nobody"]), ANY)),
        "dates": data.draw(st.dictionaries(st.sampled_from(["start", "go_live", "end", "begin"]), ANY)),
    }
    for name, value in data.draw(
        st.dictionaries(st.sampled_from(["questionnaire", "rulebook", "context", *document]), ANY)
    ).items():
        document[name] = value
    for text in (json.dumps(document), yaml.safe_dump(document, allow_unicode=True)):
        found = quickly(text, catalog)
        assert found is None or found == carefully(text, catalog)
    found = accept(document, catalog, "e")
    assert found is None or found == carefully(json.dumps(document), catalog)


def test_engagements_that_are_right_take_the_quick_way(catalog: Catalog) -> None:
    """Every plain example is accepted, so that the property above says something; the rest is read with care."""
    for path in sorted(EXAMPLES.glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        found, careful = quickly(text, catalog), carefully(text, catalog)
        assert isinstance(careful, Engagement)
        more = careful.replaced or careful.matters or careful.times
        assert found == (None if more else careful), path.name


def test_odd_keys_are_left_to_careful_reading(catalog: Catalog) -> None:
    """Two values for one field, or a key that is no text, are a mistake to be told, whichever way the text is read."""
    for text in ("answers: {risk: low, risk: low}", "answers: {risk: low}\nanswers: {}", "{[a]: {}}", "{[a]: b}"):
        assert quickly(text, catalog) is None
