"""An engagement as the YAML file that people keep, read and edit; reading it back gives the same engagement."""

from __future__ import annotations

import re
from collections.abc import Mapping

import yaml

from advisor.model.advice import Engagement

DEFAULT_QUESTIONNAIRE = "engagement"


class _AsShown(yaml.SafeDumper):
    """Quotes only where YAML needs it: engagement files are read as the text they show, so `no` stays `no`.

    Only YAML's words for nothing are read as nothing, so a client called Null is quoted.
    """


_AsShown.yaml_implicit_resolvers = {}
_AsShown.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])


def dump_engagement(engagement: Engagement) -> str:
    """Write the engagement as YAML: who it is for, then the answers, then people and dates where there are any."""
    head = {"id": engagement.id, "name": engagement.name, "client": engagement.client}
    parts: list[Mapping[str, object]] = [{"engagement": {key: value for key, value in head.items() if value}}]
    if engagement.questionnaire != DEFAULT_QUESTIONNAIRE:
        parts.append({"questionnaire": engagement.questionnaire})
    if engagement.rulebook:
        parts.append({"rulebook": engagement.rulebook})
    parts.append({"answers": dict(engagement.answers)})
    if engagement.people:
        parts.append({"people": dict(engagement.people)})
    if engagement.dates:
        parts.append({"dates": dict(engagement.dates)})
    return "\n".join(_as_yaml(part) for part in parts)


def inline(text: str) -> str:
    """One text as YAML that can stand anywhere on a line, in braces too."""
    return yaml.dump([text], Dumper=_AsShown, allow_unicode=True, default_flow_style=True, width=10_000).strip()[1:-1]


def _as_yaml(part: Mapping[str, object]) -> str:
    return yaml.dump(part, Dumper=_AsShown, allow_unicode=True, default_flow_style=False, sort_keys=False, width=10_000)
