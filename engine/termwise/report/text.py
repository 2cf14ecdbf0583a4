"""Judgements → the report a person reads: a table of outcomes where there are several contracts, then the reasons.

Everything is a function of the judgements and of the width; the terminal itself is the command's business.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from termwise.core.policy import Assurance, Policy, Severity
from termwise.diagnostics import Diagnostic
from termwise.evaluate.judgement import Judgement
from termwise.quantities.numerals import count
from termwise.report.basis import Basis, basis_of
from termwise.report.colour import Paint, Tone
from termwise.report.contract_text import by_outcome, by_severity, contract_head
from termwise.report.decision import Decision, decision, worst
from termwise.report.grouped import by_contract
from termwise.report.printable import WIDEST_TEXT, listed, on_one_line, wrapped
from termwise.report.symbols import DECISIONS, OUTCOMES


def check_text(
    judgements: Sequence[Judgement],
    *,
    fail_on: Severity = Severity.MINOR,
    width: int = 80,
    colour: bool = False,
    errors: Sequence[Diagnostic] = (),
    known: frozenset[str] = frozenset(),
) -> str:
    """Return the report of a run: one contract as a list by severity, several as a table with the reasons below.

    `errors` are what was wrong with the contracts that could not be judged; a run with any is never a pass. `known`
    are the fingerprints of results that are left out, and do not count, because a baseline knows them.
    """
    paint = Paint(colour)
    groups = [[basis_of(each, known) for each in group] for group in by_contract(judgements)]
    narrow = min(width, WIDEST_TEXT)
    blocks = [_heading(judgements, narrow, paint)] if judgements else []
    if len(groups) > 1:
        blocks += _tables(groups, fail_on, width, paint)
        blocks.append(_legend(groups, narrow, paint))
    for group in groups:
        blocks.append(contract_head(group, fail_on, narrow, paint))
        blocks += by_severity(group, narrow, paint) if len(groups) == 1 else by_outcome(group, narrow, paint)
    blocks.append(_notices((notice for each in judgements for notice in each.notices), narrow, paint))
    blocks.append(_decision(groups, fail_on, len(errors), narrow, paint))
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _heading(judgements: Sequence[Judgement], width: int, paint: Paint) -> list[str]:
    policies = {id(each.policy): each.policy for each in judgements}
    lines = []
    for policy in policies.values():
        version = "" if policy.version is None else f" {policy.version}"
        name, title = f"{policy.name}{version}", on_one_line(policy.title)
        title = f"{name}: {title}" if title not in ("", policy.name) else name
        lines += [paint(each, Tone.STRONG) for each in wrapped(title, width, "", "  ")]
    names: dict[str, list[str]] = {}
    for policy in policies.values():
        names.setdefault(_counting(policy.assurance), []).append(policy.name)
    told = [f"{counting} for {listed(by, 'and')}" for counting, by in names.items()]
    needed = ", ".join(told) if len(names) > 1 else next(iter(names))
    lines += wrapped(f"judged as of {judgements[0].as_of}; a promise counts if it is {needed}", width)
    return lines


def _counting(assurance: Assurance) -> str:
    return assurance.value if assurance is Assurance.SIGNED else f"{assurance.value} or better"


def _tables(groups: Sequence[Sequence[Basis]], fail_on: Severity, width: int, paint: Paint) -> Iterator[list[str]]:
    """Yield a table for each policy, over the contracts it judged."""
    from termwise.report.table import Column, Row, table  # one contract needs none

    policies: dict[int, Policy] = {
        id(each.judgement.policy): each.judgement.policy for group in groups for each in group
    }
    for policy in policies.values():
        judged = [each for group in groups for each in group if each.judgement.policy is policy]
        columns = [
            Column(
                each.judgement.contract.id,
                {result.rule.name: result.outcome for result in each.results},
                DECISIONS[decision(each.results, fail_on)],
            )
            for each in judged
        ]
        title = [paint(policy.name, Tone.STRONG), ""] if len(policies) > 1 else []
        yield title + table(columns, [Row(each.name, each.severity) for each in policy.rules], width, paint)


def _legend(groups: Iterable[Iterable[Basis]], width: int, paint: Paint) -> list[str]:
    seen = {result.outcome for group in groups for each in group for result in each.results}
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


def _decision(groups: Sequence[Sequence[Basis]], fail_on: Severity, errors: int, width: int, paint: Paint) -> list[str]:
    decisions = [decision((result for each in group for result in each.results), fail_on) for group in groups]
    sign = DECISIONS[worst([*decisions, Decision.UNDECIDED] if errors else decisions)]
    counted = Counter(decisions)
    split = listed([f"{counted[each]} {sign.word}" for each, sign in DECISIONS.items() if counted[each]])
    detail = [count(len(groups), "contract") + (f": {split}" if len(groups) > 1 else "")]
    detail += [f"{count(errors, 'problem')} with what was given"] if errors else []
    left_out = sum(len(each.judgement.results) - len(each.results) for group in groups for each in group)
    detail += [f"{count(left_out, 'known result')} left out"] if left_out else []
    detail += [
        "rules of every severity count" if fail_on is Severity.ADVICE else f"rules from {fail_on.value} up count"
    ]
    first, *rest = wrapped(f"Decision: {sign.text} ({'; '.join(detail)})", width, "", "  ")
    return [first.replace(sign.text, sign.painted(paint), 1), *rest]
