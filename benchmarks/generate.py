"""Policies of any size, for measuring how the front end grows: the same text for the same size, on every machine.

They are not the same rule again and again. A vocabulary of 300 terms of every kind is used evenly, rules cite each
other's terms through definitions, every third stands once per key, and ladders have zero to three rungs below.
"""

from __future__ import annotations

TERMS = 300
KEYS = ("alpha", "beta", "gamma", "delta")
KINDS = ("boolean", "duration", "rate", "level", "purposes", "fees", "percent", "keyed")

LIMITS = {
    "boolean": ("{term}", "{term}", "not {term}"),
    "duration": ("{term} <= {n} days", "{term} <= {n} days + 1 month", "{term} <= {n} business days"),
    "rate": ("{term} >= {n} per year", "{term} >= quarterly", "{term} >= once per 12 months"),
    "level": ("{term} >= high", "{term} >= medium", "{term} in {{low, medium}}"),
    "purposes": ("{term} within {{safety}}", "{term} within {{safety, service}}", "{term} excludes {{research}}"),
    "fees": ("{term} >= {n} months of fees", "{term} >= 6 months of fees", "{term} >= 1 year of fees"),
    "percent": ("{term} <= {n}%", "{term} <= 5%", "{term} <= 50 percent"),
    "keyed": ("{term}[{key}] <= {n} days", "{term}[{key}] <= {n} days + 7 days", "{term}[{key}] <= 1 quarter"),
}
"""How a rung asks about a term of each kind, strictest first."""

TYPES = {
    "level": "level", "purposes": "set of purpose", "keyed": "duration",
}  # fmt: skip


def vocabulary() -> str:
    """Return the text of the vocabulary that every generated policy uses."""
    lines = [
        'vocabulary generated_terms "Terms for measuring"',
        f"enum  part {{ {', '.join(KEYS)} }}",
        "enum  purpose { safety, service, research, analytics }",
        "scale level { low < medium < high }",
    ]
    for number in range(TERMS):
        kind = _kind(number)
        key = "[part]" if kind == "keyed" else ""
        prefer = "lower" if kind in ("duration", "purposes", "percent", "keyed") else "higher"
        lines += [
            f"term {_term(number)}{key}: {TYPES.get(kind, kind)}",
            f'  ask     "What does the contract say of subject {number}?"',
            f"  prefer  {prefer}",
        ]
    return "\n".join(lines) + "\n"


def policy(rules: int) -> str:
    """Return the text of a policy with this many rule declarations and half as many definitions."""
    lines = ['policy generated "A policy for measuring"', "version 1.0", "uses generated_terms", "assurance signed"]
    for number in range(rules):
        if number % 2 == 0:
            lines.append(f"define condition_{number} = {_ask(number, 1, KEYS[0])} and {_ask(number + 7, 0, KEYS[1])}")
        lines += _rule(number)
        if number % 10 == 0:
            lines += _test(number)
    return "\n".join(lines) + "\n"


def grouped(rules: int) -> str:
    """Return a policy of groups of ten rules over three terms each, every tenth with a contradiction of three."""
    lines = ['policy grouped "A policy for measuring"', "version 1.0", "uses generated_terms"]
    for number in range(rules):
        group, place = divmod(number, 10)
        asks = [_ask(3 * group + each, (place + each) % 3, KEYS[place % 4]) for each in range(3)]
        lines.append(f"rule rule_{number}: {('dealbreaker', 'major', 'minor')[number % 3]}")
        if group % 10 == 9 and place < 3:  # of these three any two can be, and all of them together cannot
            one, other = (_spoken_of(3 * group + each) for each in range(2))
            lines.append(f"  require   {(one, f'not ({one}) or {other}', f'not ({other})')[place]}")
            continue
        lines.append(f"  require   {asks[place % 3]} or {asks[(place + 1) % 3]}")
        lines.append(f"  fallback  {asks[(place + 2) % 3]}")
    return "\n".join(lines) + "\n"


def _spoken_of(number: int) -> str:
    """Return the condition that a contract speaks of a term."""
    key = f"[{KEYS[0]}]" if _kind(number) == "keyed" else ""
    return f"{_term(number)}{key} is stated"


def _rule(number: int) -> list[str]:
    keyed = _kind(number) == "keyed"
    head = (
        f"rule rule_{number}{' for each key in part' if keyed else ''}: {('dealbreaker', 'major', 'minor')[number % 3]}"
    )
    key = "key" if keyed else KEYS[0]
    lines = [head]
    if number % 5 == 0:
        lines.append(f"  when      {_ask(number + 11, 2, KEYS[2])}")
    if number % 4 == 0:
        lines.append(f"  prefer    {_ask(number, 0, key)} and {_ask(number + 1, 0, KEYS[3])}")
    lines.append(
        f"  require   {_ask(number, 1, key)} and ({_ask(number + 3, 1, KEYS[0])} or condition_{number // 2 * 2})"
    )
    for rung in range(number % 4):
        lines.append(f"  fallback  {_ask(number, 2, key)} and {_ask(number + 5 + rung, 1, KEYS[rung])}")
        lines.append('            approved by "Chief Privacy Officer"')
    lines.append(f'  because   "Whoever signs this must be able to say why rule {number} is there."')
    lines.append(f'  cite      "Handbook, section {number % 40}"')
    return lines


def _test(number: int) -> list[str]:
    name = f"rule_{number}[{KEYS[0]}]" if _kind(number) == "keyed" else f"rule_{number}"
    return [
        f'test "silence leaves rule {number} open"',
        f"  given   {_given(number + 2)}",
        f"  expect  {name} undecided",
    ]


def _given(number: int) -> str:
    """Return a fact about the first term from here on that is a plain duration."""
    while _kind(number) != "duration":
        number += 1
    return f"{_term(number)} = 30 days"


def _ask(number: int, rung: int, key: str) -> str:
    return LIMITS[_kind(number)][rung].format(term=_term(number), n=10 + number % 50, key=key)


def _kind(number: int) -> str:
    return KINDS[number % TERMS % len(KINDS)]


def _term(number: int) -> str:
    return f"topic_{number % TERMS // 10}.subject_{number % TERMS}"


def contract(number: int) -> dict[str, object]:
    """Return the terms of one of many contracts: most are stated, some vague or silent, and no two are alike."""
    terms: dict[str, object] = {}
    for index in range(TERMS):
        draw = (index * 31 + number * 17) % 10
        if draw < 7:
            terms[_term(index)] = _value(index, number)
        elif draw == 7:
            terms[_term(index)] = {"vague": "as soon as reasonably practicable"}
    return terms


def _value(index: int, number: int) -> object:
    size = 1 + (index * 7 + number * 13) % 90
    match _kind(index):
        case "boolean":
            return size % 2 == 0
        case "duration":
            return f"{size} days"
        case "rate":
            return f"{size % 12 + 1} per year"
        case "level":
            return ("low", "medium", "high")[size % 3]
        case "purposes":
            return ["safety", "service", "research"][: size % 3 + 1]
        case "fees":
            return f"{size % 24} months of fees"
        case "percent":
            return f"{size}%"
        case _:
            return {key: f"{size + place} days" for place, key in enumerate(KEYS)}
