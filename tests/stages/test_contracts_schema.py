"""A vocabulary as a JSON Schema and as a pydantic model, and a pydantic model as a vocabulary."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any, Literal

import jsonschema
import pytest
from contracts_words import KIND, VOCABULARY, data, sound
from pydantic import BaseModel, Field, ValidationError

from termwise.contracts.derive import vocabulary_from_model
from termwise.contracts.model import contract_model
from termwise.contracts.nodes import Fields, Items, Leaf, Node
from termwise.contracts.schema import contract_schema
from termwise.contracts.yaml_reader import read_yaml
from termwise.core.values import write_content
from termwise.core.vocabulary import Direction, Vocabulary
from termwise.diagnostics import Problems
from termwise.source import Source
from termwise.types import EnumType, ListType, RecordType, Scalar, SetType

VENDORS = sorted(Path(__file__).parents[2].glob("examples/vendors/*.yaml"))

GOOD: list[dict[str, Any]] = [
    {"terms": {}},
    {"terms": {"breach.notice": "72 hours", "deletion": {"certified": "once per quarter"}}},
    {"terms": {"breach": {"notice": {"between": ["1 day", "2 business days + 3 weeks"]}}}},
    {"terms": {"training.use": "opt_in", "training.use[prompts]": {"vague": "may"}}},
    {"terms": {"training": {"use": {"prompts": "opt_in"}}, "training.off": "no"}},
    {"terms": {"deletion.covers": "none", "residency.regions": ["NO"], "residency.names": {"at_least": ["A"]}}},
    {"terms": {"deletion.certified": "2 times per 6 months", "liability.cap": "USD 1,000.50"}},
    {"terms": {"suppliers.list": [{"name": "A", "notice": {"at_least": "10 days"}}]}},
    {"terms": {"audit.count": 3, "audit.score": 0.5, "audit.share": "5 %", "audit.until": "2026-01-01"}},
    {"contract": 7, "context": {"data": {"hosted": True}}, "documents": [{"id": 1.1, "terms": {}}]},
    {"precedence": {"training.*": [["a", "b"], "c"], "*": "strictest"}, "documents": [{"id": "a"}]},
    {
        "precedence": {"training": {"use": {"prompts": "none"}}, "deletion.deadline.request": ["a"]},
        "documents": [{"id": "a"}],
    },
    {"terms": {"deletion.deadline.request": "30 Days", "training": {"use.prompts": "opt_in"}, "training.off": "NO"}},
    {"terms": {"deletion.certified": "Every 6 Months", "liability.cap": "12 Months of  fees", "fees.annual": "USD 9"}},
]
BAD: list[dict[str, Any]] = [
    {"term": {}},
    {"terms": {"breach.notise": "1 day"}},
    {"terms": {"breach": {"notise": "1 day"}}},
    {"terms": {"breach.notice": 30}},
    {"terms": {"breach.notice": "30"}},
    {"terms": {"breach.notice": "quarterly"}},
    {"terms": {"breach.notice": None}},
    {"terms": {"breach.notice": {"at": "1"}}},
    {"terms": {"breach.notice": {"value": "1 day", "qoute": "x"}}},
    {"terms": {"training.use": "opt-in"}},
    {"terms": {"training.use": {"prompt": "opt_in"}}},
    {"terms": {"training.off": {"at_most": True}}},
    {"terms": {"suppliers.list": [{"nmae": "A"}]}},
    {"terms": {"data.hosted": True}},
    {"context": {"breach.notice": "1 day"}},
    {"vocabulary": "other"},
    {"documents": [{"id": "a", "assurance": "gold"}]},
    {"terms": {"breach.notice": {"value": "1 day", "vague": "soon"}}},
    {"terms": {"breach.notice": {"see": "elsewhere", "wording": "soon"}}},
    {"terms": {"breach": {"notice": None}}},
    {"terms": {"deletion.deadline.requests": "1 day"}},
    {"terms": {"fees.annual": "12 months of fees"}},
    {"terms": {"audit.count": "1,00"}},
    {"precedence": {"training": ["a"]}, "documents": [{"id": "a"}]},
    {"precedence": {"training": {"use": {"prompt": ["a"]}}}, "documents": [{"id": "a"}]},
    {"precedence": {"training.use.*": ["a"]}, "documents": [{"id": "a"}]},
    {"documents": [{"id": None}]},
    {"documents": [{"title": "A"}]},
]


def accepts(content: Any, vocabulary: Vocabulary = VOCABULARY) -> bool:
    schema = contract_schema(vocabulary)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema).is_valid(content)


@pytest.mark.parametrize("content", GOOD)
def test_the_schema_accepts_what_termwise_accepts(content: dict[str, Any]) -> None:
    assert accepts(content)
    if "precedence" not in content:
        sound(data(content))


@pytest.mark.parametrize("content", BAD)
def test_the_schema_refuses_what_termwise_refuses(content: dict[str, Any]) -> None:
    assert not accepts(content)
    assert data(content)[0] is None


def plain(node: Node) -> Any:
    match node:
        case Leaf(text):
            return text
        case Fields(entries):
            return {key.text: plain(value) for key, value in entries}
        case Items(items):
            return [plain(each) for each in items]


@pytest.mark.parametrize("file", VENDORS, ids=lambda file: file.stem)
def test_the_frame_of_the_shipped_contracts_fits(file: Path) -> None:
    root = read_yaml(Source(file.name, file.read_text("utf-8")), Problems())
    assert isinstance(root, Fields)
    frame = plain(root) | {"context": {}, "vocabulary": "words"}
    frame["documents"] = [each | {"terms": {}} for each in frame["documents"]]
    assert accepts(frame)


def test_the_schema_describes_terms_for_editors() -> None:
    terms = contract_schema(VOCABULARY)["$defs"]["terms"]["properties"]
    assert terms["deletion.deadline"]["description"] == "How soon? (duration) Better lower."
    assert terms["deletion"]["properties"]["deadline[request]"] == terms["deletion.deadline[request]"]


def test_a_model_of_contracts() -> None:
    model = contract_model(VOCABULARY)
    made = model.model_validate(
        {
            "contract": "c",
            "context": {"data_hosted": "yes"},
            "terms": {"deletion_deadline": {"request": "3 days"}, "training.use[prompts]": {"vague": "may"}},
            "documents": [{"id": "a", "assurance": "agreed", "terms": {"audit.count": 3, "audit_score": "0.50"}}],
        }
    )
    assert made.context.data_hosted is True  # type: ignore[attr-defined] # a model made at run time
    contract = sound(data(made))  # type: ignore[arg-type] # a model is accepted where a mapping is
    said = {name: write_content(fact.content) for each in contract.documents for name, fact in each.facts.items()}
    assert said == {
        "deletion.deadline[request]": "3 days",
        "training.use[prompts]": '"may"',
        "audit.count": "3",
        "audit.score": "0.5",
    }


@pytest.mark.parametrize("content", GOOD)
def test_the_model_accepts_what_termwise_accepts(content: dict[str, Any]) -> None:
    made = contract_model(VOCABULARY).model_validate(content)
    if "precedence" not in content:
        said, meant = (sound(data(each)) for each in (made, content))  # type: ignore[arg-type]
        assert said == meant


def test_the_model_says_what_is_given_twice() -> None:
    for twice in ({"breach.notice": "1 day", "breach": {"notice": "2 days"}}, {"breach": {"notice": None}}):
        with pytest.raises(ValidationError, match=r"`breach\.notice` is (given twice|None, which says nothing)"):
            contract_model(VOCABULARY).model_validate({"terms": twice})


@pytest.mark.parametrize("content", BAD)
def test_the_model_refuses_what_termwise_refuses(content: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        contract_model(VOCABULARY).model_validate(content)


class Use(Enum):
    NEVER = "never"
    ALWAYS = "always"


class Supplier(BaseModel):
    name: str
    notice: timedelta | None = None
    regions: set[Literal["us", "eu"]] = set()


class Deletion(BaseModel):
    deadline: dict[Literal["request", "termination"], timedelta] = Field(
        description="How soon?", json_schema_extra={"prefer": "lower"}
    )
    certified: str | None = Field(None, json_schema_extra={"termwise": "rate"})


class Agreement(BaseModel):
    """What we agree."""

    deletion: Deletion
    use: Use = Field(json_schema_extra={"termwise": "scale"})
    kinds: list[Use] | None = Field(None, json_schema_extra={"termwise": "scale"})
    suppliers: list[Supplier]
    seats: int
    score: Decimal
    ends: date
    hosted: bool = Field(json_schema_extra={"context": True})


def test_a_vocabulary_from_a_model() -> None:
    vocabulary = vocabulary_from_model(Agreement, "agreement")
    trigger = EnumType("deadline_key", ("request", "termination"))
    use = EnumType("use", ("never", "always"), ordered=True)
    regions = SetType(EnumType("regions", ("us", "eu")))
    supplier = RecordType("supplier", (("name", Scalar.TEXT), ("notice", Scalar.DURATION), ("regions", regions)))
    assert (vocabulary.name, vocabulary.title) == ("agreement", "What we agree.")
    assert {name: (term.type, term.key) for name, term in vocabulary.terms.items()} == {
        "deletion.deadline": (Scalar.DURATION, trigger),
        "deletion.certified": (Scalar.RATE, None),
        "use": (use, None),
        "kinds": (SetType(use), None),
        "suppliers": (ListType(supplier), None),
        "seats": (Scalar.INTEGER, None),
        "score": (Scalar.NUMBER, None),
        "ends": (Scalar.DATE, None),
        "hosted": (Scalar.BOOLEAN, None),
    }
    deadline = vocabulary.terms["deletion.deadline"]
    assert (deadline.ask, deadline.prefer) == ("How soon?", Direction.LOWER)
    assert [name for name, term in vocabulary.terms.items() if term.is_context] == ["hosted"]
    assert set(vocabulary.enums) == {"deadline_key", "use", "regions"}
    said = {"deletion": {"deadline": {"request": "3 days"}}, "suppliers": [{"name": "A"}]}
    assert accepts({"terms": said}, vocabulary)


class Odd(BaseModel):
    value: bytes


class Circle(BaseModel):
    inner: Circle | None = None


@pytest.mark.parametrize(("model", "message"), [(Odd, "value: no term can have"), (Circle, "Circle contains itself")])
def test_a_model_that_is_no_vocabulary(model: type[BaseModel], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        vocabulary_from_model(model, "odd")


def test_kinds_of_terms_are_all_in_the_vocabulary_of_these_tests() -> None:
    types = {type(term.type) for term in VOCABULARY.terms.values()}
    assert types == {Scalar, EnumType, SetType, ListType}
    assert {term.type for term in VOCABULARY.terms.values()} >= set(Scalar) - {Scalar.MONEY} | {SetType(KIND)}
