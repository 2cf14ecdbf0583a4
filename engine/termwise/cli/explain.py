"""`termwise explain`: prove what came of a rule, or print the page of a diagnostic."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from termwise.cli import options, problems
from termwise.cli.arguments import Options, Parser
from termwise.cli.inputs import read_contracts, read_policies, told_apart
from termwise.cli.terminal import complain, emit, has_colour, width
from termwise.diagnostics import Problems
from termwise.diagnostics.catalogue import CATALOGUE, find
from termwise.evaluate.judgement import Judgement, RuleResult
from termwise.report.decision import decision, exit_code
from termwise.run import judge_all

Found = list[tuple[RuleResult, Judgement]]


def parser(summary: str) -> Parser:
    """Return the options of the verb."""
    made = Parser(
        "explain",
        summary,
        "With a contract and a rule: the ladder with the truth of every condition, the quotes, and what would have to\n"
        "change. A rule made `for each` key is explained at every key unless one is named. The exit code is that of\n"
        "`check` for these rules alone. With a code: its page.",
        "termwise explain acme.yaml 'deletion_deadline[request]' --policy ai_data_protection\ntermwise explain TW203",
    )
    made.add_argument("topic", nargs="*", metavar="CONTRACT RULE | CODE", help="a contract and a rule, or a code")
    options.add_policies(made, several=1)
    options.add_as_of(made)
    options.add_fail_on(made)
    options.add_format(made, ("text", "json"))
    options.add_output(made)
    return made


def run(words: Sequence[str], summary: str) -> int:
    """Explain, and return the exit code."""
    given = parser(summary).read(words)
    match given.topic:
        case [code] if not given.policy:
            return _page(code, given.output)
        case [contract, rule]:
            return _proofs(contract, rule, given)
        case [_, _, stray, *_]:
            raise problems.Misuse(
                stray, lambda span: problems.misuse(span, f"`{stray}` is one word too many", "see `--help`")
            )
        case _:
            hint = "write `termwise explain CONTRACT RULE --policy NAME`, or `termwise explain TW203`"
            raise problems.Misuse(None, lambda span: problems.misuse(span, "a contract and a rule are missing", hint))


def _page(code: str, output: str | None) -> int:
    entry = find(code)
    if entry is None:
        is_number = code[2:].isdigit()  # the nearest number means something else
        known = [] if is_number else [each for entry in CATALOGUE for each in (entry.code, entry.slug)]
        raise problems.Misuse(code, lambda span: problems.unknown_topic(span, code, known))
    from termwise.diagnostics.manual import page

    emit(page(entry.code), output)
    return 0


def _proofs(contract: str, rule: str, given: Options) -> int:
    paths, names = told_apart([contract], given.policy)
    as_of = given.as_of or date.today()
    found_wrong = Problems()
    policies = read_policies(names, found_wrong)
    known = [name for policy in policies for each in policy.rules for name in (each.name, each.base)]
    if policies and rule not in known:
        from termwise.check.problems import unknown_rule

        raise problems.Misuse(rule, lambda span: unknown_rule(span, rule, known))
    judgements = judge_all(read_contracts(paths, found_wrong), policies, as_of, found_wrong)
    found = [
        (result, judgement)
        for judgement in judgements
        for result in judgement.results
        if rule in (result.rule.name, result.rule.base)
    ]
    complain(found_wrong)
    if found:
        emit(_json(found) if given.format == "json" else _text(found, given.output), given.output)
    return 2 if found_wrong.has_errors else exit_code(decision((result for result, _ in found), given.fail_on))


def _text(found: Found, output: str | None) -> str:
    from termwise.report.explain import proof
    from termwise.report.explanation import explanation

    columns, colour = width(output), has_colour(output)
    return "\n".join(explanation(proof(*each), width=columns, colour=colour) for each in found)


def _json(found: Found) -> str:
    from termwise.report.explain import proof
    from termwise.report.json import dump
    from termwise.report.plain import plain

    return dump([plain(proof(*each)) for each in found])
