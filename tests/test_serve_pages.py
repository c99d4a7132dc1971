"""`advisor serve`, page by page: what is shown, what is written into the files, and what is never written over."""

from __future__ import annotations

import json
import os
import re
import shutil
import threading
from pathlib import Path
from typing import Any

import pytest

from advisor.advise import advise
from advisor.catalog.engagements import read_engagement
from advisor.documents import FORMATS, write
from advisor.documents.shared import confined
from advisor.documents.shared.edition import Edition
from advisor.errors import InputError
from advisor.interview import state
from advisor.interview.steps import steps
from advisor.model.rulebook import Catalog
from advisor.serve import reviewed
from tests.conftest import EXAMPLES, REPOSITORY
from tests.serving import Served, served

ACME = "acme-portal.yaml"


@pytest.fixture
def site(tmp_path: Path) -> Served:
    shutil.copy(EXAMPLES / ACME, tmp_path / ACME)
    return served(tmp_path)


def say(site: Served, question: str, *options: str, name: str = "e.yaml", **more: str) -> int:
    """Answer a question on its page, as that stands now; the status of the reply."""
    fields = site.form(f"/e/{name}/ask/{question}")
    reply = site.send(f"/e/{name}/ask/{question}", {**fields, "option": list(options), "act": "answer", **more})
    return int(reply.status_code)


def answers(site: Served, catalog: Catalog, name: str = "e.yaml") -> dict[str, str]:
    return dict(read_engagement(site.path / name, catalog).answers)


def begun(site: Served) -> str:
    """A new engagement; where its interview begins."""
    return str(site.send("/new", {"title": "E", "client": "C"}).headers["location"])


class TestFolder:
    def test_the_list(self, site: Served) -> None:
        """Each file with its name, client, headline and how sure; one that cannot be read with the reason."""
        (site.path / "broken.yaml").write_text("engagement: {name: B}\nanswers: {risk: lo}\n", encoding="utf-8")
        site.site.warm()
        page = site.browser.get("/").text
        assert "Customer portal rebuild" in page and "Acme Insurance" in page and "Firm" in page
        assert "Two managers: L. Marin runs the plan as project manager" in page
        assert "Cannot be read." in page and "did you mean low?" in page
        found = site.browser.get("/?q=acme+two").text
        assert "Customer portal" in found and "broken.yaml" not in found

    def test_the_list_follows_the_files(self, site: Served) -> None:
        site.browser.get("/")
        (site.path / ACME).write_text("engagement: {name: Other}\nanswers: {}\n", encoding="utf-8")
        assert "Other" in site.browser.get("/").text and "Customer portal" not in site.browser.get("/").text

    def test_new_copy_rename_remove_and_back(self, site: Served, catalog: Catalog) -> None:
        """All of it is done to ordinary files; a copy has a name and an id of its own."""
        assert begun(site) == "/e/e.yaml/ask"
        copied = site.send(f"/e/{ACME}/copy", {"title": "Second portal"}).headers["location"]
        assert copied == "/e/second-portal.yaml"
        copy, first = (read_engagement(site.path / name, catalog) for name in ("second-portal.yaml", ACME))
        assert (copy.name, copy.id) == ("Second portal", "second-portal") and copy.answers == first.answers
        site.send("/e/second-portal.yaml/rename", {"file": "third.yaml"})
        assert site.send("/e/third.yaml/rename", {"file": "e.yaml"}).status_code == 400
        site.send("/e/third.yaml/remove", {})
        assert site.site.folder.names() == [ACME, "e.yaml"] and site.browser.get("/e/third.yaml").status_code == 404
        (kept,) = site.site.folder.removed()
        site.send("/put-back", {"name": kept})
        assert site.site.folder.names() == [ACME, "e.yaml", "third.yaml"] and not site.site.folder.removed()

    def test_two_of_one_name(self, site: Served) -> None:
        begun(site)
        assert begun(site) == "/e/e-2.yaml/ask"

    @pytest.mark.parametrize("name", ["a'b #1 ?& <i>.yaml", "Größe 価格.yaml", "-rf.yml"])
    def test_odd_names(self, site: Served, name: str) -> None:
        """Files that have them are listed, and lead to their own pages."""
        (site.path / name).write_text("engagement: {name: Odd}\nanswers: {}\n", encoding="utf-8")
        site.site.warm()
        page = site.browser.get("/").text
        link = re.search(r'<a href="([^"]*)/ask"><bdi>Odd', page)
        assert link is not None and "<i>" not in page
        assert site.browser.get(link[1]).status_code == 200
        assert site.send(f"{link[1]}/remove", {}).headers["location"] == "/?done=removed"

    def test_a_folder_that_lets_nothing_be_done(self, site: Served, monkeypatch: pytest.MonkeyPatch) -> None:
        def refused(*_: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "replace", refused)
        reply = site.send(f"/e/{ACME}/remove", {})
        assert reply.status_code == 400 and "Permission denied" in reply.text

    def test_a_new_one_needs_a_name(self, site: Served) -> None:
        assert site.send("/new", {"title": " \x00 "}).status_code == 400


class TestInterview:
    def test_from_the_first_question_to_the_check(self, site: Served, catalog: Catalog) -> None:
        """Ten questions, each saved before the next is shown; then all answers, and the way on."""
        place, asked = begun(site), []
        while not (place := site.browser.get(place).headers.get("location", place)).endswith("/check"):
            question = place.rpartition("/")[2]
            asked.append(question)
            step = steps(catalog)[question]
            fields = site.form(place)
            option = ["none"] if step.several else [step.question.option_ids[0]]
            reply = site.send(place, {**fields, "option": option, "act": "answer"})
            assert answers(site, catalog).keys() >= set(step.names)
            place = reply.headers["location"]
        assert len(asked) == 10 == len(set(asked))
        page = site.browser.get(place).text
        assert all(steps(catalog)[one].question.text in page for one in asked)
        further = site.send(place, {}).headers["location"]
        assert further.rpartition("/")[2] not in asked

    def test_the_page_of_a_question(self, site: Served, catalog: Catalog) -> None:
        """What is asked, help, why, the model with its share, the picture, and what each answer would lead to."""
        page = site.browser.get(f"/e/{ACME}/ask/risk").text
        question = catalog.questions["risk"]
        for text in (question.text, question.help, question.why, *(one.label for one in question.options)):
            assert text in page
        assert catalog.models["paired"].name in page and "<svg" in page and "settled" in page
        site.send("/new", {"title": "Early"})
        for name in ("plans_at_once", "stage", "post_delivery"):
            say(site, name, catalog.questions[name].option_ids[-1], name="early.yaml")
        page = site.browser.get("/e/early.yaml/ask/client_contact").text
        assert "What each answer here would lead to" in page and "What can still change it most" in page

    def test_back_skip_and_change(self, site: Served, catalog: Catalog) -> None:
        begun(site)
        assert say(site, "plans_at_once", "one") == 303
        back = re.search(r'<a href="([^"]*)">Back</a>', site.browser.get("/e/e.yaml/ask/stage").text)
        assert back is not None and back[1] == "/e/e.yaml/ask/plans_at_once"
        assert 'value="one" checked' in site.browser.get(back[1]).text
        assert say(site, "plans_at_once", "two_or_three") == 303
        assert answers(site, catalog) == {"plans_at_once": "two_or_three"}
        assert say(site, "plans_at_once", act="skip") == 303
        assert answers(site, catalog) == {}
        assert "plans_at_once" not in site.browser.get("/e/e.yaml/ask").headers["location"]

    def test_an_answer_is_confirmed_before_the_next_question_is_chosen(
        self, site: Served, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """To choose takes seconds when the server is new, and what is saved need not wait for that."""
        begun(site)
        fields = site.form("/e/e.yaml/ask/risk")
        monkeypatch.setattr(state, "next_step", None)  # not to be called
        assert site.send("/e/e.yaml/ask/risk", {**fields, "option": "low", "act": "answer"}).status_code == 303
        assert answers(site, catalog) == {"risk": "low"}

    def test_a_note(self, site: Served, catalog: Catalog) -> None:
        begun(site)
        say(site, "risk", "low", note="per SOW 3.2")
        origin = read_engagement(site.path / "e.yaml", catalog).origins["risk"]
        assert (origin.note, origin.how, origin.option) == ("per SOW 3.2", "asked", "low")
        assert "per SOW 3.2" in site.browser.get("/e/e.yaml/check").text
        say(site, "risk", "low", note="")
        assert read_engagement(site.path / "e.yaml", catalog).origins["risk"].note == ""

    @pytest.mark.parametrize(
        ("question", "options"),
        [
            ("risk", ()),
            ("risk", ("low", "high")),
            ("risk", ("nonsense",)),
            ("parties", ()),
            ("parties", ("none", "suppliers")),
        ],
    )
    def test_what_is_no_answer_is_said_and_not_saved(
        self, site: Served, catalog: Catalog, question: str, options: tuple[str, ...]
    ) -> None:
        begun(site)
        assert say(site, question, *options) == 422
        assert answers(site, catalog) == {}

    def test_a_list(self, site: Served, catalog: Catalog) -> None:
        begun(site)
        say(site, "parties", "suppliers", "product_owner")
        given = answers(site, catalog)
        assert given["has_suppliers"] == given["has_product_owner"] == "yes" and given["has_service_desk"] == "no"
        say(site, "parties", "none")
        assert set(answers(site, catalog).values()) == {"no"}

    def test_the_short_way_on_one_page(self, site: Served, catalog: Catalog) -> None:
        begun(site)
        fields = site.form("/e/e.yaml/quick")
        sent = {**fields, "option.risk": ["low"], "option.parties": ["suppliers"], "act": "advice"}
        assert site.send("/e/e.yaml/quick", sent).headers["location"] == "/e/e.yaml"
        given = answers(site, catalog)
        assert given["risk"] == "low" and given["has_suppliers"] == "yes" and "stage" not in given

    def test_what_is_ticked_is_looked_at_before_it_is_saved(self, site: Served, catalog: Catalog) -> None:
        given = "option.plans_at_once=one&option.stage=before_start&option.post_delivery=none"
        begun(site)
        assert "0 of 3 answers" in site.browser.get("/e/e.yaml/known").text
        assert "lead to it" in site.browser.get(f"/e/e.yaml/known?{given}").text
        assert answers(site, catalog) == {}


class TestTogether:
    """Several tabs, an editor and a terminal at one file: nothing is lost, and nothing is written over unseen."""

    def test_two_tabs_on_two_questions(self, site: Served, catalog: Catalog) -> None:
        begun(site)
        first, second = site.form("/e/e.yaml/ask/risk"), site.form("/e/e.yaml/ask/stage")
        site.send("/e/e.yaml/ask/risk", {**first, "option": "low", "act": "answer"})
        assert site.send("/e/e.yaml/ask/stage", {**second, "option": "planning", "act": "answer"}).status_code == 303
        assert answers(site, catalog) == {"risk": "low", "stage": "planning"}

    def test_two_tabs_on_one_question(self, site: Served, catalog: Catalog) -> None:
        """The second is told what the first has said; once it has seen that, it can put its own in place."""
        begun(site)
        first, second = (site.form("/e/e.yaml/ask/risk") for _ in range(2))
        site.send("/e/e.yaml/ask/risk", {**first, "option": "low", "act": "answer"})
        reply = site.send("/e/e.yaml/ask/risk", {**second, "option": "high", "act": "answer"})
        assert reply.status_code == 409 and "Annoying, but soon mended" in reply.text and "not saved yet" in reply.text
        assert answers(site, catalog) == {"risk": "low"}
        assert say(site, "risk", "high") == 303 and answers(site, catalog) == {"risk": "high"}

    def test_an_editor_meanwhile(self, site: Served) -> None:
        """Comments, layout and other fields stay as they were typed; what an editor changed is said."""
        before = (site.path / ACME).read_text(encoding="utf-8")
        fields = site.form(f"/e/{ACME}/ask/risk")
        edited = "# by hand\n" + before.replace("risk: high", "risk: medium   # really")
        assert edited.count("# really") == 1
        (site.path / ACME).write_text(edited, encoding="utf-8")
        reply = site.send(f"/e/{ACME}/ask/risk", {**fields, "option": "low", "act": "answer"})
        assert reply.status_code == 409 and (site.path / ACME).read_text(encoding="utf-8") == edited
        assert say(site, "risk", "low", name=ACME) == 303
        after = (site.path / ACME).read_text(encoding="utf-8")
        assert "risk: low   # really" in after and after.startswith("# by hand\n")

    def test_a_file_that_went_away_or_broke(self, site: Served) -> None:
        begun(site)
        fields = site.form("/e/e.yaml/ask/risk")
        (site.path / "e.yaml").write_text("answers: [", encoding="utf-8")
        reply = site.send("/e/e.yaml/ask/risk", {**fields, "option": "low", "act": "answer"})
        assert reply.status_code == 400 and "e.yaml:" in reply.text
        assert (site.path / "e.yaml").read_text(encoding="utf-8") == "answers: ["
        (site.path / "e.yaml").unlink()
        assert site.send("/e/e.yaml/ask/risk", {**fields, "option": "low"}).status_code == 404
        assert not (site.path / "e.yaml").exists()

    def test_many_at_once(self, site: Served, catalog: Catalog) -> None:
        """Sixteen tabs that save at one moment: all is kept."""
        begun(site)
        asked = [one for one in catalog.questions.values() if not one.when and not one.part_of][:16]
        forms = {one.id: site.form(f"/e/e.yaml/ask/{one.id}") for one in asked}
        codes: list[int] = []

        def send(question: str, option: str) -> None:
            sent = {**forms[question], "option": option, "act": "answer"}
            codes.append(site.send(f"/e/e.yaml/ask/{question}", sent).status_code)

        threads = [threading.Thread(target=send, args=(one.id, one.option_ids[-1])) for one in asked]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert codes == [303] * len(asked)
        assert answers(site, catalog) == {one.id: one.option_ids[-1] for one in asked}


class TestAdvice:
    def test_each_letter_risk_and_sentence_says_why(self, site: Served, catalog: Catalog) -> None:
        """Every link leads to a reason; a letter's to the sentence of the rule that gave it, and to its claims."""
        page = site.browser.get(f"/e/{ACME}").text
        links = list(dict.fromkeys(re.findall(r'class="why[^"]*" href="([^"]*)"', page)))
        assert len(links) > 100
        for link in links[::9]:
            assert site.browser.get(link).status_code == 200, link
        advice = advise(catalog, read_engagement(EXAMPLES / ACME, catalog))
        row = next(one for one in advice.matrix.activities if one.id == "handover_to_support")
        cell = next(one for one in row.cells if one.role == "delivery_manager")
        why = site.browser.get(f"/e/{ACME}/why?about=handover_to_support%3Adelivery_manager").text
        assert cell.says in why and cell.rule in why and catalog.claims[cell.claims[0]].text in why
        whole = site.browser.get(f"/e/{ACME}/why?about=handover_to_support&whole=1").text
        assert "By these rules" in whole and "Single answers that would change it" in whole
        assert site.browser.get(f"/e/{ACME}/why?about=nothing_such").status_code == 400

    def test_every_example_has_its_page(self, tmp_path: Path) -> None:
        for path in EXAMPLES.glob("*.yaml"):
            shutil.copy(path, tmp_path / path.name)
        site = served(tmp_path)
        for name in site.site.folder.names():
            page = site.browser.get(f"/e/{name}")
            assert page.status_code == 200 and 'href="/e/' in page.text, name

    def test_names_dates_and_parties_in_place(self, site: Served, catalog: Catalog) -> None:
        """Only what was changed is written; comments and everything else stay."""
        before = (site.path / ACME).read_text(encoding="utf-8").splitlines()
        fields = site.form(f"/e/{ACME}", f"/e/{ACME}/facts")
        sent = {**fields, "people.delivery_manager": "Ada Öz", "dates.end": "2029-01-31", "option.parties": ["none"]}
        assert site.send(f"/e/{ACME}/facts", sent).headers["location"] == f"/e/{ACME}?done=saved"
        found = read_engagement(site.path / ACME, catalog)
        assert found.people["delivery_manager"] == "Ada Öz" and found.dates["end"] == "2029-01-31"
        assert {found.answers[name] for name in steps(catalog)["parties"].names} == {"no"}
        after = (site.path / ACME).read_text(encoding="utf-8").splitlines()
        assert [one for one in before if one.startswith("#")] == [one for one in after if one.startswith("#")]

    @pytest.mark.parametrize(
        ("field", "text"),
        [("dates.start", "2031-01-01"), ("dates.start", "soon"), ("name", ""), ("option.parties", "x")],
    )
    def test_what_cannot_be_is_said_and_not_saved(self, site: Served, field: str, text: str) -> None:
        before = (site.path / ACME).read_bytes()
        fields = site.form(f"/e/{ACME}", f"/e/{ACME}/facts")
        reply = site.send(f"/e/{ACME}/facts", {**fields, field: [text]})
        assert reply.status_code == 409 and "Nothing is saved yet" in reply.text
        assert (site.path / ACME).read_bytes() == before

    def test_a_name_changed_by_hand_meanwhile(self, site: Served) -> None:
        fields = site.form(f"/e/{ACME}", f"/e/{ACME}/facts")
        text = (site.path / ACME).read_text(encoding="utf-8").replace("D. Osei", "E. Hand")
        (site.path / ACME).write_text(text, encoding="utf-8")
        reply = site.send(f"/e/{ACME}/facts", {**fields, "people.delivery_manager": "Ada"})
        assert reply.status_code == 409 and "E. Hand" in reply.text
        assert (site.path / ACME).read_text(encoding="utf-8") == text

    def test_what_if(self, site: Served, catalog: Catalog) -> None:
        """Before and after are shown, nothing is written until it is kept, and then with its origin."""
        before = (site.path / ACME).read_bytes()
        tried = "option.risk=low&option.post_delivery=none&option.parties=none"
        page = site.browser.get(f"/e/{ACME}/what-if?{tried}").text
        assert "Rows that go" in page and "Handover to support" in page and "Annoying, but soon mended" in page
        assert (site.path / ACME).read_bytes() == before
        sent = site.form(f"/e/{ACME}/what-if?{tried}", f"/e/{ACME}/what-if")
        assert site.send(f"/e/{ACME}/what-if", sent).status_code == 303
        found = read_engagement(site.path / ACME, catalog)
        assert found.answers["risk"] == "low" and found.answers["post_delivery"] == "none"
        assert found.origins["risk"].how == "set"

    def test_what_is_not_known_can_be_tried(self, site: Served) -> None:
        """From the advice, a link leads to what each answer would change that leads to another model."""
        shutil.copy(EXAMPLES / "first-meeting-open.yaml", site.path / "open.yaml")
        links = re.findall(r'href="(/e/open.yaml/what-if\?option[^"]*)"', site.browser.get("/e/open.yaml").text)
        assert links and all("Decision" in site.browser.get(link).text for link in links)

    def test_what_if_without_a_change(self, site: Served) -> None:
        assert "Choose another answer" in site.browser.get(f"/e/{ACME}/what-if?option.risk=high").text


class TestDocuments:
    @pytest.mark.parametrize("form", [name for name in FORMATS if name not in ("docx", "pdf", "xlsx")])
    def test_they_are_what_the_commands_write(self, site: Served, catalog: Catalog, form: str) -> None:
        reply = site.send(f"/e/{ACME}/documents", {"format": form})
        wanted = write(advise(catalog, read_engagement(site.path / ACME, catalog)), form, Edition("brief"))
        assert reply.content == wanted
        suffix = FORMATS[form].suffix
        assert reply.headers["content-disposition"] == f'attachment; filename="customer-portal-rebuild{suffix}"'

    def test_for_the_client_in_other_letters_with_a_logo(self, site: Served) -> None:
        sent = {
            "format": "html",
            "document": "both",
            "client_view": "yes",
            "letters": "daci",
            "title": "T",
            "rows": "10",
        }
        logo = {"logo": ("logo.png", (REPOSITORY / "tests" / "logo.png").read_bytes())}
        page = site.send(f"/e/{ACME}/documents", sent, files=logo).text
        assert "data:image/png" in page and "Driver" in page and "data-rule" not in page and "<h1><bdi>T" in page

    @pytest.mark.parametrize(
        ("sent", "said"),
        [
            ({"format": "exe"}, "Choose one of the formats"),
            ({"format": "csv", "title": "T"}, "CSV, the matrix alone has no place for a title"),
            ({"letters": "/etc/passwd"}, "Choose one of the letterings"),
            ({"document": "../x"}, "Choose one of the documents"),
            ({"dated": "soon"}, "is no date"),
            ({"rows": "0"}, "number from 1"),
            (
                {"template": "/etc/passwd", "logo": "/etc/passwd", "format": "csv", "dated": "2027-01-01"},
                "no place for a date",
            ),
        ],
    )
    def test_what_cannot_be_had(self, site: Served, sent: dict[str, str], said: str) -> None:
        reply = site.send(f"/e/{ACME}/documents", sent)
        assert reply.status_code == 400 and said in reply.text

    def test_to_look_at_and_print(self, site: Served) -> None:
        """The page stands in a sandbox of its own: its script reaches nothing of this server."""
        reply = site.send(f"/e/{ACME}/documents", {"act": "look", "format": "docx"})
        policy = reply.headers["content-security-policy"]
        assert "sandbox allow-scripts" in policy and "allow-same-origin" not in policy and "table class=" in reply.text


def in_this_process(function: str, job: Any, name: str, doing: str, seconds: int) -> bytes:
    """The same work without the second or two that a process of its own takes to begin."""
    work = getattr(reviewed, function.partition(":")[2])(job)
    return confined.result(confined.worked(work, name, doing))


class TestMatrix:
    @pytest.fixture(autouse=True)
    def quick(self, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
        if "confined" not in request.node.name:
            monkeypatch.setattr(reviewed, "confined", in_this_process)

    def test_it_is_read_confined(self, site: Served) -> None:
        """In a process of its own, which gives up after so long; what is wrong with a file is said as always."""
        assert "Nobody does it" in self.drop(site, "m.csv", b"Activity,Manager,Team\nPlan,A,\nBuild,A,R\n")
        job = reviewed.Lint(b"", "m.csv", "usual")
        with pytest.raises(InputError, match=r"m\.csv: takes more than 1 s to read"):
            confined.confined("tests.test_serve_pages:ready_for_ever", job, "m.csv", "read", 1)

    def drop(self, site: Served, name: str, data: bytes, **more: str) -> str:
        return str(site.send("/matrix", more, files={"matrix": (name, data)}).text)

    def test_dropped_mended_and_compared(self, site: Served) -> None:
        """Problems beside the table, a copy with them as comments, and a comparison with one of our engagements."""
        data = (REPOSITORY / "tests" / "matrices" / "rich.xlsx").read_bytes()
        page = self.drop(site, "../../rich.xlsx", data)
        assert "Nobody does it" in page and "Raise the money" in page and "Mend:" in page and 'class="flag"' in page
        kept = re.search(r'name="kept" value="([^"]*)"', page)
        assert kept is not None
        copy = site.send("/matrix/copy", {"kept": kept[1], "act": "copy"})
        assert copy.content.startswith(b"PK") and "rich-problems.xlsx" in copy.headers["content-disposition"]
        compared = site.send("/matrix/compare", {"kept": kept[1], "engagement": ACME, "format": "html"})
        assert (
            "Their matrix and our advice" in compared.text and "sandbox" in compared.headers["content-security-policy"]
        )

    @pytest.mark.parametrize(
        ("name", "data", "said"),
        [
            ("x.csv", b"", "Choose a file first"),
            ("x.png", b"\x89PNG\r\n", "is a picture"),
            ("x.md", b"nothing here", "x.md"),
            ("evil.csv", b"Activity,<script>alert(1)</script>,Team\n<img src=x>,A,R\n", "&lt;"),
        ],
    )
    def test_what_is_no_matrix(self, site: Served, name: str, data: bytes, said: str) -> None:
        page = self.drop(site, name, data)
        assert said in page and "<script>alert" not in page and "<img" not in page

    def test_only_policies_and_engagements_of_ours(self, site: Served) -> None:
        """A policy is never a path, nor is an engagement; a file that is not kept any more is asked for again."""
        matrix = b"Activity,Manager,Team\nPlan,A,R\n"
        assert "Choose one of the policies" in self.drop(site, "m.csv", matrix, policy="/etc/passwd")
        kept = re.search(r'name="kept" value="([^"]*)"', self.drop(site, "m.csv", matrix))
        assert kept is not None
        sent = {"kept": kept[1], "engagement": "../secret.yaml"}
        assert site.send("/matrix/compare", sent).status_code == 404
        assert site.send("/matrix/copy", {"kept": kept[1], "policy": "/etc/passwd"}).status_code == 400
        assert site.send("/matrix/copy", {"kept": "nothing"}).status_code == 400
        assert site.send("/matrix/copy", {"kept": kept[1], "act": "xlsx"}).status_code == 400

    def test_a_mended_table_runs_nothing(self, site: Served) -> None:
        """What a spreadsheet would take for a formula is text in the table that comes down."""
        page = self.drop(site, "x-mended.csv", b"Activity,Manager,Team\n=1+1,A,R\nBuild,A,\n")
        kept = re.search(r'name="kept" value="([^"]*)"', page)
        assert kept is not None and "Mended table" not in page
        mended = site.send("/matrix/mend", {"kept": kept[1], "cell.0.1.1": "=R", "cell.9.9.9": "A", "cell.x": "A"}).text
        kept = re.search(r'name="kept" value="([^"]*)"', mended)
        assert kept is not None and "Mended table as Excel" in mended
        table = site.send("/matrix/copy", {"kept": kept[1], "act": "csv"}).content.decode("utf-8-sig")
        assert "'=1+1,A,R" in table and "Build,A,'=R" in table


def test_a_rulebook_of_ones_own(tmp_path: Path) -> None:
    """A new file names the rulebook that it was begun with, and all pages go by it."""
    small = REPOSITORY / "tests" / "small"
    site = served(tmp_path, rulebook=small)
    place = site.browser.get(begun(site)).headers["location"]
    assert site.site.open("e.yaml").engagement.rulebook == os.path.relpath(small, tmp_path)
    assert site.browser.get(place).status_code == 200
    for page in ("", "/check", "/quick", "/what-if", "/documents", "/why?about=model"):
        assert site.browser.get(f"/e/e.yaml{page}").status_code == 200, page


def ready_for_ever(job: reviewed.Lint) -> confined.Work:
    """Work that never ends."""

    def work() -> bytes:
        while job:
            pass
        return b""

    return work


def test_the_portfolio(site: Served) -> None:
    """The document in a sandbox, and as files; what cannot be counted is named."""
    (site.path / "broken.yaml").write_text("answers: [", encoding="utf-8")
    page = site.browser.get("/portfolio").text
    assert "Not counted (1)" in page and "broken.yaml" in page
    document = site.browser.get("/portfolio/page")
    assert "1 firm" in document.text and "sandbox" in document.headers["content-security-policy"]
    found = json.loads(site.send("/portfolio", {"format": ".json"}).content)
    assert found["schema"].startswith("advisor/portfolio")
    assert site.send("/portfolio", {"format": "/etc/passwd"}).status_code == 400
