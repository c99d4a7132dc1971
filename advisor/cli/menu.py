"""A list to point into with the arrow keys, drawn below what is printed and gone once something is chosen."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from prompt_toolkit.application import Application, get_app_session
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import FormattedTextControl, Layout, Window
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.output.vt100 import Vt100_Output
from prompt_toolkit.styles import Style

from advisor.cli import interrupts

ENTER = "enter"
WIDEST = 120
POINTER = "> "
GAP = "   "
COLOURS = Style.from_dict(
    {"pointed": "ansicyan bold", "head": "bold", "said": "ansigreen", "open": "ansiyellow", "hint": "dim"}
)

Line = tuple[str, str]  # its style, and its text


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to point at; `heading` stands above it, and `below` more about it, each line with its style."""

    text: str
    heading: str = ""
    below: Sequence[Line] = ()


@dataclass(frozen=True, slots=True)
class Menu:
    """Entries, where the pointer starts, the keys that end it besides Enter, and the lines below the entries.

    `notice` says what Enter does now, where that needs saying. Without `free_enter`, Enter with nothing pointed at
    chooses nothing: it makes `urge` the notice. Where any number can be chosen, `ticked` are those chosen before; there
    Enter with nothing ticked has to be pressed twice.
    """

    entries: Sequence[Entry]
    at: int | None
    keys: Collection[str]
    hints: Sequence[str]
    notice: Callable[[Pointer], str] = lambda pointer: ""
    free_enter: bool = False
    urge: str = ""
    ticked: Collection[int] | None = None


@dataclass(slots=True)
class Pointer:
    """Which of `count` entries is pointed at, which are ticked, and the digits typed so far."""

    count: int
    at: int | None
    ticked: set[int] = field(default_factory=set)
    urged: bool = False
    _typed: str = field(default="")

    def move(self, steps: int) -> None:
        """Go so many entries down (or up), round the ends; from nowhere to the first (or last)."""
        if self.at is None:
            self.to(0 if steps > 0 else self.count - 1)
        else:
            self.to((self.at + steps) % self.count)

    def leap(self, steps: int) -> None:
        """Go so many entries down (or up), as far as there are any."""
        self.to(max(0, min(self.count - 1, (self.at or 0) + steps)))

    def to(self, at: int) -> None:
        """Go to this entry."""
        self.at, self._typed, self.urged = at, "", False

    def tick(self) -> None:
        """Tick the entry that is pointed at, or take its tick away."""
        if self.at is not None:
            self.ticked ^= {self.at}
            self.urged = False

    def digit(self, typed: str) -> None:
        """Go to the entry of this number, which may follow digits typed before."""
        for number in (self._typed + typed, typed):
            if 1 <= int(number) <= self.count:
                self.to(int(number) - 1)
                self._typed = number
                return


def drawn(menu: Menu, pointer: Pointer, width: int, height: int) -> list[Line]:
    """The lines of the menu on a screen of this size: entries around the pointer, the notice and the hints."""
    width = max(20, min(width - 1, WIDEST))
    notice = menu.urge if pointer.urged else menu.notice(pointer)
    below: list[Line] = [("", line) for line in textwrap.wrap(notice, width)] or [("", "")]
    below += [("class:hint", line) for line in _flow(menu.hints, width)]
    lines: list[Line] = []
    starts: list[int] = []
    digits = len(str(len(menu.entries)))
    for number, entry in enumerate(menu.entries, start=1):
        if entry.heading:
            lines += [("class:head", line) for line in textwrap.wrap(entry.heading, width)]
        starts.append(len(lines))
        pointed = pointer.at == number - 1
        box = "" if menu.ticked is None else "[x] " if number - 1 in pointer.ticked else "[ ] "
        opening = f"{POINTER if pointed else ' ' * len(POINTER)}{box}{number:>{digits}}  "
        style = "class:pointed" if pointed else ""
        lines += [(style, line) for line in _hung(entry.text, opening, width)]
        for style, text in entry.below:
            lines += [(style, line) for line in _hung(text, " " * len(opening), width)]
    room = max(3, height - len(below) - 1)
    if len(lines) <= room:
        return lines + below
    room -= 1  # for the line that says what is out of sight
    middle = 0 if pointer.at is None else starts[pointer.at]
    top = max(0, min(middle - room // 2, len(lines) - room))
    above = sum(start < top for start in starts)
    after = sum(start >= top + room for start in starts)
    hidden = [f"{above} more above" if above else "", f"{after} more below" if after else ""]
    told = ", ".join(part for part in hidden if part)
    return [*lines[top : top + room], ("class:hint", f"({told})" if told else ""), *below]


def run(menu: Menu, coloured: bool) -> tuple[str, Pointer]:
    """Let the reader point; the key that ended it, and where the pointer stood with what was ticked.

    Raises KeyboardInterrupt on Ctrl-C, and EOFError on Ctrl-D or when the terminal is gone.
    """
    pointer = Pointer(len(menu.entries), menu.at, set(menu.ticked or ()))
    session = get_app_session()
    if isinstance(session.output, Vt100_Output):
        # asking the terminal where the cursor is helps full screens only, and a late reply would be read as typed
        session.output.enable_cpr = False

    def text() -> StyleAndTextTuples:
        size = session.output.get_size()
        lines = drawn(menu, pointer, size.columns, size.rows)
        return [(style, line + ("\n" if at < len(lines) else "")) for at, (style, line) in enumerate(lines, start=1)]

    # The cursor stays, unseen, at the top: however the terminal wraps our lines anew when its window changes, erasing
    # starts where they start.
    window = Window(FormattedTextControl(text, focusable=True), dont_extend_height=True, always_hide_cursor=True)
    app: Application[str] = Application(
        Layout(window),
        style=COLOURS if coloured else None,
        color_depth=None if coloured else ColorDepth.DEPTH_1_BIT,
        include_default_pygments_style=False,
        key_bindings=_bindings(menu, pointer),
        erase_when_done=True,
    )

    # As a key among others, which is how the package would take SIGINT, it is lost where a key before it ends the menu.
    def look() -> None:
        if interrupts.came() and not app.is_done:
            app.exit(exception=KeyboardInterrupt())

    def wake() -> None:
        if app.loop is not None:
            app.loop.call_soon_threadsafe(look)

    with interrupts.kept(wake):
        return app.run(pre_run=look, handle_sigint=False), pointer


def _bindings(menu: Menu, pointer: Pointer) -> KeyBindings:
    bindings = KeyBindings()

    def bind(keys: Sequence[str], act: Callable[[KeyPressEvent], None]) -> None:
        for key in keys:
            bindings.add(key)(act)

    def enter(event: KeyPressEvent) -> None:
        told = bool(pointer.ticked) or (menu.ticked is not None and pointer.urged)
        free = menu.free_enter if pointer.at is None else menu.ticked is None
        if told or free:
            event.app.exit(result=ENTER)
        else:
            pointer.urged = True

    def ending(key: str) -> Callable[[KeyPressEvent], None]:
        return lambda event: event.app.exit(result=key)

    page = 5
    bind(["down", "c-n"], lambda _: pointer.move(1))
    bind(["up", "c-p"], lambda _: pointer.move(-1))
    bind(["pagedown"], lambda _: pointer.leap(page))
    bind(["pageup"], lambda _: pointer.leap(-page))
    bind(["home"], lambda _: pointer.to(0))
    bind(["end"], lambda _: pointer.to(pointer.count - 1))
    bind(list("0123456789"), lambda event: pointer.digit(event.data))
    bind(["enter", "c-j"], enter)
    if menu.ticked is not None:
        bind(["space"], lambda _: pointer.tick())
    bind(["c-c"], lambda event: event.app.exit(exception=KeyboardInterrupt()))
    bind(["c-d"], lambda event: event.app.exit(exception=EOFError()))
    bind(["c-z"], lambda event: event.app.suspend_to_background())
    for key in menu.keys:
        bind([key] if len(key) > 1 else sorted({key, key.upper()}), ending(key))
    return bindings


def _hung(text: str, opening: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, initial_indent=opening, subsequent_indent=" " * len(opening))


def _flow(parts: Sequence[str], width: int) -> list[str]:
    """Whole parts side by side, on as few lines as they need."""
    lines: list[str] = []
    for part in parts:
        if lines and len(lines[-1]) + len(GAP) + len(part) <= width:
            lines[-1] += GAP + part
        else:
            lines.append(part)
    return lines
