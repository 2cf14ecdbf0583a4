"""The same text written otherwise: other white space, other spellings, idle commas and parentheses, and comments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import hypothesis.strategies as st
from hypothesis.strategies import DrawFn

from termwise.diagnostics import Problems
from termwise.source import Source
from termwise.syntax.parse import parse_words
from termwise.syntax.tokens import END, Token

_SPACES = st.sampled_from([" ", " ", " ", "  ", "\t", "\n", "\r\n", "\n\n\n", "\n    ", " \n\t\n\f", "\r"])
_REMARKS = st.sampled_from(
    ["", " a note", "!", " require x  ", ' "quoted" """', " é ≤ ‘’", "# #", "\t tab", " at 7 days"]
)
_INDENTS = st.sampled_from(["", "", "  ", "\t", "            "])
_OTHERWISE = {
    "<=": ["<=", "≤"],
    ">=": [">=", "≥"],
    "!=": ["!=", "≠"],
    "within": ["within", "⊆"],
    "yes": ["yes", "true"],
    "no": ["no", "false"],
    "in force": ["in force", "in \n\tforce"],
}


@st.composite
def rewritten(draw: DrawFn, text: str) -> str:
    """A text with the words of another one; no text within it spans lines as no file that was read has one."""
    words = parse_words(Source("p.tw", text.replace("\r", " ")), Problems())
    assert words is not None, text
    tokens = [token for token in words[1] if token.kind != END]
    written = draw(_gaps(first=True))
    doubled: list[bool] = []
    for at, token in enumerate(tokens):
        said = draw(st.sampled_from(list(_spellings(tokens, at))))
        if token.kind == "LPAR":
            doubled.append(draw(st.booleans()))
            said *= 1 + doubled[-1]
        elif token.kind == "RPAR":
            said *= 1 + doubled.pop()
        elif _may_follow_a_comma(tokens, at) and draw(st.booleans()):
            said = f",{draw(_gaps())}{said}"
        written += said + draw(_gaps())
    return draw(st.sampled_from(["", "", "\ufeff"])) + written


@st.composite
def _gaps(draw: DrawFn, *, first: bool = False) -> str:
    """White space, and now and then a comment: beside the word before, or on a line of its own."""
    space = draw(_SPACES)
    for _ in range(draw(st.sampled_from([0] * 8 + [1, 1, 2]))):
        begin = draw(st.sampled_from(["", "  "]) if first else st.sampled_from(["", " ", "\n", "\n\n"]))
        end = draw(st.sampled_from(["\n", "\n", "\n\n", "\r\n"]))
        space += f"{begin}{draw(_INDENTS)}#{draw(_REMARKS)}{end}"
    return space + draw(_INDENTS)


def _spellings(tokens: Sequence[Token], at: int) -> Iterator[str]:
    token = tokens[at]
    if token.kind == "LONG_TEXT":
        yield token.text
        yield token.text.replace("\n", "\n   ")
    elif token.kind == "STRING":
        yield token.text
    elif token.kind == "IN" and (at < 2 or tokens[at - 2].kind not in ("EVERY", "SOME", "NO", "EACH")):
        yield from ("in", "∈")
    elif token.kind == "NO" and at + 1 < len(tokens) and tokens[at + 1].kind == "NAME":
        yield "no"  # which begins a quantifier
    else:
        yield from _OTHERWISE.get(token.text, [token.text])


def _may_follow_a_comma(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token closes braces or brackets of a list, in which a comma may stand last."""
    opening = {"RBRACE": "LBRACE", "RSQB": "LSQB"}.get(tokens[at].kind)
    if opening is None or tokens[at - 1].kind == opening:
        return False
    depth, start = 1, at
    while depth:
        start -= 1
        depth += {tokens[at].kind: 1, opening: -1}.get(tokens[start].kind, 0)
    is_key = opening == "LSQB" and tokens[start - 1].kind in ("NAME", "DOTTED")
    is_scale = any(token.kind == "LESSTHAN" for token in tokens[start:at])
    return not (is_key or is_scale)
