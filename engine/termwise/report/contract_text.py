"""The results of one contract, as a list: in full by severity, or among other contracts what is not simply met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from termwise.core.policy import Clause, Severity
from termwise.evaluate.judgement import Outcome, RuleResult, State
from termwise.quantities.numerals import count
from termwise.report.basis import Basis
from termwise.report.colour import Paint, Tone
from termwise.report.decision import decision
from termwise.report.findings import finding
from termwise.report.printable import on_one_line, padded, quoted, wrapped
from termwise.report.symbols import DECISIONS, OUTCOMES

_PASSING = (Outcome.MET, Outcome.PREFERRED, Outcome.NOT_APPLICABLE)
_ORDER = list(OUTCOMES)


def contract_head(group: Sequence[Basis], fail_on: Severity, width: int, paint: Paint) -> list[str]:
    """Return who the contract is with, which documents it has, and what its results come to."""
    contract = group[0].judgement.contract
    results = [result for each in group for result in each.results]
    vendor = "" if contract.vendor is None else f" ({on_one_line(contract.vendor)})"
    lines = [paint("─" * width, Tone.FAINT)]
    lines += [paint(each, Tone.STRONG) for each in wrapped(f"{on_one_line(contract.id)}{vendor}", width, "", "  ")]
    lines += [paint(each, Tone.FAINT) for each in wrapped(on_one_line(contract.path), width)]
    for each in contract.documents:
        lines += wrapped(f"{on_one_line(each.id)}: {quoted(each.title)}, {each.assurance.value}", width, "", "  ")
    counted = Counter(each.outcome for each in results)
    split = ", ".join(f"{counted[each]} {sign.word}" for each, sign in OUTCOMES.items() if counted[each])
    light = sum(not each.rule.severity.reaches(fail_on) for each in results)
    rest = f"; {count(light, 'rule')} below {fail_on.value} not counted" if light else ""
    first, *more = wrapped(f"{split}{rest}", width - 2, " " * 13)
    return [*lines, DECISIONS[decision(results, fail_on)].painted(paint, 13) + first.strip(), *more]


def by_severity(bases: Sequence[Basis], width: int, paint: Paint) -> Iterator[list[str]]:
    """Yield every result of one contract in full, heaviest rules first, and the worst first among those."""
    several = len(bases) > 1
    pairs = [(result, basis) for basis in bases for result in basis.results]
    pairs.sort(key=lambda each: _ORDER.index(each[0].outcome))
    for severity in Severity:
        found = [each for each in pairs if each[0].rule.severity is severity]
        lines = [paint(severity.value.upper(), Tone.STRONG)] if found else []
        for result, basis in found:
            lines += finding(result, basis, width, paint, remark=basis.judgement.policy.name if several else "")
        yield lines
    yield _offers(bases, width, paint)
    yield _approvals(bases, width, paint)


def _offers(bases: Sequence[Basis], width: int, paint: Paint) -> list[str]:
    """Return the clauses to ask for: each with the rules that fail without it."""
    wanting: dict[Clause, list[str]] = {}
    for basis in bases:
        policy = basis.judgement.policy
        for result in basis.results:
            clause = None if result.rule.clause is None else policy.clause(result.rule.clause)
            if clause is not None and result.outcome not in _PASSING:
                wanting.setdefault(clause, []).append(result.rule.name)
    lines = [paint("CLAUSES TO ASK FOR", Tone.STRONG)] if wanting else []
    for clause, rules in wanting.items():
        lines += wrapped(f"{clause.name}, {quoted(clause.title)}: {', '.join(rules)}", width, "  ", "      ")
    return lines


def _approvals(bases: Sequence[Basis], width: int, paint: Paint) -> list[str]:
    """Return who has to approve what is conceded."""
    wanting: dict[str, list[str]] = {}
    for result in (each for basis in bases for each in basis.results):
        if result.outcome is Outcome.CONCEDED and result.approved_by is not None:
            wanting.setdefault(on_one_line(result.approved_by), []).append(result.rule.name)
    lines = [paint("APPROVALS NEEDED", Tone.STRONG)] if wanting else []
    for who, rules in wanting.items():
        lines += wrapped(f"{who}: {', '.join(rules)}", width, "  ", "      ")
    return lines


def by_outcome(bases: Sequence[Basis], width: int, paint: Paint) -> Iterator[list[str]]:
    """Yield what is not simply met of one contract among several, worst first; what is silent only, in one list."""
    several = len(bases) > 1
    weights = list(Severity)
    pairs = [(result, basis) for basis in bases for result in basis.results]
    telling = [each for each in pairs if each[0].outcome not in _PASSING and not _is_all_silent(each[0])]
    telling.sort(key=lambda each: (_ORDER.index(each[0].outcome), weights.index(each[0].rule.severity)))
    lines: list[str] = []
    for result, basis in telling:
        weight = result.rule.severity.value
        remark = f"{weight}, {basis.judgement.policy.name}" if several else weight
        lines += finding(result, basis, width, paint, remark=remark)
    yield lines
    for basis in bases:
        yield _silent(basis, several, width, paint)


def _is_all_silent(result: RuleResult) -> bool:
    is_silent = all(each.state is State.SILENT for each in result.causes)
    return result.outcome is Outcome.UNDECIDED and is_silent


def _silent(basis: Basis, several: bool, width: int, paint: Paint) -> list[str]:
    """Return in one list the rules that are undecided for no other reason than silence."""
    results = [each for each in basis.results if _is_all_silent(each)]
    if not results:
        return []
    sign = OUTCOMES[Outcome.UNDECIDED]
    by = f" by {basis.judgement.policy.name}" if several else ""
    first, *rest = wrapped(f"{sign.text}{by}, because the documents are silent:", width, "  ", "    ")
    lines = [first.replace(sign.text, sign.painted(paint), 1), *rest]
    for severity in Severity:
        names = [each.rule.name for each in results if each.rule.severity is severity]
        if names:
            first, *rest = wrapped(", ".join(names), width, " " * 19)
            lines += [" " * 6 + padded(severity.value, 13) + first.strip(), *rest]
    return lines
