"""Every planted defect is found, at its place and nothing beside it; and of its twin nothing is said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from termwise import lookup
from termwise.contracts.files import find_contracts, read_contract
from termwise.diagnostics import Problems
from termwise.diagnostics.finding import Finding
from termwise.lint.codes import proof_codes
from termwise.lint.proofs import can_prove
from termwise.lint.run import lint
from termwise.lint.settings import Settings
from termwise.textfile import read_text

TODAY = date(2026, 11, 24)
FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*.yaml"))


@dataclass(frozen=True)
class Planted:
    """A case of a file."""

    file: str
    header: str
    data: Mapping[str, Any]

    @property
    def codes(self) -> list[str]:
        finds = self.data["finds"]
        return [finds] if isinstance(finds, str) else list(finds)

    @property
    def is_proof(self) -> bool:
        """Whether it takes a solver to find the defect; lints are not asked then, and proofs not otherwise."""
        return self.codes[0] in proof_codes()

    def files(self, *, fixed: bool) -> dict[str, str]:
        """Return the texts of the case, or of its twin, by file name."""

        def part(name: str) -> Any:
            return self.data.get(f"fixed_{name}", self.data.get(name)) if fixed else self.data.get(name)

        found = {**(part("files") or {}), **(part("contracts") or {})}
        vocabulary, policy = part("vocabulary"), self.data.get("fixed" if fixed else "policy")
        if vocabulary is not None:
            found["house.tw"] = f"vocabulary house\n{vocabulary}"
        if policy is not None:
            found["baseline.tw"] = (part("header") or self.header) + policy
        return found


def planted() -> Iterator[Planted]:
    for path in FILES:
        content = yaml.safe_load(path.read_text("utf-8"))
        for case in content["cases"]:
            yield Planted(path.stem, content.get("header", ""), case)


CASES = list(planted())


def found(case: Planted, folder: Path, *, fixed: bool) -> tuple[list[Finding], Problems]:
    """Write the files of a case into a folder, and look for what is amiss, as `termwise lint` would there."""
    for name, text in case.files(fixed=fixed).items():
        (folder / name).write_text(text, "utf-8")
    problems = Problems()
    sources = [read_text(str(path), problems) for path in sorted(folder.glob("*.tw"))]
    contracts = [str(path) for path in sorted(folder.glob("*.yaml"))]
    read = [read_contract(path, problems) for path in find_contracts(contracts, problems)]
    result = lint(
        [source for source in sources if source is not None],
        [raw for raw in read if raw is not None],
        settings=Settings(select=proof_codes() if case.is_proof else ()),
        as_of=case.data.get("as_of", TODAY),
        find=lookup.finder(problems),
        problems=problems,
        prove=case.is_proof,
    )
    return list(result.findings), problems


def told(findings: list[Finding], problems: Problems) -> str:
    every = [*problems.all, *(each.diagnostic for each in findings)]
    return "\n".join(f"{each.code} {each.primary.span.line}: {each.message}" for each in every)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file}: {case.data['name']}")
def test_a_planted_defect_is_found_and_nothing_else(case: Planted, tmp_path: Path) -> None:
    if case.is_proof and not can_prove():
        pytest.skip("the solver is not installed")
    findings, problems = found(case, tmp_path, fixed=False)
    assert not problems.all, told([], problems)
    assert sorted({each.diagnostic.code for each in findings}) == sorted(case.codes), told(findings, problems)
    (one, *_) = [each for each in findings if each.diagnostic.code == case.codes[0]]
    span = one.diagnostic.primary.span
    assert str(case.data["at"]) in Path(span.path).read_text("utf-8").splitlines()[span.line - 1]
    if "rules" in case.data:
        assert list(one.rules) == case.data["rules"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file}: {case.data['name']}")
def test_nothing_is_said_of_the_twin(case: Planted, tmp_path: Path) -> None:
    if case.is_proof and not can_prove():
        pytest.skip("the solver is not installed")
    findings, problems = found(case, tmp_path, fixed=True)
    assert not findings and not problems.all, told(findings, problems)


def test_every_lint_has_a_planted_defect() -> None:
    """No code of advice is without a case, and no name stands twice in a file."""
    from termwise.lint.registry import LINTS

    planted_codes = {case.codes[0] for case in CASES}
    assert {each.code for each in LINTS} <= planted_codes
    names = [(case.file, case.data["name"]) for case in CASES]
    assert len(names) == len(set(names))
