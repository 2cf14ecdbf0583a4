"""A policy on which every outcome is reached, and files in which nothing is easy to write down, for the formats."""

from __future__ import annotations

from pathlib import Path

DAY = ("--as-of", "2026-11-24")

POLICY = """\
policy own "Our own: <b>data</b> & {more}"
version    3
uses       ai_procurement

rule deletion_deadline for each trigger in deletion_trigger: dealbreaker
  require   deletion.deadline[trigger] <= 30 days
  fallback  deletion.deadline[trigger] <= 90 days and security_retention.carved_out
            approved by "Chief Privacy Officer"
  because   "Copies that outlive the contract are copies nobody is accountable for."
  cite      "DPA | section 2"
  clause    data_deletion

rule breach_notice: major
  require   breach.notice <= 72 hours

rule regions: major
  require   residency.regions within {eu}

rule keys: minor
  require   encryption.customer_keys

rule health: major
  when      data.classes includes phi
  require   regulatory.regimes includes hipaa

rule audits: minor
  prefer    audit.rate >= 4 per year
  require   audit.rate >= 1 per year

rule output_owner: advice
  require   output.owner = customer

clause data_deletion "Deletion | proof"
  grants    deletion.deadline = 30 days
  text      \"\"\"Delete within {deletion.deadline}.\"\"\"

waive keys for contract "acme-2026" until 2027-03-31 approved by "CISO" because "Keys [arrive](x) in {March}."
"""

CONTRACT = """\
contract: acme-2026
vendor: Acme
context:
  data.classes: [personal]
documents:
  - id: dpa
    title: Data processing agreement
    assurance: signed
    terms:
      deletion.deadline:
        request: {value: 120 days, at: "4.2", quote: "within 120 days ](http://x) ::error::<script>, 100%"}
        termination: 60 days
      security_retention.carved_out: yes
      breach.notice: {vague: "promptly | @acme/lawyers"}
      encryption.customer_keys: no
      audit.rate: quarterly
      output.owner: vendor
  - id: site
    title: Trust centre
    terms:
      deletion.deadline: {request: {value: 20 days, at: FAQ, quote: "we delete within 20 days"}}
      residency.regions: [eu]
"""

OUTCOMES = {
    "deletion_deadline[request]": "breached",
    "deletion_deadline[termination]": "conceded",
    "breach_notice": "undecided",
    "regions": "unsecured",
    "keys": "waived",
    "health": "not applicable",
    "audits": "preferred",
    "output_owner": "breached",
}

BROKEN = 'terms:\n  breach.notcie: 48 hours\n  audit.notice: {vague: "x"}\n'

TESTED = """\
policy tested "Tested"
uses ai_procurement

rule breach_notice: major
  require   breach.notice <= 72 hours

test "two days, {well} inside"
  given  breach.notice = 2 days
  expect breach_notice met

test "three days are not <enough>"
  given  breach.notice = 3 days
  expect breach_notice breached
"""

LOOSE = """\
policy loose "Loosely {tested}"
uses       ai_procurement

rule breach_notice
  require   breach.notice <= 72 hours
  fallback  breach.notice <= 96 hours and encryption.customer_keys
            approved by "CISO | <b>"
  because   "We cannot report what we have not been told."

rule output_owner
  require   output.owner = customer

test "two days"  given breach.notice = 48 hours  expect breach_notice met
"""

LINTED = """\
policy linted "Linted"
version 1
owner   "Us"
uses    ai_procurement

define unused = breach.notice <= 24 hours

# lint: ignore TW707 because "counsel has it in writing" until 2027-01-01
rule breach_notice: major
  require   breach.notice <= 72 hours

rule audits: major
  require   audit.notice <= 60 days

test "three days"
  given  breach.notice = 3 days, audit.notice = 60 days
  expect breach_notice met, audits met
"""

CHECK = ("check", "contracts/acme.yaml", "--policy", "own.tw", *DAY)
CHECK_BROKEN = ("check", "contracts", "--policy", "own.tw", *DAY)
TEST = ("test", "tested.tw")
THOROUGH = ("test", "loose.tw", "--coverage", "--mutate", "--fail-under", "90")
LINT = ("lint", "linted.tw", *DAY)
RUNS = {"check": CHECK, "check with errors": CHECK_BROKEN, "test": TEST, "thorough test": THOROUGH, "lint": LINT}
"""A command line of each verb, and the code it ends with."""

CODES = {"check": 1, "check with errors": 2, "test": 1, "thorough test": 1, "lint": 1}


def write_scene(folder: Path) -> None:
    """Write the files of the scene."""
    (folder / "contracts").mkdir()
    for name, text in (
        ("own.tw", POLICY),
        ("contracts/acme.yaml", CONTRACT),
        ("contracts/broken.yaml", BROKEN),
        ("tested.tw", TESTED),
        ("loose.tw", LOOSE),
        ("linted.tw", LINTED),
    ):
        (folder / name).write_text(text, "utf-8")
