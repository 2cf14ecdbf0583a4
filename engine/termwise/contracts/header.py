"""The plain entries of a mapping in a contract file: texts, dates and fixed words, each with the place it stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from termwise.contracts import problems as words
from termwise.contracts.nodes import Fields, Leaf, Node
from termwise.core.policy import Assurance
from termwise.core.reading import Misread, read_scalar
from termwise.diagnostics import Diagnostic, Problems
from termwise.types import Scalar


def _unknown(key: Leaf, where: str, keys: tuple[str, ...], hint: Callable[[str], str | None]) -> Diagnostic:
    return words.unknown_key(key, where, keys, hint(key.text))


class Entries:
    """The entries of one mapping by name. Whatever is not one of the keys it may have is reported."""

    def __init__(
        self, fields: Fields, keys: tuple[str, ...], where: str, problems: Problems, hint: Callable[[str], str | None]
    ) -> None:
        """Take the entries that may be there; `hint` may know better what another key was meant to be."""
        self.fields = fields
        self._problems = problems
        self._entries: dict[str, tuple[Leaf, Node]] = {}
        for key, node in fields.entries:
            if key.text not in keys:
                problems.add_costly(key.span, partial(_unknown, key, where, keys, hint))
            elif isinstance(node, Leaf) and node.is_null:
                problems.add(words.null_value(node, key.text))
            else:
                self._entries[key.text] = (key, node)

    def key(self, name: str) -> Leaf | None:
        """Return the key itself, where there is a value under it."""
        return self._entries[name][0] if name in self._entries else None

    def node(self, name: str) -> Node | None:
        """Return whatever stands under a key."""
        return self._entries[name][1] if name in self._entries else None

    def leaf(self, name: str) -> Leaf | None:
        """Return the text under a key, with its place."""
        node = self.node(name)
        if node is None or (isinstance(node, Leaf) and node.text.strip()):
            return node
        self._problems.add(words.wrong_shape(node, f"the text of `{name}`"))
        return None

    def text(self, name: str) -> str | None:
        """Return the text under a key."""
        leaf = self.leaf(name)
        return None if leaf is None else leaf.text.strip()

    def day(self, name: str) -> date | None:
        """Return the date under a key."""
        leaf = self.leaf(name)
        if leaf is None:
            return None
        found = read_scalar(leaf.text, Scalar.DATE)
        if isinstance(found, Misread):
            self._problems.add(words.misread(found, leaf.span))
            return None
        assert isinstance(found, date)
        return found

    def assurance(self) -> Assurance | None:
        """Return the assurance that `assurance` names."""
        leaf = self.leaf("assurance")
        if leaf is None:
            return None
        known = tuple(each.value for each in Assurance)
        if leaf.text not in known:
            self._problems.add(words.unknown_word(leaf, "assurance", known))
            return None
        return Assurance(leaf.text)

    def digest(self) -> str | None:
        """Return the SHA-256 digest that `sha256` gives, in lower case."""
        leaf = self.leaf("sha256")
        if leaf is None:
            return None
        digest = leaf.text.lower()
        if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
            self._problems.add(words.not_a_digest(leaf))
            return None
        return digest
