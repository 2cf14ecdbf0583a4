"""`termwise check`: judge contracts by policies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property

from termwise import __version__
from termwise.cli import options
from termwise.cli.arguments import Parser
from termwise.cli.inputs import read_contracts, read_policies, told_apart
from termwise.cli.outputs import add_outputs, deliver, wanted
from termwise.cli.terminal import complain, has_colour, width
from termwise.core.policy import Severity
from termwise.diagnostics import Problems
from termwise.evaluate.judgement import Judgement
from termwise.report.decision import Decision, decision, exit_code, worst
from termwise.report.fingerprint import unknown_results
from termwise.run import judge_all

TYPE_CHECKING = False
if TYPE_CHECKING:
    from termwise.cli.files import Output
    from termwise.report.entries import Entry, Run


def parser(summary: str) -> Parser:
    """Return the options of the verb."""
    made = Parser(
        "check",
        summary,
        "Exit code 0: nothing found at or above --fail-on. 1: a rule breached or unsecured. 3: nothing worse than\n"
        "undecided. 2: something given cannot be used; what can be is still judged.",
        "termwise check contracts/ --policy ai_data_protection --fail-on major\n"
        "termwise check acme.yaml --policy ai_data_protection our_own.tw --as-of 2026-11-24 --format json",
    )
    made.add_argument(
        "contracts", nargs="*", metavar="CONTRACT",
        help="a contract (.yaml, .json, .toml), a folder of contracts, or - for standard input",
    )  # fmt: skip
    options.add_policies(made)
    options.add_as_of(made)
    options.add_fail_on(made)
    add_outputs(made)
    options.add_baseline(made)
    return made


def run(words: Sequence[str], summary: str) -> int:
    """Judge, report, and return the exit code."""
    given = parser(summary).read(words)
    paths, names = told_apart(given.contracts, given.policy)
    outputs = wanted(given)
    as_of = given.as_of or date.today()
    problems = Problems()
    policies = read_policies(names, problems)
    judgements = list(judge_all(read_contracts(paths, problems), policies, as_of, problems))
    checked = _Checked(judgements, as_of, given.fail_on, problems)
    if given.baseline is not None or given.write_baseline is not None:
        from termwise.cli.baseline import sifted

        looked_at = [(each.contract.id, each.policy.name) for each in judgements]
        checked.known, checked.beside = sifted(given, "check", checked.entries, looked_at, problems)
    complain(problems)
    deliver(outputs, checked)
    return checked.exit_code


class _Checked:
    """What came of a run, in whichever format is asked for."""

    def __init__(self, judgements: Sequence[Judgement], as_of: date, fail_on: Severity, problems: Problems) -> None:
        """Keep the judgements; `known` is what a baseline knows of them, and `beside` what goes with the result."""
        self._judgements = judgements
        self._as_of = as_of
        self._fail_on = fail_on
        self._problems = problems
        self.known: frozenset[str] = frozenset()
        self.beside: Sequence[Output] = ()

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every result as an entry."""
        from termwise.report.entries_check import check_entries

        return tuple(check_entries(self._judgements, self._fail_on))

    @property
    def exit_code(self) -> int:
        """How the run ends."""
        return 2 if self._problems.has_errors else exit_code(self._decision)

    @property
    def _decision(self) -> Decision:
        results = (result for each in self._judgements for result in unknown_results(each, self.known))
        return decision(results, self._fail_on)

    def own(self, form: str, path: str | None) -> str | None:
        """Return the text of a format of the verb's own."""
        errors = self._problems.errors
        if form == "json":
            from termwise.report.json import check_report, dump

            report = check_report(
                self._judgements, as_of=self._as_of, fail_on=self._fail_on, version=__version__, errors=errors,
                known=self.known,
            )  # fmt: skip
            return dump(report)
        if not self._judgements:
            return None
        from termwise.report.text import check_text

        return check_text(
            self._judgements, fail_on=self._fail_on, width=width(path), colour=has_colour(path), errors=errors,
            known=self.known,
        )  # fmt: skip

    @cached_property
    def run(self) -> Run:
        """The run in the shape that the shared formats write."""
        from termwise.report.entries_check import check_run

        errors = self._problems.errors
        made = worst([self._decision, Decision.UNDECIDED]) if errors else self._decision
        return check_run(
            self._judgements, self.entries, as_of=self._as_of, version=__version__, decision=made,
            exit_code=self.exit_code, known=self.known, found=self._problems.all,
        )  # fmt: skip
