"""YAML text to nodes that know their lines: safe loader only, with limits on size, nesting and aliases."""

from __future__ import annotations

import re

import yaml

from advisor.errors import InputError, Problem

DEEPEST = 40
MOST_VALUES = 200_000  # a file; two megabytes of engagements hold fewer, and a million take most of a gigabyte

# libyaml's composer recurses in C and takes the process down on deep nesting. Only text that could nest deeply pays
# for the event scan: many brackets, or a long run of indentation and block indicators. Such a run opens a line, but
# YAML has more line breaks than \n, so it is looked for anywhere.
_MANY_BRACKETS = 60
_LONG_OPENING = re.compile(rb"[ \-?:]{80}")
# Compiled when it is needed: that takes three milliseconds, and few files hold odd characters.
_NO_TEXT = r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
# JSON writes a character beyond 16 bits as two escapes (unless the backslash is itself escaped), which YAML refuses.
_PAIR = re.compile(r"(?<!\\)((?:\\\\)*)\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)

_LONGEST_REASON = 200  # names of anchors and tags are quoted in full, and may be as long as the file
_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TOO_DEEP = f"is nested more than {DEEPEST} levels deep"

Document = tuple[yaml.Node, int]  # its root, and the line of its first content


def compose(data: bytes, name: str) -> list[Document]:
    """Return the documents in `data` as (root node, line of its first content); empty documents are left out.

    Raises InputError for text that is no UTF-8 or no YAML, for aliases, for nesting deeper than DEEPEST and for more
    than MOST_VALUES values.
    """
    text = _decode(data, name)
    try:
        if (
            len(data) > MOST_VALUES  # hardly a value takes less than a byte
            or data.count(b"[") + data.count(b"{") > _MANY_BRACKETS
            or _LONG_OPENING.search(data)
        ):
            _check_structure(text, name)
        if b"*" in data or b"&" in data:
            _check_aliases(text, name)
        return [(node, node.start_mark.line + 1) for node in yaml.compose_all(text, Loader=_Loader) if not _empty(node)]
    except yaml.MarkedYAMLError as error:
        line = _line_of(error)
        raise InputError([Problem(name, line, "", _reason(error, text))]) from None
    except yaml.reader.ReaderError:
        raise InputError([_odd_character(text, name)]) from None
    except yaml.YAMLError as error:
        raise InputError([Problem(name, 0, "", f"is not readable as YAML: {_one_line(str(error))}")]) from None


def _decode(data: bytes, name: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError([Problem(name, 1, "", "is UTF-16; save it as UTF-8")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError([Problem(name, line, "", "is not UTF-8 text; save it as UTF-8")]) from None
    return _PAIR.sub(_one_character, text) if "\\u" in text else text


def _one_character(pair: re.Match[str]) -> str:
    high, low = int(pair[2], 16), int(pair[3], 16)
    return pair[1] + chr(0x10000 + (high - 0xD800) * 0x400 + low - 0xDC00)


def _odd_character(text: str, name: str) -> Problem:
    found = re.search(_NO_TEXT, text)
    at, character = (found.start(), found.group()) if found else (0, "")
    line = len(re.findall(r"\r\n|[\n\r\x85\u2028\u2029]", text[:at])) + 1
    shown = f"the character U+{ord(character):04X}" if character else "a character"
    return Problem(name, line, "", f"holds {shown}, which is no text; save it as plain UTF-8 text")


def _check_structure(text: str, name: str) -> None:
    depth = values = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.NodeEvent):
            values += 1
            if values > MOST_VALUES:
                line = event.start_mark.line + 1 if event.start_mark is not None else 0
                raise InputError([Problem(name, line, "", f"holds more than {MOST_VALUES:,} values")])
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                line = event.start_mark.line + 1 if event.start_mark is not None else 0
                raise InputError([Problem(name, line, "", _TOO_DEEP)])
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _check_aliases(text: str, name: str) -> None:
    for token in yaml.scan(text, Loader=_Loader):
        if isinstance(token, yaml.AliasToken):
            line = token.start_mark.line + 1
            raise InputError([Problem(name, line, "", f"uses an alias (*{token.value[:80]}); write the value out")])


def _empty(node: yaml.Node | None) -> bool:
    return node is None or (isinstance(node, yaml.ScalarNode) and node.tag.endswith(":null") and node.value == "")


def _line_of(error: yaml.MarkedYAMLError) -> int:
    for mark in (error.problem_mark, error.context_mark):
        if mark is not None:
            return int(mark.line) + 1
    return 0


def _reason(error: yaml.MarkedYAMLError, text: str) -> str:
    if "nesting depth" in (error.problem or ""):
        return _TOO_DEEP  # libyaml 0.2.6 has a limit of its own, beyond ours, and meets it before its first event
    line = (text.splitlines()[_line_of(error) - 1 : _line_of(error)] or [""])[0]
    if "\t" in line and ("\t" in line[: len(line) - len(line.lstrip())] or "start any token" in (error.problem or "")):
        return "a tab is used for indentation; YAML wants spaces"
    reason = f"is not readable as YAML: {_one_line(error.problem or error.context or 'unexpected text')}"
    started = error.context_mark.line + 1 if error.context_mark is not None else 0
    if error.context and 0 < started < _line_of(error):
        reason += f" ({_one_line(error.context)} that starts on line {started})"
    return reason


def _one_line(message: str) -> str:
    text = " ".join(message.split())
    return text if len(text) <= _LONGEST_REASON else f"{text[:_LONGEST_REASON]}..."
