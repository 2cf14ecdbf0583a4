"""The thirty rules once more, as values: what SQL and the policies of other engines are written from.

Written by hand beside the policy, not made from it, so that what is measured does not depend on Termwise. Conditions
are of a few kinds; a language that has no third value of truth is given two of its own for each: when a condition is
sure to hold, and when it is sure not to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from benchmarks.workload.facts import SPECS


@dataclass(frozen=True)
class Test:
    """A fact against a constant. `op` is one of: yes, in, <=, >=, >, includes, within, excludes."""

    op: str
    term: str
    value: int | tuple[str, ...] = ()


@dataclass(frozen=True)
class Between:
    """A fact against another. `op` is one of: <=, includes, within."""

    op: str
    left: str
    right: str


@dataclass(frozen=True)
class Sum:
    """Two quantities that come to at most so much."""

    left: str
    right: str
    most: int


@dataclass(frozen=True)
class Not:
    """The negation of a condition."""

    operand: Condition


@dataclass(frozen=True)
class All:
    """Every condition holds."""

    operands: tuple[Condition, ...]


@dataclass(frozen=True)
class AnyOf:
    """Some condition holds."""

    operands: tuple[Condition, ...]


Condition: TypeAlias = Test | Between | Sum | Not | All | AnyOf


@dataclass(frozen=True)
class Rule:
    """A ladder, and whether it applies; `prefer` stands for itself and for `require`."""

    name: str
    require: Condition
    fallback: Condition | None = None
    prefer: Condition | None = None
    when: Condition | None = None
    unless: Condition | None = None

    @property
    def rungs(self) -> tuple[tuple[int, Condition], ...]:
        """The code of each rung, and when it holds, from the top down."""
        preferred = None if self.prefer is None else All((self.prefer, self.require))
        ladder = ((1, preferred), (2, self.require), (3, self.fallback))
        return tuple((code, rung) for code, rung in ladder if rung is not None)

    @property
    def applies(self) -> Condition | None:
        """When the rule applies, if it does not always do."""
        guards = [*filter(None, [self.when]), *([] if self.unless is None else [Not(self.unless)])]
        return None if not guards else guards[0] if len(guards) == 1 else All(tuple(guards))


def _all(*operands: Condition) -> All:
    return All(operands)


def _yes(term: str) -> Test:
    return Test("yes", term)


def _no(term: str) -> Not:
    return Not(_yes(term))


def _in(term: str, *names: str) -> Test:
    return Test("in", term, names)


def _from(term: str, name: str) -> Test:
    names = SPECS[term].names
    return Test("in", term, names[names.index(name) :])


def _includes(term: str, *names: str) -> Test:
    return Test("includes", term, names)


def _within(term: str, *names: str) -> Test:
    return Test("within", term, names)


def _excludes(term: str, *names: str) -> Test:
    return Test("excludes", term, names)


def _rules() -> tuple[Rule, ...]:
    identified, own_model = _no("training.deidentified_use"), _no("finetuning.base_model_use")
    keys, self_hosted = _yes("encryption.customer_keys"), _yes("deployment.self_hosted")
    quick = Test("<=", "deletion.deadline[request]", 7)
    carved_out = _yes("security_retention.carved_out")
    small = Not(Test(">=", "commercial.annual_fees", 1_000_000))
    health = _includes("data.classes", "phi")
    personal = Not(_excludes("data.classes", "phi", "personal", "special_category"))
    isolated = _from("finetuning.isolation", "physical")
    permitted = Between("within", "residency.regions", "residency.permitted")
    friendly = _all(_within("residency.regions", "us", "eu", "uk", "ca"), keys)

    def training(kind: str, *names: str) -> Test:
        return _in(f"training.use[{kind}]", "prohibited", *names)

    def deadline(trigger: str) -> Rule:
        term = f"deletion.deadline[{trigger}]"
        ends = _all(Test("<=", term, 90), carved_out, Test("<=", "security_retention.deadline", 90))
        return Rule(f"deletion_deadline[{trigger}]", Test("<=", term, 30), ends, Test("<=", term, 7))

    def damages(months: int) -> Test:
        return Test(">=", "remedies.damages", months)

    def rate(times: int) -> Test:
        return Test(">=", "audit.rate", times)

    def breach(days: int) -> Test:
        return Test("<=", "breach.notice", days)

    return (
        *(
            Rule(
                f"no_training[{kind}]",
                _all(training(kind), identified),
                _all(training(kind, "per_instance_consent"), identified),
            )
            for kind in ("prompts", "outputs", "feedback", "fine_tuning", "documents", "embeddings")
        ),
        deadline("request"),
        deadline("termination"),
        Rule(
            "deletion_scope",
            _all(
                _includes("deletion.covers", "copies", "backups", "caches"),
                _within("deletion.exceptions", "required_by_law"),
            ),
            _all(
                _includes("deletion.covers", "copies", "backups"),
                _within("deletion.exceptions", "required_by_law", "legal_claims"),
            ),
            _includes("deletion.covers", "copies", "backups", "caches", "logs"),
        ),
        Rule(
            "deletion_certified",
            _all(Test(">=", "deletion.certification", 4), _from("deletion.proof", "signed_statement")),
            prefer=_all(Test(">=", "deletion.certification", 12), _from("deletion.proof", "cryptographic")),
        ),
        Rule(
            "last_copy",
            Sum("deletion.deadline[termination]", "security_retention.deadline", 120),
            _all(
                Sum("deletion.deadline[termination]", "security_retention.deadline", 180),
                _from("deletion.proof", "statement"),
            ),
        ),
        Rule(
            "abuse_monitoring",
            _yes("abuse_monitoring.opt_out"),
            _all(Test("<=", "abuse_monitoring.retention", 30), identified),
        ),
        Rule(
            "abuse_logs",
            Between("<=", "abuse_monitoring.retention", "deletion.deadline[request]"),
            _all(carved_out, Between("<=", "abuse_monitoring.retention", "security_retention.deadline")),
        ),
        Rule(
            "feedback_scope",
            _within("feedback.scope", "safety", "abuse_detection"),
            _all(
                _excludes("feedback.scope", "model_improvement", "fine_tuning", "unrestricted"),
                _from("feedback.consent", "per_instance"),
            ),
        ),
        Rule(
            "finetuning_isolation",
            _all(isolated, own_model),
            _all(_from("finetuning.isolation", "logical"), own_model),
        ),
        Rule(
            "finetuning_ownership",
            _all(_in("finetuning.weights_owner", "customer"), _yes("finetuning.export")),
            _all(
                _in("finetuning.weights_owner", "customer", "shared"),
                training("fine_tuning", "per_instance_consent"),
            ),
        ),
        Rule(
            "rag_control",
            _all(_in("rag.storage_control", "customer"), _no("rag.vendor_indexing")),
            _all(Not(_in("rag.storage_control", "vendor")), quick),
        ),
        Rule(
            "output_ownership",
            _all(_in("output.owner", "customer"), _no("output.vendor_license")),
            _all(_in("output.owner", "customer"), training("outputs")),
        ),
        Rule(
            "ip_indemnity",
            _includes("indemnity.ip", "patent", "copyright"),
            _all(_includes("indemnity.ip", "copyright"), small),
            _includes("indemnity.ip", "patent", "copyright", "trademark", "trade_secret"),
        ),
        Rule(
            "audit_rights",
            _all(rate(2), Test("<=", "audit.notice", 60), _from("audit.access", "logs")),
            _all(rate(1), Test("<=", "audit.notice", 30), _from("audit.access", "report")),
            rate(4),
        ),
        Rule(
            "audit_discount",
            Test(">=", "commercial.audit_discount", 5),
            _all(Test(">", "commercial.audit_discount", 0), small),
            Test(">=", "commercial.audit_discount", 8),
            when=rate(2),
        ),
        Rule(
            "subprocessors",
            _all(Test(">=", "subprocessors.notice", 30), _from("subprocessors.flow_down", "same")),
            _all(
                Test(">=", "subprocessors.notice", 14),
                _from("subprocessors.flow_down", "comparable"),
                identified,
                own_model,
            ),
        ),
        Rule("residency", permitted, friendly, when=personal),
        Rule(
            "customer_keys",
            keys,
            _all(isolated, AnyOf((Not(personal), permitted, friendly))),
            when=personal,
            unless=self_hosted,
        ),
        Rule(
            "health_agreement",
            _yes("regulatory.baa"),
            _all(quick, keys),
            _within("residency.regions", "us"),
            when=health,
            unless=self_hosted,
        ),
        Rule(
            "regimes",
            Between("includes", "regulatory.regimes", "customer.regimes"),
            _all(_excludes("customer.regimes", "hipaa", "pci_dss"), _includes("regulatory.regimes", "gdpr")),
        ),
        Rule(
            "breach_notice",
            breach(3),
            _all(breach(5), _excludes("data.classes", "phi", "personal", "special_category", "pci")),
            breach(1),
        ),
        Rule("health_breach_notice", breach(2), _all(breach(3), damages(24)), when=health),
        Rule("damages", damages(24), _all(damages(12), small), damages(36)),
        Rule(
            "large_deal_terms",
            _all(damages(24), rate(4)),
            _all(damages(12), Test(">=", "commercial.audit_discount", 10)),
            when=Not(small),
        ),
    )


RULES_BY_HAND = _rules()
