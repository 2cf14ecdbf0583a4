"""Text that nobody would write: fragments of policies in any order, cut short, and with strange characters."""

from __future__ import annotations

import hypothesis.strategies as st
from hypothesis.strategies import DrawFn

from termwise.syntax.words import RESERVED

_FRAGMENTS = (
    *sorted(RESERVED),
    *("in force", "from", "each", "rule x", "policy p", "vocabulary v", "require x", "rule x passes", "approved by"),
    *(
        "x",
        "x.y",
        "x[y]",
        "30 days",
        "1,000",
        "0.5",
        "5%",
        "USD 1,000",
        "12 months of fees",
        "2026-11-24",
        "2026-02-30",
    ),
    *("(", ")", "[", "]", "{", "}", ",", ":", "=", "<", "<=", "≤", "!=", "≠", "∈", "⊆", "+", "-", ".", "%", "#", "\\"),
    *('"', '""', '"""', '"text"', '"""long\ntext"""', '"\\q"', "\n", "\r\n", "\t", "\f", "\0", "\ufeff", "\u2028", "é"),
    *("(((((((((((((((((((((", "not not not not not", "9" * 40, "9" * 5000, "٣ days", "１", "٢٠٢٦-٠١-٠١"),
)

_MARKUP = (
    *(
        "# ",
        "1. ",
        "12) ",
        "- ",
        "+ ",
        "* ",
        "> ",
        "```",
        "~~~",
        "``",
        "`",
        "|",
        "\\",
        "\\|",
        "**",
        "_",
        "__x__",
        "~~x~~",
    ),
    *("[a](x)", "![a](b)", "[x]: y", "<b>", "</script>", "<!-- x -->", "&amp;", "&", "<", ">", "|---|", "===", "---"),
    *(
        "http://x.example",
        "www.x.example",
        "@team",
        "a@b.c",
        "#12",
        "$x$",
        ":smile:",
        "a_b",
        "é",
        "\u202e",
        "\n",
        "  ",
        "x",
    ),
)


@st.composite
def markup(draw: DrawFn) -> str:
    """What Markdown acts on, in any order, between other text."""
    parts = st.one_of(st.sampled_from(_MARKUP), st.text(max_size=4))
    return draw(st.sampled_from(["", " "])).join(draw(st.lists(parts, min_size=1, max_size=12)))


@st.composite
def fragments(draw: DrawFn) -> str:
    """Words of the language in any order."""
    return draw(st.sampled_from(["", " ", "\n"])).join(draw(st.lists(st.sampled_from(_FRAGMENTS), max_size=30)))


@st.composite
def mutations(draw: DrawFn, text: str) -> str:
    """A text with a few stretches cut, doubled, moved or overwritten, and perhaps cut short."""
    for _ in range(draw(st.integers(1, 4))):
        start, end = sorted(draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
        end = min(end, start + 40)
        match draw(st.integers(0, 4)):
            case 0:
                text = text[:start] + text[end:]
            case 1:
                text = text[:end] + text[start:]
            case 2:
                text = text[:start] + draw(st.sampled_from(_FRAGMENTS)) + text[start:]
            case 3:
                text = text[:start] + draw(st.text(max_size=3)) + text[end:]
            case _:
                text = text[:start]
    return text
