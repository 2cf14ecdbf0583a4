"""Law: the reader, the JSON Schema and the pydantic model agree on the shape of a contract.

What the reader accepts, the others accept. What it refuses for its shape, they refuse; what only sense can tell (a
document that is not there, bounds with nothing between them) is the reader's alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import jsonschema
import pytest
import yaml
from hypothesis import given, note
from hypothesis.strategies import DataObject, DrawFn
from pydantic import BaseModel, ValidationError
from strategies.case import show
from strategies.contract import Data, contracts
from strategies.vocabulary import Terms, vocabularies

from termwise import library
from termwise.compiler import compile_vocabulary
from termwise.contracts import mapping
from termwise.contracts.bind import bind
from termwise.contracts.model import contract_model
from termwise.contracts.schema import contract_schema
from termwise.core.vocabulary import Vocabulary
from termwise.diagnostics import Problems
from termwise.source import Source
from termwise.syntax.print import print_file

SHAPES = ("TW101", "TW109", "TW110", "TW202", "TW203", "TW204", "TW206", "TW211", "TW503", "TW504", "TW505", "TW511")
VENDORS = sorted(Path(__file__).parents[2].glob("examples/vendors/*.yaml"))
CHANGES = 6


def vocabulary_of(source: Source) -> Vocabulary:
    problems = Problems()
    vocabulary = compile_vocabulary(source, problems)
    assert vocabulary is not None and not problems.all, problems.all
    return vocabulary


@cache
def shipped() -> tuple[Vocabulary, Any, type[BaseModel]]:
    source = library.find("ai_procurement")
    assert source is not None
    vocabulary = vocabulary_of(source)
    return vocabulary, validator(vocabulary), contract_model(vocabulary)


def validator(vocabulary: Vocabulary) -> Any:
    schema = contract_schema(vocabulary)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def refused_for(contract: Data, vocabulary: Vocabulary) -> list[str]:
    """Return the codes of what the reader has against a contract."""
    problems = Problems()
    raw = mapping.raw(contract, problems)
    if raw is not None:
        bind(raw, vocabulary, problems)
    return [each.code for each in problems.errors]


def fits(model: type[BaseModel], contract: Data) -> bool:
    try:
        model.model_validate(contract)
    except ValidationError as error:
        note(str(error)[:500])
        return False
    return True


@st.composite
def respelt(draw: DrawFn, terms: Terms, contract: Data) -> Data:
    """The same contract in other spellings: keys behind dots, in brackets, and nested."""
    made = deepcopy(contract)
    for holder in (made, *made.get("documents", [])):
        for name in ("terms", "context"):
            if name in holder:
                holder[name] = _respelt(draw, terms, holder[name])
    return made


def _respelt(draw: DrawFn, terms: Terms, said: Data) -> Data:
    keyed = {each.name: each.key.symbols for each in terms.terms if each.key is not None}
    made: Data = {}
    for name, value in said.items():
        parts = {name: value}
        if isinstance(value, dict) and set(value) <= set(keyed.get(name, ())):
            way = draw(st.sampled_from(["{0}.{1}", "{0}[{1}]", ""]))
            parts = {way.format(name, key): value[key] for key in value} if way else parts
        for spelt, each in parts.items():
            head, dot, rest = spelt.partition(".")
            if dot and "]" not in head and (isinstance(made.get(head), dict) or draw(st.booleans())):
                made.setdefault(head, {})[rest] = each
            else:
                made[spelt] = each
    return made


def holders(node: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every place in a contract where something can be put instead: what holds it, and the key or index."""
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in list(pairs):
        yield node, key
        yield from holders(value)


@st.composite
def spoilt(draw: DrawFn, contract: Data) -> Data:
    """A contract with one thing in it that is likely wrong."""
    made = deepcopy(contract)
    holder, key = draw(st.sampled_from(list(holders(made))))
    wrong = draw(
        st.sampled_from([None, [], {}, "maybe", 30, "30", ["x"], {"x": 1}, {"at": "1"}, {"value": 1, "see": "x"}])
    )
    if isinstance(holder, dict) and draw(st.booleans()):
        holder[draw(st.sampled_from(["valeu", "terms.x", "see", "wording"]))] = wrong
    else:
        holder[key] = wrong
    return made


@given(vocabularies(), st.data())
def test_shapes_are_agreed_on(terms: Terms, data: DataObject) -> None:
    """The reader, the schema and the model agree on what a contract looks like."""
    vocabulary = vocabulary_of(Source("v.tw", print_file(terms.file)))
    schema, model = validator(vocabulary), contract_model(vocabulary)
    written = data.draw(contracts(terms))
    sound = data.draw(respelt(terms, written))
    note(show(sound))
    assert not refused_for(sound, vocabulary)
    assert not [each.message[:300] for each in schema.iter_errors(sound)]
    assert fits(model, sound)
    for _ in range(CHANGES):
        wrong = data.draw(spoilt(sound))
        codes = refused_for(wrong, vocabulary)
        note(f"{show(wrong)}\n{codes}")
        if any(each in SHAPES for each in codes):
            assert not schema.is_valid(wrong)
            assert not fits(model, wrong)
        elif not codes:
            assert schema.is_valid(wrong)
            assert fits(model, wrong)


class _Words(yaml.SafeLoader):
    """Reads YAML as an editor does that follows YAML 1.2: a date is text, and so is `no`."""


_Words.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith((":timestamp", ":bool"))]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.mark.parametrize("file", VENDORS, ids=lambda file: file.stem)
def test_of_the_shipped_contracts(file: Path) -> None:
    """The shipped contracts have the shape that schema and model describe."""
    _, schema, model = shipped()
    contract = yaml.load(file.read_text("utf-8"), _Words)
    assert not [each.message[:300] for each in schema.iter_errors(contract)]
    assert fits(model, contract)
