"""Policy gates: conditions on an advice that a run must not meet, as `guardrail:ID`, `model!=paired`, `leaning`."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from advisor.errors import did_you_mean
from advisor.model.advice import Advice
from advisor.model.rulebook import Catalog
from advisor.model.rules import Guardrail

_FORM = re.compile(
    r"(?:guardrail:(?P<guardrail>\w+)|(?P<flag>unstaffed|leaning)|(?P<name>\w+)(?P<sign>!=|<=|>=|=|<|>)(?P<value>[\w-]+))"
)
_SIGNS: Mapping[str, Callable[[int, int], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_STATUSES = ("settled", "likely", "leaning")
_NUMBERS = ("unanswered", "guardrails")
_GONE = {
    "open": "there is always a model now; write leaning, or status!=settled for whatever open answers can change",
    "too_little": "there is always a model now; write leaning",
    "margin": "how near another model is has become how sure this one is; write leaning, or status!=settled",
}


@dataclass(frozen=True, slots=True)
class Gate:
    """One condition: `text` as it was given; `name`, `sign` and `value` as they are compared."""

    text: str
    name: str
    sign: str
    value: str


def gate_from(text: str, catalog: Catalog) -> Gate:
    """The gate that `text` describes; ValueError says what is wrong with it."""
    plain = text.replace(" ", "")
    found = _FORM.fullmatch(plain)
    gone = _GONE.get(re.split(r"[!<>=]", plain.removeprefix("status=").removeprefix("status!="))[0])
    if gone is not None:
        raise ValueError(f"{text!r}: {gone}")
    if found is None:
        raise ValueError(
            f"{text!r} is no gate; write guardrail:ID, unstaffed, leaning, or NAME=VALUE with = != < <= > or >="
        )
    if found["guardrail"]:
        ids = [rule.id for table in catalog.guardrails for rule in table.rules if _warns(rule.effects)]
        _known("guardrail", found["guardrail"], ids)
        return Gate(text, "guardrail", "=", found["guardrail"])
    if found["flag"] == "leaning":
        return Gate(text, "status", "=", "leaning")
    if found["flag"]:
        return Gate(text, "unstaffed", "!=", "")
    name, sign, value = found["name"], found["sign"], found["value"]
    values = {
        "model": tuple(catalog.models),
        "status": _STATUSES,
        "band": tuple(band.value for band in catalog.bands),
        **{finding.id: finding.values for topic in catalog.topics for finding in topic.findings},
        **{measure.finding.id: measure.finding.values for measure in catalog.measures.values()},
    }
    _known("name", name, (*values, *_NUMBERS))
    if name in _NUMBERS:
        if not (value.isascii() and value.isdigit() and len(value) < 19):
            raise ValueError(f"{text!r}: {name} is compared with a whole number, not {value!r}")
    elif sign not in ("=", "!="):
        raise ValueError(f"{text!r}: {name} is compared with = or !=")
    else:
        _known(name, value, values[name])
    return Gate(text, name, sign, value)


def met(gate: Gate, advice: Advice) -> str:
    """What the advice says that meets the gate; empty when it does not."""
    one = advice.recommendation
    if gate.name == "guardrail":
        return next((item.text for item in advice.guardrails if item.id == gate.value), "")
    if gate.name == "unstaffed":
        lacking = {"not available": one.not_available, "not paid for": one.not_paid_for}
        return "; ".join(f"{why}: {', '.join(roles)}" for why, roles in lacking.items() if roles)
    if gate.name in _NUMBERS:
        numbers = {"unanswered": len(advice.unanswered), "guardrails": len(advice.guardrails)}
        number = numbers[gate.name]
        return f"{gate.name} is {number}" if _SIGNS[gate.sign](number, int(gate.value)) else ""
    texts = {
        "model": one.model,
        "status": one.status,
        "band": advice.orientation.band,
        **{level.measure: level.level for level in advice.levels},
    }
    value = texts.get(gate.name) or next(item.value for item in advice.findings if item.id == gate.name)
    return f"{gate.name} is {value}" if (value == gate.value) == (gate.sign == "=") else ""


def _warns(effects: tuple[object, ...]) -> bool:
    return any(isinstance(one, Guardrail) for one in effects)


def _known(what: str, given: str, known: object) -> None:
    names = list(known)  # type: ignore[call-overload]
    if given not in names:
        listed = f" (there are {', '.join(names)})" if len(names) < 12 else ""
        raise ValueError(f"no {what} is called {given!r}{did_you_mean(given, names) or listed}")
