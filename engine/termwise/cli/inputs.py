"""What a command is given → contracts and policies, with everything that is wrong with them reported."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from termwise import lookup
from termwise.cache import cached_contract
from termwise.cli.problems import Misuse, misuse
from termwise.contracts.files import ENDINGS, LARGEST, find_contracts, read_contract, read_source
from termwise.contracts.nodes import RawContract
from termwise.core.policy import Policy
from termwise.diagnostics import Diagnostic, Problems
from termwise.source import Span, start_of
from termwise.textfile import read_stream

STANDARD_INPUT = "-"
_FEW = 16


def told_apart(contracts: Sequence[str], policies: Sequence[Sequence[str]]) -> tuple[list[str], list[str]]:
    """Return contracts and policies: a contract that stands right after the policies is still a contract."""
    named = [(number, name) for group in policies for number, name in enumerate(group)]
    strays = [name for number, name in named if number and _is_contract(name)]
    found = [*contracts, *strays]
    chosen = [name for number, name in named if not (number and _is_contract(name))]
    if not found:
        raise Misuse(None, lambda span: _missing(span, "a contract, or a folder of contracts,"))
    if not chosen:
        raise Misuse(None, lambda span: _missing(span, "a policy", "add `--policy NAME`"))
    return found, list(dict.fromkeys(chosen))


def read_policies(names: Sequence[str], problems: Problems) -> list[Policy]:
    """Return policies by name or path, without their tests; none where one of them cannot be used."""
    found = [lookup.load_policy(name, problems, with_tests=False) for name in names]
    for name, policy in zip(names, found, strict=False):
        if policy is not None and not policy.rules and not problems.has_errors:
            from termwise.check.problems import no_rules

            problems.add(no_rules(start_of(name), policy.name))
    return [] if problems.has_errors else [each for each in found if each is not None]


def read_contracts(paths: Sequence[str], problems: Problems) -> list[RawContract]:
    """Return the contracts of files and folders, in order; standard input (`-`) comes last."""
    files = find_contracts([path for path in paths if path != STANDARD_INPUT], problems)
    # Loading a YAML parser takes longer than one contract is worth, so a few that are named are kept between runs.
    read = cached_contract if set(files) <= set(paths) and len(files) <= _FEW else read_contract
    found = [read(path, problems) for path in files]
    if STANDARD_INPUT in paths:
        source = read_stream("<stdin>", sys.stdin.buffer, problems, LARGEST)
        found.append(None if source is None else read_source(source, "", problems))
    return [each for each in found if each is not None]


def _is_contract(name: str) -> bool:
    """Whether a word cannot be meant as a policy: no policy ends like a contract, or is a folder."""
    from os.path import isdir

    return name == STANDARD_INPUT or name.lower().endswith(ENDINGS) or isdir(name)


def _missing(span: Span, what: str, hint: str = "see `--help`") -> Diagnostic:
    return misuse(span, f"{what} is missing", hint)
