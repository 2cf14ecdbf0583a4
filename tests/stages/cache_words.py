"""What the tests of the cache share: small files, ways to compile them, and equality that looks at places too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from termwise import library
from termwise.cache import cached_policy
from termwise.core.policy import Policy
from termwise.diagnostics import Problems
from termwise.source import Source

VOCABULARY = """\
vocabulary words "Words"
enum  part { alpha, beta }
scale level { low < high }
record supplier { name: text, level: level }
term limit[part]: duration
  ask "How long?"
  prefer lower
term money.fee: money
term grade: level
term allowed: boolean
term suppliers: list of supplier
annual fees money.fee
"""
PARENT = """\
policy parent "Parent"
uses words
rule short for each p in part: major
  require   limit[p] <= 30 days
  fallback  limit[p] <= 2 months approved by "Officer"
"""
CHILD = """\
policy child "Child"
extends parent
define fine = grade >= high and not (allowed = no)
tighten rule short for each p in part
  require limit[p] <= 10 business days
rule graded
  when      every s in suppliers satisfies (s.level >= high)
  require   fine or rule short[alpha] passes
waive graded for contract "a" until 2030-01-01 approved by "Me" because "It ends"
test "a test"
  given  limit = 10 days, suppliers = [{name: "A", level: low}]
  expect short[beta] undecided, graded not_applicable
"""
FILES = {"words": VOCABULARY, "parent": PARENT, "child": CHILD}


def lay_out(folder: Path, files: Mapping[str, str] = FILES) -> Path:
    """Write the files into a folder, and return the policy at the end of the chain."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.tw").write_text(text, "utf-8")
    return folder / "child.tw"


def find(name: str, asker: str) -> Source | None:
    """Look beside the file that asks, then in the shipped library, as the command does."""
    beside = Path(asker).with_name(f"{name}.tw")
    return read(beside) if beside.is_file() else library.find(name)


def read(path: Path) -> Source:
    return Source(str(path), path.read_text("utf-8"))


def compiled(path: Path) -> Policy:
    """Return the policy of a sound file, through the cache."""
    problems = Problems()
    policy = cached_policy(read(path), find, problems)
    assert not problems.all
    assert policy is not None
    return policy


def entries(folder: Path) -> list[Path]:
    return sorted(folder.glob("termwise-*"))


def differences(left: object, right: object, at: str = "policy") -> Iterator[str]:
    """Yield where two values differ in anything at all: spans and wordings, which equality leaves out, included."""
    names: tuple[str, ...] = getattr(type(left), "__match_args__", ())
    if type(left) is not type(right) and not (isinstance(left, Mapping) and isinstance(right, Mapping)):
        yield f"{at}: {type(left).__name__} is not {type(right).__name__}"
    elif names:
        for name in names:
            yield from differences(getattr(left, name), getattr(right, name), f"{at}.{name}")
    elif isinstance(left, tuple) and isinstance(right, tuple):
        if len(left) != len(right):
            yield f"{at}: {len(left)} is not {len(right)}"
        for number, (mine, other) in enumerate(zip(left, right, strict=False)):
            yield from differences(mine, other, f"{at}[{number}]")
    elif isinstance(left, Mapping) and isinstance(right, Mapping):
        if list(left) != list(right):
            yield f"{at}: {list(left)} is not {list(right)}"
        for name in left:
            yield from differences(left[name], right[name], f"{at}[{name}]")
    elif left != right:
        yield f"{at}: {left!r} is not {right!r}"
