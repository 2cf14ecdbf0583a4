"""One figure for one term, written out in several rules.

Thirty days for deletion and thirty days for a report are two decisions, and no finding. Thirty days for deletion in two
rules are one decision written twice: when it changes, one of them will be forgotten. Figures within definitions are
already where they belong, tests and clauses are meant to say figures again, and a figure at another key is another.
"""

from __future__ import annotations

from termwise.core.values import Value, write_value
from termwise.diagnostics import Label, problem
from termwise.diagnostics.finding import Finding
from termwise.lint.figures import Figure, figures, is_quantity
from termwise.lint.kinds import Findings, OfPolicy
from termwise.lint.subject import PolicyText, Subject
from termwise.source import Span

CODE = "TW727"


def check(text: PolicyText, subject: Subject) -> Findings:
    """Find the quantities that as many rules compare a term with as the settings say."""
    alike: dict[tuple[str, Value], dict[str, Figure]] = {}
    for each in figures(text):
        if not each.is_named and text.wrote(each.span) and is_quantity(each.value):
            alike.setdefault((each.term, each.value), {}).setdefault(each.rule.base, each)
    seen: set[Span] = set()
    for (_, value), by_rule in alike.items():
        if len(by_rule) < max(subject.settings.repeated_figures, 2):
            continue
        first, second, *_ = by_rule.values()
        if second.span in seen:  # it was said at another key
            continue
        seen.add(second.span)
        others = tuple(Label(each.span, "and here") for each in by_rule.values() if each is not second)
        message = (
            f"{write_value(value)} of `{first.term_name}` is written in {len(by_rule)} rules: {_listed(list(by_rule))}"
        )
        names = tuple(name for base in by_rule for name in text.names_of(base))
        hint = f"`define` it once, under a name that says why {write_value(first.value)}"
        yield Finding(problem(CODE, second.span, message, related=others, hint=hint), names)


def _listed(names: list[str]) -> str:
    return f"{', '.join(f'`{each}`' for each in names[:-1])} and `{names[-1]}`"


LINT = OfPolicy(CODE, check)
