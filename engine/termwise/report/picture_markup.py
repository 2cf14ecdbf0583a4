"""Text from policies, made safe for SVG and HTML: no markup, nothing XML forbids, nothing that hides the rest."""

from __future__ import annotations

from html import escape

from termwise.report.printable import on_one_line

_NO_CHARACTERS = {0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}
"""What Unicode will never assign and XML refuses."""


def marked(text: str) -> str:
    """Return text for between tags or inside the quotes of an attribute."""
    return escape(on_one_line(text).translate(_NO_CHARACTERS))
