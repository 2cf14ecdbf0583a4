"""Two policies compared → text and data: what was proved, what was refuted and by which contract, what flips."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from termwise.analyze.compare import Claim, Difference, Implication, Relation, RuleChange, Verdict
from termwise.analyze.witness import Witness
from termwise.core.policy import Rule, Severity, Waiver
from termwise.core.wording import quoted
from termwise.evaluate.judgement import Judgement, RuleResult
from termwise.frozen import frozen
from termwise.quantities.numerals import count
from termwise.report.colour import Paint, Tone
from termwise.report.decision import Decision, decision
from termwise.report.json import Json
from termwise.report.printable import wrapped
from termwise.report.symbols import Sign

_VERDICTS = {
    Verdict.PROVED: Sign("✓", "proved", Tone.GOOD),
    Verdict.REFUTED: Sign("✗", "refuted", Tone.BAD),
    Verdict.UNDECIDED: Sign("?", "undecided", Tone.OPEN),
}

_RELATIONS = {
    Relation.STRICTER: "every contract that passes now passed before, and some no longer pass",
    Relation.LOOSER: "every contract that passed before passes now, and others do too",
    Relation.EQUIVALENT: "the same contracts pass",
    Relation.INCOMPARABLE: "some contracts no longer pass, and others pass that did not",
    Relation.UNDECIDED: "what passes could not be compared",
    Relation.ADDED: "the rule is new",
    Relation.REMOVED: "the rule is gone",
}


@frozen
class Flip:
    """A contract that two policies decide differently, with the results of the rules that differ, old and new."""

    contract: str
    before: Decision
    after: Decision
    results: tuple[tuple[RuleResult | None, RuleResult | None], ...]


def flips(pairs: Sequence[tuple[Judgement, Judgement]], fail_on: Severity) -> tuple[Flip, ...]:
    """Return the contracts on which the decision flips from the first judgement of a pair to the second."""
    found = []
    for before, after in pairs:
        decisions = decision(before.results, fail_on), decision(after.results, fail_on)
        if decisions[0] is not decisions[1]:
            names = dict.fromkeys(each.rule.name for each in (*before.results, *after.results))
            both = [(_result(before, name), _result(after, name)) for name in names]
            changed = tuple(each for each in both if _passes(each[0]) is not _passes(each[1]))
            found.append(Flip(before.contract.id, *decisions, changed))
    return tuple(found)


# ------------------------------------------------------------------------------------------------------- prove


def implication_text(found: Implication, names: tuple[str, str], *, width: int, colour: bool = False) -> str:
    """Return whether one policy implies another, rule by rule, with a contract where it does not.

    `names` are what the policies were asked for by.
    """
    paint = Paint(colour)
    first, second = names
    lines = [f"does every contract that passes {first} pass {second}?", ""]
    if found.is_vacuous:
        lines += [f"No contract passes {first} at all, so there is none that does not pass {second}.", ""]
    widest = max((len(sign.text) for sign in _VERDICTS.values()), default=0)
    for claim in found.rules:
        sign = _VERDICTS[claim.verdict]
        remark = "" if claim in found.counting else " (does not count)"
        lines.append(f"  {sign.painted(paint, widest)}  {_name(claim.rule)}{remark}{_outcome(claim)}")
    if found.whole.witness is not None:
        lines += ["", f"this contract passes {first} and does not pass {second}:"]
        lines += _contract(found.whole.witness, paint)
    proved = sum(claim.verdict is Verdict.PROVED for claim in found.counting)
    sign = _VERDICTS[found.whole.verdict]
    rules = count(len(found.counting), "rule")
    lines += ["", f"{sign.painted(paint)}: {first} implies {proved} of {rules} of {second}"]
    return "\n".join(line for each in lines for line in (wrapped(each, width) if _is_prose(each) else [each])) + "\n"


def implication_data(found: Implication, *, version: str) -> dict[str, Json]:
    """Return whether one policy implies another as data, with a contract for each rule that does not follow."""
    return {
        "termwise": version,
        "first": found.first.name,
        "second": found.second.name,
        "verdict": found.whole.verdict.value,
        "fail_on": found.fail_on.value,
        "vacuous": found.is_vacuous,
        "witness": _witness(found.whole.witness),
        "rules": [_claim(each) for each in found.rules],
    }


# -------------------------------------------------------------------------------------------------------- diff


def difference_text(
    found: Difference, flipped: Sequence[Flip] | None, names: tuple[str, str], *, width: int, colour: bool = False
) -> str:
    """Return what became of a policy; `names` are what the two versions were asked for by."""
    paint = Paint(colour)
    blocks = [f"{names[0]} → {names[1]}"]
    changed = [each for each in found.rules if each.relation is not Relation.EQUIVALENT or _weighs_else(each)]
    blocks += ["\n".join(_change(each, width, paint)) for each in changed]
    same = len(found.rules) - len(changed)
    if same:
        blocks.append(f"{count(same, 'rule')} passed by the same contracts as before")
    waivers = [*_waivers(found.waivers_added, "added"), *_waivers(found.waivers_removed, "removed")]
    if waivers:
        blocks.append("\n".join(line for each in waivers for line in wrapped(each, width, "", "  ")))
    if flipped is not None:
        blocks.append("\n".join(_flipped(flipped, width)))
    relation = paint(found.relation.value, Tone.STRONG)
    blocks.append("\n".join(wrapped(f"as a whole {relation}: {_relates(found)}{_whole(found)}", width)))
    return "\n\n".join(blocks) + "\n"


def difference_data(found: Difference, flipped: Sequence[Flip] | None, *, version: str) -> dict[str, Json]:
    """Return what became of a policy as data, with contracts both ways."""
    return {
        "termwise": version,
        "old": found.old.name,
        "new": found.new.name,
        "fail_on": found.forward.fail_on.value,
        "relation": found.relation.value,
        "passes_old_only": _witness(found.backward.whole.witness),
        "passes_new_only": _witness(found.forward.whole.witness),
        "rules": [_change_data(each) for each in found.rules],
        "waivers_added": [_waiver_data(each) for each in found.waivers_added],
        "waivers_removed": [_waiver_data(each) for each in found.waivers_removed],
        "flips": None if flipped is None else [_flip_data(each) for each in flipped],
    }


def _change(change: RuleChange, width: int, paint: Paint) -> Iterator[str]:
    relation = paint(change.relation.value, Tone.STRONG)
    yield from wrapped(f"{change.name}: {relation}: {_related(change)}{_weighs_else(change)}", width, "", "  ")
    for shown, words in (
        (change.tighter, "no longer passes"), (change.looser, "passes now"),
        (change.more_approval, "needs an approval now that it did not need"),
        (change.less_approval, "needs no longer the approval that it needed"),
    ):  # fmt: skip
        if shown is not None:
            before, after = (_approved(judged, change.name) for judged in shown.judgements)
            yield from wrapped(f"{words}: {before} before, {after} now", width, "  ", "    ")
            yield from _contract(shown, paint)


def _related(change: RuleChange) -> str:
    """Return in a sentence what a rule is to what it was."""
    asks = change.more_approval is not None or change.less_approval is not None
    if not asks:
        return _RELATIONS[change.relation]
    passes = {
        (True, True): _RELATIONS[Relation.INCOMPARABLE],
        (True, False): "some contracts no longer pass",
        (False, True): "some contracts pass that did not",
        (False, False): "the same contracts pass",
    }[change.tighter is not None, change.looser is not None]
    kind = "other approvals" if change.more_approval is not None and change.less_approval is not None else (
        "more approval" if change.more_approval is not None else "less approval"
    )  # fmt: skip
    return f"{passes}, and some need {kind}"


def _weighs_else(change: RuleChange) -> str:
    """Return how the severity of a rule changed, if it did."""
    before, after = change.before, change.after
    if before is None or after is None or before.severity is after.severity:
        return ""
    return f"; its severity was {before.severity.value} and is {after.severity.value}"


def _relates(found: Difference) -> str:
    """Return in a sentence what a policy is to what it was."""
    by_rules = found.forward.whole.verdict, found.backward.whole.verdict
    is_same = by_rules == (Verdict.PROVED, Verdict.PROVED)
    words = _RELATIONS[Relation.EQUIVALENT if is_same else found.relation]
    if not (found.waivers_added or found.waivers_removed):
        return words
    return f"{words}{' by the rules' if is_same else ''}; waivers came or went"


def _whole(found: Difference) -> str:
    """Return which rules show that the one policy does not imply the other."""
    said = ""
    for implied, words in ((found.backward, "no longer passes"), (found.forward, "passes now")):
        rule = next((each.rule for each in implied.counting if each.verdict is Verdict.REFUTED), None)
        if rule is not None:
            said += f"; what {words} shows in `{rule.name}`"
    asked = [each.name for each in found.rules if each.more_approval is not None or each.less_approval is not None]
    if asked:
        said += f"; who has to approve changes in `{asked[0]}`"
    return said


def _waivers(waivers: Sequence[Waiver], how: str) -> Iterator[str]:
    for each in waivers:
        who = f"approved by {quoted(each.approved_by)}"
        yield f"waiver {how}: {each.target} for contract {quoted(each.contract)} until {each.until}, {who}"


def _waiver_data(waiver: Waiver) -> Json:
    return {
        "rule": waiver.target,
        "contract": waiver.contract,
        "until": waiver.until.isoformat(),
        "approved_by": waiver.approved_by,
    }


def _flipped(flipped: Sequence[Flip], width: int) -> Iterator[str]:
    if not flipped:
        yield "no contract is decided otherwise"
    for flip in flipped:
        rules = ", ".join(f"{_rule_of(pair).name} ({_word(pair[0])}, now {_word(pair[1])})" for pair in flip.results)
        message = f"{flip.contract}: {flip.before.value}, now {flip.after.value}" + (f": {rules}" if rules else "")
        yield from wrapped(message, width, "", "  ")


# -------------------------------------------------------------------------------------------------------- parts


def _contract(shown: Witness, paint: Paint) -> Iterator[str]:
    if shown.as_of is not None:
        yield f"    {paint(f'# as of {shown.as_of}', Tone.FAINT)}"
    for line in shown.text.rstrip("\n").split("\n"):
        yield f"    {paint(line, Tone.FAINT)}"


def _name(rule: Rule | None) -> str:
    return "" if rule is None else rule.name


def _outcome(claim: Claim) -> str:
    if claim.witness is None or claim.rule is None:
        return ""
    return f": a contract passes, and this is {_said(claim.witness.judgements[-1], claim.rule.name)}"


def _said(judgement: Judgement, name: str) -> str:
    result = _result(judgement, name)
    return "absent" if result is None else result.outcome.value


def _approved(judgement: Judgement, name: str) -> str:
    result = _result(judgement, name)
    by = result.approved_by if result is not None else None
    return _said(judgement, name) + (f" (approved by {quoted(by)})" if by is not None else "")


def _word(result: RuleResult | None) -> str:
    return "absent" if result is None else result.outcome.value


def _rule_of(pair: tuple[RuleResult | None, RuleResult | None]) -> Rule:
    result = pair[0] or pair[1]
    assert result is not None
    return result.rule


def _result(judgement: Judgement, name: str) -> RuleResult | None:
    return next((each for each in judgement.results if each.rule.name == name), None)


def _passes(result: RuleResult | None) -> bool:
    return result is None or result.outcome.passes


def _is_prose(line: str) -> bool:
    return not line.startswith("    ")


def _witness(shown: Witness | None) -> Json:
    if shown is None:
        return None
    return {"contract": shown.text, "as_of": None if shown.as_of is None else shown.as_of.isoformat()}


def _claim(claim: Claim) -> Json:
    outcome = None
    if claim.witness is not None and claim.rule is not None:
        outcome = _said(claim.witness.judgements[-1], claim.rule.name)
    data: dict[str, Json] = {"rule": _name(claim.rule), "verdict": claim.verdict.value, "outcome": outcome}
    return {**data, "witness": _witness(claim.witness)}


def _change_data(change: RuleChange) -> Json:
    return {
        "rule": change.name,
        "relation": change.relation.value,
        "severity": [None if each is None else each.severity.value for each in (change.before, change.after)],
        "passes_old_only": _witness(change.tighter),
        "passes_new_only": _witness(change.looser),
        "more_approval": _witness(change.more_approval),
        "less_approval": _witness(change.less_approval),
    }


def _flip_data(flip: Flip) -> Json:
    rules: list[Json] = []
    for before, after in flip.results:
        outcomes: Mapping[str, Json] = {"before": _word(before), "after": _word(after)}
        rules.append({"rule": _rule_of((before, after)).name, **outcomes})
    return {"contract": flip.contract, "before": flip.before.value, "after": flip.after.value, "rules": rules}
