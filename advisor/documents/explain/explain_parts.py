"""Pieces of explanations as lines of text: rules with their conditions, findings with their points, sets of answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from advisor.documents.explain.explain_words import ASSUMED, Alternative, commonest, marked, merged
from advisor.documents.handbook.handbook_view import plain
from advisor.documents.handbook.handbook_words import GAP_WORDS, Wording, number, plural, quoted, signed, span
from advisor.documents.shared.paint import Paper
from advisor.documents.shared.words import capital, clean, ended, listed, lower_first
from advisor.documents.shared.words import number as counted
from advisor.explain.differing import percent
from advisor.explain.values import HOLDS, CapLook, Change, ChangeSet, Check, Lead, Origin, RuleLook, Tally
from advisor.model.advice import Advice
from advisor.model.findings import Band
from advisor.model.rulebook import Catalog
from advisor.model.rules import (
    MEASURES,
    MODEL,
    ORIENTATION,
    WORK_ASKS_FOR,
    Conclude,
    Evidence,
    Score,
    Unstaffed,
)

MOST_SETS = 8  # sets of answers shown for one outcome
SPARED = 2  # too few sets beyond those to be worth leaving out


class Parts:
    """Writes parts of explanations of one advice on one paper, in the words of one catalog."""

    def __init__(self, catalog: Catalog, paper: Paper, advice: Advice) -> None:
        self.catalog, self.paper, self.advice, self.wording = catalog, paper, advice, Wording(catalog)

    def asked(self, variable: str) -> str:
        """The text of a question or finding, as it stands in a sentence."""
        if variable == ORIENTATION:
            return clean(self.catalog.findings[variable].text)
        text = plain((self.wording.variable(variable),))
        return capital(text) if variable in (MODEL, WORK_ASKS_FOR) else text

    def heading(self, text: str, note: str = "") -> list[str]:
        """A section's heading, however long."""
        *before, last = self.paper.paragraph(text)
        head = self.paper.heading(last)
        lines = [head[0], *(self.paper.bold(line) for line in before), *head[1:]]
        return lines + ([*self.paper.paragraph(note, style="2")] if note else [])

    def is_here(self, variable: str, said: str) -> str:
        """What is read and what it says: `How big is the work? “small”`."""
        asked = self.asked(variable)
        said += ASSUMED if variable in self.advice.assumed else ""
        return f"{asked} {capital(said)}" if asked.endswith("?") else f"{asked}: {said}"

    def said(self, variable: str, value: str) -> str:
        """The value in quotation marks, or the words for a gap."""
        return GAP_WORDS.get(value) or self.wording.value(variable, value)

    def either(self, variable: str, values: Sequence[str]) -> str:
        return listed([self.said(variable, value) for value in values], "or")

    def models(self, models: Sequence[str], last: str = "and") -> str:
        return listed([quoted(self.catalog.models[model].name) for model in models], last)

    def short(self, variable: str) -> str:
        """The variable in a word or two: `relationship depth`."""
        if variable in MEASURES:
            side, when = variable.split("_")
            return f"{side} work {when} delivery"
        return {MODEL: "the model", WORK_ASKS_FOR: "what the work asks for"}.get(variable, variable.replace("_", " "))

    def grounds(self, look: RuleLook) -> str:
        return self.cited((*look.claims, *(("PRACTICE",) if look.practice else ())))

    def cited(self, claims: Iterable[str]) -> str:
        shown = ["practice" if claim == "PRACTICE" else claim for claim in claims]
        return f"[{', '.join(shown)}]" if shown else ""

    def effects(self, look: RuleLook) -> str:
        """What the rule does, as the end of a sentence."""
        text = "; ".join(
            self._lacking(effect) if isinstance(effect, Unstaffed) else plain(self.wording.effect(effect))
            for effect in look.effects
        )
        return text if text.endswith((".”", "?”", "!”")) else ended(text)

    def _lacking(self, effect: Unstaffed) -> str:
        roles = listed([self.role(role) for role in effect.roles], "or")
        return f"there is no money for a {roles}" if effect.unpaid else f"nobody is available as {roles}"

    def gives(self, look: RuleLook) -> str:
        """What a topic's rule adds, by short names: `relationship depth +2, client until +5`."""
        short = []
        for effect in look.effects:
            match effect:
                case Evidence(measure, points):
                    short.append(f"{self.short(measure)} {signed(points)}")
                case Score(finding, points):
                    short.append(f"{self.short(finding)} {signed(points)}")
                case Conclude(finding, value):
                    short.append(f"{self.short(finding)} is {self.said(finding, value)}")
        return ", ".join(short)

    def rule(self, look: RuleLook, indent: int = 2, checks: bool = True) -> list[str]:
        """The rule's sentence with claims and id, and each condition with whether it holds."""
        says = f"{marked(ended(look.says), look.assuming)} {self.grounds(look)} ({look.rule})"
        lines = self.paper.paragraph(says, indent, hang=2)
        return lines + (self.checks(look.checks, indent + 2) if checks else [])

    def checks(self, checks: Iterable[Check], indent: int = 4) -> list[str]:
        return [line for check in checks for line in self.check(check, indent)]

    def check(self, check: Check, indent: int) -> list[str]:
        """`holds` or `fails`, what this engagement has, and what the rule needs or would take as well."""
        id = check.variable
        said = self.is_here(id, self.said(id, check.value))
        return self.paper.paragraph(f"{check.held:<5}  {said}{self._wanted(check)}", indent, hang=7)

    def _wanted(self, check: Check) -> str:
        """What would do, apart from what is here; gaps that would do only where nothing else would."""
        settled = [value for value in check.allowed if value not in GAP_WORDS]
        every = len(settled) == len(self.wording.values(check.variable)) > 1
        if check.held != HOLDS:
            what = "any answer" if every else self.either(check.variable, settled or check.allowed)
            return f"; needs {what}"
        more = [value for value in settled if value != check.value]
        if check.value in GAP_WORDS or not more:
            return ""
        return " (as would anything else)" if every else f" (or {self.either(check.variable, more)})"

    def named(self, read: Iterable[tuple[str, str]]) -> str:
        """Answers or findings with what they answer, in a few words: `phase gates “Yes”, scope “It will hold”`."""
        return ", ".join(
            f"{self.short(name)} {self.said(name, value)}{ASSUMED if name in self.advice.assumed else ''}"
            for name, value in read
        )

    def read(self, read: Mapping[str, str], indent: int) -> list[str]:
        """The answers or findings behind something, one a line."""
        return [
            line
            for name, value in read.items()
            for line in self.paper.paragraph(f"- {self.is_here(name, self.said(name, value))}", indent, hang=2)
        ]

    def origin(self, origin: Origin, indent: int = 2) -> list[str]:
        """The finding, what it is here, and how that came about."""
        said = marked(self.said(origin.finding, origin.value), origin.assuming)
        lines = self.paper.paragraph(f"{self.is_here(origin.finding, said)} ({origin.finding})", indent, hang=2)
        deeper = indent + 2
        if origin.sums is not None:
            return lines + self._lead(origin, deeper)
        if origin.points is not None:
            lines += self.tally(origin.tally, deeper)
            points = f"{number(origin.points)} {plural(origin.points, 'point')}. "
            lines += self.paper.paragraph(points + self.bands(origin.finding, origin.bands), deeper)
            lines += self._capped(origin, deeper)
        elif origin.otherwise:
            lines += self.paper.paragraph("No rule speaks for anything else. The answers behind that:", deeper)
        elif origin.rules:
            lines += self.paper.paragraph(f"By {listed(origin.rules)}, from:", deeper)
        if origin.days is None and (origin.points is None or not origin.tally):
            lines += self.read(origin.read, deeper)
        return lines

    def _lead(self, origin: Origin, indent: int) -> list[str]:
        """The points that count for each kind of work, and how much client work is ahead of plan work."""
        sums = origin.sums or {}
        pairs = [(clean(self.catalog.findings[name].text), number(points)) for name, points in sums.items()]
        lines = self.paper.labelled(pairs, indent)
        lead = signed(origin.points) if origin.points else "0"
        text = f"Client work less plan work is {lead}. {self.bands(origin.finding, origin.bands)}"
        return lines + self.paper.paragraph(text, indent)

    def _capped(self, origin: Origin, indent: int) -> list[str]:
        """The caps that hold and what is left of the points below them; that none does where there are any."""
        held = [cap for cap in origin.caps if cap.holds]
        lines = [line for cap in held for line in self.cap(cap, origin.finding, indent)]
        if held and origin.counted != origin.points and origin.counted is not None:
            count = "counts" if origin.counted == 1 else "count"
            text = f"{number(origin.counted)} {plural(origin.counted, 'point')} of them {count}."
            lines += self.paper.paragraph(text, indent)
        elif origin.caps and not held:
            lines += self.paper.paragraph("No cap holds.", indent)
        return lines

    def cap(self, cap: CapLook, level: str, indent: int) -> list[str]:
        """The most that a level can be, and what makes it so."""
        lines = self.paper.paragraph(f"At most {self.said(level, cap.level)} while all of this holds:", indent)
        return lines + self.checks(cap.checks, indent + 2)

    def tally(self, tally: Iterable[Tally], indent: int, answers: bool = True) -> list[str]:
        """Points one by one with the total so far, and the answers that gave them."""
        lines = []
        for one in tally:
            figures = f"{signed(one.points):>3}  = {number(one.total):<3} "
            said = self.named(one.read.items()) if answers else ""
            text = marked(f"{one.rule}: {said}" if said else one.rule, one.assuming, said)
            text += f" {self.cited(one.claims)}"
            lines += self.paper.paragraph(figures + text, indent, hang=len(figures))
        return lines

    def bands(self, finding: str, bands: Sequence[Band]) -> str:
        """Every band with its points: `“low” to 2, “medium” 3 to 5, “high” 6 or more.`"""
        lows = [None, *(band.at_least for band in bands[1:])]
        tops = [*(high.at_least - 1 for _, high in pairwise(bands)), None]
        shown = [
            f"{self.said(finding, band.value)} is {span(low, top)}"
            for band, low, top in zip(bands, lows, tops, strict=True)
        ]
        return f"{', '.join(shown)}."

    def tells(self, lead: Lead) -> bool:
        """Whether it leads to another model, or to others who lack."""
        now = self.advice.recommendation
        here = (now.model, now.not_available, now.not_paid_for)
        return (lead.model, lead.not_available, lead.not_paid_for) != here

    def lead(self, lead: Lead) -> str:
        """What other answers lead to: the model where it is another, who lacks, and the levels that change."""
        recommendation = self.advice.recommendation
        said = [] if lead.model == recommendation.model else [self.models((lead.model,))]
        now = {"nobody is available": recommendation.not_available, "no money": recommendation.not_paid_for}
        then = {"nobody is available": lead.not_available, "no money": lead.not_paid_for}
        for what, word in (("nobody is available", "as"), ("no money", "for a")):
            if then[what] != now[what]:
                roles = listed([self.role(role) for role in then[what]], "or")
                everybody = "somebody for every role" if what == "nobody is available" else "money for everybody"
                said.append(f"{what} {word} {roles}" if roles else f"there is {everybody}")
        said += [f"{self.short(name)} becomes {self.said(name, level)}" for name, level in lead.levels.items()]
        if not said:
            return "changes nothing up to the model"
        same = "" if lead.model != recommendation.model else "the same model; "
        return same + "; ".join(said)

    def sets(self, sets: Sequence[ChangeSet], indent: int = 4) -> list[str]:
        """Sets of answers, those that differ in one answer only told together; what many share is said once."""
        lines: list[str] = []
        left = merged(sets)
        room = len(left) if len(left) <= MOST_SETS + SPARED else MOST_SETS
        listed_all = "(--format json lists them all)."
        while left and room:
            common = commonest(left)
            mine = [one for one in left if common in one]
            left = [one for one in left if common not in one]
            if len(mine) == 1:
                lines += self.paper.paragraph(f"- {ended(self._all(mine[0]))}", indent, hang=2)
                room -= 1
                continue
            lines += self.paper.paragraph(f"- {self._answer(*common)}, and one of:", indent, hang=2)
            for one in mine[:room]:
                rest = tuple(part for part in one if part != common)
                lines += self.paper.paragraph(f"- {ended(self._all(rest))}", indent + 4, hang=2)
            if len(mine) > room:
                others = f"or {counted(len(mine) - room)} {plural(len(mine) - room, 'other')}"
                lines += self.paper.paragraph(f"{others}." if left else f"{others} {listed_all}", indent + 4)
            room -= min(len(mine), room)
        if left:
            lines += self.paper.paragraph(f"and {counted(len(left))} more {listed_all}", indent)
        return lines

    def _all(self, alternative: Alternative) -> str:
        first, *more = (self._answer(question, options) for question, options in alternative)
        return "; and ".join([first, *(lower_first(one) for one in more)])

    def singles(self, changes: Sequence[Change], indent: int) -> list[str]:
        """Single answers, those to one question told together."""
        by_question: dict[str, list[str]] = {}
        for one in changes:
            by_question.setdefault(one.question, []).append(one.option)
        return [
            line
            for question, options in by_question.items()
            for line in self.paper.paragraph(f"- {ended(self._answer(question, tuple(options)))}", indent, hang=2)
        ]

    def _answer(self, question: str, options: tuple[str, ...]) -> str:
        assumed = self.advice.assumed.get(question, "")
        now = assumed or self.advice.engagement.answers.get(question, "")
        was = f" instead of {self.said(question, now)}{ASSUMED if assumed else ''}" if now else ""
        if assumed in options:
            was = ", as is assumed now"
        return f"{self.asked(question)} {self.either(question, options)}{was}"

    def shares(self, shares: Mapping[str, Fraction]) -> list[tuple[str, str]]:
        """Each model with its share, the largest first."""
        ranked = sorted(shares.items(), key=lambda pair: -pair[1])
        return [(clean(self.catalog.models[model].name), percent(share)) for model, share in ranked]

    def role(self, role: str) -> str:
        return lower_first(clean(self.catalog.roles[role].name))
