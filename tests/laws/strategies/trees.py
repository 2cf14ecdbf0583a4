"""Random surface trees, well formed and meaningless: everything the grammar can write."""

from __future__ import annotations

import hypothesis.strategies as st
from hypothesis.strategies import DrawFn

from strategies.values import NOWHERE
from termwise.syntax import tree

NAMES = st.sampled_from(["a", "b_c", "force", "force_1", "each", "none", "USD", "aé", "_x1", "monthly"])
PATHS = NAMES | st.sampled_from(["a.b", "rule.text.in", "force.of", "output.owner"])
TEXTS = st.text(max_size=6) | st.sampled_from(
    ["", "a b", '"', '\\"', "\\n", "\n", "a\n  b\n\nc", '"""', " \n ", "#", "\r\n"]
)
SAID = TEXTS.filter(str.strip)
SYMBOLS = NAMES | SAID
DATES = st.sampled_from(["2026-11-24", "0001-01-01", "9999-12-31"])
QUANTITIES = st.sampled_from(
    [
        *(
            "3",
            "-3",
            "1,000",
            "0.50",
            "5%",
            "-5%",
            "30 days",
            "-30 days",
            "10 business days",
            "USD 1,000",
            "2026-11-24",
        ),
        *(
            "12 months of fees",
            "4 per year",
            "2 per 6 months",
            "2 times per year",
            "once per year",
            "once per 2 months",
        ),
    ]
)


def words(texts: st.SearchStrategy[str]) -> st.SearchStrategy[tree.Word]:
    """Words whose text is one of these."""
    return texts.map(lambda text: tree.Word(text, NOWHERE))


@st.composite
def atoms(draw: DrawFn) -> tree.Expr:
    """An expression that holds no other."""
    match draw(st.integers(0, 5)):
        case 0 | 1:
            return tree.Name(draw(PATHS), draw(st.none() | SYMBOLS), NOWHERE)
        case 2:
            return tree.Quoted(draw(TEXTS), NOWHERE)
        case 3:
            return tree.Flag(draw(st.booleans()), NOWHERE)
        case 4:
            return tree.Quantity(draw(QUANTITIES), NOWHERE)
        case _:
            return tree.RulePasses(draw(NAMES), draw(st.none() | SYMBOLS), NOWHERE)


def _many(inner: st.SearchStrategy[tree.Expr], least: int) -> st.SearchStrategy[tuple[tree.Expr, ...]]:
    return st.lists(inner, min_size=least, max_size=3).map(tuple)


def _is_whole(member: tree.Expr) -> bool:
    """Whether a comma in a member of a set could not be taken for one between two."""
    return not (isinstance(member, tree.Quantity) and "," in member.text and member.text[0].isdigit())


def _holding(inner: st.SearchStrategy[tree.Expr]) -> st.SearchStrategy[tree.Expr]:
    nowhere = st.just(NOWHERE)
    operators = st.sampled_from(["=", "!=", "<", "<=", ">", ">=", "in", "in", "within", "includes", "excludes"])
    cells = st.lists(st.tuples(words(NAMES), inner), min_size=1, max_size=2).map(tuple)
    rows = st.lists(st.builds(tree.Row, cells, nowhere), max_size=2).map(tuple)
    return st.one_of(
        st.builds(tree.SetOf, _many(inner.filter(_is_whole), 0), nowhere),
        st.builds(tree.Rows, rows, nowhere),
        st.builds(tree.Sum, inner, inner, st.booleans(), nowhere),
        st.builds(tree.Comparison, operators, inner, inner, nowhere),
        st.builds(tree.IsState, inner, words(NAMES), nowhere),
        st.builds(tree.Negation, inner, nowhere),
        st.builds(tree.Conjunction, _many(inner, 2), nowhere),
        st.builds(tree.Disjunction, _many(inner, 2), nowhere),
        st.builds(
            tree.Quantification, st.sampled_from(["every", "some", "no"]), words(NAMES), words(PATHS), inner, nowhere
        ),
    )


EXPRESSIONS = st.recursive(atoms(), _holding, max_leaves=8)


@st.composite
def declarations(draw: DrawFn) -> tree.Declaration:
    """A declaration of any kind that policies and random vocabularies do not draw already."""
    match draw(st.integers(0, 5)):
        case 0:
            return tree.Define(draw(words(NAMES)), draw(EXPRESSIONS), NOWHERE)
        case 1:
            return _rule(draw)
        case 2:
            grants = tuple(draw(st.lists(EXPRESSIONS, min_size=1, max_size=3)))
            return tree.ClauseDecl(draw(words(NAMES)), draw(words(SAID)), grants, draw(words(SAID)), NOWHERE)
        case 3:
            ensure = tuple(draw(st.lists(EXPRESSIONS, min_size=1, max_size=2)))
            when = tuple(draw(st.lists(EXPRESSIONS, max_size=2)))
            return tree.GuaranteeDecl(draw(words(SAID)), when, ensure, NOWHERE)
        case 4:
            return _test(draw)
        case _:
            return tree.WaiverDecl(
                rule=draw(words(NAMES)),
                key=draw(st.none() | SYMBOLS),
                contract=draw(words(SAID)),
                condition=draw(st.none() | EXPRESSIONS),
                until=draw(words(DATES)),
                approved_by=draw(words(SAID)),
                because=draw(words(SAID)),
                span=NOWHERE,
            )


def _rule(draw: DrawFn) -> tree.RuleDecl:
    def some(least: int, most: int) -> tuple[tree.Expr, ...]:
        return tuple(draw(st.lists(EXPRESSIONS, min_size=least, max_size=most)))

    how = draw(st.sampled_from(["rule", "tighten", "relax"]))
    in_force = draw(st.none() | words(DATES))
    return tree.RuleDecl(
        how=how,
        name=draw(words(NAMES)),
        each=draw(st.none() | st.tuples(words(NAMES), words(NAMES))),
        severity=draw(st.none() | words(NAMES)),
        when=some(0, 1),
        unless=some(0, 1),
        prefer=some(0, 1),
        require=some(1, 2),
        fallbacks=tuple(tree.FallbackDecl(each, draw(st.none() | words(SAID)), NOWHERE) for each in some(0, 2)),
        because=draw(words(SAID)) if how == "relax" else draw(st.none() | words(SAID)),
        cites=tuple(draw(st.lists(words(SAID), max_size=2))),
        clause=draw(st.none() | words(NAMES)),
        levers=tuple(draw(st.lists(words(SAID), max_size=2))),
        in_force=in_force,
        until=None if in_force is None else draw(st.none() | words(DATES)),
        span=NOWHERE,
    )


def _test(draw: DrawFn) -> tree.TestDecl:
    givens = st.builds(
        tree.GivenDecl, st.lists(EXPRESSIONS, min_size=1, max_size=3).map(tuple), st.none() | words(NAMES)
    )
    part = st.builds("[{}].{}".format, st.integers(1, 9), NAMES)
    term = st.builds(tree.Name, PATHS, st.none() | SYMBOLS, st.just(NOWHERE))
    of_list = st.builds(tree.Name, PATHS, st.none(), st.just(NOWHERE))
    reason = st.builds(tree.ReasonDecl, term, st.none(), words(NAMES)) | st.builds(
        tree.ReasonDecl, of_list, words(part), words(NAMES)
    )
    expected = st.builds(
        tree.ExpectDecl,
        rule=words(NAMES),
        key=st.none() | SYMBOLS,
        outcome=words(NAMES),
        would_be=st.none() | words(NAMES),
        rung=st.none() | words(st.sampled_from(["prefer", "require", "fallback 1", "fallback 12"])),
        reasons=st.lists(reason, max_size=3).map(tuple),
        span=st.just(NOWHERE),
    )
    return tree.TestDecl(
        title=draw(words(SAID)),
        contract=draw(st.none() | words(SAID)),
        as_of=draw(st.none() | words(DATES)),
        givens=tuple(draw(st.lists(givens, max_size=2))),
        expectations=tuple(draw(st.lists(expected, min_size=1, max_size=3))),
        span=NOWHERE,
    )


@st.composite
def files(draw: DrawFn) -> tree.File:
    """A policy file that is well formed and means nothing."""
    header = tree.Header(
        kind="policy",
        name=draw(words(NAMES)),
        title=draw(st.none() | words(SAID)),
        version=draw(st.none() | words(st.sampled_from(["2026.1", "1.0-beta+3", "v2"]))),
        owner=draw(st.none() | words(SAID)),
        uses=draw(st.none() | words(NAMES)),
        extends=tuple(draw(st.lists(words(NAMES), max_size=2))),
        assurance=draw(st.none() | words(NAMES)),
        holidays=draw(st.none() | st.builds(tree.HolidaysDecl, st.integers(0, 3), st.integers(1, 5), st.just(NOWHERE))),
        span=NOWHERE,
    )
    return tree.File("p.tw", header, tuple(draw(st.lists(declarations(), min_size=1, max_size=4))))
