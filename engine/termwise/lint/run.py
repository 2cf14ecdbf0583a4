"""Policy texts, contracts and settings → findings: the page that calls every pass of lint, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from termwise.compiler import Finder, compile_policy
from termwise.contracts.nodes import RawContract
from termwise.diagnostics import Problems
from termwise.diagnostics.finding import Finding
from termwise.frozen import frozen
from termwise.lint.codes import proof_codes
from termwise.lint.fix import Fixed, fixed
from termwise.lint.gather import gathered, text_of
from termwise.lint.kinds import Lint, OfContract, OfJudgements, OfPolicy, OfVocabulary
from termwise.lint.meaning import same_meaning
from termwise.lint.proofs import can_prove, proved
from termwise.lint.registry import LINTS
from termwise.lint.settings import Settings
from termwise.lint.sift import Suppressed, sifted
from termwise.lint.subject import PolicyText, Subject
from termwise.source import Source


@frozen
class Linted:
    """What came of a run: findings in order, what was suppressed, and whether proofs were tried (None: not wanted)."""

    subject: Subject
    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]
    is_proved: bool | None


def lint(
    sources: Iterable[Source],
    contracts: Iterable[RawContract],
    *,
    settings: Settings,
    as_of: date,
    find: Finder,
    problems: Problems,
    prove: bool = True,
) -> Linted:
    """Lint policies and vocabularies, with contracts as far as there are any."""
    texts = [text for source in sources if (text := text_of(source, find, problems)) is not None]
    subject = gathered(texts, contracts, settings, as_of, problems)
    lints = [each for each in LINTS if settings.has(each.code) and _applies(each, subject)]
    found = [finding for each in lints for finding in _findings(each, subject)]
    ran = {each.code for each in lints}
    wanted = {code for code in proof_codes() if prove and settings.has(code)}
    is_proved = can_prove() if wanted else None
    if is_proved:
        found += [each for each in proved(text.policy for text in subject.policies) if each.diagnostic.code in wanted]
        ran |= wanted
    result = sifted(subject, found, frozenset(ran), problems)
    return Linted(subject, result.findings, result.suppressed, is_proved)


def mended(text: PolicyText, findings: Iterable[Finding], find: Finder) -> Fixed:
    """Make the safe edits of findings in a policy; each has to leave a policy that compiles and means the same."""

    def keeps_meaning(edited: Source) -> bool:
        problems = Problems()
        policy = compile_policy(edited, find, problems)
        return policy is not None and not problems.has_errors and same_meaning(policy, text.policy)

    return fixed(text.source, findings, keeps_meaning)


def _applies(each: Lint, subject: Subject) -> bool:
    """Whether there is anything at hand for a lint to look at."""
    match each:
        case OfPolicy():
            return bool(subject.policies)
        case OfJudgements() | OfContract():
            return bool(subject.contracts)
        case OfVocabulary(needs_policies=needs_policies):
            return bool(subject.vocabularies and (subject.policies or not needs_policies))


def _findings(each: Lint, subject: Subject) -> Iterator[Finding]:
    match each:
        case OfPolicy(_, check) | OfJudgements(_, check):
            for text in subject.policies:
                yield from check(text, subject)
        case OfVocabulary(_, check):
            for vocabulary in subject.vocabularies:
                yield from check(vocabulary, subject)
        case OfContract(_, check):
            for contract in subject.contracts:
                yield from check(contract, subject)
