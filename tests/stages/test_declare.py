"""A vocabulary written as text declares the same vocabulary."""

from __future__ import annotations

import pytest

from termwise import library
from termwise.compiler import compile_vocabulary
from termwise.core.vocabulary import Vocabulary
from termwise.declare import write_vocabulary
from termwise.diagnostics import Problems
from termwise.source import Source

PRESUMING = """\
vocabulary presuming "What \\"silence\\" means"
version 7
enum region { us, "us-east-1", "require" }
scale level { none < low < high }
record supplier { name: text, notice: duration }
term on: boolean
  presume yes
term notice: duration
  ask "How soon?"
  prefer lower
  presume 1 month
term audits: rate
  prefer higher
  presume quarterly
term fees: money
  presume USD 1,000
term damages: fees
  presume 12 months of fees
term share: percent
  presume 5%
term seats: integer
  presume 1,000
term score: number
  presume 0.5
term ends: date
  presume 2026-11-24
term standard: text
  presume "a \\"b\\""
term level.of[region]: level
  presume low
term regions: set of region
  presume {us, "us-east-1", "require"}
term suppliers: list of supplier
  presume [{name: "A", notice: 3 days}]
context hosted: boolean
annual fees fees
"""


def read(text: str) -> Vocabulary:
    problems = Problems()
    vocabulary = compile_vocabulary(Source("v.tw", text), problems)
    assert vocabulary is not None and not problems.all, problems.all
    return vocabulary


def shipped() -> Vocabulary:
    source = library.find("ai_procurement")
    assert source is not None
    return read(source.text)


@pytest.mark.parametrize("vocabulary", [read(PRESUMING), shipped()], ids=lambda each: each.name)
def test_what_is_written_reads_back_as_the_same(vocabulary: Vocabulary) -> None:
    assert read(write_vocabulary(vocabulary)) == vocabulary
