"""The three ways to explain a result: a sentence, the facts behind it, and the whole proof. Computes no outcome."""

from __future__ import annotations

from termwise.evaluate.judgement import Judgement, RuleResult
from termwise.report.basis import basis_of
from termwise.report.evidence import Evidence, facts_of
from termwise.report.proof import Proof, proof
from termwise.report.reason import reason

__all__ = ["Evidence", "Proof", "because", "facts_of", "proof"]


def because(result: RuleResult, judgement: Judgement) -> str:
    """Return why a rule came out as it did, in one precise sentence."""
    return reason(result, basis_of(judgement))
