"""The words of what is proved: one constructor per finding."""

from __future__ import annotations

from collections.abc import Sequence

from termwise.core.expr import Expr
from termwise.core.policy import Clause, Fallback, Guarantee, Replacement, Rule
from termwise.core.vocabulary import Direction
from termwise.core.wording import write_expr
from termwise.diagnostics import Diagnostic, Label, problem
from termwise.source import Span

DEAD_GUARD = "TW603"
"""What is said of a guard that never holds."""

USELESS = ("TW601", "TW602", DEAD_GUARD)
"""What makes a rule useless by itself."""

_LONGEST = 60
"""How long a condition may be to be quoted in a sentence."""


def never_met(rule: Rule, conditions: Sequence[Expr]) -> Diagnostic:
    """Say that no contract to which a rule applies can get it to pass, and which conditions exclude each other."""
    return problem(
        "TW601",
        rule.span,
        f"no contract can meet `{rule.name}`",
        label="no rung of this can hold",
        related=_labels(conditions, rule.span, "this cannot hold", "this cannot hold together with the others"),
    )


def never_fails(rule: Rule) -> Diagnostic:
    """Say that every contract passes a rule."""
    hint = "whatever a contract says, and if it says nothing, the rule passes; ask for something, or remove it"
    return problem("TW602", rule.span, f"every contract meets `{rule.name}`", hint=hint)


def never_applies(rule: Rule, word: str, guards: Sequence[Expr]) -> Diagnostic:
    """Say that a guard, or all of them together, never holds."""
    span = guards[0].span if guards and guards[0].span is not None else rule.span
    if len(guards) == 1:
        effect = "the rule never applies" if word == "when" else "it excepts nothing"
        return problem(DEAD_GUARD, span, f"`{word} {_quoted(guards[0])}` of `{rule.name}` never holds, so {effect}")
    message = f"the guards of `{rule.name}` never hold together, so the rule never applies"
    return problem(DEAD_GUARD, span, message, related=_labels(guards[1:], span, "nor with this", "nor with this"))


def unreachable_rung(rule: Rule, rung: str, span: Span, above: str | None) -> Diagnostic:
    """Say that nothing lands on a rung, and which better one always holds where it does."""
    if above is not None:
        message = f"nothing lands on `{rung}` of `{rule.name}`: whenever it holds, `{above}` holds as well"
        return problem("TW604", span, message)
    return problem("TW604", span, f"nothing lands on `{rung}` of `{rule.name}`: it cannot hold")


def idle_prefer(rule: Rule, span: Span) -> Diagnostic:
    """Say that a `prefer` asks for nothing that `require` does not ask for."""
    message = f"`prefer` of `{rule.name}` adds nothing: whatever meets the rule is preferred already"
    return problem("TW604", span, message)


def contradiction(rules: Sequence[Rule], guards: Sequence[Expr], days: bool) -> Diagnostic:
    """Say that no contract passes some rules together, and for which customers, if not for all."""
    first, *others = rules
    if guards:
        where = f" where `{'` and `'.join(_quoted(each) for each in guards)}`"
    else:
        where = " once all of them are in force" if days else ""
    message = f"no contract can pass {_listed(rules)} together{where}"
    related = tuple(Label(each.span, f"`{each.name}` takes part") for each in others)
    return problem("TW605", first.span, message, label="one of these has to give way", related=related)


def implied(rule: Rule, by: Sequence[Rule]) -> Diagnostic:
    """Say that a rule follows from others."""
    message = f"`{rule.name}` asks for nothing that {_listed(by)} does not ask for already"
    if len(by) > 1:
        message = f"`{rule.name}` asks for nothing that {_listed(by)} do not ask for together"
    related = tuple(Label(each.span, f"`{each.name}` takes part") for each in by)
    return problem("TW606", rule.span, message, related=related)


def impassable(policy: str, rules: Sequence[Rule]) -> Diagnostic:
    """Say that no contract passes the policy."""
    related = tuple(Label(each.span, f"`{each.name}` takes part") for each in rules[1:])
    message = f"no contract can pass `{policy}`, because of {_listed(rules)}"
    return problem("TW607", rules[0].span, message, related=related)


def not_tighter(replacement: Replacement, rule: Rule, before: Rule) -> Diagnostic:
    """Say that a `tighten` lets something pass that failed before."""
    asks = " without approval" if any(each.approved_by for each in (*rule.fallbacks, *before.fallbacks)) else ""
    message = f"`tighten rule {rule.base}` lets a contract pass that `{before.origin}` does not{asks}: `{rule.name}`"
    hint = "ask for at least as much, or write `relax` and say why"
    return problem("TW608", replacement.span, message, hint=hint, related=(Label(before.span, "it replaces this"),))


def not_looser(replacement: Replacement, rule: Rule, before: Rule, *, fails_more: bool) -> Diagnostic:
    """Say that a `relax` lets nothing pass that failed before, or fails something that passed."""
    if fails_more:
        message = f"`relax rule {rule.base}` fails a contract that `{before.origin}` lets pass: `{rule.name}`"
    else:
        message = f"`relax rule {rule.base}` lets no contract pass that `{before.origin}` does not: `{rule.name}`"
    return problem("TW609", replacement.span, message, related=(Label(before.span, "it replaces this"),))


def falls_short(clause: Clause, rule: Rule) -> Diagnostic:
    """Say that what a clause grants does not make a rule met that names it."""
    here, there = Label(clause.span, "the clause"), Label(rule.span, "the rule that names it")
    if clause.span.path != rule.span.path:  # a clause that was inherited is nothing the author can mend
        here, there = there, here
    return problem(
        "TW610",
        here.span,
        f"what `{clause.name}` grants does not meet `{rule.name}`",
        related=(there,),
        hint="grant what the rule requires, or name another clause in the rule",
    )


def broken_guarantee(guarantee: Guarantee) -> Diagnostic:
    """Say that a contract passes and yet breaks a guarantee."""
    message = f'a contract can pass and break the guarantee "{guarantee.title}"'
    return problem("TW611", guarantee.span, message)


def punished(rule: Rule, term: str, direction: Direction, span: Span) -> Diagnostic:
    """Say that a rule does worse for a safer value."""
    message = f"`{rule.name}` does worse when `{term}`, which is safer {direction.value}, becomes {direction.value}"
    return problem("TW612", rule.span, message, related=(Label(span, "`prefer` says so here"),))


def undecided(span: Span, question: str, why: str) -> Diagnostic:
    """Say that a question could not be decided, and why."""
    return problem("TW613", span, f"it could not be decided whether {question}: {why}")


def rung_span(rule: Rule, rung: str) -> Span:
    """Return where a rung stands."""
    match rung:
        case "prefer":
            return next((each.span for each in rule.prefer if each.span is not None), rule.span)
        case "require":
            return next((each.span for each in rule.require if each.span is not None), rule.span)
        case _:
            fallback: Fallback = rule.fallbacks[int(rung.rsplit(maxsplit=1)[-1]) - 1]
            return fallback.span


def _labels(conditions: Sequence[Expr], other: Span, one: str, many: str) -> tuple[Label, ...]:
    text = one if len(conditions) == 1 else many
    return tuple(Label(each.span, text) for each in conditions if each.span is not None and each.span != other)


def _listed(rules: Sequence[Rule]) -> str:
    names = list(dict.fromkeys(f"`{each.name}`" for each in rules))
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _quoted(expr: Expr) -> str:
    text = write_expr(expr)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"
