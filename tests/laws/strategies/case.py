"""A vocabulary, a policy and a contract that fit each other, shown as the files they would be."""

from __future__ import annotations

from dataclasses import dataclass

import hypothesis.strategies as st
import yaml
from hypothesis.strategies import DrawFn
from hypothesis.vendor.pretty import RepresentationPrinter

from strategies.contract import Data, contracts
from strategies.policy import policies
from strategies.vocabulary import Terms, vocabularies
from termwise.syntax import tree
from termwise.syntax.print import print_file


@dataclass(frozen=True, slots=True)
class Case:
    """What a law speaks of. A failure shows it as source text, to be pasted into files."""

    terms: Terms
    policy: tree.File
    contract: Data

    def __str__(self) -> str:
        """Return the three files."""
        files = (
            ("v.tw", print_file(self.terms.file)),
            ("p.tw", print_file(self.policy)),
            ("c.yaml", show(self.contract)),
        )
        return "\n".join(f"# {name}\n{text}" for name, text in files)

    def _repr_pretty_(self, printer: RepresentationPrinter, _cycle: bool) -> None:
        printer.text(f"\n{self}")


def show(contract: Data) -> str:
    """Return a contract as a YAML file."""
    text: str = yaml.safe_dump(contract, sort_keys=False, allow_unicode=True, width=120)
    return text


@st.composite
def cases(
    draw: DrawFn,
    *,
    asks_states: bool = True,
    asks_rules: bool = True,
    presumptions: bool = True,
    orders_only: bool = False,
) -> Case:
    """A case; the options leave out what a law excepts."""
    terms = draw(vocabularies(presumptions=presumptions))
    policy = draw(policies(terms, asks_states=asks_states, asks_rules=asks_rules))
    return Case(terms, policy, draw(contracts(terms, orders_only=orders_only)))
