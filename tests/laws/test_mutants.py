"""Law: a mutant is what it says: its text compiles to its core, and no contract tells one that is called equivalent."""

from __future__ import annotations

from collections.abc import Hashable

import hypothesis.strategies as st
from hypothesis import given, note
from hypothesis.strategies import DataObject
from judging import CHANGES, by_reference, compiled
from strategies.case import Case, cases
from strategies.contract import contracts

from termwise.core.policy import Policy
from termwise.source import Source
from termwise.syntax.print import print_file
from termwise.testing.equivalent import is_equivalent
from termwise.testing.mutants import mutants_of
from termwise.testing.normal import normal_rule, normal_waiver
from termwise.testing.places import Places


def meaning(policy: Policy) -> list[Hashable]:
    return [policy.assurance, *map(normal_rule, policy.rules), *map(normal_waiver, policy.waivers)]


@given(cases(), st.data())
def test_the_text_of_a_mutant_compiles_to_its_core(case: Case, data: DataObject) -> None:
    """A mutant is what it says: the policy that its text declares is the one that was judged, and another one."""
    policy = compiled(case)
    source = Source("p.tw", print_file(case.policy))
    mutants, places = mutants_of(policy, source), Places(source)
    for mutant in data.draw(st.permutations(mutants))[:CHANGES]:
        note(f"{mutant.kind.value}: {places.shown(mutant.edits)}")
        made = mutant.of(policy)
        assert meaning(compiled(case, places.edited(mutant.edits))) == meaning(made)
        assert meaning(made) != meaning(policy)
        assert mutant.changed(policy)


@given(cases(), st.data())
def test_no_contract_tells_a_mutant_that_is_called_equivalent(case: Case, data: DataObject) -> None:
    """What is called equivalent is: the same comes of every contract, for the same reasons."""
    policy = compiled(case)
    mutants = mutants_of(policy, Source("p.tw", print_file(case.policy)))
    chosen = data.draw(st.permutations(mutants))[: 3 * CHANGES]
    alike = [mutant for mutant in chosen if is_equivalent(mutant, policy)]
    for contract in (case.contract, *data.draw(st.lists(contracts(case.terms), min_size=CHANGES, max_size=CHANGES))):
        before = by_reference(policy, contract)
        for mutant in alike:
            note(f"{mutant.kind.value}: {mutant.edits}")
            assert by_reference(mutant.of(policy), contract) == before
