"""What a portfolio counts by: loads by day, the policy, rulebooks of one's own, and files as people have them."""

from __future__ import annotations

import datetime
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.catalog import load_catalog
from advisor.catalog.load import load_rulebook
from advisor.errors import InputError
from advisor.model.rulebook import Catalog
from advisor.portfolio.timing import LONGEST, Busy, busiest, days_in, load_days, month_id, spans_of
from advisor.portfolio.values import FULL_TIME, Named, Span, Staffed
from tests.conftest import EXAMPLES, REPOSITORY, Run
from tests.recount import by_day

pytestmark = pytest.mark.usefixtures("in_one_process")

OWN = EXAMPLES / "rulebooks"
DM = Named("delivery_manager", "Delivery manager")
days = st.dates(datetime.date(2024, 1, 1), datetime.date(2032, 12, 31))


def staffed(*spans: Span, mean: int = 0) -> Staffed:
    return Staffed(DM, "", False, False, (), mean, spans)


def portfolio(run: Run, *paths: Path) -> tuple[int, dict[str, Any], str]:
    outcome = run("portfolio", *paths, "-o", "p.json")
    return outcome.code, json.loads(Path("p.json").read_text(encoding="utf-8")), outcome.err


class TestTime:
    """When loads run, and how they add up by month."""

    @settings(deadline=None)
    @given(given=st.lists(days, min_size=3, max_size=3).map(sorted), lacks=st.sets(st.sampled_from(["go_live", "end"])))
    def test_each_day_takes_what_its_phases_take(
        self, catalog: Catalog, given: list[datetime.date], lacks: set[str]
    ) -> None:
        """Whatever the dates, each day has the load of the phases that run on it by the policy, and no other."""
        load = catalog.load
        assert load is not None
        dates = {name: day.isoformat() for name, day in zip(("start", "go_live", "end"), given, strict=True)}
        dates = {name: day for name, day in dates.items() if name not in lacks}
        by_phase = {"planning": 300_000, "execution": 500_000, "post_delivery": 200_000, "governance": 50_000}
        expected = by_day({phase: load / FULL_TIME for phase, load in by_phase.items()}, 0.4, dates)
        found: dict[datetime.date, int] = {}
        for span in spans_of(load, by_phase, 400_000, dates):
            for day in range(span.first, span.after):
                date = datetime.date.fromordinal(day)
                found[date] = found.get(date, 0) + span.load
        assert {day: load / FULL_TIME for day, load in found.items()} == pytest.approx(expected)

    @settings(deadline=None)
    @given(
        st.lists(st.tuples(days, st.integers(0, 900), st.integers(0, 1_500_000)), max_size=6), st.integers(0, 900_000)
    )
    def test_busiest_month(self, parts: list[tuple[datetime.date, int, int]], always: int) -> None:
        """The busiest month is the highest of all months, with what is always there on top."""
        spans = [Span(day.toordinal(), day.toordinal() + length, load) for day, length, load in parts]
        months: dict[str, float] = {}
        for span in spans:
            for day in range(span.first, span.after):
                date = datetime.date.fromordinal(day)
                length = days_in(date.year * 12 + date.month - 1)
                months[f"{date:%Y-%m}"] = months.get(f"{date:%Y-%m}", 0) + span.load / length
        roles = [*(staffed(span) for span in spans if span.first < span.after), staffed(mean=always)]
        highest, month = busiest(roles)
        assert highest * FULL_TIME == pytest.approx(always + max(months.values(), default=0.0), abs=1e-3)
        assert bool(month) is bool(months)
        if month:
            assert months[month] == pytest.approx(max(months.values()))

    def test_two_halves_are_one_person(self) -> None:
        """Loads that add up to exactly one fit, a millionth more does not."""
        year = Span(datetime.date(2027, 1, 1).toordinal(), datetime.date(2028, 1, 1).toordinal(), 500_000)
        half = Busy([staffed(year)])
        assert half.has_room(Busy([staffed(year)]))
        assert not half.has_room(Busy([staffed(mean=500_001)]))
        assert not half.has_room(Busy([staffed(Span(year.first, year.after, 500_001))]))
        assert busiest([staffed(year), staffed(year)])[0] == 1.0

    @pytest.mark.parametrize("end", ["9999-12-31", ""])
    def test_an_end_that_never_comes(self, catalog: Catalog, end: str) -> None:
        """An end in the year 9999 means that none is planned: ten years are counted, to the last day there is."""
        assert catalog.load is not None
        dates = {"start": "2027-01-01", "go_live": "2027-06-01", "end": end}
        (*_, last) = spans_of(catalog.load, {"post_delivery": 400_000}, 0, dates)
        assert last.after - datetime.date(2027, 1, 1).toordinal() <= LONGEST
        at_the_end = {"start": "9999-11-01", "go_live": "9999-12-31", "end": end}
        spans = spans_of(catalog.load, {"execution": 400_000, "post_delivery": 1}, 0, at_the_end)
        assert {month_id(month) for month in load_days(spans)} <= {"9999-11", "9999-12"}


class TestPolicy:
    """`load.yaml`: checked with the rulebook, apart from all advice."""

    def test_no_part_of_the_digest(self, tmp_path: Path, catalog: Catalog) -> None:
        """Changing the policy changes its own digest and no advice's."""
        own = _copy(tmp_path)
        path = own / "load.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("overload: 100", "overload: 80"), encoding="utf-8")
        changed = load_catalog(own, REPOSITORY / "questionnaires")
        assert changed.digest == catalog.digest
        assert changed.load is not None and catalog.load is not None
        assert changed.load.digest != catalog.load.digest and changed.load.overload == 80

    def test_optional(self, tmp_path: Path) -> None:
        """A rulebook without it is whole."""
        own = _copy(tmp_path)
        (own / "load.yaml").unlink()
        assert load_catalog(own, REPOSITORY / "questionnaires").load is None
        assert load_rulebook(OWN / "staffing-firm").load is None

    def test_the_shipped_one_is_taken_where_it_fits(self, catalog: Catalog) -> None:
        """A rulebook that extends ours and keeps our models and phases is counted by our policy."""
        assert load_rulebook(OWN / "agile-public-sector").load == catalog.load

    @pytest.mark.parametrize(
        ("old", "new", "says"),
        [
            ("scale: scale ", "scale: scal ", "scale: 'scal' is no finding (did you mean scale?)"),
            ("unknown: medium", "unknown: middle", "unknown: 'middle' is none of small, medium, large"),
            (
                "phase: planning",
                "phase: planing",
                "phases[2].phase: 'planing' is no phase of this rulebook (did you mean",
            ),
            ("during: service", "during: servce", "during: 'servce' is none of build, service, throughout (did you"),
            ("time: 60", "time: 50", "phases: the time of those during build must add to 100, not 90"),
            ("- model: paired", "- model: team_led", "must name paired too"),
            ("{small: 45, medium: 95,", "{medium: 95, small: 45,", "work: must name small, medium, large, in order"),
            ("{small: 45, ", "{small: 6000, ", "work.small: 6000 percent is more than 1000"),
            ("post_delivery: 10", "post_deliver: 10", "post_deliver: is no phase (did you mean post_delivery?)"),
            ("overload: 100 ", "overload: 0 ", "overload: must be a whole number of at least 1, not '0'"),
            ("cites: [RF4,", "cites: [RF44,", "cites: 'RF44' is no claim"),
            ("version: 2.0.0", "versions: 2.0.0", "version: is missing"),
        ],
    )
    def test_mistakes(self, tmp_path: Path, old: str, new: str, says: str) -> None:
        """What does not fit the rulebook is named with file and line when the rulebook is read."""
        own = _copy(tmp_path)
        path = own / "load.yaml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(InputError) as caught:
            load_catalog(own, REPOSITORY / "questionnaires")
        assert says in str(caught.value)
        assert all(problem.file == "rules/load.yaml" and problem.line for problem in caught.value.problems)


def _copy(folder: Path) -> Path:
    shutil.copytree(REPOSITORY / "rules", folder / "rules")
    return folder / "rules"


class TestRulebooks:
    """Engagements of several rulebooks in one portfolio."""

    def test_models_and_roles_stay_apart(self, run: Run) -> None:
        """Models and roles of another rulebook are counted under their own names, time only where it is stated."""
        code, said, _ = portfolio(run, EXAMPLES / "acme-portal.yaml", OWN / "staffing-firm" / "examples")
        assert code == 0 and len(said["rulebooks"]) == 2
        assert [one["load"] is None for one in said["rulebooks"]] == [False, True]
        assert [one["name"] for one in said["demand"]] == [
            "Delivery manager",
            "Project manager",
            "Account manager",
            "Placement lead",
        ]
        assert [one["persons"] for one in said["demand"][2:]] == [None, None]
        assert {load["name"] for one in said["calendar"]["months"] for load in one["roles"]} == {
            "Delivery manager",
            "Project manager",
        }
        others = [one["ref"] for one in said["engagements"] if one["rulebook"] != said["engagements"][0]["rulebook"]]
        assert set(said["notes"]["without_load"]) <= set(others) != set()
        assert sum(len(one["engagements"]) for one in said["models"]) == len(said["engagements"])

    def test_the_same_words_are_the_same(self, run: Run) -> None:
        """Where two rulebooks agree on id and name of a model or role, they mean the same."""
        code, said, _ = portfolio(run, EXAMPLES / "acme-portal.yaml", OWN / "agile-public-sector" / "examples")
        assert code == 0
        assert len({one["id"] for one in said["models"]}) == len(said["models"]) == 7
        assert [one["name"] for one in said["demand"] if one["id"] == "project_manager"] == ["Project manager"]
        assert "Service owner" in [one["name"] for one in said["demand"]]

    @pytest.mark.parametrize("form", ["html", "md", "xlsx"])
    def test_documents(self, run: Run, form: str) -> None:
        """Each format holds engagements of which no time is stated."""
        outcome = run("portfolio", OWN / "staffing-firm" / "examples", "-o", f"p.{form}")
        assert outcome.code == 0 and Path(f"p.{form}").stat().st_size > 1_000
        if form != "xlsx":
            text = Path(f"p.{form}").read_text(encoding="utf-8")
            assert "not stated" in text and "states none" in text


class TestFiles:
    """Files as people have them."""

    def test_the_same_id_twice(self, run: Run, tmp_path: Path) -> None:
        """Each is counted, told apart by a number, and said to share its id."""
        (tmp_path / "in").mkdir()
        for name in ("a", "b", "c"):
            shutil.copy(EXAMPLES / "acme-portal.yaml", tmp_path / "in" / f"{name}.yaml")
        code, said, _ = portfolio(run, tmp_path / "in")
        assert code == 0
        assert [one["ref"] for one in said["engagements"]] == ["acme-portal", "acme-portal (2)", "acme-portal (3)"]
        assert len(said["notes"]["same_id"]) == 3

    def test_two_spellings_of_one_name(self, run: Run, tmp_path: Path) -> None:
        """Capitals and spaces do not make another client or another person."""
        text = (EXAMPLES / "acme-portal.yaml").read_text(encoding="utf-8")
        (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
        (tmp_path / "b.yaml").write_text(
            text.replace("Acme Insurance", "ACME  insurance").replace("D. Osei", "d. osei"), encoding="utf-8"
        )
        _, said, _ = portfolio(run, tmp_path / "a.yaml", tmp_path / "b.yaml")
        assert [len(one["engagements"]) for one in said["clients"]] == [2]
        assert [one["name"] for one in said["people"]] == ["D. Osei", "L. Marin"]

    def test_one_person_in_both_roles(self, run: Run, tmp_path: Path) -> None:
        """Where one person is advised for both roles and one is named, both loads are theirs."""
        text = (EXAMPLES / "agency-site.yaml").read_text(encoding="utf-8")
        head = text.split("people:")[0]
        (tmp_path / "a.yaml").write_text(head + "people: {project_manager: A. Name}\n", encoding="utf-8")
        _, said, _ = portfolio(run, tmp_path / "a.yaml")
        (one,) = said["people"]
        assert [part["role"] for part in one["roles"]] == ["delivery_manager", "project_manager"]
        assert all(not role["unnamed"]["engagements"] for role in said["demand"])

    def test_nothing_can_be_read(self, run: Run, tmp_path: Path) -> None:
        """With nothing to count the document is written all the same, lists why, and the exit code is 1."""
        (tmp_path / "a.yaml").write_text("answers: {risk: perhaps}\n", encoding="utf-8")
        for form in ("json", "html", "md", "xlsx"):
            outcome = run("portfolio", tmp_path / "a.yaml", "-o", f"p.{form}")
            assert outcome.code == 1 and "'perhaps' is none of low, medium, high" in outcome.err
        said = json.loads(Path("p.json").read_text(encoding="utf-8"))
        assert said["engagements"] == [] and "perhaps" in said["not_counted"][0]["reasons"][0]
        assert "perhaps" in Path("p.html").read_text(encoding="utf-8")

    def test_again_into_the_same_folder(self, run: Run, tmp_path: Path) -> None:
        """What an earlier run left in the folder is no engagement; an engagement is never overwritten."""
        shutil.copy(EXAMPLES / "acme-portal.yaml", tmp_path / "acme.yaml")
        for _ in range(2):
            assert run("portfolio", tmp_path, "-o", tmp_path / "book.json").code == 0
        (tmp_path / "one.json").write_text('{"answers": {}}', encoding="utf-8")
        outcome = run("portfolio", tmp_path / "acme.yaml", tmp_path / "one.json", "-o", tmp_path / "one.json")
        assert outcome.code == 1 and "would overwrite an engagement file" in outcome.err
        assert (tmp_path / "one.json").read_text(encoding="utf-8") == '{"answers": {}}'

    @pytest.mark.parametrize(
        ("name", "says"), [("p.pdf", "portfolios end in .html, .xlsx, .json or .md"), ("p", "no suffix")]
    )
    def test_wrong_usage(self, run: Run, name: str, says: str) -> None:
        """A format that there is not is said before anything is read."""
        outcome = run("portfolio", EXAMPLES, "-o", name)
        assert outcome.code == 2 and says in outcome.err and not Path(name).exists()
        outcome = run("portfolio", EXAMPLES, "-o", "p.md", "--dated", "soon")
        assert outcome.code == 2 and "--dated soon: is no date" in outcome.err

    @pytest.mark.parametrize("form", ["json", "html", "md", "xlsx"])
    def test_same_bytes(self, run: Run, form: str) -> None:
        """The same engagements give the same document, byte for byte."""
        made = []
        for name in ("a", "b"):
            assert run("portfolio", *sorted(EXAMPLES.glob("*.yaml")), "-o", f"{name}.{form}").code == 0
            made.append(Path(f"{name}.{form}").read_bytes())
        assert made[0] == made[1]
