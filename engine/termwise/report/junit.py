"""A run → JUnit XML, which build servers draw as a list of tests: a suite for each subject, a case for each entry.

JUnit knows a case that passed, one that failed and one that was skipped. What decides the run failed, so that the list
agrees with the exit code; what fails and does not decide it was skipped, and says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from termwise.report.entries import Entry, Kind, Run, let_pass
from termwise.report.places import Places
from termwise.report.printable import on_one_line

_NO_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What cannot stand in an XML document, in whatever disguise."""


def junit(run: Run, places: Places) -> str:
    """Return a run as an XML document."""
    top = Element("testsuites", name=f"termwise {run.verb}")
    by_subject: dict[str, list[Entry]] = {each: [] for each in run.subjects}
    for each in run.entries:
        if each.kind is not Kind.NOTICE:
            by_subject.setdefault(each.subject, []).append(each)
    for subject, entries in by_subject.items():
        _suite(top, subject, entries, run, places)
    _count(top)
    indent(top)
    return f"<?xml version='1.0' encoding='utf-8'?>\n{tostring(top, encoding='unicode')}\n"


def _suite(top: Element, subject: str, entries: Iterable[Entry], run: Run, places: Places) -> None:
    suite = SubElement(top, "testsuite", name=_text(subject))
    cases = [_case(suite, each, places) for each in entries]
    if not cases:  # what nothing was found in has passed, and says so
        SubElement(suite, "testcase", classname=f"termwise.{run.verb}", name=f"termwise {run.verb}")
    _count(suite)


def _case(suite: Element, entry: Entry, places: Places) -> Element:
    span = entry.place
    name = entry.name if entry.scope else f"{entry.requirement} {entry.name}: {entry.message}"
    case = SubElement(
        suite,
        "testcase",
        classname=_text(entry.scope or entry.subject),
        name=_text(name),
        file=_text(places.shown(span.path)),
        line=str(span.line),
    )
    said = entry.message if entry.hint is None else f"{entry.message} ({entry.hint})"
    where = f"{places.shown(span.path)}:{span.line}:{span.column}"
    if entry.counts:
        tag = "error" if entry.kind is Kind.UNUSABLE else "failure"
        found = SubElement(case, tag, type=entry.verdict, message=_text(said))
        verdict = f"{entry.verdict} ({entry.remark})" if entry.remark else entry.verdict
        found.text = "\n".join((_text(f"{verdict}, {where}: {said}"), *_proof(entry)))
    elif entry.excuse is not None:
        SubElement(case, "skipped", type=entry.verdict, message=_text(let_pass(entry)))
    elif entry.kind in (Kind.FAIL, Kind.OPEN):
        remark = f"{entry.verdict}, but {entry.remark or 'this'} does not count here: {said}"
        SubElement(case, "skipped", type=entry.verdict, message=_text(remark))
    elif entry.kind is Kind.NOT_APPLICABLE:
        SubElement(case, "skipped", type=entry.verdict, message=_text(said))
    else:
        SubElement(case, "system-out").text = _text(f"{entry.verdict}, {where}: {said}")
    return case


def _count(element: Element) -> None:
    """Write on a suite how many cases it has, and what came of them."""
    element.set("tests", str(sum(1 for _ in element.iter("testcase"))))
    for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        element.set(attribute, str(sum(1 for _ in element.iter(tag))))


def _proof(entry: Entry) -> Iterator[str]:
    """Yield what shows that a finding is true, a contract included."""
    if entry.claim is not None:
        yield _text(entry.claim)
    for line in (entry.witness or "").splitlines():
        yield line[: len(line) - len(line.lstrip(" "))] + _text(line)


def _text(text: str) -> str:
    return _NO_XML.sub("\ufffd", on_one_line(text))
