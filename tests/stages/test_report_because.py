"""The sentence that says why a rule came out as it did: what is there, what is needed, and which rung would take it."""

from __future__ import annotations

from datetime import date

import pytest
from report_words import judged, result, signed

from termwise.report.explain import because

DEADLINE = """
rule r
  prefer   deletion.deadline[request] <= 7 days
  require  deletion.deadline[request] <= 30 days
  fallback deletion.deadline[request] <= 90 days and carve.out
           approved by "Privacy Officer"
"""


def told(policy: str, contract: str, as_of: date = date(2026, 11, 24)) -> str:
    """Return the outcome of the rule `r` and its sentence."""
    judgement = judged(policy, contract, as_of=as_of)
    found = result(judgement)
    return f"{found.outcome.value}: {because(found, judgement)}"


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (
            "deletion.deadline: 7 days",
            "preferred: as preferred: deletion.deadline[request] is 7 days; the limit is 7 days",
        ),
        ("deletion.deadline: 30 days", "met: deletion.deadline[request] is 30 days; the limit is 30 days"),
        (
            "{deletion.deadline: 60 days, carve.out: yes}",
            "conceded: deletion.deadline[request] is 60 days; the limit is 30 days, 90 with a fallback; "
            'the fallback holds and needs the approval of "Privacy Officer"',
        ),
        (
            "deletion.deadline: 120 days",
            "breached: deletion.deadline[request] is 120 days; the limit is 30 days, 90 with a fallback",
        ),
        (
            "{deletion.deadline: 60 days, carve.out: no}",
            "breached: deletion.deadline[request] is 60 days (the limit is 30 days, 90 with a fallback); "
            "carve.out is no (yes is needed for the fallback)",
        ),
        (
            "deletion.deadline: 60 days",
            "undecided: deletion.deadline[request] is 60 days; the limit is 30 days, 90 with a fallback; "
            "the fallback is open: carve.out is silent",
        ),
        (
            "{deletion.deadline: 1 month, carve.out: yes}",
            "conceded: deletion.deadline[request]: 1 month can be 31 days; the limit is 30 days; "
            'the fallback holds and needs the approval of "Privacy Officer"',
        ),
    ],
)
def test_the_ladder(terms: str, expected: str) -> None:
    assert told(DEADLINE, signed(terms)) == expected


@pytest.mark.parametrize(
    ("condition", "terms", "there", "needed"),
    [
        ("audit.notice < 60 days", "audit.notice: 60 days", "audit.notice is 60 days", "below 60 days is needed"),
        ("60 days >= audit.notice", "audit.notice: 61 days", "audit.notice is 61 days", "the limit is 60 days"),
        ("not audit.notice > 60 days", "audit.notice: 61 days", "audit.notice is 61 days", "the limit is 60 days"),
        ("audit.rate >= 4 per year", "audit.rate: annually", "audit.rate is annually", "at least 4 per year is needed"),
        ("audit.rate > 1 per year", "audit.rate: none", "audit.rate is none", "more than 1 per year is needed"),
        ("audit.lineage", "audit.lineage: no", "audit.lineage is no", "yes is needed"),
        ("not audit.lineage", "audit.lineage: yes", "audit.lineage is yes", "no is needed"),
        ("output.owner = customer", "output.owner: vendor", "output.owner is vendor", "customer is needed"),
        ("output.owner != vendor", "output.owner: vendor", "output.owner is vendor", "vendor is not allowed"),
        ("isolation <= none", "isolation: same", "isolation is same", "at most none is allowed"),
        ("output.owner in {customer}", "output.owner: vendor", "output.owner is vendor", "one of {customer} is needed"),
        ("not output.owner in {vendor}", "output.owner: vendor",
         "output.owner is vendor", "none of {vendor} is allowed"),
        ("residency.regions within {us}", "residency.regions: [us, eu, apac]",
         "residency.regions is {us, eu, apac}", "eu and apac are not in {us}"),
        ("residency.regions within permitted", "residency.regions: [us]",
         "residency.regions is {us}", "us is not in permitted ({eu})"),
        ("covers includes {copies, backups}", "covers: [caches, copies]",
         "covers is {copies, caches}", "it lacks backups"),
        ("residency.regions excludes {apac}", "residency.regions: [us, apac]",
         "residency.regions is {us, apac}", "apac is not allowed"),
        ("not residency.regions includes {us}", "residency.regions: [us]",
         "residency.regions is {us}", "{us} is not allowed in it"),
        ("residency.regions = none", "residency.regions: [us]", "residency.regions is {us}", "none is needed"),
        ('standard includes "800-88"', "standard: NIST SP 800-53",
         'standard is "NIST SP 800-53"', '"800-88" is needed in it'),
        ("end.date <= 2027-01-01", "end.date: 2027-01-02", "end.date is 2027-01-02", "the limit is 2027-01-01"),
        ("liability.cap >= USD 1,000,000", "liability.cap: USD 500000",
         "liability.cap is USD 500,000", "at least USD 1,000,000 is needed"),
        ("liability.cap >= USD 1,000,000", "{liability.cap: 12 months of fees, fees.annual: USD 900000}",
         "liability.cap is 12 months of fees, with fees.annual of USD 900,000", "at least USD 1,000,000 is needed"),
        ("audit.notice is stated", "audit.rate: daily", "audit.notice is silent", "it has to be stated"),
        ("audit.notice is silent", "audit.notice: 1 day", "audit.notice is stated", "silence is asked for"),
        ("audit.notice + breach.notice <= 9 days", "{audit.notice: 8 days, breach.notice: 48 hours}",
         "audit.notice is 8 days and breach.notice is 48 hours", "audit.notice + breach.notice <= 9 days is asked for"),
        ("breach.notice <= 72 hours", 'breach.notice: {value: 4 days, wording: "promptly"}',
         'breach.notice is 4 days ("promptly")', "the limit is 72 hours"),
        ("breach.notice <= 72 hours", "breach.notice: {at_least: 5 days}",
         "breach.notice is at least 5 days", "the limit is 72 hours"),
    ],
)  # fmt: skip
def test_each_comparison_says_what_is_there_and_what_is_needed(
    condition: str, terms: str, there: str, needed: str
) -> None:
    contract = f"context:\n  permitted: [eu]\n{signed(terms)}"
    assert told(f"rule r require {condition}", contract) == f"breached: {there}; {needed}"


def test_a_definition_is_told_by_what_it_stands_for() -> None:
    policy = "define limit = 30 days\ndefine fine = audit.notice <= limit and audit.lineage\nrule r require fine"
    contract = signed("{audit.notice: 31 days, audit.lineage: no}")
    assert told(policy, contract) == (
        "breached: audit.notice is 31 days (the limit is 30 days); audit.lineage is no (yes is needed)"
    )


def test_several_fallbacks_are_told_apart() -> None:
    policy = """
    rule r
      require  audit.notice <= 30 days
      fallback audit.notice <= 45 days
      fallback audit.notice <= 2 months and carve.out
               approved by "Board"
    """
    assert told(policy, signed("audit.notice: 90 days")) == (
        "breached: audit.notice is 90 days; the limit is 30 days, 45 with fallback 1, 2 months with fallback 2"
    )
    assert told(policy, signed("audit.notice: 45 days")).endswith("; fallback 1 holds and needs no approval")
    assert told(policy, signed("{audit.notice: 50 days, carve.out: yes}")).endswith(
        '; fallback 2 holds and needs the approval of "Board"'
    )


def test_a_fallback_on_another_term_says_what_holds_it() -> None:
    policy = 'rule r require isolation >= same fallback carve.out approved by "Board"'
    assert told(policy, signed("{isolation: none, carve.out: yes}")) == (
        "conceded: isolation is none; at least same is needed; the fallback holds (carve.out is yes) "
        'and needs the approval of "Board"'
    )


def test_a_guard_that_takes_the_rule_away_is_quoted() -> None:
    policy = "rule r when data.personal unless hosted require carve.out"
    assert told(policy, "context: {data.personal: no}\nterms: {}") == (
        "not_applicable: does not apply: data.personal is no (when data.personal)"
    )
    assert told(policy, "context: {data.personal: yes, hosted: yes}\nterms: {}") == (
        "not_applicable: does not apply: hosted is yes (unless hosted)"
    )


def test_a_guard_that_is_open_stops_a_breach_and_is_named() -> None:
    policy = "rule r when data.personal require carve.out"
    assert told(policy, signed("carve.out: no")) == (
        "undecided: breached if it applies: carve.out is no; yes is needed; "
        "whether it does is open: data.personal is silent"
    )


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2026, 1, 1), "not_applicable: in force from 2026-02-01, and judged as of 2026-01-01"),
        (date(2026, 2, 1), "met: carve.out is yes"),
        (date(2027, 1, 1), "not_applicable: in force until 2026-12-31, and judged as of 2027-01-01"),
    ],
)
def test_a_rule_that_is_not_in_force_says_since_when_or_until_when(as_of: date, expected: str) -> None:
    policy = "rule r in force from 2026-02-01 until 2026-12-31 require carve.out"
    assert told(policy, signed("carve.out: yes"), as_of) == expected


TWO_DOCUMENTS = """
contract: acme
documents:
  - {id: dpa, assurance: agreed, terms: {carve.out: yes}}
  - {id: site, assurance: documented, terms: {audit.lineage: yes, isolation: same}}
"""


def test_what_lacks_assurance_names_every_document_and_what_it_is_worth() -> None:
    assert told("rule r require isolation = same", TWO_DOCUMENTS) == (
        "unsecured: would be met: isolation is same, but only as site says it (documented); signed is needed"
    )
    assert told("rule r prefer carve.out require audit.lineage and isolation = same", TWO_DOCUMENTS) == (
        "unsecured: would be preferred: carve.out is yes, but only as dpa says it (agreed); "
        "audit.lineage is yes and isolation is same, but only as site says it (documented); signed is needed"
    )


def test_an_unsecured_fallback_still_needs_its_approval() -> None:
    policy = 'rule r require audit.notice <= 1 day fallback carve.out approved by "Board"'
    assert told(policy, TWO_DOCUMENTS) == (
        'unsecured: would be conceded with the approval of "Board": '
        "carve.out is yes, but only as dpa says it (agreed); signed is needed"
    )


def test_a_guard_that_lacks_assurance_would_take_the_rule_away() -> None:
    assert told("rule r unless carve.out require audit.rate >= daily", TWO_DOCUMENTS) == (
        "unsecured: would be not applicable: carve.out is yes, but only as dpa says it (agreed); signed is needed"
    )


def test_a_conceded_rule_may_have_what_is_required_without_assurance() -> None:
    contract = """
    documents:
      - {id: dpa, assurance: signed, terms: {carve.out: yes}}
      - {id: site, assurance: documented, terms: {isolation: same}}
    """
    assert told("rule r require isolation = same fallback carve.out", contract) == (
        "conceded: what is required holds, but only as site says it (documented); "
        "the fallback holds (carve.out is yes) and needs no approval"
    )


def test_a_presumption_is_told_as_one() -> None:
    assert told("rule r require training.use[prompts] = prohibited", signed("audit.rate: daily")) == (
        "breached: training.use[prompts] is silent, which is presumed to mean permitted; prohibited is needed"
    )


WAIVER = """
waive r for contract "acme" until 2026-12-31 approved by "Ann\\nLee" because "Pilot of six weeks."
"""


def test_a_waiver_says_until_when_by_whom_and_what_it_covers() -> None:
    policy = f"rule r require isolation = same{WAIVER}"
    assert told(policy, signed("isolation: none")) == (
        'waived: waived until 2026-12-31 with the approval of "Ann Lee", because "Pilot of six weeks."; '
        "it would be breached: isolation is none; same is needed"
    )
    assert told(policy, signed("carve.out: yes")).endswith("; it would be undecided: isolation is silent")
    assert told(policy, TWO_DOCUMENTS).endswith(
        "; it would be unsecured: would be met: isolation is same, "
        "but only as site says it (documented); signed is needed"
    )


def test_another_rule_is_told_by_its_outcome() -> None:
    policy = "rule first require carve.out\nrule r require rule first passes fallback not rule first passes"
    assert told(policy, signed("carve.out: yes")) == "met: rule first is met"
    assert told(policy, signed("carve.out: no")) == (
        "conceded: rule first is breached; it has to pass; the fallback holds and needs no approval"
    )
    assert told("rule first require carve.out\nrule r require rule first passes", signed("carve.out: no")) == (
        "breached: rule first is breached; it has to pass"
    )


LIST = """
subprocessors.list:
  - {name: Acme Hosting, flow_down: same, notice: 30 days}
  - {name: "Bolt\\nMail", flow_down: comparable, notice: 10 days}
"""
EVERY = "rule r require every s in subprocessors.list satisfies (s.flow_down = same and s.notice >= 30 days)"


def test_a_list_names_the_records_that_are_amiss() -> None:
    assert told(EVERY, signed(LIST)) == (
        'breached: subprocessors.list[2].flow_down ("Bolt Mail") is comparable (same is needed); '
        'subprocessors.list[2].notice ("Bolt Mail") is 10 days (at least 30 days is needed)'
    )
    some = "rule r require some s in subprocessors.list satisfies (s.notice >= 60 days)"
    assert told(some, signed(LIST)) == (
        "breached: subprocessors.list is a list of 2 records; "
        "some s in subprocessors.list satisfies (s.notice >= 60 days) is asked for"
    )
    no = "rule r require no s in subprocessors.list satisfies (s.notice < 30 days)"
    assert told(no, signed(LIST)) == (
        'breached: subprocessors.list[2].notice ("Bolt Mail") is 10 days; at least 30 days is needed'
    )


def test_a_list_that_holds_is_told_as_a_whole() -> None:
    assert told(EVERY, signed("subprocessors.list: none")) == (
        "met: subprocessors.list is none; "
        "every s in subprocessors.list satisfies (s.flow_down = same and s.notice >= 30 days)"
    )
