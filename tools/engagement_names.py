"""Names for made-up engagements: clients of very different weight, their managers, and names that are hard to print."""

from __future__ import annotations

import random
from functools import lru_cache


def _listed(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(","))


_FIRST = _listed(
    "Amara, Beatriz, Camille, Dmitri, Emeka, Farida, Grace, Hiro, Ines, Jonas, Keiko, Lena, Marek, Nadia, Oskar, "
    "Priya, Quentin, Rosa, Samuel, Tove, Ulla, Viktor, Wanjiru, Xenia, Yusuf, Zoë, Željko, Ольга, 陳美玲, محمد"
)
_LAST = _listed(
    "Adeyemi, Berg, Costa, Dvořák, Eriksen, Faraday, Grünwald, Haddad, Ito, Jansen, Kowalska, Lindqvist, Marin, Novak, "
    "Osei, Petrov, Quist, Roux, Silva, Tanaka, Unger, Varga, Whitfield, Ximénez, Yılmaz, Zhou, O'Neill"
)
# The last ones are the worst that a spreadsheet, a web page or a table has to print.
CLIENTS = _listed(
    "Acme Insurance, Castellan Mutual, Northwind Energy, Harbour Payments, City of Lund, Meridian Rail, Orchard Foods, "
    "Silver Fern Bank, Tessellate, Blue Anchor Shipping, Kestrel Health, Granite Homes, Ministry of Water, "
    "Lumen Schools, Pelican Air, Quarry & Sons, Rowan Law LLP, Sable Media, Thistle Textiles, Umbra Optics, "
    "Vantage Retail, Willow Care, Zenith Tools, Ångström Labs, Банк «Восход», 株式会社あおば, شركة النور, "
    '=HYPERLINK("http://example.org"), <b>Bold & Co</b>, Pipe | Fitters, @Home 🏠 Services'
)
_WORK = _listed(
    "Customer portal, Claims system, Data platform, Office move, Payroll, Network renewal, Mobile app, Archive, "
    "Contact centre, Warehouse, Web shop, Identity service, Reporting, Print service, Case management, Timetable"
)
_WHAT = _listed("rebuild, roll-out, migration, support, renewal, pilot, merger, take-over, compliance, improvement")
_ODD = ("-2+3 phases", "A very long name that goes on " + "and on " * 25, "Phase «2» 🚀 <i>go</i>")
PEOPLE = tuple(f"{first} {last}" for first in _FIRST for last in _LAST)


def work(chance: random.Random) -> str:
    """What an engagement is called."""
    if chance.random() < 0.01:
        return chance.choice(_ODD)
    return f"{chance.choice(_WORK)} {chance.choice(_WHAT)}"


def client_of(chance: random.Random, seed: int) -> tuple[str, dict[str, list[str]]]:
    """A client, a few of them large, and the managers whom one would find there by role."""
    large = chance.random() < 0.6
    at = int(chance.paretovariate(0.9)) - 1 if large else chance.randrange(len(CLIENTS))
    client = CLIENTS[min(at, len(CLIENTS) - 1)]
    return client, _managers(client, seed)


@lru_cache(maxsize=256)
def _managers(client: str, seed: int) -> dict[str, list[str]]:
    chance = random.Random(f"{seed}:{client}")
    return {role: chance.sample(PEOPLE, chance.randint(1, 4)) for role in ("delivery_manager", "project_manager")}
