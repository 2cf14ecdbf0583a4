"""The one function that guesses what was meant, so that every "did you mean" guesses alike."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name closest to `name`, or None where no name is close enough to be likely right."""
    from difflib import get_close_matches  # only ever needed once something is wrong

    candidates = sorted(set(known))
    folded = {candidate.casefold().replace("-", "_"): candidate for candidate in reversed(candidates)}
    written = name.casefold().replace("-", "_")
    swapped = [candidate for each, candidate in folded.items() if sorted(each) == sorted(written)]
    if len(swapped) == 1:  # letters in another order are the commonest slip, and nothing else is as sure
        return swapped[0]
    found = get_close_matches(written, list(folded), n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """Return the hint for a name that does not exist, or None."""
    guess = nearest(name, known)
    return f"did you mean `{guess}`?" if guess is not None else None
