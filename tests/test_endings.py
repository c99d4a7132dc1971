"""However a command is cut short, it ends in one sentence and the right code: no traceback, nothing endless, no 120."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from advisor.batch import Item
from advisor.batch.pool import chunks, evaluated
from advisor.cli import interrupts, lines
from advisor.errors import OutputError, Problem
from tests.conftest import EXAMPLES, REPOSITORY

ACME = str(EXAMPLES / "acme-portal.yaml")
BUFFERED = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
UNIX = pytest.mark.skipif(sys.platform == "win32", reason="written for a Unix shell")
pytestmark = UNIX


def shell(folder: Path, line: str, buffered: bool = True, patience: float = 60) -> subprocess.CompletedProcess[str]:
    """What a line for the shell comes to, in which `advisor` is ours."""
    command = f'advisor() {{ "{sys.executable}" -m advisor "$@"; }}; {line}'
    env = {**(BUFFERED if buffered else {**BUFFERED, "PYTHONUNBUFFERED": "1"}), "PYTHONPATH": str(REPOSITORY)}
    return subprocess.run(
        ["bash", "-c", command], cwd=folder, env=env, capture_output=True, text=True, timeout=patience, check=False
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.parametrize("buffered", [True, False])
@pytest.mark.parametrize("where", ["> /dev/full 2>&1", "2> /dev/full", "> /dev/full 2>&-"])
@pytest.mark.parametrize(("words", "code"), [(f"advise {ACME}", 1), ("advise nowhere.yaml", 1), ("nonsense", 2)])
def test_nowhere_to_write(tmp_path: Path, words: str, code: int, where: str, buffered: bool) -> None:
    """Output or messages that cannot be written end the command with its own code, never the interpreter's 120."""
    if where == "2> /dev/full" and words == f"advise {ACME}":
        code = 0  # it has nothing to say there
    done = shell(tmp_path, f"advisor {words} {where}", buffered)
    assert done.returncode == code
    assert "Traceback" not in done.stdout + done.stderr and "Exception ignored" not in done.stderr


class TestAsking:
    @pytest.mark.parametrize("words", ["ask", "ask e.yaml", "ask e.yaml --questionnaire person", "ask e.yaml --plain"])
    def test_standard_input_that_is_closed(self, tmp_path: Path, words: str) -> None:
        """It is like one that is empty."""
        done = shell(tmp_path, f"advisor {words} <&-")
        assert (done.returncode, done.stderr) == (0, "")
        assert "Stopped before the first question; nothing was saved." in done.stdout

    @pytest.mark.parametrize("word", ["y", "?", "1", "back", "note"])
    def test_input_that_never_ends(self, tmp_path: Path, word: str) -> None:
        """Nobody answers for ever: what goes on and on is cut off, and what was answered is saved."""
        done = shell(tmp_path, f"yes '{word}' | advisor ask e.yaml --name E --client C")
        assert done.returncode == 1
        assert done.stderr == "standard input:1001: more lines than any interview takes; stopped\n"
        assert (tmp_path / "e.yaml").is_file()

    def test_a_line_that_never_ends(self, tmp_path: Path) -> None:
        done = shell(tmp_path, "yes | tr -d '\\n' | advisor ask e.yaml --name E --client C")
        assert (done.returncode, done.stderr) == (1, "standard input: holds a line of more than 100,000 bytes\n")


class TestInterrupts:
    def test_while_the_rest_is_being_loaded(self, tmp_path: Path) -> None:
        """Ctrl-C in the first moments ends the command as it does later."""
        (tmp_path / "click.py").write_text("raise KeyboardInterrupt\n", encoding="utf-8")
        env = {**os.environ, "PYTHONPATH": os.pathsep.join((str(tmp_path), str(REPOSITORY)))}
        done = subprocess.run([sys.executable, "-m", "advisor"], env=env, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout, done.stderr) == (130, "", "interrupted\n")

    def test_where_python_drops_the_exception(self) -> None:
        """Raised in a weak reference's callback, say, it would be gone; it is kept in mind for the next prompt."""
        with pytest.raises(KeyboardInterrupt), interrupts.kept():
            try:
                signal.raise_signal(signal.SIGINT)
            except KeyboardInterrupt:
                lines.read_line("> ")
                pytest.fail("asked on")
        assert not interrupts.came()
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler

    def test_a_menu_is_told_and_ends(self) -> None:
        """While a menu runs nothing is raised in the midst of it; it is told, and the interrupt follows."""
        told: list[str] = []
        with pytest.raises(KeyboardInterrupt), interrupts.kept(), interrupts.kept(lambda: told.append("told")):
            signal.raise_signal(signal.SIGINT)
            told.append("went on")
        assert told == ["told", "went on"]


class TestBatches:
    def test_two_into_one_folder(self, tmp_path: Path) -> None:
        """The second hears that there is another, and the first is not disturbed."""
        hold = "import sys, time; from pathlib import Path; from advisor.files import alone\n"
        hold += "Path('out/.batch').mkdir(parents=True)\n"
        hold += "with alone(Path('out/.batch')): print('held', flush=True); time.sleep(60)"
        env = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
        with subprocess.Popen([sys.executable, "-c", hold], cwd=tmp_path, env=env, stdout=subprocess.PIPE) as first:
            assert first.stdout is not None and first.stdout.readline() == b"held\n"
            second = shell(tmp_path, f"advisor batch {ACME} -o out")
            first.kill()
        said = "out: another batch is writing there; wait for it, or choose another -o\n"
        assert (second.returncode, second.stderr) == (1, said)
        assert shell(tmp_path, f"advisor batch {ACME} -o out").returncode == 0
        assert shell(tmp_path, f"advisor batch {ACME} -o out --resume").returncode == 0

    def test_a_worker_that_cannot_begin(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """It is said once what is wrong, not of each item that it was sent."""
        monkeypatch.setattr("advisor.batch.pool._serve", os.abort)
        items = [Item(name, name, b"") for name in ("a", "b")]
        with pytest.raises(OutputError, match="a process to work in cannot be started here: it ended with"):
            list(evaluated(chunks(items), os.path.basename, _stopped, patience=20))  # type: ignore[arg-type]

    def test_a_process_that_the_system_refuses(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object) -> None:
            raise BlockingIOError(11, "Resource temporarily unavailable")

        monkeypatch.setattr("multiprocessing.context.SpawnProcess.start", refuse)
        with pytest.raises(OutputError, match="cannot be started here: Resource temporarily unavailable"):
            list(evaluated(chunks([Item("a", "a", b"")]), str, _stopped))


def _stopped(item: Item, problem: Problem) -> str:
    return f"{item.source}: {problem}"


@pytest.fixture
def nonsense() -> Iterator[Callable[[bytes], int]]:
    """Starts servers that answer whatever comes with the same bytes, or never; each gives its port."""
    servers: list[socket.socket] = []

    def serve(server: socket.socket, said: bytes) -> None:
        held = []
        while True:
            try:
                caller, _ = server.accept()
                held.append(caller)
                if said:
                    caller.sendall(said)
                    caller.close()
            except OSError:
                return

    def start(said: bytes) -> int:
        server = socket.create_server(("127.0.0.1", 0))
        servers.append(server)
        threading.Thread(target=serve, args=(server, said), daemon=True).start()
        return int(server.getsockname()[1])

    yield start
    for one in servers:
        one.close()


IMPATIENT = "import advisor.batch.cluster as c; c._WAIT = 2; from advisor.__main__ import main; main()"


class TestClusters:
    @pytest.fixture(autouse=True)
    def _distributed(self) -> None:
        pytest.importorskip("distributed")

    def on(self, folder: Path, address: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", IMPATIENT, "batch", ACME, "--cluster", address]
        env = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
        return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=60, check=False)

    @pytest.mark.parametrize("said", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\xff" * 64, b"\0" * 4096, b""])
    def test_a_server_that_is_no_scheduler(self, tmp_path: Path, nonsense: Callable[[bytes], int], said: bytes) -> None:
        """One that talks nonsense, or nothing, is said to be no scheduler."""
        address = f"tcp://127.0.0.1:{nonsense(said)}"
        done = self.on(tmp_path, address)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith(f"{address}: no Dask scheduler answers there (")
        assert len(done.stderr.splitlines()) == 1

    @pytest.mark.parametrize("address", ["tls://127.0.0.1:1", "ucx://127.0.0.1:1", "inproc://x", "nonsense", ""])
    def test_addresses_of_other_kinds(self, tmp_path: Path, address: str) -> None:
        done = self.on(tmp_path, address)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith(f"{address}: no Dask scheduler answers there (")
        assert len(done.stderr.splitlines()) == 1


def test_one_fault_is_one(tmp_path: Path) -> None:
    """`rules check` counts as people do."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own/rulebook.yaml").write_text("extends: standard\ntitle: Own\nversion: 1\n", encoding="utf-8")
    claims = (REPOSITORY / "rules/claims.yaml").read_text(encoding="utf-8")
    more = "  - {id: XX9, section: S, text: Nobody needs this., bears_on: nothing}\n"
    (tmp_path / "own/claims.yaml").write_text(claims.rstrip() + "\n" + more, encoding="utf-8")
    done = shell(tmp_path, "advisor rules check --rulebook own")
    assert "no rule cites XX9" in done.stderr
    assert done.stdout.rstrip().endswith("claims: 1 fault")
