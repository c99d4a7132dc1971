"""Attacks on `advisor serve`: other sites, other machines, other files, too much at once; none of them gets in."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.exceptions import HTTPException

from advisor.serve import guard
from advisor.serve.folder import TRASH, is_name
from advisor.serve.guard import MOST_FORM
from tests.conftest import EXAMPLES
from tests.serving import ORIGIN, PORT, Served, served, stranger

ENGAGEMENT = "engagement: {id: e, name: Ours}\nanswers: {risk: low}\n"


@pytest.fixture
def site(tmp_path: Path) -> Served:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "ours.yaml").write_text(ENGAGEMENT, encoding="utf-8")
    (tmp_path / "secret.yaml").write_text("engagement: {name: Secret}\nanswers: {}\n", encoding="utf-8")
    return served(folder)


def test_the_ticket_works_once_and_becomes_a_cookie_that_scripts_and_other_sites_do_not_get(site: Served) -> None:
    browser, ticket = stranger(site.site), site.site.keys.ticket
    assert browser.get("/").status_code == 403
    assert browser.get("/open?ticket=wrong").status_code == 403
    opened = browser.get(f"/open?ticket={ticket}")
    cookie = opened.headers["set-cookie"]
    assert opened.status_code == 200 and "HttpOnly" in cookie and "SameSite=strict" in cookie and ticket not in cookie
    assert browser.get("/").status_code == 200
    assert stranger(site.site).get(f"/open?ticket={ticket}").status_code == 403
    assert stranger(site.site).get("/open?ticket=").status_code == 403


@pytest.mark.parametrize("path", ["/", "/e/ours.yaml", "/static/app.css", "/static/app.js", "/nothing"])
def test_nothing_is_shown_without_the_cookie(site: Served, path: str) -> None:
    reply = stranger(site.site).get(path)
    assert reply.status_code == 403 and "Ours" not in reply.text


@pytest.mark.parametrize("host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1:1", f"[::1]:{PORT}", ""])
def test_another_name_for_this_machine_is_refused(site: Served, host: str) -> None:
    """DNS rebinding: a site whose name leads here has the browser send its own name."""
    assert site.browser.get("/", headers={"host": host}).status_code == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1:8431", "http://127.0.0.1:80", ""])
def test_a_form_of_another_site_is_refused(site: Served, origin: str) -> None:
    reply = site.send("/new", {"title": "Theirs"}, headers={"origin": origin})
    assert reply.status_code == 403 and site.site.folder.names() == ["ours.yaml"]


@pytest.mark.parametrize("where", ["cross-site", "same-site"])
def test_a_page_of_another_site_or_port_cannot_load_ours(site: Served, where: str) -> None:
    assert site.browser.get("/e/ours.yaml", headers={"sec-fetch-site": where}).status_code == 403


@pytest.mark.parametrize("key", ["", "wrong", "ключ"])
def test_a_form_without_our_key_does_nothing(site: Served, key: str) -> None:
    for address in ("/new", "/e/ours.yaml/remove", "/e/ours.yaml/copy", "/e/ours.yaml/facts", "/e/ours.yaml/quick"):
        assert site.browser.post(address, data={"title": "x", "form_key": key}).status_code == 403
    assert site.site.folder.names() == ["ours.yaml"]


def test_other_methods_are_refused(site: Served) -> None:
    for method in ("PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"):
        assert site.browser.request(method, "/").status_code == 405


def test_pages_allow_no_script_of_others_and_no_other_site_anything(site: Served) -> None:
    headers = site.browser.get("/e/ours.yaml").headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "script-src 'self'" in policy and "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy and "form-action 'self'" in policy
    assert not [name for name in headers if name.startswith("access-control")]
    assert headers["x-content-type-options"] == "nosniff" and headers["cache-control"] == "no-store"
    page = site.browser.get("/e/ours.yaml").text
    assert "<script>" not in page and "style=" not in page and "onclick" not in page


_ODD = ["..%2Fsecret.yaml", "%2E%2E/secret.yaml", "..%5Csecret.yaml", "%2Fetc%2Fpasswd", ".hidden.yaml", "link.yaml"]


@pytest.mark.parametrize("name", [*_ODD, "folder.yaml", "ours.yaml%00", "C:ours.yaml", "ours.txt", "pipe.yaml"])
def test_no_path_leaves_the_folder(site: Served, tmp_path: Path, name: str) -> None:
    """Not by `..`, absolute paths, links, other separators, what is hidden, folders, devices or other files."""
    folder = site.path
    (folder / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    (folder / ".hidden.yaml").write_text(ENGAGEMENT, encoding="utf-8")
    (folder / "ours.txt").write_text(ENGAGEMENT, encoding="utf-8")
    (folder / "folder.yaml").mkdir()
    os.mkfifo(folder / "pipe.yaml")
    before = sorted(one.name for one in tmp_path.rglob("*"))
    for page in ("", "/why?about=model", "/ask", "/check", "/quick", "/what-if", "/documents"):
        reply = site.browser.get(f"/e/{name}{page}")
        assert reply.status_code == 404 and "Secret" not in reply.text, page
    for act in ("copy", "rename", "remove", "facts"):
        assert site.send(f"/e/{name}/{act}", {"file": "x.yaml"}).status_code == 404
    assert site.send("/put-back", {"name": "../../secret.yaml"}).status_code == 404
    assert sorted(one.name for one in tmp_path.rglob("*")) == before
    assert site.site.folder.names() == ["ours.yaml"]


@pytest.mark.parametrize(
    "wanted", ["../out", "/tmp/out.yaml", "..", ".hidden", "a/b", "a\x00", "con:stream", "x" * 500]
)
def test_what_is_typed_as_a_name_stays_in_the_folder(site: Served, tmp_path: Path, wanted: str) -> None:
    site.send("/new", {"title": wanted})
    site.send("/e/ours.yaml/rename", {"file": wanted})
    names = site.site.folder.names()
    assert len(names) == 2 and all(is_name(name) for name in names)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["folder", "secret.yaml"]


def test_a_trash_that_leads_elsewhere_is_not_used(site: Served, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (site.path / TRASH).symlink_to(tmp_path / "elsewhere")
    assert site.send("/e/ours.yaml/remove", {}).status_code == 400
    assert (site.path / "ours.yaml").exists() and not list((tmp_path / "elsewhere").iterdir())


def test_what_files_hold_is_text_and_never_markup(site: Served) -> None:
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}"
    text = f"engagement: {{id: e, name: {evil!r}, client: {evil!r}}}\nanswers: {{risk: low}}\ncontext: {evil!r}\n"
    (site.path / "evil.yaml").write_text(text.replace("\\'", "''"), encoding="utf-8")
    (site.path / "broken.yaml").write_text("answers: {'<img src=x>': low}", encoding="utf-8")
    pages = ("", "/check", "/quick", "/ask/risk", "/why?about=model")
    for page in ("/", "/e/broken.yaml", *(f"/e/evil.yaml{one}" for one in pages)):
        shown = site.browser.get(page).text
        assert "&lt;img" in shown, page
        assert "<script>alert" not in shown and "<img" not in shown and ">49" not in shown


def test_too_much_at_once_is_refused(site: Served) -> None:
    assert site.send("/new", {"title": "x" * MOST_FORM}).status_code == 413
    assert site.browser.post("/new", content=b"x", headers={"content-length": "9" * 20}).status_code == 413
    assert site.browser.post("/new", content=b"x", headers={"content-length": "-1"}).status_code == 413

    def endless() -> Iterator[bytes]:
        for _ in range(MOST_FORM // 1000 + 10):
            yield b"title=" + b"x" * 1000

    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert site.browser.post("/new", content=endless(), headers=kind).status_code == 413
    assert site.site.folder.names() == ["ours.yaml"]


def test_what_trickles_in_is_cut_off(site: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    import asyncio

    async def never() -> dict[str, object]:
        await asyncio.sleep(60)
        return {}

    monkeypatch.setattr(guard, "PATIENCE", 0.02)
    receiving = guard._bounded(never, 10)
    with pytest.raises(HTTPException) as refused:
        asyncio.run(receiving())  # type: ignore[arg-type]
    assert refused.value.status_code == 408


def test_people_are_shown_only_where_that_was_asked_for(site: Served) -> None:
    """Neither a list nor a sheet, nor a link; with `--people` both, and still nothing from elsewhere."""
    (site.path / "people").mkdir()
    shutil.copy(EXAMPLES / "people" / "aisha-farouk.yaml", site.path / "people")
    assert site.browser.get("/people").status_code == 404 and "/people" not in site.browser.get("/").text
    assert site.send("/people/aisha-farouk.yaml", {}).status_code == 404
    shown = served(site.path, people=True)
    assert "Aisha Farouk" in shown.browser.get("/people").text
    sheet = shown.send("/people/aisha-farouk.yaml", {"format": "html"})
    assert "Aisha Farouk" in sheet.text and "sandbox" in sheet.headers["content-security-policy"]
    assert shown.send("/people/..%2Fours.yaml", {}).status_code == 404
    assert shown.send("/people/aisha-farouk.yaml", {"format": "/etc/passwd"}).status_code == 400


def test_only_this_machine_can_reach_it(tmp_path: Path) -> None:
    """The socket is bound to the loopback address, whatever the machine's other addresses are; Ctrl-C ends it."""
    command = [sys.executable, "-m", "advisor", "serve", str(tmp_path), "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = server.stdout.readline().split()[-1]
        assert address.startswith("http://127.0.0.1:") and "/open?ticket=" in address
        port = int(address.split(":")[2].split("/")[0])
        bound = Path("/proc/net/tcp").read_text(encoding="utf-8") if Path("/proc/net/tcp").exists() else ""
        listening = [line.split()[1] for line in bound.splitlines() if line.split()[1].endswith(f":{port:04X}")]
        assert not bound or listening == [f"0100007F:{port:04X}"]
        server.send_signal(signal.SIGINT)
        assert "Ended." in server.stdout.read()
    assert server.returncode == 0


def test_without_the_packages_it_says_what_to_install(tmp_path: Path) -> None:
    code = "import sys; sys.modules['uvicorn'] = None; from advisor.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "serve"], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert done.returncode == 2 and "pip install 'role-advisor[web]'" in done.stderr


def test_a_page_that_is_not_there(site: Served) -> None:
    reply = site.browser.get("/nothing")
    assert reply.status_code == 404 and "no such page" in reply.text and ORIGIN not in reply.text
