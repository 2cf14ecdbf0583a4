"""The forty-five facts that the workload reads: what kind each is, and the values that generated contracts give it.

The values are those one meets in such contracts, and lie on both sides of every figure of the policy.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

Kind: TypeAlias = Literal["boolean", "duration", "rate", "percent", "money", "fees", "symbol", "set"]
Plain: TypeAlias = bool | int | str | frozenset[str]
"""A value as whoever writes rules by hand would hold it: days, times a year, per cent, dollars, months are integers."""

UNITS = {"duration": "days", "rate": "per year", "percent": "%", "money": "USD", "fees": "months of fees"}
"""What the integers of a column count, by kind."""


class Spec(NamedTuple):
    """One fact: its term by instance name, and each value it may have; of a symbol, `names` are all there are."""

    term: str
    kind: Kind
    values: tuple[Plain, ...]
    names: tuple[str, ...] = ()

    @property
    def column(self) -> str:
        """The name of its column: the term, and the unit where it is a quantity."""
        return f"{self.term} in {UNITS[self.kind]}" if self.kind in UNITS else self.term

    @property
    def identifier(self) -> str:
        """The term as a name that other languages accept."""
        return self.term.replace(".", "_").replace("[", "_").rstrip("]")


def _yes_or_no(term: str) -> Spec:
    return Spec(term, "boolean", (True, False))


def _quantity(term: str, kind: Kind, *values: int) -> Spec:
    return Spec(term, kind, values)


def _symbol(term: str, names: str, often: str = "") -> Spec:
    return Spec(term, "symbol", (*names.split(), *often.split()), tuple(names.split()))


def _set(term: str, *values: str) -> Spec:
    return Spec(term, "set", tuple(frozenset(each.split()) for each in values))


_TRAINING = "prohibited per_instance_consent opt_in opt_out permitted"
_PARTIES = "customer vendor shared"
_ALL_RIGHTS = "patent copyright trademark trade_secret"
_REGIMES = (
    "gdpr",
    "gdpr ccpa",
    "gdpr hipaa",
    "ccpa",
    "hipaa hitech",
    "gdpr sox glba",
    "pci_dss",
    "gdpr eu_ai_act",
)
_DEADLINES = (3, 7, 14, 30, 31, 45, 60, 90, 120, 180)

FACTS = (
    *(
        _symbol(f"training.use[{kind}]", _TRAINING, "prohibited prohibited opt_in")
        for kind in ("prompts", "outputs", "feedback", "fine_tuning", "documents", "embeddings")
    ),
    Spec("training.deidentified_use", "boolean", (True, False, False)),
    _quantity("deletion.deadline[request]", "duration", *_DEADLINES),
    _quantity("deletion.deadline[termination]", "duration", *_DEADLINES),
    _yes_or_no("security_retention.carved_out"),
    _quantity("security_retention.deadline", "duration", 14, 30, 60, 90, 91, 180, 365),
    _set(
        "deletion.covers",
        "copies backups caches logs", "copies backups caches", "copies backups", "copies", "copies backups logs", "",
    ),
    _set(
        "deletion.exceptions",
        "", "required_by_law", "required_by_law legal_claims", "required_by_law security", "legal_claims",
        "required_by_law abuse other",
    ),
    _quantity("deletion.certification", "rate", 0, 1, 2, 4, 12, 24),
    _symbol("deletion.proof", "none statement signed_statement cryptographic"),
    _yes_or_no("abuse_monitoring.opt_out"),
    _quantity("abuse_monitoring.retention", "duration", 0, 7, 14, 30, 31, 60, 90),
    _set(
        "feedback.scope",
        "", "safety", "safety abuse_detection", "safety service", "safety model_improvement", "unrestricted",
        "service analytics", "abuse_detection research",
    ),
    _symbol("feedback.consent", "none general per_instance"),
    _symbol("finetuning.isolation", "none logical physical"),
    Spec("finetuning.base_model_use", "boolean", (True, False, False)),
    _symbol("finetuning.weights_owner", _PARTIES),
    _yes_or_no("finetuning.export"),
    _symbol("rag.storage_control", _PARTIES),
    _yes_or_no("rag.vendor_indexing"),
    _symbol("output.owner", _PARTIES, "customer customer"),
    _yes_or_no("output.vendor_license"),
    _set(
        "indemnity.ip", _ALL_RIGHTS,
        "patent copyright", "copyright", "patent", "copyright trademark", "", "trademark",
    ),
    _quantity("commercial.annual_fees", "money", *range(40_000, 2_000_000, 120_000), 999_999, 1_000_000),
    _quantity("audit.rate", "rate", 0, 1, 2, 4, 12),
    _quantity("audit.notice", "duration", 10, 30, 45, 60, 61, 90),
    _symbol("audit.access", "none summary report logs", "logs logs report"),
    _quantity("commercial.audit_discount", "percent", 0, 2, 5, 8, 10, 15),
    _quantity("subprocessors.notice", "duration", 7, 13, 14, 29, 30, 45, 60),
    _symbol("subprocessors.flow_down", "none comparable same", "same"),
    _set(
        "data.classes",
        "personal", "phi", "personal phi", "trade_secret source_code", "personal special_category", "confidential",
        "pci confidential", "personal pci", "source_code",
    ),
    _set("residency.regions", "us", "eu", "us eu", "eu uk", "us apac", "other", "us eu uk ca", "ca"),
    _set("residency.permitted", "us", "eu", "eu uk", "us eu uk ca", "us ca", "us eu uk ca apac other"),
    _yes_or_no("encryption.customer_keys"),
    Spec("deployment.self_hosted", "boolean", (True, False, False, False)),
    _yes_or_no("regulatory.baa"),
    _set("regulatory.regimes", *_REGIMES, "gdpr ccpa hipaa hitech sox glba pci_dss eu_ai_act", "gdpr ccpa hipaa"),
    _set("customer.regimes", *_REGIMES, "sox"),
    _quantity("breach.notice", "duration", 1, 2, 3, 4, 5, 7, 14),
    _quantity("remedies.damages", "fees", 3, 6, 12, 18, 23, 24, 30, 36, 48),
)  # fmt: skip
"""Every fact, in the order of the columns."""

SPECS = {spec.term: spec for spec in FACTS}

CONTEXT = frozenset("data.classes residency.permitted deployment.self_hosted customer.regimes".split())
"""The terms that are the customer's own facts and stand in no document."""


def text(spec: Spec, value: Plain) -> object:
    """Return a value as a contract writes it: quantities as text, everything else as it is."""
    match spec.kind:
        case "duration":
            assert isinstance(value, int)
            return f"{24 * value} hours" if spec.term == "breach.notice" and value < 5 else f"{value} days"
        case "rate":
            return f"{value} per year"
        case "percent":
            return f"{value}%"
        case "money":
            return f"USD {value:,}"
        case "fees":
            return f"{value} months of fees"
        case "boolean" | "symbol" | "set":
            return value
