"""The wheel works where nothing else is: in an empty environment, from another folder, with what ships inside it.

An editable install finds files that a wheel does not hold, so only this shows what users get.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from repository import ROOT

pytestmark = pytest.mark.xdist_group("wheel")  # it is built once

SOURCES = ("engine", "grammar", "policies", "pyproject.toml", "README.md", "LICENSE")

CONTRACT = """\
contract: acme-2026
vendor: Acme
vocabulary: ai_procurement
terms:
  breach.notice: 96 hours
"""


def run(*command: str | Path, cwd: Path, fine: tuple[int, ...] = (0,)) -> str:
    """Run a command without our environment; return what it prints, and fail if it ends in another way than said."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    environment = {**clean, "HOME": str(cwd), "XDG_CACHE_HOME": str(cwd / ".cache"), "PYTHONUTF8": "1"}
    ran = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**environment, "PIP_CACHE_DIR": _pip_cache()},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    assert ran.returncode in fine, f"{command}: exit code {ran.returncode}\n{ran.stdout}\n{ran.stderr}"
    return ran.stdout


def _pip_cache() -> str:
    return os.environ.get("PIP_CACHE_DIR", str(Path.home() / ".cache/pip"))


class Installed:
    """An environment with the wheel and what it depends on, and a folder far from the sources."""

    def __init__(self, environment: Path, elsewhere: Path) -> None:
        """Remember where the commands are, and put a contract beside where they are run."""
        self.bin = environment / "bin"
        self.elsewhere = elsewhere
        (elsewhere / "acme.yaml").write_text(CONTRACT, "utf-8")

    def termwise(self, *arguments: str, fine: tuple[int, ...] = (0,)) -> str:
        return run(self.bin / "termwise", *arguments, cwd=self.elsewhere, fine=fine)

    def python(self, code: str) -> str:
        return run(self.bin / "python", "-I", "-c", code, cwd=self.elsewhere)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Build the wheel from a source distribution, and install it into an environment of its own."""
    sources, wheels, environment, elsewhere = (
        tmp_path_factory.mktemp(name) for name in ("sources", "wheels", "environment", "elsewhere")
    )
    for name in SOURCES:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, sources / name)
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", wheels, cwd=sources)
    (wheel,) = wheels.glob("*.whl")
    venv.create(environment, with_pip=True)
    pip = (environment / "bin/python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    run(*pip, wheel, cwd=elsewhere)
    return Installed(environment, elsewhere)


def test_nothing_is_imported_from_the_sources(installed: Installed) -> None:
    where = installed.python("import termwise; print(termwise.__file__)").strip()
    assert Path(where).is_relative_to(installed.bin.parent)


def test_only_what_is_needed_is_installed(installed: Installed) -> None:
    """Nothing that only developers use comes along."""
    code = "import importlib.metadata as m; print(*(each.metadata['Name'].lower() for each in m.distributions()))"
    names = set(installed.python(code).split())
    assert {"termwise", "lark", "networkx", "pydantic", "pyyaml"} <= names
    assert not names & {"pytest", "hypothesis", "mypy", "ruff", "build", "import-linter", "jsonschema", "rich", "click"}


def test_check_finds_shipped_policy_and_vocabulary(installed: Installed) -> None:
    text = installed.termwise("check", "acme.yaml", "--policy", "ai_data_protection", fine=(1,))
    assert "breach_notice" in text
    assert "breached" in text


def test_check_prints_json_that_its_schema_describes(installed: Installed) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    arguments = ("acme.yaml", "--policy", "ai_data_protection", "--as-of", "2026-11-24", "--format", "json")
    report = json.loads(installed.termwise("check", *arguments, fine=(1,)))
    schema = installed.python(
        "import importlib.resources as r; print(r.files('termwise.report').joinpath('check.schema.json').read_text())"
    )
    jsonschema.validate(report, json.loads(schema))
    (contract,) = report["contracts"]
    (rule,) = (each for each in contract["rules"] if each["rule"] == "breach_notice")
    assert rule["outcome"] == "breached"
    assert [(fact["value"], fact["line"]) for fact in rule["facts"]] == [("96 hours", 5)]


def test_a_policy_of_ones_own_extends_a_shipped_one(installed: Installed) -> None:
    own = installed.elsewhere / "own.tw"
    own.write_text(
        'policy own "Ours"\nextends ai_data_protection\n'
        'tighten rule breach_notice\n  require breach.notice <= 48 hours\n  because "We report within a day."\n'
        'test "three days are too long"\n  given breach.notice = 72 hours\n  expect breach_notice breached\n',
        "utf-8",
    )
    assert "breach_notice" in installed.termwise("check", "acme.yaml", "--policy", "own.tw", fine=(1,))
    installed.termwise("test", "own.tw")


def test_every_shipped_policy_proves_its_tests(installed: Installed) -> None:
    for name in ("ai_data_protection", "financial_services", "gdpr_article_28", "healthcare", "hipaa_baa"):
        installed.termwise("test", name)


def test_explain_knows_verdicts_and_codes(installed: Installed) -> None:
    proof = installed.termwise(
        "explain", "acme.yaml", "breach_notice", "--policy", "ai_data_protection", "--as-of", "2026-11-24", fine=(0, 1)
    )
    assert "96 hours" in proof
    assert "TW203" in installed.termwise("explain", "TW203")


def test_schema_of_the_shipped_vocabulary(installed: Installed) -> None:
    schema = json.loads(installed.termwise("schema", "ai_procurement"))
    assert "breach.notice" in json.dumps(schema)


def test_the_package_is_typed(installed: Installed) -> None:
    """Type checkers look for the marker file."""
    where = Path(installed.python("import termwise; print(termwise.__file__)").strip())
    assert (where.parent / "py.typed").is_file()


def test_without_the_extra_for_tables_all_else_works(installed: Installed) -> None:
    """One contract is judged by generated code without NumPy; a portfolio says what is missing, and is no defect."""
    judged = "termwise.load_policy('ai_data_protection').outcomes({'breach.notice': '96 hours'})['breach_notice']"
    assert installed.python(f"import termwise; print({judged})").strip() == "breached"
    assert "def assured(" in installed.termwise("graph", "ai_data_protection", "--code")
    installed.termwise("portfolio", "acme.yaml", "--policy", "ai_data_protection", fine=(2,))
    asked = "termwise.load_policy('ai_data_protection').evaluate_portfolio('acme.yaml')"
    code = f"import termwise\ntry: {asked}\nexcept ModuleNotFoundError as error: print(error)"
    assert "termwise[portfolio]" in installed.python(code)
