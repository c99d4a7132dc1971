"""From numbered matrix rules that fired to the letters: what is left to plain Python where an engine names rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from advisor.catalog.rules import LONE_MANAGER
from advisor.model.rulebook import Catalog
from advisor.model.rules import Condition, LeaveOut, Letters, Rule, Table
from benchmarks.rivals import Decision, Row


class Sheet:
    """Numbers every rule that bears on the matrix: phases that are past, columns that are absent, letters of rows."""

    def __init__(self, catalog: Catalog) -> None:
        self._rows = [(row.id, row.phase) for row in catalog.rows]
        self._shown = columns(catalog)
        self._past: dict[int, tuple[str, ...]] = {}
        self._absent: dict[int, str] = {}
        self._letters: dict[int, tuple[int, Mapping[str, Mapping[str, str]] | None]] = {}
        self.tables: list[tuple[Table, int]] = []
        self.absences: list[tuple[int, tuple[Condition, ...]]] = []
        count = 0
        for row_at, table in enumerate((catalog.phase_rules, *(row.table for row in catalog.rows)), start=-1):
            self.tables.append((table, count))
            for number, rule in enumerate(table.rules, start=count):
                if row_at < 0:
                    self._past[number] = past_phases(rule)
                else:
                    self._letters[number] = row_at, letters_by_model(catalog, rule)
            count += len(table.rules)
        for number, role in enumerate((one for one in catalog.roles.values() if one.absent_when), start=count):
            self._absent[number] = role.id
            self.absences.append((number, role.absent_when))

    def numbered(self) -> Iterator[tuple[int, tuple[Condition, ...]]]:
        """Every rule's number and conditions."""
        for table, first in self.tables:
            for number, rule in enumerate(table.rules, start=first):
                yield number, rule.when
        yield from self.absences

    def decision(self, model: str, fired: Iterable[int]) -> Decision:
        """The letters that the rules give which fired; later rules of a row change what earlier ones gave."""
        past: set[str] = set()
        absent: set[str] = set()
        given: dict[int, dict[str, str] | None] = {}
        for number in sorted(fired):
            if number in self._letters:
                at, by_model = self._letters[number]
                cells = given.setdefault(at, {})
                if by_model is None:
                    given[at] = None
                elif cells is not None:
                    cells.update(by_model.get(model, {}))
            elif number in self._past:
                past.update(self._past[number])
            else:
                absent.add(self._absent[number])
        shown = [role for role in self._shown[model] if role not in absent]
        rows: list[Row] = []
        for at, (name, phase) in enumerate(self._rows):
            cells = given[at]
            if cells is not None and phase not in past:
                rows.append((name, tuple([(role, cells[role]) for role in shown if cells.get(role)])))
        return model, tuple(rows)


def columns(catalog: Catalog) -> dict[str, list[str]]:
    """The roles that each model's matrix can show."""
    return {
        model.id: [role.id for role in catalog.roles.values() if not role.manager or role.id in model.staffs]
        for model in catalog.models.values()
    }


def past_phases(rule: Rule) -> tuple[str, ...]:
    """The phases that the rule leaves out."""
    return tuple(phase for one in rule.effects if isinstance(one, LeaveOut) for phase in one.phases)


def letters_by_model(catalog: Catalog, rule: Rule) -> dict[str, dict[str, str]] | None:
    """The cells that the rule gives under each model; None when it leaves the row out."""
    if any(isinstance(one, LeaveOut) for one in rule.effects):
        return None
    return {
        model.id: {
            model.staffs[0] if role == LONE_MANAGER else role: text
            for one in rule.effects
            if isinstance(one, Letters)
            for role, text in one.cells.items()
        }
        for model in catalog.models.values()
    }
