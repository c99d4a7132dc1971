"""What documents promise: no name runs or breaks a page, what was decided is said, contracts are kept."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from html.parser import HTMLParser

import jsonschema
import pytest

from advisor.advise import advise
from advisor.catalog.engagements import read_engagement
from advisor.documents import DOCUMENTS, FORMATS, Edition, format_of, render
from advisor.documents.advice.as_json import advice_as_dict, advice_schema
from advisor.documents.advice.pages import sources
from advisor.documents.advice.text import advice_as_text
from advisor.documents.advice.viewing import view_of
from advisor.documents.shared.advice_lines import (
    assumption_line,
    more_assumptions_line,
    replaced_lines,
    staffing_lines,
    status_line,
)
from advisor.documents.shared.markdown import aligned, escape
from advisor.documents.shared.words import a, clean, initials, listed, lower_first, percent
from advisor.errors import InputError
from advisor.model.advice import (
    Advice,
    Assumption,
    EvidenceItem,
    FindingValue,
    GuardrailItem,
    LevelItem,
    Names,
    Orientation,
    Profile,
    ProfileItem,
    Reason,
    Recommendation,
    RoleSense,
)
from advisor.model.engagement import Engagement
from advisor.model.findings import Claim
from advisor.model.matrix import ActivityRow, Cell, LeftOut, Matrix, PhaseSplit, Split
from advisor.model.rulebook import Catalog, Phase, Role
from tests.conftest import EXAMPLES

DM, PM = "delivery_manager", "project_manager"
NASTY = 'Portal <b>|`x`| & "Полярис" \x1b[31m\u202e\n# *bold*'
VOID = {"meta", "br", "link", "img", "hr", "input"}


TEXTS = [name for name, one in FORMATS.items() if one.text]


def row(id: str, name: str, phase: str, **letters: str) -> ActivityRow:
    cells = tuple(
        Cell(role, said, f"{id}_base", f"Who leads answers for {id}.", ("KR5",)) for role, said in letters.items()
    )
    return ActivityRow(id, name, phase, cells, (f"{id}_base",), ("KR5",))


@pytest.fixture
def advice() -> Advice:
    """A small piece of advice with everything in it once."""
    return Advice(
        engagement=Engagement(
            id="portal",
            name="Portal",
            client="Acme",
            answers={"contact": "weekly", "gates": "yes"},
            people={DM: "D. Osei", "team_lead": "N. Hara"},
            dates={"start": "2027-01-11", "end": "when it is done"},
        ),
        recommendation=Recommendation(
            status="settled",
            model="paired",
            share=Fraction(1),
            shares={"paired": Fraction(1)},
            asks_for="paired",
            not_available=(),
            not_paid_for=(),
            title="Staff both managers",
            summary="One answers to the client, one runs the plan.",
            watch="two voices to one client",
            runner_up=None,
            reasons=(Reason("asks_paired", "A deep relationship asks for both.", ("KR2",), {"depth": "deep"}),),
            assumptions=(Assumption("end", "no", {"yes": "handover"}, Fraction(1, 4)),),
            more_assumptions=0,
        ),
        orientation=Orientation(5, 3, "leans_client"),
        levels=(LevelItem("client_until", 6, "part", "How much client work?", "half a day", 0.5, 3),),
        findings=(FindingValue("depth", "deep", "How deep is the relationship?", "deep"),),
        split=Split({DM: 40, PM: 60}, (PhaseSplit("planning", PM, {DM: 30, PM: 70}),)),
        matrix=Matrix(
            roles=(DM, PM, "client_sponsor"),
            activities=(
                row("schedule", "Plan the work", "planning", delivery_manager="C", project_manager="A/R"),
                row("acceptance", "Accept the result", "transition", project_manager="R", client_sponsor="A"),
            ),
            left_out=(LeftOut("gates", "Pass the gates", "planning", "there are no gates", "gates_none"),),
        ),
        evidence=(
            EvidenceItem(
                "weekly", "Weekly contact is work.", ("WE1",), {"contact": "weekly"}, DM, 2, {"client_until": 2}
            ),
            EvidenceItem(
                "account", "An account outlives a project.", ("RF3",), {"contact": "weekly"}, DM, 3, {"client_until": 3}
            ),
            EvidenceItem("fixed", "A fixed date needs a keeper.", ("RF5",), {"end": "no"}, PM, 3, {"plan_until": 3}),
        ),
        profiles=(Profile(DM, (ProfileItem("voice", "keeps one voice", ("SC3",), "Many people ask"),)),),
        guardrails=(
            GuardrailItem("one_voice", "Agree who speaks", "one_voice", ("PRACTICE", "KR2"), {"model": "paired"}),
        ),
        assumed={"end": "no"},
        set_aside=("gates",),
        role_sense=RoleSense("agile_enabler", "Here the title means the person who answers to the client."),
        version="1.2.3",
        digest="abc123",
        names=Names(
            roles={
                id: Role(id, name, id.endswith("manager"), (), ())
                for id, name in {
                    DM: "Delivery manager",
                    PM: "Project manager",
                    "team_lead": "Team lead",
                    "client_sponsor": "Client sponsor",
                }.items()
            },
            phases=(Phase("planning", "Planning", 60), Phase("transition", "Transition", 40)),
            models={"paired": "Both managers", "handover": "One, then the other", "combined": "One person, both roles"},
            questions={"contact": "How often do you talk?", "end": "Is there an end?", "gates": "Are there gates?"},
            options={
                "contact": {"weekly": "every week"},
                "gates": {"yes": "yes, formal ones"},
                "end": {"no": "none", "yes": "a fixed date"},
            },
            claims={
                id: Claim(id, "section", f"What {id} says.", "") for id in ("RF3", "RF5", "KR2", "KR5", "SC3", "WE1")
            },
            bands={"leans_client": "leaning to the client"},
        ),
        assuming={"fixed": ("end",)},
    )


@pytest.fixture
def nasty(advice: Advice) -> Advice:
    """The same with names that would like to take the page over."""
    people = {DM: NASTY, PM: "=cmd()|pipe", "client_sponsor": "<script>alert(1)</script>"}
    return replace(advice, engagement=replace(advice.engagement, name=NASTY, client=NASTY, people=people))


def unsure(advice: Advice, status: str, share: Fraction) -> Advice:
    """The same where open answers can turn the model into another."""
    shares = {"paired": share, "handover": 1 - share}
    found = replace(advice.recommendation, status=status, share=share, shares=shares, runner_up="handover")
    return replace(advice, recommendation=found)


def with_model(advice: Advice, model: str, people: dict[str, str], unstaffed: tuple[str, ...] = ()) -> Advice:
    recommendation = replace(advice.recommendation, model=model, not_available=unstaffed)
    return replace(advice, recommendation=recommendation, engagement=replace(advice.engagement, people=people))


class WellFormed(HTMLParser):
    """Fails on a tag that is not closed in its order, and keeps what a test asks about."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[int] = []
        self.tags: set[str] = set()
        self.pieces: list[str] = []
        self.feed(page)
        self.close()
        self.text = "".join(self.pieces)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        given = dict(attrs)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given["href"] or ""] if "href" in given else []
        assert "src" not in given
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


class TestChoosingAFormat:
    @pytest.mark.parametrize(
        ("path", "format"), [("a.md", "markdown"), ("b/c.HTML", "html"), ("d.e.csv", "csv"), ("f.json", "json")]
    )
    def test_follows_the_suffix(self, path: str, format: str) -> None:
        assert format_of(path) == format

    @pytest.mark.parametrize("path", ["plan.rtf", "plan", "plan.htm", ".md"])
    def test_says_which_suffixes_there_are(self, path: str) -> None:
        with pytest.raises(InputError, match=re.escape(".md, .html, ")):
            format_of(path)

    def test_names_a_near_suffix(self) -> None:
        with pytest.raises(InputError, match=r"did you mean \.html\?"):
            format_of("plan.htm")

    def test_reports_an_unknown_format_and_document(self, advice: Advice) -> None:
        with pytest.raises(InputError, match="there are text, markdown"):
            render(advice, "rtf")
        with pytest.raises(InputError, match="there are brief, raci, advice"):
            render(advice, "html", "racy")

    def test_does_not_load_the_template_engine_before_it_is_needed(self) -> None:
        check = "import sys, advisor.documents; sys.exit('jinja2' in sys.modules)"
        assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


class TestEveryDocument:
    @pytest.mark.parametrize("document", DOCUMENTS)
    @pytest.mark.parametrize("format", TEXTS)
    def test_is_written_for_every_status(self, advice: Advice, format: str, document: str) -> None:
        likely, leaning = unsure(advice, "likely", Fraction(3, 4)), unsure(advice, "leaning", Fraction(2, 5))
        for one in (advice, likely, leaning):
            assert render(one, format, document).endswith("\n")

    @pytest.mark.parametrize("document", DOCUMENTS)
    @pytest.mark.parametrize("format", ["text", "markdown", "html"])
    def test_says_what_is_recommended_and_by_which_rules(self, advice: Advice, format: str, document: str) -> None:
        page = render(advice, format, document)
        for said in ("Staff both managers", "We took", "1.2.3", "abc123", "Is there an end?"):
            assert said in page

    @pytest.mark.parametrize("document", DOCUMENTS)
    @pytest.mark.parametrize("format", ["text", "markdown", "html", "csv"])
    def test_lets_no_control_character_through(self, nasty: Advice, format: str, document: str) -> None:
        page = render(nasty, format, document).replace("\r\n", "\n")
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e]", page)

    @pytest.mark.parametrize("format", ["markdown", "html"])
    def test_restates_the_claims_that_it_cites_and_no_others(self, advice: Advice, format: str) -> None:
        matrix, whole = render(advice, format, "raci"), render(advice, format, "advice")
        assert "What KR5 says." in matrix
        assert "What WE1 says." not in matrix
        assert "What WE1 says." in whole
        assert "What KR5 says." not in whole

    @pytest.mark.parametrize("format", ["text", "markdown", "html", "confluence"])
    def test_prints_the_context(self, advice: Advice, format: str) -> None:
        told = replace(advice, engagement=replace(advice.engagement, context="The second try."))
        assert "The second try." in render(told, format, "raci")


class TestHowSure:
    def test_firm_with_and_without_open_answers(self, advice: Advice) -> None:
        assert status_line(advice) == "Firm: no open answer changes this."
        assert status_line(replace(advice, assumed={})) == "Firm: every question is answered."

    def test_likely_with_its_share(self, advice: Advice) -> None:
        likely = unsure(advice, "likely", Fraction(82, 100))
        assert status_line(likely) == "Likely: 82 % of the ways to fill in what is open lead here."

    def test_leaning_with_the_runner_up(self, advice: Advice) -> None:
        assert status_line(unsure(advice, "leaning", Fraction(65, 100))) == (
            "Leaning this way: 65 % of the ways to fill in what is open lead here; "
            "otherwise most likely “One, then the other”."
        )

    def test_leaning_where_another_model_has_more_says_what_decides(self, advice: Advice) -> None:
        assert status_line(unsure(advice, "leaning", Fraction(40, 100))) == (
            "Leaning this way: 40 % of the ways to fill in what is open lead here, 60 % to “One, then the other”. "
            "What decides: Is there an end?"
        )

    def test_never_rounds_to_nothing_or_all(self) -> None:
        assert (percent(Fraction(1, 1000)), percent(Fraction(999, 1000))) == ("1 %", "99 %")

    @pytest.mark.parametrize("format", ["text", "markdown", "html", "confluence"])
    def test_asks_to_check_what_was_assumed_before_signing(self, advice: Advice, format: str) -> None:
        said = "Check what we assumed before anybody signs this matrix."
        assert said in render(unsure(advice, "likely", Fraction(3, 4)), format, "raci")
        assert said not in render(advice, format, "raci")


class TestWhatWeAssumed:
    def test_each_assumption_with_what_another_answer_would_change(self, advice: Advice) -> None:
        (one,) = advice.recommendation.assumptions
        assert assumption_line(advice, one) == (
            "Is there an end? We took “none”. If it is “a fixed date”: “One, then the other”."
        )

    def test_an_answer_that_changes_only_who_is_lacking(self, advice: Advice) -> None:
        same = Assumption("end", "no", {"yes": "paired"}, Fraction(1, 4))
        assert assumption_line(advice, same).endswith(
            "If it is “a fixed date”: the same model, with other roles filled."
        )

    def test_a_client_sees_what_was_taken_alone(self, advice: Advice) -> None:
        page = render(advice, "markdown", "raci", Edition(client_view=True))
        assert "Is there an end? We took “none”." in page
        assert "One, then the other" not in page

    def test_the_rest_is_one_line(self, advice: Advice) -> None:
        more = replace(advice, recommendation=replace(advice.recommendation, more_assumptions=12))
        assert more_assumptions_line(more) == "12 more assumptions change no lead."
        assert more_assumptions_line(unsure(more, "likely", Fraction(3, 4))) == (
            "12 more assumptions change no lead on their own."
        )

    def test_answers_to_earlier_questions_are_named(self, advice: Advice) -> None:
        old = replace(advice.engagement, replaced={"contact": ("talks", "each_week")})
        assert replaced_lines(replace(advice, engagement=old)) == (
            "How often do you talk? “every week”, from the earlier answer talks: each_week.",
        )

    @pytest.mark.parametrize("format", ["text", "markdown", "html", "confluence"])
    def test_a_sentence_that_rests_on_one_says_so(self, advice: Advice, format: str) -> None:
        page = " ".join(render(advice, format, "advice").split())
        assert "A fixed date needs a keeper (assumed)." in page
        assert "Weekly contact is work." in page


class TestWhoIsLacking:
    def lines(
        self, advice: Advice, not_available: tuple[str, ...] = (), not_paid_for: tuple[str, ...] = ()
    ) -> tuple[str, ...]:
        lacking = replace(advice.recommendation, not_available=not_available, not_paid_for=not_paid_for)
        return staffing_lines(replace(advice, recommendation=lacking))

    def test_nobody_is_free(self, advice: Advice) -> None:
        assert self.lines(advice, not_available=(DM,)) == ("Not available: a delivery manager. Find one.",)

    def test_the_money_reaches_for_one(self, advice: Advice) -> None:
        assert self.lines(advice, not_paid_for=(DM,)) == (
            "The work needs both; the money reaches for one: the delivery manager is not paid for, so until then the "
            "project manager carries that work too.",
        )

    def test_the_money_reaches_for_nobody(self, advice: Advice) -> None:
        (line,) = self.lines(advice, not_paid_for=(DM, PM))
        assert line == (
            "The delivery manager and the project manager are not paid for: find the money before the work starts."
        )

    def test_a_client_is_told_nothing_of_money(self, advice: Advice) -> None:
        short = replace(advice, recommendation=replace(advice.recommendation, not_paid_for=(PM,)))
        assert "not paid for" in render(short, "markdown", "raci")
        assert "not paid for" not in render(short, "markdown", "raci", Edition(client_view=True))


class TestPeople:
    def test_are_named_or_still_to_be_named(self, advice: Advice) -> None:
        page = render(advice, "markdown")
        assert re.search(r"_Held by_ +\| D\. Osei +\| to be named +\| to be named +\|", page)

    def test_whom_nobody_can_be_found_for_are_to_be_found(self, advice: Advice) -> None:
        page = render(with_model(advice, "paired", {DM: "D. Osei"}, (PM,)), "markdown")
        assert re.search(r"_Held by_ +\| D\. Osei +\| to be found +\| to be named +\|", page)
        assert "Not available: a project manager. Find one." in page

    def test_named_for_a_role_that_nobody_is_free_for_are_to_be_confirmed(self, advice: Advice) -> None:
        assert "L. Marin, to be confirmed" in render(with_model(advice, "paired", {PM: "L. Marin"}, (PM,)), "html")

    @pytest.mark.parametrize("people", [{DM: "D. Osei"}, {PM: "D. Osei"}, {DM: "D. Osei", PM: "D. Osei"}])
    def test_in_both_roles_have_one_name_over_both_columns(self, advice: Advice, people: dict[str, str]) -> None:
        page = render(with_model(advice, "combined", people), "html")
        assert re.search(r'colspan="2"><bdi>D\. Osei</bdi>, both roles', page)
        assert "Delivery manager and project manager" in page

    def test_in_both_roles_are_shown_as_given_when_two_differ(self, advice: Advice) -> None:
        page = render(with_model(advice, "combined", {DM: "D. Osei", PM: "L. Marin"}), "html")
        assert "both roles" not in page.split("<table")[1]
        assert "<bdi>D. Osei</bdi>" in page
        assert "<bdi>L. Marin</bdi>" in page

    @pytest.mark.parametrize("format", ["text", "markdown", "html"])
    def test_without_a_column_are_not_dropped_in_silence(self, advice: Advice, format: str) -> None:
        assert "N. Hara" in render(advice, format, "raci")

    def test_who_answer_for_a_row_sign(self, advice: Advice) -> None:
        block = render(advice, "markdown").split("## Agreed by")[1]
        assert "Project manager" in block
        assert "Client sponsor" in block
        assert "Delivery manager" not in block


class TestText:
    @pytest.mark.parametrize("width", [60, 72, 80, 100, 120, 200])
    def test_fits_the_width(self, advice: Advice, nasty: Advice, width: int) -> None:
        for one in (advice, nasty):
            assert max(len(line) for line in advice_as_text(one, width).splitlines()) <= width

    def test_starts_with_the_recommendation(self, advice: Advice) -> None:
        lines = advice_as_text(advice).splitlines()
        assert lines[0] == "Portal, Acme"
        assert lines[1] == "Staff both managers"
        assert "Firm: no open answer changes this." in lines[2:6]

    def test_shows_the_strongest_evidence_first(self, advice: Advice) -> None:
        page = advice_as_text(advice)
        assert page.index("+3  An account outlives a project. [RF3]") < page.index("+2  Weekly contact is work. [WE1]")

    def test_has_colour_only_when_asked(self, advice: Advice) -> None:
        coloured = advice_as_text(advice, colour=True)
        assert "\x1b[" in coloured
        assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == advice_as_text(advice)

    def test_lists_what_is_left_out_unanswered_and_set_aside(self, advice: Advice) -> None:
        page = advice_as_text(advice)
        for said in (
            "There are no gates.",
            "- Pass the gates",
            "- Is there an end?",
            "- Are there gates? yes, formal ones",
        ):
            assert said in page


class TestHtml:
    @pytest.mark.parametrize("document", DOCUMENTS)
    def test_is_one_well_formed_file_that_fetches_nothing(self, nasty: Advice, document: str) -> None:
        page = render(nasty, "html", document)
        parsed = WellFormed(page)
        assert page.startswith('<!DOCTYPE html>\n<html lang="en-GB">')
        assert not parsed.tags & {"link", "img", "iframe"}
        assert not re.search(r"url\((?!#)|@import|src=|https?:(?!//www.w3.org/2000/svg)", page)
        assert page.count("<script>") == 1

    @pytest.mark.parametrize("document", DOCUMENTS)
    def test_has_headings_in_order_and_links_that_lead_somewhere(self, advice: Advice, document: str) -> None:
        parsed = WellFormed(render(advice, "html", document))
        assert parsed.headings[0] == 1
        assert all(after - before <= 1 for before, after in zip(parsed.headings, parsed.headings[1:], strict=False))
        assert len(parsed.ids) == len(set(parsed.ids))
        assert {link.removeprefix("#") for link in parsed.links} <= set(parsed.ids)

    def test_shows_a_nasty_name_as_it_is_written(self, nasty: Advice) -> None:
        page = render(nasty, "html")
        assert clean(NASTY) in WellFormed(page).text
        assert "<script>alert(1)</script>" in WellFormed(page).text
        assert "&lt;script&gt;" in page

    def test_marks_up_the_matrix_as_a_table(self, advice: Advice) -> None:
        page = render(advice, "html")
        assert '<th scope="col" data-role="project_manager">Project manager</th>' in page
        assert '<th scope="rowgroup">Planning</th>' in page
        assert 'title="Accountable and responsible. Who leads answers for schedule."' in page


class TestMarkdown:
    @pytest.mark.parametrize(
        ("said", "written"),
        [
            ("a|b", r"a\|b"),
            ("<b>", "&lt;b&gt;"),
            ("a & b &amp; c", "a & b &amp;amp; c"),
            ("*so* `x` [y](z)", r"\*so\* \`x\` \[y\](z)"),
            ("snake_case _em_", r"snake_case \_em\_"),
            ("back\\slash", r"back\\slash"),
            ("two\nlines", "two lines"),
            ("# head", r"\# head"),
            ("1. item", r"1\. item"),
            ("1.0.0", "1.0.0"),
            ("- item", r"\- item"),
            ("D. Osei-Marin", "D. Osei-Marin"),
        ],
    )
    def test_escapes_what_would_be_read_as_markup(self, said: str, written: str) -> None:
        assert escape(said) == written

    def test_aligns_tables_and_leaves_escaped_pipes_alone(self) -> None:
        assert aligned("| a\\|b | c |\n| --- | :---: |\n| d | ee |\n") == (
            "| a\\|b | c     |\n| ---- | :---: |\n| d    | ee    |\n"
        )

    @pytest.mark.parametrize("document", DOCUMENTS)
    def test_gives_every_line_of_a_table_as_many_cells(self, nasty: Advice, document: str) -> None:
        page = render(nasty, "markdown", document)
        for table in re.findall(r"(?:^\|.*\n)+", page, re.MULTILINE):
            assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1

    @pytest.mark.parametrize("document", DOCUMENTS)
    def test_is_tidy(self, advice: Advice, document: str) -> None:
        bare = replace(advice, engagement=replace(advice.engagement, client="", dates={}, people={}))
        answered = replace(advice, engagement=replace(advice.engagement, dates={}), assumed={}, set_aside=())
        for one in (advice, bare, answered):
            page = render(one, "markdown", document)
            assert "\n\n\n" not in page
            assert not re.search(r"[ \t]$", page, re.MULTILINE)
            assert not re.search(r"[^\n]\n#", page)


class TestCsv:
    def rows(self, advice: Advice) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(render(advice, "csv"), newline="")))

    def test_has_a_line_for_every_row_and_every_row_left_out(self, advice: Advice) -> None:
        schedule, gates, acceptance = self.rows(advice)
        assert schedule["Project manager"] == "A/R"
        assert (schedule["phase"], schedule["claims"], schedule["rules"]) == ("Planning", "KR5", "schedule_base")
        assert (gates["status"], gates["reason"], gates["Project manager"]) == ("left out", "there are no gates", "")
        assert acceptance["Client sponsor"] == "A"

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
    def test_defuses_what_a_spreadsheet_would_run(self, advice: Advice, start: str) -> None:
        armed = replace(advice.matrix.activities[0], name=f"{start}HYPERLINK()")
        matrix = replace(advice.matrix, activities=(armed,))
        assert self.rows(replace(advice, matrix=matrix))[0]["activity"] == f"'{start}HYPERLINK()"

    def test_ends_lines_as_spreadsheets_expect(self, advice: Advice) -> None:
        assert render(advice, "csv").count("\r\n") == 4


class TestJson:
    def check(self, advice: Advice) -> None:
        validator = jsonschema.Draft202012Validator(advice_schema())
        validator.check_schema(advice_schema())
        assert [error.message for error in validator.iter_errors(advice_as_dict(advice))] == []

    def test_keeps_to_its_schema(self, advice: Advice, nasty: Advice) -> None:
        for one in (advice, nasty):
            self.check(one)

    def test_allows_nothing_that_is_not_in_the_contract(self, advice: Advice) -> None:
        validator = jsonschema.Draft202012Validator(advice_schema())
        assert not validator.is_valid({**advice_as_dict(advice), "more": 1})
        model_without_status = advice_as_dict(advice)
        model_without_status["recommendation"]["model"] = None
        assert not validator.is_valid(model_without_status)

    def test_holds_only_cells_that_have_a_letter(self, advice: Advice) -> None:
        cleared = replace(advice.matrix.activities[0].cells[0], letters="")
        first = replace(advice.matrix.activities[0], cells=(cleared, *advice.matrix.activities[0].cells[1:]))
        said = advice_as_dict(replace(advice, matrix=replace(advice.matrix, activities=(first,))))
        assert said["matrix"]["activities"][0]["cells"] == {PM: "A/R"}
        assert said["matrix"]["left_out"] == [{"id": "gates", "reason": "there are no gates"}]

    def test_keeps_names_readable_and_always_encodable(self, advice: Advice) -> None:
        named = replace(advice, engagement=replace(advice.engagement, name="Полярис"))
        assert "Полярис" in render(named, "json")
        half = replace(advice, engagement=replace(advice.engagement, name="\ud800"))
        assert json.loads(render(half, "json").encode())["engagement"]["name"] == "\ud800"


class TestWords:
    def test_short_names_of_roles_are_their_initials_and_all_different(self) -> None:
        assert initials(["Delivery manager", "Client sponsor", "Design master", "Sponsor"]) == ("DM", "CS", "DMa", "SP")

    @pytest.mark.parametrize(
        ("items", "said"), [((), ""), (("a",), "a"), (("a", "b"), "a and b"), (("a", "b", "c"), "a, b and c")]
    )
    def test_lists_read_as_prose(self, items: tuple[str, ...], said: str) -> None:
        assert listed(items) == said

    def test_dates_are_written_out_and_anything_else_is_left_as_given(self, advice: Advice) -> None:
        page = render(advice, "markdown")
        assert "Start: 11 January 2027; End: when it is done." in page


def test_sources_keep_the_articles_order(catalog: Catalog) -> None:
    """What advice and matrix cite stands together in one list, judgement from practice last."""
    advice = advise(catalog, read_engagement(EXAMPLES / "acme-portal.yaml", catalog))
    view = view_of(advice, Edition("both"))
    order = [*catalog.claims, "practice"]
    for document in DOCUMENTS:
        cited = [order.index(source.id) for source in sources(view, Edition(document))]
        assert cited == sorted(set(cited))
        assert bool(cited) == (document != "brief")  # a brief cites nothing
    assert {one.id for one in view.all_sources} == {one.id for one in (*view.advice_sources, *view.matrix_sources)}


@pytest.mark.parametrize(
    ("name", "inside"), [("Delivery manager", "delivery manager"), ("QA lead", "QA lead"), ("IT", "IT"), ("X", "x")]
)
def test_abbreviations_stay_as_they_are_inside_a_sentence(name: str, inside: str) -> None:
    """A name begins small there, but for one that begins with an abbreviation."""
    assert lower_first(name) == inside
    assert a(name).endswith(f" {inside}")


@pytest.mark.parametrize("name", ["Account manager", "account manager", "Engineer", "Overseer"])
def test_any_one_whose_name_begins_with_a_vowel(name: str) -> None:
    """It is `an account manager`, however the name is written."""
    assert a(name) == f"an {name[0].lower()}{name[1:]}"
