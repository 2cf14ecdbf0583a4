"""What a page adds to its drawings: the style sheet of everything around them, and the script."""

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
from termwise.report.picture_style import MONOSPACED, SANS, style

_LAYOUT = f"""
body {{ font: 15px/1.5 {SANS}; margin: 0 auto; max-width: 1320px; padding: 24px 32px 64px; }}
h1 {{ font-size: 25px; line-height: 1.25; margin: 8px 0; }}
h2 {{ font-size: 18px; margin: 0 0 2px; }}
h2 a {{ color: inherit; text-decoration: none; }}
p {{ margin: 0 0 10px; max-width: 90ch; }}
code, h2, caption, nav li {{ font-family: {MONOSPACED}; }}
code, caption, nav li {{ font-size: 13px; overflow-wrap: anywhere; }}
ul {{ list-style: none; margin: 0; padding: 0; }}
.legend, nav ul, td ul {{ display: flex; flex-wrap: wrap; gap: 6px 16px; }}
.legend {{ gap: 6px; margin: 12px 0 4px; }}
.chip {{ border: 1.2px solid; border-radius: 4px; display: inline-block; font: 12px {SANS}; padding: 2px 9px; }}
.on-context, .on-unless {{ border-style: dashed; }}
nav {{ border-bottom: 1px solid; border-top: 1px solid; margin: 16px 0; padding: 12px 0; }}
nav dl {{ display: grid; gap: 8px 16px; grid-template-columns: max-content 1fr; margin: 0; }}
nav dd {{ margin: 0; }}
.filter {{ display: block; margin-top: 12px; }}
.filter[hidden] {{ display: none; }}
.filter input {{ font: inherit; margin-left: 6px; padding: 2px 8px; width: 18em; }}
section {{ border-bottom: 1px solid; padding: 22px 0 18px; scroll-margin-top: 8px; }}
.drawing {{ overflow-x: auto; padding: 8px 0; }}
.drawing svg {{ display: block; }}
summary {{ cursor: pointer; font-size: 13px; }}
table {{ border-collapse: collapse; font-size: 14px; margin: 8px 0; width: 100%; }}
caption {{ font-weight: 600; padding: 6px 0; text-align: left; }}
th, td {{ border-top: 1px solid; padding: 6px 12px 6px 0; text-align: left; vertical-align: top; }}
th[scope=row] {{ font-weight: 600; width: 8em; }}
.dim .tw-box, .dim .tw-link {{ opacity: .22; }}
.dim .lit {{ opacity: 1; }}
""".strip()

SCRIPT = """
for (const svg of document.querySelectorAll(".drawing svg")) {
  const links = [...svg.querySelectorAll(".tw-link")];
  const walk = (id, from, to, lit) => {
    for (const link of links) {
      if (link.dataset[from] === id && !lit.has(link)) {
        lit.add(link).add(document.getElementById(link.dataset[to]));
        walk(link.dataset[to], from, to, lit);
      }
    }
  };
  const clear = () => {
    svg.classList.remove("dim");
    for (const each of svg.querySelectorAll(".lit")) each.classList.remove("lit");
  };
  for (const box of svg.querySelectorAll(".tw-box")) {
    box.addEventListener("pointerenter", () => {
      const lit = new Set([box]);
      walk(box.id, "from", "to", lit);
      walk(box.id, "to", "from", lit);
      for (const each of lit) each.classList.add("lit");
      svg.classList.add("dim");
    });
    box.addEventListener("pointerleave", clear);
  }
}
const filter = document.getElementById("filter");
if (filter) {
  const rules = [...document.querySelectorAll("main section")];
  filter.parentElement.hidden = false;
  filter.addEventListener("input", () => {
    const sought = filter.value.trim().toLowerCase();
    for (const rule of rules) rule.hidden = !rule.textContent.toLowerCase().includes(sought);
  });
}
""".strip()


def page_style() -> str:
    """Return the style sheet of a page, drawings included."""
    light = _colours(LIGHT, INK, FAINT, LINK, GROUND)
    dark = _colours(DARK, DARK_INK, DARK_FAINT, DARK_LINK, DARK_GROUND)
    return f"{_LAYOUT}\n{light}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}\n{style()}"


def _colours(paints: Mapping[str, Paint], ink: str, faint: str, line: str, ground: str) -> str:
    return "\n".join(
        [
            f"body {{ background: {ground}; color: {ink}; }}",
            f"a {{ color: {paints['require'].line}; }}",
            f"header p, section > p, summary, td div {{ color: {faint}; }}",
            f"td div code {{ color: {ink}; }}",
            f"nav, section, th, td {{ border-color: {line}55; }}",
            *(
                f".on-{name} {{ background: {paint.fill}; border-color: {paint.line}; color: {paint.ink}; }}"
                for name, paint in paints.items()
            ),
        ]
    )
