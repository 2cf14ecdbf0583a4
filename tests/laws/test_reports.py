"""Law: whatever can be judged can be reported, safely, and the report says what the judgement does."""

from __future__ import annotations

import json
from functools import cache

from hypothesis import given
from jsonschema import Draft202012Validator
from judging import bound, compiled
from strategies.case import Case, cases
from strategies.policy import AS_OF

from termwise.evaluate.judgement import Judgement, Outcome, RuleResult
from termwise.evaluate.reference import judge
from termwise.report.explain import Proof, because, proof
from termwise.report.explanation import explanation
from termwise.report.json import check_report
from termwise.report.models import models_of, schema
from termwise.report.printable import width_of
from termwise.report.proof import Mark
from termwise.report.text import check_text

WIDTH = 60


def judgement_of(case: Case) -> Judgement:
    policy = compiled(case)
    return judge(policy, bound(case.contract, policy.vocabulary), AS_OF)


def is_safe(text: str) -> bool:
    return all(each.isprintable() or each == "\n" for each in text)


@given(cases())
def test_every_result_has_a_sentence_that_names_what_it_rests_on(case: Case) -> None:
    """One line of print; what is undecided names every term that leaves it open, what is unsecured what is needed."""
    judgement = judgement_of(case)
    for result in judgement.results:
        sentence = because(result, judgement)
        assert sentence and is_safe(sentence) and "\n" not in sentence
        assert {each.term for each in result.causes if each.term not in sentence} == set()
        if result.outcome is Outcome.UNSECURED:
            assert sentence.endswith(f"{judgement.policy.assurance.value} is needed")


@given(cases())
def test_a_proof_agrees_with_the_judgement(case: Case) -> None:
    """The rung that was landed on holds, those above it do not, and only what does not hold has to change."""
    judgement = judgement_of(case)
    for result in judgement.results:
        found = proof(result, judgement)
        marks = {rung.name: rung.mark for rung in found.rungs}
        assert marks_agree(result, marks), (result.outcome, result.rung, marks)
        assert ways_agree(found, marks)
        text = explanation(found, width=WIDTH)
        assert is_safe(text)


def marks_agree(result: RuleResult, marks: dict[str, Mark]) -> bool:
    names = list(marks)
    match result.outcome:
        case Outcome.PREFERRED | Outcome.MET | Outcome.CONCEDED:
            above = names[: names.index(result.rung or "")]
            return marks[result.rung or ""] is Mark.HOLDS and all(marks[each] is not Mark.HOLDS for each in above)
        case Outcome.UNSECURED:
            return result.rung is None or marks[result.rung] is Mark.UNASSURED
        case Outcome.BREACHED:
            return set(marks.values()) == {Mark.FAILS}
        case Outcome.UNDECIDED:
            return Mark.HOLDS not in marks.values()
        case Outcome.WAIVED | Outcome.NOT_APPLICABLE:
            return True


def ways_agree(found: Proof, marks: dict[str, Mark]) -> bool:
    """What is preferred beside what is required is the one way whose changes may be none."""
    others = [each for each in found.ways if each.rung != "prefer"]
    return all(bool(each.changes) is (marks[each.rung] is not Mark.HOLDS) and bool(each.size) for each in others)


@given(cases())
def test_printed_reports_keep_to_their_width(case: Case) -> None:
    """Alone and among others, a contract is printed within the width, in printable characters."""
    judgement = judgement_of(case)
    for judgements in ([judgement], [judgement, judgement_of(case)]):
        text = check_text(judgements, width=WIDTH)
        assert is_safe(text)
        assert [line for line in text.split("\n") if width_of(line) > WIDTH] == []


@cache
def validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(schema()))


@given(cases())
def test_every_report_is_valid_and_can_be_read_back(case: Case) -> None:
    """The object validates against the schema that ships, and the models made from it say the same."""
    judgement = judgement_of(case)
    report = check_report([judgement], as_of=AS_OF, version="0")
    validator().validate(json.loads(json.dumps(report)))
    assert models_of(report).model_dump(mode="json", exclude_unset=True) == report
