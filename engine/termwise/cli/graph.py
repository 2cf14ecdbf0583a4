"""`termwise graph`: draw the rules of a policy, or say what a term touches."""

from __future__ import annotations

from collections.abc import Sequence

from termwise import lookup
from termwise.check import problems as words_of_check
from termwise.cli import options
from termwise.cli.arguments import Options, Parser
from termwise.cli.problems import Misuse, misuse
from termwise.cli.terminal import complain, emit, has_colour, width
from termwise.core.policy import Policy
from termwise.core.vocabulary import Vocabulary
from termwise.diagnostics import Problems

DRAWINGS = ("dot", "mermaid", "json", "svg", "html")


def parser(summary: str) -> Parser:
    """Return the options of the verb."""
    made = Parser(
        "graph",
        summary,
        "The graph leads from terms through conditions and rungs to rules. svg and html are pictures to read, dot is\n"
        "for Graphviz, mermaid for Markdown, json for programs. --impact answers in text or json.",
        "termwise graph ai_data_protection --format html --output rules.html\n"
        "termwise graph ai_data_protection --rule deletion_deadline --format mermaid\n"
        "termwise graph ai_data_protection --impact training.use\n"
        "termwise graph ai_data_protection --code",
    )
    made.add_argument("policy", metavar="POLICY", help="a shipped policy by name, or the path of a .tw file")
    made.add_argument("--rule", metavar="NAME", help="only what leads to this rule")
    made.add_argument("--term", metavar="NAME", help="only what this term leads to")
    made.add_argument("--impact", metavar="TERM", help="no drawing: say which rules and clauses a term touches")
    made.add_argument("--code", action="store_true", help="no drawing: print the Python that judges by the policy")
    made.add_argument(
        "--format", metavar="FORMAT", type=options.choice("format", ("text", *DRAWINGS)),
        help=f"{', '.join(DRAWINGS)} (default: dot); with --impact, text or json (default: text)",
    )  # fmt: skip
    options.add_output(made)
    return made


def run(words: Sequence[str], summary: str) -> int:
    """Draw, and return the exit code."""
    given = parser(summary).read(words)
    _check_together(given)
    problems = Problems()
    policy = lookup.load_policy(given.policy, problems)
    complain(problems)
    if policy is None or problems.has_errors:
        return 2
    _check_names(given, policy)
    emit(
        _code(policy) if given.code else _impact(policy, given) if given.impact else _drawing(policy, given),
        given.output,
    )
    return 0


def _code(policy: Policy) -> str:
    from termwise.compiled.program import Program

    return Program(policy).source


def _check_together(given: Options) -> None:
    """Refuse options that make no sense together."""
    if given.impact is not None and (given.rule is not None or given.term is not None):
        raise Misuse("--impact", lambda span: misuse(span, "`--impact` goes with neither `--rule` nor `--term`"))
    others = ("--rule", "--term", "--impact", "--format")
    if given.code and any(getattr(given, each.removeprefix("--")) is not None for each in others):
        raise Misuse(
            "--code",
            lambda span: misuse(span, f"`--code` goes with none of {', '.join(f'`{each}`' for each in others)}"),
        )
    fitting = ("text", "json") if given.impact is not None else DRAWINGS
    if given.format is not None and given.format not in fitting:
        what = "format of an impact" if given.impact is not None else "format of a drawing"
        raise Misuse(given.format, lambda span: words_of_check.unknown_word(span, given.format, what, fitting))


def _check_names(given: Options, policy: Policy) -> None:
    """Refuse names that the policy, or its vocabulary, does not have."""
    rules = [name for each in policy.rules for name in (each.name, each.base)]
    if given.rule is not None and given.rule not in rules:
        raise Misuse(given.rule, lambda span: words_of_check.unknown_rule(span, given.rule, rules))
    for term in (given.term, given.impact):
        if term is not None:
            _check_term(term, policy.vocabulary)


def _check_term(term: str, vocabulary: Vocabulary) -> None:
    terms = [*vocabulary.terms, *(name for name, _ in vocabulary.instances())]
    if term not in terms:
        raise Misuse(term, lambda span: words_of_check.unknown_term(span, term, vocabulary.name, terms))


def _drawing(policy: Policy, given: Options) -> str:
    from termwise.graph.build import build
    from termwise.graph.queries import restrict

    graph = build(policy)
    if given.rule is not None or given.term is not None:
        part = restrict(graph, rule=given.rule, term=given.term)
        assert part is not None, "the names have been checked"
        graph = part
    from termwise.report import graph_text, picture

    match given.format:
        case "mermaid":
            return graph_text.mermaid(graph)
        case "json":
            return graph_text.as_json(graph)
        case "svg":
            return picture.svg(graph)
        case "html":
            return picture.html(graph)
        case _:
            return graph_text.dot(graph)


def _impact(policy: Policy, given: Options) -> str:
    from termwise.graph.build import build
    from termwise.graph.queries import impact
    from termwise.report.impact import impact_data, impact_text
    from termwise.report.json import dump

    found = impact(build(policy), given.impact)
    if given.format == "json":
        return dump(impact_data(found, policy))
    return impact_text(found, policy, width=width(given.output), colour=has_colour(given.output))
