"""A picture as an HTML page: a contents list, one section a rule with its drawing and its words, an index of terms.

The page stands alone. Its small script lights up what a box is linked to and filters the rules; without it, everything
is there to read.
"""

from __future__ import annotations

from collections.abc import Iterable

from termwise.core.expr import Defined, walk
from termwise.core.policy import Rule, Severity
from termwise.core.vocabulary import Term, split_instance
from termwise.core.wording import write_expr
from termwise.graph.build import groups
from termwise.graph.collapse import Collapsed
from termwise.graph.nodes import Focus, RuleGraph
from termwise.graph.queries import Polarity, polarity, unread_terms
from termwise.report.picture_markup import marked
from termwise.report.picture_panels import Panel, anchor, panels
from termwise.report.picture_sheet import SCRIPT, page_style
from termwise.report.picture_svg import drawing, layout_of, number
from termwise.report.picture_words import HOW_TO_READ, legend_of, subtitle_of, title_of
from termwise.types import name_of

_ARROWS = {
    Polarity.RISING: ("▲", "a higher value never worsens the rule"),
    Polarity.FALLING: ("▼", "a lower value never worsens the rule"),
    Polarity.CONSTANT: ("○", "the rule asks whether it is stated, not for its value"),
    Polarity.MIXED: ("◆", "no direction is safe for every contract"),
}


def page(shown: Collapsed) -> str:
    """Return the page of a graph."""
    graph = shown.graph
    drawn = panels(shown)
    title = title_of(graph)
    body = [
        f"<header>\n<h1>{marked(title)}</h1>",
        f"<p>{marked(subtitle_of(shown, drawn))}. {HOW_TO_READ}</p>",
        f'<ul class="legend">{"".join(_chip(*each) for each in legend_of(drawn))}</ul>',
        "</header>",
        *([_contents(drawn)] if graph.focus == Focus() else []),
        "<main>",
        *(_section(panel, at) for at, panel in enumerate(drawn)),
        "</main>",
        _index(graph, drawn),
    ]
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            f"<title>{marked(title)}</title>",
            f"<style>\n{page_style()}\n</style>",
            "</head>",
            "<body>",
            *body,
            f"<script>\n{SCRIPT}\n</script>",
            "</body>",
            "</html>",
            "",
        ]
    )


def _chip(paint: str, text: str) -> str:
    return f'<li class="chip on-{paint}">{marked(text)}</li>'


def _contents(drawn: Iterable[Panel]) -> str:
    """Return the list of rules, heaviest first, with the filter that the script brings to life."""
    lists = []
    for severity in Severity:
        rules = [each.rules[0] for each in drawn if each.rules[0].severity is severity]
        links = "".join(f'<li><a href="#{marked(anchor(each.base))}">{marked(each.base)}</a></li>' for each in rules)
        if rules:
            badge = f'<span class="chip on-{severity.value}">{severity.value}</span>'
            lists.append(f"<dt>{badge}</dt><dd><ul>{links}</ul></dd>")
    search = '<label class="filter" hidden>Show rules that mention <input type="search" id="filter"></label>'
    return f'<nav aria-label="Rules">\n<dl>{"".join(lists)}</dl>\n{search}\n</nav>'


def _section(panel: Panel, at: int) -> str:
    layout = layout_of(panel)
    wide, high = number(layout.width + 12), number(layout.height + 12)
    name = panel.name or "the picture"
    picture = (
        f'<div class="drawing" tabindex="0" role="group" aria-label="Drawing of {marked(name)}">'
        f'<svg width="{wide}" height="{high}" viewBox="-6 -6 {wide} {high}">\n'
        f"{drawing(layout, f'p{at}b')}\n</svg></div>"
    )
    if not layout.boxes:
        picture = "<p>Nothing in this policy reads it.</p>"
    heads = "".join(_head(each) for each in panel.rules[:1]) if panel.name else ""
    words = "".join(_words(each) for each in panel.rules)
    return (
        f'<section id="{marked(anchor(panel.name))}">\n{heads}{picture}\n'
        f"<details><summary>In words</summary>{words}</details>\n</section>"
    )


def _head(rule: Rule) -> str:
    badge = f'<span class="chip on-{rule.severity.value}">{rule.severity.value}</span>'
    because = f"<p>{marked(rule.because)}</p>" if rule.because else ""
    return f'<h2><a href="#{marked(anchor(rule.base))}">{marked(rule.base)}</a> {badge}</h2>\n{because}\n'


def _words(rule: Rule) -> str:
    """Return a rule as the policy says it."""
    rows = []
    for label, conditions, approved_by in groups(rule):
        said = "".join(f"<div><code>{marked(write_expr(each))}</code></div>" for each in conditions)
        approval = f"<div>approved by {marked(approved_by)}</div>" if approved_by else ""
        rows.append((label, said + approval))
    used = {each.name: each for condition in rule.conditions for each in walk(condition) if isinstance(each, Defined)}
    rows += [
        ("define", f"<code>{marked(name)} = {marked(write_expr(each.body))}</code>") for name, each in used.items()
    ]
    rows += [("cite", marked(each)) for each in rule.cites]
    rows += [("clause", marked(rule.clause))] if rule.clause else []
    rows += [("lever", marked(each)) for each in rule.levers]
    body = "".join(f"<tr><th scope=row>{marked(label)}</th><td>{said}</td></tr>" for label, said in rows)
    return f"<table><caption>{marked(rule.name)}</caption>{body}</table>"


def _index(graph: RuleGraph, drawn: Iterable[Panel]) -> str:
    """Return the terms that are read, each with the rules that read it and which way each rule moves with it."""
    rules = [rule for panel in drawn for rule in panel.rules]
    rows = []
    for term in graph.policy.vocabulary.terms.values():
        readers = [rule for rule in rules if any(split_instance(name)[0] == term.name for name in rule.terms)]
        if readers and graph.focus.term in (None, term.name):
            rows.append(_row(term, readers, graph))
    if not rows:
        return ""
    keys = "; ".join(f"{arrow} {text}" for arrow, text in _ARROWS.values())
    return (
        '<section id="terms">\n<h2>Terms</h2>\n'
        f"<p>{keys}.</p>\n<table><thead><tr><th>term</th><th>type</th><th>read by</th></tr></thead>"
        f"<tbody>\n{''.join(rows)}</tbody></table>\n{_unread(graph)}</section>"
    )


def _unread(graph: RuleGraph) -> str:
    """Return which terms a policy leaves alone; of a part of a graph that would say nothing."""
    names = [f"<code>{marked(each.name)}</code>" for each in unread_terms(graph)]
    return f"<p>No rule reads {', '.join(names)}.</p>\n" if names and graph.focus == Focus() else ""


def _row(term: Term, readers: Iterable[Rule], graph: RuleGraph) -> str:
    said = []
    for rule in readers:
        arrow, meaning = _ARROWS[polarity(rule, term.name, graph.policy.vocabulary, graph.policy)]
        name = marked(rule.name)
        link = f'<a href="#{marked(anchor(rule.base))}">{name}</a>' if graph.focus == Focus() else name
        said.append(f'<li>{link} <span role="img" title="{meaning}" aria-label="{meaning}">{arrow}</span></li>')
    ask = f"<div>{marked(term.ask)}</div>" if term.ask else ""
    return (
        f"<tr><td><code>{marked(term.name)}</code>{ask}</td><td>{marked(name_of(term.type))}</td>"
        f"<td><ul>{''.join(said)}</ul></td></tr>\n"
    )
