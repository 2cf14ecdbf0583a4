"""The rules of policies and the codes of the catalogue → what is asked, with the page that explains it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from termwise.core.policy import Policy, Rule, Severity
from termwise.core.wording import write_expr
from termwise.diagnostics import Level
from termwise.diagnostics.catalogue import entry
from termwise.diagnostics.manual import page
from termwise.report.entries import Requirement, severity_of
from termwise.report.markdown_words import code, escaped
from termwise.report.printable import listed, on_one_line, quoted


def rule_id(policy: Policy, rule: Rule) -> str:
    """Return what a rule is known by, at whatever key."""
    return f"{policy.name}/{rule.base}"


def rules_of(policies: Iterable[Policy]) -> Iterator[Requirement]:
    """Yield every rule of some policies, once for all its keys."""
    for policy in policies:
        by_name: dict[str, list[Rule]] = {}
        for rule in policy.rules:
            by_name.setdefault(rule.base, []).append(rule)
        for rules in by_name.values():
            yield _rule(policy, rules)


def code_of(name: str) -> Requirement:
    """Return a code of the catalogue."""
    found = entry(name)
    said = page(name)
    title = f"{found.title[0].upper()}{found.title[1:]}"
    severity = severity_of(Level(found.level))
    return Requirement(name, found.slug, title, f"{title}.", said, said, severity, ("termwise", "policy-as-code"))


def once(found: Iterable[Requirement]) -> tuple[Requirement, ...]:
    """Return requirements, each once: two policies of one name are one policy to whoever reads the report."""
    made: dict[str, Requirement] = {}
    for each in found:
        made.setdefault(each.id, each)
    return tuple(made.values())


def tests_id(policy: Policy) -> str:
    """Return what the tests of a policy are known by."""
    return f"{policy.name}/tests"


def tests_of(policy: Policy) -> Requirement:
    """Return what the tests of a policy ask of it."""
    title, summary = f"{policy.name} passes its tests", f"Every test of {policy.name} finds what it expects."
    tags = ("termwise", "policy-as-code", policy.name)
    return Requirement(tests_id(policy), "tests", title, summary, summary, summary, Severity.MAJOR, tags)


def _rule(policy: Policy, rules: list[Rule]) -> Requirement:
    rule = rules[0]
    lines = list(_lines(policy, rules))
    title = f"{rule.base}, a {rule.severity.value} of {policy.name}"
    if rule.severity is Severity.ADVICE:
        title = f"{rule.base}, advice of {policy.name}"
    summary = on_one_line(rule.because) if rule.because else f"{rule.base} asks for {_asked(rule)}."
    text = "\n".join(f"{heading}: {said}" for heading, said, _ in lines)
    body = "\n".join(f"- **{heading}:** {said}" for heading, _, said in lines)
    markdown = f"**{escaped(title)}**\n\n{body}\n"
    tags = ("security", "contract", "termwise", policy.name, rule.severity.value)
    return Requirement(rule_id(policy, rule), rule.base, title, summary, text, markdown, rule.severity, tags)


def _asked(rule: Rule) -> str:
    return listed([on_one_line(write_expr(each)) for each in rule.require])


def _lines(policy: Policy, rules: list[Rule]) -> Iterator[tuple[str, str, str]]:
    """Yield what there is to say of a rule: a heading, the words, and the words in Markdown."""
    rule = rules[0]
    for heading, conditions in (
        ("When", rule.when),
        ("Unless", rule.unless),
        ("Preferred", rule.prefer),
        ("Required", rule.require),
    ):
        for each in conditions:
            yield heading, on_one_line(write_expr(each)), code(write_expr(each))
    for rung in rule.fallbacks:
        text = write_expr(rung.condition)
        by = "" if rung.approved_by is None else f", with the approval of {quoted(rung.approved_by)}"
        yield "Fallback", on_one_line(text) + by, code(text) + escaped(by)
    keys = [each.key for each in rules if each.key is not None]
    if keys:
        yield "Asked for each of", ", ".join(keys), ", ".join(map(code, keys))
    yield from _plain("Because", rule.because)
    for cite in rule.cites:
        yield from _plain("Rests on", cite)
    clause = None if rule.clause is None else policy.clause(rule.clause)
    if clause is not None:
        title = on_one_line(clause.title)
        yield "Clause", f"{clause.name}, {quoted(title)}", f"{code(clause.name)}, {escaped(quoted(title))}"
    for lever in rule.levers:
        yield from _plain("Lever", lever)


def _plain(heading: str, said: str | None) -> Iterator[tuple[str, str, str]]:
    if said is not None:
        yield heading, on_one_line(said), escaped(said)
