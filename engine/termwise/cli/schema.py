"""`termwise schema`: describe contracts, or the report of a check, for editors and programs."""

from __future__ import annotations

import importlib
import os
import re
import sys
from collections.abc import Sequence
from typing import NoReturn

from termwise import api, authoring
from termwise.cli import options
from termwise.cli.arguments import Parser
from termwise.cli.problems import Misuse, misuse
from termwise.cli.terminal import complain, emit
from termwise.core.vocabulary import Vocabulary
from termwise.diagnostics import PolicyError

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
    try:
        emit(_described(given.subject), given.output)
    except PolicyError as error:
        complain(error.problems)
        return 2
    return 0


def _described(subject: str) -> str:
    if subject == REPORT:
        from termwise.report.models import schema

        return schema()
    if _MODEL.fullmatch(subject):
        return authoring.format_text(_vocabulary_of(subject))
    from termwise.report.json import dump

    return dump(authoring.contract_schema(api.load_vocabulary(subject)))


def _vocabulary_of(subject: str) -> Vocabulary:
    """Import a model and return its vocabulary. Modules are looked for in the current folder too."""
    module, _, name = subject.partition(":")
    here = os.getcwd()
    sys.path.insert(0, here)
    try:
        imported = importlib.import_module(module)
    except (Exception, SystemExit) as error:  # whatever a module of the user's does when it is imported
        _refuse(subject, f"`{module}` cannot be imported: {str(error) or type(error).__name__}")
    finally:
        sys.path.remove(here)
    found = getattr(imported, name, None)
    if found is None:
        _refuse(subject, f"`{module}` has no `{name}`")
    if not hasattr(found, "model_fields"):
        _refuse(subject, f"`{subject}` is no pydantic model")
    try:
        return authoring.vocabulary_of(found)
    except (TypeError, ValueError) as error:
        _refuse(subject, f"`{name}` is no vocabulary: {error}")


def _refuse(subject: str, message: str) -> NoReturn:
    raise Misuse(subject, lambda span: misuse(span, message))
