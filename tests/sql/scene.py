"""A small policy that shows everything, and a table of contracts that does so too."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa

from harness import compiled, name_of
from termwise.core.policy import Policy

AS_OF = date(2026, 11, 24)

VOCABULARY = """\
vocabulary shop "Shop"

annual fees commercial.annual_fees

enum   trigger   { request, termination }
enum   class     { personal, health }
enum   region    { us, eu, other }
scale  use       { prohibited < opt_out < permitted }
record processor { name: text, regions: set of region, notice: duration }

term commercial.annual_fees: money
term training.use[class]: use
  prefer  lower
term deletion.deadline[trigger]: duration
  prefer  lower
term deletion.certified: boolean
  presume no
term uptime: percent
term liability.cap: money
term processors: list of processor
term residency: set of region
term audit.standard: text

context data.classes: set of class
"""

POLICY = r"""
policy everything "Everything that SQL has to say"
version    2026.1
uses       shop
assurance  agreed

define local = residency within {us, eu}

rule no_training for each kind in class: dealbreaker
  prefer    training.use[kind] = prohibited
  require   training.use[kind] <= opt_out

rule deletion for each when_ in trigger: major
  require   deletion.deadline[when_] <= 30 days
  fallback  deletion.deadline[when_] <= 1 quarter and deletion.certified
            approved by "Privacy"

rule certified
  require   deletion.certified

rule service: minor
  require   uptime >= 99.5%

rule liability
  require   liability.cap >= 24 months of fees or liability.cap >= USD 1,000,000

rule known_processors
  when      not local
  unless    processors is silent
  require   every p in processors satisfies (p.notice >= 30 days and p.regions excludes {other})

rule health: dealbreaker
  when      data.classes includes health
  require   local and rule certified passes

rule standard: advice
  in force from 2026-01-01
  require   audit.standard includes "ISO\\27001" or audit.standard = "it's ${signed}"

rule later
  in force from 2027-01-01
  require   deletion.certified

waive service for contract "c-1" while uptime >= 95% until 2026-12-31
  approved by "Operations"
  because   "The old machines go in January."
"""


def policy() -> Policy:
    """Compile the policy."""
    made, problems = compiled(POLICY, ((name_of(VOCABULARY)[1], VOCABULARY),))
    assert isinstance(made, Policy) and not problems.all, [each.message for each in problems.all]
    return made


def table() -> Any:
    """Return contracts with every kind of column, of which each row is one case of something."""
    return pa.table(COLUMNS)


def _texts(*cells: str | None) -> Any:
    return pa.array(cells, pa.string())


COLUMNS: dict[str, Any] = {
    "contract": _texts("c-1", "c-2", "c-3", "c-4", "c-5", "c-6"),
    "vendor": _texts("V", "V", "W", None, "W", "V"),
    "assurance": _texts("signed", "claimed", "agreed", None, "signed", "signed"),
    "effective": pa.array([None, date(2026, 11, 24), None, date(2026, 11, 25), None, None], pa.date32()),
    "expires": pa.array([None, None, date(2026, 11, 24), None, date(2026, 11, 23), None], pa.date32()),
    "training.use": _texts("prohibited", "permitted", None, "opt_out", "prohibited", '{"vague": "rarely"}'),
    "training.use[health]": _texts("opt_out", None, '{"at_most": "opt_out"}', None, None, "prohibited"),
    "deletion.deadline[request] in days": pa.array([30, 31, 91, None, 7, None], pa.int32()),
    "deletion.deadline[request]": _texts(None, None, None, "1 month", None, "30 business days"),
    "deletion.deadline[request] assurance": _texts("agreed", "signed", None, "signed", None, "documented"),
    "deletion.deadline[termination] in hours": pa.array(
        [Decimal("720.00"), Decimal("720.01"), None, Decimal("1.50"), None, Decimal("0.00")], pa.decimal128(9, 2)
    ),
    "deletion.certified": pa.array([True, False, None, True, None, None], pa.bool_()),
    "uptime in %": pa.array([98, 99, 100, None, 95, 94], pa.int8()),
    "liability.cap in USD": pa.array([999_999, None, 1_000_000, None, 5, None], pa.int64()),
    "liability.cap": _texts(None, "24 months of fees", None, '{"disputed": ["USD 1", "USD 2"]}', None, "EUR 5"),
    "commercial.annual_fees": _texts("USD 400,000", None, "USD 1", None, None, "USD 2,000,000"),
    "processors": _texts(
        '[{"name": "A", "regions": ["us"], "notice": "30 days"}]',
        '[{"name": "B", "regions": ["other"], "notice": "1 month"}]',
        "[]",
        None,
        '{"see": "Annex"}',
        '[{"name": "O\'Hara \\"C\\"", "regions": [], "notice": {"vague": "in \\\\time"}}]',
    ),
    "residency": _texts('["us"]', '["us", "eu"]', '["other"]', None, '{"at_least": ["us"]}', "none"),
    "audit.standard": _texts("ISO\\27001", "iso\\27001:2022", "it's ${signed}", "It's ${signed}", None, "ISO 27001"),
    "data.classes": _texts('["health"]', '["personal"]', '["health"]', '["health", "personal"]', None, '["health"]'),
}
"""The columns by name. Backslashes, quotation marks and dollars are where an engine could take them for its own."""
