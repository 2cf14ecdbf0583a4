"""A plain command line comes to the same whether `argparse` reads it or not."""

from __future__ import annotations

import random
from importlib import import_module

import pytest

from termwise.cli import usage
from termwise.cli.app import VERBS
from termwise.cli.arguments import Parser, _plainly
from termwise.cli.problems import Misuse

WORDS = (
    "a.yaml", "b", "-", "-", "--", "", "a b", "-p", "--policy", "--policy=p", "--policy=", "-p=x",
    "--as-of", "2026-11-24", "--as-of=2026-11-24", "--as-of=never", "--fail-on", "major", "--fail-on=minor",
    "--format", "json", "--format=sarif", "-o", "x", "-ox", "--output", "--output=junit=y", "json=z",
    "--baseline", "--write-baseline", "--quiet", "-1", "--pol", "--fix", "--fix=1", "--check", "--diff",
    "--contracts", "--no-proofs", "--coverage",
)  # fmt: skip


def parser_of(verb: str) -> Parser:
    made: Parser = import_module(f"termwise.cli.{verb}").parser(VERBS[verb])
    return made


def by_argparse(parser: Parser, words: list[str]) -> object:
    try:
        return vars(usage.read(parser, words))
    except Misuse as misuse:
        return misuse.word


@pytest.mark.parametrize("verb", ["check", "lint", "fmt", "test", "explain"])
def test_what_is_read_plainly_is_what_argparse_reads(verb: str) -> None:
    parser, chance, plain = parser_of(verb), random.Random(verb), 0
    for _ in range(1500):
        words = [chance.choice(WORDS) for _ in range(chance.randrange(7))]
        try:
            found = _plainly(parser.declared, words)
        except Misuse as misuse:
            assert by_argparse(parser, words) == misuse.word, words
            continue
        if found is not None:
            plain += 1
            assert by_argparse(parser, words) == vars(found), words
    assert plain > 100


def test_lists_are_not_shared_between_readings() -> None:
    parser = parser_of("check")
    first = parser.read(["a", "--policy", "p"])
    second = parser.read(["b", "--policy", "q"])
    assert (first.policy, second.policy) == ([["p"]], [["q"]])
