"""The agenda for people whose answers differ: what to settle, in which order, what hangs on it, what can be left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from advisor.advise.reader_words import in_words_of
from advisor.advise.standing import KINDS, LEAD, LETTER, MODEL, RISK
from advisor.agree.values import Besides, Meeting, Moved, Point, Said
from advisor.documents.agreed.report import Part, Report, Table
from advisor.documents.shared import words
from advisor.model.advice import Advice

KIND = "Agenda: where answers differ"
MOST_ROWS, MOST_RISKS = 4, 2  # that are named of one effect; the others are counted
_HEADINGS = {
    MODEL: "To settle first: who leads hangs on it",
    LEAD: "To settle next: leads and letters hang on it",
    LETTER: "To settle next: leads and letters hang on it",
    RISK: "To settle last: only risks hang on it",
}
_WEIGHT = {MODEL: "who leads the work", LEAD: "a phase's lead", LETTER: "letters of the matrix", RISK: "risks"}


def agenda_of(meeting: Meeting, title: str = "", anonymous: bool = False) -> Report:
    """The agenda as a report; of anonymous voices only how many said what."""
    advice = in_words_of(meeting.advice)
    teller = _Teller(meeting, advice, anonymous)
    engagement = meeting.voices[0].engagement
    return Report(
        KIND,
        words.clean(title) or words.clean(engagement.name) or words.clean(engagement.id),
        words.clean(meeting.agreed.client),
        "",
        verdict(meeting),
        tuple(_lines(meeting, advice, anonymous)),
        tuple(_parts(meeting, teller)),
        f"Rulebook {advice.version}, digest {advice.digest}.",
    )


def verdict(meeting: Meeting) -> str:
    """How many questions are answered differently, and how many of them have to be settled."""
    many = words.capital(words.number(len(meeting.voices)))
    differ = len(meeting.points) + len(meeting.idle)
    if not differ:
        return f"{many} people, no answer contradicts another."
    settle = len(meeting.points)
    count = f"{words.number(differ)} {'question' if differ == 1 else 'questions'}"
    if not settle:
        return f"{many} people differ on {count}, and none of them changes anything."
    return f"{many} people differ on {count}; {_these(settle, differ)} to be settled."


def _these(settle: int, differ: int) -> str:
    if settle == differ:
        return "it has" if settle == 1 else "all have"
    return f"{words.number(settle)} {'has' if settle == 1 else 'have'}"


def _lines(meeting: Meeting, advice: Advice, anonymous: bool) -> list[str]:
    leads = {name: words.quoted_model(advice, model) for name, model in meeting.models.items()}
    lines = []
    if len(set(leads.values())) == 1:
        lines.append(f"Each one's own answers lead to {next(iter(leads.values()))}.")
    elif anonymous:
        by_lead: dict[str, int] = {}
        for lead in leads.values():
            by_lead[lead] = by_lead.get(lead, 0) + 1
        told = "; ".join(f"{lead} ({count})" for lead, count in by_lead.items())
        lines.append(f"By each one's own answers: {told}.")
    else:
        lines.append(
            f"By each one's own answers: {'; '.join(f'{words.clean(name)} {lead}' for name, lead in leads.items())}."
        )
    if meeting.points or meeting.idle:
        lines.append(f"With what most say: {words.quoted_model(advice, advice.recommendation.model)}.")
    return lines


class _Teller:
    """Puts what was said and what hangs on it into words."""

    def __init__(self, meeting: Meeting, advice: Advice, anonymous: bool) -> None:
        self._advice, self._voices, self._anonymous = advice, len(meeting.voices), anonymous
        self._rows = {**meeting.rows, **{row.id: row.name for row in advice.matrix.activities}}

    def question(self, name: str) -> str:
        return words.value_words(self._advice, name, self._advice.engagement.answers.get(name, ""))[0]

    def option(self, name: str, option: str) -> str:
        return f"“{words.value_words(self._advice, name, option)[1]}”"

    def who(self, names: Sequence[str]) -> str:
        return (
            f"{len(names)} of {self._voices}" if self._anonymous else words.listed([words.clean(one) for one in names])
        )

    def said(self, said: Said) -> str:
        told = [f"{self.option(said.question, option)}: {self.who(names)}" for option, names in said.options.items()]
        told += [f"no answer: {self.who(said.silent)}"] if said.silent else []
        notes = (
            () if self._anonymous else [f"{words.clean(one)}: {words.clean(note)}" for one, note in said.notes.items()]
        )
        return words.ended("; ".join(told)) + (f" Notes: {words.ended('; '.join(notes))}" if notes else "")

    def effects(self, point: Point, places: Mapping[str, int]) -> str:
        name, told = point.said.question, []
        for option, moved in point.effects.items():
            if moved:
                told.append(f"If {self.option(name, option)}: {words.ended(self._moved(moved))}")
        alone = {one.key[0] for moved in point.effects.values() for one in moved}
        together = words.listed([_WEIGHT[kind] for kind in point.kinds if kind not in alone])
        if together:
            told.append(
                f"Together with other points also {together}." if told else f"Only with other points: {together}."
            )
        for option, closed in point.closes.items():
            numbers = [str(places[one]) for one in closed if places[one] > places[name]]
            if numbers:
                points = f"{'point' if len(numbers) == 1 else 'points'} {words.listed(numbers)}"
                told.append(f"Once {self.option(name, option)}, {points} can be dropped.")
        return " ".join(told)

    def _moved(self, moved: Sequence[Moved]) -> str:
        by_kind = {kind: [one for one in moved if one.key[0] == kind] for kind in KINDS}
        said = [words.quoted_model(self._advice, one.now) for one in by_kind[MODEL]]
        said += self._leads(by_kind[LEAD]) + self._letters(by_kind[LETTER], bool(said))
        if by_kind[MODEL] and by_kind[RISK]:
            return f"{'; '.join(said)}; and other risks"
        return "; ".join(said + self._risks(by_kind[RISK]))

    def _leads(self, moved: Sequence[Moved]) -> list[str]:
        names = {phase.id: words.lower_first(phase.name) for phase in self._advice.names.phases}
        by_lead: dict[str, list[str]] = {}
        for one in moved:
            by_lead.setdefault(one.now, []).append(names.get(one.key[1], one.key[1]))
        return [
            f"{self._role(lead)} leads {words.listed(phases)}" if lead else f"nobody leads {words.listed(phases)}"
            for lead, phases in by_lead.items()
        ]

    def _letters(self, moved: Sequence[Moved], brief: bool) -> list[str]:
        """The rows in which letters change; those in which the A moves are named with who has it then."""
        rows: dict[str, list[Moved]] = {}
        for one in moved:
            rows.setdefault(one.key[1].partition(":")[0], []).append(one)
        named = [
            f"{self._row(row)} ({self._answers(some)})"
            for row, some in rows.items()
            if any("A" in one.now or "A" in one.was for one in some)
        ]
        if not named:
            shown = [self._row(row) for row in rows][:MOST_ROWS]
            rest = len(rows) - len(shown)
            more = f" and {words.numbered(rest, 'more row')}" if rest else ""
            return [f"other letters in {', '.join(shown)}{more}"] if rows else []
        shown = named[: 2 if brief else MOST_ROWS]
        rest = len(rows) - len(shown)
        return [f"{', '.join(shown)}" + (f", and other letters in {words.numbered(rest, 'more row')}" if rest else "")]

    def _answers(self, some: Sequence[Moved]) -> str:
        now = next((one for one in some if "A" in one.now), None)
        return f"{self._role(now.key[1].partition(':')[2])} answers" if now is not None else "the row goes"

    def _risks(self, moved: Sequence[Moved]) -> list[str]:
        new = [words.clean(one.now).split(". ", 1)[0].rstrip(".") for one in moved if not one.was]
        gone = sum(1 for one in moved if not one.now)
        said = []
        if new:
            shown = "; ".join(f"“{one}”" for one in new[:MOST_RISKS])
            more = f" and {words.number(len(new) - MOST_RISKS)} more" if len(new) > MOST_RISKS else ""
            said.append(f"{'a new risk' if len(new) == 1 else 'new risks'}, {shown}{more}")
        if gone:
            said.append(f"{words.number(gone)} {'risk' if gone == 1 else 'risks'} fewer")
        return said

    def _role(self, role: str) -> str:
        return f"the {words.lower_first(words.role_name(self._advice, role))}"

    def besides(self, one: Besides) -> str:
        part, _, key = one.about.partition(".")
        label = {
            "dates": words.date_label(key),
            "people": words.role_name(self._advice, key),
            "agreed": f"Agreed letters on {words.lower_first(self._row(key))}",
        }.get(part, {"client": "Client", "as_of": "As of"}.get(part, part))
        dates = part in ("dates", "as_of")
        told = [
            f"{words.date_words(text) if dates else words.clean(text)} ({self.who(names)})"
            for text, names in one.said.items()
        ]
        return f"{label}: {'; '.join(told)}."

    def _row(self, id: str) -> str:
        return words.clean(self._rows.get(id, id.replace("_", " ")))


def _to_settle(meeting: Meeting, teller: _Teller) -> Iterator[Part]:
    """The points in their order, under headings that say how much hangs on them."""
    places = {point.said.question: at for at, point in enumerate(meeting.points, start=1)}
    found: dict[str, list[tuple[str, ...]]] = {}
    for point in meeting.points:
        at, question = places[point.said.question], teller.question(point.said.question)
        row = (f"{at}. {question}", teller.said(point.said), teller.effects(point, places))
        found.setdefault(_HEADINGS[point.kinds[0]], []).append(row)
    note: tuple[str, ...] = ("Each effect is told with everything else as most say.",)
    for heading, rows in found.items():
        yield Part(heading, note, table=Table(("Question", "Who says what", "What hangs on it"), tuple(rows)))
        note = ()


def _parts(meeting: Meeting, teller: _Teller) -> list[Part]:
    parts = list(_to_settle(meeting, teller))
    if meeting.idle:
        told = tuple(f"{teller.question(one.question)} {teller.said(one)}" for one in meeting.idle)
        nothing = (
            "Whatever is decided here, nothing changes." if meeting.every else "Nothing that was tried hangs on these."
        )
        parts.append(Part("No need to settle", (nothing,), told))
    if meeting.besides:
        parts.append(Part("Differ besides the answers", points=tuple(map(teller.besides, meeting.besides))))
    parts.append(Part("How this was worked out", _worked_out(meeting)))
    return parts


def _worked_out(meeting: Meeting) -> tuple[str, ...]:
    differ = len(meeting.points) + len(meeting.idle)
    lines = [f"{words.numbered(meeting.asked, 'question is', 'questions are')} answered by somebody."]
    if meeting.by_some:
        lines.append(
            f"{words.numbered(len(meeting.by_some), 'question')} only some answered, and nobody otherwise: "
            "their answer is taken as agreed."
        )
    if differ:
        how = (
            f"All {meeting.tried:,} combinations of what people said were tried: these are the fewest questions, and "
            "whatever is decided on them, nothing hangs on the rest."
            if meeting.every
            else f"There are too many combinations of what people said to try them all. {meeting.tried:,} were tried: "
            "what each person says with one answer changed, and what most say with one or two changed."
        )
        lines.append(how)
    return (" ".join(lines),)
