"""The facts behind a result: where each stands, what it is worth, and what it displaced."""

from __future__ import annotations

from report_words import judged, result

from termwise.report.evidence import Evidence
from termwise.report.explain import facts_of

CONTRACT = """\
contract: acme
vendor: Acme
context:
  data.personal: yes
documents:
  - id: dpa
    title: Data processing agreement
    assurance: signed
    terms:
      audit.notice: {vague: reasonable notice, at: "4.2", quote: "upon reasonable notice"}
      deletion.deadline:
        request: {value: 3 days, wording: promptly, note: from the side letter}
  - id: terms
    title: Online terms
    assurance: agreed
    terms:
      audit.notice: 30 days
      deletion.deadline: {value: 90 days, at: "12.1", quote: "within ninety days"}
"""


def places(found: tuple[Evidence, ...]) -> list[tuple[str, str, str, int | None, int | None]]:
    """Return what a reader looks up: the term, what is said, the document, and the line and column of the file."""
    return [(each.term, each.value, each.document, each.line, each.column) for each in found]


def test_facts_stand_in_the_order_of_reading_with_their_places() -> None:
    policy = (
        "rule r when data.personal require deletion.deadline <= 30 days require audit.notice <= 1 day and carve.out"
    )
    judgement = judged(policy, CONTRACT)
    assert places(facts_of(result(judgement), judgement)) == [
        ("data.personal", "yes", "context", 4, 3),
        ("deletion.deadline[request]", "3 days", "dpa", 12, 9),
        ("deletion.deadline[termination]", "90 days", "terms", 18, 7),
        ("audit.notice", '"reasonable notice"', "dpa", 10, 7),
    ]


def test_a_fact_keeps_everything_the_file_says_of_it() -> None:
    judgement = judged("rule r require deletion.deadline[request] <= 30 days and audit.notice <= 1 day", CONTRACT)
    deadline, notice = facts_of(result(judgement), judgement)
    assert (deadline.value, deadline.wording, deadline.note) == ("3 days", "promptly", "from the side letter")
    assert (notice.title, notice.at, notice.quote) == ("Data processing agreement", "4.2", "upon reasonable notice")
    assert (notice.assurance.value, notice.path, notice.is_context) == ("signed", "acme.yaml", False)


def test_what_a_higher_document_displaced_is_kept() -> None:
    judgement = judged("rule r require deletion.deadline[request] <= 30 days and audit.notice <= 1 day", CONTRACT)
    deadline, notice = facts_of(result(judgement), judgement)
    assert places(notice.displaced) == [("audit.notice", "30 days", "terms", 17, 7)]
    assert [(each.value, each.at, each.quote, each.assurance.value) for each in deadline.displaced] == [
        ("90 days", "12.1", "within ninety days", "agreed")
    ]


def test_every_version_of_a_disputed_term_is_a_fact() -> None:
    judgement = judged("rule r require audit.notice <= 1 day", f"precedence: none\n{CONTRACT}")
    found = facts_of(result(judgement), judgement)
    assert [(each.document, each.value, each.is_disputed) for each in found] == [
        ("dpa", '"reasonable notice"', True),
        ("terms", "30 days", True),
    ]


def test_context_is_the_customers_own() -> None:
    judgement = judged("rule r when data.personal require carve.out", CONTRACT)
    (fact,) = facts_of(result(judgement), judgement)
    assert fact.is_context
    assert (fact.document, fact.title, fact.assurance.value) == ("context", "context", "signed")


def test_silence_has_no_facts() -> None:
    judgement = judged("rule r require carve.out", CONTRACT)
    assert facts_of(result(judgement), judgement) == ()
