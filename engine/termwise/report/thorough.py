"""How thoroughly policies are tested → text and data: coverage and mutants of each, and of all together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termwise.frozen import frozen
from termwise.report.colour import Paint, Tone
from termwise.report.coverage import coverage_data, coverage_lines, share_of
from termwise.report.json import Json
from termwise.report.mutation import mutation_data, mutation_lines, score_of
from termwise.report.share import Share, total
from termwise.source import Source
from termwise.testing.coverage import Coverage
from termwise.testing.mutate import Mutation


@frozen
class Measured:
    """A policy, whose text this is, and how thoroughly it is tested; None is what was not asked, or could not be told.

    `is_untried` is whether mutants were asked for and not tried: where a test fails without them, it tells nothing.
    """

    name: str
    file: str
    source: Source
    coverage: Coverage | None
    mutation: Mutation | None
    is_untried: bool = False


@frozen
class Gauge:
    """One measure of one policy, with how many percent of it are needed, if any."""

    of: Measured
    what: str
    requirement: str
    share: Share
    needed: int | None

    @property
    def falls_short(self) -> bool:
        """Whether it is less than is needed."""
        return self.needed is not None and not self.share.reaches(self.needed)

    @property
    def said(self) -> str:
        """What it is, and what is needed, in words."""
        return f"{self.share}" if self.needed is None else f"{self.share}; {self.needed}% is needed"


def gauges(measured: Sequence[Measured], needed: int | None) -> Iterator[Gauge]:
    """Yield the measures of policies: each answers for itself, so that a large one makes up for no small one."""
    for each in measured:
        if each.coverage is not None:
            yield Gauge(each, "coverage", "coverage", share_of(each.coverage), needed)
        if each.mutation is not None:
            yield Gauge(each, "mutation score", "mutants", score_of(each.mutation), needed)


def shortfalls(measured: Sequence[Measured], needed: int | None) -> list[str]:
    """Return which measures are less than is needed, in words."""
    return [f"{each.of.name}: the {each.what} is {each.said}" for each in gauges(measured, needed) if each.falls_short]


def thorough_text(measured: Sequence[Measured], needed: int | None, *, width: int = 80, colour: bool = False) -> str:
    """Return coverage, then mutants, then what is less than is needed."""
    paint = Paint(colour)
    lines = [*_coverage(measured, width, paint), *_mutants(measured, width, paint)]
    short = [paint(each, Tone.BAD) for each in shortfalls(measured, needed)]
    return "".join(f"{line}\n" for line in (*lines, *(["", *short] if short else [])))


def _coverage(measured: Sequence[Measured], width: int, paint: Paint) -> Iterator[str]:
    found = [each.coverage for each in measured if each.coverage is not None]
    if found:
        yield from ("", paint("coverage", Tone.STRONG))
        for each in found:
            yield from coverage_lines(each, width, paint)
        if len(found) > 1:
            yield f"all: {total(map(share_of, found))} covered"


def _mutants(measured: Sequence[Measured], width: int, paint: Paint) -> Iterator[str]:
    asked = [each for each in measured if each.mutation is not None or each.is_untried]
    if asked:
        yield from ("", paint("mutants", Tone.STRONG))
    for each in asked:
        if each.mutation is None:
            yield f"{each.name}: {paint('none were tried, because a test fails without them', Tone.WARN)}"
        else:
            yield from mutation_lines(each.mutation, each.source, width, paint)
    found = [each.mutation for each in measured if each.mutation is not None]
    if len(found) > 1:
        yield f"all: {total(map(score_of, found))} of the mutants noticed"


def thorough_data(measured: Measured) -> dict[str, Json]:
    """Return the same of one policy as data."""
    return {
        "coverage": None if measured.coverage is None else coverage_data(measured.coverage),
        "mutation": None if measured.mutation is None else mutation_data(measured.mutation, measured.source),
    }
