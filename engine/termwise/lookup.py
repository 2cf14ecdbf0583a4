"""Names and paths → policies and vocabularies: the one place that knows where they are looked for.

What a user names is a shipped policy, from whatever folder, or else a path. What a file names (`uses`, `extends`) is
looked for beside that file, then among those that ship. Whoever wants a policy comes through here, so this is also the
one place that decides whether it is compiled or recalled.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable

from termwise import library
from termwise.cache import cached_policy
from termwise.core.policy import Policy
from termwise.core.vocabulary import Vocabulary
from termwise.diagnostics import Problems, did_you_mean
from termwise.frozen import replace
from termwise.source import Missing, Source, start_of
from termwise.textfile import read_text, unreadable_file

_HEADER = r"(?:\s|#[^\n]*\n)*(policy|vocabulary)\b"
"""A text, which `re` compiles where it is used: a check of what was compiled before never looks."""


def load_policy(name: str, problems: Problems, *, with_tests: bool = True) -> Policy | None:
    """Return the policy of a name or path. It is whole only where `problems` has no errors."""
    source = _find(name, "policy", problems)
    return None if source is None else cached_policy(source, finder(problems), problems, with_tests=with_tests)


def load_vocabulary(name: str, problems: Problems) -> Vocabulary | None:
    """Return the vocabulary of a name or path, or the one that a policy uses."""
    source = _find(name, "vocabulary", problems)
    if source is None:
        return None
    if declares(source) == "policy":
        policy = cached_policy(source, finder(problems), problems, with_tests=False)
        return None if policy is None else policy.vocabulary
    from termwise.compiler import compile_vocabulary  # brings the parser with it

    return compile_vocabulary(source, problems)


def load_source(name: str, problems: Problems) -> Source | None:
    """Return the text of a policy or vocabulary by name or path, whichever it declares."""
    return _find(name, "policy", problems)


def finder(problems: Problems) -> Callable[[str, str], Source | Missing]:
    """Return the function that finds what a file names: `NAME.tw` beside it, or else what ships."""

    def find(name: str, asker: str) -> Source | Missing:
        beside = os.path.join(os.path.dirname(asker), name + library.SUFFIX)
        if os.path.lexists(beside):
            return read_text(beside, problems) or Missing(is_reported=True)
        return library.find(name) or Missing(_names_beside(asker))

    return find


def declares(source: Source) -> str | None:
    """Return what the header of a file declares, `policy` or `vocabulary`; None where it has no header."""
    found = re.match(_HEADER, source.text)
    return None if found is None else found[1]


def _find(name: str, wanted: str, problems: Problems) -> Source | None:
    shipped = library.find(name)
    if shipped is not None:
        problems.know(shipped)
        return shipped
    if os.path.lexists(name):
        return read_text(name, problems)
    if os.path.basename(name) == name and not name.endswith(library.SUFFIX):
        _report_missing_name(name, wanted, problems)
    else:
        hint = did_you_mean(name, [*library.names(), *_files_beside(name)])
        problems.add(replace(unreadable_file(name, "there is no such file"), hint=hint))
    return None


def _report_missing_name(name: str, wanted: str, problems: Problems) -> None:
    from termwise.check.problems import unknown_policy, unknown_vocabulary

    shipped = [each for each in library.names() if (source := library.find(each)) and declares(source) == wanted]
    hint = did_you_mean(name, [*library.names(), *_files_beside(name)])
    if hint is None:
        hint = f"name one that ships ({', '.join(f'`{each}`' for each in shipped)}), or the path of a file"
    words = unknown_policy if wanted == "policy" else unknown_vocabulary
    problems.add(replace(words(start_of(name), name, shipped), hint=hint))


def _names_beside(path: str) -> tuple[str, ...]:
    """Return what can be named from a file, as far as it stands beside it."""
    files = (os.path.basename(each) for each in _files_beside(path) if os.path.basename(each) != os.path.basename(path))
    return tuple(each.removesuffix(library.SUFFIX) for each in files)


def _files_beside(name: str) -> list[str]:
    """Return the policy files of the folder that a path leads to, as paths like it."""
    folder = os.path.dirname(name)
    try:
        return [os.path.join(folder, each) for each in os.listdir(folder or ".") if each.endswith(library.SUFFIX)]
    except (OSError, ValueError):
        return []
