"""An example as the solver found it → a small contract file that shows the point, judged anew from its text.

What the solver finds is cut down: every fact that the point does not need is left out, and what can be said more simply
is. Then the file is written, read, bound and judged like any other. One that does not show the point when it is read
back is no witness, and what it was to show is not claimed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction

from termwise.analyze.decode import OPEN, contract_of
from termwise.analyze.study import Example, Facts
from termwise.contracts.bind import bind
from termwise.contracts.facts import Contract
from termwise.contracts.files import read_source
from termwise.contracts.write import UnwritableError, contract_yaml
from termwise.core.expr import Passes, walk
from termwise.core.outcome import Outcome
from termwise.core.policy import Assurance, Policy, Rule
from termwise.core.values import Bounded, Content, Exact, Record, Value
from termwise.core.vocabulary import Vocabulary
from termwise.diagnostics import Problems
from termwise.evaluate.judgement import Judgement
from termwise.evaluate.reference import judge
from termwise.frozen import frozen, replace
from termwise.quantities.amounts import Fees, Money, Percent, Rate
from termwise.quantities.duration import Duration
from termwise.source import Source

LAST_DAY = date.max
"""The day on which a contract is judged where no rule cares."""

Shows = Callable[[Sequence[Judgement]], bool]
"""Whether the judgements of some policies on a contract show the point."""


@frozen
class Witness:
    """A contract as a file, the day to judge it on if that matters, and what each policy makes of it."""

    text: str
    as_of: date | None
    judgements: tuple[Judgement, ...]


def witness(
    example: Example,
    policies: Sequence[Policy],
    shows: Shows,
    *,
    rules: Iterable[Rule] | None = None,
    keeps: frozenset[str] = frozenset(),
) -> Witness | None:
    """Return the smallest contract around an example that shows a point, or None where none does once it is read back.

    `rules` are all that the point is about, and no others are judged; without them it is about every rule. What the
    contract says of the terms in `keeps` is part of the point.
    """
    about = None if rules is None else tuple(rules)
    narrow = [_only(each, about) for each in policies]
    day = example.as_of or LAST_DAY
    vocabulary = whole_vocabulary(policies)

    def judged(facts: Facts) -> list[Judgement]:
        contract = contract_of(facts, vocabulary)
        return [judge(each, contract, day) for each in narrow]

    def told(judgements: Sequence[Judgement]) -> list[tuple[str, Outcome]]:
        """Return what came of the rules that the point is about: a smaller contract is to show it just as well."""
        results = [result for each in judgements for result in each.results]
        return [(each.rule.name, each.outcome) for each in results if about is not None and each.rule in about]

    whole = judged(example.facts)
    if not shows(whole):
        return None

    def holds(facts: Facts) -> bool:
        judgements = judged(facts)
        return shows(judgements) and told(judgements) == told(whole)

    facts = _simplified(example.facts, holds, keeps)
    try:
        text = contract_yaml(contract_of(facts, vocabulary), vocabulary)
    except UnwritableError:
        return None
    return replayed(text, narrow, example.as_of, shows)


def replayed(text: str, policies: Sequence[Policy], as_of: date | None, shows: Shows) -> Witness | None:
    """Read a contract file as any other, judge it, and return it if it shows the point."""
    contract = _read(text, whole_vocabulary(policies))
    if contract is None:
        return None
    judgements = tuple(judge(each, contract, as_of or LAST_DAY) for each in policies)
    return Witness(text, as_of, judgements) if shows(judgements) else None


def without_waivers(policy: Policy) -> Policy:
    """Return a policy as proofs see it."""
    return replace(policy, waivers=()) if policy.waivers else policy


def _read(text: str, vocabulary: Vocabulary) -> Contract | None:
    problems = Problems()
    raw = read_source(Source("witness.yaml", text), ".yaml", problems)
    return None if raw is None else bind(raw, vocabulary, problems)


def whole_vocabulary(policies: Sequence[Policy]) -> Vocabulary:
    """Return the vocabulary of some policies; where they use versions of one, with the terms of all of them."""
    last = policies[-1].vocabulary
    others = [each.vocabulary for each in policies[:-1] if each.vocabulary != last]
    for other in others:
        last = replace(
            last,
            enums={**other.enums, **last.enums},
            records={**other.records, **last.records},
            terms={**other.terms, **last.terms},
        )
    return last


def _only(policy: Policy, rules: Iterable[Rule] | None) -> Policy:
    """Return a policy with no rules but those, and those that they ask about, which is judged faster."""
    if rules is None:
        return without_waivers(policy)
    kept: dict[str, Rule] = {}
    pending = list(rules)
    while pending:
        rule = pending.pop()
        if rule.name not in kept:
            kept[rule.name] = rule
            asked = (each.rule for condition in rule.conditions for each in walk(condition) if isinstance(each, Passes))
            pending += [found for name in asked if (found := policy.rule(name)) is not None]
    in_order = tuple(rule for rule in policy.rules if rule.name in kept)
    strangers = tuple(rule for rule in kept.values() if policy.rule(rule.name) is None)
    return replace(policy, rules=(*in_order, *strangers), waivers=())


# ------------------------------------------------------------------------------------------- a simpler contract


def _simplified(facts: Facts, holds: Callable[[Facts], bool], keeps: frozenset[str]) -> Facts:
    """Return fewer and simpler facts that still show the point: each is left out, or said more simply, if it can be."""
    for name in [name for name, _, _ in facts if name not in keeps]:
        without = tuple(fact for fact in facts if fact[0] != name)
        if holds(without):
            facts = without
    for at, (name, content, assurance) in enumerate(facts):
        if name in keeps:
            continue
        for simpler in _simpler(content):
            changed = (*facts[:at], (name, simpler, assurance), *facts[at + 1 :])
            if holds(changed):
                facts = changed
                break
    return facts


def _simpler(content: Content) -> Iterator[Content]:
    """Yield what could be said instead, the simplest first."""
    match content:
        case Exact(tuple(records)):
            yield from (Exact(rows) for rows in _fewer(records))
        case Bounded(tuple(records), _):
            yield from (Exact(rows) for rows in _fewer(records))
            yield from (Bounded(rows, None) for rows in _fewer(records))
        case Exact(value):
            yield from (Exact(each) for each in _rounded(value))
        case Bounded(low, high):
            ends = [end for end in (low, high) if end is not None]
            yield from (Exact(each) for end in ends for each in (*_rounded(end), end))
            if low is not None and high is not None:
                yield Bounded(low, None)
                yield Bounded(None, high)
        case _:
            return


def _fewer(records: tuple[Record, ...]) -> Iterator[tuple[Record, ...]]:
    yield ()
    for record in records:
        plain = {name: content for name, content in record.fields.items() if content != OPEN}
        yield (Record(plain),)
        yield (record,)
    if len(records) > 2:
        yield from (records[:at] + records[at + 1 :] for at in range(len(records)))


def _rounded(value: Value) -> Iterator[Value]:
    """Yield values near by that are written without fractions."""
    match value:
        case Duration(days, months, business) if days.denominator != 1:
            yield from (Duration(Fraction(each), months, business) for each in _near(days))
        case Money(currency, amount) if amount.denominator != 1:
            yield from (Money(currency, Fraction(each)) for each in _near(amount))
        case Percent(points) if points.denominator != 1:
            yield from (Percent(Fraction(each)) for each in _near(points))
        case Fees(months) if months.denominator != 1:
            yield from (Fees(Fraction(each)) for each in _near(months))
        case Rate(times) if times.denominator != 1:
            yield from (Rate(Fraction(each)) for each in _near(times))
        case Fraction() if value.denominator != 1:
            yield from (Fraction(each) for each in _near(value))
        case _:
            return


def _near(number: Fraction) -> Iterator[Fraction]:
    """Yield the whole numbers around a number, and for what is not even in tenths, tenths and thousandths around it."""
    for grain in (1, 10, 1000):
        yield Fraction(number * grain // 1, grain)
        yield Fraction(-(-number * grain // 1), grain)


__all__ = ["Assurance", "Shows", "Witness", "replayed", "without_waivers", "witness"]
