"""Every code once. A code is never reused, its page is `pages/<code>.md`, and its examples run in the tests.

The hundreds are the stage: 0 text and command line, 1 names, 2 types and units, 3 composition, 4 the rule graph, 5
contracts, 6 proofs, 7 advice.
"""

from __future__ import annotations

from termwise.frozen import frozen


@frozen
class Entry:
    """One code: its readable name, its level, and its title as the page prints it."""

    code: str
    slug: str
    level: str
    title: str


CATALOGUE = (
    Entry("TW001", "unreadable-file", "error", "a file cannot be read"),
    Entry("TW002", "not-utf8", "error", "a file is not UTF-8 text"),
    Entry("TW003", "binary-file", "error", "a file is not text at all"),
    Entry("TW004", "empty-file", "error", "a file has nothing in it"),
    Entry("TW005", "too-large", "error", "a file is larger than Termwise reads"),
    Entry("TW006", "too-deep", "error", "brackets or conditions are nested too deep"),
    Entry("TW007", "usage", "error", "a command line cannot be followed"),
    Entry("TW008", "unwritable-result", "error", "a result cannot be written"),
    Entry("TW009", "settings", "error", "a settings file cannot be followed"),
    Entry("TW010", "syntax", "error", "a statement cannot be read"),
    Entry("TW011", "stray-character", "error", "a character has no meaning in the language"),
    Entry("TW012", "unclosed-text", "error", "a quoted text is not closed"),
    Entry("TW013", "misplaced-statement", "error", "a statement stands where it does not belong"),
    Entry("TW014", "missing-part", "error", "a declaration lacks a part it needs"),
    Entry("TW015", "repeated-part", "error", "a part is said twice"),
    Entry("TW016", "header", "error", "a file needs exactly one header"),
    Entry("TW017", "unusable-baseline", "error", "a baseline cannot be used"),
    Entry("TW018", "outdated-baseline", "note", "a baseline knows a problem that is gone"),
    Entry("TW019", "ambiguous-number", "error", "a comma in a set can separate thousands or members"),
    Entry("TW020", "empty-text", "error", "a text that has to say something says nothing"),
    Entry("TW021", "more-problems", "note", "a file has more problems than are shown"),
    Entry("TW022", "malformed-placeholder", "error", "a brace in a clause is no placeholder"),
    Entry("TW101", "unknown-term", "error", "the vocabulary has no such term"),
    Entry("TW102", "unknown-name", "error", "a name means nothing here"),
    Entry("TW103", "unknown-rule", "error", "no rule has this name"),
    Entry("TW104", "unknown-type", "error", "no type has this name"),
    Entry("TW105", "unknown-policy", "error", "no policy has this name"),
    Entry("TW106", "unknown-vocabulary", "error", "no vocabulary has this name"),
    Entry("TW107", "duplicate-name", "error", "two declarations share a name"),
    Entry("TW108", "unknown-clause", "warning", "no clause has this name"),
    Entry("TW109", "unknown-field", "error", "a record has no such field"),
    Entry("TW110", "unknown-symbol", "error", "a type has no such symbol"),
    Entry("TW111", "unknown-word", "error", "a fixed word is expected here"),
    Entry("TW201", "type-mismatch", "error", "two things of different types are compared"),
    Entry("TW202", "missing-unit", "error", "a number needs a unit"),
    Entry("TW203", "wrong-dimension", "error", "a unit measures something else"),
    Entry("TW204", "unknown-unit", "error", "no unit has this name"),
    Entry("TW205", "not-a-condition", "error", "a condition is expected"),
    Entry("TW206", "unsuited-operator", "error", "an operator does not fit the type"),
    Entry("TW207", "impossible-date", "error", "the calendar has no such day"),
    Entry("TW208", "negative-quantity", "error", "a quantity cannot be negative"),
    Entry("TW209", "unclear-none", "error", "`none` has no one meaning for this type"),
    Entry("TW210", "key", "error", "a key is missing or does not belong"),
    Entry("TW211", "malformed-value", "error", "a value cannot be read"),
    Entry("TW212", "uneven-unit", "error", "a calendar unit is counted in whole numbers"),
    Entry("TW213", "never-expected", "error", "a test expects what never comes of the rule"),
    Entry("TW301", "extends-cycle", "error", "policies extend each other in a circle"),
    Entry("TW302", "extends-diamond", "error", "a policy is inherited along two ways"),
    Entry("TW303", "nothing-to-replace", "error", "no inherited rule has this name"),
    Entry("TW304", "silent-replacement", "error", "an inherited rule is declared again"),
    Entry("TW305", "lowered-assurance", "error", "an extension lowers the assurance"),
    Entry("TW306", "other-vocabulary", "error", "two files use different vocabularies"),
    Entry("TW307", "lowered-severity", "error", "`tighten` lowers a severity"),
    Entry("TW401", "rule-cycle", "error", "rules ask about each other in a circle"),
    Entry("TW402", "definition-cycle", "error", "definitions use each other in a circle"),
    Entry("TW501", "malformed-contract", "error", "a contract file cannot be read"),
    Entry("TW502", "duplicate-key", "error", "a key is given twice"),
    Entry("TW503", "unknown-key", "error", "a contract file has no such key"),
    Entry("TW504", "null-value", "error", "`null` says nothing"),
    Entry("TW505", "wrong-shape", "error", "a value has the wrong shape"),
    Entry("TW506", "unknown-document", "error", "no document has this id"),
    Entry("TW507", "wrong-vocabulary", "error", "a contract speaks another vocabulary"),
    Entry("TW508", "too-many-aliases", "error", "aliases make a file grow out of bounds"),
    Entry("TW509", "duplicate-document", "error", "two documents share an id"),
    Entry("TW510", "no-contract", "error", "nothing to check was found"),
    Entry("TW511", "misplaced-context", "error", "context and contract terms are mixed up"),
    Entry("TW512", "empty-interval", "error", "bounds leave no value between them"),
    Entry("TW513", "no-assurance", "warning", "a document does not say what it is worth"),
    Entry("TW514", "not-in-force", "note", "a document is not in force on the date asked about"),
    Entry("TW515", "old-facts", "warning", "facts were taken long before the date asked about"),
    Entry("TW516", "duplicate-contract", "error", "two contracts share an id"),
    Entry("TW517", "expired-waiver", "warning", "a waiver has expired"),
    Entry("TW518", "expiring-waiver", "warning", "a waiver expires soon"),
    Entry("TW519", "unused-waiver", "warning", "a waiver covers nothing that fails"),
    Entry("TW520", "skipped-files", "note", "something of a folder is not checked"),
    Entry("TW521", "unreadable-table", "error", "a file of rows cannot be read"),
    Entry("TW522", "unknown-column", "error", "a column of a table is no term"),
    Entry("TW523", "missing-column", "error", "a table lacks a column"),
    Entry("TW524", "unusable-row", "error", "a row cannot be judged"),
    Entry("TW601", "never-met", "error", "no contract can meet a rule"),
    Entry("TW602", "never-fails", "warning", "every contract meets a rule"),
    Entry("TW603", "dead-guard", "warning", "a guard never holds"),
    Entry("TW604", "dead-rung", "warning", "nothing lands on a rung"),
    Entry("TW605", "contradiction", "error", "rules contradict each other"),
    Entry("TW606", "implied-rule", "note", "a rule follows from others"),
    Entry("TW607", "impassable-policy", "error", "no contract can pass a policy"),
    Entry("TW608", "not-tighter", "error", "`tighten` is not as strict as what it replaces"),
    Entry("TW609", "not-looser", "warning", "`relax` is not looser than what it replaces"),
    Entry("TW610", "clause-falls-short", "error", "a clause does not meet its rule"),
    Entry("TW611", "broken-guarantee", "error", "a contract passes and breaks a guarantee"),
    Entry("TW612", "punished-safety", "warning", "a rule does worse for a safer value"),
    Entry("TW613", "undecided-proof", "note", "a question could not be decided"),
    Entry("TW701", "unused-definition", "warning", "nothing uses a definition"),
    Entry("TW702", "unused-clause", "warning", "no rule names a clause"),
    Entry("TW703", "unused-term", "note", "no policy at hand reads a term"),
    Entry("TW704", "unused-type", "warning", "no term has a type"),
    Entry("TW705", "unneeded-grant", "warning", "a clause grants what no rule of it reads"),
    Entry("TW706", "missing-severity", "warning", "a rule does not say how much it weighs"),
    Entry("TW707", "missing-because", "warning", "a rule gives no reason"),
    Entry("TW708", "missing-cite", "warning", "a rule names no source, where others do"),
    Entry("TW709", "missing-clause", "note", "a rule has no wording to offer, where others have"),
    Entry("TW710", "missing-lever", "note", "a dealbreaker has no lever, where others have"),
    Entry("TW711", "anonymous-policy", "warning", "a policy does not say whose it is, or which version"),
    Entry("TW712", "missing-ask", "warning", "a term has no question"),
    Entry("TW713", "missing-direction", "warning", "an ordered term does not say which way is safer"),
    Entry("TW714", "unapproved-fallback", "warning", "nobody has to approve a fallback"),
    Entry("TW715", "untested-rule", "warning", "no test expects anything of a rule"),
    Entry("TW716", "untested-rung", "warning", "no test lands on a rung"),
    Entry("TW717", "untested-breach", "warning", "no test expects a rule to be breached"),
    Entry("TW718", "untested-boundary", "warning", "a figure is not tested on both sides"),
    Entry("TW719", "untested-guard", "warning", "no test expects a guarded rule not to apply"),
    Entry("TW720", "idle-given", "warning", "a test states what nothing it expects depends on"),
    Entry("TW721", "unbounded-waiver", "warning", "a waiver excuses whatever the contract says"),
    Entry("TW722", "endless-waiver", "warning", "a waiver runs too far into the future"),
    Entry("TW723", "stray-waiver", "warning", "a waiver is for a contract that is not there"),
    Entry("TW724", "lapsed-rule", "warning", "a rule is no longer in force"),
    Entry("TW725", "shadowed-name", "warning", "a name hides another"),
    Entry("TW726", "vague-name", "warning", "a name says nothing"),
    Entry("TW727", "repeated-figure", "warning", "one figure is written in several rules"),
    Entry("TW728", "two-spellings", "note", "one figure is spelt in two ways"),
    Entry("TW729", "calendar-limit", "note", "a limit is no fixed number of days"),
    Entry("TW730", "exact-text", "note", "a text has to be equal to the letter"),
    Entry("TW731", "double-negation", "note", "a negation is negated"),
    Entry("TW732", "compared-with-yes", "note", "a condition is compared with yes or no"),
    Entry("TW733", "one-element-set", "note", "a set of one is written for its element"),
    Entry("TW734", "repeated-condition", "warning", "a condition stands twice"),
    Entry("TW735", "repeated-rung", "warning", "a rung repeats another"),
    Entry("TW736", "repeated-guard", "note", "a guard is written in several rules"),
    Entry("TW737", "each-of-one", "note", "a rule is for each of one"),
    Entry("TW738", "weak-assurance", "warning", "a policy relies on what can change any day"),
    Entry("TW739", "unread-fact", "note", "no rule reads a fact of a contract"),
    Entry("TW740", "undecided-rule", "warning", "no contract at hand decides a rule"),
    Entry("TW741", "unreadable-suppression", "warning", "a comment for lint cannot be read"),
    Entry("TW742", "unexplained-suppression", "warning", "a suppression gives no reason"),
    Entry("TW743", "expired-suppression", "warning", "a suppression has ended"),
    Entry("TW744", "unused-suppression", "warning", "a suppression suppresses nothing"),
    Entry("TW745", "hollow-pass", "warning", "a rung relies on a rule that may not apply"),
)

_BY_CODE = {each.code: each for each in CATALOGUE}


def entry(code: str) -> Entry:
    """Return the catalogue entry of a code; a code that is not in the catalogue is a defect."""
    return _BY_CODE[code]


def find(text: str) -> Entry | None:
    """Return the entry a person means by a code or its readable name, in any case, or None."""
    wanted = text.strip().casefold()
    return next((each for each in CATALOGUE if wanted in (each.code.casefold(), each.slug)), None)
