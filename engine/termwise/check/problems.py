"""The words for names (TW1xx), types and units (TW2xx), and composition and circles (TW3xx, TW4xx)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from termwise.core.reading import Misread
from termwise.core.vocabulary import Term
from termwise.diagnostics import Diagnostic, Label, did_you_mean, problem
from termwise.source import Span
from termwise.types import EnumType, Scalar, SetType, Type, is_ordered, name_of

# ------------------------------------------------------------------------------------------------------- names


def unknown_term(span: Span, name: str, vocabulary: str, known: Iterable[str]) -> Diagnostic:
    """Say that the vocabulary lacks a dotted name."""
    return problem("TW101", span, f"the vocabulary `{vocabulary}` has no term `{name}`", hint=did_you_mean(name, known))


def unknown_name(span: Span, name: str, known: Iterable[str]) -> Diagnostic:
    """Say that an undotted name is no variable, definition, term or symbol."""
    return problem(
        "TW102", span, f"`{name}` is no definition, term or variable of this policy", hint=did_you_mean(name, known)
    )


def unknown_rule(span: Span, name: str, known: Iterable[str]) -> Diagnostic:
    """Say that no rule has a name."""
    return problem("TW103", span, f"no rule is called `{name}`", hint=did_you_mean(name, known))


def lost_rule(span: Span, name: str, asker: str) -> Diagnostic:
    """Say that an inherited rule asks about an instance that a replacement took away."""
    return problem("TW103", span, f"the inherited rule `{asker}` asks about `{name}`, which no longer exists")


def unknown_type(span: Span, name: str, known: Iterable[str], wanted: str = "type") -> Diagnostic:
    """Say that no type has a name."""
    return problem("TW104", span, f"no {wanted} is called `{name}`", hint=did_you_mean(name, known))


def unknown_policy(span: Span, name: str, known: Iterable[str]) -> Diagnostic:
    """Say that a policy to extend is nowhere."""
    hint = did_you_mean(name, known) or f"`{name}.tw` is looked for beside this file, then in the shipped library"
    return problem("TW105", span, f"no policy is called `{name}`", hint=hint)


def no_rules(span: Span, name: str) -> Diagnostic:
    """Say that a policy that contracts are to be judged by requires nothing."""
    return problem(
        "TW014", span, f"`{name}` has no `rule`, so that every contract would pass", hint="is the file whole?"
    )


def not_a_policy(span: Span, name: str) -> Diagnostic:
    """Say that a vocabulary stands where a policy is needed."""
    return problem("TW105", span, f"`{name}` is a vocabulary; a policy is needed here", hint=f"write `uses {name}`")


def unknown_vocabulary(span: Span, name: str, known: Iterable[str]) -> Diagnostic:
    """Say that a vocabulary to use is nowhere."""
    hint = did_you_mean(name, known) or f"`{name}.tw` is looked for beside this file, then in the shipped library"
    return problem("TW106", span, f"no vocabulary is called `{name}`", hint=hint)


def not_a_vocabulary(span: Span, name: str) -> Diagnostic:
    """Say that a policy stands where a vocabulary is needed."""
    return problem("TW106", span, f"`{name}` is a policy; a vocabulary is needed here", hint=f"write `extends {name}`")


def no_vocabulary(span: Span) -> Diagnostic:
    """Say that a policy does not say which terms it speaks of."""
    return problem("TW106", span, "the policy does not say which vocabulary it uses", hint="add `uses NAME`")


def duplicate(span: Span, what: str, name: str, first: Span | None) -> Diagnostic:
    """Say that a name is declared twice."""
    related = () if first is None else (Label(first, "first declared here"),)
    return problem("TW107", span, f"a second {what} is called `{name}`", related=related)


def hidden(span: Span, what: str, name: str, other: str, first: Span | None) -> Diagnostic:
    """Say that a new name would hide something that is called the same."""
    related = () if first is None else (Label(first, "this would be hidden"),)
    message = f"the {what} `{name}` would hide {other}"
    return problem("TW107", span, message, hint="give it a name of its own", related=related)


def unknown_clause(span: Span, name: str, known: Iterable[str]) -> Diagnostic:
    """Say that a rule names a clause that nobody wrote."""
    return problem("TW108", span, f"no clause is called `{name}`", hint=did_you_mean(name, known))


def unknown_field(span: Span, name: str, record: str, known: Sequence[str]) -> Diagnostic:
    """Say that a record has no field of a name."""
    hint = did_you_mean(name, known) or f"its fields are {listed(known)}"
    return problem("TW109", span, f"a `{record}` has no field `{name}`", hint=hint)


def unknown_symbol(span: Span, name: str, kind: EnumType) -> Diagnostic:
    """Say that a name is no symbol of the enum that is asked for."""
    hint = did_you_mean(name, kind.symbols) or f"its symbols are {listed(kind.symbols)}"
    return problem("TW110", span, f"`{name}` is no symbol of `{kind.name}`", hint=hint)


def unknown_word(span: Span, word: str, what: str, known: Sequence[str]) -> Diagnostic:
    """Say that a fixed word is expected."""
    hint = f"write {listed(known, 'or')}"
    return problem("TW111", span, f"`{word}` is no {what}", hint=hint)


# ---------------------------------------------------------------------------------------------- types and units


def misread(found: Misread, span: Span) -> Diagnostic:
    """Say why a text is no value of its type."""
    return problem(found.code, span, found.message, hint=found.hint)


def mismatch(span: Span, found: Type, wanted: Type) -> Diagnostic:
    """Say that two types do not meet."""
    both = isinstance(found, Scalar) and isinstance(wanted, Scalar) and is_ordered(found) and is_ordered(wanted)
    code = "TW203" if both else "TW201"
    hint = None
    if isinstance(found, SetType) and found.element == wanted:
        hint = "a set has several values; ask whether it `includes` one"
    if {found, wanted} == {Scalar.MONEY, Scalar.FEES}:
        hint = "the vocabulary can say `annual fees TERM`; then months of fees compare with money"
    return problem(code, span, f"this is {_a(found)}; {_a(wanted)} is expected", hint=hint)


def wrong_value(span: Span, found: str, wanted: Type, hint: str | None = None) -> Diagnostic:
    """Say that a value of another shape is expected."""
    return problem("TW201", span, f"{found} stands where {_a(wanted)} is expected", hint=hint)


def not_a_constant(span: Span) -> Diagnostic:
    """Say that a set is written of values only."""
    return problem("TW201", span, "a set is written of values; this is read from the contract")


def not_a_condition(span: Span, found: str, hint: str | None = None) -> Diagnostic:
    """Say that something is neither true nor false."""
    return problem("TW205", span, f"{found} is no condition", hint=hint)


def not_a_value(span: Span) -> Diagnostic:
    """Say that a condition stands where a value is needed."""
    return problem("TW205", span, "a condition stands where a value is expected")


def nothing_compared(span: Span) -> Diagnostic:
    """Say that a comparison reads nothing of a contract."""
    return problem("TW206", span, "neither side of this comparison is read from a contract, so it compares nothing")


def unsuited(span: Span, operator: str, kind: Type, hint: str | None) -> Diagnostic:
    """Say that an operator is not one of a type."""
    return problem("TW206", span, f"`{operator}` does not compare {_a(kind)}", hint=hint)


def not_summed(span: Span, kind: Type) -> Diagnostic:
    """Say that a type has no sums."""
    return problem("TW206", span, f"{_a(kind)} cannot be added or subtracted")


def no_direction(span: Span, kind: Type) -> Diagnostic:
    """Say that `prefer` makes no sense for a type."""
    return problem("TW206", span, f"{_a(kind)} is neither lower nor higher, so it has no `prefer`")


def cannot_be_given(span: Span, operator: str) -> Diagnostic:
    """Say that a test cannot suppose a fact this way."""
    return problem(
        "TW206",
        span,
        f"`{operator}` states no fact",
        hint="a fact is given with `=`, `<=`, `>=`, `includes` or `within`",
    )


def never_expected(span: Span, why: str, hint: str | None = None) -> Diagnostic:
    """Say that what a test expects never comes of the rule."""
    return problem("TW213", span, why, hint=hint)


def needs_key(span: Span, term: Term, why: str) -> Diagnostic:
    """Say that a keyed term has to be asked about at one key."""
    assert term.key is not None
    return problem(
        "TW210",
        span,
        f"`{term.name}` stands once per `{term.key.name}`, and {why}",
        hint=f"write {_keyed(term.name, term.key)}",
    )


def rule_needs_no_key(span: Span, name: str) -> Diagnostic:
    """Say that a rule stands only once."""
    return problem("TW210", span, f"the rule `{name}` has no keys", hint=f"write `{name}`")


def no_keys(span: Span, name: str) -> Diagnostic:
    """Say that something stands only once."""
    return problem("TW210", span, f"`{name}` has no keys", hint=f"write `{name}`")


def two_key_enums(span: Span, first: Term, second: Term) -> Diagnostic:
    """Say that two keyed terms with different keys cannot both speak of every key."""
    return problem(
        "TW210", span, f"`{first.name}` and `{second.name}` have different keys", hint="say which keys are meant"
    )


def other_keys(span: Span, name: str) -> Diagnostic:
    """Say that a replacement stands for other keys than what it replaces."""
    return problem("TW210", span, f"the inherited rule `{name}` stands for other keys; a replacement keeps them")


def keys_forgotten(span: Span, name: str, variable: str, keys: str) -> Diagnostic:
    """Say that a replacement without a `for each` never speaks of the key that it is made for."""
    return problem(
        "TW210",
        span,
        f"the inherited rule `{name}` is for each `{variable}` in `{keys}`, and nothing here speaks of `{variable}`",
        hint=f"ask about `[{variable}]`, or write `for each {variable} in {keys}` if the same is meant for every one",
    )


def no_dimension(span: Span, text: str) -> Diagnostic:
    """Say that a text is no quantity."""
    return problem("TW211", span, f"`{text}` is no quantity")


# ------------------------------------------------------------------------------------------ misplaced declarations


def misplaced(span: Span, what: str, home: str) -> Diagnostic:
    """Say that a declaration belongs in the other kind of file."""
    return problem("TW013", span, f"{what} belongs in a {home} file")


def presumed_context(span: Span, name: str) -> Diagnostic:
    """Say that the customer's own facts are never presumed."""
    return problem("TW013", span, f"`{name}` is the customer's own fact; nothing presumes it")


def too_deep(span: Span, name: str) -> Diagnostic:
    """Say that definitions are nested deeper than anybody could follow."""
    return problem("TW006", span, f"with the definitions it uses, `{name}` is nested more than 100 deep")


def never_in_force(span: Span, name: str, start: date, end: date) -> Diagnostic:
    """Say that a rule would end before it begins."""
    return problem("TW512", span, f"`{name}` is in force from {start} until {end}, which is never")


def too_long(span: Span, name: str, most: int) -> Diagnostic:
    """Say that a definition stands for more than anybody could check."""
    return problem("TW006", span, f"with the definitions it uses, `{name}` has more than {most:,} parts")


def given_twice(span: Span, term: str) -> Diagnostic:
    """Say that a test or a clause states one term twice."""
    return problem("TW015", span, f"`{term}` is stated twice here")


def not_granted(span: Span, name: str, granted: Iterable[str]) -> Diagnostic:
    """Say that a clause prints a term that it does not grant."""
    hint = did_you_mean(name, granted) or f"add `{name} = …` to its `grants`"
    return problem("TW102", span, f"the text prints `{name}`, which the clause does not grant", hint=hint)


# --------------------------------------------------------------------------------------------------- composition


def extends_cycle(span: Span, chain: Sequence[str]) -> Diagnostic:
    """Say that policies inherit from themselves."""
    return problem("TW301", span, f"policies extend each other in a circle: {_chain(chain)}")


def extends_diamond(span: Span, first: Sequence[str], second: Sequence[str]) -> Diagnostic:
    """Say that a policy is inherited along two ways."""
    return problem(
        "TW302",
        span,
        f"`{second[-1]}` is inherited along two ways: {_chain(first)}, and {_chain(second)}",
        hint="extend one of the two, and check with both",
    )


def nothing_to_replace(span: Span, how: str, name: str, known: Iterable[str]) -> Diagnostic:
    """Say that there is no inherited rule to tighten or relax."""
    return problem("TW303", span, f"there is no inherited rule `{name}` to {how}", hint=did_you_mean(name, known))


def silent_replacement(span: Span, name: str, first: Span) -> Diagnostic:
    """Say that a rule would silently replace an inherited one."""
    return problem(
        "TW304",
        span,
        f"the rule `{name}` is inherited already",
        hint=f"write `tighten rule {name}`, or `relax rule {name}` with its `because`",
        related=(Label(first, "inherited from here"),),
    )


def lowered_assurance(span: Span, own: str, inherited: str) -> Diagnostic:
    """Say that an extension asks for less assurance than what it extends."""
    return problem(
        "TW305", span, f"the extended policy needs `{inherited}`; `{own}` is less", hint="leave `assurance` out"
    )


def other_vocabulary(span: Span, own: str, inherited: str) -> Diagnostic:
    """Say that a policy and what it extends speak of different terms."""
    return problem("TW306", span, f"this policy uses `{own}`, and the one it extends `{inherited}`")


def lowered_severity(span: Span, name: str, own: str, inherited: str) -> Diagnostic:
    """Say that a tightened rule would weigh less."""
    return problem(
        "TW307", span, f"`{name}` is {inherited}, and {own} weighs less", hint="`relax rule` says that openly"
    )


def rule_cycle(span: Span, chain: Sequence[str]) -> Diagnostic:
    """Say that rules ask about each other's outcome in a circle."""
    return problem("TW401", span, f"rules ask about each other in a circle: {_chain(chain)}")


def definition_cycle(span: Span, chain: Sequence[str]) -> Diagnostic:
    """Say that definitions use each other in a circle."""
    return problem("TW402", span, f"definitions use each other in a circle: {_chain(chain)}")


# --------------------------------------------------------------------------------------------------------- words


def _a(kind: Type) -> str:
    name = name_of(kind)
    return f"{'an' if name[0] in 'aeio' else 'a'} `{name}`"


def listed(words: Sequence[str], joint: str = "and") -> str:
    """Return words in a sentence, each as it is written."""
    shown = [f"`{each}`" for each in words]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} {joint} {shown[-1]}"


def _keyed(name: str, kind: EnumType) -> str:
    shown = [f"`{name}[{symbol}]`" for symbol in kind.symbols[:3]]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"


def _chain(names: Sequence[str]) -> str:
    return " → ".join(f"`{name}`" for name in names)
