"""The shipped rulebook carried over to other ways of deciding, to be measured beside the product.

Each module has `build(catalog)`, which returns a function from complete answers (an option for every question) to the
model and the letters of the matrix. Nothing is written by hand: all is made from the loaded catalog. Only complete
answers are carried over: for missing ones the product tries every option, which none of the engines has a word for.
Guardrails, profiles, split, evidence and reasons are left out as well; the product's advice has them all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

Answers = Mapping[str, str]
Row = tuple[str, tuple[tuple[str, str], ...]]  # id of the activity; role and letters, in the order of the columns
Decision = tuple[str, tuple[Row, ...]]  # id of the model; the rows that are not left out, in the order of the rulebook
Decide = Callable[[Answers], Decision]
