"""Law: what the analysis shows is so, what it rules out is not: every witness replays, every contract is covered."""

from __future__ import annotations

import re

import hypothesis.strategies as st
from brute import A_QUARTER, DAY, small_policies
from encoded import Encoded, aspects_of, read, read_back
from hypothesis import given, note
from hypothesis.strategies import DataObject
from judging import bound, compiled
from strategies.case import Case, cases
from strategies.contract import contracts
from strategies.policy import AS_OF

from termwise.analyze.questions import findings
from termwise.analyze.solve import Found
from termwise.contracts.write import UnwritableError, contract_yaml
from termwise.core.policy import Policy
from termwise.evaluate.reference import judge
from termwise.frozen import replace

_SAID = re.compile(r"((?:`\w+(?:\[[^\]`]+\])?`(?:, | and )?)+) (?:is|are|does|do) (not apply|\w+)")


@A_QUARTER
@given(cases(), st.data())
def test_every_witness_replays(case: Case, data: DataObject) -> None:
    """A contract that the solver finds comes, once written, read and judged, to all that the solver says of it."""
    policy = replace(compiled(case), waivers=())
    encoded = Encoded(policy)
    for aspect in data.draw(st.lists(st.sampled_from(encoded.aspects), max_size=4, unique=True)):
        for is_so in (True, False):
            if encoded.find({aspect: is_so}, modelled=True) is not Found.SOME:
                continue
            contract, day, promised = encoded.contract()
            try:
                note(contract_yaml(contract, policy.vocabulary))
                found = aspects_of(policy, read_back(contract, policy.vocabulary), day, encoded.aspects)
            except UnwritableError:
                continue  # a third of a percent has no form in a file, and is never shown
            assert found == promised


@A_QUARTER
@given(cases(), st.data())
def test_no_contract_is_overlooked(case: Case, data: DataObject) -> None:
    """Whatever comes of a contract, the solver knows of a contract of which the same comes: nothing is ruled out."""
    policy = replace(compiled(case), waivers=())
    encoded = Encoded(policy)
    for number in range(4):
        said = case.contract if number == 0 else data.draw(contracts(case.terms))
        found = aspects_of(policy, bound(said, policy.vocabulary), AS_OF, encoded.aspects)
        note(f"{said}: {found}")
        assert encoded.find(found, modelled=False) is Found.SOME


@given(small_policies())
def test_the_witness_of_a_finding_shows_its_claim(policy: Policy) -> None:
    """Judged by the whole policy, the contract of a finding comes to what its claim says of each rule."""
    for finding in findings(policy):
        note(f"{finding.diagnostic.message}\n{finding.claim}\n{finding.witness}")
        assert finding.witness is not None and finding.claim is not None
        judged = judge(policy, read(finding.witness, policy.vocabulary), DAY)
        outcomes = {each.rule.name: each.outcome.value for each in judged.results}
        claimed = finding.claim.split(" where ")[0]  # of a safer value, and only then of one that is less safe
        said = {
            rule: outcome.replace("not apply", "not_applicable")
            for rules, outcome in _SAID.findall(claimed)
            for rule in re.findall(r"`([^`]+)`", rules)
        }
        assert set(said) == set(finding.rules)
        assert said == {rule: outcomes[rule] for rule in said}
