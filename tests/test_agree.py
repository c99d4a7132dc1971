"""Several people's answers: exactly the questions on which something hangs are on the agenda, and nothing is lost."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import product
from pathlib import Path

import jsonschema
import pytest

from advisor.advise import advise
from advisor.advise.standing import standing_of
from advisor.agree import meeting, trying
from advisor.agree.values import Meeting, Voice
from advisor.catalog.engagements import read_one
from advisor.cli.agree import voice_names
from advisor.documents.advice.as_json import schema_of
from advisor.documents.agreed.agenda import agenda_of
from advisor.documents.agreed.agenda_json import meeting_as_json
from advisor.documents.agreed.report import as_text, html, markdown, word
from advisor.interview.writing import dump_engagement
from advisor.model.rulebook import Catalog
from tests.conftest import EXAMPLES, Run

APP = (EXAMPLES / "retail-app-handover.yaml").read_text(encoding="utf-8")
NOTE = (
    "provenance:\n  service_levels: {option: contractual, how: asked, when: 2027-01-04T10:00:00Z, note: contract 7.2}\n"
)
SALES = {
    "client_contact: monthly": "client_contact: daily",
    "service_levels: contractual": "service_levels: none",
    "sites: one_site": "sites: several_sites",
    "go_live: 2027-10-04": "go_live: 2027-09-06",
}
CLIENT = {
    "client_contact: monthly": "client_contact: daily",
    "gates: client": "gates: none",
    "  methodology: hybrid\n": "",
    "project_manager: Ben Tilley": "project_manager: Sam Bright",
}
PEOPLE = {"delivery": {}, "sales": SALES, "client": CLIENT}


def text_of(name: str) -> str:
    text = APP + (NOTE if name == "delivery" else "")
    for old, new in PEOPLE[name].items():
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.fixture(scope="module")
def voices(catalog: Catalog) -> list[Voice]:
    return [
        Voice(name, f"app-{name}.yaml", read_one(text_of(name).encode(), f"app-{name}.yaml", catalog))
        for name in PEOPLE
    ]


@pytest.fixture(scope="module")
def met(catalog: Catalog, voices: list[Voice]) -> Meeting:
    return meeting(catalog, voices)


def test_exactly_those_questions_are_settled_on_which_something_hangs(
    catalog: Catalog, voices: list[Voice], met: Meeting
) -> None:
    """Held to the definition: whatever is decided on the points, no other question changes anything."""
    assert [point.said.question for point in met.points] == ["client_contact", "service_levels", "gates"]
    assert [one.question for one in met.idle] == ["sites"] and met.every and met.tried == 16
    base = replace(voices[0].engagement, answers=met.advice.engagement.answers)
    options = {one.question: tuple(one.options) for one in (*(point.said for point in met.points), *met.idle)}
    found: dict[tuple[str, ...], set[str]] = {}
    for chosen in product(*options.values()):
        answers = {**base.answers, **dict(zip(options, chosen, strict=True))}
        found.setdefault(chosen[:3], set()).add(repr(standing_of(advise(catalog, replace(base, answers=answers)))))
    assert all(len(outcomes) == 1 for outcomes in found.values())


def test_the_agenda_says_who_said_what_and_what_hangs_on_it(met: Meeting) -> None:
    text = " ".join(as_text(agenda_of(met)).split())
    assert "Three people differ on four questions; three have to be settled." in text
    assert (
        "1. How often does the client expect to talk to whoever leads? Who says what: “About once a month”: delivery;"
        in text
    )
    assert "Notes: delivery: contract 7.2." in text
    assert "Go-live: 4 October 2027 (delivery and client); 6 September 2027 (sales)." in text
    assert "Project manager: Ben Tilley (delivery and sales); Sam Bright (client)." in text
    assert "1 question only some answered, and nobody otherwise" in text


def test_what_all_agree_on_is_a_file_to_go_on_with(catalog: Catalog, met: Meeting) -> None:
    merged = read_one(dump_engagement(met.agreed, catalog.several).encode(), "agreed.yaml", catalog)
    assert merged == met.agreed
    assert not {"client_contact", "service_levels", "gates", "sites"} & merged.answers.keys()
    assert merged.answers["methodology"] == "hybrid"  # two said so, nobody otherwise
    assert merged.origins["methodology"].source == "app-delivery.yaml, app-sales.yaml"
    assert merged.origins["client_contact"].note == "open: monthly (delivery); daily (sales, client)"
    assert merged.origins["service_levels"].note.endswith("none (sales); delivery: contract 7.2")
    assert "go_live" not in merged.dates and "project_manager" not in merged.people
    assert merged.dates["start"] == "2027-01-25" and merged.people["client_sponsor"] == "Rosa Martin"


def test_what_all_agree_on_can_be_read_whatever_they_contradict_each_other_on(catalog: Catalog) -> None:
    """Here each states one date, which together would end before they begin, and who agreed is named by one alone."""
    letters = "{client_sponsor: C, project_manager: A}"
    row = f"agreed: [{{row: release_decision, letters: {letters}, by: [Ben Tilley], why: w}}]\n"
    dates = "dates: {start: 2027-01-25, go_live: 2027-10-04, end: 2029-10-03}\n"
    assert dates in APP
    texts = (
        APP.replace(dates, "dates: {start: 2027-05-03}\n") + row,
        APP.replace(dates, "dates: {go_live: 2027-03-01}\n").replace("Ben Tilley", "Sam Bright"),
    )
    both = [
        Voice(str(at), f"{at}.yaml", read_one(text.encode(), f"{at}.yaml", catalog)) for at, text in enumerate(texts)
    ]
    agreed = meeting(catalog, both).agreed
    assert (agreed.dates, agreed.agreed) == ({}, ())
    assert read_one(dump_engagement(agreed, catalog.several).encode(), "agreed.yaml", catalog) == agreed


def test_anonymous_voices_are_counted_and_never_named(catalog: Catalog, voices: list[Voice]) -> None:
    found = meeting(catalog, voices, anonymous=True)
    said = [as_text(agenda_of(found, anonymous=True)), meeting_as_json(found, True)]
    said.append(dump_engagement(found.agreed, catalog.several))
    for text in said:
        assert not any(
            name in text.replace("delivery manager", "").replace("delivery_", "") for name in ("sales", "app-delivery")
        )
        assert "contract 7.2" not in text
    assert "“Daily, or nearly so”: 2 of 3" in said[0] and "open: monthly (1 of 3); daily (2 of 3)" in said[2]
    jsonschema.validate(json.loads(said[1]), schema_of("agree"))


def test_a_decision_that_makes_others_needless_says_so(catalog: Catalog) -> None:
    """Where nothing follows delivery, nobody asks about its levels."""
    pair = {
        "post_delivery: ongoing_support": "post_delivery: none",
        "service_levels: contractual": "service_levels: none",
    }
    other = APP
    for old, new in pair.items():
        other = other.replace(old, new)
    both = [Voice(name, name, read_one(text.encode(), name, catalog)) for name, text in (("a", APP), ("b", other))]
    found = {point.said.question: point.closes for point in meeting(catalog, both).points}
    assert found["post_delivery"]["none"] == ("service_levels",)


def test_many_differences_are_tried_in_part_and_it_says_so(
    catalog: Catalog, voices: list[Voice], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trying, "MOST_TRIED", 8)
    found = meeting(catalog, voices)
    assert not found.every and found.tried < 16
    assert [point.said.question for point in found.points] == ["client_contact", "service_levels", "gates"]
    assert "There are too many combinations" in as_text(agenda_of(found), 300)


def test_every_format_says_the_same(met: Meeting) -> None:
    report = agenda_of(met)
    jsonschema.validate(json.loads(meeting_as_json(met)), schema_of("agree"))
    for text in (markdown(report), html(report)):
        assert "To settle first: who leads hangs on it" in text and "How often does the client" in text
    assert word(report)[:2] == b"PK"


def test_the_command_writes_agenda_and_agreement(run: Run, tmp_path: Path) -> None:
    for name in PEOPLE:
        (tmp_path / f"app-{name}.yaml").write_text(text_of(name), encoding="utf-8")
    files = [f"app-{name}.yaml" for name in PEOPLE]
    told = run("agree", *files, "-o", "agenda.md", "-o", "agreed.yaml")
    assert (told.code, told.err) == (0, "wrote agenda.md\nwrote agreed.yaml\n")
    assert run("advise", "agreed.yaml").code == 0
    assert run("agree", files[0]).code == 2
    assert "would overwrite an input" in run("agree", *files, "-o", files[0]).err
    other = text_of("sales").replace("id: retail-app-handover, name: Customer app", "id: another, name: Till app")
    (tmp_path / "app-sales.yaml").write_text(other, encoding="utf-8")
    wrong = run("agree", *files)
    assert wrong.code == 1
    assert "app-sales.yaml: engagement.id: is another, but app-delivery.yaml is on retail-app-handover" in wrong.err


def test_people_are_called_by_what_their_files_do_not_share() -> None:
    assert voice_names(["x/acme-delivery.yaml", "x/acme-sales.yaml"]) == ["delivery", "sales"]
    assert voice_names(["sales/acme.yaml", "client/acme.yaml"]) == ["sales/acme", "client/acme"]
    assert voice_names(["ada.yaml", "bo.yaml"]) == ["ada", "bo"]
