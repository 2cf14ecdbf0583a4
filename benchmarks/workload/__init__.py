"""One workload for every evaluator and every competitor: thirty rules, forty-five facts, any number of contracts."""

from __future__ import annotations

from pathlib import Path

POLICY = Path(__file__).parent / "workload.tw"

RULES = (
    "no_training[prompts]", "no_training[outputs]", "no_training[feedback]", "no_training[fine_tuning]",
    "no_training[documents]", "no_training[embeddings]", "deletion_deadline[request]",
    "deletion_deadline[termination]", "deletion_scope", "deletion_certified", "last_copy", "abuse_monitoring",
    "abuse_logs", "feedback_scope", "finetuning_isolation", "finetuning_ownership", "rag_control",
    "output_ownership", "ip_indemnity", "audit_rights", "audit_discount", "subprocessors", "residency",
    "customer_keys", "health_agreement", "regimes", "breach_notice", "health_breach_notice", "damages",
    "large_deal_terms",
)  # fmt: skip
"""The rules of `workload.tw`, each key counted, in source order: the order of outcomes everywhere here."""

OUTCOMES = ("not_applicable", "preferred", "met", "conceded", "waived", "unsecured", "undecided", "breached")
"""The outcomes in the order of their codes."""

NOT_APPLICABLE, PREFERRED, MET, CONCEDED, WAIVED, UNSECURED, UNDECIDED, BREACHED = range(8)
