"""Contracts against a vocabulary: what each spelling states, and every mistake with its place and its hint."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from contracts_words import codes, shown, sound, text

from termwise.contracts.facts import Contract, Ranking
from termwise.core.policy import Assurance
from termwise.core.values import Exact, write_content


def stated(contract: Contract) -> dict[str, str]:
    return {name: write_content(fact.content) for each in contract.documents for name, fact in each.facts.items()}


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ("breach.notice: 72 hours", {"breach.notice": "72 hours"}),
        ("breach: {notice: 72 hours}", {"breach.notice": "72 hours"}),
        ("breach.notice: {between: [48 hours, 72 hours]}", {"breach.notice": "between 48 hours and 72 hours"}),
        ("breach.notice: {between: [72 hours, 3 days]}", {"breach.notice": "72 hours"}),
        ("breach.notice: {between: [1 month, 30 days]}", {"breach.notice": "between 1 month and 30 days"}),
        ("breach.notice: {at_most: 3 days, at_least: 1 day}", {"breach.notice": "between 1 day and 3 days"}),
        ("breach.notice: {at_most: 72 hours, wording: soon}", {"breach.notice": "at most 72 hours"}),
        ("breach.notice: {vague: promptly}", {"breach.notice": '"promptly"'}),
        ("breach.notice: {see: Security annex, at: '3'}", {"breach.notice": 'see "Security annex"'}),
        ("training.use[prompts]: opt_in", {"training.use[prompts]": "opt_in"}),
        ("training.use.prompts: opt_in", {"training.use[prompts]": "opt_in"}),
        ("training: {use: {prompts: opt_in}}", {"training.use[prompts]": "opt_in"}),
        ("training: {'use[prompts]': opt_in}", {"training.use[prompts]": "opt_in"}),
        ("training.use: {value: opt_in}", {"training.use[value]": "opt_in"}),
        ("training.use: {value: {value: opt_in, at: '1'}}", {"training.use[value]": "opt_in"}),
        (
            "training.use: {value: permitted, at: '1'}",
            {f"training.use[{key}]": "permitted" for key in ("prompts", "outputs", "value")},
        ),
        (
            "{deletion.deadline: 30 days, 'deletion.deadline[request]': 3 days}",
            {"deletion.deadline[request]": "3 days", "deletion.deadline[termination]": "30 days"},
        ),
        ("deletion.certified: none", {"deletion.certified": "none"}),
        ("tuning.isolation: none", {"tuning.isolation": "none"}),
        ("deletion.covers: none", {"deletion.covers": "{}"}),
        ("deletion.covers: []", {"deletion.covers": "{}"}),
        ("deletion.covers: prompts", {"deletion.covers": "{prompts}"}),
        ("residency.isolations: none", {"residency.isolations": "{none}"}),
        ("residency.regions: NO", {"residency.regions": "{NO}"}),
        ("residency.names: [SOC 2, no, 010]", {"residency.names": "{010, SOC 2, no}"}),
        ("deletion.covers: {at_least: [prompts]}", {"deletion.covers": "at least {prompts}"}),
        (
            "deletion.covers: {between: [prompts, [prompts, outputs]]}",
            {"deletion.covers": "between {prompts} and {prompts, outputs}"},
        ),
        ("training.use[prompts]: {at_most: opt_in}", {"training.use[prompts]": "at most opt_in"}),
        ("suppliers.list: none", {"suppliers.list": "[]"}),
        ("suppliers.list: {at_least: [{name: A}]}", {"suppliers.list": "at least [{name: A}]"}),
        (
            "suppliers.list: [{name: A, notice: {at_least: 10 days}, regions: us}, {use: {vague: may}}]",
            {"suppliers.list": '[{name: A, notice: at least 10 days, regions: {us}}, {use: "may"}]'},
        ),
        ("liability.cap: USD 1,000", {"liability.cap": "USD 1,000"}),
        ("liability.deposit: 3 months of fees", {"liability.deposit": "3 months of fees"}),
        ("audit.score: 0.30", {"audit.score": "0.3"}),
        ("{}", {}),
    ],
)
def test_what_a_spelling_states(tmp_path: Path, terms: str, expected: dict[str, str]) -> None:
    assert stated(sound(text(tmp_path, f"terms:\n  {terms}\n"))) == expected


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ("breach.notise: 1 day", "2:3 TW101 the vocabulary `words` has no term `breach.notise` | did you mean"),
        ("{breach: {notise: 1 day}}", "2:13 TW101 the vocabulary `words` has no term `breach.notise` | did you mean"),
        ("breach: 1 day", "2:11 TW101 `breach` is no term but a group of them | it has `breach.notice`"),
        ("breach.notice[request]: 1 day", "2:3 TW210 `breach.notice` has no keys | write `breach.notice`"),
        ("training.use[prompt]: opt_in", "2:3 TW110 `prompt` is no symbol of `kind` | did you mean `prompts`?"),
        ("training.use: {prompt: opt_in}", "2:18 TW110 `prompt` is no symbol of `kind` | did you mean `prompts`?"),
        ("training.use: optin", "2:17 TW110 `optin` is no symbol of `use` | did you mean `opt_in`?"),
        ("breach.notice: 30", "2:18 TW202 `30` has no unit; a duration needs one | write `30 days`"),
        ("breach.notice: quarterly", "2:18 TW203 `quarterly` is a rate; a duration is expected"),
        ("breach.notice: 3 dayz", "2:18 TW204 `dayz` is no unit | did you mean `days`?"),
        ("breach.notice: -3 days", "2:18 TW208 `-3 days` is negative"),
        ("breach.notice: none", "2:18 TW209 `none` does not say whether"),
        ("breach.notice: [1 day]", "2:18 TW505 a list stands where a `duration` is expected"),
        ("breach.notice: {at: '1'}", "2:18 TW505 the mapping says where something stands, but not what"),
        ("breach.notice: {value: 1 day, see: X}", "2:18 TW505 `value` and `see` do not go together"),
        (
            "breach.notice: {value: 1 day, vague: X}",
            "2:18 TW505 `value` and `vague` do not go together; a fact has one",
        ),
        ("breach.notice: {vague: X, wording: Y}", "2:18 TW505 `wording` goes with a value, not with `vague`"),
        ("breach.notice: {value: 1 day, qoute: X}", "2:33 TW503 `qoute` is no key of a fact | did you mean `quote`?"),
        ("breach.notice: {between: [1 day]}", "2:28 TW505 a list stands where a list of two"),
        ("breach.notice: {between: [2 months, 30 days]}", "2:19 TW512 no value is at least `2 months`"),
        ("training.use: {at_least: opt_in, at_most: prohibited}", "2:18 TW512 no value is at least `opt_in`"),
        ("liability.deposit: {between: [USD 1, EUR 2]}", "2:23 TW512 the bounds `USD 1` and `EUR 2` are in two"),
        ("fees.annual: 12 months of fees", "2:16 TW203 `12 months of fees` is a number of months of fees; an amount"),
        ("training.off: {at_most: yes}", "2:18 TW206 `at_most` needs an order, and `boolean` has none"),
        ("output.owner: {at_least: customer}", "2:18 TW206 `at_least` needs an order, and `owner` has none"),
        ("suppliers.list: {at_most: [{name: A}]}", "2:20 TW206 `at_most` needs an order"),
        ("suppliers.list: {name: A}", "2:19 TW505 a mapping stands where a list of `supplier` is expected | put"),
        ("suppliers.list: [{nmae: A}]", "2:21 TW109 a `supplier` has no field `nmae` | did you mean `name`?"),
        ("suppliers.list: [A]", "2:20 TW505 `A` stands where a `supplier` with `name`, `regions`"),
        ("deletion.covers: {prompts, outputs}", "2:20 TW505 a mapping stands where a list of `kind`, or `none`, is"),
        ("deletion.covers: [prompts, ~]", "2:30 TW504 `a value` is null"),
        (
            "deletion.covers: prompts, outputs",
            "2:20 TW110 `prompts, outputs` is no symbol of `kind` | a set is written `[",
        ),
        ("<<: {breach.notice: 1 day}", "2:3 TW101 the vocabulary `words` has no term `<<` | what YAML merges is not"),
        ("breach.notice: {valeu: 1 day}", "2:19 TW503 `valeu` is no key of a fact | did you mean `value`?"),
        ("breach.notice: {vauge: soon}", "2:19 TW503 `vauge` is no key of a fact | did you mean `vague`?"),
        (
            "breach.notice: {atmost: 1 day, quote: x}",
            "2:19 TW503 `atmost` is no key of a fact | did you mean `at_most`?",
        ),
        ("training.use: {vlaue: opt_in}", "2:18 TW110 `vlaue` is no symbol of `kind` | did you mean `value`?"),
        ("breach.notice: {between: {low: 1 day}}", "2:28 TW505 a mapping stands where a list of two, the lowest and"),
        (
            "breach.notice: ~",
            "2:18 TW504 `breach.notice` is null, which says nothing | leave it out if the contract is "
            "silent; write `0 days` if nothing is meant",
        ),
        (
            "training.off: ~",
            "2:17 TW504 `training.off` is null, which says nothing | leave it out if the contract is "
            "silent; write `no` if it says no",
        ),
        (
            "tuning.isolation: ~",
            "2:21 TW504 `tuning.isolation` is null, which says nothing | leave it out if the contract "
            "is silent; write `none`",
        ),
        ("audit.count: ~", "2:16 TW504 `audit.count` is null, which says nothing | leave it out"),
        ("audit.until: 2026-02-30", "2:16 TW207 the calendar has no `2026-02-30`"),
        ("data.hosted: yes", "2:3 TW511 `data.hosted` is a fact of the customer's own, not of a document | move it"),
        ("{breach.notice: 1 day, breach: {notice: 2 days}}", "2:35 TW502 `breach.notice` is given twice"),
        ("{breach.notice: 1 day, breach.notice: 2 days}", "2:26 TW502 `breach.notice` is given twice"),
    ],
)
def test_what_no_term_can_state(tmp_path: Path, terms: str, expected: str) -> None:
    contract, problems = text(tmp_path, f"terms:\n  {terms}\n")
    assert contract is None
    assert len(shown(problems)) == 1
    assert shown(problems)[0].startswith(expected), shown(problems)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("[1]", ["1:1 TW505 a list stands where a contract"]),
        ("term: {}", ["1:1 TW503 `term` is no key of a contract | did you mean `terms`?", "1:1 TW510"]),
        ("breach.notice: 1 day\nterms: {}", ["1:1 TW503 `breach.notice` is no key of a contract | terms stand under"]),
        ("terms:\n", ["1:7 TW504 `terms` is null"]),
        ("terms: 1", ["1:8 TW505 `1` stands where the mapping of `terms` is expected"]),
        ("documents: {id: a}", ["1:12 TW505 a mapping stands where a list of documents is expected"]),
        ("documents: [a]", ["1:13 TW505 `a` stands where a document"]),
        ("documents: [{assurance: agreed}]", ["1:13 TW505 document 1 needs a key `id`"]),
        ("documents: [{id: a, assurance: gold}]", ["1:32 TW111 `gold` is no assurance | one of `claimed`"]),
        ("documents: [{id: a, assurance: agred}]", ["1:32 TW111 `agred` is no assurance | did you mean `agreed`?"]),
        ("assurance: signed\ndocuments: [{id: a}, {id: a}]", ["2:27 TW509 a second document has the id `a`"]),
        ("{contract: a, assurance: signed, terms: {}, documents: [{id: a}]}", ["1:34 TW509"]),
        ("{assurance: agreed, documents: [{id: a, effective: 2026-02-30}]}", ["1:52 TW207"]),
        (
            "{assurance: agreed, documents: [{id: a, effective: 2026-01-02, expires: 2026-01-01}]}",
            ["1:73 TW512 a document effective from 2026-01-02 cannot have expired on 2026-01-01"],
        ),
        ("{assurance: agreed, documents: [{id: a, sha256: abc}]}", ["1:49 TW211 `abc` is no SHA-256 digest"]),
        ("{vocabulary: other, terms: {}}", ["1:14 TW507 the contract speaks `other`; the policy uses"]),
        ("{vendor: [A], terms: {}}", ["1:10 TW505 a list stands where the text of `vendor` is expected"]),
        ("{context: {breach.notice: 1 day}, terms: {}}", ["1:12 TW511 `breach.notice` is what a contract states"]),
        (
            "{precedence: stricter, terms: {}}",
            ["1:14 TW506 no document has the id `stricter` | did you mean `strictest`?"],
        ),
        ("{precedence: [none], terms: {}}", ["1:15 TW506 no document has the id `none` | as an order it stands alone"]),
        ("{precedence: [dpa], contract: a, terms: {}}", ["1:15 TW506 no document has the id `dpa`"]),
        ("{precedence: [a, a], contract: a, terms: {}}", ["1:18 TW505 `a` stands twice"]),
        ("{precedence: strict, contract: a, terms: {}}", ["1:14 TW506 no document has the id `strict`"]),
        ("{precedence: {training: none}, terms: {}}", ["1:15 TW101 `training` is no topic; a term, a group"]),
        ("{precedence: {training.x: none}, terms: {}}", ["1:15 TW101 `training.x` is no topic"]),
        ("{precedence: {'training.use[x]': none}, terms: {}}", ["1:15 TW110 `x` is no symbol of `kind`"]),
        ("{precedence: {data.hosted: none}, terms: {}}", ["1:15 TW511 `data.hosted` is context"]),
        ("{precedence: {'*': {a: none}}, terms: {}}", ["1:20 TW505 a mapping stands where a list of documents"]),
    ],
)
def test_what_no_contract_can_be(tmp_path: Path, content: str, expected: list[str]) -> None:
    contract, problems = text(tmp_path, content)
    assert contract is None
    found = shown(problems)
    assert len(found) == len(expected), found
    assert all(line.startswith(start) for line, start in zip(found, expected, strict=True)), found


def test_every_problem_of_a_file_in_one_run(tmp_path: Path) -> None:
    content = "terms:\n  breach.notise: 1 day\n  audit.count: many\n  audit.share: 5\nvendr: A\n"
    assert codes(text(tmp_path, content)[1]) == ["TW101", "TW211", "TW202", "TW503"]


def test_bare_terms_are_a_document_of_their_own(tmp_path: Path) -> None:
    (document,) = sound(text(tmp_path, "terms: {breach.notice: 1 day}", "acme-2026.yaml")).documents
    assert (document.id, document.title, document.assurance) == ("acme-2026", "terms", Assurance.SIGNED)
    contract = sound(text(tmp_path, "{contract: 7, assurance: claimed, terms: {breach.notice: 1 day}}"))
    assert contract.id == contract.documents[0].id == "7"
    assert contract.documents[0].facts["breach.notice"].assurance is Assurance.CLAIMED


def test_bare_terms_rank_below_documents_unless_an_order_names_them(tmp_path: Path) -> None:
    ends = "contract: c, assurance: signed, terms: {}, documents: [{id: a}, {id: b}, {id: d}]}"
    orders = {
        "": (("a",), ("b",), ("d",), ("c",)),
        "precedence: [b], ": (("b",), ("a",), ("d",), ("c",)),
        "precedence: b, ": (("b",), ("a",), ("d",), ("c",)),
        "precedence: [b, [d, c]], ": (("b",), ("d", "c"), ("a",)),
        "precedence: none, ": Ranking.NONE,
        "precedence: strictest, ": Ranking.STRICTEST,
    }
    for said, order in orders.items():
        assert sound(text(tmp_path, "{" + said + ends)).precedence.default == order


def test_bare_terms_are_the_paper_itself_only_where_there_is_no_other(tmp_path: Path) -> None:
    """Beside documents nobody said what they are worth, so they are worth as little as they can be."""
    for content, worth, found in (
        ("terms: {}", Assurance.SIGNED, []),
        ("{terms: {}, documents: []}", Assurance.SIGNED, []),
        ("{assurance: agreed, terms: {}}", Assurance.AGREED, []),
        ("{terms: {}, documents: [{id: a, assurance: signed}]}", Assurance.CLAIMED, ["TW513"]),
        ("{assurance: agreed, terms: {}, documents: [{id: a, assurance: signed}]}", Assurance.AGREED, []),
    ):
        read = text(tmp_path, content)
        assert sound(read).documents[-1].assurance is worth
        assert codes(read[1]) == found


def test_topics_may_be_nested_like_terms(tmp_path: Path) -> None:
    for said in ("{training.use: none, 'training.*': [a]}", "{training: {use: none, '*': [a]}}"):
        contract = sound(text(tmp_path, f"assurance: agreed\ndocuments: [{{id: a}}]\nprecedence: {said}"))
        assert contract.precedence.topics == {"training.use": Ranking.NONE, "training.*": (("a",),)}


def test_a_document_says_everything_about_itself(tmp_path: Path) -> None:
    digest = "AB" * 32
    contract = sound(
        text(
            tmp_path,
            "retrieved: 2026-01-01\nvendor: A\nnotes: n\ndocuments:\n"
            "  - {id: 1.10, title: T, assurance: documented, version: 2.0,"
            " effective: 2026-01-01, expires: 2026-12-31,"
            f" url: 'https://example.org', sha256: {digest}, retrieved: 2026-02-01,"
            " source: s, notes: n, terms: {}}\n",
        )
    )
    (document,) = contract.documents
    assert (contract.vendor, contract.retrieved) == ("A", date(2026, 1, 1))
    assert (document.id, document.title, document.version, document.url) == ("1.10", "T", "2.0", "https://example.org")
    assert (document.effective, document.expires) == (date(2026, 1, 1), date(2026, 12, 31))
    assert (document.sha256, document.retrieved) == (digest.lower(), date(2026, 2, 1))


def test_a_document_without_assurance_takes_the_file_s_or_is_warned_of(tmp_path: Path) -> None:
    contract, problems = text(tmp_path, "documents: [{id: a}]")
    assert contract is not None
    assert contract.documents[0].assurance is Assurance.CLAIMED
    assert shown(problems)[0].startswith("1:18 TW513 `a` does not say what it is worth")
    contract, problems = text(tmp_path, "{assurance: agreed, documents: [{id: a}]}")
    assert contract is not None
    assert contract.documents[0].assurance is Assurance.AGREED
    assert not problems.all


@pytest.mark.parametrize("to", ["annex", "ANNEX", "Security  Annex", "security annex"])
def test_a_reference_to_what_is_supplied_states_nothing(tmp_path: Path, to: str) -> None:
    contract = sound(
        text(
            tmp_path,
            f"""
assurance: signed
documents:
  - {{id: dpa, terms: {{breach.notice: {{see: {to}}}, deletion.deadline: 3 days,
      'deletion.deadline[request]': {{see: {to}}}, suppliers.list: [{{name: A, notice: {{see: {to}}}}}]}}}}
  - {{id: annex, title: Security Annex}}
""",
        )
    )
    assert stated(contract) == {"deletion.deadline[termination]": "3 days", "suppliers.list": "[{name: A}]"}


def test_context_is_the_customer_s_own(tmp_path: Path) -> None:
    content = "context: {data: {hosted: {value: no, note: asked}}, data.classes: none}\nterms: {}"
    contract = sound(text(tmp_path, content))
    assert {name: fact.content for name, fact in contract.context.items()} == {
        "data.classes": Exact(frozenset()),
        "data.hosted": Exact(False),
    }
    fact = contract.context["data.hosted"]
    assert (fact.assurance, fact.document, fact.note) == (Assurance.SIGNED, "context", "asked")
