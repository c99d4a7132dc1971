"""The one sandbox of all templates: what may be looked at and called in them stands in lists, all else is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cached_property
from typing import Any

from jinja2 import StrictUndefined
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.lexer import Lexer
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, Undefined
from jinja2.sandbox import SandboxedEnvironment, safe_range
from jinja2.utils import Cycler, Joiner, Namespace

LONGEST = 100_000  # characters or elements that a template may make by multiplying, as of Jinja's own limit on ranges
GLOBALS = ("cycler", "dict", "joiner", "namespace", "range")
_TEXT = """capitalize casefold count endswith find index isalnum isalpha isascii isdecimal isdigit islower isnumeric
    isspace istitle isupper join lower lstrip partition removeprefix removesuffix replace rfind rindex rpartition
    rsplit rstrip split splitlines startswith strip swapcase title upper"""
_LOOP = "changed cycle depth depth0 first index index0 last length nextitem previtem revindex revindex0"
# None of these does anything but say what its owner holds; what a template made itself, it may add to.
NAMES: Mapping[type, frozenset[str]] = {
    str: frozenset(_TEXT.split()),
    dict: frozenset(("get", "items", "keys", "values")),
    list: frozenset(("append", "count", "index")),
    tuple: frozenset(("count", "index")),
    LoopContext: frozenset(_LOOP.split()),
    BlockReference: frozenset(("super",)),
    Macro: frozenset(("arguments", "caller", "catch_kwargs", "catch_varargs", "name")),
    Cycler: frozenset(("current", "next", "reset")),
}
CALLED = (Macro, LoopContext, BlockReference, Joiner, Undefined)  # the last only says what it is that is not there
MAKERS = (safe_range, dict, Namespace, Cycler, Joiner)


class Sandbox(SandboxedEnvironment):
    """Jinja's sandbox by lists of what is allowed, in which a slip cannot ask for a page of a gigabyte either."""

    intercepted_binops = frozenset({"*", "**"})

    def __init__(self, **options: Any) -> None:
        # Without a limit Jinja's cache has no lock either, for which a forked child could wait for ever.
        super().__init__(undefined=StrictUndefined, cache_size=-1, **options)
        self.globals = {name: self.globals[name] for name in GLOBALS}

    @cached_property
    def lexer(self) -> Lexer:  # Jinja keeps all of them behind one lock
        return Lexer(self)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if isinstance(obj, (Namespace, TemplateModule)):  # what the template itself put there
            return not attr.startswith("_")
        return attr in names_of(type(obj))

    def is_safe_callable(self, obj: Any) -> bool:
        if isinstance(obj, CALLED) or any(obj is one for one in MAKERS):
            return True
        owner = getattr(obj, "__self__", None)
        return not isinstance(owner, type) and getattr(obj, "__name__", "") in names_of(type(owner))

    def wrap_str_format(self, value: Any) -> None:
        """No `str.format`, whose fields can be as wide as they like: the filter `format` is there."""

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Multiply within limits; SecurityError beyond them."""
        counts = [len(one) if isinstance(one, Sequence) else one for one in (left, right)]
        if operator == "**" and not all(isinstance(one, (int, float)) and abs(one) <= 64 for one in counts):
            raise SecurityError(f"{left} ** {right} is more than a template needs")
        if operator == "*" and counts != [left, right] and counts[0] * counts[1] > LONGEST:
            raise SecurityError(f"a text of more than {LONGEST} characters is more than a template needs")
        return super().call_binop(context, operator, left, right)


def names_of(kind: type) -> frozenset[str]:
    """What may be looked at in values of this type: of ours, the fields and what is worked out from them."""
    if kind not in _found:
        if is_dataclass(kind) and kind.__module__.startswith("advisor."):
            worked_out = (name for name, one in vars(kind).items() if isinstance(one, property))
            _found[kind] = frozenset((*(one.name for one in fields(kind)), *worked_out))
        else:
            _found[kind] = frozenset().union(*(NAMES.get(one, frozenset()) for one in kind.__mro__))
    return _found[kind]


_found: dict[type, frozenset[str]] = {}
