"""Rules that must never stand beside each other in one advice, as rules name them: `excludes`."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from advisor.catalog.fields import Fields
from advisor.catalog.rules import complain
from advisor.errors import did_you_mean


def check_excludes(
    excluding: Iterable[tuple[str, tuple[str, ...], Fields]], spoken: Collection[str], inherited: Collection[str]
) -> None:
    """Complain where a rule excludes what is no other guardrail or point; `spoken` are the ids of all of them.

    Checked once every table is read, as a rule may name one of a later file. What an `inherited` rule excludes may be
    gone: a rulebook that extends another can replace the file of either.
    """
    for rule_id, named, fields in excluding:
        for name in dict.fromkeys(named):
            if name == rule_id:
                complain(fields, "excludes", f"{name!r} is the rule itself")
            elif name and name not in spoken and rule_id not in inherited:
                complain(fields, "excludes", f"{name!r} is no guardrail or point{did_you_mean(name, spoken)}")
        if len(set(named)) < len(named):
            complain(fields, "excludes", "names a rule twice")
