"""A plan → the text of two Python functions: what comes of every rule where all facts are assured, and where not all.

The text is meant to be read (`termwise graph --code`): one line for each term, one block for each rule, and the words
of the policy beside them. Every atom is looked up in a table, every connective is `&` or `|` on small integers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termwise.compiled.cells import needs_typed
from termwise.compiled.plan import Asked, Every, Leaf, Leave, Opposite, Plan, PlannedRule, Some
from termwise.core.wording import write_expr
from termwise.types import Scalar

ALL, ASSURED, PRESUMED = "", "a_", "p_"
"""What names begin with in each world: all facts, assured facts, and all with what silence is presumed to mean."""

_WIDE = 40
"""How many operands one line may join: Python's own parser has a limit to what it nests."""
_DEEP = 12
"""How deep conditions may stand in one another on a line, for the sake of who reads it."""


def columns(plan: Plan) -> dict[int, list[tuple[int, bool]]]:
    """Return which atoms (negated or not) are read with each input that decides them alone, by number."""
    wanted: dict[int, dict[tuple[int, bool], None]] = {}
    negated = {each.of for each in plan.conditions if isinstance(each, Opposite)}
    negated.update(number for rule in plan.rules for number in rule.unless)
    used = {number for rule in plan.rules for number in rule.conditions}
    used.difference_update(number for rule in plan.rules for number in rule.unless)
    used.update(number for rule in plan.rules for number in (*rule.prefer, *rule.require, *rule.when))
    used.update(of for each in plan.conditions if isinstance(each, Every | Some) for of in each.of)
    for number, condition in enumerate(plan.conditions):
        if isinstance(condition, Leaf) and _is_alone(plan, condition.atom):
            column = wanted.setdefault(plan.atoms[condition.atom].inputs[0], {})
            if number in used or number not in negated:
                column[condition.atom, False] = None
            if number in negated:
                column[condition.atom, True] = None
    return {number: list(wanted[number]) for number in sorted(wanted)}


def _is_alone(plan: Plan, atom: int) -> bool:
    return len(plan.atoms[atom].inputs) == 1 and not plan.atoms[atom].rules


def source(plan: Plan) -> str:
    """Return the Python text of a plan."""
    return "\n".join(_Writer(plan).lines()) + "\n"


class _Writer:
    """Writes one plan."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._columns = columns(plan)
        joint = [each for number, each in enumerate(plan.atoms) if not _is_alone(plan, number)]
        self._joint_inputs = sorted({number for each in joint for number in each.inputs})
        self._uses = self._counted()
        self._depth = self._depths()
        self._asking = self._conditions_that_ask()

    def lines(self) -> Iterator[str]:
        policy = self._plan.policy
        version = f" {policy.version}" if policy.version else ""
        yield f"# {policy.name}{version}: {len(policy.rules)} rules. False, unknown and true are 0, 1 and 3, so that"
        yield "# `&` is and, `|` is or, and N[...] is not. T and J are tables of what a condition comes to for a fact."
        yield ""
        worlds = (ALL, PRESUMED) if self._plan.presumes else (ALL,)
        yield f"def assured({self._parameters(worlds)}):"
        yield from self._body(worlds)
        yield ""
        worlds = (ASSURED, *worlds)
        yield f"def mixed({self._parameters(worlds)}):"
        yield from self._body(worlds)

    def _parameters(self, worlds: Sequence[str]) -> str:
        names = {ALL: "facts", ASSURED: "assured", PRESUMED: "presumed"}
        return ", ".join([*(names[world] for world in worlds), "day", "contract"])

    def _body(self, worlds: Sequence[str]) -> Iterator[str]:
        names = {ALL: "facts", ASSURED: "assured", PRESUMED: "presumed"}
        for world in worlds:
            yield f"    {world}get = {names[world]}.get"
            yield from self._reads(world)
        shared = [number for number in range(len(self._plan.conditions)) if self._is_shared(number)]
        for condition in shared:
            if not self._asks(condition):
                for world in worlds:
                    yield from self._shared(condition, world)
        pending = {condition for condition in shared if self._asks(condition)}
        for number in self._plan.order:
            rule = self._plan.rules[number]
            needed = self._needed(rule, pending)
            pending.difference_update(needed)
            for condition in needed:
                for world in worlds:
                    yield from self._shared(condition, world)
            yield from self._rule(number, rule, worlds)
        returned = ", ".join(f"o{number}" for number in range(len(self._plan.rules)))
        yield f"    return ({returned}{',' if len(self._plan.rules) == 1 else ''})"

    # ------------------------------------------------------------------------------------------------- terms

    def _reads(self, world: str) -> Iterator[str]:
        for number in sorted({*self._columns, *self._joint_inputs}):
            each = self._plan.inputs[number]
            read = f"{world}get({each.name!r}, SILENT)"
            wanted = self._columns.get(number, [])
            variables = ", ".join(f"{world}{'n' if negated else 'c'}{atom}" for atom, negated in wanted)
            said = "; ".join(self._words(atom, negated) for atom, negated in wanted)
            comment = f"  # {_short(said)}" if said else ""
            is_typed, is_boolean = needs_typed(each.term.type), each.term.type is Scalar.BOOLEAN
            if number not in self._joint_inputs and not is_typed:
                yield f"    {variables} = T{number}[{read}]{comment}"
                continue
            yield f"    {world}x{number} = {read}"
            if wanted and is_boolean:
                table = f"T{number}[{world}x{number}]"
                yield f"    {variables} = Y{number} if {world}x{number} is True else F{number} if {world}x{number} is False else {table}{comment}"  # noqa: E501 - a line of the program
            elif wanted and is_typed:
                yield f"    {variables} = T{number}[{world}x{number} if {world}x{number}.__class__ is int else typed({world}x{number})]{comment}"  # noqa: E501
            elif wanted:
                yield f"    {variables} = T{number}[{world}x{number}]{comment}"
            if number in self._joint_inputs and is_typed:
                yield f"    {world}x{number} = typed({world}x{number})"
        for number, atom in enumerate(self._plan.atoms):
            if not _is_alone(self._plan, number) and not atom.rules:
                yield f"    {world}c{number} = {self._joint(number, world)}  # {_short(self._words(number, False))}"

    def _joint(self, number: int, world: str) -> str:
        atom = self._plan.atoms[number]
        keys = [f"{world}x{each}" for each in atom.inputs] + [f"r{each}" for each in atom.rules]
        return f"J{number}[{', '.join(keys)}{',' if len(keys) == 1 else ''}]" if keys else f"J{number}[()]"

    def _words(self, atom: int, negated: bool) -> str:
        return ("not " if negated else "") + write_expr(self._plan.atoms[atom].expr)

    # -------------------------------------------------------------------------------------------- conditions

    def _counted(self) -> dict[int, int]:
        """Return how often each condition is used: more than once, and it has a name of its own."""
        uses: dict[int, int] = {}
        for each in self._plan.conditions:
            for of in (each.of,) if isinstance(each, Opposite) else each.of if isinstance(each, Every | Some) else ():
                uses[of] = uses.get(of, 0) + 1
        for rule in self._plan.rules:
            doubled = rule.require if rule.prefer else ()  # they count for two rungs
            for of in (*rule.conditions, *doubled):
                uses[of] = uses.get(of, 0) + 1
        return uses

    def _depths(self) -> list[int]:
        depths: list[int] = []
        for each in self._plan.conditions:
            match each:
                case Leaf() | Asked():
                    depths.append(0)
                case Opposite(of):
                    depths.append(depths[of] + 1)
                case Every(of) | Some(of):
                    depths.append(max(depths[one] for one in of) + 1)
        return depths

    def _is_shared(self, number: int) -> bool:
        match self._plan.conditions[number]:
            case Leaf() | Asked():
                return False
            case Opposite():
                return self._uses.get(number, 0) > 1
            case Every(of) | Some(of):
                is_big = len(of) > _WIDE or self._depth[number] % _DEEP == 0
                return is_big or self._uses.get(number, 0) > 1

    def _asks(self, number: int) -> bool:
        """Whether a condition depends on what came of a rule."""
        return number in self._asking

    def _conditions_that_ask(self) -> frozenset[int]:
        asking: set[int] = set()
        for number, each in enumerate(self._plan.conditions):
            match each:
                case Leaf(atom):
                    depends = bool(self._plan.atoms[atom].rules)
                case Asked():
                    depends = True
                case Opposite(of):
                    depends = of in asking
                case Every(of) | Some(of):
                    depends = any(one in asking for one in of)
            if depends:
                asking.add(number)
        return frozenset(asking)

    def _needed(self, rule: PlannedRule, pending: set[int]) -> list[int]:
        """Return the shared conditions that have to be known before a rule, and are not yet, in order."""
        found: set[int] = set()
        waiting = [number for number in rule.conditions if self._asks(number)] if pending else []
        while waiting:
            here = waiting.pop()
            if here in pending:
                found.add(here)
            match self._plan.conditions[here]:
                case Opposite(of):
                    waiting.append(of)
                case Every(of) | Some(of):
                    waiting.extend(one for one in of if self._asks(one))
                case Leaf() | Asked():
                    pass
        return sorted(found)

    def _shared(self, number: int, world: str) -> Iterator[str]:
        condition = self._plan.conditions[number]
        name = f"{world}d{number}"
        match condition:
            case Every(of) | Some(of) if len(of) > _WIDE:
                sign = "&" if isinstance(condition, Every) else "|"
                parts = [self._expr(one, world) for one in of]
                yield f"    {name} = {parts[0]}"
                for start in range(1, len(parts), _WIDE):
                    yield f"    {name} {sign}= {f' {sign} '.join(parts[start : start + _WIDE])}"
            case _:
                yield f"    {name} = {self._written(number, world)}"

    def _expr(self, number: int, world: str) -> str:
        return f"{world}d{number}" if self._is_shared(number) else self._written(number, world)

    def _written(self, number: int, world: str) -> str:
        match self._plan.conditions[number]:
            case Leaf(atom):
                return self._joint(atom, world) if self._plan.atoms[atom].rules else f"{world}c{atom}"
            case Asked(rule):
                return f"r{rule}"
            case Opposite(of):
                return self._negated(of, world)
            case Every(of):
                return f"({' & '.join(self._expr(one, world) for one in of)})"
            case Some(of):
                return f"({' | '.join(self._expr(one, world) for one in of)})"

    def _negated(self, number: int, world: str) -> str:
        match self._plan.conditions[number]:
            case Leaf(atom) if _is_alone(self._plan, atom):
                return f"{world}n{atom}"
            case _:
                return f"N[{self._expr(number, world)}]"

    # ------------------------------------------------------------------------------------------------- rules

    def _rule(self, number: int, planned: PlannedRule, worlds: Sequence[str]) -> Iterator[str]:
        rule, name = planned.rule, f"o{number}"
        yield ""
        yield f"    # {rule.name}: {rule.severity.value}"
        first = worlds[0]
        yield f"    {name} = {self._ladder(planned, first)}"
        if first == ASSURED:
            yield f"    if not {name}.passes:"
            yield f"        {name} = {self._ladder(planned, ALL)}"
            yield f"        if {name}.passes:"
            yield f"            {name} = unsecured({name})"
        if PRESUMED in worlds:
            yield f"    if {name} is UNDECIDED and {self._breach(planned, PRESUMED)}:"
            yield f"        {name} = BREACHED"
        for leave in planned.leaves:
            yield f"    if {self._leave(leave, name, first)}:"
            waiver = self._plan.policy.waivers.index(leave.waiver)
            yield f"        {name} = waived({name}, WAIVERS[{waiver}])"
        if number in self._plan.asked:
            yield f"    r{number} = 3 if {name}.passes else 0 if {name} is BREACHED else 1"

    def _ladder(self, planned: PlannedRule, world: str) -> str:
        guard = self._guard(planned, world)
        rungs = list(self._rungs(planned, world))
        chain = "".join(f"{landing} if {truth} == 3 else " for landing, truth in rungs)
        chain += f"BREACHED if {self._breach(planned, world)} else UNDECIDED"
        return f"NOT_APPLICABLE if {guard} == 0 else {chain}" if guard else chain

    def _breach(self, planned: PlannedRule, world: str) -> str:
        guard = self._guard(planned, world)
        rungs = [truth for _, truth in self._rungs(planned, world)]
        none_holds = f"{' | '.join(rungs)} == 0" if len(rungs) > 1 else f"{rungs[0]} == 0"
        none_holds = f"({' | '.join(rungs)}) == 0" if len(rungs) > 1 else none_holds
        return f"{guard} == 3 and {none_holds}" if guard else none_holds

    def _guard(self, planned: PlannedRule, world: str) -> str:
        rule = planned.rule
        parts = [self._expr(each, world) for each in planned.when]
        parts += [self._negated(each, world) for each in planned.unless]
        if planned.has_window:
            since = "" if rule.in_force_from is None else f"{rule.in_force_from.toordinal()} <= "
            until = "" if rule.in_force_until is None else f" <= {rule.in_force_until.toordinal()}"
            parts.append(f"(3 if {since}day{until} else 0)")
        return f"({' & '.join(parts)})" if len(parts) > 1 else "".join(parts)

    def _rungs(self, planned: PlannedRule, world: str) -> Iterator[tuple[str, str]]:
        def joined(numbers: Sequence[int]) -> str:
            parts = list(dict.fromkeys(self._expr(each, world) for each in numbers))
            return f"({' & '.join(parts)})" if len(parts) > 1 else parts[0]

        if planned.prefer:
            yield "PREFERRED", joined((*planned.prefer, *planned.require))
        yield "MET", joined(planned.require)
        for number, each in enumerate(planned.fallbacks, 1):
            yield f"CONCEDED_{number}", self._expr(each, world)

    def _leave(self, leave: Leave, name: str, world: str) -> str:
        waiver = leave.waiver
        parts = [
            f"not {name}.passes",
            f"contract == {waiver.contract!r}",
            f"day <= {waiver.until.toordinal()}",
        ]
        if leave.condition is not None:
            parts.append(f"{self._expr(leave.condition, world)} == 3")
        return " and ".join(parts)


def _short(text: str) -> str:
    """Return a comment that fits a line; a line break in a text would end it."""
    said = " ".join(text.split())
    return said if len(said) <= 100 else f"{said[:99]}…"
