"""The words for text that cannot be read (TW0xx)."""

from __future__ import annotations

from collections.abc import Collection

from termwise.diagnostics import Diagnostic, Label, did_you_mean, problem
from termwise.source import Span
from termwise.syntax.words import RESERVED, STARTERS

DEEPEST = 100
"""How deep brackets and conditions may nest: far beyond what counsel reads, well within what a machine can."""

_KINDS = {
    "NAME": "a name",
    "DOTTED": "a dotted name",
    "STRING": "a text in quotes",
    "NUMBER": "a number",
    "DATE": "a date",
    "VERSION_TEXT": "a version",
    "COLON": "`:`",
    "EQUAL": "`=`",
    "LBRACE": "`{`",
    "RBRACE": "`}`",
    "LSQB": "`[`",
    "RSQB": "`]`",
    "LPAR": "`(`",
    "RPAR": "`)`",
    "COMMA": "`,`",
    "LONG_TEXT": "a text in triple quotes",
    "AS": "`as`",
    "BECAUSE_OF": "`because`",
}

_FOREIGN = {
    "==": "equality is written `=`",
    "&&": "write `and`",
    "&": "write `and`",
    "||": "write `or`",
    "|": "write `or`",
    "!": "write `not`",
    "'": 'texts stand in double quotes: `"…"`',
    ";": "statements need no end mark; remove it",
    "//": "a comment starts with `#`",
    "=>": "`at least` is written `>=`",
    "=<": "`at most` is written `<=`",
    "$": "money is written with its currency, as in `USD 1,000`",
    "€": "money is written with its currency, as in `EUR 1,000`",
    "“": 'texts stand in straight quotes: `"…"`',
    "”": 'texts stand in straight quotes: `"…"`',
    "\u00a0": "this is a space that does not break; write an ordinary one",
}

_ORDERS = frozenset(("=", "!=", "≠", "<", "<=", "≤", ">", ">=", "≥"))


_NEVER_FIRST = frozenset(("for", "per", "of", "at"))
"""Reserved words that join nothing to what is before them where an operand is missing."""


def severity_expected(found: str, span: Span) -> Diagnostic:
    """Say that a rule promises a severity and gives none."""
    what = f"`{found}` stands" if found else "the statement ends"
    hint = "write `dealbreaker`, `major`, `minor` or `advice`, or leave the `:` out"
    return problem("TW010", span, f"{what} where a severity is expected", hint=hint)


def unexpected(found: str, span: Span, expected: Collection[str], before: str, operand_wanted: bool) -> Diagnostic:
    """Say that something stands where something else is needed; `expected` are names of terminals."""
    wanted = _wanted(expected, operand_wanted)
    if found in (STARTERS | _NEVER_FIRST if operand_wanted else RESERVED) and "NAME" in expected:
        quoted = f'a symbol can be quoted: `"{found}"`' if "STRING" in expected else "choose another name"
        return problem("TW010", span, f"`{found}` is a reserved word and cannot be a name here", hint=quoted)
    hint = _FOREIGN.get(before + found) or _FOREIGN.get(found)
    if hint is None and found in _ORDERS and "AND" in expected:
        hint = "comparisons do not chain; join two of them with `and`"
    if hint is None and found.isidentifier() and found not in RESERVED:
        hint = did_you_mean(found, RESERVED if not wanted.startswith("a name") else ())
    what = f"`{' '.join(found.split())}` stands" if found else "the statement ends"
    return problem("TW010", span, f"{what} where {wanted} is expected", hint=hint)


def _wanted(expected: Collection[str], operand_wanted: bool) -> str:
    if operand_wanted:
        return "a term or a value"
    if set(expected) == {"PREFER", "REQUIRE", "FALLBACK"}:
        return "`prefer`, `require` or `fallback 1`"
    named = [text for terminal, text in _KINDS.items() if terminal in expected]
    words = sorted(
        f"`{name.lower()}`" for name in expected if name.lower() in RESERVED and name.lower() not in STARTERS
    )
    either = named + words
    if not either or len(either) > 4:
        return "an operator or the next statement" if "AND" in expected else "a statement"
    return " or ".join(either)


def stray_character(character: str, span: Span, before: str) -> Diagnostic:
    """Report a character that the language does not use."""
    shown = character if character.isprintable() else f"U+{ord(character):04X}"
    hint = _FOREIGN.get(before + character) or _FOREIGN.get(character)
    return problem("TW011", span, f"`{shown}` has no meaning here", hint=hint)


def unclosed_text(span: Span) -> Diagnostic:
    """Report a quotation mark without its partner."""
    return problem(
        "TW012",
        span,
        "this text is not closed",
        hint='close it with `"` on the same line, or use `"""` for several lines',
    )


def empty_text(span: Span) -> Diagnostic:
    """Report a text that stands for a name, a reason or a source, and has nothing in it."""
    return problem("TW020", span, "this text says nothing", hint="write what is meant, or leave the statement out")


def ambiguous_number(text: str, span: Span) -> Diagnostic:
    """Report a comma in a set that may separate thousands or members."""
    number, rest = text.partition(" ")[::2]
    whole = f"{number.replace(',', '')} {rest}".rstrip()
    return problem(
        "TW019",
        span,
        f"in a set, `{text}` can be one number or several",
        hint=f"write `{whole}` for the one, a space after the comma for the others",
    )


def no_placeholder(text: str, span: Span) -> Diagnostic:
    """Report a brace in a clause's wording that is none of a placeholder."""
    shown = text.strip() if len(text) <= 40 else f"{text[:40].strip()}…"
    hint = "a term is printed by `{TERM}` or `{TERM[KEY]}`; other braces cannot stand in a clause"
    return problem("TW022", span, f"`{shown}` is no placeholder", hint=hint)


def too_deep(span: Span) -> Diagnostic:
    """Report nesting that no reader could follow."""
    return problem(
        "TW006", span, f"this is nested more than {DEEPEST} deep", hint="give the inner conditions names with `define`"
    )


def misplaced(kind: str, span: Span, home: str, here: str | None) -> Diagnostic:
    """Report a part that does not belong to the declaration before it."""
    where = f"`{here}`" if here is not None else "nothing"
    return problem("TW013", span, f"`{kind}` belongs in {home}; before it stands {where}")


def approval_without_fallback(span: Span) -> Diagnostic:
    """Report an `approved by` in a rule, with no fallback before it."""
    return problem("TW013", span, "`approved by` speaks of the `fallback` before it, and there is none")


def until_without_start(span: Span) -> Diagnostic:
    """Report an `until` in a rule that is always in force."""
    return problem("TW013", span, "`until` ends an `in force from`, and there is none before it")


def missing_part(what: str, part: str, span: Span) -> Diagnostic:
    """Report a declaration without a part it cannot do without."""
    return problem("TW014", span, f"{what} needs `{part}`")


def repeated_part(kind: str, span: Span, first: Span) -> Diagnostic:
    """Report a part that can only be said once."""
    return problem("TW015", span, f"`{kind}` is said twice", related=(Label(first, "said here first"),))


def no_header(span: Span) -> Diagnostic:
    """Report a file that does not say what it is."""
    return problem("TW016", span, "the file has no header", hint="start it with `policy NAME` or `vocabulary NAME`")


def late_header(span: Span) -> Diagnostic:
    """Report declarations before the header."""
    return problem("TW016", span, "the header stands after declarations", hint="move it to the top of the file")


def second_header(span: Span, first: Span) -> Diagnostic:
    """Report a second header in one file."""
    return problem(
        "TW016",
        span,
        "a file has one header",
        hint="move the second one to a file of its own",
        related=(Label(first, "the first is here"),),
    )


def impossible_date(text: str, span: Span) -> Diagnostic:
    """Report a date the calendar does not have."""
    return problem("TW207", span, f"the calendar has no `{text}`")


def malformed_holidays(span: Span) -> Diagnostic:
    """Report a holiday allowance in other words than those the language has."""
    return problem("TW211", span, "the allowance cannot be read", hint="write `holidays 1 per 5 business days`")
