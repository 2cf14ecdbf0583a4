"""Names that every engine takes: `deletion.deadline[request] in days` is `deletion_deadline__request__in_days`."""

from __future__ import annotations

_SPELLED = {"%": "percent"}


def plain_name(column: str) -> str:
    """Return the name of a column in letters, digits and underscores, as BigQuery wants it.

    A key, a unit and the word `assurance` follow two underscores, a dot becomes one; anything else does too.
    """
    stem, _, unit = column.partition(" in ")
    stem, is_assurance = stem.removesuffix(" assurance"), stem.endswith(" assurance")
    base, bracket, key = stem.partition("[")
    parts = [base, key.removesuffix("]")] if bracket else [base]
    parts += ["assurance"] if is_assurance else []
    parts += [f"in_{_SPELLED.get(unit, unit)}"] if unit else []
    return "__".join(_plain(each) for each in parts)


def _plain(text: str) -> str:
    made = "".join(each if each.isascii() and each.isalnum() else "_" for each in text)
    return f"_{made}" if made[:1].isdigit() or not made else made


class Names:
    """Names of one statement, each given once: engines do not tell `A` from `a`, and cut off what is too long."""

    def __init__(self, longest: int) -> None:
        """Start with none; `longest` is how many bytes of a name count."""
        self._longest = longest
        self._taken: set[str] = set()

    def take(self, wanted: str) -> str:
        """Return the wanted name, or one like it with a number where it is taken or too long."""
        name, number = self._cut(wanted, self._longest), 1
        while name.casefold() in self._taken:
            number += 1
            ending = f"_{number}"
            name = self._cut(wanted, self._longest - len(ending)) + ending
        self._taken.add(name.casefold())
        return name

    @staticmethod
    def _cut(name: str, most: int) -> str:
        return name.encode()[:most].decode(errors="ignore")
