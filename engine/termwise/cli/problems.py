"""The words for command lines that cannot be followed, and for results that cannot be written."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from termwise.diagnostics import Diagnostic, did_you_mean, problem
from termwise.source import Span


class Misuse(Exception):  # noqa: N818 - it never leaves the command, which turns it into a problem
    """A command line that cannot be followed: the word at fault (None: something is missing), and what to say."""

    def __init__(self, word: str | None, words: Callable[[Span], Diagnostic]) -> None:
        """Keep the word and the words."""
        super().__init__()
        self.word = word
        self.words = words


def misuse(span: Span, message: str, hint: str | None = None) -> Diagnostic:
    """Say what is wrong with a command line."""
    return problem("TW007", span, message, hint=hint)


def unknown_verb(span: Span, word: str, known: Iterable[str]) -> Diagnostic:
    """Say that the command does no such thing."""
    verbs = tuple(known)
    hint = did_you_mean(word, verbs) or f"the verbs are {', '.join(f'`{each}`' for each in verbs)}"
    return misuse(span, f"there is no verb `{word}`", hint)


def unknown_option(span: Span, word: str, known: Iterable[str]) -> Diagnostic:
    """Say that the verb has no such option."""
    option = word.partition("=")[0]
    return misuse(span, f"there is no option `{option}` here", did_you_mean(option, known) or "`--help` lists them")


def unknown_topic(span: Span, word: str, known: Iterable[str]) -> Diagnostic:
    """Say that nothing can be explained by a word alone."""
    hint = did_you_mean(word, known) or "name a code such as `TW203`, or a contract and a rule"
    return misuse(span, f"`{word}` is no code of a diagnostic", hint)


def unwritable(span: Span, path: str | None, reason: str) -> Diagnostic:
    """Say that a result cannot be written where it was asked for."""
    where = "standard output" if path is None else f"`{path}`"
    return problem("TW008", span, f"{where} cannot be written: {reason}")


def no_baseline(span: Span, message: str) -> Diagnostic:
    """Say why a file is no baseline."""
    return problem("TW017", span, message)


def no_longer_there(span: Span, requirement: str, name: str, subject: str) -> Diagnostic:
    """Say that a baseline knows a problem that is gone."""
    hint = "`--write-baseline` writes the file without it"
    return problem("TW018", span, f"`{name}` of `{subject}` ({requirement}) is no problem any more", hint=hint)


def no_solver(span: Span, verb: str) -> Diagnostic:
    """Say that a verb needs a solver that is not installed."""
    hint = "python3 -m pip install 'termwise[analyze]'"
    return misuse(span, f"`{verb}` needs a solver, which comes with the extra `termwise[analyze]`", hint)


def different_vocabularies(span: Span, one: str, other: str) -> Diagnostic:
    """Say that no contract can be judged by both of two policies."""
    message = f"the two policies use different vocabularies, `{one}` and `{other}`: no contract is judged by both"
    return problem("TW306", span, message)


def vocabularies_disagree(span: Span, term: str) -> Diagnostic:
    """Say that two policies to be compared mean different things by a term."""
    message = f"the two policies read `{term}`, and their vocabularies declare it differently"
    return problem(
        "TW306", span, message, hint="policies are compared where their vocabularies agree on what both read"
    )


def no_columns(span: Span) -> Diagnostic:
    """Say that portfolios need libraries that are not installed."""
    hint = "python3 -m pip install 'termwise[portfolio]'"
    return misuse(span, "`portfolio` needs Arrow and NumPy, which come with the extra `termwise[portfolio]`", hint)
