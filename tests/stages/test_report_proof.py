"""The proof of a result: the truth of every rung and comparison, the facts, and what would have to change."""

from __future__ import annotations

import pytest
from report_words import judged, result, signed

from termwise.core.policy import Severity
from termwise.evaluate.judgement import Outcome
from termwise.report.changes import Change, Changes, Choice
from termwise.report.explain import Proof, proof
from termwise.report.proof import Guard, Leave, Mark, Step, Way


def proved(policy: str, contract: str) -> Proof:
    judgement = judged(policy, contract)
    return proof(result(judgement), judgement)


def outline(steps: tuple[Step, ...], depth: int = 0) -> list[str]:
    """Return steps as lines, each with its truth, indented by depth."""
    lines = []
    for each in steps:
        there = f" | {each.there}" if each.there else ""
        lines.append(f"{'  ' * depth}{each.mark.value}: {each.text}{there}")
        lines += outline(each.parts, depth + 1)
    return lines


def in_words(changes: Changes) -> list[object]:
    """Return changes as their texts; a choice is a list of lists."""
    return [each.text if isinstance(each, Change) else [in_words(way) for way in each.ways] for each in changes]


LADDER = """
define limit = 30 days
rule r: dealbreaker
  prefer   audit.notice <= 7 days
  require  audit.notice <= limit and (carve.out or not audit.lineage)
  fallback audit.notice <= 60 days
           approved by "Board"
  because  "Audits need time."
  cite     "Playbook 3"
  cite     "Act, Art. 1"
  lever    "Offer a longer term."
"""


def test_every_rung_and_comparison_has_its_truth() -> None:
    found = proved(LADDER, signed("{audit.notice: 45 days, audit.lineage: {vague: some}}"))
    assert [(each.name, each.outcome.value, each.mark, each.approved_by) for each in found.rungs] == [
        ("prefer", "preferred", Mark.FAILS, None),
        ("require", "met", Mark.FAILS, None),
        ("fallback 1", "conceded", Mark.HOLDS, "Board"),
    ]
    assert outline(found.rungs[1].steps) == [
        "fails: audit.notice <= limit | audit.notice is 45 days; the limit is 30 days",
        "open: carve.out or not audit.lineage",
        "  open: carve.out | carve.out is silent",
        '  open: not audit.lineage | audit.lineage is vague ("some")',
    ]
    assert outline(found.rungs[2].steps) == ["holds: audit.notice <= 60 days | audit.notice is 45 days"]


def test_a_proof_carries_what_the_policy_says() -> None:
    found = proved(LADDER, signed("audit.notice: 45 days"))
    assert (found.rule, found.severity, found.policy, found.contract) == ("r", Severity.DEALBREAKER, "p", "acme")
    assert (found.outcome, found.rung, found.would_be) == (Outcome.CONCEDED, "fallback 1", None)
    assert (found.reason, found.cites) == ("Audits need time.", ("Playbook 3", "Act, Art. 1"))
    assert (found.levers, found.clause, found.waiver) == (("Offer a longer term.",), None, None)


def test_a_comparison_carries_its_facts() -> None:
    found = proved("rule r require audit.notice <= 1 day", signed("audit.notice: {value: 2 days, at: '3'}"))
    (fact,) = found.rungs[0].steps[0].evidence
    assert (fact.term, fact.value, fact.document, fact.at) == ("audit.notice", "2 days", "acme", "3")


def test_what_holds_without_assurance_has_a_mark_of_its_own() -> None:
    contract = "documents: [{id: site, assurance: documented, terms: {carve.out: yes}}]"
    found = proved("rule r require carve.out", contract)
    assert (found.outcome, found.would_be, found.rung) == (Outcome.UNSECURED, Outcome.MET, "require")
    assert outline(found.rungs[0].steps) == ["unassured: carve.out | carve.out is yes"]
    assert in_words(found.ways[0].changes) == ["carve.out must stand in a signed document (now documented, in site)"]


def test_guards_show_whether_the_rule_applies() -> None:
    policy = "rule r in force from 2026-01-01 when data.personal unless hosted require carve.out"
    found = proved(policy, "context: {data.personal: yes}\nterms: {}")
    assert [(each.word, each.step.text, each.step.mark) for each in found.guards] == [
        ("in force", "from 2026-01-01", Mark.HOLDS),
        ("when", "data.personal", Mark.HOLDS),
        ("unless", "hosted", Mark.OPEN),
    ]


def test_a_rule_that_does_not_apply_has_no_way_up() -> None:
    found = proved("rule r when data.personal require carve.out", "context: {data.personal: no}\nterms: {}")
    assert found.guards == (Guard("when", found.guards[0].step),)
    assert found.guards[0].step.mark is Mark.FAILS
    assert found.ways == ()


def test_definitions_and_lists_open_into_what_they_are_made_of() -> None:
    policy = """
    define careful = carve.out and audit.lineage
    rule r require careful require every s in subprocessors.list satisfies (s.notice >= 30 days)
    """
    contract = "{carve.out: yes, subprocessors.list: [{name: A, notice: 30 days}, {notice: 1 day}]}"
    assert outline(proved(policy, signed(contract)).rungs[0].steps) == [
        "open: careful",
        "  holds: carve.out | carve.out is yes",
        "  open: audit.lineage | audit.lineage is silent",
        "fails: every s in subprocessors.list satisfies (s.notice >= 30 days)"
        " | subprocessors.list is a list of 2 records",
        '  holds: record 1, "A"',
        '    holds: s.notice >= 30 days | subprocessors.list[1].notice ("A") is 30 days',
        "  fails: record 2",
        "    fails: s.notice >= 30 days | subprocessors.list[2].notice is 1 day",
    ]


def test_a_waiver_is_kept_in_the_proof() -> None:
    policy = 'rule r require carve.out\nwaive r for contract "acme" until 2026-12-31 approved by "Ann" because "Pilot."'
    found = proved(policy, signed("carve.out: no"))
    assert found.waiver is not None
    assert found.waiver == Leave(found.waiver.until, "Ann", "Pilot.")
    assert (found.outcome, found.would_be) == (Outcome.WAIVED, Outcome.BREACHED)
    assert [in_words(each.changes) for each in found.ways] == [["carve.out must be yes (now no)"]]


@pytest.mark.parametrize(
    ("condition", "terms", "expected"),
    [
        ("audit.notice <= 60 days", "audit.notice: 120 days", ["audit.notice must be at most 60 days (now 120 days)"]),
        ("audit.notice <= 60 days", "{}", ["state audit.notice: at most 60 days (now silent)"]),
        ("audit.notice <= 60 days", "audit.notice: {vague: soon}",
         ['audit.notice must be at most 60 days (now vague ("soon"))']),
        ("audit.notice <= 60 days", "audit.notice: {see: Annex}",
         ['audit.notice must be at most 60 days (now left to "Annex", which was not supplied)']),
        ("audit.notice <= 30 days", "audit.notice: 1 month",
         ["audit.notice must be at most 30 days (now 1 month, which is 28 to 31 days)"]),
        ("audit.notice <= 30 days", "audit.notice: {at_least: 1 day}",
         ["audit.notice must be at most 30 days (now at least 1 day)"]),
        ("audit.rate >= quarterly", "audit.rate: annually", ["audit.rate must be at least quarterly (now annually)"]),
        ("carve.out", "{}", ["state carve.out: yes (now silent)"]),
        ("not carve.out", "carve.out: yes", ["carve.out must be no (now yes)"]),
        ("covers includes {copies, backups}", "covers: [copies]",
         ["covers must include {copies, backups} (now {copies})"]),
        ("covers includes {copies}", "{}", ["state covers: including {copies} (now silent)"]),
        ("residency.regions within {us}", "residency.regions: [eu]",
         ["residency.regions must lie within {us} (now {eu})"]),
        ("residency.regions excludes {us}", "residency.regions: [us]",
         ["residency.regions must include nothing of {us} (now {us})"]),
        ("residency.regions within permitted", "residency.regions: [eu]",
         ["state permitted in the context (now silent)"]),
        ("residency.regions within permitted", "{}",
         ["state permitted in the context (now silent)",
          "state residency.regions: within permitted (now silent)"]),
        ("training.use[prompts] <= consent", "{}",
         ["state training.use[prompts]: at most consent (now silent, which is presumed to mean permitted)"]),
        ("audit.notice is stated", "{}", ["state audit.notice (now silent)"]),
        ("audit.notice is silent", "audit.notice: 1 day", ["audit.notice must not be stated (now 1 day)"]),
        ("liability.cap >= USD 5", "liability.cap: 1 month of fees", ["state fees.annual (now silent)"]),
        ("audit.notice + breach.notice <= 9 days", "{audit.notice: 8 days, breach.notice: 2 days}",
         ["audit.notice + breach.notice <= 9 days must hold (now audit.notice is 8 days and breach.notice is 2 days)"]),
        ("audit.lineage and carve.out", "carve.out: yes", ["state audit.lineage: yes (now silent)"]),
        ("(audit.lineage or carve.out)", "carve.out: no",
         [[["state audit.lineage: yes (now silent)"], ["carve.out must be yes (now no)"]]]),
        ("not (audit.lineage and carve.out)", "{audit.lineage: yes, carve.out: yes}",
         [[["audit.lineage must be no (now yes)"], ["carve.out must be no (now yes)"]]]),
        ("audit.lineage = carve.out", "{audit.lineage: yes, carve.out: no}",
         ["audit.lineage must be carve.out (no) (now yes)"]),
    ],
)  # fmt: skip
def test_what_would_have_to_change_is_concrete(condition: str, terms: str, expected: list[object]) -> None:
    found = proved(f"rule r require {condition}", signed(terms))
    assert [in_words(each.changes) for each in found.ways] == [expected]


def test_changes_are_data_too() -> None:
    found = proved("rule r require audit.notice <= 60 days", signed("audit.notice: 120 days"))
    (change,) = found.ways[0].changes
    assert isinstance(change, Change)
    assert (change.term, change.now, change.wanted) == ("audit.notice", "120 days", "at most 60 days")


def test_a_choice_counts_as_its_shortest_way() -> None:
    policy = "rule r require ((audit.lineage and carve.out) or audit.rate >= daily) and breach.notice <= 1 day"
    (way,) = proved(policy, signed("{}")).ways
    assert isinstance(way.changes[0], Choice)
    assert way.size == 2


def test_the_nearest_rung_stands_first() -> None:
    policy = """
    rule r
      require  audit.notice <= 30 days and carve.out and audit.lineage
      fallback audit.notice <= 60 days
               approved by "Board"
    """
    found = proved(policy, signed("audit.notice: 120 days"))
    assert [(each.rung, each.outcome.value, each.approved_by, each.size) for each in found.ways] == [
        ("fallback 1", "conceded", "Board", 1),
        ("require", "met", None, 3),
    ]


def test_a_fallback_that_asks_as_much_as_a_better_rung_is_no_way() -> None:
    contract = "documents: [{id: site, assurance: claimed, terms: {audit.notice: 5 days}}]"
    found = proved("rule r require audit.notice <= 30 days fallback audit.notice <= 60 days", contract)
    assert [each.rung for each in found.ways] == ["require"]


def test_a_rule_that_passes_is_told_what_would_be_better() -> None:
    found = proved(LADDER, signed("{audit.notice: 20 days, carve.out: yes}"))
    assert found.outcome is Outcome.MET
    assert found.ways == (
        Way(
            "prefer",
            Outcome.PREFERRED,
            None,
            (Change("audit.notice", "20 days", "at most 7 days", "audit.notice must be at most 7 days (now 20 days)"),),
            1,
        ),
    )
    assert proved(LADDER, signed("{audit.notice: 2 days, carve.out: yes}")).ways == ()


def test_another_rule_and_too_little_assurance_are_changes() -> None:
    policy = "rule first require carve.out\nrule r require rule first passes and audit.notice <= 1 day"
    contract = "documents: [{id: site, assurance: agreed, terms: {carve.out: no, audit.notice: 2 days}}]"
    assert in_words(proved(policy, contract).ways[0].changes) == [
        "rule first must pass (now breached)",
        "audit.notice must be at most 1 day (now 2 days; agreed, in site)",
    ]


def test_a_disputed_term_has_to_be_the_same_everywhere() -> None:
    contract = """
    precedence: none
    documents:
      - {id: a, assurance: signed, terms: {audit.notice: 1 day}}
      - {id: b, assurance: signed, terms: {audit.notice: 9 days}}
    """
    assert in_words(proved("rule r require audit.notice <= 5 days", contract).ways[0].changes) == [
        "audit.notice must be at most 5 days in every document (now disputed: a says 1 day and b says 9 days)"
    ]


def test_lists_name_the_records_that_have_to_change() -> None:
    every = "rule r require every s in subprocessors.list satisfies (s.notice >= 30 days)"
    contract = signed("subprocessors.list: [{name: A, notice: 30 days}, {name: B, notice: 1 day}, {name: C}]")
    assert in_words(proved(every, contract).ways[0].changes) == [
        "subprocessors.list[2].notice must be at least 30 days (now 1 day)",
        "state subprocessors.list[3].notice: at least 30 days (now silent)",
    ]
    some = "rule r require some s in subprocessors.list satisfies (s.notice >= 60 days)"
    assert in_words(proved(some, contract).ways[0].changes) == [
        "subprocessors.list must be such that some s in subprocessors.list satisfies (s.notice >= 60 days) "
        "(now a list of 3 records)"
    ]
    open_list = signed("subprocessors.list: {at_least: [{name: A, notice: 30 days}]}")
    assert in_words(proved(every, open_list).ways[0].changes) == [
        "subprocessors.list must be complete (now at least [{name: A, notice: 30 days}])"
    ]
