"""Law: what the analysis says of a policy is what trying every contract says, no more and no less."""

from __future__ import annotations

from brute import Answers, answers, every_contract, small_policies
from hypothesis import given, note

from termwise.analyze.questions import findings
from termwise.core.policy import Policy
from termwise.core.wording import write_expr
from termwise.diagnostics.finding import Finding


@given(small_policies())
def test_the_analysis_agrees_with_trying_everything(policy: Policy) -> None:
    """Exactness: on a domain small enough to try, each answer of the analysis is right, and none is missing."""
    for rule in policy.rules:
        note(f"{rule.name} {rule.severity.value}: {[write_expr(each) for each in rule.conditions]}")
    found = findings(policy)
    note("\n".join(f"{each.diagnostic.code} {each.diagnostic.message}" for each in found))
    assert not [each for each in found if each.diagnostic.code == "TW613"]
    assert said(found) == answers(policy, every_contract(policy))


def said(found: tuple[Finding, ...]) -> Answers:
    """Return what findings say in the form of the answers."""

    def of(code: str) -> list[Finding]:
        return [each for each in found if each.diagnostic.code == code]

    return Answers(
        frozenset(each.rules[0] for each in of("TW601")),
        frozenset(each.rules[0] for each in of("TW602")),
        frozenset(each.rules[0] for each in of("TW603")),
        frozenset((each.rules[0], _rung(each)) for each in of("TW604")),
        frozenset(frozenset(each.rules) for each in of("TW605")),
        frozenset(each.rules[0] for each in of("TW606")),
        bool(of("TW607")),
        frozenset((each.rules[0], each.diagnostic.message.split("`")[3]) for each in of("TW612")),
    )


def _rung(finding: Finding) -> str:
    message = finding.diagnostic.message
    return "require" if "adds nothing" in message else message.split("`")[1]
