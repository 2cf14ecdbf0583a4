"""The workload by hand in Polars, one expression a rule: the yardstick for many contracts at a time.

Polars keeps whether a value is there in a bitmap, and its `&` and `|` are those of three values, so a rule reads almost
as the policy does. Columns are as narrow as they can be: integers of 8 to 32 bits, a scale by the rank of its symbol, a
set by a bit for each of its members. That they are is not a part of what is measured.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from benchmarks.workload import BREACHED, CONCEDED, MET, NOT_APPLICABLE, PREFERRED, RULES, UNDECIDED
from benchmarks.workload.contracts import Column
from benchmarks.workload.facts import FACTS, SPECS, Spec
from benchmarks.workload.masks import mask, masks

_CODES = [pl.lit(code, pl.Int8) for code in range(8)]


def frame(columns: Mapping[str, Column]) -> pl.DataFrame:
    """Return compact columns as a frame."""
    return pl.DataFrame([_series(spec, columns[spec.column]) for spec in FACTS])


def _series(spec: Spec, column: Column) -> pl.Series:
    values = pl.Series(masks(spec.term, column) if spec.kind == "set" else column.values)
    return pl.select(pl.when(pl.Series(column.valid)).then(values)).to_series().alias(spec.column)


def outcomes(given: pl.DataFrame) -> pl.DataFrame:
    """Return a column of outcome codes for every rule."""
    return given.lazy().select(RULE_EXPRESSIONS).collect()


def _is(term: str) -> pl.Expr:
    return pl.col(SPECS[term].column)


def _symbol(term: str, name: str) -> int:
    return SPECS[term].names.index(name)


def _equals(term: str, name: str) -> pl.Expr:
    return _is(term) == _symbol(term, name)


def _at_least(term: str, name: str) -> pl.Expr:
    return _is(term) >= _symbol(term, name)


def _includes(term: str, *names: str) -> pl.Expr:
    wanted = mask(term, names)
    return (_is(term) & wanted) == wanted


def _within(term: str, *names: str) -> pl.Expr:
    return (_is(term) & (255 ^ mask(term, names))) == 0


def _excludes(term: str, *names: str) -> pl.Expr:
    return (_is(term) & mask(term, names)) == 0


def _ladder(
    require: pl.Expr,
    fallback: pl.Expr | None = None,
    *,
    prefer: pl.Expr | None = None,
    last: pl.Expr | None = None,
    when: pl.Expr | None = None,
    unless: pl.Expr | None = None,
) -> pl.Expr:
    """Return the first rung that holds; what is not known counts as what does not hold, so order matters.

    `prefer` holds only where `require` does. Where none of the rungs above `last` holds unless it does, it is named, so
    that nothing else need be asked to know that a rule is breached.
    """
    holds = last if last is not None else require if fallback is None else require | fallback
    applies = when if unless is None or when is None else when & ~unless
    chain = pl.when(~holds if applies is None else ~holds & applies).then(_CODES[BREACHED])
    chain = chain.otherwise(_CODES[UNDECIDED])
    if fallback is not None:
        chain = pl.when(fallback).then(_CODES[CONCEDED]).otherwise(chain)
    chain = pl.when(require).then(_CODES[MET]).otherwise(chain)
    if prefer is not None:
        chain = pl.when(prefer).then(_CODES[PREFERRED]).otherwise(chain)
    return chain if applies is None else pl.when(~applies).then(_CODES[NOT_APPLICABLE]).otherwise(chain)


def _trained_on(kind: str) -> tuple[pl.Expr, pl.Expr]:
    """Return whether data is never used for training, and whether it is with consent each time at most."""
    term = f"training.use[{kind}]"
    return _equals(term, "prohibited"), _is(term) <= _symbol(term, "per_instance_consent")


def _rules() -> dict[str, pl.Expr]:  # noqa: PLR0915  thirty rules, one after the other
    identified = ~_is("training.deidentified_use")
    own_model = ~_is("finetuning.base_model_use")
    keys = _is("encryption.customer_keys")
    self_hosted = _is("deployment.self_hosted")
    on_request = _is("deletion.deadline[request]")
    carved_out = _is("security_retention.carved_out")
    security = _is("security_retention.deadline")
    security_ends = carved_out & (security <= 90)
    large = _is("commercial.annual_fees") >= 1_000_000
    health = _includes("data.classes", "phi")
    personal = ~_excludes("data.classes", "phi", "personal", "special_category")
    made = {}

    for kind in ("prompts", "outputs", "feedback", "fine_tuning", "documents", "embeddings"):
        never, consented = _trained_on(kind)
        made[f"no_training[{kind}]"] = _ladder(never & identified, consented & identified, last=consented & identified)

    for trigger in ("request", "termination"):
        days = _is(f"deletion.deadline[{trigger}]")
        made[f"deletion_deadline[{trigger}]"] = _ladder(days <= 30, (days <= 90) & security_ends, prefer=days <= 7)

    by_law = _within("deletion.exceptions", "required_by_law")
    most_copies = _includes("deletion.covers", "copies", "backups") & _within(
        "deletion.exceptions", "required_by_law", "legal_claims"
    )
    made["deletion_scope"] = _ladder(
        _includes("deletion.covers", "copies", "backups", "caches") & by_law,
        most_copies,
        prefer=_includes("deletion.covers", "copies", "backups", "caches", "logs") & by_law,
        last=most_copies,
    )
    certified = _is("deletion.certification")
    made["deletion_certified"] = _ladder(
        (certified >= 4) & _at_least("deletion.proof", "signed_statement"),
        prefer=(certified >= 12) & _at_least("deletion.proof", "cryptographic"),
    )
    gone = _is("deletion.deadline[termination]") + security
    made["last_copy"] = _ladder(gone <= 120, (gone <= 180) & _at_least("deletion.proof", "statement"))

    retention = _is("abuse_monitoring.retention")
    made["abuse_monitoring"] = _ladder(_is("abuse_monitoring.opt_out"), (retention <= 30) & identified)
    made["abuse_logs"] = _ladder(retention <= on_request, carved_out & (retention <= security))
    made["feedback_scope"] = _ladder(
        _within("feedback.scope", "safety", "abuse_detection"),
        _excludes("feedback.scope", "model_improvement", "fine_tuning", "unrestricted")
        & _at_least("feedback.consent", "per_instance"),
    )

    isolated, apart = (_at_least("finetuning.isolation", how) for how in ("physical", "logical"))
    made["finetuning_isolation"] = _ladder(isolated & own_model, apart & own_model, last=apart & own_model)
    made["finetuning_ownership"] = _ladder(
        _equals("finetuning.weights_owner", "customer") & _is("finetuning.export"),
        (_is("finetuning.weights_owner") != _symbol("finetuning.weights_owner", "vendor"))
        & _trained_on("fine_tuning")[1],
    )
    made["rag_control"] = _ladder(
        _equals("rag.storage_control", "customer") & ~_is("rag.vendor_indexing"),
        (_is("rag.storage_control") != _symbol("rag.storage_control", "vendor")) & (on_request <= 7),
    )
    owned = _equals("output.owner", "customer")
    made["output_ownership"] = _ladder(owned & ~_is("output.vendor_license"), owned & _trained_on("outputs")[0])
    made["ip_indemnity"] = _ladder(
        _includes("indemnity.ip", "patent", "copyright"),
        _includes("indemnity.ip", "copyright") & ~large,
        prefer=_includes("indemnity.ip", "patent", "copyright", "trademark", "trade_secret"),
    )

    rate = _is("audit.rate")
    notice = _is("audit.notice")
    audited = (notice <= 60) & _at_least("audit.access", "logs")
    made["audit_rights"] = _ladder(
        (rate >= 2) & audited,
        (rate >= 1) & (notice <= 30) & _at_least("audit.access", "report"),
        prefer=(rate >= 4) & audited,
    )
    discount = _is("commercial.audit_discount")
    made["audit_discount"] = _ladder(discount >= 5, (discount > 0) & ~large, prefer=discount >= 8, when=rate >= 2)
    change = _is("subprocessors.notice")
    made["subprocessors"] = _ladder(
        (change >= 30) & _at_least("subprocessors.flow_down", "same"),
        (change >= 14) & _at_least("subprocessors.flow_down", "comparable") & identified & own_model,
    )

    regions = _is("residency.regions")
    permitted = (regions & ~_is("residency.permitted")) == 0
    friendly = _within("residency.regions", "us", "eu", "uk", "ca") & keys
    made["residency"] = _ladder(permitted, friendly, when=personal)
    made["customer_keys"] = _ladder(
        keys, isolated & (~personal | permitted | friendly), when=personal, unless=self_hosted
    )
    made["health_agreement"] = _ladder(
        _is("regulatory.baa"),
        (on_request <= 7) & keys,
        prefer=_within("residency.regions", "us") & _is("regulatory.baa"),
        when=health,
        unless=self_hosted,
    )
    warranted, bound = _is("regulatory.regimes"), _is("customer.regimes")
    made["regimes"] = _ladder(
        (bound & ~warranted) == 0,
        _excludes("customer.regimes", "hipaa", "pci_dss") & _includes("regulatory.regimes", "gdpr"),
    )

    breach = _is("breach.notice")
    made["breach_notice"] = _ladder(
        breach <= 3,
        (breach <= 5) & _excludes("data.classes", "phi", "personal", "special_category", "pci"),
        prefer=breach <= 1,
    )
    damages = _is("remedies.damages")
    made["health_breach_notice"] = _ladder(breach <= 2, (breach <= 3) & (damages >= 24), when=health)
    made["damages"] = _ladder(damages >= 24, (damages >= 12) & ~large, prefer=damages >= 36)
    made["large_deal_terms"] = _ladder((damages >= 24) & (rate >= 4), (damages >= 12) & (discount >= 10), when=large)
    return made


_MADE = _rules()
RULE_EXPRESSIONS = [_MADE[name].alias(name) for name in RULES]
