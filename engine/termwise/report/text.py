"""Judgements → the report a person reads: a table of outcomes where there are several contracts, then the reasons.

Everything is a function of the judgements and of the width; the terminal itself is the command's business.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from termwise.core.policy import Policy, Severity
from termwise.diagnostics import Diagnostic
from termwise.evaluate.judgement import Judgement, Outcome, RuleResult, State
from termwise.quantities.numerals import count
from termwise.report.basis import Basis, basis_of
from termwise.report.colour import Paint, Tone
from termwise.report.decision import decision, worst
from termwise.report.findings import finding
from termwise.report.json import by_contract
from termwise.report.printable import listed, on_one_line, padded, quoted, wrapped
from termwise.report.symbols import DECISIONS, OUTCOMES
from termwise.report.table import Column, Row, table

WIDEST_TEXT = 100
"""Columns beyond which a sentence is hard to read; tables may be wider."""

_PASSING = (Outcome.MET, Outcome.PREFERRED, Outcome.NOT_APPLICABLE)
_ORDER = list(OUTCOMES)


def check_text(
    judgements: Sequence[Judgement], *, fail_on: Severity = Severity.MINOR, width: int = 80, colour: bool = False
) -> str:
    """Return the report of a run: one contract as a list by severity, several as a table with the reasons below."""
    paint = Paint(colour)
    groups = by_contract(judgements)
    narrow = min(width, WIDEST_TEXT)
    blocks = [_heading(judgements, narrow, paint)] if judgements else []
    if len(groups) > 1:
        blocks += _tables(groups, fail_on, width, paint)
        blocks.append(_legend(judgements, narrow, paint))
    for group in groups:
        bases = [basis_of(each) for each in group]
        blocks.append(_contract_head(group, fail_on, narrow, paint))
        blocks += _by_severity(bases, narrow, paint) if len(groups) == 1 else _by_outcome(bases, narrow, paint)
    blocks.append(_notices((notice for each in judgements for notice in each.notices), narrow, paint))
    blocks.append(_decision(groups, fail_on, narrow, paint))
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


# -------------------------------------------------------------------------------------------------- the whole run


def _heading(judgements: Sequence[Judgement], width: int, paint: Paint) -> list[str]:
    policies = {id(each.policy): each.policy for each in judgements}
    lines = []
    for policy in policies.values():
        version = "" if policy.version is None else f" {policy.version}"
        title = f"{policy.name}{version}: {on_one_line(policy.title)}" if policy.title else f"{policy.name}{version}"
        lines += [paint(each, Tone.STRONG) for each in wrapped(title, width, "", "  ")]
    needed = listed(list(dict.fromkeys(each.assurance.value for each in policies.values())))
    lines += wrapped(f"judged as of {judgements[0].as_of}; a promise counts from {needed} up", width)
    return lines


def _tables(groups: Sequence[Sequence[Judgement]], fail_on: Severity, width: int, paint: Paint) -> Iterator[list[str]]:
    """Yield a table for each policy, over the contracts it judged."""
    policies: dict[int, Policy] = {id(each.policy): each.policy for group in groups for each in group}
    for policy in policies.values():
        judged = [each for group in groups for each in group if each.policy is policy]
        columns = [
            Column(
                each.contract.id,
                {result.rule.name: result.outcome for result in each.results},
                DECISIONS[decision(each.results, fail_on)],
            )
            for each in judged
        ]
        title = [paint(policy.name, Tone.STRONG), ""] if len(policies) > 1 else []
        yield title + table(columns, [Row(each.name, each.severity) for each in policy.rules], width, paint)


def _legend(judgements: Iterable[Judgement], width: int, paint: Paint) -> list[str]:
    seen = {result.outcome for each in judgements for result in each.results}
    lines = []
    for outcome, sign in OUTCOMES.items():
        if outcome in seen:
            first, *rest = wrapped(sign.meaning, width, " " * 13)
            lines += [sign.painted(paint, 13) + first.strip(), *rest]
    return lines


def _notices(notices: Iterable[Diagnostic], width: int, paint: Paint) -> list[str]:
    found = list(dict.fromkeys(notices))
    lines = [paint("Notices", Tone.STRONG)] if found else []
    for each in found:
        place = f"{on_one_line(each.primary.span.path)}:{each.primary.span.line}"
        hint = "" if each.hint is None else f" ({on_one_line(each.hint)})"
        text = f"{each.level.value} {each.code}, {place}: {on_one_line(each.message)}{hint}"
        lines += wrapped(text, width, "  ", "    ")
    return lines


def _decision(groups: Sequence[Sequence[Judgement]], fail_on: Severity, width: int, paint: Paint) -> list[str]:
    decisions = [decision((result for each in group for result in each.results), fail_on) for group in groups]
    made = worst(decisions)
    counted = Counter(decisions)
    contracts = count(len(groups), "contract")
    split = listed([f"{counted[each]} {sign.word}" for each, sign in DECISIONS.items() if counted[each]])
    detail = f"{contracts}: {split}" if len(groups) > 1 else contracts
    which = "rules of every severity count" if fail_on is Severity.ADVICE else f"rules from {fail_on.value} up count"
    first, *rest = wrapped(f"({detail}; {which})", width, " " * 24)
    head = padded("Decision: ", 10) + DECISIONS[made].painted(paint, 13)
    return [f"{head} {first.strip()}", *rest]


# ------------------------------------------------------------------------------------------------- one contract


def _contract_head(group: Sequence[Judgement], fail_on: Severity, width: int, paint: Paint) -> list[str]:
    contract = group[0].contract
    results = [result for each in group for result in each.results]
    vendor = "" if contract.vendor is None else f" ({on_one_line(contract.vendor)})"
    lines = [paint("─" * width, Tone.FAINT)]
    lines.append(f"{paint(on_one_line(contract.id), Tone.STRONG)}{vendor}")
    lines += [paint(each, Tone.FAINT) for each in wrapped(on_one_line(contract.path), width)]
    for each in contract.documents:
        lines += wrapped(f"{on_one_line(each.id)}: {quoted(each.title)}, {each.assurance.value}", width, "", "  ")
    counted = Counter(each.outcome for each in results)
    split = ", ".join(f"{counted[each]} {sign.word}" for each, sign in OUTCOMES.items() if counted[each])
    light = sum(not each.rule.severity.reaches(fail_on) for each in results)
    rest = f"; {count(light, 'rule')} below {fail_on.value} not counted" if light else ""
    first, *more = wrapped(f"{split}{rest}", width - 2, " " * 13)
    return [*lines, DECISIONS[decision(results, fail_on)].painted(paint, 13) + first.strip(), *more]


def _by_severity(bases: Sequence[Basis], width: int, paint: Paint) -> Iterator[list[str]]:
    """Yield every result of one contract in full, heaviest rules first, and the worst first among those."""
    several = len(bases) > 1
    for severity in Severity:
        pairs = [(result, basis) for basis in bases for result in basis.judgement.results]
        found = sorted(
            (each for each in pairs if each[0].rule.severity is severity),
            key=lambda each: _ORDER.index(each[0].outcome),
        )
        lines = [paint(severity.value.upper(), Tone.STRONG)] if found else []
        for result, basis in found:
            lines += finding(result, basis, width, paint, remark=basis.judgement.policy.name if several else "")
            lines += _offer(result, basis, width, paint)
        yield lines


def _offer(result: RuleResult, basis: Basis, width: int, paint: Paint) -> list[str]:
    """Return the clause to ask for, where a rule fails and the policy has one that meets it."""
    name = result.rule.clause
    clause = None if name is None else basis.judgement.policy.clause(name)
    if clause is None or result.outcome in _PASSING:
        return []
    return [
        paint(each, Tone.FAINT)
        for each in wrapped(f"ask for clause {clause.name} {quoted(clause.title)}", width, " " * 8)
    ]


def _by_outcome(bases: Sequence[Basis], width: int, paint: Paint) -> Iterator[list[str]]:
    """Yield what is not simply met of one contract among several, worst first; what is silent only, in one list."""
    pairs = [(result, basis) for basis in bases for result in basis.judgement.results]
    silent = [each for each in pairs if _is_all_silent(each[0])]
    telling = [each for each in pairs if each[0].outcome not in _PASSING and each not in silent]
    weights = list(Severity)
    telling.sort(key=lambda each: (_ORDER.index(each[0].outcome), weights.index(each[0].rule.severity)))
    lines: list[str] = []
    for result, basis in telling:
        lines += finding(result, basis, width, paint, remark=result.rule.severity.value)
    yield lines
    yield _silent([result for result, _ in silent], width, paint)


def _is_all_silent(result: RuleResult) -> bool:
    silent = all(each.state is State.SILENT for each in result.causes)
    return result.outcome is Outcome.UNDECIDED and silent


def _silent(results: Sequence[RuleResult], width: int, paint: Paint) -> list[str]:
    if not results:
        return []
    sign = OUTCOMES[Outcome.UNDECIDED]
    lines = [f"  {sign.painted(paint)}, because the documents are silent:"]
    for severity in Severity:
        names = [each.rule.name for each in results if each.rule.severity is severity]
        if names:
            first, *rest = wrapped(", ".join(names), width, " " * 19)
            lines += [" " * 6 + padded(severity.value, 13) + first.strip(), *rest]
    return lines
