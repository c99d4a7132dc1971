"""Who is let in: this machine's browser with our cookie, from our own pages, with no more than a page needs."""

from __future__ import annotations

import asyncio
import secrets
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = "127.0.0.1"
MOST_FORM, MOST_UPLOAD = 300_000, 21_000_000  # bytes of a request
PATIENCE = 30.0  # seconds for a request to come in
_FORMS = "multipart/form-data"
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with none at all, browsers send no origin with forms
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_LET_IN = """<!DOCTYPE html><html lang="en-GB"><meta charset="utf-8"><title>Role advisor</title>
<link rel="icon" href="data:,"><meta http-equiv="refresh" content="0; url=/"><p><a href="/">Go on</a></p></html>"""


@dataclass(slots=True)
class Keys:
    """What one run of the server is opened with. `ticket` lets one browser in, once; then it has the `cookie`.

    `form` stands in every form of ours, so that no page of others can send one.
    """

    port: int
    cookie: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    form: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    ticket: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    @property
    def cookie_name(self) -> str:
        return f"advisor-{self.port}"

    @property
    def hosts(self) -> tuple[str, ...]:
        return (f"{LOOPBACK}:{self.port}", f"localhost:{self.port}")

    @property
    def address(self) -> str:
        """What the browser opens."""
        return f"http://{LOOPBACK}:{self.port}/open?ticket={self.ticket}"

    def takes(self, ticket: str) -> bool:
        """Whether it is the ticket, which nobody can use again then."""
        right = bool(self.ticket) and same(ticket, self.ticket)
        if right:
            self.ticket = ""
        return right


def same(given: str, wanted: str) -> bool:
    """Whether two secrets are the same, in a time that tells nothing."""
    return secrets.compare_digest(given.encode("utf-8", "replace"), wanted.encode())


class Guard:
    """Stands before the pages, and lets through only what `refusal` has nothing against."""

    def __init__(self, app: ASGIApp, keys: Keys) -> None:
        self.app, self.keys = app, keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        reply = self._reply(scope)
        if reply is not None:
            await reply(scope, receive, sending)
            return
        await self.app(scope, _bounded(receive, _most(Headers(scope=scope))), sending)

    def _reply(self, scope: Scope) -> Response | None:
        """What is said instead of a page, if anything is."""
        headers = Headers(scope=scope)
        refused = refusal(scope["method"], scope["path"], headers, self.keys)
        if refused is not None:
            return PlainTextResponse(refused[1], refused[0])
        known = _known(headers, self.keys)
        if scope["path"] == "/open":
            ticket = parse_qs(scope["query_string"].decode("latin-1")).get("ticket", [""])[0]
            if not known and not self.keys.takes(ticket):
                return PlainTextResponse(
                    "This address was used before. End the server with Ctrl-C, start it again and use its new address.",
                    HTTPStatus.FORBIDDEN,
                )
            # a page, and no redirection: after one of those a browser that came from elsewhere keeps the cookie back
            reply = HTMLResponse(_LET_IN)
            reply.set_cookie(self.keys.cookie_name, self.keys.cookie, path="/", httponly=True, samesite="strict")
            return reply
        if not known:
            return PlainTextResponse(
                "Open the address that `advisor serve` has written to your terminal.", HTTPStatus.FORBIDDEN
            )
        return None


def refusal(method: str, path: str, headers: Headers, keys: Keys) -> tuple[HTTPStatus, str] | None:
    """Why a request is not even looked at: another name of this machine, another site, too much of it."""
    if method not in ("GET", "HEAD", "POST"):
        return HTTPStatus.METHOD_NOT_ALLOWED, "Pages are read and forms are sent here, nothing else."
    if headers.getlist("host") not in [[host] for host in keys.hosts]:
        return HTTPStatus.FORBIDDEN, f"This server answers to {keys.hosts[0]} only."
    origins = headers.getlist("origin")
    ours = [[f"http://{host}"] for host in keys.hosts]
    from_elsewhere = headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none") and path != "/open"
    if from_elsewhere or (origins not in ours and (origins or method == "POST")):
        return HTTPStatus.FORBIDDEN, "Only pages of this server can send that."
    length = headers.get("content-length", "0")
    if not (length.isascii() and length.isdigit() and int(length[:12]) <= _most(headers)):
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"At most {_most(headers):,} bytes can be sent here."
    return None


def _known(headers: Headers, keys: Keys) -> bool:
    cookies = cookie_parser(headers.get("cookie", ""))
    return same(cookies.get(keys.cookie_name, ""), keys.cookie)


def _most(headers: Headers) -> int:
    """Bytes that a request may have; forms without a file are short."""
    return MOST_UPLOAD if headers.get("content-type", "").startswith(_FORMS) else MOST_FORM


def _bounded(receive: Receive, most: int) -> Receive:
    """The same messages, within so many bytes and the time there is for them."""
    until = time.monotonic() + PATIENCE
    got = 0
    whole = False

    async def receiving() -> Message:
        nonlocal got, whole
        if whole:  # what comes after the body is that the browser went away, however long that takes
            return await receive()
        try:
            message = await asyncio.wait_for(receive(), max(until - time.monotonic(), 0.01))
        except TimeoutError:
            raise HTTPException(HTTPStatus.REQUEST_TIMEOUT, "What was sent took too long to come in.") from None
        got += len(message.get("body", b""))
        whole = not message.get("more_body", False)
        if got > most:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"At most {most:,} bytes can be sent here.")
        return message

    return receiving
