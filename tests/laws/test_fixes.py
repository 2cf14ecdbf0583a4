"""Law: a fix changes how a policy says something, and never what comes of a contract, causes included.

Policies are random, so lint also has to look at whatever they hold without falling over. What a fix may rewrite
(`not not x`, `x = yes`, `x in {a}`) the generators draw in most policies.
"""

from __future__ import annotations

import hypothesis.strategies as st
from hypothesis import event, given
from hypothesis.strategies import DataObject
from judging import AS_OF, CHANGES, bound, by_reference, compiled
from strategies.case import Case, cases
from strategies.change import informed

from termwise.diagnostics import Problems
from termwise.evaluate.reference import judge
from termwise.lint.meaning import plain_policy, same_meaning
from termwise.lint.run import lint, mended
from termwise.lint.settings import Settings
from termwise.source import Source
from termwise.syntax.print import print_file

ROUNDS = 6


@given(cases(), st.data())
def test_the_plain_form_means_the_same(case: Case, data: DataObject) -> None:
    """Two policies that come to one form come to the same judgement of every contract, to the last cause."""
    policy = compiled(case)
    plain = plain_policy(policy)
    assert same_meaning(policy, plain)
    assert plain_policy(plain) == plain
    contracts = [case.contract, *(data.draw(informed(case)).contract for _ in range(CHANGES))]
    for contract in contracts:
        assert by_reference(plain, contract) == by_reference(policy, contract)


@given(cases())
def test_a_fix_keeps_what_comes_of_a_contract(case: Case) -> None:
    """A mended policy compiles, judges as before, and leaves nothing that the same fix would still mend."""
    files = {each.path.removesuffix(".tw"): print_file(each) for each in (case.terms.file, case.policy)}
    policy, text = compiled(case), files["p"]
    made = 0
    for _ in range(ROUNDS):
        problems = Problems()

        def find(name: str, _asker: str) -> Source | None:
            return Source(f"{name}.tw", files[name]) if name in files else None

        source = Source("p.tw", text)
        result = lint([source], [], settings=Settings(), as_of=AS_OF, find=find, problems=problems)
        assert not problems.all
        (linted,) = result.subject.policies
        fixed = mended(linted, result.findings, find)
        if not fixed.findings:
            break
        made += len(fixed.findings)
        text = fixed.source.text
    assert not fixed.findings, "it never ends"
    event("mended" if made else "left as it was")
    again = linted.policy
    assert same_meaning(policy, again)
    contract = bound(case.contract, policy.vocabulary)
    before, after = judge(policy, contract, AS_OF), judge(again, contract, AS_OF)
    assert [(each.outcome, each.rung, each.causes) for each in before.results] == [
        (each.outcome, each.rung, each.causes) for each in after.results
    ]
