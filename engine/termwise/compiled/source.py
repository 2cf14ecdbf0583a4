"""A plan → the text of two Python functions: what comes of every rule where all facts are assured, and where not all.

The text is meant to be read (`termwise graph --code`): a line for each term, a line for each rule, and the words of the
policy beside them. Everything it says of a contract it looks up; the only logic in it is `&` and `|` on small numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termwise.compiled.cells import needs_typed
from termwise.compiled.lanes import Column, Lanes, Shape, Signed, is_plain, lanes_of
from termwise.compiled.plan import Asked, Every, Leaf, Leave, Opposite, Plan, PlannedRule, Some
from termwise.core.wording import write_expr
from termwise.types import Scalar

ALL, ASSURED, PRESUMED = "", "a_", "p_"
"""What names begin with in each world: all facts, assured facts, and all with what silence is presumed to mean."""

_FACTS = {ALL: "facts", ASSURED: "assured", PRESUMED: "presumed"}
_WIDE = 40
"""How many operands one line may join: Python's own parser has a limit to what it nests."""
_DEEP = 12
"""How deep conditions may stand in one another on a line, for the sake of who reads it."""
_LONG = 110


class Code:
    """The program of a plan: its text, and the tables that the text looks into."""

    def __init__(self, plan: Plan) -> None:
        """Write it."""
        self.plan = plan
        self._uses = _counted(plan)
        self._depth = _depths(plan)
        self._asking = _asking(plan)
        self._lanes = [lanes_of(plan, each, self._uses) for each in plan.rules]
        self._spelt = self._conditions_written()
        self.tables: dict[tuple[int, ...], dict[Column, int]] = {}
        """For the inputs that decide atoms together, the columns that rules and conditions look up, by number."""
        for lanes in self._lanes:
            for inputs, column in lanes.columns:
                self._column(inputs, column)
        self._truths = self._wanted_truths()
        for atom, negated in self._truths:
            self._column(plan.atoms[atom].inputs, (((atom, negated),),))
        self.shapes: dict[Shape, int] = {}
        for lanes in self._lanes:
            self.shapes.setdefault(lanes.shape, len(self.shapes))
        self.spreads: dict[tuple[int, tuple[int, ...]], int] = {}
        """How a truth is laid into some lanes of so many: tables by number."""
        self.text = "\n".join(self._lines()) + "\n"

    def _column(self, inputs: tuple[int, ...], column: Column) -> int:
        columns = self.tables.setdefault(inputs, {})
        return columns.setdefault(column, len(columns))

    def _wanted_truths(self) -> list[Signed]:
        """Return the atoms whose truth alone is needed, because they stand in something that is no plain `and`."""
        found: dict[Signed, None] = {}
        pending: list[Signed] = [signed for lanes in self._lanes for signed, _ in lanes.others]
        pending += [
            (each.condition, False) for rule in self.plan.rules for each in rule.leaves if each.condition is not None
        ]
        seen: set[Signed] = set()
        while pending:
            signed = pending.pop()
            if signed in seen:
                continue
            seen.add(signed)
            number, negated = signed
            match self.plan.conditions[number]:
                case Leaf(atom):
                    if is_plain(self.plan, atom):
                        found[atom, negated] = None
                case Asked():
                    pass
                case Opposite(of):
                    pending.append((of, isinstance(self.plan.conditions[of], Leaf) and not negated))
                case Every(of) | Some(of):
                    pending.extend((each, False) for each in of)
        return sorted(found)

    # -------------------------------------------------------------------------------------------------- the text

    def _lines(self) -> Iterator[str]:
        policy = self.plan.policy
        version = f" {policy.version}" if policy.version else ""
        yield f"# {policy.name}{version}: {len(policy.rules)} rules."
        yield "# False, unknown and true are 0, 1 and 3, so that `&` is and, `|` is or, and N[...] is not. A rule has"
        yield "# its guard and its rungs side by side in one number, two bits each: T has what a fact contributes to it"
        yield "# (Y and F, what yes and no do), S lays a truth into some of its lanes, and L is where it lands."
        yield ""
        worlds = (ALL, PRESUMED) if self.plan.presumes else (ALL,)
        yield from self._function("assured", worlds)
        yield ""
        yield from self._function("mixed", (ASSURED, *worlds))

    def _function(self, name: str, worlds: Sequence[str]) -> Iterator[str]:
        yield f"def {name}({', '.join([*(_FACTS[world] for world in worlds), 'day', 'contract'])}):"
        for world in worlds:
            yield f"    {world}get = {_FACTS[world]}.get"
            yield from self._reads(world)
        shared = [number for number in range(len(self.plan.conditions)) if self._is_shared(number)]
        for condition in shared:
            if condition not in self._asking:
                for world in worlds:
                    yield from self._shared(condition, world)
        pending = {condition for condition in shared if condition in self._asking}
        for number in self.plan.order:
            needed = self._needed(self.plan.rules[number], pending)
            pending.difference_update(needed)
            for condition in needed:
                for world in worlds:
                    yield from self._shared(condition, world)
            yield from self._rule(number, worlds)
        returned = ", ".join(f"o{number}" for number in range(len(self.plan.rules)))
        yield f"    return ({returned}{',' if len(self.plan.rules) == 1 else ''})"

    def _reads(self, world: str) -> Iterator[str]:
        together = {number for inputs in self.tables if len(inputs) != 1 for number in inputs}
        together.update(number for atom in self.plan.atoms if atom.rules for number in atom.inputs)
        alone = {inputs[0] for inputs in self.tables if len(inputs) == 1}
        for number in sorted(alone | together):
            each = self.plan.inputs[number]
            read = f"{world}get({each.name!r}, SILENT)"
            is_boolean, is_typed = each.term.type is Scalar.BOOLEAN, needs_typed(each.term.type)
            if number in together or is_typed:
                yield f"    {world}x{number} = {read}"
                read = f"{world}x{number}"
            if number in alone:
                table = f"T{number}[{read}]"
                if is_boolean:
                    table = f"Y{number} if {read} is True else F{number} if {read} is False else {table}"
                elif is_typed:
                    table = f"T{number}[{read} if {read}.__class__ is int else typed({read})]"
                yield f"    {self._variables((number,), world)} = {table}"
            if number in together and is_typed:
                yield f"    {read} = typed({read})"
        for inputs in self.tables:
            if len(inputs) != 1:
                keys = ", ".join(f"{world}x{number}" for number in inputs)
                yield f"    {self._variables(inputs, world)} = {_table(inputs)}[{keys or '()'}]"

    def _variables(self, inputs: tuple[int, ...], world: str) -> str:
        return ", ".join(f"{world}{_variable(inputs, number)}" for number in self.tables[inputs].values())

    # ----------------------------------------------------------------------------------------------- conditions

    def _is_shared(self, number: int) -> bool:
        """Whether a condition that is no plain `and` of a rule has a name of its own."""
        match self.plan.conditions[number]:
            case Leaf() | Asked() | Opposite():
                return False
            case Every(of) | Some(of):
                is_big = len(of) > _WIDE or self._depth[number] % _DEEP == 0
                return (is_big or self._uses.get(number, 0) > 1) and number in self._spelt

    def _conditions_written(self) -> frozenset[int]:
        """Return the conditions that are written as such, and not as lanes."""
        seen: set[int] = set()
        pending = [number for lanes in self._lanes for (number, _), _ in lanes.others]
        pending += [each.condition for rule in self.plan.rules for each in rule.leaves if each.condition is not None]
        while pending:
            here = pending.pop()
            if here not in seen:
                seen.add(here)
                pending.extend(_parts(self.plan, here))
        return frozenset(seen)

    def _needed(self, rule: PlannedRule, pending: set[int]) -> list[int]:
        """Return the shared conditions that have to be known before a rule, and are not yet, in order."""
        found: set[int] = set()
        waiting = [number for number in rule.conditions if number in self._asking] if pending else []
        while waiting:
            here = waiting.pop()
            if here in pending:
                found.add(here)
            waiting.extend(each for each in _parts(self.plan, here) if each in self._asking)
        return sorted(found)

    def _shared(self, number: int, world: str) -> Iterator[str]:
        condition = self.plan.conditions[number]
        name = f"{world}d{number}"
        if isinstance(condition, Every | Some) and len(condition.of) > _WIDE:
            sign = "&" if isinstance(condition, Every) else "|"
            parts = [self._expr((each, False), world) for each in condition.of]
            yield f"    {name} = {parts[0]}"
            for start in range(1, len(parts), _WIDE):
                yield f"    {name} {sign}= {f' {sign} '.join(parts[start : start + _WIDE])}"
        else:
            yield f"    {name} = {self._written(number, world)}"

    def _expr(self, signed: Signed, world: str) -> str:
        """Return the truth of a condition, or of its negation."""
        number, negated = signed
        condition = self.plan.conditions[number]
        if isinstance(condition, Leaf) and is_plain(self.plan, condition.atom):
            inputs = self.plan.atoms[condition.atom].inputs
            return f"{world}{_variable(inputs, self._column(inputs, (((condition.atom, negated),),)))}"
        if isinstance(condition, Opposite):
            return self._expr((condition.of, not negated), world)
        made = f"{world}d{number}" if self._is_shared(number) else self._written(number, world)
        return f"N[{made}]" if negated else made

    def _written(self, number: int, world: str) -> str:
        match self.plan.conditions[number]:
            case Leaf(atom):
                asked = self.plan.atoms[atom]
                keys = [*(f"{world}x{each}" for each in asked.inputs), *(f"r{each}" for each in asked.rules)]
                return f"Q{atom}[{', '.join(keys)}{',' if len(keys) == 1 else ''}]"
            case Asked(rule):
                return f"r{rule}"
            case Opposite(of):
                return self._expr((of, True), world)
            case Every(of):
                return f"({' & '.join(self._expr((one, False), world) for one in of)})"
            case Some(of):
                return f"({' | '.join(self._expr((one, False), world) for one in of)})"

    # ---------------------------------------------------------------------------------------------------- rules

    def _rule(self, number: int, worlds: Sequence[str]) -> Iterator[str]:
        planned, lanes, name = self.plan.rules[number], self._lanes[number], f"o{number}"
        landing = f"L{self.shapes[lanes.shape]}"
        yield ""
        yield from self._words(planned)
        first = worlds[0]
        yield from self._landed(number, name, landing, first, "    ")
        if first == ASSURED:
            yield f"    if not {name}.passes:"
            yield from self._landed(number, name, landing, ALL, "        ")
            yield f"        if {name}.passes:"
            yield f"            {name} = unsecured({name})"
        if PRESUMED in worlds:
            yield f"    if {name} is UNDECIDED:"
            yield from self._landed(number, "silent", landing, PRESUMED, "        ")
            yield "        if silent is BREACHED:"
            yield f"            {name} = BREACHED"
        for leave in planned.leaves:
            yield f"    if {self._leave(leave, name, first)}:"
            waiver = self.plan.policy.waivers.index(leave.waiver)
            yield f"        {name} = waived({name}, WAIVERS[{waiver}])"
        if number in self.plan.asked:
            yield f"    r{number} = 3 if {name}.passes else 0 if {name} is BREACHED else 1"

    def _landed(self, number: int, name: str, landing: str, world: str, indent: str) -> Iterator[str]:
        parts = self._joined(number, world)
        if len(parts) <= _WIDE:
            yield f"{indent}{name} = {landing}[{' & '.join(parts)}]"
            return
        yield f"{indent}lanes = {' & '.join(parts[:_WIDE])}"
        for start in range(_WIDE, len(parts), _WIDE):
            yield f"{indent}lanes &= {' & '.join(parts[start : start + _WIDE])}"
        yield f"{indent}{name} = {landing}[lanes]"

    def _joined(self, number: int, world: str) -> list[str]:
        """Return what the lanes of a rule are the `and` of."""
        lanes = self._lanes[number]
        parts = [f"{world}{_variable(inputs, self.tables[inputs][column])}" for inputs, column in lanes.columns]
        for signed, places in lanes.others:
            parts.append(self._spread(self._expr(signed, world), lanes, places))
        if lanes.window:
            rule = self.plan.rules[number].rule
            since = "" if rule.in_force_from is None else f"{rule.in_force_from.toordinal()} <= "
            until = "" if rule.in_force_until is None else f" <= {rule.in_force_until.toordinal()}"
            parts.append(self._spread(f"3 if {since}day{until} else 0", lanes, (0,)))
        return parts

    def _spread(self, truth: str, lanes: Lanes, places: tuple[int, ...]) -> str:
        key = (lanes.shape.lanes, places)
        return f"S{self.spreads.setdefault(key, len(self.spreads))}[{truth}]"

    def _leave(self, leave: Leave, name: str, world: str) -> str:
        waiver = leave.waiver
        parts = [f"not {name}.passes", f"contract == {waiver.contract!r}", f"day <= {waiver.until.toordinal()}"]
        if leave.condition is not None:
            parts.append(f"{self._expr((leave.condition, False), world)} == 3")
        return " and ".join(parts)

    def _words(self, planned: PlannedRule) -> Iterator[str]:
        rule = planned.rule
        yield f"    # {rule.name}: {rule.severity.value}"
        groups = (("when", rule.when), ("unless", rule.unless), ("prefer", rule.prefer), ("require", rule.require))
        for label, conditions in (*groups, ("fallback", tuple(each.condition for each in rule.fallbacks))):
            for each in conditions:
                said = " ".join(write_expr(each).split())
                yield f"    #   {label:<8} {said if len(said) <= _LONG else f'{said[: _LONG - 1]}…'}"


def spread(lanes: int, places: Sequence[int]) -> tuple[int, ...]:
    """Return, for each truth by number, that truth in some lanes, and true in the others."""
    others = sum(3 << 2 * lane for lane in range(lanes) if lane not in places)
    return tuple(sum(truth << 2 * lane for lane in places) | others for truth in range(4))


def _table(inputs: tuple[int, ...]) -> str:
    return f"T{'_'.join(map(str, inputs))}"


def _variable(inputs: tuple[int, ...], column: int) -> str:
    return f"t{'_'.join(map(str, inputs))}{_LETTERS[column] if column < len(_LETTERS) else f'_c{column}'}"


_LETTERS = "abcdefghijklmnopqrstuvw"


def _parts(plan: Plan, number: int) -> tuple[int, ...]:
    match plan.conditions[number]:
        case Leaf() | Asked():
            return ()
        case Opposite(of):
            return (of,)
        case Every(of) | Some(of):
            return of


def _counted(plan: Plan) -> dict[int, int]:
    """Return in how many places each condition stands."""
    uses: dict[int, int] = {}
    for number in range(len(plan.conditions)):
        for of in _parts(plan, number):
            uses[of] = uses.get(of, 0) + 1
    for rule in plan.rules:
        for of in rule.conditions:
            uses[of] = uses.get(of, 0) + 1
    return uses


def _depths(plan: Plan) -> list[int]:
    depths: list[int] = []
    for number in range(len(plan.conditions)):
        depths.append(max((depths[of] + 1 for of in _parts(plan, number)), default=0))
    return depths


def _asking(plan: Plan) -> frozenset[int]:
    """Return the conditions that depend on what came of a rule."""
    found: set[int] = set()
    for number, each in enumerate(plan.conditions):
        asks = isinstance(each, Asked) or (isinstance(each, Leaf) and not is_plain(plan, each.atom))
        if asks or any(of in found for of in _parts(plan, number)):
            found.add(number)
    return frozenset(found)
