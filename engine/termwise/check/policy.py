"""A policy file, with what it inherits → one flat policy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from termwise.check import problems as words
from termwise.check.circles import find_circles
from termwise.check.conditions import Conditions
from termwise.check.extras import Extras, read_assurance
from termwise.check.operands import Operands
from termwise.check.rules import Head, head_of, make_rules
from termwise.check.scope import Names
from termwise.check.shadows import check_definition
from termwise.core.expr import Expr
from termwise.core.policy import Assurance, Clause, Policy, Replacement, Rule
from termwise.core.vocabulary import Vocabulary
from termwise.diagnostics import Problems
from termwise.frozen import frozen
from termwise.quantities.duration import STANDARD_HOLIDAYS, Holidays
from termwise.syntax import tree
from termwise.types import EnumType


@frozen
class Checked:
    """A policy, and what those who extend it need besides: definitions as written, keys of rules, and what is lost."""

    policy: Policy
    definitions: Mapping[str, tree.Define]
    heads: Mapping[str, Head]
    lost: frozenset[tree.Lost] = frozenset()


def check_policy(
    file: tree.File,
    vocabulary: Vocabulary,
    parents: Sequence[Checked],
    problems: Problems,
    lost: frozenset[tree.Lost] = frozenset(),
) -> Checked:
    """Return the policy a file declares. Always returns one; what is not in it is among the problems.

    `lost` is what the vocabulary declares unreadably.
    """
    inherited = (name for parent in parents for name in parent.lost)
    return _Composition(file, vocabulary, parents, problems, {*lost, *file.lost, *inherited}).checked()


class _Composition:
    """One policy on its way: names first, then rules in place of what they replace, then what speaks of rules."""

    def __init__(
        self,
        file: tree.File,
        vocabulary: Vocabulary,
        parents: Sequence[Checked],
        problems: Problems,
        lost: set[tree.Lost],
    ) -> None:
        self.file = file
        self.vocabulary = vocabulary
        self.parents = parents
        self.problems = problems
        self.lost = lost
        self.heads: dict[str, Head] = {}
        self.rules: dict[str, tuple[Rule, ...]] = {}
        self.replacements: list[Replacement] = []

    def checked(self) -> Checked:
        definitions = self._definitions()
        self._inherit_rules()
        declared = self._declared_rules()
        asked: dict[str, EnumType | None] = {name: head.keys for name, head in self.heads.items()}
        names = Names(self.vocabulary, definitions, asked, self.lost)
        conditions = Conditions(names, Operands(names, self.problems), self.problems)
        for each in declared:
            head = head_of(each, self.heads.get(each.name.text), conditions)
            if head is None:
                self.lost.add(("rule", each.name.text))
                del self.heads[each.name.text], asked[each.name.text]
                continue
            self.heads[each.name.text] = head
            asked[each.name.text] = head.keys
        for definition in self.file.declarations:
            if isinstance(definition, tree.Define):
                check_definition(definition.name, names, self.problems)
        made = [(name, conditions.definition(each)) for name, each in definitions.items()]
        for each in declared:
            if each.name.text in self.heads:
                self._rule(each, conditions)
        policy = self._policy(conditions, tuple((name, body) for name, body in made if body is not None))
        find_circles(policy.rules, policy.waivers, self.problems)
        return Checked(policy, definitions, self.heads, frozenset(self.lost))

    # ------------------------------------------------------------------------------------------------ names

    def _definitions(self) -> dict[str, tree.Define]:
        found: dict[str, tree.Define] = {}
        inherited = [each for parent in self.parents for each in parent.definitions.values()]
        own = [each for each in self.file.declarations if isinstance(each, tree.Define)]
        for each in (*inherited, *own):
            name = each.name
            if name.text in found:
                first = found[name.text].name.span
                self.problems.add(words.duplicate(name.span, "definition", name.text, first))
            else:
                found[name.text] = each
        return found

    def _inherit_rules(self) -> None:
        header = self.file.header
        assert header is not None
        for parent, word in zip(self.parents, header.extends, strict=False):
            for rule in parent.policy.rules:
                known = self.rules.get(rule.base, ())
                if known and known[0].origin != rule.origin:
                    self.problems.add(words.duplicate(word.span, "inherited rule", rule.base, known[0].span))
                elif rule.name not in {each.name for each in known}:
                    self.rules[rule.base] = (*known, rule)
            self.heads |= parent.heads

    def _declared_rules(self) -> list[tree.RuleDecl]:
        """Return the rules of the file that have a name to themselves, or one to replace."""
        kept: dict[str, tree.RuleDecl] = {}
        for each in self.file.declarations:
            if isinstance(each, tree.RuleDecl) and self._has_place(each, kept.get(each.name.text)):
                kept[each.name.text] = each
                self.heads.setdefault(each.name.text, Head())
            elif isinstance(each, tree.EnumDecl | tree.RecordDecl | tree.TermDecl | tree.AnnualFees):
                self.problems.add(words.misplaced(each.span, "this", "vocabulary"))
        return list(kept.values())

    def _has_place(self, declared: tree.RuleDecl, before: tree.RuleDecl | None) -> bool:
        name = declared.name
        if before is not None:
            self.problems.add(words.duplicate(name.span, "rule", name.text, before.name.span))
            return False
        inherited = self.rules.get(name.text)
        if declared.how == "rule" and inherited:
            self.problems.add(words.silent_replacement(name.span, name.text, inherited[0].span))
            return False
        if declared.how != "rule" and not inherited:
            if ("rule", name.text) in self.lost:
                return False
            self.problems.add(words.nothing_to_replace(name.span, declared.how, name.text, self.rules))
            return False
        return True

    # ------------------------------------------------------------------------------------------------ rules

    def _rule(self, declared: tree.RuleDecl, conditions: Conditions) -> None:
        name = declared.name.text
        assert self.file.header is not None
        before = self.rules.get(name, ())
        head = self.heads[name]
        after = make_rules(declared, head, before[0] if before else None, self.file.header.name.text, conditions)
        if before:
            if [rule.key for rule in before] != [rule.key for rule in after]:
                self.problems.add(words.other_keys(declared.name.span, name))
            because = declared.because.text if declared.because is not None else None
            self.replacements.append(Replacement(declared.how, before, after, because, declared.name.span))
        self.rules[name] = after
        if any(
            len(rule.prefer) + len(rule.fallbacks) < len(declared.prefer) + len(declared.fallbacks) for rule in after
        ):
            self.lost.add(("rungs", name))

    # ----------------------------------------------------------------------------------------------- policy

    def _policy(self, conditions: Conditions, definitions: tuple[tuple[str, Expr], ...]) -> Policy:
        header = self.file.header
        assert header is not None
        extras = Extras(conditions, self.heads, self.rules)
        parents = [each.policy for each in self.parents]
        own = self.file.declarations
        replaced = {each.before[0].base for each in self.replacements}
        waivers = [extras.waiver(each) for each in own if isinstance(each, tree.WaiverDecl)]
        policy = Policy(
            name=header.name.text,
            title=header.title.text if header.title is not None else header.name.text,
            vocabulary=self.vocabulary,
            assurance=self._assurance(conditions),
            rules=tuple(rule for rules in self.rules.values() for rule in rules),
            version=header.version.text if header.version is not None else None,
            owner=header.owner.text if header.owner is not None else None,
            holidays=self._holidays(header),
            extends=tuple(word.text for word in header.extends),
            definitions=definitions,
            waivers=(
                *(each for parent in parents for each in parent.waivers if each.rule not in replaced),
                *(each for each in waivers if each is not None),
            ),
            clauses=self._clauses(extras),
            guarantees=(
                *(each for parent in parents for each in parent.guarantees),
                *(extras.guarantee(each) for each in own if isinstance(each, tree.GuaranteeDecl)),
            ),
            replacements=(*(each for parent in parents for each in parent.replacements), *self.replacements),
            tests=tuple(extras.test(each) for each in own if isinstance(each, tree.TestDecl)),
        )
        self._check_clauses(policy)
        self._check_titles(own)
        return policy

    def _clauses(self, extras: Extras) -> tuple[Clause, ...]:
        found = {each.name: each for parent in self.parents for each in parent.policy.clauses}
        for declared in self.file.declarations:
            if isinstance(declared, tree.ClauseDecl):
                clause = extras.clause(declared)
                if clause.name in found:
                    first = found[clause.name].span
                    self.problems.add(words.duplicate(clause.span, "clause", clause.name, first))
                found.setdefault(clause.name, clause)
        return tuple(found.values())

    def _check_clauses(self, policy: Policy) -> None:
        known = [each.name for each in policy.clauses]
        for declared in self.file.declarations:
            if (
                isinstance(declared, tree.RuleDecl)
                and declared.clause is not None
                and declared.clause.text not in known
                and ("clause", declared.clause.text) not in self.lost
            ):
                self.problems.add(words.unknown_clause(declared.clause.span, declared.clause.text, known))

    def _check_titles(self, declarations: Iterable[tree.Declaration]) -> None:
        seen: dict[str, tree.Word] = {}
        for each in declarations:
            if isinstance(each, tree.TestDecl | tree.GuaranteeDecl):
                kind = "test" if isinstance(each, tree.TestDecl) else "guarantee"
                before = seen.setdefault(f"{kind} {each.title.text}", each.title)
                if before is not each.title:
                    self.problems.add(words.duplicate(each.title.span, kind, each.title.text, before.span))

    def _assurance(self, conditions: Conditions) -> Assurance:
        header = self.file.header
        assert header is not None
        order = list(Assurance)
        inherited = max((each.policy.assurance for each in self.parents), key=order.index, default=None)
        own = read_assurance(header.assurance, conditions) if header.assurance is not None else None
        if own is None:
            return inherited or Assurance.SIGNED
        if inherited is not None and not own.reaches(inherited) and header.assurance is not None:
            self.problems.add(words.lowered_assurance(header.assurance.span, own.value, inherited.value))
        return own

    def _holidays(self, header: tree.Header) -> Holidays:
        if header.holidays is not None:
            return Holidays(header.holidays.days, header.holidays.every)
        return self.parents[0].policy.holidays if self.parents else STANDARD_HOLIDAYS
