"""Pages that are tests: prose, with policies, contracts and outcomes in fenced blocks. `language/README.md` says how.

A page is read block by block, as a reader would: a policy is compiled against the texts before it, a contract is bound
to the policy before it, and outcomes are those of the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from harness import ENTRY, TODAY, Evaluator, bound, compiled, differences, failing_tests, name_of
from termwise.contracts.facts import Contract
from termwise.contracts.files import read_contract
from termwise.core.policy import Policy
from termwise.core.vocabulary import Vocabulary
from termwise.diagnostics import Problems

_BLOCK = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^## +(.+)$", re.MULTILINE)
_MARK = re.compile(r"# (?:error|warning|note): (TW\d{3}(?:, TW\d{3})*)")
_FAILS = re.compile(r"# fails: (\w+)")


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a page: its blocks, after those that stand before the first section."""

    name: str
    blocks: tuple[tuple[str, str, str], ...]


@dataclass(slots=True)
class _Reading:
    """How far a section has been read: the texts so far, what the last one made, and the contract bound last."""

    judge: Evaluator
    folder: Path
    files: dict[str, str] = field(default_factory=dict)
    made: Policy | Vocabulary | None = None
    contract: Contract | None = None

    def block(self, kind: str, info: str, text: str) -> Iterator[str]:
        """Yield what is not as one block says."""
        match kind:
            case "tw":
                return self._text(text)
            case "yaml" | "json" | "toml":
                return self._contract(self.folder / f"contract.{kind}", text)
            case "outcomes":
                return self._outcomes(info.removeprefix("as of").strip() or TODAY, text)
            case _:
                return iter([f"a block of {kind} means nothing on these pages"])

    def _text(self, text: str) -> Iterator[str]:
        self.made, problems = compiled(text, tuple(self.files.items()))
        self.files[name_of(text)[1]] = text
        yield from _misses(text, problems, ENTRY)
        if isinstance(self.made, Policy) and not problems.has_errors:
            wanted, found = set(_marks(text, _FAILS)), failing_tests(self.made)
            yield from (f"line {number}: the test should find {outcome}" for number, outcome in wanted - found)
            yield from (f"line {number}: the test finds {outcome}" for number, outcome in found - wanted)

    def _contract(self, path: Path, text: str) -> Iterator[str]:
        path.write_text(text, "utf-8")
        problems = Problems()
        self.contract = bound(read_contract(str(path), problems), self.made, problems)
        yield from _misses(text, problems, str(path))

    def _outcomes(self, day: str, text: str) -> Iterator[str]:
        if not isinstance(self.made, Policy) or self.contract is None:
            yield "outcomes stand where there is no policy that compiles, or no contract that binds"
            return
        yield from differences(self.made, self.contract, day, yaml.load(text, yaml.BaseLoader), self.judge)


def sections(path: Path) -> list[Section]:
    """Read a page."""
    before, *parts = _HEADING.split(path.read_text("utf-8"))
    shared = _blocks(before)
    return [Section(name, (*shared, *_blocks(text))) for name, text in zip(parts[::2], parts[1::2], strict=True)]


def misses(section: Section, judge: Evaluator, folder: Path) -> list[str]:
    """Return everything that is not as a section says, on one evaluator."""
    if not section.blocks:
        return ["the section has no block, so nothing of it is tested"]
    reading = _Reading(judge, folder)
    return [miss for block in section.blocks for miss in reading.block(*block)]


def _blocks(text: str) -> tuple[tuple[str, str, str], ...]:
    return tuple((kind, info.strip(), body) for kind, info, body in _BLOCK.findall(text))


def _marks(text: str, mark: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        for found in mark.findall(line):
            yield from ((number, each) for each in found.split(", "))


def _misses(text: str, problems: Problems, path: str) -> Iterator[str]:
    """Yield the marks without a diagnostic, and the diagnostics without a mark."""
    wanted = {(path, *mark) for mark in _marks(text, _MARK)}
    found = {(each.primary.span.path, each.primary.span.line, each.code): each.message for each in problems.all}
    yield from (f"line {number}: {code} is missing" for _, number, code in sorted(wanted - set(found)))
    yield from (f"{at[0]}, line {at[1]}: {at[2]} {found[at]}" for at in sorted(set(found) - wanted))
