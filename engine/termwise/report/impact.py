"""What a term touches → text and data: the answer to "what happens if somebody changes this promise?"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from termwise.core.policy import Policy, Rule
from termwise.core.vocabulary import instance
from termwise.graph.queries import Impact, Polarity, polarity
from termwise.report.colour import Paint, Tone
from termwise.report.json import Json
from termwise.report.printable import on_one_line, wrapped

_SAFER = {
    Polarity.RISING: "higher is safer",
    Polarity.FALLING: "lower is safer",
    Polarity.CONSTANT: "its value does not matter, only that it is stated",
    Polarity.MIXED: "neither higher nor lower is always safer",
}


def impact_text(found: Impact, policy: Policy, *, width: int = 80, colour: bool = False) -> str:
    """Return what a term touches, as text."""
    paint = Paint(colour)
    lines = [paint(f"{found.term} in {policy.name}", Tone.STRONG)]
    for title, items in _sections(found, policy):
        if items:
            lines += ["", paint(title, Tone.STRONG)]
            lines += [line for each in items for line in wrapped(on_one_line(each), width, "  ", "    ")]
    if len(lines) == 1:
        lines += ["", "Nothing in this policy reads it."]
    return "\n".join(lines) + "\n"


def impact_data(found: Impact, policy: Policy) -> dict[str, Json]:
    """Return what a term touches, as data."""
    return {
        "policy": policy.name,
        "term": found.term,
        "instances": list(found.instances),
        "conditions": [each.text for each in found.atoms],
        "definitions": [each.name for each in found.definitions],
        "rules": [
            {
                "rule": rule.name,
                "severity": rule.severity.value,
                "rungs": [each.label for each in found.rungs if each.rule == rule.name],
                "polarity": {name: polarity(rule, name, policy.vocabulary, policy).value for name in read},
            }
            for rule, read in _reading(found)
        ],
        "asking": [{"rule": rule.name, "severity": rule.severity.value} for rule in found.asking],
        "clauses": [each.name for each in found.clauses],
        "waivers": [{"rule": instance(each.rule, each.key), "contract": each.contract} for each in found.waivers],
        "guarantees": [each.title for each in found.guarantees],
    }


def _sections(found: Impact, policy: Policy) -> Iterator[tuple[str, list[str]]]:
    yield "Rules that read it", [_rule(rule, read, found, policy) for rule, read in _reading(found)]
    yield "Rules that ask about those", [f"{rule.name} ({rule.severity.value})" for rule in found.asking]
    yield "Conditions", [each.text for each in found.atoms]
    yield "Definitions", [each.name for each in found.definitions]
    yield "Clauses that grant it", [f'{each.name} "{each.title}"' for each in found.clauses]
    yield "Waivers bounded by it", [f"{instance(each.rule, each.key)} for {each.contract}" for each in found.waivers]
    yield "Guarantees about it", [f'"{each.title}"' for each in found.guarantees]


def _reading(found: Impact) -> Iterator[tuple[Rule, list[str]]]:
    """Yield each rule that reads the term, and the instances it reads."""
    for rule in found.rules:
        yield rule, [name for name in rule.terms if name in found.instances]


def _rule(rule: Rule, read: Iterable[str], found: Impact, policy: Policy) -> str:
    rungs = ", ".join(each.label for each in found.rungs if each.rule == rule.name)
    ways = dict.fromkeys(_SAFER[polarity(rule, name, policy.vocabulary, policy)] for name in read)
    return f"{rule.name} ({rule.severity.value}): in {rungs}; {' or '.join(ways)}"
