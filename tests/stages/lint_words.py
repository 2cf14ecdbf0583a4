"""What the tests of lint share: a policy with which nothing is amiss, and what lint says of a text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from termwise import library
from termwise.contracts.files import read_source
from termwise.diagnostics import Problems
from termwise.lint.run import Linted, lint
from termwise.lint.settings import Settings
from termwise.source import Source

TODAY = date(2026, 11, 24)

SOUND = """\
policy baseline
version 1
owner "Security"
uses ai_procurement

rule breach_notice: major
  require breach.notice <= 72 hours
  because "We cannot warn about what nobody has told us."

test "72 hours"
  given breach.notice = 72 hours
  expect breach_notice met

test "73 hours"
  given breach.notice = 73 hours
  expect breach_notice breached
"""


def linted(
    text: str,
    *,
    contracts: Mapping[str, str] | None = None,
    settings: Settings | None = None,
    as_of: date = TODAY,
) -> Linted:
    """Lint a policy, with contracts by the name of their file; it has to compile."""
    problems = Problems()
    raws = []
    for name, content in (contracts or {}).items():
        source = Source(name, content)
        problems.know(source)
        raws.append(read_source(source, name[name.rindex(".") :], problems))
    found = lint(
        [Source("p.tw", text)],
        [raw for raw in raws if raw is not None],
        settings=settings or Settings(),
        as_of=as_of,
        find=lambda name, _asker: library.find(name),
        problems=problems,
    )
    assert not problems.all, problems.all
    return found


def said(found: Linted) -> list[tuple[str, int]]:
    """Return the code and the line of every finding."""
    return [(each.diagnostic.code, each.diagnostic.primary.span.line) for each in found.findings]


def let_pass(found: Linted) -> list[str]:
    """Return the codes of what was suppressed."""
    return [each.finding.diagnostic.code for each in found.suppressed]
