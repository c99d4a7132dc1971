"""The pages by their addresses, and what is said where one cannot be shown."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from advisor.errors import AdvisorError, InputError
from advisor.serve import advised, asking, book, facts, listing, matrix, papers, people, short, whatif, why
from advisor.serve.asked import Asked, Handler, page
from advisor.serve.folder import NotHere
from advisor.serve.guard import Guard
from advisor.serve.site import HERE, Site, styles

_READ: dict[str, Handler] = {
    "/": listing.show,
    "/matrix": matrix.show,
    "/people": people.show,
    "/portfolio": book.show,
    "/portfolio/page": book.page_of,
    "/e/{name}": advised.show,
    "/e/{name}/why": why.show,
    "/e/{name}/what-if": whatif.show,
    "/e/{name}/documents": papers.show,
    "/e/{name}/ask": asking.begin,
    "/e/{name}/ask/{step}": asking.question,
    "/e/{name}/check": asking.check,
    "/e/{name}/known": asking.beside,
    "/e/{name}/quick": short.show,
}
_SENT: dict[str, Handler] = {
    "/new": listing.new,
    "/put-back": listing.put_back,
    "/matrix": matrix.review,
    "/matrix/mend": matrix.mend,
    "/matrix/copy": matrix.copy,
    "/matrix/compare": matrix.compare,
    "/people/{name}": people.give,
    "/portfolio": book.give,
    "/e/{name}/ask/{step}": asking.answer,
    "/e/{name}/check": asking.deeper,
    "/e/{name}/quick": short.save,
    "/e/{name}/facts": facts.save,
    "/e/{name}/what-if": whatif.keep,
    "/e/{name}/documents": papers.give,
    "/e/{name}/copy": listing.copy,
    "/e/{name}/rename": listing.rename,
    "/e/{name}/remove": listing.remove,
}


def app_for(site: Site) -> ASGIApp:
    """The whole application, guarded."""
    routes = [
        *(Route(path, page(site, handler), methods=["GET"]) for path, handler in _READ.items()),
        *(Route(path, page(site, handler), methods=["POST"]) for path, handler in _SENT.items()),
        Route("/static/app.css", page(site, _styles), methods=["GET"]),
        Route("/static/app.js", page(site, _script), methods=["GET"]),
    ]

    def failed(_: Request, error: Exception) -> Response:
        return _failed(site, error)

    handlers = {AdvisorError: failed, HTTPException: failed, OSError: failed, ClientDisconnect: failed}
    return Guard(Starlette(routes=routes, exception_handlers=handlers), site.keys)


def _failed(site: Site, error: Exception) -> Response:
    """A page that says what is wrong, and where in the file."""
    if isinstance(error, HTTPException):
        said = "There is no such page." if error.status_code == 404 else str(error.detail)
        return site.page("failed.html.j2", "That did not work", error.status_code, lines=(said,))
    if isinstance(error, OSError):
        error = AdvisorError(f"The folder cannot be used so: {error.strerror or error}.")
    status = 404 if isinstance(error, NotHere) else 400
    lines = [str(one) for one in error.problems] if isinstance(error, InputError) else str(error).splitlines()
    return site.page("failed.html.j2", "That did not work", status, lines=tuple(lines))


def _styles(_: Site, __: Asked) -> Response:
    return _lasting(PlainTextResponse(styles(), media_type="text/css"))


def _script(_: Site, __: Asked) -> Response:
    text = (HERE / "static" / "app.js").read_text(encoding="utf-8")
    return _lasting(PlainTextResponse(text, media_type="text/javascript"))


def _lasting(response: Response) -> Response:
    response.headers["Cache-Control"] = "private, max-age=300"
    return response
