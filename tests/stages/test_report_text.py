"""The report a person reads: a list for one contract, a table for several, the reasons, and what must never get in."""

from __future__ import annotations

import re

import pytest
from report_scenes import ACME, BOLT, CLEAR, POLICY
from report_words import judged, judged_data, policy_of, signed

from termwise.core.policy import Severity
from termwise.diagnostics import problem
from termwise.evaluate.judgement import Judgement
from termwise.report.printable import width_of
from termwise.report.symbols import in_ascii
from termwise.report.text import check_text
from termwise.source import Span

SEVERAL = (("acme", ACME), ("bolt", BOLT), ("clear", CLEAR))
ESCAPE = re.compile(r"\x1b\[[\d;]*m")


def scene(*contracts: tuple[str, str]) -> list[Judgement]:
    policy = policy_of(POLICY)
    return [judged(policy, text, path=f"contracts/{name}.yaml") for name, text in contracts]


ONE = """\
guard 2: Data guard
judged as of 2026-11-24; a promise counts if it is signed

────────────────────────────────────────────────────────────────────────────────
acme (Acme Cloud)
contracts/acme.yaml
dpa: "Data processing agreement", signed
site: "Trust centre", documented
✗ fail       2 breached, 1 unsecured, 1 undecided, 1 waived, 1 conceded, 1
             preferred, 1 n/a; 1 rule below minor not counted

DEALBREAKER
  ✗ breached   training
      training.use[prompts] is opt_in; prohibited is needed
        site (documented, line 21)
  ✎ conceded   deletion[request]
      deletion.deadline[request] is 60 days; the limit is 30 days, 90 with a
      fallback; the fallback holds and needs the approval of "Privacy Officer"
        dpa, 4.2 (signed, line 10): "within sixty days of a request"
          displaces 30 days in site, FAQ (documented, line 20): "we delete
            within 30 days"
  ✦ preferred  deletion[termination]
      as preferred: deletion.deadline[termination] is 5 days; the limit is 7
      days
        dpa (signed, line 11)
          displaces 30 days in site, FAQ (documented, line 20): "we delete
            within 30 days"

MAJOR
  ? undecided  audits
      audit.notice is vague ("reasonable notice"); audit.rate is silent
        dpa, 7 (signed, line 14): "upon reasonable notice"
  ⚑ waived     residency
      waived until 2026-12-31 with the approval of "General Counsel", because
      "Pilot in Tokyo."; it would be breached: residency.regions is {us, apac};
      apac is not in {us, eu}
        dpa (signed, line 15)

MINOR
  ✗ breached   flow_down
      subprocessors.list[1].notice ("Bolt Mail") is 10 days; at least 30 days is
      needed
        site (documented, line 23)
  ◒ unsecured  isolated
      would be met: isolation is same, but only as site says it (documented);
      signed is needed
        site (documented, line 22): "strict tenant isolation"

ADVICE
  - n/a        health
      does not apply: hosted is no (when hosted)
        context (your own, line 3)

CLAUSES TO ASK FOR
  data_deletion, "Deletion": deletion[request]

APPROVALS NEEDED
  Privacy Officer: deletion[request]

Decision: ✗ fail (1 contract; rules from minor up count)
"""

TABLE = """\
guard 2: Data guard
judged as of 2026-11-24; a promise counts if it is signed

                         acme         bolt-2026    clear
──────────────────────────────────────────────────────────────
dealbreaker
  deletion[request]      ✎ conceded   ✓ met        ✗ breached
  deletion[termination]  ✦ preferred  ✓ met        ✗ breached
  training               ✗ breached   ✓ met        ✗ breached
major
  audits                 ? undecided  ✓ met        ? undecided
  residency              ⚑ waived     - n/a        ? undecided
minor
  flow_down              ✗ breached   ✓ met        ? undecided
  isolated               ◒ unsecured  ✓ met        ? undecided
advice
  health                 - n/a        ? undecided  - n/a
decision                 ✗ fail       ✓ pass       ✗ fail

✗ breached   every rung of the rule is ruled out
◒ unsecured  it would hold, but nobody can be held to what it rests on
? undecided  the documents do not say enough
⚑ waived     it fails, with leave until a date
✎ conceded   a fallback holds, and may need an approval
✓ met        what is required holds
✦ preferred  what is preferred holds too
- n/a        the rule does not apply

"""

OTHERS = """\
────────────────────────────────────────────────────────────────────────────────
bolt-2026 (Bolt)
contracts/bolt.yaml
order: "Order form", signed
✓ pass       1 undecided, 6 met, 1 n/a; 1 rule below minor not counted

  ? undecided, because the documents are silent:
      advice       health

────────────────────────────────────────────────────────────────────────────────
clear
contracts/clear.yaml
clear: "terms", signed
✗ fail       3 breached, 4 undecided, 1 n/a; 1 rule below minor not counted

  ✗ breached   deletion[request]  dealbreaker
      deletion.deadline[request] is 120 days; the limit is 30 days, 90 with a
      fallback
        clear (signed, line 4)
  ✗ breached   deletion[termination]  dealbreaker
      deletion.deadline[termination] is 120 days; the limit is 30 days, 90 with
      a fallback
        clear (signed, line 4)
  ✗ breached   training  dealbreaker
      training.use[prompts] is silent, which is presumed to mean permitted;
      prohibited is needed

  ? undecided, because the documents are silent:
      major        audits, residency
      minor        flow_down, isolated

Decision: ✗ fail (3 contracts: 2 fail and 1 pass; rules from minor up count)
"""


def test_one_contract_is_a_list_by_severity_worst_first() -> None:
    assert check_text(scene(("acme", ACME)), width=80) == ONE


def test_several_contracts_are_a_table_with_the_reasons_below() -> None:
    text = check_text(scene(*SEVERAL), width=80)
    assert text.startswith(TABLE)
    assert text.endswith(OTHERS)


def test_columns_that_do_not_fit_are_dealt_out_evenly() -> None:
    contracts = [(f"vendor-{number}", CLEAR.replace("clear", f"vendor-{number}")) for number in range(1, 7)]
    judgements = scene(*contracts)
    headings = {
        width: [
            line.split()
            for line in check_text(judgements, width=width).split("\n\n────")[0].split("\n")
            if "vendor-" in line
        ]
        for width in (110, 100, 80, 60)
    }
    assert headings[110] == [["vendor-1", "vendor-2", "vendor-3", "vendor-4", "vendor-5", "vendor-6"]]
    assert [len(each) for each in headings[100]] == [3, 3]
    assert [len(each) for each in headings[80]] == [3, 3]
    assert [len(each) for each in headings[60]] == [2, 2, 2]


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 160])
def test_nothing_reaches_beyond_the_width(width: int) -> None:
    for judgements in (
        scene(*SEVERAL),
        scene(("acme", ACME)),
        [judged(LONG, signed("carve.out: no"), path=f"{'x' * 90}.yaml")],
    ):
        lines = check_text(judgements, width=width).split("\n")
        assert max(map(width_of, lines)) <= width


LONG = f"""
rule {"a_very_long_name_" * 7}x: dealbreaker require carve.out
"""


def test_two_policies_have_a_table_each_and_say_which_one_speaks() -> None:
    first = policy_of("rule r require carve.out", name="first")
    second = policy_of("rule r: major require audit.lineage", name="second")
    texts = [signed("carve.out: no"), signed("audit.lineage: no").replace("acme", "bolt")]
    text = check_text([judged(policy, each) for each in texts for policy in (first, second)], width=60)
    assert text.startswith(TWO_POLICIES)
    assert "  ✗ breached   r  minor, first\n      carve.out is no; yes is needed\n" in text
    assert "  ? undecided by second, because the documents are silent:\n      major        r\n" in text


TWO_POLICIES = """\
first
second
judged as of 2026-11-24; a promise counts if it is signed

first

                  acme         bolt
──────────────────────────────────────────
minor
  r               ✗ breached   ? undecided
decision          ✗ fail       ? undecided

second

                  acme         bolt
──────────────────────────────────────────
major
  r               ? undecided  ✗ breached
decision          ? undecided  ✗ fail
"""


def test_colour_adds_nothing_but_colour() -> None:
    for judgements in (scene(*SEVERAL), scene(("acme", ACME))):
        coloured = check_text(judgements, width=80, colour=True)
        assert "\x1b[1;31m✗ breached\x1b[0m" in coloured
        assert ESCAPE.sub("", coloured) == check_text(judgements, width=80)
    assert "\x1b" not in check_text(scene(*SEVERAL), width=80)


def test_the_threshold_is_said() -> None:
    judgements = scene(("bolt", BOLT))
    assert check_text(judgements).endswith("\nDecision: ✓ pass (1 contract; rules from minor up count)\n")
    assert check_text(judgements, fail_on=Severity.ADVICE).endswith(
        "\nDecision: ? undecided (1 contract; rules of every severity count)\n"
    )


def test_contracts_that_could_not_be_judged_are_counted_and_never_a_pass() -> None:
    broken = problem("TW501", Span("bad.yaml", 1, 1, 1, 2), "this is no YAML")
    assert check_text(scene(("bolt", BOLT)), width=100, errors=[broken]).endswith(
        "\nDecision: ? undecided (1 contract; 1 problem with what was given; rules from minor up count)\n"
    )


def test_notices_are_told_before_the_decision() -> None:
    contract = "documents:\n  - {id: dpa, assurance: signed, expires: 2026-01-01, terms: {carve.out: yes}}\n"
    text = check_text([judged("rule r require carve.out", contract)], width=80)
    assert "\nNotices\n  note TW514, acme.yaml:2: `dpa` is not in force on 2026-11-24" in text


HOSTILE = {
    "contract": "evil\x1b[2J\u202ereversed",
    "vendor": "A\r\nB\tC",
    "documents": [
        {
            "id": "x\u2028y",
            "title": "t\x07\x9b31m",
            "assurance": "signed",
            "terms": {
                "audit.notice": {
                    "vague": "soon\n\n  ✗ breached   fake\x1b]0;title\x07",
                    "at": "1\n2",
                    "quote": "a\u200bb\u2066c\nd",
                },
                "standard": "NIST\x00 \x85 SP",
            },
        }
    ],
}


@pytest.mark.parametrize("count", [1, 2])
def test_text_of_a_contract_can_neither_break_the_lines_nor_drive_the_terminal(count: int) -> None:
    policy = policy_of('rule r require audit.notice <= 1 day rule s require standard includes "800"')
    text = check_text([judged_data(policy, HOSTILE) for _ in range(count)], width=80)
    assert [each for each in text if not each.isprintable() and each != "\n"] == []
    assert not any(line.lstrip().startswith("✗ breached   fake") for line in text.split("\n"))
    assert "evil [2Jreversed (A B C)\n" in text
    assert '      audit.notice is vague ("soon ✗ breached fake ]0;title")\n' in text
    assert "        x y, 1 2 (signed, line " in text
    assert '): "abc d"\n' in text


def test_wide_characters_take_two_columns() -> None:
    name = "契約書二〇二六年版"
    policy = policy_of("rule r require carve.out")
    judgements = [judged(policy, signed("carve.out: no").replace("acme", each)) for each in (name, "é́tude", "c")]
    table = check_text(judgements, width=80).split("\n\n")[1]
    assert table == WIDE


WIDE = """\
                  契約書二〇
                  二六年版     é́tude        c
───────────────────────────────────────────────────────
minor
  r               ✗ breached   ✗ breached   ✗ breached
decision          ✗ fail       ✗ fail       ✗ fail"""


def test_every_symbol_has_one_in_ascii_of_the_same_width() -> None:
    text = check_text(scene(*SEVERAL), width=80)
    plain = in_ascii(text)
    assert plain.isascii()
    assert [len(line) for line in plain.split("\n")] == [width_of(line) for line in text.split("\n")]
    assert "  x breached   training  dealbreaker\n" in plain


def test_what_a_bare_value_says_of_every_key_is_shown_once() -> None:
    policy = policy_of("rule r\n  require deletion.deadline <= 30 days\n")
    whole, apart = (
        check_text([judged(policy, signed(f"deletion.deadline: {said}"))])
        for said in ("{value: 90 days, quote: ninety}", "\n  request: 90 days\n  termination: 90 days")
    )
    assert whole.count('"ninety"') == 1
    assert [apart.count(f"acme (signed, line {line})") for line in (4, 5)] == [1, 1]


def test_nothing_judged_is_said_to_be_nothing() -> None:
    assert check_text([]) == "Decision: ✓ pass (0 contracts; rules from minor up count)\n"
