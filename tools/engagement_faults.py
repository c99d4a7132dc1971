"""Ways in which an engagement file is wrong, each by the name that its file is given."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from typing import Any

Given = dict[str, Any]


def _yaml(given: Given) -> str:
    from tools.engagements import as_yaml

    return as_yaml(given)


def _changed(part: str, **values: Any) -> Callable[[Given, random.Random], Given]:
    def change(given: Given, chance: random.Random) -> Given:
        new = copy.deepcopy(given)
        new.setdefault(part, {}).update(values)
        return new

    return change


def _unknown_option(given: Given, chance: random.Random) -> Given:
    return _changed("answers", **{chance.choice(list(given["answers"])): "perhaps"})(given, chance)


# What is wrong with the values themselves, in whichever format they are written.
_VALUES: dict[str, Callable[[Given, random.Random], Given]] = {
    "unknown-option": _unknown_option,
    "no-date": _changed("dates", start="soon"),
    "impossible-date": _changed("dates", start="2027-02-30"),
    "dates-out-of-order": _changed("dates", start="2028-05-01", go_live="2027-05-01"),
    "end-before-start": _changed("dates", start="2029-01-01", go_live="2029-06-01", end="2026-01-01"),
    "name-too-long": _changed("engagement", name="long " * 100),
}
_NAMES: dict[str, Callable[[Given, random.Random], Given]] = {
    "unknown-question": _changed("answers", client_contct="weekly"),
    "unknown-role": _changed("people", delivery_manger="D. Osei"),
    "unknown-section": lambda given, chance: {**given, "answer": {}},
    "unknown-date": _changed("dates", finish="2027-01-01"),
    "no-answers": lambda given, chance: {name: part for name, part in given.items() if name != "answers"},
    "answers-no-mapping": lambda given, chance: {**given, "answers": ["weekly", "high"]},
    "answer-a-list": _changed("answers", risk=["low", "high"]),
}


def _written(change: Callable[[Given, random.Random], Given]) -> Callable[[Given, random.Random], str]:
    # JSON is YAML, and writes what no person would: lists for answers, parts that are missing.
    return lambda given, chance: json.dumps(change(given, chance), ensure_ascii=False, indent=1) + "\n"


def _lined(change: Callable[[Given, random.Random], Given]) -> Callable[[Given, random.Random], str]:
    return lambda given, chance: json.dumps(change(given, chance), ensure_ascii=False)


YAML: dict[str, Callable[[Given, random.Random], str]] = {
    **{name: _written(change) for name, change in {**_VALUES, **_NAMES}.items()},
    "empty": lambda given, chance: "",
    "only-a-comment": lambda given, chance: "# to be filled in\n",
    "plain-text": lambda given, chance: "We need a delivery manager by March.\n",
    "list": lambda given, chance: "- answers\n- people\n",
    "tab": lambda given, chance: _yaml(given).replace("\n  ", "\n\t"),
    "open-bracket": lambda given, chance: _yaml(given) + "dates2: {start: 2027-01-01\n",
    "open-quote": lambda given, chance: 'engagement: {name: "Portal}\n' + "answers: {risk: low}\n",
    "key-twice": lambda given, chance: _yaml(given) + "answers: {}\n",
    "question-twice": lambda given, chance: "answers:\n  risk: low\n  risk: high\n",
    "alias": lambda given, chance: "engagement: &all {name: x}\nanswers: *all\n",
    "deep": lambda given, chance: "answers: " + "[" * 200 + "]" * 200 + "\n",
    "control-character": lambda given, chance: _yaml(given) + "# \x07\n",
    "no-utf-8": lambda given, chance: _yaml(given) + "# caf\udce9\n",
    "merge-conflict": lambda given, chance: "<<<<<<< ours\n" + _yaml(given) + "=======\n>>>>>>> theirs\n",
    "no-such-rulebook": lambda given, chance: _yaml(given) + "rulebook: ../no-such-folder\n",
    "no-such-questionnaire": lambda given, chance: _yaml(given) + "questionnaire: engagment\n",
    "control-in-a-name": lambda given, chance: 'engagement: {name: "a\\x1bb"}\nanswers: {risk: low}\n',
}
LINES: dict[str, Callable[[Given, random.Random], str]] = {
    **{name: _lined(change) for name, change in {**_VALUES, **_NAMES}.items()},
    "cut-short": lambda given, chance: json.dumps(given, ensure_ascii=False)[: chance.randint(20, 60)],
    "plain-text": lambda given, chance: "We need a delivery manager by March.",
    "a-list": lambda given, chance: '["weekly", "high"]',
    "a-number": lambda given, chance: "42",
    "null": lambda given, chance: "null",
    "two-in-one": lambda given, chance: '{"answers": {}} {"answers": {}}',
    "no-utf-8": lambda given, chance: json.dumps(given, ensure_ascii=False)[:-1] + ', "note": "caf\udce9"}',
    "control-in-a-name": lambda given, chance: '{"engagement": {"name": "a\\u001bb"}, "answers": {}}',
}
ROWS = _VALUES
