"""The style sheet of pictures, in light and dark, made from the palette. Plain rules, for viewers that know no more."""

from __future__ import annotations

from collections.abc import Mapping

from termwise.report.palette import (
    DARK,
    DARK_FAINT,
    DARK_GROUND,
    DARK_INK,
    DARK_LINK,
    FAINT,
    GROUND,
    INK,
    LIGHT,
    LINK,
    Paint,
)

MONOSPACED = 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace'
SANS = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'

_SHAPES = f"""
.tw-box text {{ font: 12px {MONOSPACED}; }}
.tw-box .tw-note {{ font: 10.5px {SANS}; }}
.tw-box rect {{ stroke-width: 1.2; }}
.tw-is-rule text, .tw-is-rung text {{ font-weight: 600; }}
.tw-is-rule .tw-note, .tw-is-rung .tw-note {{ font-weight: 400; }}
.tw-is-connective text {{ text-anchor: middle; }}
.tw-is-definition rect {{ stroke-width: 2; }}
.tw-context rect, .tw-unless rect {{ stroke-dasharray: 5 3; }}
.tw-link path {{ fill: none; stroke-width: 1.3; }}
.tw-box:hover rect {{ stroke-width: 2.4; }}
.tw-title {{ font: 600 19px {SANS}; }}
.tw-heading {{ font: 600 14px {SANS}; }}
.tw-words {{ font: 12px {SANS}; }}
a:hover .tw-box text {{ text-decoration: underline; }}
""".strip()


def style() -> str:
    """Return the style sheet of the drawings."""
    light = _colours(LIGHT, INK, FAINT, LINK, GROUND)
    dark = _colours(DARK, DARK_INK, DARK_FAINT, DARK_LINK, DARK_GROUND)
    return f"{_SHAPES}\n{light}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}"


def _colours(paints: Mapping[str, Paint], ink: str, faint: str, link: str, ground: str) -> str:
    rules = [
        f".tw-ground {{ fill: {ground}; }}",
        f".tw-title, .tw-heading {{ fill: {ink}; }}",
        f".tw-words {{ fill: {faint}; }}",
        f".tw-rule-line {{ stroke: {link}; stroke-opacity: .45; }}",
        f".tw-on-plain path {{ stroke: {link}; }}",
        f".tw-on-plain .tw-head {{ fill: {link}; stroke: none; }}",
    ]
    for name, paint in paints.items():
        rules.append(f".tw-{name} rect {{ fill: {paint.fill}; stroke: {paint.line}; }}")
        rules.append(f".tw-{name} text {{ fill: {paint.ink}; }}")
        if name in ("when", "unless", "prefer", "require", "fallback"):
            rules.append(f".tw-on-{name} path {{ stroke: {paint.line}; stroke-opacity: .7; }}")
            rules.append(f".tw-on-{name} .tw-head {{ fill: {paint.line}; stroke: none; }}")
    return "\n".join(rules)
