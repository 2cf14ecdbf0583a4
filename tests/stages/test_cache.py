"""The cache of compiled policies: never seen in what comes out, whatever happens to its files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from cache_words import CHILD, PARENT, VOCABULARY, compiled, differences, entries, find, lay_out, read

from termwise import cachefolder, library
from termwise.cache import cached_policy
from termwise.compiler import compile_policy
from termwise.core.policy import Policy
from termwise.diagnostics import Problems

SHIPPED = [name for name in library.names() if name != "ai_procurement"]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder that nothing else uses; the cache makes it."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("TERMWISE_CACHE_DIR", str(folder))
    return folder


@pytest.fixture
def child(tmp_path: Path) -> Path:
    """A policy that extends another, which uses a vocabulary, all in one folder."""
    return lay_out(tmp_path / "policies")


def hit(path: Path) -> bool:
    """Whether a policy comes from the cache: then nothing is written, not even the same again."""
    folder = Path(os.environ["TERMWISE_CACHE_DIR"])
    before = {entry: entry.stat().st_ino for entry in entries(folder)}
    compiled(path)
    return {entry: entry.stat().st_ino for entry in entries(folder)} == before


def python(code: str, **environment: str) -> str:
    return subprocess.check_output(
        [sys.executable, "-c", code], env=os.environ | environment, text=True, stderr=subprocess.STDOUT
    )


# ------------------------------------------------------------------------------------------------ the same policy


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_policy_is_the_same_from_the_cache(name: str, cache: Path) -> None:
    source = library.find(name)
    assert source is not None
    problems = [Problems() for _ in range(3)]
    policy = compile_policy(source, find, problems[0])
    first = cached_policy(source, find, problems[1])
    again = cached_policy(source, find, problems[2])
    assert len(entries(cache)) == 1
    assert policy == first == again
    assert list(differences(policy, again)) == []
    assert problems[0].all == problems[1].all == problems[2].all
    assert problems[0].sources == problems[1].sources == problems[2].sources


@pytest.mark.parametrize("warm", [False, True])
def test_tests_can_be_left_out(warm: bool, cache: Path, child: Path) -> None:
    whole = compiled(child) if warm else None
    without = cached_policy(read(child), find, Problems(), with_tests=False)
    assert without is not None
    assert without.tests == ()
    (entry,) = entries(cache)
    assert ("\n\n" in entry.read_text("utf-8")) == warm
    again = compiled(child)
    assert len(again.tests) == 1
    assert whole is None or whole == again
    assert hit(child)
    assert cached_policy(read(child), find, Problems(), with_tests=False) == without
    assert hit(child)


def test_a_warm_run_needs_neither_parser_nor_checker(cache: Path, child: Path) -> None:
    compiled(child)
    code = (
        "import sys; from termwise.cache import cached_policy\n"
        "from termwise.diagnostics import Problems; from termwise.source import Source\n"
        "def find(name, _asker=''):\n"
        f"    path = {str(child.parent)!r} + '/' + name + '.tw'\n"
        "    return Source(path, open(path, encoding='utf-8').read())\n"
        "assert cached_policy(find('child'), find, Problems()).name == 'child'\n"
        "print(*sys.modules)"
    )
    loaded = set(python(code).split()) - set(python("import sys; print(*sys.modules)").split())
    assert "termwise.core.codec" in loaded
    heavy = {"lark", "termwise.syntax", "termwise.check", "termwise.compiler", "pydantic", "networkx", "yaml"}
    slow = {"dataclasses", "inspect", "pathlib", "importlib.resources", "hashlib", "tempfile"}
    assert loaded & (heavy | slow) == set()


# -------------------------------------------------------------------------------------------------- what misses


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("child", CHILD.replace("10 business days", "9 business days")),
        ("parent", PARENT.replace("30 days", "29 days")),
        ("words", VOCABULARY.replace("How long?", "For how long?")),
        ("parent", "\n" + PARENT),
    ],
)
def test_an_edit_anywhere_misses(name: str, text: str, cache: Path, child: Path) -> None:
    before = compiled(child)
    assert hit(child)
    (child.parent / f"{name}.tw").write_text(text, "utf-8")
    assert not hit(child)
    after = compiled(child)
    assert list(differences(before, after)) != []
    assert list(differences(_fresh(child), after)) == []


def test_a_file_that_now_stands_before_the_one_found_misses(cache: Path, tmp_path: Path) -> None:
    """`uses ai_procurement` finds the shipped one, until a file of that name lies beside the policy."""
    shipped = library.find("ai_procurement")
    assert shipped is not None
    text = "policy child uses ai_procurement rule r require breach.notice <= 3 days"
    path = lay_out(tmp_path / "policies", {"child": text})
    assert compiled(path).vocabulary.title == "AI procurement terms"
    assert hit(path)
    own = shipped.text.replace('"AI procurement terms"', '"Ours"')
    (path.parent / "ai_procurement.tw").write_text(own, "utf-8")
    assert compiled(path).vocabulary.title == "Ours"


def test_a_file_that_is_gone_is_reported_as_ever(cache: Path, child: Path) -> None:
    compiled(child)
    (child.parent / "parent.tw").unlink()
    problems = Problems()
    assert cached_policy(read(child), find, problems) is None
    assert [found.code for found in problems.all] == ["TW105"]


def test_the_same_text_elsewhere_has_places_of_its_own(cache: Path, tmp_path: Path) -> None:
    for place in ("here", "there"):
        policy = compiled(lay_out(tmp_path / place))
        assert {Path(rule.span.path).parent.name for rule in policy.rules} == {place}


def test_policies_with_errors_are_not_kept(cache: Path, child: Path) -> None:
    child.write_text(CHILD.replace("fine or", "unheard or"), "utf-8")
    reports = []
    for _ in range(2):
        problems = Problems()
        cached_policy(read(child), find, problems)
        reports.append(problems.all)
    assert reports[0] == reports[1] != ()
    assert entries(cache) == []


def test_another_engine_misses(cache: Path, child: Path, tmp_path: Path) -> None:
    """An entry of one engine is nothing to another: here, the same with a comment more in its checker."""
    engine = tmp_path / "engine/termwise"
    shutil.copytree(Path(library.__file__).parent, engine)
    for name in ("grammar", "policies"):
        shutil.copytree(library.folder(name), engine / name, dirs_exist_ok=True)
    code = (
        f"import sys; sys.path[:0] = [{str(engine.parent)!r}, {str(Path(__file__).parent)!r}]\n"
        "from pathlib import Path; import termwise, cache_words\n"
        f"assert termwise.__file__.startswith({str(engine)!r})\n"
        f"cache_words.compiled(Path({str(child)!r}))"
    )
    python(code)
    python(code)
    assert len(entries(cache)) == 1
    with (engine / "check/rules.py").open("a") as file:
        file.write("# a comment\n")
    python(code)
    assert len(entries(cache)) == 2


# ----------------------------------------------------------------------------------------------- broken entries


def _edited(line: str, change: Callable[[str], str]) -> Callable[[str], str]:
    """Return a forger: it changes the first line that begins so, and puts the right digest on top."""

    def forge(text: str) -> str:
        lines = text.split("\n")
        at = next(at for at, each in enumerate(lines) if each.startswith(line))
        lines[at] = change(lines[at])
        return _resealed("\n".join(lines[1:]))

    return forge


def _resealed(content: str) -> str:
    return f"{cachefolder.digest(content)}\n{content}"


DAMAGE: dict[str, Callable[[str], str]] = {
    "emptied": lambda _: "",
    "cut short": lambda text: text[: len(text) // 2],
    "without its last character": lambda text: text[:-1],
    "with another digest": lambda text: "0" * 64 + text[64:],
    "with another limit": lambda text: text.replace('"short', '"shirt'),
    "with more at the end": lambda text: text + "\n\n",
    "not text": lambda _: "\udcff\udcfe",
    "sealed nonsense": lambda _: _resealed("nonsense\n\nnonsense"),
    "sealed, of one part": lambda text: _resealed(text.partition("\n")[2].partition("\n\n")[0]),
    "sealed, and of many parts": lambda _: _resealed("\n\n" * 100_000),
    "sealed, and empty": lambda _: _resealed(""),
    "of another class": _edited("shapes", lambda line: f"{line}\tPopen args"),
    "of another root": _edited("roots", lambda _: "roots 0"),
    "with a remark that is none": _edited("roots", lambda line: f"{line} 0"),
    "that found something else": _edited('"words', lambda _: '"elsewhere'),
    "that found nonsense": _edited("roots", lambda line: f"roots 0 {line.partition(' ')[2]}"),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_entry_is_compiled_and_written_again(damage: Callable[[str], str], cache: Path, child: Path) -> None:
    before = compiled(child)
    (entry,) = entries(cache)
    whole = entry.read_text("utf-8")
    entry.write_bytes(damage(whole).encode("utf-8", "surrogateescape"))
    after = compiled(child)
    assert list(differences(before, after)) == []
    assert [each.read_text("utf-8") for each in entries(cache)] == [whole]


def test_a_folder_in_place_of_an_entry_is_no_error(cache: Path, child: Path) -> None:
    before = compiled(child)
    (entry,) = entries(cache)
    entry.unlink()
    entry.mkdir()
    assert compiled(child) == before


# -------------------------------------------------------------------------------------------------- the folder


def test_the_folder_is_for_its_owner_alone(cache: Path, child: Path) -> None:
    compiled(child)
    assert cache.stat().st_mode & 0o777 == 0o700
    assert [entry.stat().st_mode & 0o077 for entry in entries(cache)] == [0]


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o720, 0o702])
def test_a_folder_that_others_can_write_to_is_not_used(mode: int, cache: Path, child: Path) -> None:
    before = compiled(child)
    cache.chmod(mode)
    for entry in entries(cache):
        entry.unlink()
    assert compiled(child) == before
    assert entries(cache) == []


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can give a folder away")
def test_a_folder_of_somebody_else_is_not_used(cache: Path, child: Path) -> None:
    cache.mkdir(mode=0o700)
    os.chown(cache, 65534, 65534)
    compiled(child)
    assert entries(cache) == []


@pytest.mark.parametrize("place", ["a file", "below a file", "nowhere", "a link to nothing"])
def test_where_no_folder_can_be_nothing_is_kept(
    place: str, tmp_path: Path, child: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, link = tmp_path / "file", tmp_path / "link"
    file.write_text("")
    link.symlink_to(tmp_path / "nothing/at/all")
    folder = {"a file": file, "below a file": file / "cache", "nowhere": Path("/dev/null/x"), "a link to nothing": link}
    monkeypatch.setenv("TERMWISE_CACHE_DIR", str(folder[place]))
    assert list(differences(compiled(child), compiled(child))) == []
    assert file.read_text() == ""


def test_a_full_disk_is_no_error(cache: Path, child: Path) -> None:
    resource = pytest.importorskip("resource")
    code = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "import resource; from pathlib import Path; from cache_words import compiled\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, (100, {resource.RLIM_INFINITY}))\n"
        f"print(compiled(Path({str(child)!r})).name)"
    )
    assert python(code, PYTHONDONTWRITEBYTECODE="1").strip() == "child"
    assert list(cache.iterdir()) == []


def test_the_folder_follows_the_standard(tmp_path: Path, child: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, shared, own = tmp_path / "home", tmp_path / "shared", tmp_path / "own"
    monkeypatch.delenv("TERMWISE_CACHE_DIR", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(home))
    assert cachefolder.cache_folder() == str(home / ".cache/termwise")
    monkeypatch.setenv("XDG_CACHE_HOME", "not/absolute")
    assert cachefolder.cache_folder() == str(home / ".cache/termwise")
    monkeypatch.setenv("XDG_CACHE_HOME", str(shared))
    assert cachefolder.cache_folder() == str(shared / "termwise")
    monkeypatch.setenv("TERMWISE_CACHE_DIR", str(own))
    assert cachefolder.cache_folder() == str(own)


def test_the_oldest_entries_go_first_and_nothing_else_goes(cache: Path, child: Path) -> None:
    cache.mkdir(mode=0o700)
    (cache / "notes.txt").write_text("not ours")
    now = time.time()
    for number in range(cachefolder.MOST_ENTRIES + 5):
        entry = cache / f"termwise-{number:03}.json"
        entry.write_text("old")
        os.utime(entry, (now - 1000 + number,) * 2)
    compiled(child)
    left = {entry.name for entry in entries(cache)}
    assert len(left) == cachefolder.MOST_ENTRIES
    assert "termwise-005.json" not in left
    assert "termwise-006.json" in left
    assert (cache / "notes.txt").read_text() == "not ours"
    assert hit(child)


def test_what_was_long_of_no_use_goes(cache: Path, child: Path) -> None:
    cache.mkdir(mode=0o700)
    now, day = time.time(), 24 * 60 * 60
    for name, age in (("stale", 31 * day), ("recent", 29 * day)):
        entry = cache / f"termwise-{name}.json"
        entry.write_text("old")
        os.utime(entry, (now - age,) * 2)
    compiled(child)
    assert {"termwise-stale.json", "termwise-recent.json"} & {entry.name for entry in entries(cache)} == {
        "termwise-recent.json"
    }


def test_nothing_is_kept_or_read_where_nobody_wants_it(
    cache: Path, child: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERMWISE_NO_CACHE", "1")
    compiled(child)
    assert not cache.exists()
    monkeypatch.delenv("TERMWISE_NO_CACHE")
    compiled(child)
    assert hit(child)
    (entry,) = (each for each in entries(cache) if "child" in each.read_text())
    whole = entry.read_text()
    entry.write_text("damaged")
    monkeypatch.setenv("TERMWISE_NO_CACHE", "1")
    compiled(child)
    assert entry.read_text() == "damaged"
    monkeypatch.delenv("TERMWISE_NO_CACHE")
    compiled(child)
    assert entry.read_text() == whole


# -------------------------------------------------------------------------------------------------- many at once


def test_many_writers_at_once_leave_one_sound_entry(cache: Path, child: Path) -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from pathlib import Path; from cache_words import compiled, entries\n"
        f"path, cache = Path({str(child)!r}), Path({str(cache)!r})\n"
        "for _ in range(20):\n"
        "    assert compiled(path).name == 'child'\n"
        "    for entry in entries(cache):\n"
        "        entry.unlink(missing_ok=True)\n"
        "compiled(path)\n"
    )
    running = [subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE) for _ in range(4)]
    errors = [process.communicate()[1].decode() for process in running]
    assert errors == [""] * len(running)
    compiled(child)
    assert len(entries(cache)) == 1
    assert hit(child)


def _fresh(path: Path) -> Policy | None:
    return compile_policy(read(path), find, Problems())
