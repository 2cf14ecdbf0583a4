"""Every proof of a planted defect shows a contract that `termwise check` reads, and that comes to what is claimed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from test_planted import CASES, Planted, found

from termwise import lookup
from termwise.contracts.bind import bind
from termwise.contracts.files import read_contract
from termwise.core.policy import Severity
from termwise.diagnostics import Problems
from termwise.diagnostics.finding import Finding
from termwise.evaluate.judgement import Judgement
from termwise.evaluate.reference import judge

PROOFS = [case for case in CASES if case.is_proof]
TODAY = date(2026, 11, 24)
KINDS = {
    "TW601": 6, "TW602": 3, "TW603": 4, "TW604": 6, "TW605": 6, "TW606": 3, "TW607": 3,
    "TW608": 4, "TW609": 3, "TW610": 5, "TW611": 5, "TW612": 4,
}  # fmt: skip
"""How many defects of each kind there are at least."""

_DAY = re.compile(r"^As of (\d{4}-\d\d-\d\d), ")
_SAID = re.compile(r"((?:`\w+(?:\[[^\]`]+\])?`(?:, | and )?)+) (?:is|are|does|do) (not apply|\w+)")
_VERSION = re.compile(r" as `(\w+)`$")
_NAME = re.compile(r"`([^`]+)`")


@pytest.mark.parametrize("case", PROOFS, ids=lambda case: f"{case.file}: {case.data['name']}")
def test_a_proof_is_replayed(case: Planted, tmp_path: Path) -> None:
    """The contract is read without a word, and judged by the policy it comes to what is claimed of each rule."""
    pytest.importorskip("z3")
    from termwise.analyze.promises import is_broken

    findings, _ = found(case, tmp_path, fixed=False)
    for finding in findings:
        claims = list(_claims(str(finding.claim)))
        assert claims or finding.diagnostic.code == "TW611", finding.claim
        for policy, rule, outcome in claims:
            judgement = _replayed(finding, tmp_path / f"{policy}.tw", tmp_path)
            outcomes = {each.rule.name: each.outcome.value for each in judgement.results}
            assert outcomes[rule] == outcome, (policy, rule, finding.claim)
        if finding.diagnostic.code == "TW611":
            judgement = _replayed(finding, tmp_path / "baseline.tw", tmp_path)
            counting = [each for each in judgement.results if each.rule.severity.reaches(Severity.MINOR)]
            assert all(each.outcome.passes for each in counting)
            (guarantee,) = judgement.policy.guarantees
            assert is_broken(guarantee, judgement)


def test_there_are_enough_of_each_kind() -> None:
    """At least sixty defects, lint's included, and of each kind of proof several."""
    planted = [case.codes[0] for case in CASES]
    assert len(planted) >= 60
    assert {code: planted.count(code) for code in KINDS if planted.count(code) < KINDS[code]} == {}


def _replayed(finding: Finding, path: Path, folder: Path) -> Judgement:
    problems = Problems()
    policy = lookup.load_policy(str(path), problems)
    (folder / "witness.yaml").write_text(str(finding.witness), "utf-8")
    raw = read_contract(str(folder / "witness.yaml"), problems)
    assert policy is not None and raw is not None
    contract = bind(raw, policy.vocabulary, problems)
    assert contract is not None and not problems.all, finding.witness
    day = _DAY.match(str(finding.claim))
    return judge(policy, contract, date.fromisoformat(day[1]) if day else TODAY)


def _claims(claim: str) -> Iterator[tuple[str, str, str]]:
    """Yield the policy, rule and outcome that a finding claims; of a less safe contract, that is not shown, nothing."""
    for part in _DAY.sub("", claim).split(" where ")[0].split(" has it"):
        policy = _VERSION.search(part)
        for rules, outcome in _SAID.findall(part):
            for rule in _NAME.findall(rules):
                yield policy[1] if policy else "baseline", rule, outcome.replace("not apply", "not_applicable")
