"""The sections of a portfolio on what to do about it: risks, sharing; and how all of it is counted."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.documents.portfolio.portfolio_view import Cell, Grid, NotCounted, Part, Row, count, small
from advisor.documents.shared.words import a, capital, clean, ended, listed, lower_first, month_words, numbered
from advisor.model.load import BUILD, LoadPolicy
from advisor.portfolio.values import Book, Cover, Entries, Portfolio, Sharing

DURING = {"build": "start to go-live", "service": "go-live to end", "throughout": "start to end"}
MOST = 20  # engagements in the list of those with most warnings


def rail_anchor(id: str) -> str:
    """Where a guardrail stands in the page."""
    return f"rail-{id}"


def rail_name(id: str) -> str:
    """A guardrail's id in words."""
    return capital(clean(id).replace("_", " "))


def risks(portfolio: Portfolio) -> Part:
    """What warns of which engagements."""
    found = portfolio.risks
    warned = len(found.most)
    clear = numbered(len(found.clear), "is", "are") if found.clear else "none is"
    says = (
        f"{numbered(warned, 'engagement carries', 'engagements carry')} at least one guardrail; "
        f"{clear} firm and without any. A guardrail is advice "
        "on a risk; its text is with its engagements.",
    )
    rails = tuple(
        Row(
            (Cell(rail_name(one.id), soft=_first_sentence(one.text)), count(figure.count)),
            figure.entries,
            clean(one.text),
            rail_anchor(one.id),
        )
        for one, figure in found.guardrails
    )
    others = [
        *(
            Row((Cell(f"Nobody is available as {lower_first(clean(one.of.name))}"), count(one.count)), one.entries)
            for one in found.unstaffed
        ),
        *(Row((Cell(f"Not paid for: {a(clean(one.of.name))}"), count(one.count)), one.entries) for one in found.unpaid),
        Row(
            (Cell("Only leaning to a model: more answers could well change it"), count(len(found.leaning))),
            found.leaning,
        ),
    ]
    most = tuple(
        Row(
            (
                Cell(clean(entry.line.client) or "no client named"),
                Cell("; ".join(rail_name(rail.id) for rail in dict.fromkeys(entry.line.guardrails))),
                count(number),
            ),
            (entry,),
        )
        for number, entry in found.most[:MOST]
    )
    grids = (
        Grid("by-guardrail", "By guardrail", ("Guardrail", "Engagements"), rails, (1,)),
        Grid(
            "otherwise", "At risk otherwise", ("Why", "Engagements"), tuple(row for row in others if row.entries), (1,)
        ),
        Grid(
            "most",
            f"The {MOST} with most guardrails" if warned > MOST else "By number of guardrails",
            ("Client", "Guardrails", "Number"),
            most,
            (2,),
            first=10,
        ),
    )
    return Part(
        "risks", "What is at risk", says, "guardrails" if rails else "", tuple(grid for grid in grids if grid.rows)
    )


def _first_sentence(text: str) -> str:
    said = clean(text)
    first, dot, _ = said.partition(". ")
    return f"{first}." if dot else said


def sharing(portfolio: Portfolio) -> Part:
    """Where one delivery manager could cover several engagements."""
    rows = tuple(_cover(one, cover) for one in portfolio.sharing for cover in one.covers)
    roles = list(dict.fromkeys(lower_first(clean(one.role.name)) for one in portfolio.sharing)) or ["delivery manager"]
    title = f"Where one {listed(roles, 'or')} could cover several"
    says = [
        "Engagements of the same client that each ask for one, put together so that nobody has more than one person's "
        "time in any month, the largest first. Clients whose engagements one person has already are left out. It is a "
        "starting point for a talk: who suits whom is not known here."
    ]
    if not rows:
        says.append("There is no such client among these engagements.")
    columns = ("Client", "Who", "Why", "Engagements", "Busiest month", "Persons in it")
    grids = [Grid("covers", "Who could cover what", columns, rows, (3, 5))] if rows else []
    beyond = tuple(
        Row((Cell(clean(one.client)), Cell(_today(one)), count(len(one.beyond))), one.beyond)
        for one in portfolio.sharing
        if one.beyond
    )
    if beyond:
        grids.append(
            Grid(
                "beyond",
                "Left with a person of their own, as they fit with no other",
                ("Client", "Today", "Engagements"),
                beyond,
                (2,),
                first=8,
            )
        )
    return Part("sharing", title, tuple(says), "", tuple(grids))


def _today(one: Sharing) -> str:
    names = [clean(name) for name in one.people]
    shown = listed(names) if len(names) < 4 else f"{len(names)} people"
    without = f"{numbered(one.unnamed, 'engagement')} without a name" if one.unnamed else ""
    return capital("; ".join(text for text in (f"named today: {shown}" if names else "", without) if text))


def _cover(one: Sharing, cover: Cover) -> Row:
    role = lower_first(clean(one.role.name))
    if cover.person:
        who = clean(cover.person)
        named = f"Named for {cover.named_on} of {len(cover.entries)} already"
    else:
        who = f"{capital(a(role))}, to be named"
        named = "Nobody is named who is not proposed for others" if one.people else "Nobody is named yet"
    fits = "" if cover.busiest is None else f"; together they never take more than {cover.busiest:.2f} of a person"
    return Row(
        (
            Cell(clean(one.client)),
            Cell(who),
            Cell(f"{named}{fits}."),
            count(len(cover.entries)),
            Cell(month_words(cover.month) if cover.month else "no dates"),
            small(cover.busiest),
        ),
        cover.entries,
    )


def not_counted(failed: tuple[NotCounted, ...]) -> Part:
    """Files that gave no advice, and why."""
    says = (
        f"Not counted: {numbered(len(failed), 'file or document', 'files or documents')}. Nothing above knows of them.",
    )
    rows = tuple(Row((Cell(clean(one.source)), Cell(" ".join(clean(text) for text in one.reasons)))) for one in failed)
    grid = Grid("failed", "Files that could not be read", ("File", "Why"), rows, first=50)
    return Part("not-counted", "Not counted", says, "", (grid,))


def how(portfolio: Portfolio) -> Part:
    """The policy that time is counted by, and the rulebooks."""
    grids = [_books(portfolio.books)]
    policies = {book.load.digest: (book, book.load) for book, _ in portfolio.books if book.load is not None}
    for book, load in policies.values():
        grids += _policy(book, load, f", {clean(book.title)}" if len(policies) > 1 else "")
    notes = [
        (portfolio.assumed, "Scale not all told, and taken as usual"),
        (portfolio.without_load, "No policy on time in their rulebook, so counted in no figure of time"),
        (portfolio.twice, "The same id as another: each is counted, and told apart by a number"),
    ]
    rows = tuple(Row((Cell(text), count(len(found))), found) for found, text in notes if found)
    if rows:
        grids.append(Grid("notes", "To bear in mind", ("What", "Engagements"), rows, (1,)))
    says = (
        "Counts are counts of engagements, each once. Time is a stated policy that nobody has measured: a role takes, "
        "in a phase, the managing work of its model at that scale, times the percent of the phase, times the role's "
        "share of the phase in the engagement's own split. Change the policy to what you know of your own firm.",
    )
    return Part("how", "How this is counted", says, "", tuple(grids))


def _books(books: tuple[tuple[Book, Entries], ...]) -> Grid:
    rows = tuple(
        Row(
            (
                Cell(clean(book.title)),
                Cell(f"{clean(book.version)}, digest {book.digest}"),
                Cell(f"{clean(book.load.version)}, digest {book.load.digest}" if book.load else "states none"),
                count(len(entries)),
            ),
            entries,
        )
        for book, entries in books
    )
    return Grid("books", "Rulebooks", ("Rulebook", "Version", "Policy on time", "Engagements"), rows, (3,))


def _policy(book: Book, load: LoadPolicy, of: str) -> list[Grid]:
    names = {one.id: clean(one.name) for one in book.models} | {one.id: clean(one.name) for one in book.phases}
    models = tuple(
        Row(
            (
                Cell(names[id], soft=_own_phases(one.phases, names)),
                *(Cell(f"{value} %", value / 100, "percent") for value in one.work.values()),
                Cell(ended(clean(one.says)), soft=_grounds(one.cites, one.practice)),
            )
        )
        for id, one in load.models.items()
    )
    phases = tuple(
        Row(
            (
                Cell(names[id]),
                Cell(f"{one.percent} %", one.percent / 100, "percent"),
                Cell(DURING[one.during] + (f", {one.time} % of that time" if one.during == BUILD else "")),
            )
        )
        for id, one in load.phases.items()
    )
    levels = tuple(capital(clean(label)) for label in load.labels.values())
    digest = f"policy {clean(load.version)}, digest {load.digest}"
    return [
        Grid(
            f"work-{load.digest}",
            f"Managing work by model and scale{of} ({digest})",
            ("Model", *levels, "Because"),
            models,
            tuple(range(1, 1 + len(levels))),
            first=50,
        ),
        Grid(
            f"intensity-{load.digest}",
            f"What a phase takes of it{of}",
            ("Phase", "Percent", "Runs from"),
            phases,
            (1,),
            first=50,
        ),
    ]


def _own_phases(own: Mapping[str, int], names: Mapping[str, str]) -> str:
    return "; ".join(f"{lower_first(names[phase])} {value} % here" for phase, value in own.items())


def _grounds(cites: tuple[str, ...], practice: str) -> str:
    return "; ".join([*cites, *([f"practice: {clean(practice)}"] if practice else [])])
