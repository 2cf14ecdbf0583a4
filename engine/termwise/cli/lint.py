"""`termwise lint`: say what is amiss in policies that are sound, and mend what can be mended safely."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from termwise import __version__, library, lookup
from termwise.cli import options
from termwise.cli.arguments import Options, Parser
from termwise.cli.folders import policy_files, real
from termwise.cli.inputs import read_contracts
from termwise.cli.outputs import add_outputs, deliver, places, wanted
from termwise.cli.problems import Misuse, misuse
from termwise.cli.settings import Project, codes, project
from termwise.cli.terminal import complain, emit, has_colour, mutter, width
from termwise.diagnostics import Level, Problems
from termwise.frozen import replace
from termwise.lint.run import Linted, lint, mended
from termwise.report.decision import Decision
from termwise.report.lint import lint_data, lint_text
from termwise.source import Source
from termwise.textfile import read_text

if TYPE_CHECKING:
    from termwise.cli.files import Output
    from termwise.report.entries import Entry, Run

_CURRENT = "."
_ROUNDS = 10
"""How often a fix may make another possible before lint leaves it at that."""


def parser(summary: str) -> Parser:
    """Return the options of the verb."""
    made = Parser(
        "lint",
        summary,
        "Exit code 0: nothing at or above --fail-on. 1: findings. 2: something given cannot be used; what can be is\n"
        "still linted. Settings stand in [tool.termwise.lint] of the nearest pyproject.toml, or in [lint] of a\n"
        'termwise.toml. One finding is let pass by a comment: # lint: ignore TW707 because "…" [until 2027-01-01]',
        "termwise lint policies/ --contracts contracts/\n"
        "termwise lint our_policy.tw --fix\n"
        "termwise lint --select TW7 --ignore missing-cite --fail-on note --format json",
    )
    made.add_argument(
        "policies", nargs="*", metavar="POLICY", default=[_CURRENT],
        help="a .tw file, a folder of them, or a shipped policy by name (default: the current folder)",
    )  # fmt: skip
    made.add_argument(
        "--contracts", nargs="+", action="extend", metavar="CONTRACT", default=[],
        help="contracts, or folders of them, to look at beside the policies",
    )  # fmt: skip
    options.add_as_of(made)
    made.add_argument("--fix", action="store_true", help="make the edits that are safe, in the files themselves")
    made.add_argument("--no-proofs", action="store_true", help="leave out what takes a solver to find")
    for option, help_ in (("--select", "look for these alone"), ("--ignore", "leave these out")):
        made.add_argument(
            option, type=codes, action="append", metavar="CODES", default=[],
            help=f"{help_}: codes, beginnings (TW7) or names, apart by commas",
        )  # fmt: skip
    made.add_argument(
        "--fail-on", metavar="LEVEL", type=_level, default=None,
        help="the least level that counts: error, warning or note (default: warning)",
    )  # fmt: skip
    add_outputs(made)
    options.add_baseline(made)
    return made


def run(words: Sequence[str], summary: str) -> int:
    """Lint, mend if asked to, report, and return the exit code."""
    given = parser(summary).read(words)
    outputs = wanted(given)
    problems = Problems()
    home = project(given, problems)
    named, with_contracts = _told_apart(given.policies, given.contracts)
    paths = _paths(named, home, problems)
    contracts = read_contracts(with_contracts, problems) if with_contracts else []
    as_of = given.as_of or date.today()

    def linted(into: Problems, *, prove: bool) -> Linted:
        sources = [source for path in paths if (source := _source(path, into)) is not None]
        find = lookup.finder(into)
        return lint(sources, contracts, settings=home.settings, as_of=as_of, find=find, problems=into, prove=prove)

    own = {path for path in paths if library.find(path) is None}
    fixed = _fixed(lambda into: linted(into, prove=False), own) if given.fix else 0
    result = linted(problems, prove=not given.no_proofs)
    report = _Report(result, fixed, problems)
    if given.baseline is not None or given.write_baseline is not None:
        report.leave_out_what_is_known(given)
    complain(problems)
    if result.is_proved is False:
        mutter(NOT_PROVED)
    deliver(outputs, report)
    return report.exit_code


NOT_PROVED = (
    "termwise lint: proofs were not made, because no solver is installed;"
    " it comes with: python3 -m pip install 'termwise[analyze]'\n"
)
"""Said beside the result in every format: that nothing was found must not pass for proof."""


class _Report:
    """What came of a run, in whichever format is asked for."""

    def __init__(self, linted: Linted, fixed: int, problems: Problems) -> None:
        """Keep what was found; `beside` is what goes with the result."""
        self._linted = linted
        self._fixed = fixed
        self._problems = problems
        self._known = 0
        self.beside: Sequence[Output] = ()

    def leave_out_what_is_known(self, given: Options) -> None:
        """Keep only what a baseline does not know."""
        from termwise.cli.baseline import sifted
        from termwise.report.entries_lint import looked_at

        shown = places().shown
        here = [(shown(path), "") for path in looked_at(self._linted)]
        known, self.beside = sifted(given, "lint", self._entries, here, self._problems)
        pairs = list(zip(self._linted.findings, self._entries, strict=True))
        new = [(finding, entry) for finding, entry in pairs if entry.fingerprint not in known]
        self._known = len(pairs) - len(new)
        self._linted = replace(self._linted, findings=tuple(finding for finding, _ in new))
        self._entries = tuple(entry for _, entry in new)

    @cached_property
    def _entries(self) -> tuple[Entry, ...]:
        from termwise.report.entries_lint import lint_entries

        return lint_entries(self._linted)

    @property
    def _fails(self) -> bool:
        settings = self._linted.subject.settings
        return any(settings.fails(each.diagnostic) for each in self._linted.findings)

    @property
    def exit_code(self) -> int:
        """How the run ends."""
        return 2 if self._problems.has_errors else int(self._fails)

    def own(self, form: str, path: str | None) -> str | None:
        """Return the text of a format of the verb's own."""
        errors, linted = self._problems.errors, self._linted
        if form == "json":
            from termwise.report.json import dump

            data = lint_data(
                linted, version=__version__, fails=self._fails, fixed=self._fixed, errors=errors, known=self._known
            )
            return dump(data)
        if errors and not linted.subject.policies and not linted.subject.vocabularies:
            return None
        return lint_text(
            linted, self._problems.sources, fixed=self._fixed, known=self._known, width=width(path),
            colour=has_colour(path),
        )  # fmt: skip

    @cached_property
    def run(self) -> Run:
        """The run in the shape that the shared formats write."""
        from termwise.report.entries_lint import lint_run

        errors = self._problems.errors
        made = Decision.FAIL if self._fails else Decision.UNDECIDED if errors else Decision.PASS
        return lint_run(
            self._linted, self._entries, version=__version__, decision=made, exit_code=self.exit_code,
            known=self._known, found=self._problems.all,
        )  # fmt: skip


def _level(text: str) -> Level:
    return Level(options.choice("level", [each.value for each in Level])(text))


# ------------------------------------------------------------------------------------------------------- inputs


def _told_apart(policies: Sequence[str], contracts: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return policies and contracts: a policy that stands right after the contracts is still a policy."""
    strays = [name for name in contracts if name.endswith(library.SUFFIX) or library.find(name) is not None]
    given = [] if strays and list(policies) == [_CURRENT] else list(policies)
    return [*given, *strays], [name for name in contracts if name not in strays]


def _paths(named: Sequence[str], home: Project, problems: Problems) -> list[str]:
    """Return the names and files that are meant, without those that the settings leave out."""
    found: list[str] = []
    for name in named:
        found += [name] if library.find(name) is not None else policy_files([name], problems)
    if not found and not problems.has_errors:
        folder = "the current folder" if list(named) == [_CURRENT] else f"`{named[-1]}`"
        raise Misuse(named[-1], lambda span: misuse(span, f"there is no `.tw` file in {folder}"))
    distinct = {real(path): path for path in reversed(found)}
    return [path for path in reversed(distinct.values()) if library.find(path) is not None or not home.leaves_out(path)]


def _source(path: str, problems: Problems) -> Source | None:
    shipped = library.find(path)
    if shipped is not None:
        problems.know(shipped)
        return shipped
    return read_text(path, problems)


# ------------------------------------------------------------------------------------------------------ mending


def _fixed(linted: Callable[[Problems], Linted], own: set[str]) -> int:
    """Make safe edits in files of the user's own until there are none left; return how many findings that mends."""
    total = 0
    for _ in range(_ROUNDS):
        problems = Problems()
        result = linted(problems)
        fixed = [
            mended(text, result.findings, lookup.finder(problems))
            for text in result.subject.policies
            if text.source.path in own
        ]
        made = [each for each in fixed if each.findings]
        for each in made:
            emit(_as_it_was(each.source), each.source.path)
        total += sum(len(each.findings) for each in made)
        if not made:
            break
    return total


def _as_it_was(source: Source) -> str:
    """Return a text with the line ends and the byte-order mark that its file had."""
    with open(source.path, "rb") as file:
        data = file.read()
    text = source.text
    if b"\r\n" in data:
        text = text.replace("\n", "\r\n")
    return "\ufeff" + text if data.startswith(b"\xef\xbb\xbf") else text
