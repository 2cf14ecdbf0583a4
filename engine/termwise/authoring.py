"""The functions of `import termwise` for those who write policies and vocabularies: schemas, layout, advice, pages."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from termwise import lookup
from termwise.asked import Day, Path, day_of
from termwise.contracts.files import find_contracts, read_contract
from termwise.core.vocabulary import Vocabulary
from termwise.diagnostics import PolicyError, Problems
from termwise.source import Source

if TYPE_CHECKING:
    from pydantic import BaseModel

    from termwise.report.models import NoticeReport


def contract_schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """Return the JSON Schema of the contracts that speak a vocabulary."""
    from termwise.contracts import schema

    return schema.contract_schema(vocabulary)


def contract_model(vocabulary: Vocabulary) -> type[BaseModel]:
    """Return the pydantic model of the contracts that speak a vocabulary; what it makes can be evaluated."""
    from termwise.contracts import model

    return model.contract_model(vocabulary)


def vocabulary_of(model: type[BaseModel], name: str | None = None) -> Vocabulary:
    """Return the vocabulary that a pydantic model amounts to; a field that no term can be is a `TypeError`."""
    from termwise.contracts.derive import vocabulary_from_model

    return vocabulary_from_model(model, name)


def format_text(text: str | Vocabulary) -> str:
    """Return the text of a policy or a vocabulary in its canonical layout; a text that is no such is a `PolicyError`.

    A vocabulary, such as one that comes from a model, is written out whole.
    """
    from termwise.syntax.format import format_source

    problems = Problems()
    made = format_source(Source("<text>", text if isinstance(text, str) else _written(text)), problems)
    if made is None or problems.has_errors:
        raise PolicyError(problems)
    return made


def lint_policies(
    policies: Iterable[Path], contracts: Iterable[Path] = (), *, as_of: Day = None
) -> tuple[NoticeReport, ...]:
    """Say what is amiss in policies and vocabularies that are sound, by name or path, as `termwise lint` does.

    Settings of a project are the command's; comments that let a finding pass are heeded.
    """
    from termwise.lint.run import lint
    from termwise.lint.settings import Settings
    from termwise.report.json import diagnostic_data
    from termwise.report.models import NoticeReport

    problems, day = Problems(), day_of(as_of)
    sources = [lookup.load_source(os.fspath(each), problems) for each in policies]
    files = find_contracts([os.fspath(each) for each in contracts], problems)
    read = [raw for file in files if (raw := read_contract(file, problems)) is not None]
    linted = lint(
        [each for each in sources if each is not None],
        read,
        settings=Settings(),
        as_of=day,
        find=lookup.finder(problems),
        problems=problems,
    )
    if problems.has_errors:
        raise PolicyError(problems)
    return tuple(NoticeReport.model_validate(diagnostic_data(each.diagnostic)) for each in linted.findings)


def explain_code(code: str) -> str:
    """Return the page of a diagnostic, by its code or readable name, in Markdown."""
    from termwise.diagnostics.catalogue import find
    from termwise.diagnostics.manual import page

    entry = find(code)
    if entry is None:
        raise KeyError(f"no diagnostic is called `{code}`")
    return page(entry.code)


def _written(vocabulary: Vocabulary) -> str:
    """Return the text that declares a vocabulary; a name that cannot stand in one is a `PolicyError`."""
    from termwise.compiler import compile_vocabulary
    from termwise.declare import write_vocabulary

    text, problems = write_vocabulary(vocabulary), Problems()
    read = compile_vocabulary(Source("<vocabulary>", text), problems)
    if problems.has_errors:
        raise PolicyError(problems)
    assert read == vocabulary, "what is written is what was meant"
    return text
