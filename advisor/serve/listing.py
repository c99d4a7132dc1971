"""The first page: the engagements in the folder, making new ones, copying, renaming and removing them."""

from __future__ import annotations

import os
from dataclasses import replace

from starlette.responses import Response

from advisor.catalog.records import default_questionnaire
from advisor.documents.shared.typed import identifier, plain_text
from advisor.errors import InputError
from advisor.files import read_limited
from advisor.interview.revising import engagement_form, revise
from advisor.model.engagement import Engagement
from advisor.serve.asked import Asked
from advisor.serve.folder import called_before
from advisor.serve.headlines import Headline
from advisor.serve.site import Site, go, link_to

MOST_SHOWN = 100


def show(site: Site, asked: Asked) -> Response:
    """The list, of those whose name, client or headline has what is looked for."""
    wanted = asked.text("q").strip()
    paths = [site.folder.path / name for name in site.folder.names()]
    lines = site.headlines.of(paths, site.rulebook)
    found = [one for one in lines if _has(one, wanted)]
    start = _number(asked.text("from"))
    return site.page(
        "folder.html.j2",
        "Engagements",
        at="folder",
        lines=found[start : start + MOST_SHOWN],
        start=start,
        count=len(found),
        total=len(lines),
        more=start + MOST_SHOWN if len(found) > start + MOST_SHOWN else 0,
        before=max(start - MOST_SHOWN, 0),
        waiting=sum(one.waiting for one in found),
        wanted=wanted,
        removed=tuple((name, called_before(name)) for name in site.folder.removed()[:20]),
        folder=site.folder.path.name or str(site.folder.path),
        notice=_NOTICES.get(asked.text("done"), ""),
    )


_NOTICES = {
    "removed": "Removed. It can be put back from the bottom of this page.",
    "back": "Put back.",
    "renamed": "Renamed.",
}


def new(site: Site, asked: Asked) -> Response:
    """Make a file and begin to ask."""
    title, client = plain_text(asked.text("title")), plain_text(asked.text("client"))
    if not title:
        return site.page("failed.html.j2", "That did not work", 400, lines=("Give the engagement a name first.",))
    catalog = site.catalog()
    engagement = Engagement(
        identifier(title, site.folder.path),
        title,
        client,
        {},
        {},
        {},
        questionnaire=default_questionnaire(catalog),
        # so that no later run takes another rulebook than this one
        rulebook=os.path.relpath(site.rulebook, site.folder.path) if site.rulebook is not None else "",
    )
    name = site.folder.begin(title, engagement_form(catalog).dump(engagement).encode())
    return go(f"{link_to(name)}/{'quick' if asked.text('way') == 'quick' else 'ask'}")


def copy(site: Site, asked: Asked) -> Response:
    """Make a copy under a name of its own."""
    path = site.folder.file(asked.name)
    data = read_limited(path)
    title = path.stem
    try:
        opened = site.open(asked.name)
    except InputError:
        return go(link_to(site.folder.begin(f"{title} copy", data)))  # as it is, mistakes and all
    before = opened.engagement
    named = plain_text(asked.text("title")) or f"{before.name} (copy)"
    after = replace(before, name=named, id=identifier(named, path))
    return go(
        link_to(site.folder.begin(named, revise(data, asked.name, before, after, engagement_form(opened.catalog))))
    )


def rename(site: Site, asked: Asked) -> Response:
    """Call the file otherwise."""
    name = site.folder.rename(asked.name, plain_text(asked.text("file")) or asked.name)
    site.sittings.pop(asked.name, None)
    return go(f"{link_to(name)}?done=renamed")


def remove(site: Site, asked: Asked) -> Response:
    """Put the file into the trash."""
    site.folder.remove(asked.name)
    site.sittings.pop(asked.name, None)
    return go("/?done=removed")


def put_back(site: Site, asked: Asked) -> Response:
    """Take a file out of the trash."""
    return go(f"{link_to(site.folder.put_back(asked.text('name')))}?done=back")


def _has(one: Headline, wanted: str) -> bool:
    said = f"{one.name} {one.title} {one.client} {one.says} {one.status_word}".casefold()
    return all(word in said for word in wanted.casefold().split())


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0
