"""The command: finds the verb, lets it run, and turns whatever came of it into an exit code.

0: nothing found. 1: something was. 2: the input cannot be used. 3: nothing worse than undecided. 4: a defect of
Termwise. Each verb is a module that is imported only when it is called, so that none pays for the others.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence

from termwise.cli import problems
from termwise.cli.terminal import complain, emit, mutter

VERBS = {
    "check": "Judge contracts by policies.",
    "portfolio": "Judge many contracts at once, from tables, lines of JSON or folders.",
    "explain": "Prove what came of a rule, or explain a diagnostic.",
    "test": "Run the tests that policies carry.",
    "lint": "Say what is amiss in policies, and mend what can be mended safely.",
    "fmt": "Put policies into their canonical layout.",
    "prove": "Say whether every contract that passes one policy passes another.",
    "diff": "Say what a change of a policy does to the contracts that pass.",
    "graph": "Draw the rules of a policy, or say what a term touches.",
    "schema": "Describe contracts, or the report of a check, as a JSON Schema.",
}
"""Every verb, each a module beside this one, with what it does."""

_ALLOCATIONS = 200_000
"""How much may be made before Python looks for garbage; it is used to looking every 700."""

_INTERRUPTED = 130
_UNUSABLE = 2
_DEFECT = 4

_HELP = """\
usage: termwise VERB ...

Policy as code for contracts.

{verbs}

`termwise VERB --help` explains a verb, `termwise explain TW203` a diagnostic.

example:
  termwise check contracts/ --policy ai_data_protection
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line, and return its exit code."""
    if arguments is not None:
        return _ended(list(arguments))
    # A run is over before there is garbage worth looking for, and Python would look for it once more on its way out.
    gc.set_threshold(_ALLOCATIONS)
    code = _ended(sys.argv[1:])
    _leave(code)
    gc.freeze()
    return code


def _leave(code: int) -> None:
    """End the process at once: to take everything apart that vanishes with it takes Python half as long as to start.

    Where somebody looks on (a profiler, a measurer of coverage) Python ends as ever, and lets them write what they saw.
    """
    if sys.gettrace() or sys.getprofile():
        return
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):  # Python knows what to do about it
        return
    os._exit(code)


def _ended(words: Sequence[str]) -> int:
    try:
        return follow(words)
    except problems.Misuse as misuse:
        from termwise.cli.arguments import report

        complain(report(misuse, words))
        return _UNUSABLE
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Exception as error:  # the edge: whatever gets here is our fault, and must not look like the user's
        return _confess(error)


def follow(words: Sequence[str]) -> int:
    """Do what a command line says, and return the exit code; one that cannot be followed raises `Misuse`."""
    match words:
        case ["-h" | "--help", *_]:
            emit(_HELP.format(verbs="\n".join(f"  {verb:<10} {summary}" for verb, summary in VERBS.items())))
            return 0
        case ["--version", *_]:
            from termwise import __version__

            emit(f"termwise {__version__}\n")
            return 0
        case [verb, *rest] if verb in VERBS:
            return _call(verb, rest)
        case [word, *_] if word.startswith("-"):
            raise problems.Misuse(word, lambda span: problems.unknown_option(span, word, ("--help", "--version")))
        case [word, *_]:
            raise problems.Misuse(word, lambda span: problems.unknown_verb(span, word, VERBS))
        case _:
            hint = "`termwise --help` lists them"
            raise problems.Misuse(None, lambda span: problems.misuse(span, "a verb is missing", hint))


def _call(verb: str, words: Sequence[str]) -> int:
    module = f"termwise.cli.{verb}"
    __import__(module)  # `importlib` does no more, and is one more thing to load
    run: Callable[[Sequence[str], str], int] = sys.modules[module].run
    try:
        return run(words, VERBS[verb])
    except SystemExit as ended:  # `argparse` ends so after a help page
        return ended.code if isinstance(ended.code, int) else 0


def _confess(error: Exception) -> int:
    """Say that Termwise has a defect, and how to report it."""
    from termwise.report.problems import visible

    if os.environ.get("TERMWISE_TRACEBACK"):
        import traceback

        mutter("".join(f"{visible(line)}\n" for line in "".join(traceback.format_exception(error)).splitlines()))
    detail = visible(" ".join(f"{type(error).__name__}: {error}".split()))[:300]
    mutter(
        f"termwise: this is a defect of Termwise, not of your files: {detail}\n"
        "  = hint: please report it with the command line, the files if you may share them, and what the same command\n"
        "    prints with TERMWISE_TRACEBACK=1 in its environment\n"
    )
    return _DEFECT
