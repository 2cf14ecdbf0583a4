"""The folder in which results are kept between runs: entries that are whole, ours, and may vanish at any time.

Nothing that goes wrong here is worth a word to the user. A folder that others could write to is not used at all, an
entry that is not what was written is not there, and where nothing can be kept nothing is.
"""

from __future__ import annotations

import os

MOST_ENTRIES = 64
MOST_BYTES = 256 * 1024 * 1024
"""What the folder may hold; the entries that were longest of no use go first."""

LONGEST_UNUSED = 30 * 24 * 60 * 60 * 10**9
"""Nanoseconds after which an entry that nothing used goes: a copy of a contract should not outlive its use by much."""

LARGEST = 64 * 1024 * 1024
"""What is not worth keeping: more than a policy of thirty thousand rules comes to."""

_PREFIX = "termwise-"
"""How every file of ours begins: nothing else in the folder is ever touched, whatever folder the user chose."""
_DIGEST_SIZE = 32
_SHARED = 0o022
"""The permission of a group, or of everybody, to write."""


def digest(*texts: str) -> str:
    """Return a fingerprint that no two different sequences of texts share."""
    try:
        from _blake2 import blake2b  # `hashlib` takes longer to load than everything that is hashed here
    except ImportError:
        from hashlib import blake2b

    state = blake2b(digest_size=_DIGEST_SIZE)
    for text in texts:
        data = text.encode("utf-8", "surrogatepass")
        state.update(b"%d:" % len(data))
        state.update(data)
    return state.hexdigest()


def cache_folder() -> str | None:
    """Return the folder to use, made if need be; None where there is none, or it is not safe to trust."""
    folder = _named()
    if folder is None:
        return None
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        found = os.stat(folder)
    except (OSError, ValueError):
        return None
    is_ours = not hasattr(os, "getuid") or found.st_uid == os.getuid()
    return folder if is_ours and not found.st_mode & _SHARED else None


def read_entry(folder: str, name: str) -> str | None:
    """Return what was kept under a name, or None where it is missing or not what was written."""
    path = _path(folder, name)
    try:
        with open(path, encoding="utf-8", newline="\n") as file:
            mark, _, content = file.read(LARGEST).partition("\n")
    except (OSError, ValueError):
        return None
    if mark != digest(content):
        return None
    try:
        os.utime(path)
    except OSError:
        pass
    return content


def write_entry(folder: str, name: str, content: str) -> None:
    """Keep a content under a name, whole or not at all, whoever else writes it at the same time."""
    if len(content) > LARGEST:
        return
    path = _path(folder, name)
    made = f"{path}.{os.getpid()}"
    try:
        with open(made, "x", encoding="utf-8", newline="\n", opener=_private) as file:
            file.write(f"{digest(content)}\n{content}")
        os.replace(made, path)
        _prune(folder)
    except (OSError, ValueError):
        _unlink(made)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _named() -> str | None:
    """Return the path the user chose for the folder, or the platform's own; None where none is, or is wanted."""
    if os.environ.get("TERMWISE_NO_CACHE"):
        return None
    chosen = os.environ.get("TERMWISE_CACHE_DIR")
    if chosen:
        return chosen
    shared = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(shared):  # the standard has it that a relative one is to be ignored
        shared = os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(shared, "termwise") if os.path.isabs(shared) else None


def _path(folder: str, name: str) -> str:
    return os.path.join(folder, f"{_PREFIX}{name}.txt")


def _prune(folder: str) -> None:
    """Remove what was long of no use and, until the folder is small enough, the oldest entries.

    What writers left behind that were stopped goes with them. The newest entry, just written, says what time it is.
    """
    with os.scandir(folder) as entries:
        ours = [entry for entry in entries if entry.name.startswith(_PREFIX) and entry.is_file()]
        found = sorted(((entry.stat(), entry.path) for entry in ours), key=_newest_first)
    size, latest = 0, found[0][0].st_mtime_ns if found else 0
    for number, (status, path) in enumerate(found, 1):
        size += status.st_size
        is_stale = latest - status.st_mtime_ns > LONGEST_UNUSED
        if is_stale or number > MOST_ENTRIES or size > MOST_BYTES:
            _unlink(path)


def _unlink(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        pass


def _newest_first(found: tuple[os.stat_result, str]) -> int:
    return -found[0].st_mtime_ns
