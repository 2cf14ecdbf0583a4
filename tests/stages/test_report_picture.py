"""The pictures of a rule graph: sound files that need nothing else, and drawings in which nothing covers anything."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import combinations

import pytest
from graph_words import graph

from termwise import library
from termwise.compiler import compile_policy
from termwise.core.policy import Policy
from termwise.diagnostics import Problems
from termwise.graph.build import build
from termwise.graph.collapse import collapse
from termwise.graph.nodes import Kind, RuleGraph
from termwise.graph.queries import restrict
from termwise.report import picture
from termwise.report.palette import DARK, LIGHT
from termwise.report.picture_boxes import MOST_LINES, wrapped
from termwise.report.picture_layout import Layout
from termwise.report.picture_markup import marked
from termwise.report.picture_panels import panels
from termwise.report.picture_svg import layout_of
from termwise.report.printable import width_of

SVG = "{http://www.w3.org/2000/svg}"

NASTY = r"""
define quick = notice <= 3 days and label includes "<script>alert(\"1\")</script> & more"
rule asked
  require encrypted
rule a: dealbreaker
  when     rule asked passes
  unless   hosted unless resold
  prefer   quick
  require  notice <= 30 days and (grade >= low or not (covers excludes {prompts} and encrypted)) and not resold
  require  every s in sellers satisfies (s.notice >= grace and s.name includes
           "name that is long enough to be wrapped over more lines than there are, and then some, so that it is cut"
           and s.name includes "something that nobody sees without the tooltip, because it stands where the cut is")
  fallback notice <= 60 days approved by "<b>&\"O'Neil\"</b>"
  fallback notice <= 90 days
  because  "</style></svg><img src=x onerror=alert(1)> & so on"
rule b for each k in kind: major
  require  use[k] = none
rule c: advice
  when     rule a passes
  require  rule b passes or grade = high
"""
MADE = graph(NASTY)


def shipped(name: str) -> Policy:
    problems = Problems()
    source = library.find(name)
    assert source is not None
    made = compile_policy(source, lambda other, _path: library.find(other), problems)
    assert made is not None and not problems.has_errors
    return made


def parts() -> Iterator[tuple[str, RuleGraph]]:
    yield "nasty", MADE
    for focus in ({"rule": "c"}, {"rule": "b[prompts]"}, {"term": "notice"}, {"rule": "c", "term": "encrypted"}):
        part = restrict(MADE, **focus)
        assert part is not None
        yield str(focus), part
    whole = build(shipped("ai_data_protection"))
    yield "shipped", whole
    part = restrict(build(shipped("healthcare")), term="data.classes")
    assert part is not None
    yield "shipped part", part


PARTS = dict(parts())


@pytest.fixture(params=PARTS)
def part(request: pytest.FixtureRequest) -> RuleGraph:
    return PARTS[request.param]


def layouts(made: RuleGraph) -> list[Layout]:
    return [layout_of(each) for each in panels(collapse(made))]


# ------------------------------------------------------------------------------------------------------------ files


def test_svg_is_well_formed_and_has_a_name_and_a_description(part: RuleGraph) -> None:
    root = ET.fromstring(picture.svg(part))
    assert root.tag == f"{SVG}svg" and root.get("role") == "img"
    named = {each.get("id"): each.text for each in root.iter() if each.get("id")}
    title, about = (named[each] for each in (root.get("aria-labelledby") or "").split())
    assert title == part.policy.title
    assert about is not None and part.policy.name in about


def test_svg_says_all_that_the_policy_says_in_names_or_tooltips(part: RuleGraph) -> None:
    root = ET.fromstring(picture.svg(part))
    said = {each.text for each in root.iter(f"{SVG}title")}
    shown = collapse(part).graph
    terms = {each.term.ask or each.name for each in shown.nodes if each.kind is Kind.TERM if shown.users(each.id)}
    assert terms <= said
    rules = [each.rule.because or each.text for each in shown.nodes if each.kind is Kind.RULE]
    assert [rule for rule in rules if not any(str(each).startswith(rule) for each in said)] == []


def test_what_a_policy_says_stays_text() -> None:
    for written in (picture.svg(MADE), picture.html(MADE)):
        assert "&lt;img src=x onerror" in written
        assert "<img" not in written and "&lt;script&gt;alert(" in written
        assert written.count("<script>") == written.count("</script>") <= 1
        assert written.count("</style>") == 1


def test_characters_that_hide_or_break_a_file_reach_none() -> None:
    made = graph('rule a require label = "x\u202ey\u0007z\uffffw" because "one\u2028two\u0000"')
    for written in (picture.svg(made), picture.html(made)):
        assert not set(written) & set("\u202e\u0007\uffff\u2028\u0000")
    ET.fromstring(picture.svg(made))


class _Page(HTMLParser):
    """What a page would load, link to and name, and whether its tags close."""

    VOID = ("meta", "input", "link", "img", "br")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.links: set[str] = set()
        self.ids: list[str] = []
        self.ends: set[str] = set()
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag not in self.VOID:
            self.open.append(tag)
        self.loads += [
            f"{tag} {key}={value}" for key, value in attrs if key in ("src", "srcset", "action", "data", "poster")
        ]
        self.loads += [tag] if tag in ("link", "iframe", "object", "embed", "base", "img", "image", "use") else []
        self.links |= {str(said[key]) for key in ("href", "xlink:href") if key in said}
        self.ids += [str(said["id"])] if "id" in said else []
        self.ends |= {str(said[key]) for key in ("data-from", "data-to") if key in said}

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("write", [picture.svg, picture.html])
def test_a_picture_needs_no_other_file_and_no_network(write: object, part: RuleGraph) -> None:
    assert callable(write)
    text = write(part)
    page = _Page(text)
    assert page.loads == []
    assert all(each.startswith("#") and each[1:] in page.ids for each in page.links), page.links
    assert not re.search(r"@import|url\(|fetch\(|import\(|XMLHttp|https?:", text.replace(SVG[1:-1], ""))


def test_html_closes_what_it_opens_and_names_everything_once(part: RuleGraph) -> None:
    page = _Page(picture.html(part))
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))
    assert page.ends <= set(page.ids)


def test_html_holds_everything_without_its_script() -> None:
    bare = re.sub(r"<script>.*?</script>", "", picture.html(MADE), flags=re.S)
    for rule in ("asked", "a", "b", "c"):
        assert f'<section id="rule-{rule}">' in bare and f'href="#rule-{rule}"' in bare
    assert bare.count("<svg") == 4
    hidden = re.findall(r"<(\w+)[^>]* hidden", bare)
    assert hidden == ["label"], "only the filter, which does nothing without the script"


def test_html_tells_the_ladder_in_words_too() -> None:
    text = re.sub(r"<[^>]+>", " ", picture.html(MADE))
    for said in ("fallback 2", "notice &lt;= 90 days", "quick = notice &lt;= 3 days", "No rule reads"):
        assert said in text


def test_html_says_which_way_each_rule_moves_with_a_term() -> None:
    rows = dict(re.findall(r"<tr><td><code>([\w.]+)</code>.*?<td><ul>(.*?)</ul>", picture.html(MADE), re.S))
    # c asks for a higher grade itself, and applies the sooner the better a does with it.
    assert re.findall(r">([\w\[\]]+)</a> <span[^>]*>(.)<", rows["use"]) == [("b[each]", "▼")]
    assert re.findall(r">([\w\[\]]+)</a> <span[^>]*>(.)<", rows["grade"]) == [("a", "▲"), ("c", "◆")]
    assert re.findall(r">([\w\[\]]+)</a> <span[^>]*>(.)<", rows["sellers"]) == [("a", "◆")]


def test_a_picture_of_what_nothing_reads_says_so() -> None:
    part = restrict(MADE, term="holder")
    assert part is not None
    for written in (picture.svg(part), picture.html(part)):
        assert "Nothing in this policy reads it" in written


def test_the_same_graph_gives_the_same_bytes() -> None:
    assert picture.svg(graph(NASTY)) == picture.svg(graph(NASTY))
    assert picture.html(graph(NASTY)) == picture.html(graph(NASTY))


# ------------------------------------------------------------------------------------------------------------ layout


def test_no_box_covers_another(part: RuleGraph) -> None:
    for layout in layouts(part):
        for one, other in combinations(layout.boxes, 2):
            apart = one.x + one.width < other.x or other.x + other.width < one.x
            below = one.y + one.measured.height < other.y or other.y + other.measured.height < one.y
            assert apart or below, (one.measured.box.key, other.measured.box.key)


def test_every_box_lies_in_the_picture_and_is_as_wide_as_its_text(part: RuleGraph) -> None:
    for layout in layouts(part):
        for box in layout.boxes:
            assert box.x >= 0 and box.x + box.width <= layout.width + 0.01
            assert box.y > -0.01 and box.y + box.measured.height <= layout.height + 0.01
            assert box.width >= box.measured.width


def test_links_run_from_left_to_right_and_through_no_box(part: RuleGraph) -> None:
    for layout in layouts(part):
        places = {each.measured.box.key: each for each in layout.boxes}
        for route in layout.routes:
            xs = [x for start, end, _ in route.stretches for x in (start, end)]
            assert xs == sorted(xs)
            assert xs[0] == places[route.source].x + places[route.source].width
            assert xs[-1] == places[route.target].x
            for start, end, y in route.stretches[1:-1]:
                for box in layout.boxes:
                    is_beside = box.x + box.width <= start or end <= box.x
                    assert is_beside or not box.y < y < box.y + box.measured.height, (route, box.measured.box.key)


def test_links_meet_their_boxes(part: RuleGraph) -> None:
    for layout in layouts(part):
        places = {each.measured.box.key: each for each in layout.boxes}
        for route in layout.routes:
            for key, (_, _, y) in ((route.source, route.stretches[0]), (route.target, route.stretches[-1])):
                assert places[key].y < y < places[key].y + places[key].measured.height


def test_rungs_stand_in_one_column_in_the_order_of_the_ladder_and_the_rule_behind_them() -> None:
    (panel,) = (each for each in panels(collapse(MADE)) if each.name == "a")
    boxes = {each.measured.box.text: each for each in layout_of(panel).boxes if each.measured.box.order is not None}
    ladder = ["when", "unless", "prefer", "require", "fallback 1", "fallback 2"]
    assert sorted(ladder, key=lambda each: boxes[each].y) == ladder
    assert len({boxes[each].x for each in ladder}) == 1
    assert boxes["a"].x > boxes["when"].x


def test_terms_stand_at_the_left_of_a_rule(part: RuleGraph) -> None:
    for layout in layouts(part) if part.focus.rule is None and part.focus.term is None else []:
        for box in layout.boxes:
            assert box.x == 0 or box.measured.box.kind is not Kind.TERM


# ------------------------------------------------------------------------------------------------------------- boxes


def said(made: RuleGraph, name: str) -> dict[str, tuple[str, str]]:
    (panel,) = (each for each in panels(collapse(made)) if each.name == name)
    return {each.text.replace("\u00a0", " "): (each.kind.value, each.note) for each in panel.boxes}


def test_connectives_that_a_box_speaks_for_are_not_drawn() -> None:
    boxes = said(MADE, "a")
    assert boxes["require"] == ("rung", "all of 4")
    assert boxes["unless"] == ("rung", "any of 2")
    assert boxes["quick"] == ("definition", "definition, all of 2")
    assert boxes["fallback 1"] == ("rung", 'approved by <b>&"O\'Neil"</b>')
    assert boxes["resold = no"] == ("atom", "")
    assert boxes["covers excludes {prompts}"] == ("atom", "")
    assert [each for each, (kind, _) in boxes.items() if kind == "connective"] == ["and", "not", "or"]


def test_a_rule_that_is_asked_about_is_a_box_that_leads_to_its_own_panel() -> None:
    (panel,) = (each for each in panels(collapse(MADE)) if each.name == "c")
    links = {each.text: each.href for each in panel.boxes if each.href}
    assert links == {"a": "#rule-a", "b[each]": "#rule-b"}
    assert "notice" not in [each.text for each in panel.boxes]


def test_the_picture_of_one_rule_goes_all_the_way() -> None:
    part = restrict(MADE, rule="c")
    assert part is not None
    (panel,) = panels(collapse(part))
    assert {"notice", "use[each]", "rule a passes", "rule asked passes"} <= {each.text for each in panel.boxes}
    assert not [each for each in panel.boxes if each.href]


def test_rules_say_their_keys_and_their_severity() -> None:
    assert said(MADE, "b")["b[each]"] == ("rule", "major, for each of prompts, outputs")


def test_what_a_box_has_no_room_for_stands_in_its_tooltip() -> None:
    (panel,) = (each for each in panels(collapse(MADE)) if each.name == "a")
    (long,) = (each for each in panel.boxes if each.text.startswith("every"))
    assert wrapped(long.text, long.columns)[-1].endswith("…")
    assert f"<title>{marked(long.whole)}</title>" in picture.svg(MADE) and "where the cut is" in long.whole


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("notice", 10, ("notice",)),
        ("a or b or c", 6, ("a or b", "or c")),
        ("security_retention.carved_out", 20, ("security_retention.", "carved_out")),
        ("notice <=\u00a030\u00a0days", 10, ("notice", "<=\u00a030\u00a0days")),
        ("x" * 25, 10, ("x" * 10, "x" * 10, "x" * 5)),
        ("", 10, ("",)),
        ("契約書契約書", 6, ("契約書", "契約書")),
    ],
)
def test_wrapping(text: str, columns: int, lines: tuple[str, ...]) -> None:
    assert wrapped(text, columns) == lines


def test_a_text_that_is_too_long_ends_in_an_ellipsis() -> None:
    lines = wrapped("word " * 100, 12)
    assert len(lines) == MOST_LINES
    assert lines[-1].endswith("…") and all(width_of(each) <= 12 for each in lines)


# ------------------------------------------------------------------------------------------------------------ colours


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("paints", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_told_from_its_ground(paints: dict[str, object]) -> None:
    for name, paint in (LIGHT if paints is LIGHT else DARK).items():
        high, low = sorted((luminance(paint.ink), luminance(paint.fill)), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= 4.5, name


def test_light_and_dark_paint_the_same_things() -> None:
    assert list(LIGHT) == list(DARK)
