"""What a browser asks for: the file and step in the address, what follows it, and a form that is one of ours."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from advisor.serve.guard import same
from advisor.serve.kept import Upload
from advisor.serve.site import Site

MOST_FIELDS, MOST_TEXT = 2_000, 100_000


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: the file and the step in its address, what stands behind the question mark, what was filled in."""

    name: str = ""
    step: str = ""
    query: dict[str, list[str]] = field(default_factory=dict)
    form: dict[str, list[str]] = field(default_factory=dict)
    upload: Upload | None = None

    def text(self, name: str, otherwise: str = "") -> str:
        """A field that was filled in, or that stands in the address."""
        return next(iter(self.form.get(name) or self.query.get(name) or ()), otherwise)


Handler = Callable[[Site, Asked], Response]


def page(site: Site, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """What Starlette calls: reads the request, and has the handler answer it in a thread."""

    async def endpoint(request: Request) -> Response:
        asked = await _asked(request, site)
        return await run_in_threadpool(handler, site, asked)

    return endpoint


async def _asked(request: Request, site: Site) -> Asked:
    name, step = (str(request.path_params.get(one, "")) for one in ("name", "step"))
    query = _lists(request.query_params.multi_items())
    if request.method != "POST":
        return Asked(name, step, query)
    async with request.form(max_files=1, max_fields=MOST_FIELDS, max_part_size=MOST_TEXT) as given:
        items = given.multi_items()
        form = _lists((key, value) for key, value in items if isinstance(value, str))
        sent = next((value for _, value in items if isinstance(value, UploadFile) and value.filename), None)
        upload = Upload(_last_part(sent.filename or ""), await sent.read()) if sent is not None else None
    if not same(next(iter(form.pop("form_key", [])), ""), site.keys.form):
        raise HTTPException(403, "This form is older than the server. Go back and load its page again.")
    return Asked(name, step, query, form, upload)


def _lists(pairs: object) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, value in pairs:  # type: ignore[attr-defined]
        found.setdefault(key, []).append(value)
    return found


def _last_part(name: str) -> str:
    return "".join(one for one in name.replace("\\", "/").rpartition("/")[2] if one.isprintable())[-120:] or "matrix"
