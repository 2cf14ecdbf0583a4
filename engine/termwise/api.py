"""The functions of `import termwise`: whatever the command does, as values and functions.

Input that cannot be used raises `PolicyError`, which has every diagnostic; nothing else is raised for a user's mistake.
The date of today is read here where none is given, and nowhere below.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, TypeAlias

from termwise import __version__, lookup
from termwise.asked import Day, Missing, OnError, Path, Severity, day_of, weight_of
from termwise.contracts import mapping
from termwise.contracts.files import find_contracts, read_contract
from termwise.contracts.nodes import Fields, Leaf, RawContract
from termwise.core import policy as core
from termwise.core.vocabulary import Vocabulary
from termwise.diagnostics import PolicyError, Problems
from termwise.evaluate.judgement import Judgement
from termwise.run import bound, judge_all

if TYPE_CHECKING:
    from pydantic import BaseModel

    from termwise.compiled.outcomes import RuleOutcomes
    from termwise.compiled.program import Program, Worlds
    from termwise.contracts import facts
    from termwise.graph.nodes import RuleGraph
    from termwise.graph.queries import Impact
    from termwise.report.models import CheckReport, ContractReport
    from termwise.report.portfolio_models import PortfolioReport
    from termwise.report.proof import Proof
    from termwise.selftest import TestResult
    from termwise.tables import TableOutcomes


class Contract:
    """A contract that has been read. What its words mean, the vocabulary of a policy decides."""

    def __init__(self, raw: RawContract, problems: Problems) -> None:
        """Keep what was read, and the sources it was read from."""
        self._raw = raw
        self._problems = problems
        self._worlds: dict[tuple[int, date], tuple[Program, Worlds, str]] = {}

    @property
    def path(self) -> str:
        """The file it was read from."""
        return self._raw.path

    @property
    def id(self) -> str:
        """The id it gives itself, or else the name of its file."""
        return self._text("contract") or PurePath(self._raw.path).stem

    @property
    def vendor(self) -> str | None:
        """The vendor, if it says so."""
        return self._text("vendor")

    def __repr__(self) -> str:
        return f"<termwise.Contract {self.id} of {self.path}>"

    def _text(self, key: str) -> str | None:
        entries = self._raw.root.entries if isinstance(self._raw.root, Fields) else ()
        return next((node.text for name, node in entries if name.text == key and isinstance(node, Leaf)), None)


_MAPPINGS = (dict, Mapping)
"""In this order, because whether something is a mapping of another kind takes a while to find out."""

_REMEMBERED = 8
"""For how many policies and days a loaded contract remembers what stands in it."""

ContractLike: TypeAlias = "Contract | Path | Mapping[str, Any] | BaseModel"
"""What can be judged: a contract that was read, the path of one, a mapping, or a model that a vocabulary yielded."""


class Policy:
    """A policy, ready to judge contracts."""

    def __init__(self, policy: core.Policy) -> None:
        """Keep the compiled policy."""
        self._policy = policy

    @cached_property
    def _program(self) -> Program:
        """The policy as Python code, made when the first contract is judged."""
        from termwise.compiled.program import Program

        return Program(self._policy)

    @property
    def name(self) -> str:
        """The name in its header."""
        return self._policy.name

    @property
    def title(self) -> str:
        """The title in its header."""
        return self._policy.title

    @property
    def version(self) -> str | None:
        """The version in its header."""
        return self._policy.version

    @property
    def rules(self) -> tuple[core.Rule, ...]:
        """Every rule, once a key, inherited ones first."""
        return self._policy.rules

    @property
    def vocabulary(self) -> Vocabulary:
        """The terms it speaks of."""
        return self._policy.vocabulary

    def evaluate(self, contract: ContractLike, *, as_of: Day = None, fail_on: Severity = "minor") -> ContractReport:
        """Judge a contract."""
        return next(self.evaluate_many([contract], as_of=as_of, fail_on=fail_on))

    def evaluate_many(
        self, contracts: Iterable[ContractLike] | Path, *, as_of: Day = None, fail_on: Severity = "minor"
    ) -> Iterator[ContractReport]:
        """Judge contracts, or those of a folder, one after the other; each is read when its turn comes."""
        day = day_of(as_of)
        for each in _found(contracts) if isinstance(contracts, str | os.PathLike) else contracts:
            problems = Problems()
            found = judge_all(_read(each, problems), [self._policy], day, problems, self._judge)
            judgements = _sound(list(found), problems)
            yield _report(judgements, day, fail_on, problems).contracts[0]

    def _judge(self, _: core.Policy, contract: facts.Contract, day: date) -> Judgement:
        return self._program.judge(contract, day)

    def outcomes(self, contract: ContractLike, *, as_of: Day = None) -> RuleOutcomes:
        """Return what comes of every rule, by name, and no reasons: for programs that ask often.

        A mapping of plain values by instance name takes some microseconds. So does a contract that was loaded, once it
        has been judged on a day: which document speaks is found out the first time.
        """
        day = as_of if type(as_of) is date else day_of(as_of)
        program, landed = self._program, None
        if not isinstance(contract, Contract) and isinstance(contract, _MAPPINGS):
            landed = program.of_values(contract, day)
        if landed is None:
            program, worlds, name = self._settled(contract, day)
            landed = program.of_worlds(worlds, day, name)
        return program.outcomes(landed)

    def _settled(self, contract: ContractLike, day: date) -> tuple[Program, Worlds, str]:
        """Return what stands in a contract on a day; a loaded one remembers it."""
        known = contract._worlds if isinstance(contract, Contract) else {}
        key = (id(self._program), day)
        if key not in known:
            problems = Problems()
            read = [each for raw in _read(contract, problems) for each in bound(raw, [self._policy], problems) or ()]
            if problems.has_errors or not read:
                raise PolicyError(problems)
            if len(known) >= _REMEMBERED:
                known.clear()
            known[key] = (self._program, self._program.of_contract(read[0], day), read[0].id)
        return known[key]

    def evaluate_table(
        self,
        table: Any,  # noqa: ANN401 - of pyarrow, which only this needs
        *,
        as_of: Day = None,
        fail_on: Severity = "minor",
        on_error: OnError = "stop",
        missing: Missing = "error",
        ignore: Iterable[str] = (),
        worst: int = 10,
    ) -> TableOutcomes:
        """Judge the rows of a table of Arrow (or whatever hands one over as Arrow does), one contract a row.

        Columns are terms, by instance name, with a unit where they are numbers (`deletion.deadline[request] in days`).
        A row that cannot be judged raises `PolicyError`, or with `on_error="skip"` is counted and listed. A term
        without a column is an error, or with `missing="silent"` nothing that any row speaks of.
        """
        _need_columns()
        from termwise.tables import How, evaluate_table

        how = How(day_of(as_of), weight_of(fail_on), on_error == "skip", missing == "silent", frozenset(ignore), worst)
        return evaluate_table(self._program, table, how, __version__)

    def evaluate_portfolio(
        self,
        paths: Path | Iterable[Path],
        *,
        as_of: Day = None,
        fail_on: Severity = "minor",
        on_error: OnError = "stop",
        missing: Missing = "error",
        ignore: Iterable[str] = (),
        worst: int = 10,
        rows: Path | None = None,
    ) -> PortfolioReport:
        """Judge the contracts of files and folders, as `termwise portfolio` does, in memory that does not grow.

        With `rows`, what came of every row is written to that file (.parquet, .arrow, .csv or .jsonl), whole or not at
        all.
        """
        _need_columns()
        from termwise.tables import How, evaluate_paths

        how = How(day_of(as_of), weight_of(fail_on), on_error == "skip", missing == "silent", frozenset(ignore), worst)
        named = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
        file = None if rows is None else os.fspath(rows)
        return evaluate_paths(self._program, [os.fspath(each) for each in named], how, file, __version__)

    def explain(self, contract: ContractLike, rule: str, *, as_of: Day = None) -> tuple[Proof, ...]:
        """Prove what came of a rule in a contract: at one key, or at every key where none is named."""
        from termwise.report.explain import proof

        if not any(rule in (each.name, each.base) for each in self.rules):
            raise KeyError(f"no rule is called `{rule}`")
        problems = Problems()
        judged = judge_all(_read(contract, problems), [self._policy], day_of(as_of), problems, self._judge)
        return tuple(
            proof(result, judgement)
            for judgement in _sound(list(judged), problems)
            for result in judgement.results
            if rule in (result.rule.name, result.rule.base)
        )

    def test(self) -> tuple[TestResult, ...]:
        """Run the tests it carries."""
        from termwise.selftest import run_tests

        return run_tests(self._policy)

    def graph(self) -> RuleGraph:
        """Return its rules as one graph, for `termwise.graph.queries` and the pictures of `termwise.report`."""
        from termwise.graph.build import build

        return build(self._policy)

    def code(self) -> str:
        """Return the Python that judges by it, as `termwise graph --code` prints it."""
        return self._program.source

    def impact(self, term: str) -> Impact:
        """Return what a term touches: conditions, rules and clauses, as `termwise graph --impact` says."""
        from termwise.graph.queries import impact

        if term not in (*self.vocabulary.terms, *(name for name, _ in self.vocabulary.instances())):
            raise KeyError(f"no term is called `{term}`")
        return impact(self.graph(), term)

    def __repr__(self) -> str:
        return f"<termwise.Policy {self.name}: {len(self.rules)} rules>"


def load_policy(name: Path) -> Policy:
    """Return a shipped policy by name, or the policy of a .tw file."""
    problems = Problems()
    policy = lookup.load_policy(os.fspath(name), problems)
    if policy is None or problems.has_errors:
        raise PolicyError(problems)
    return Policy(policy)


def load_vocabulary(name: Path) -> Vocabulary:
    """Return a shipped vocabulary by name, that of a .tw file, or the one that a policy uses."""
    problems = Problems()
    vocabulary = lookup.load_vocabulary(os.fspath(name), problems)
    if vocabulary is None or problems.has_errors:
        raise PolicyError(problems)
    return vocabulary


def load_contract(path: Path) -> Contract:
    """Read a contract file."""
    problems = Problems()
    raw = read_contract(os.fspath(path), problems)
    if raw is None or problems.has_errors:
        raise PolicyError(problems)
    return Contract(raw, problems)


def check_contracts(
    contracts: Iterable[Path], policies: Iterable[Policy], *, as_of: Day = None, fail_on: Severity = "minor"
) -> CheckReport:
    """Judge the contracts of files and folders by policies, as `termwise check` does.

    Contracts that cannot be used do not raise: they are in `errors`, and those that can be used are judged.
    """
    problems, day = Problems(), day_of(as_of)
    files = find_contracts([os.fspath(each) for each in contracts], problems)
    read = (raw for file in files if (raw := read_contract(file, problems)) is not None)
    judgements = list(judge_all(read, [each._policy for each in policies], day, problems))
    return _report(judgements, day, fail_on, problems)


def _need_columns() -> None:
    """Refuse to go on without what columns are made of, and name what brings it."""
    from importlib.util import find_spec

    missing = [name for name in ("numpy", "pyarrow") if find_spec(name) is None]
    if missing:
        raise ModuleNotFoundError(
            f"tables need {' and '.join(missing)}: install `termwise[portfolio]`", name=missing[0]
        )


def _found(folder: Path) -> list[str]:
    problems = Problems()
    found = find_contracts([os.fspath(folder)], problems)
    if problems.has_errors:
        raise PolicyError(problems)
    return found


def _read(contract: ContractLike, problems: Problems) -> Iterator[RawContract]:
    if isinstance(contract, Contract):
        problems.sources.update(contract._problems.sources)
        yield contract._raw
        return
    if isinstance(contract, str | os.PathLike):
        raw = read_contract(os.fspath(contract), problems)
    else:
        raw = mapping.raw(contract, problems)
    if raw is not None:
        yield raw


def _sound(judgements: list[Judgement], problems: Problems) -> list[Judgement]:
    """Return judgements, unless something that was to be judged could not be."""
    if problems.has_errors:
        raise PolicyError(problems)
    return judgements


def _report(judgements: list[Judgement], as_of: date, fail_on: Severity, problems: Problems) -> CheckReport:
    from termwise.report.json import check_report
    from termwise.report.models import models_of

    weight = weight_of(fail_on)
    return models_of(check_report(judgements, as_of=as_of, fail_on=weight, version=__version__, errors=problems.errors))
