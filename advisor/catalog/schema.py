"""The JSON Schemas of engagement and person files, from the rules that they are read with."""

from __future__ import annotations

from typing import Any

from advisor.catalog.agreed import MOST_AGREED, letters_known
from advisor.catalog.answers import replacing
from advisor.catalog.people import NOT_SEEN
from advisor.catalog.plain import LONGEST_CONTEXT, LONGEST_TEXT
from advisor.catalog.records import AS_OF, DATES, named_people
from advisor.catalog.stated import ASKED, MANAGERS, MOST_DAYS, MOST_MATTERS, MOST_STINTS, PER, stated_kinds
from advisor.model.engagement import HOW
from advisor.model.person import PersonRules
from advisor.model.questions import Question, Several
from advisor.model.rulebook import Catalog
from advisor.model.rules import UNANSWERED
from advisor.model.stated import MatterKinds

_LINE = {"type": ["string", "null"], "maxLength": LONGEST_TEXT}
_DATE = {"type": ["string", "null"], "format": "date"}
_MONEY = {"type": ["string", "integer", "null"]}
_ORIGIN = {
    "type": ["object", "null"],
    "additionalProperties": False,
    "properties": {
        "option": {
            "type": ["string", "boolean", "array", "null"],
            "items": {"type": "string"},
            "description": "The answer as it was then.",
        },
        "how": {"enum": [*HOW, None]},
        "when": {"type": ["string", "null"], "format": "date-time"},
        "rulebook": {"type": ["string", "number", "null"], "description": "Digest of the rulebook."},
        "from": _LINE,
        "note": _LINE,
    },
}


_RECORDS: dict[str, Any] = {
    "provenance": {
        "type": ["object", "null"],
        "description": "Where each answer comes from, kept by 'advisor ask'; the note is yours.",
        "additionalProperties": _ORIGIN,
    },
    "asked_with": {
        "type": ["object", "null"],
        "description": "The rulebook that the answers were last given under, kept by 'advisor ask'.",
        "additionalProperties": False,
        "required": ["version", "digest", "questions"],
        "properties": {
            "version": {"type": ["string", "number"]},
            "digest": {"type": ["string", "number"]},
            "questions": {"type": "array", "items": {"type": "string"}},
        },
    },
}


def engagement_schema(catalog: Catalog) -> dict[str, Any]:
    """A JSON Schema (draft 2020-12) that editors can complete and check engagement files with."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Engagement",
        "description": f"{catalog.title}: one engagement. Rulebook {catalog.version}, digest {catalog.digest}.",
        "type": "object",
        "additionalProperties": False,
        "required": ["answers"],
        "properties": {
            "engagement": {
                "type": ["object", "null"],
                "additionalProperties": False,
                "properties": {
                    **dict.fromkeys(("id", "name", "client"), _LINE),
                    "for": {**_LINE, "description": "Whom the documents are for, who asked for them."},
                },
            },
            "questionnaire": {"enum": [*catalog.questionnaires, None]},
            "rulebook": {"type": ["string", "null"], "description": "Folder of your own rulebook, from here."},
            "answers": {
                "type": ["object", "null"],
                "additionalProperties": False,
                "properties": _answers(catalog),
            },
            "people": {
                "type": ["object", "null"],
                "additionalProperties": False,
                "properties": {name: _person(_called(catalog, name)) for name in named_people(catalog)},
            },
            "dates": {
                "type": ["object", "null"],
                "additionalProperties": False,
                "properties": dict.fromkeys((*DATES, AS_OF), _DATE),
            },
            "money": _money(),
            "context": {
                "type": ["string", "null"],
                "maxLength": LONGEST_CONTEXT,
                "description": "What a reader should know about it, in a few sentences.",
            },
            "context_for_client": {
                "type": ["string", "null"],
                "maxLength": LONGEST_CONTEXT,
                "description": "What a client's copy says in place of the context, which it leaves out.",
            },
            "matters": _matters(catalog.matters),
            "agreed": _agreed(catalog),
            **_RECORDS,
        },
    }


def _person(called: str) -> dict[str, Any]:
    """A name, a name with the time that the person has, or a list of such with the holder first."""
    days = {"description": "The most days a week, in halves.", "type": ["number", "string", "null"], "minimum": 0}
    days["pattern"] = r"^(?:[0-4](?:\.[05])?|5(?:\.0)?)$"
    time = {"name": _LINE, "days": {**days, "maximum": MOST_DAYS, "multipleOf": 0.5}, "from": _DATE, "until": _DATE}
    promised = "The days a week that a contract gives of them, in halves."
    time["promised"] = {**days, "maximum": MOST_DAYS, "multipleOf": 0.5, "description": promised}
    time["rate"] = {**_MONEY, "description": "What a day costs, such as EUR 640."}
    time["total"] = {"description": "How many days there are in all.", "type": ["number", "string", "null"]}
    time["price"] = {**_MONEY, "description": "What the days in all were sold or budgeted for."}
    time["asked"] = {"enum": [*ASKED, True, False, None], "description": "Whether they know of it."}
    time["does"] = {**_LINE, "description": "What they do or sign, such as design."}
    time["not_for"] = {**_LINE, "description": "What they cannot or must not do, such as pricing."}
    time["weekdays"] = {**_LINE, "description": "The days on which they work, such as Monday to Wednesday."}
    stint = {"type": "object", "additionalProperties": False, "properties": time}
    return {
        "title": called,
        "oneOf": [_LINE, stint, {"type": "array", "maxItems": MOST_STINTS, "items": {"oneOf": [_LINE, stint]}}],
    }


def _money() -> dict[str, Any]:
    """What the whole is sold or budgeted for."""
    said = {
        "price": "What the whole work is sold or budgeted for, such as EUR 168000.",
        "managing": "How much of it is for managing until go-live.",
        "rate": "What a day of managing costs, of a manager without a rate of their own.",
        "afterwards": "What comes in a month after go-live.",
        "extra": "The most that can be put in beyond what is agreed, in all.",
        "spent": "What the whole work has cost so far.",
        "forecast": "What the whole work is now expected to cost in the end.",
    }
    amounts = {name: {**_MONEY, "description": text} for name, text in said.items()}
    days = {"description": "How many days of managing that is in all.", "type": ["number", "string", "null"]}
    return {"type": ["object", "null"], "additionalProperties": False, "properties": {**amounts, "days": days}}


def _matters(kinds: MatterKinds) -> dict[str, Any]:
    """One kind with its text in each entry, and whatever else is known of it."""
    stated = {name: {**_LINE, "description": kinds[name].asks} for name in stated_kinds(kinds)}
    return {
        "type": ["array", "null"],
        "maxItems": MOST_MATTERS,
        "description": "What to see to besides: promises, gaps, open decisions, days that are fixed.",
        "items": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                **stated,
                "who": {"oneOf": [_LINE, {"type": "array", "items": _LINE}], "description": "Who else is part of it."},
                "owner": {**_LINE, "description": "Who takes it: a name, or a role."},
                "by": {**_DATE, "description": "The day that counts."},
                "from": {**_DATE, "description": "The first day that somebody is away."},
                "until": {**_DATE, "description": "The last day that somebody is away."},
                "does": {**_LINE, "description": "Who does it, where its owner does not: a name, or a role."},
                "sign": {**_LINE, "description": "What shows first that it goes wrong."},
                "through": {**_LINE, "description": "Whom one has to go through, as they hold the contract."},
                "amount": {**_MONEY, "description": "What each day, week or month costs, such as EUR 4800."},
                "per": {"enum": [*PER, None], "description": "What the amount is for."},
                "cap": {**_MONEY, "description": "The most that it can come to."},
                "left": {**_LINE, "description": "How much of it is left, such as 268 points."},
                "pace": {**_LINE, "description": "How fast that goes, such as 34 every 2 weeks."},
                "about": {
                    "enum": [*sorted({about for name in stated for about in kinds[name].abouts}), None],
                    "description": "What kind of question it is; the brief then proposes an answer.",
                },
                "role": {"enum": [*MANAGERS, None], "description": "The role that an offer is meant for."},
                "answer": {**_LINE, "description": "What you mean to do, where it is not what the brief proposes."},
            },
            "oneOf": [{"required": [name]} for name in stated],
        },
    }


def _agreed(catalog: Catalog) -> dict[str, Any]:
    """A row in each entry, by id or as it is printed, with the letters that people set themselves."""
    days = {"on": "The day of the agreement.", "until": "Its last day."}
    return {
        "type": ["array", "null"],
        "maxItems": MOST_AGREED,
        "description": "Rows of the matrix whose letters people agreed otherwise than the rules give them.",
        "items": {
            "type": "object",
            "additionalProperties": False,
            "required": ["row", "letters", "by", "why"],
            "properties": {
                "row": {**_LINE, "examples": [row.id for row in catalog.rows]},
                "letters": {
                    "type": "object",
                    "minProperties": 1,
                    "description": "By role; none for no letter. Each row has exactly one A.",
                    "additionalProperties": {"enum": [*letters_known(catalog)]},
                },
                "by": {
                    "type": ["string", "array"],
                    "items": {"type": "string"},
                    "description": "Who agreed: people whom the file names, or roles.",
                },
                "why": _LINE,
                **{name: {**_DATE, "description": says} for name, says in days.items()},
            },
        },
    }


def person_schema(rules: PersonRules) -> dict[str, Any]:
    """A JSON Schema (draft 2020-12) that editors can complete and check person files with."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Person",
        "description": f"{rules.questionnaire.opening} Rules {rules.version}, digest {rules.digest}.",
        "type": "object",
        "additionalProperties": False,
        "required": ["answers"],
        "properties": {
            "person": {
                "type": ["object", "null"],
                "additionalProperties": False,
                "properties": dict.fromkeys(("id", "name"), _LINE),
            },
            "answers": {
                "type": ["object", "null"],
                "additionalProperties": False,
                "properties": {question.id: _answer(question, NOT_SEEN) for question in rules.questions.values()},
            },
            **_RECORDS,
        },
    }


def _answers(catalog: Catalog) -> dict[str, Any]:
    """Every question, every list, and the questions of earlier rulebooks that are still read."""
    found = {question.id: _answer(question) for question in catalog.questions.values()}
    found |= {several.id: _list(several) for several in catalog.several.values()}
    for earlier, instead in replacing(catalog).items():
        names = dict.fromkeys(catalog.questions[one].part_of or one for one, _ in instead)
        options = dict.fromkeys(option for _, read in instead for option in read)
        booleans = [True, False] if set(options) == {"yes", "no"} else []
        found[earlier] = {
            "deprecated": True,
            "description": f"Asked by an earlier rulebook and still read. Asked instead: {', '.join(names)}.",
            "enum": [*options, UNANSWERED, *booleans, None],
        }
    return found


def _list(several: Several) -> dict[str, Any]:
    labels = "\n".join(f"- {option}: {label}" for option, label in several.labels.items())
    return {
        "title": several.text,
        "description": f"{several.help}\n\n{labels}",
        "type": ["array", "null"],
        "uniqueItems": True,
        "items": {"enum": list(several.parts)},
    }


def _called(catalog: Catalog, name: str) -> str:
    """What a role, or else a party, is called."""
    if name in catalog.roles:
        return catalog.roles[name].name
    return next(several.labels[name] for several in catalog.several.values() if name in several.labels)


def _answer(question: Question, *gaps: str) -> dict[str, Any]:
    # Editors read yes and no as booleans; the product reads the text, so both spellings are right.
    booleans = [True, False] if set(question.option_ids) == {"yes", "no"} else []
    labels = "\n".join(f"- {option.id}: {option.label}" for option in question.options)
    return {
        "title": question.text,
        "description": f"{question.help}\n\n{labels}",
        "enum": [*question.option_ids, UNANSWERED, *gaps, *booleans, None],
    }
