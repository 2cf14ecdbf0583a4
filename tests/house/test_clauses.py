"""The wording a policy offers gives what its rules ask for: whoever signs a clause has met the rule that names it.

Supposed is the customer that the law asks most of: every class of data, every regime, one region.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from termwise import compiler, library
from termwise.contracts.facts import Contract, Document, Fact, Precedence
from termwise.core.expr import Constant, Defined, Expr, TermRef
from termwise.core.policy import Assurance, Clause, Policy
from termwise.core.values import Exact, Symbol, Value
from termwise.core.vocabulary import Vocabulary
from termwise.diagnostics import Problems
from termwise.evaluate.judgement import Outcome, RuleResult
from termwise.evaluate.reference import judge
from termwise.types import EnumType, SetType

AS_OF = date(2026, 11, 24)
POLICIES = [name for name in library.names() if name != "ai_procurement"]
ONE_REGION = "residency.permitted"


def compiled(name: str) -> Policy:
    source, problems = library.find(name), Problems()
    assert source is not None
    policy = compiler.compile_policy(source, lambda other, _: library.find(other), problems)
    assert policy is not None and not problems.all
    return policy


def customer(vocabulary: Vocabulary) -> dict[str, Value]:
    """Return a context in which as many rules as possible apply, and ask as much as they can."""
    made: dict[str, Value] = {}
    for name, term in vocabulary.instances():
        if not term.is_context:
            continue
        if isinstance(term.type, SetType) and isinstance(term.type.element, EnumType):
            kind = term.type.element
            symbols = frozenset(Symbol(kind.name, each, rank) for rank, each in enumerate(kind.symbols))
            made[name] = frozenset((Symbol(kind.name, "us", 0),)) if name == ONE_REGION else symbols
        else:
            made[name] = False
    return made


def granted(value: Expr, context: dict[str, Value]) -> Value:
    match value:
        case Constant(constant):
            return constant
        case TermRef(name):
            return context[name]
        case Defined(_, body):
            return granted(body, context)
        case _:
            raise AssertionError(f"a clause grants a value, not {value}")


def signed(policy: Policy, clause: Clause) -> dict[str, RuleResult]:
    """Judge a contract that is this clause and nothing else."""
    context = customer(policy.vocabulary)
    own = {name: Fact(name, Exact(value), Assurance.SIGNED, "context") for name, value in context.items()}
    facts = {
        grant.term: Fact(grant.term, Exact(granted(grant.value, context)), Assurance.SIGNED, "dpa")
        for grant in clause.grants
    }
    dpa = Document("dpa", "DPA", Assurance.SIGNED, facts)
    contract = Contract("clause", None, "clause.yaml", own, (dpa,), Precedence((("dpa",),), {}))
    return {result.rule.name: result for result in judge(policy, contract, AS_OF).results}


@pytest.mark.parametrize("name", POLICIES)
def test_granting_a_clause_meets_its_rule(name: str) -> None:
    """A rule whose clause is signed is met, or better."""
    policy = compiled(name)
    outcomes = {clause.name: signed(policy, clause) for clause in policy.clauses}
    asked = [rule for rule in policy.rules if rule.clause is not None]
    assert asked
    found = {rule.name: outcomes[str(rule.clause)][rule.name] for rule in asked}
    wanted = (Outcome.MET, Outcome.PREFERRED)
    assert {rule: (each.outcome, each.causes) for rule, each in found.items() if each.outcome not in wanted} == {}


@pytest.mark.parametrize("name", POLICIES)
def test_every_clause_is_named_by_a_rule(name: str) -> None:
    """Wording that no rule asks for would never be offered. An inherited clause may be left over by a `tighten`."""
    policy = compiled(name)
    own = {clause.name for clause in policy.clauses if Path(clause.span.path).stem == name}
    assert own
    assert own <= {rule.clause for rule in policy.rules}
