"""The words for contract files that cannot be read, or say what no contract can."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from termwise.contracts.nodes import Fields, Items, Leaf, Node
from termwise.core.reading import Misread
from termwise.core.vocabulary import Term
from termwise.diagnostics import Diagnostic, Label, did_you_mean, problem
from termwise.diagnostics.quoting import quoted
from termwise.source import Span, start_of

_FEW = 5


def shape_of(node: Node) -> str:
    """Return what stands there, in words."""
    match node:
        case Leaf(text):
            return quoted(text)
        case Fields():
            return "a mapping"
        case Items():
            return "a list"


def malformed(span: Span, message: str, hint: str | None) -> Diagnostic:
    """Say that the text is not of the format its name promises."""
    return problem("TW501", span, message, hint=hint)


def unknown_format(path: str, ending: str) -> Diagnostic:
    """Report a file whose ending names no format of contracts."""
    return problem(
        "TW501", start_of(path), f"{quoted(ending)} is no ending of a contract; .yaml, .json or .toml is expected"
    )


def unexpected_json(span: Span, found: str, wanted: str) -> Diagnostic:
    """Say that something stands in JSON where something else has to."""
    hints = {"'": "texts stand in double quotes", "NaN": "JSON has no `NaN`; leave the key out"}
    shown = quoted(found) if found else "the end of the file"
    hint = hints.get(found[:1]) or hints.get(found)
    if found in ("]", "}") and wanted == "a value":
        hint = "remove the comma before it"
    return malformed(span, f"{shown} stands where {wanted} is expected", hint)


def forbidden_character(span: Span, character: str) -> Diagnostic:
    """Say that a text holds, written out or as an escape, what no text should."""
    return malformed(span, f"a text holds the character U+{ord(character or chr(0)):04X}, which is no text", None)


def too_deep(span: Span) -> Diagnostic:
    """Say that brackets or indentation nest further than any contract needs."""
    return problem("TW006", span, "lists and mappings are nested too deep here; 100 levels are the most")


def second_document(span: Span) -> Diagnostic:
    """Say that a YAML stream holds several documents."""
    return malformed(span, "a second YAML document starts here; one contract a file is expected", None)


def tag(span: Span, name: str) -> Diagnostic:
    """Say that a YAML tag asks for a type that only a vocabulary can give."""
    return malformed(
        span, f"the tag {quoted(name)} has no meaning in a contract", "remove it; the vocabulary gives the type"
    )


def unknown_anchor(span: Span, name: str, known: Iterable[str]) -> Diagnostic:
    """Say that an alias names no anchor before it."""
    return malformed(span, f"no anchor `&{name}` stands before this alias", did_you_mean(name, known))


def alias_of_itself(span: Span, name: str) -> Diagnostic:
    """Say that an alias stands within its own anchor."""
    return malformed(span, f"the alias `*{name}` stands within what it names", None)


def too_many_aliases(span: Span, most: int) -> Diagnostic:
    """Say that written out, the aliases of a file come to too much."""
    return problem("TW508", span, f"with this alias written out, the file has more than {most:,} values")


def key_is_no_text(span: Span) -> Diagnostic:
    """Say that a key is a list or a mapping."""
    return problem("TW505", span, "a list or mapping is used as a key; a name is expected")


def duplicate_key(key: Leaf, first: Span, name: str | None = None) -> Diagnostic:
    """Say that one mapping gives a key twice, or that two spellings name one term."""
    related = (Label(first, "it is first given here"),)
    return problem("TW502", key.span, f"{quoted(name or key.text)} is given twice", related=related)


def null_value(node: Node, name: str, nothing: str | None = None) -> Diagnostic:
    """Say that `null`, or nothing at all, stands as a value. `nothing` is what to write if that is meant."""
    hint = "leave it out" if nothing is None else f"leave it out if the contract is silent; {nothing}"
    return problem("TW504", node.span, f"{quoted(name)} is null, which says nothing", hint=hint)


def wrong_shape(node: Node, wanted: str, hint: str | None = None) -> Diagnostic:
    """Say that a list, a mapping or a text stands where another of them has to."""
    return problem("TW505", node.span, f"{shape_of(node)} stands where {wanted} is expected", hint=hint)


def wrong_forms(span: Span, message: str, hint: str | None = None) -> Diagnostic:
    """Say that a mapping that describes a fact combines what does not go together."""
    return problem("TW505", span, message, hint=hint)


def misread(found: Misread, span: Span) -> Diagnostic:
    """Say that a text is no value of its type; the words are those of the reader of values."""
    return problem(found.code, span, found.message, hint=found.hint)


def no_value(found: Misread, span: Span, hint: str | None = None) -> Diagnostic:
    """Say that what a document states of a term is no value of its type, and how to write what is none."""
    if hint is not None:
        return problem(found.code, span, found.message, hint=hint)
    if found.code != "TW211":
        return misread(found, span)
    open_too = f'{found.hint}, and what the contract leaves open `{{vague: "…"}}`'
    return problem(found.code, span, found.message, hint=open_too)


def unordered(span: Span, word: str, type_name: str) -> Diagnostic:
    """Say that bounds are given for a type that has no order."""
    return problem(
        "TW206", span, f"{quoted(word)} needs an order, and {quoted(type_name)} has none", hint="write `value`"
    )


def empty_interval(span: Span, low: str, high: str) -> Diagnostic:
    """Say that no value lies between two bounds."""
    return problem("TW512", span, f"no value is at least {quoted(low)} and at most {quoted(high)}")


def other_currency(span: Span, low: str, high: str) -> Diagnostic:
    """Say that bounds are in two currencies."""
    return problem("TW512", span, f"the bounds {quoted(low)} and {quoted(high)} are in two currencies")


def never_in_force(span: Span, effective: str, expires: str) -> Diagnostic:
    """Say that a document expires before it takes effect."""
    return problem("TW512", span, f"a document effective from {effective} cannot have expired on {expires}")


_MERGE = "<<"
_MERGE_HINT = "what YAML merges is not followed; write the keys out, or repeat a value with an alias (`*name`)"


def unknown_key(key: Leaf, where: str, known: Iterable[str], hint: str | None = None) -> Diagnostic:
    """Report a key that this part of a contract file does not have."""
    names = tuple(known)
    listed = ", ".join(f"`{each}`" for each in names if each != "$schema")
    guess = (_MERGE_HINT if key.text == _MERGE else hint) or did_you_mean(key.text, names) or f"the keys are {listed}"
    return problem("TW503", key.span, f"{quoted(key.text)} is no key of {where}", hint=guess)


def missing_key(span: Span, key: str, where: str) -> Diagnostic:
    """Report a key that is needed is not there."""
    return problem("TW505", span, f"{where} needs a key {quoted(key)}")


def unknown_term(key: Leaf, name: str, vocabulary: str, known: Iterable[str]) -> Diagnostic:
    """Report a key that is no term of the vocabulary."""
    hint = _MERGE_HINT if key.text == _MERGE else did_you_mean(name, known)
    return problem("TW101", key.span, f"the vocabulary `{vocabulary}` has no term {quoted(name)}", hint=hint)


def group_of_terms(node: Node, name: str, known: Iterable[str]) -> Diagnostic:
    """Say that a value is given to what is only the first part of the names of terms."""
    members = [each for each in known if each.startswith(f"{name}.")]
    return problem(
        "TW101",
        node.span,
        f"{quoted(name)} is no term but a group of them",
        hint=f"it has `{'`, `'.join(members[:6])}`",
    )


def unknown_symbol(key: Leaf, symbol: str, enum: str, known: tuple[str, ...], also: tuple[str, ...] = ()) -> Diagnostic:
    """Report a key of a keyed term that its enum does not have; words that may stand there are `also` guessed at."""
    hint = did_you_mean(symbol, (*known, *also)) or f"one of {', '.join(f'`{each}`' for each in known)}"
    return problem("TW110", key.span, f"{quoted(symbol)} is no symbol of `{enum}`", hint=hint)


def not_keyed(key: Leaf, term: Term) -> Diagnostic:
    """Report a key in brackets for a term that has none."""
    return problem("TW210", key.span, f"`{term.name}` has no keys", hint=f"write `{term.name}`")


def unknown_field(key: Leaf, record: str, known: tuple[str, ...]) -> Diagnostic:
    """Report a field that a record does not have."""
    hint = did_you_mean(key.text, known) or f"its fields are {', '.join(f'`{each}`' for each in known)}"
    return problem("TW109", key.span, f"a {quoted(record)} has no field {quoted(key.text)}", hint=hint)


def context_among_terms(key: Leaf, name: str) -> Diagnostic:
    """Say that a fact about the customer's own use stands among what the vendor's documents say."""
    return problem(
        "TW511",
        key.span,
        f"{quoted(name)} is a fact of the customer's own, not of a document",
        hint="move it under `context:`",
    )


def term_in_context(key: Leaf, name: str) -> Diagnostic:
    """Say that a term of the contract stands among the customer's own facts."""
    return problem(
        "TW511", key.span, f"{quoted(name)} is what a contract states, not context", hint="move it under `terms:`"
    )


def ranked_context(key: Leaf, name: str) -> Diagnostic:
    """Say that precedence is given for a context term, of which no document speaks."""
    return problem("TW511", key.span, f"{quoted(name)} is context: no document speaks of it, so none prevails")


def unknown_word(leaf: Leaf, what: str, known: tuple[str, ...]) -> Diagnostic:
    """Say that one of a few fixed words is expected."""
    hint = did_you_mean(leaf.text, known) or f"one of {', '.join(f'`{each}`' for each in known)}"
    return problem("TW111", leaf.span, f"{quoted(leaf.text)} is no {what}", hint=hint)


def not_a_digest(leaf: Leaf) -> Diagnostic:
    """Say that a SHA-256 digest has 64 hexadecimal digits."""
    return problem("TW211", leaf.span, f"{quoted(leaf.text)} is no SHA-256 digest; 64 hexadecimal digits are expected")


def wrong_vocabulary(leaf: Leaf, needed: str) -> Diagnostic:
    """Say that the contract names another vocabulary than the policy's."""
    return problem(
        "TW507", leaf.span, f"the contract speaks {quoted(leaf.text)}; the policy uses the vocabulary `{needed}`"
    )


def unknown_document(leaf: Leaf, known: Iterable[str], ways: tuple[str, ...] = ()) -> Diagnostic:
    """Say that an order of precedence names a document that is not there; `ways` may stand there too."""
    ids = tuple(known)
    if not ways and leaf.text in ("strictest", "none"):
        return problem(
            "TW506",
            leaf.span,
            f"no document has the id {quoted(leaf.text)}",
            hint="as an order it stands alone, in no list",
        )
    hint = did_you_mean(leaf.text, (*ids, *ways)) or (
        f"the documents are {', '.join(map(quoted, ids))}" if ids else None
    )
    return problem("TW506", leaf.span, f"no document has the id {quoted(leaf.text)}", hint=hint)


def ranked_twice(leaf: Leaf) -> Diagnostic:
    """Say that an order of precedence names a document twice."""
    return problem("TW505", leaf.span, f"{quoted(leaf.text)} stands twice in one order of precedence")


def duplicate_document(span: Span, name: str, first: Span) -> Diagnostic:
    """Say that two documents share an id."""
    return problem(
        "TW509", span, f"a second document has the id {quoted(name)}", related=(Label(first, "the first is here"),)
    )


def duplicate_contract(span: Span, name: str, first: Span) -> Diagnostic:
    """Say that two contracts that are judged together share an id."""
    return problem(
        "TW516",
        span,
        f"a second contract has the id {quoted(name)}",
        related=(Label(first, "the first is here"),),
        hint="give each an id of its own with `contract:`",
    )


def no_assurance(span: Span, name: str) -> Diagnostic:
    """Say that a document does not say what it is worth."""
    return problem(
        "TW513",
        span,
        f"{quoted(name)} does not say what it is worth, and counts as claimed",
        hint="write `assurance:` with claimed, documented, agreed or signed",
    )


def nothing_stated(span: Span) -> Diagnostic:
    """Report a file with neither terms nor documents."""
    return problem("TW510", span, "the file has no `contract:`, no `terms:` and no `documents:`, so it is no contract")


def no_contracts(folder: str) -> Diagnostic:
    """Report a folder without a contract in it."""
    return problem(
        "TW510",
        start_of(folder),
        f"no contract is in `{folder}`",
        hint="a contract is a .yaml, .json or .toml file with `terms` or `documents`",
    )


def left_out(folder: str, names: Sequence[str]) -> Diagnostic:
    """Say which files of a folder could be contracts by their names, and are none."""
    said = f"{_counted(names, 'file')} no contract, and left out: {_few(names)}"
    return problem(
        "TW520", start_of(folder), f"in `{folder}`, {said}", hint="a contract has `contract`, `terms` or `documents`"
    )


def not_followed(folder: str, names: Sequence[str]) -> Diagnostic:
    """Say which links to folders stand in a folder, whose contracts are not looked for."""
    said = f"{_counted(names, 'link to a folder', 'links to folders')} not followed: {_few(names)}"
    return problem("TW520", start_of(folder), f"in `{folder}`, {said}", hint="name the folder itself to check it too")


def _counted(names: Sequence[str], one: str, many: str | None = None) -> str:
    return f"1 {one} is" if len(names) == 1 else f"{len(names)} {many or f'{one}s'} are"


def _few(names: Sequence[str]) -> str:
    return ", ".join(map(quoted, names[:_FEW])) + (", …" if len(names) > _FEW else "")


def impossible_date(span: Span) -> Diagnostic:
    """Report a date that the format itself refuses."""
    return problem("TW207", span, "the calendar has no such day")


def not_in_force(span: Span, name: str, as_of: str, since: str) -> Diagnostic:
    """Say that a document does not speak on the date asked about."""
    return problem("TW514", span, f"{quoted(name)} is not in force on {as_of} ({since}), so nothing it says counts")


def old_facts(span: Span, name: str, retrieved: str, days: int) -> Diagnostic:
    """Say that facts were taken long before the date asked about."""
    return problem(
        "TW515",
        span,
        f"the facts of {quoted(name)} were taken on {retrieved}, {days} days before the date asked about",
        hint="look again, then correct the facts and `retrieved`",
    )


def no_text_of(span: Span, type_name: str) -> Diagnostic:
    """Say that a value from Python has a type that no contract has."""
    return problem("TW505", span, f"a Python value of type {quoted(type_name)} is no value of a contract")


def unknown_topic(key: Leaf, name: str, hint: str | None) -> Diagnostic:
    """Say that a topic of precedence is neither a term nor a group of terms."""
    return problem(
        "TW101",
        key.span,
        f"{quoted(name)} is no topic; a term, a group such as `training.*`, or `*` is expected",
        hint=hint,
    )


def no_rows(path: str) -> Diagnostic:
    """Say that nothing to judge was found in files of rows."""
    return problem("TW510", start_of(path), f"no contract is in `{path}`", hint="a table has a row for each contract")
