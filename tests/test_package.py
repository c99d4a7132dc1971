"""The package: what is built holds all that is needed and runs where the repository is not; the slowest tests."""

from __future__ import annotations

import dataclasses
import importlib.metadata
import importlib.util
import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

import advisor
from advisor.advise.compiled import known_for
from advisor.advise.outcomes import print_of, unpacked
from advisor.catalog import packed
from advisor.catalog.person import person_rules
from advisor.model.rulebook import Catalog
from tests.conftest import EXAMPLES, REPOSITORY

# Without the build's own tools at hand they are fetched, which takes longer.
AT_HAND = importlib.util.find_spec("hatchling") is not None
AT_HAND_IN_PLACE = AT_HAND and importlib.util.find_spec("editables") is not None
COMPILED = "advisor/rules.outcomes"
WHOLE = f"advisor/{packed.NAME}"
BINARIES = "Scripts" if sys.platform == "win32" else "bin"


def quietly(*arguments: str | Path, folder: Path | None = None, **environment: str) -> str:
    """Run a command outside of this test run's environment; returns what it prints."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")} | environment
    done = subprocess.run([str(one) for one in arguments], cwd=folder, env=kept, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build(what: str, source: Path, out: Path) -> Path:
    """Build a wheel or an sdist of the project in `source`."""
    isolation = ["--no-isolation"] if AT_HAND else []
    quietly(sys.executable, "-m", "build", f"--{what}", *isolation, "--outdir", out, source)
    (built,) = out.iterdir()
    return built


class Place:
    """A fresh virtual environment, in which the product is installed over the dependencies of this one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.empty = folder / "empty"
        environment = folder / "environment"
        venv.create(environment)
        self.empty.mkdir()
        self.binaries = environment / BINARIES
        packages = quietly(
            self.binaries / "python", "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])"
        ).strip()
        # Paths that a .pth file adds come last, and .pth files below them (an editable install of ours) are not read.
        shared = {sysconfig.get_paths()[name] for name in ("purelib", "platlib")}
        (Path(packages) / "dependencies.pth").write_text("\n".join(sorted(shared)), encoding="utf-8")

    def install(self, *what: str | Path) -> None:
        python = self.binaries / "python"
        pip = (sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check")
        quietly(*pip, "install", "--quiet", "--no-deps", *what)

    def advisor(self, *arguments: str | Path, **environment: str) -> str:
        """Run the `advisor` command from an empty folder."""
        return quietly(self.binaries / "advisor", *arguments, folder=self.empty, **environment)

    def home(self) -> Path:
        """The folder that the package is imported from."""
        where = "import advisor, pathlib; print(pathlib.Path(advisor.__file__).resolve().parent)"
        return Path(quietly(self.binaries / "python", "-c", where, folder=self.empty).strip())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from the repository."""
    return build("wheel", REPOSITORY, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A source distribution built from the repository."""
    return build("sdist", REPOSITORY, tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def wheel_of_sdist(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from nothing but the source distribution."""
    unpacked = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(sdist) as archive:
        # Python before 3.11.4 has no filters, and unpacks as if there were none.
        archive.extractall(unpacked, **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))  # type: ignore[arg-type]
    (source,) = unpacked.iterdir()
    return build("wheel", source, tmp_path_factory.mktemp("wheel_of_sdist"))


def contents(wheel: Path) -> dict[str, int]:
    """Names and checksums of the files in a wheel, its own records aside."""
    with zipfile.ZipFile(wheel) as archive:
        return {one.filename: one.CRC for one in archive.infolist() if ".dist-info/" not in one.filename}


def files(*folders: str) -> set[Path]:
    """The files below these folders of the repository."""
    found = (path for folder in folders for path in (REPOSITORY / folder).rglob("*"))
    return {path.relative_to(REPOSITORY) for path in found if path.is_file() and "__pycache__" not in path.parts}


def test_the_wheel_holds_code_and_data(wheel: Path) -> None:
    """A wheel holds the package with all its files, rules and questionnaires within it, compiled, and nothing else."""
    data = {Path("advisor") / path for path in files("rules", "questionnaires")}
    assert {Path(name) for name in contents(wheel)} == files("advisor") | data | {Path(COMPILED), Path(WHOLE)}


def test_the_wheel_holds_every_table_compiled(wheel: Path, catalog: Catalog) -> None:
    """What the build fired is what tests/test_compiled.py holds against engine and reference."""
    with zipfile.ZipFile(wheel) as archive:
        held = unpacked(archive.read(COMPILED))
    assert held == {**known_for(catalog), **known_for(person_rules())}
    assert {print_of(table) for table in (*catalog.tables(), *person_rules().tables())} == held.keys()


def test_the_wheel_holds_the_catalog_as_it_is_read(wheel: Path, catalog: Catalog, tmp_path: Path) -> None:
    """And it is read from there unless a rule was changed, or the file damaged."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    package = tmp_path / "advisor"
    data = (package / packed.NAME).read_bytes()
    found = packed.unpacked(data, package)
    assert found is not None
    for one in dataclasses.fields(Catalog):
        assert getattr(found, one.name) == getattr(catalog, one.name)
    assert packed.unpacked(data[:-1], package) is packed.unpacked(b"", package) is None
    with (package / "rules" / "split.yaml").open("a", encoding="utf-8") as changed:
        changed.write("# changed\n")
    assert packed.unpacked(data, package) is None


def test_the_source_distribution_holds_everything(sdist: Path) -> None:
    """A source distribution holds what it takes to build, to test and to understand the product."""
    with tarfile.open(sdist) as archive:
        held = {Path(*Path(name).parts[1:]) for name in archive.getnames()}
    wanted = files("advisor", "rules", "questionnaires", "examples", "docs", "tests", "tools")
    assert wanted | {Path(name) for name in ("README.md", "CHANGELOG.md", "LICENSE", "pyproject.toml")} <= held


def test_the_source_distribution_gives_the_same_wheel(wheel: Path, wheel_of_sdist: Path) -> None:
    """It makes no difference whether a wheel is built from the repository or from the source distribution."""
    assert contents(wheel) == contents(wheel_of_sdist)
    assert wheel.name == wheel_of_sdist.name


def test_the_version_is_that_of_the_code(wheel: Path, sdist: Path) -> None:
    """What is built is named after the version in the package."""
    assert wheel.name == f"role_advisor-{advisor.__version__}-py3-none-any.whl"
    assert sdist.name == f"role_advisor-{advisor.__version__}.tar.gz"


@pytest.mark.parametrize("origin", ["wheel", "editable"])
def test_it_runs_where_the_repository_is_not(
    origin: str, catalog: Catalog, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """Installed from a wheel, from a source distribution or for development, it works from any folder."""
    place = Place(tmp_path)
    if origin == "editable":
        place.install(*(["--no-build-isolation"] if AT_HAND_IN_PLACE else []), "-e", REPOSITORY)
        assert place.home() == REPOSITORY / "advisor"
    else:
        place.install(request.getfixturevalue(origin))
        assert place.home().is_relative_to(tmp_path)
        # Before anything else, and without this machine's cache folder: all is there.
        assert "compiled already" in place.advisor("rules", "compile", XDG_CACHE_HOME=str(place.empty))
    engagement = place.empty / "acme.yaml"
    engagement.write_bytes((EXAMPLES / "acme-portal.yaml").read_bytes())

    assert place.advisor("--version") == f"advisor, version {advisor.__version__}\n"
    assert place.advisor("advise", "acme.yaml").startswith("Customer portal rebuild")
    advice = json.loads(place.advisor("advise", "--format", "json", "acme.yaml"))
    assert advice["rulebook"] == {"version": catalog.version, "digest": catalog.digest}
    for suffix in ("html", "md", "csv", "json"):
        place.advisor("raci", "acme.yaml", "-o", f"acme.{suffix}")
        assert (place.empty / f"acme.{suffix}").stat().st_size > 0
    assert place.advisor("batch", "acme.yaml", "-o", "out", "--full").startswith("1 engagement from 1 file, 0 failed")
    assert json.loads((place.empty / "out" / "results.jsonl").read_text(encoding="utf-8")) == advice
    assert json.loads(place.advisor("schema", "advice"))["$schema"]


def test_what_it_needs_is_said(wheel: Path) -> None:
    """A wheel names every package that the code imports, beside Python's own."""
    with zipfile.ZipFile(wheel) as archive:
        (record,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = importlib.metadata.PathDistribution(zipfile.Path(archive, f"{Path(record).parent.as_posix()}/"))
        needed = [one for one in metadata.requires or () if "extra ==" not in one]
    expected = ["click", "durable-rules", "jinja2", "prompt-toolkit", "pyyaml"]
    assert sorted(one.split(">")[0].split("=")[0].replace("_", "-") for one in needed) == expected
