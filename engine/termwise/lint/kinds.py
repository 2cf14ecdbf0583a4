"""What a lint is: a code, and a function from what it looks at to findings. What it looks at tells the kinds apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from termwise.diagnostics.finding import Finding
from termwise.frozen import frozen
from termwise.lint.subject import ContractText, PolicyText, Subject, VocabularyText

Findings: TypeAlias = Iterator[Finding]


@frozen
class OfPolicy:
    """Looks at one policy."""

    code: str
    check: Callable[[PolicyText, Subject], Findings]


@frozen
class OfJudgements:
    """Looks at one policy and at what comes of contracts under it; without contracts it has nothing to say."""

    code: str
    check: Callable[[PolicyText, Subject], Findings]


@frozen
class OfVocabulary:
    """Looks at one vocabulary, some only where policies are at hand that use it."""

    code: str
    check: Callable[[VocabularyText, Subject], Findings]
    needs_policies: bool = False


@frozen
class OfContract:
    """Looks at one contract."""

    code: str
    check: Callable[[ContractText, Subject], Findings]


Lint: TypeAlias = OfPolicy | OfJudgements | OfVocabulary | OfContract
