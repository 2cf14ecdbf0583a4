"""The sentence of a rule that nobody can decide: which terms, why each, and by how much a limit is straddled."""

from __future__ import annotations

import pytest
from report_words import judged, result, signed

from termwise.report.explain import because


def told(policy: str, contract: str) -> str:
    """Return why the rule `r` is undecided."""
    judgement = judged(policy, contract)
    found = result(judgement)
    assert found.outcome.value == "undecided", found.outcome
    return because(found, judgement)


def test_silent_terms_are_one_point_in_the_order_in_which_the_rule_reads_them() -> None:
    policy = "rule r require audit.rate >= daily require audit.notice <= 1 day require audit.lineage"
    assert told(policy, signed("audit.rate: daily")) == "audit.notice and audit.lineage are silent"
    assert told(policy, signed("{}")) == "audit.rate, audit.notice and audit.lineage are silent"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ('{vague: "reasonable\\n  notice"}', 'audit.notice is vague ("reasonable notice")'),
        ("{see: Audit policy}", 'audit.notice is left to "Audit policy", which was not supplied'),
        ("1 month", "audit.notice: 1 month can be 31 days; the limit is 30 days"),
        ("{value: 1 month, wording: soon}", "audit.notice: 1 month can be 31 days; the limit is 30 days"),
        ("20 business days", "audit.notice: 20 business days can be 34 days; the limit is 30 days"),
        ("{between: [20 days, 40 days]}",
         "audit.notice is between 20 days and 40 days, which may mean 40 days; the limit is 30 days"),
        ("{at_most: 40 days, wording: without delay}",
         'audit.notice is at most 40 days ("without delay"), which may mean 40 days; the limit is 30 days'),
        ("{at_least: 10 days}", "audit.notice is at least 10 days, with no upper end; the limit is 30 days"),
        ("{between: [2 weeks, 1 month]}",
         "audit.notice is between 2 weeks and 1 month: 1 month can be 31 days; the limit is 30 days"),
    ],
)  # fmt: skip
def test_each_state_of_a_term_is_told_in_its_own_words(said: str, expected: str) -> None:
    assert told("rule r require audit.notice <= 30 days", signed(f"audit.notice: {said}")) == expected


@pytest.mark.parametrize(
    ("condition", "terms", "expected"),
    [
        ("audit.notice >= 30 days", "audit.notice: 1 month",
         "audit.notice: 1 month can be 28 days; at least 30 days is needed"),
        ("audit.notice = 30 days", "audit.notice: 1 month",
         "audit.notice: 1 month can be 28 to 31 days; 30 days is needed"),
        ("audit.notice = 45 days", "audit.notice: {between: [1 month, 2 months]}",
         "audit.notice is between 1 month and 2 months; that leaves it open: 45 days is needed"),
        ("audit.notice <= 1 month", "audit.notice: {between: [2 weeks, 30 days]}",
         "audit.notice is between 2 weeks and 30 days, and 1 month can be 28 days; the limit is 1 month"),
        ("audit.notice <= 1 month", "audit.notice: 30 days",
         "audit.notice is 30 days, and 1 month can be 28 days; the limit is 1 month"),
        ("audit.notice >= 1 year", "audit.notice: 365 days",
         "audit.notice is 365 days, and 1 year can be 366 days; at least 1 year is needed"),
        ("audit.notice + breach.notice <= 60 days", "{audit.notice: 1 month, breach.notice: 30 days}",
         "audit.notice is 1 month and breach.notice is 30 days, "
         "which leaves open whether audit.notice + breach.notice <= 60 days"),
        ("training.use[prompts] <= consent", "training.use: {prompts: {at_most: opt_in}}",
         "training.use[prompts] is at most opt_in, which may mean opt_in; at most consent is allowed"),
        ("isolation >= same", "isolation: {at_least: comparable}",
         "isolation is at least comparable, which may mean comparable; at least same is needed"),
        ("covers includes {copies, backups, caches}", "covers: {at_least: [copies]}",
         "covers is at least {copies}; it may lack backups and caches"),
        ("residency.regions within {us}", "residency.regions: {at_least: [us]}",
         "residency.regions is at least {us}; it may have more, and only {us} is allowed"),
        ("residency.regions within {us}", "residency.regions: {at_most: [us, eu]}",
         "residency.regions is at most {us, eu}; eu may be in it, and only {us} is allowed"),
        ("residency.regions excludes {eu}", "residency.regions: {at_most: [us, eu]}",
         "residency.regions is at most {us, eu}; eu may be in it, and nothing of {eu} is allowed"),
        ("residency.regions within permitted", "residency.regions: [us]", "permitted is silent"),
        ("liability.cap >= USD 1,000,000", "liability.cap: EUR 1000000",
         "liability.cap is EUR 1,000,000, which does not compare with USD 1,000,000"),
        ("liability.cap >= USD 1,000,000", "liability.cap: 12 months of fees", "fees.annual is silent"),
    ],
)  # fmt: skip
def test_what_straddles_a_limit_says_by_how_much(condition: str, terms: str, expected: str) -> None:
    assert told(f"rule r require {condition}", signed(terms)) == expected


def test_a_disputed_term_says_who_says_what() -> None:
    contract = """
    precedence: none
    documents:
      - {id: msa, assurance: signed, terms: {audit.notice: 10 days}}
      - {id: dpa, assurance: signed, terms: {audit.notice: {vague: prompt}}}
    """
    assert told("rule r require audit.notice <= 30 days", contract) == (
        'audit.notice is disputed: dpa says vague ("prompt") and msa says 10 days'
    )


def test_the_fields_of_records_are_named_by_place() -> None:
    policy = "rule r require every s in subprocessors.list satisfies (s.notice >= 30 days and s.flow_down = same)"
    contract = """
    subprocessors.list:
      - {name: A, notice: {vague: prompt}, flow_down: same}
      - {name: B, notice: 1 month, flow_down: same}
      - {name: C, notice: 31 days}
    """
    assert told(policy, signed(contract)) == (
        'subprocessors.list[1].notice is vague ("prompt"); '
        "subprocessors.list[2].notice: 1 month can be 28 days; at least 30 days is needed; "
        "subprocessors.list[3].flow_down is silent"
    )


def test_a_list_that_may_be_longer_stays_open() -> None:
    policy = "rule r require every s in subprocessors.list satisfies (s.notice >= 30 days)"
    contract = signed("subprocessors.list: {at_least: [{name: A, notice: 30 days}]}")
    assert told(policy, contract) == ("subprocessors.list is at least [{name: A, notice: 30 days}] and may hold more")


def test_a_rule_that_asks_about_another_tells_why_that_one_is_open() -> None:
    policy = "rule first require carve.out and audit.lineage\nrule r require rule first passes"
    assert told(policy, signed("{carve.out: {vague: mostly}}")) == (
        'rule first is undecided (carve.out is vague ("mostly"); audit.lineage is silent)'
    )
    contract = "documents: [{id: site, assurance: claimed, terms: {carve.out: yes, audit.lineage: yes}}]"
    assert told(policy, contract) == (
        "rule first is unsecured (audit.lineage is yes only as site says it (claimed); signed is needed; "
        "carve.out is yes only as site says it (claimed); signed is needed)"
    )


def test_whatever_is_open_on_any_rung_or_guard_is_told_once() -> None:
    policy = """
    rule r
      when     data.personal
      require  audit.notice <= 30 days and carve.out
      fallback audit.notice <= 60 days and carve.out
    """
    assert told(policy, signed("audit.notice: {vague: soon}")) == (
        'audit.notice is vague ("soon"); data.personal and carve.out are silent'
    )
