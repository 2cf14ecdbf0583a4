"""`--coverage` and `--mutate` of `termwise test`: how thorough the tests are, where somebody wants to know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from termwise.cli.arguments import Options, Parser
from termwise.cli.problems import Misuse, misuse
from termwise.frozen import frozen
from termwise.source import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from termwise.report.entries import Entry, Requirement
    from termwise.report.json import Json
    from termwise.report.tests import Tested
    from termwise.report.thorough import Measured


def add_thoroughness(parser: Parser) -> None:
    """Add `--coverage`, `--mutate`, `--mutants` and `--fail-under`."""
    parser.add_argument(
        "--coverage", action="store_true",
        help="say what no test has seen: conditions true, false and unknown, guards, rungs, waivers, lists",
    )  # fmt: skip
    parser.add_argument(
        "--mutate", action="store_true",
        help="change each policy in many small ways, and say which changes no test notices",
    )  # fmt: skip
    parser.add_argument(
        "--mutants", metavar="N", type=_size,
        help="try a sample of so many mutants of each policy, always the same (default: all)",
    )  # fmt: skip
    parser.add_argument(
        "--fail-under", metavar="N", type=_number,
        help="exit with 1 where the coverage of a policy, or the share of its mutants noticed, is less than N percent",
    )  # fmt: skip


@frozen
class Asked:
    """What is asked about the tests of each policy."""

    coverage: bool
    mutate: bool
    sample: int | None
    fail_under: int | None

    def of(self, tested: Sequence[Tested], sources: Mapping[str, Source]) -> Thoroughness:
        """Return the answers."""
        if not (self.coverage or self.mutate):
            return Thoroughness((), None)
        found = (self._measured(each, sources) for each in tested)
        return Thoroughness(tuple(each for each in found if each is not None), self.fail_under)

    def _measured(self, tested: Tested, sources: Mapping[str, Source]) -> Measured | None:
        from termwise.report.thorough import Measured
        from termwise.testing.coverage import coverage
        from termwise.testing.goals import own_path
        from termwise.testing.mutate import mutation

        policy = tested.policy
        source = sources.get(own_path(policy) or "")
        if source is None:  # it says nothing itself
            return None
        has_failed = bool(tested.failed)
        return Measured(
            policy.name,
            tested.file,
            source,
            coverage(policy, source, tested.results) if self.coverage else None,
            mutation(policy, source, sample=self.sample) if self.mutate and not has_failed else None,
            is_untried=self.mutate and has_failed,
        )


@frozen
class Thoroughness:
    """How thoroughly policies are tested, and how many percent are needed."""

    measured: tuple[Measured, ...]
    fail_under: int | None

    @property
    def shortfalls(self) -> Sequence[str]:
        """What is less than is needed, in words."""
        if not self.measured:
            return ()
        from termwise.report.thorough import shortfalls

        return shortfalls(self.measured, self.fail_under)

    @property
    def data(self) -> dict[str, dict[str, Json]]:
        """The answers as data, by file."""
        if not self.measured:
            return {}
        from termwise.report.thorough import thorough_data

        return {each.file: thorough_data(each) for each in self.measured}

    def text(self, width: int, colour: bool) -> str:
        """Return the answers as text."""
        if not self.measured:
            return ""
        from termwise.report.thorough import thorough_text

        return thorough_text(self.measured, self.fail_under, width=width, colour=colour)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The answers as entries."""
        from termwise.report.entries_thorough import thorough_entries

        return tuple(thorough_entries(self.measured, self.fail_under))

    @property
    def asked(self) -> tuple[Requirement, ...]:
        """What the entries are answers to."""
        from termwise.report.entries_thorough import thorough_requirements

        return tuple(thorough_requirements(self.measured))


def asked_of(given: Options) -> Asked:
    """Return what the options ask; a threshold for nothing is a mistake."""
    mutate = given.mutate or given.mutants is not None
    if given.fail_under is not None and not (given.coverage or mutate):
        hint = "add `--coverage` or `--mutate`"
        raise Misuse("--fail-under", lambda span: misuse(span, "`--fail-under` needs something to measure", hint))
    if given.fail_under is not None and given.fail_under > 100:
        word = str(given.fail_under)
        raise Misuse(word, lambda span: misuse(span, f"`{word}` is more than all: it is in percent"))
    return Asked(given.coverage, mutate, given.mutants, given.fail_under)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise Misuse(text, lambda span: misuse(span, f"`{text}` is no whole number"))
    return int(text)


def _size(text: str) -> int:
    size = _number(text)
    if size == 0:
        raise Misuse(text, lambda span: misuse(span, "a sample of none says nothing of the tests"))
    return size
