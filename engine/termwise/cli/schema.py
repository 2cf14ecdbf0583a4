"""`termwise schema`: describe contracts, or the report of a check, for editors and programs."""

from __future__ import annotations

import importlib
import os
import re
import sys
from collections.abc import Sequence
from typing import NoReturn

from termwise import lookup
from termwise.cli import options
from termwise.cli.arguments import Parser
from termwise.cli.problems import Misuse, misuse
from termwise.cli.terminal import complain, emit
from termwise.core.vocabulary import Vocabulary
from termwise.diagnostics import Problems
from termwise.source import Source

REPORT = "report"
_MODEL = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*")


def parser(summary: str) -> Parser:
    """Return the options of the verb."""
    made = Parser(
        "schema",
        summary,
        "Of a vocabulary: the JSON Schema of the contracts that speak it, for editors to complete and check.\n"
        "Of `report`: that of `check --format json`. Of a pydantic model, as MODULE:MODEL: the vocabulary that it\n"
        "amounts to, as the text of a .tw file.",
        "termwise schema ai_procurement --output contract.schema.json\n"
        "termwise schema report\n"
        "termwise schema procurement.models:Agreement --output agreement.tw",
    )
    made.add_argument(
        "subject", metavar="VOCABULARY | report | MODULE:MODEL",
        help="a vocabulary, or a policy that uses it, by name or path; `report`; or a pydantic model",
    )  # fmt: skip
    options.add_output(made)
    return made


def run(words: Sequence[str], summary: str) -> int:
    """Describe, and return the exit code."""
    given = parser(summary).read(words)
    problems = Problems()
    text = _described(given.subject, problems)
    complain(problems)
    if text is None or problems.has_errors:
        return 2
    emit(text, given.output)
    return 0


def _described(subject: str, problems: Problems) -> str | None:
    if subject == REPORT:
        from termwise.report.models import schema

        return schema()
    if _MODEL.fullmatch(subject):
        return _declared(_vocabulary_of(subject), problems)
    vocabulary = lookup.load_vocabulary(subject, problems)
    if vocabulary is None:
        return None
    from termwise.contracts.schema import contract_schema
    from termwise.report.json import dump

    return dump(contract_schema(vocabulary))


def _vocabulary_of(subject: str) -> Vocabulary:
    """Import a model and return its vocabulary. Modules are looked for in the current folder too."""
    from termwise.contracts.derive import vocabulary_from_model

    module, _, name = subject.partition(":")
    sys.path.insert(0, os.getcwd())
    try:
        found = getattr(importlib.import_module(module), name)
    except AttributeError:
        _refuse(subject, f"`{module}` has no `{name}`")
    except (Exception, SystemExit) as error:  # whatever a module of the user's does when it is imported
        _refuse(subject, f"`{module}` cannot be imported: {str(error) or type(error).__name__}")
    finally:
        sys.path.remove(os.getcwd())
    if not hasattr(found, "model_fields"):
        _refuse(subject, f"`{subject}` is no pydantic model")
    try:
        return vocabulary_from_model(found)
    except (TypeError, ValueError) as error:
        _refuse(subject, f"`{name}` is no vocabulary: {error}")


def _declared(vocabulary: Vocabulary, problems: Problems) -> str:
    """Return a vocabulary as text, after making sure that the text says just that."""
    from termwise.compiler import compile_vocabulary
    from termwise.declare import write_vocabulary

    text = write_vocabulary(vocabulary)
    read = compile_vocabulary(Source("<vocabulary>", text), problems)
    assert problems.has_errors or read == vocabulary
    return text


def _refuse(subject: str, message: str) -> NoReturn:
    raise Misuse(subject, lambda span: misuse(span, message))
