"""Whatever people state, in whatever mix: the brief comes, and each row has one who answers and somebody at work."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.advise import advise
from advisor.catalog import load_catalog
from advisor.catalog.engagements import read_one
from advisor.documents import write
from advisor.documents.shared.edition import Edition
from advisor.model.stated import PACED

CATALOG = load_catalog()
ROLES = [*CATALOG.roles, *(name for role in CATALOG.roles.values() for name in role.also)]
NAMES = (
    "Ada",
    "Ben Lee",
    "Cy, head of IT",
    "Dee (commercial)",
    "a tester",
    "{client}",
    "Five developers",
    "Ada; Ben Lee",
)
TEXTS = (
    "whether Ada or Ben Lee leads",
    "a tester (GBP 700 a day), 5 days a week until the end of February",
    "somebody to whom Gareth answers",
    "10% of GBP 2,880, which Ada won't pay",
    "a plan behind 29 February",
    "promised to one person by 31 June",
    "{what} [x|y]",
    "the permit takes twelve months to decide, from 29 February",
    "the report ten working days later than 31 December 9999",
    "somebody from an agency, GBP 850 a day, 3 days a week from 4 January",
    "Ada's people, whom Ben Lee moved; whose fault it is",
    "x" * 300,
)
DAYS = ("2027-01-01", "2027-06-30", "2028-02-29", "9999-12-31")
TIME: dict[str, tuple[Any, ...]] = {
    "days": (0, 0.5, 5),
    "rate": ("GBP 400", "EUR 9"),
    "until": DAYS,
    "does": ("money above GBP 25000", "chair", "testing", "leads five developers"),
    "weekdays": ("Monday to Friday", "Mon-Fri", "Mon, Tue, Wed, Thu, Fri"),
    "total": (0.5, 40),
    "promised": (0.5, 5),
}
PACES = {"left": ("268 points", "1 day", "GBP 9,999,999"), "pace": ("34 every 2 weeks", "1 a month", "0.5 a day")}


def some(of: dict[str, tuple[Any, ...]]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in of.items()})


def matters() -> st.SearchStrategy[dict[str, Any]]:
    def entry(kind: str) -> st.SearchStrategy[dict[str, Any]]:
        more = {"who": NAMES, "owner": (*NAMES, *CATALOG.roles), "does": NAMES, "by": DAYS}
        about = tuple(CATALOG.matters[kind].abouts)
        known = some({**more, "about": about} if about else more)
        needs = st.fixed_dictionaries({name: st.sampled_from(PACES[name]) for name in PACES if kind in PACED})
        return st.builds(lambda what, rest, pace: {kind: what, **rest, **pace}, st.sampled_from(TEXTS), known, needs)

    return st.sampled_from([kind for kind, one in CATALOG.matters.items() if one.asks]).flatmap(entry)


SPENT = {"spent": ("GBP 1", "GBP 90000"), "forecast": ("GBP 2", "GBP 99000"), "afterwards": ("GBP 5",)}
PERSON = st.builds(lambda name, time: {"name": name, **time}, st.sampled_from(NAMES), some(TIME)) | some(TIME)
FILES = st.fixed_dictionaries(
    {
        "engagement": st.just({"id": "x", "client": "Acme", "for": "Jo Bain, account director"}),
        "answers": some({one.id: one.option_ids for one in CATALOG.questions.values()}),
        "people": st.dictionaries(st.sampled_from(ROLES), PERSON, max_size=8),
        "dates": st.just({"as_of": "2026-12-01", "start": "2027-01-11"}) | st.just({"go_live": "2027-09-30"}),
        "money": some(
            {"managing": ("GBP 9000",), "rate": ("GBP 450",), "extra": ("GBP 1", "GBP 50000"), "price": ("GBP 80000",)}
            | SPENT
        ),
        "matters": st.lists(matters(), max_size=8),
    }
)


@settings(max_examples=40, deadline=None)
@given(FILES)
def test_whatever_is_stated_a_brief_comes_of_it(file: dict[str, Any]) -> None:
    advice = advise(CATALOG, read_one(json.dumps(file).encode(), "x.yaml", CATALOG))
    for row in advice.matrix.activities:
        letters = [cell.letters for cell in row.cells]
        assert sum("A" in one for one in letters) == 1 and any("R" in one for one in letters), row.name
    for client_view in (False, True):
        assert write(advice, "markdown", Edition("brief", client_view=client_view))
