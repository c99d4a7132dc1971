"""A server for tests, asked in this process: the folder, the site, and forms filled in as a browser would."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from advisor.serve.app import app_for
from advisor.serve.folder import Folder
from advisor.serve.guard import Keys
from advisor.serve.site import Site

PORT = 8431
ORIGIN = f"http://127.0.0.1:{PORT}"
_INPUT = re.compile(r"<(input|textarea)\b([^>]*)>([^<]*)")
_ATTRIBUTE = re.compile(r'([a-z-]+)(?:="([^"]*)")?')


@dataclass(frozen=True, slots=True)
class Served:
    """A site over a folder, and a browser that was let in."""

    path: Path
    site: Site
    browser: TestClient

    def form(self, address: str, action: str = "") -> dict[str, list[str]]:
        """The fields of the form with this action (the page's own address by default) as its page has them."""
        page = self.browser.get(address).text
        for attributes, inside in re.findall(r"<form\b([^>]*)>(.*?)</form>", page, re.DOTALL):
            if f'action="{action or address}"' in attributes and 'method="post"' in attributes:
                return _fields(inside)
        raise AssertionError(f"no form for {action or address}")

    def send(self, address: str, fields: dict[str, Any], **more: Any) -> Any:
        """Send a form with the key that all of ours have."""
        return self.browser.post(address, data={"form_key": self.site.keys.form, **fields}, **more)


def served(path: Path, people: bool = False, rulebook: Path | None = None) -> Served:
    """A server over the folder, with a browser that has its cookie."""
    site = Site(Folder(path), Keys(PORT), rulebook, people)
    browser = stranger(site)
    browser.cookies.set(site.keys.cookie_name, site.keys.cookie)
    return Served(path, site, browser)


def stranger(site: Site, **headers: str) -> TestClient:
    """A browser that was not let in."""
    return TestClient(app_for(site), base_url=ORIGIN, headers={"origin": ORIGIN, **headers}, follow_redirects=False)


def _fields(inside: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tag, attributes, text in _INPUT.findall(inside):
        known = dict(_ATTRIBUTE.findall(attributes))
        if "name" not in known or (known.get("type") in ("radio", "checkbox") and "checked" not in known):
            continue
        value = text if tag == "textarea" else known.get("value", "")
        found.setdefault(known["name"], []).append(unescape(value))
    return found
