"""The workload as a good engineer would write it by hand in Python, for speed: the yardstick for single contracts.

It reads a plain mapping (`contracts.plain`) once, keeps what is silent as None, and writes out for each rule the
cases that the three values of truth come to, cheapest first. Nothing is checked, nothing is explained, there is no
assurance and no range: only what comes of each rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_FREE = dict.fromkeys(("opt_in", "opt_out", "permitted"), "breached")
_TRAINING = {
    True: dict.fromkeys(("prohibited", "per_instance_consent", "opt_in", "opt_out", "permitted", None), "breached"),
    False: {"prohibited": "met", "per_instance_consent": "conceded", **_FREE, None: "undecided"},
    None: {"prohibited": "undecided", "per_instance_consent": "undecided", **_FREE, None: "undecided"},
}
"""What comes of `no_training`, by whether de-identified data may be used and by how the data may be."""

_CONSENTED = {"prohibited": True, "per_instance_consent": True, "opt_in": False, "opt_out": False, "permitted": False}
_LIVE_COPIES = frozenset({"copies", "backups"})
_MOST_COPIES = frozenset({"copies", "backups", "caches"})
_ALL_COPIES = frozenset({"copies", "backups", "caches", "logs"})
_BY_LAW = frozenset({"required_by_law"})
_LEGAL = frozenset({"required_by_law", "legal_claims"})
_GUARDING = frozenset({"safety", "abuse_detection"})
_LEARNING = frozenset({"model_improvement", "fine_tuning", "unrestricted"})
_INVENTIONS_AND_TEXTS = frozenset({"patent", "copyright"})
_ALL_RIGHTS = frozenset({"patent", "copyright", "trademark", "trade_secret"})
_PERSONAL = frozenset({"phi", "personal", "special_category"})
_NOTIFIABLE = frozenset({"phi", "personal", "special_category", "pci"})
_FRIENDLY = frozenset({"us", "eu", "uk", "ca"})
_US = frozenset({"us"})
_STRICT_REGIMES = frozenset({"hipaa", "pci_dss"})


def outcomes(facts: Mapping[str, Any]) -> tuple[str, ...]:  # noqa: PLR0915  calls would cost more than the rules
    """Return what comes of every rule, in the order of `RULES`."""
    get = facts.get  # silent terms are None
    use_prompts = get("training.use[prompts]")
    use_outputs = get("training.use[outputs]")
    use_feedback = get("training.use[feedback]")
    use_fine_tuning = get("training.use[fine_tuning]")
    use_documents = get("training.use[documents]")
    use_embeddings = get("training.use[embeddings]")
    deidentified = get("training.deidentified_use")
    on_request = get("deletion.deadline[request]")
    on_termination = get("deletion.deadline[termination]")
    carved_out = get("security_retention.carved_out")
    security = get("security_retention.deadline")
    covers = get("deletion.covers")
    exceptions = get("deletion.exceptions")
    certification = get("deletion.certification")
    proof = get("deletion.proof")
    opt_out = get("abuse_monitoring.opt_out")
    retention = get("abuse_monitoring.retention")
    scope = get("feedback.scope")
    consent = get("feedback.consent")
    isolation = get("finetuning.isolation")
    base_model = get("finetuning.base_model_use")
    weights = get("finetuning.weights_owner")
    export = get("finetuning.export")
    storage = get("rag.storage_control")
    indexing = get("rag.vendor_indexing")
    owner = get("output.owner")
    license_kept = get("output.vendor_license")
    rights = get("indemnity.ip")
    annual_fees = get("commercial.annual_fees")
    rate = get("audit.rate")
    notice = get("audit.notice")
    access = get("audit.access")
    discount = get("commercial.audit_discount")
    change_notice = get("subprocessors.notice")
    flow_down = get("subprocessors.flow_down")
    classes = get("data.classes")
    regions = get("residency.regions")
    permitted = get("residency.permitted")
    keys = get("encryption.customer_keys")
    self_hosted = get("deployment.self_hosted")
    baa = get("regulatory.baa")
    warranted = get("regulatory.regimes")
    bound = get("customer.regimes")
    breach = get("breach.notice")
    damages = get("remedies.damages")

    training = _TRAINING[deidentified]
    large = None if annual_fees is None else annual_fees >= 1_000_000
    unless_large = "undecided" if large is None else "breached" if large else "conceded"

    if carved_out is False or (security is not None and security > 90):
        if_carved_out = "breached"
    elif carved_out and security is not None:
        if_carved_out = "conceded"
    else:
        if_carved_out = "undecided"
    if on_request is None:
        deadline_request = "undecided"
    elif on_request > 90:
        deadline_request = "breached"
    elif on_request > 30:
        deadline_request = if_carved_out
    else:
        deadline_request = "met" if on_request > 7 else "preferred"
    if on_termination is None:
        deadline_termination = last_copy = "undecided"
    else:
        if on_termination > 90:
            deadline_termination = "breached"
        elif on_termination > 30:
            deadline_termination = if_carved_out
        else:
            deadline_termination = "met" if on_termination > 7 else "preferred"
        if security is None:
            last_copy = "undecided"
        else:
            gone = on_termination + security
            if gone <= 120:
                last_copy = "met"
            elif gone > 180 or proof == "none":
                last_copy = "breached"
            else:
                last_copy = "undecided" if proof is None else "conceded"

    if covers is None:
        deletion_scope = "undecided" if exceptions is None or exceptions <= _LEGAL else "breached"
    elif not covers >= _LIVE_COPIES:
        deletion_scope = "breached"
    elif exceptions is None:
        deletion_scope = "undecided"
    elif exceptions <= _BY_LAW:
        deletion_scope = "preferred" if covers >= _ALL_COPIES else "met" if covers >= _MOST_COPIES else "conceded"
    else:
        deletion_scope = "conceded" if exceptions <= _LEGAL else "breached"

    if proof == "none" or proof == "statement" or (certification is not None and certification < 4):  # noqa: PLR1714
        certified = "breached"  # two comparisons are faster than a set
    elif proof is None or certification is None:
        certified = "undecided"
    else:
        certified = "preferred" if certification >= 12 and proof == "cryptographic" else "met"

    if opt_out:
        monitoring = "met"
    elif deidentified or (retention is not None and retention > 30):
        monitoring = "undecided" if opt_out is None else "breached"
    else:
        monitoring = "undecided" if retention is None or deidentified is None else "conceded"

    if retention is None:
        logs = "undecided"
    elif on_request is not None and retention <= on_request:
        logs = "met"
    elif carved_out is False or (security is not None and retention > security):
        logs = "undecided" if on_request is None else "breached"
    else:
        logs = "conceded" if carved_out and security is not None else "undecided"

    if scope is None:
        feedback = "undecided"
    elif scope <= _GUARDING:
        feedback = "met"
    elif not scope.isdisjoint(_LEARNING):
        feedback = "breached"
    else:
        feedback = "conceded" if consent == "per_instance" else "undecided" if consent is None else "breached"

    if base_model or isolation == "none":
        isolated = "breached"
    elif base_model is None or isolation is None:
        isolated = "undecided"
    else:
        isolated = "met" if isolation == "physical" else "conceded"

    if weights == "vendor":
        ownership = "breached"
    elif weights == "customer" and export:
        ownership = "met"
    elif use_fine_tuning is None:
        ownership = "undecided"
    elif _CONSENTED[use_fine_tuning]:
        ownership = "undecided" if weights is None else "conceded"
    else:
        ownership = "breached" if weights == "shared" or export is False else "undecided"

    if storage == "vendor":
        retrieval = "breached"
    elif storage == "customer" and indexing is False:
        retrieval = "met"
    elif on_request is None:
        retrieval = "undecided"
    elif on_request <= 7:
        retrieval = "undecided" if storage is None else "conceded"
    else:
        retrieval = "breached" if storage == "shared" or indexing else "undecided"

    if owner == "customer":
        if license_kept is False:
            output = "met"
        elif use_outputs == "prohibited":
            output = "conceded"
        else:
            output = "undecided" if use_outputs is None or license_kept is None else "breached"
    elif owner is None:
        output = "breached" if license_kept and use_outputs not in ("prohibited", None) else "undecided"
    else:
        output = "breached"

    if rights is None:
        indemnity = "undecided"
    elif rights >= _INVENTIONS_AND_TEXTS:
        indemnity = "preferred" if rights >= _ALL_RIGHTS else "met"
    else:
        indemnity = unless_large if "copyright" in rights else "breached"

    is_too_rare = rate is not None and rate < 1
    if is_too_rare or access == "none" or access == "summary" or (notice is not None and notice > 60):  # noqa: PLR1714
        audit = "breached"
    elif rate is None or notice is None or access is None:
        full = (rate is None or rate >= 2) and access != "report"
        audit = "undecided" if full or notice is None or notice <= 30 else "breached"
    elif rate >= 2 and access == "logs":
        audit = "preferred" if rate >= 4 else "met"
    else:
        audit = "conceded" if notice <= 30 else "breached"

    if rate is not None and rate < 2:
        price = "not_applicable"
    elif discount is None:
        price = "undecided"
    elif discount >= 5:
        price = "preferred" if discount >= 8 else "met"
    else:
        price = unless_large if discount > 0 else "breached"
        if rate is None and price == "breached":
            price = "undecided"

    if flow_down == "none" or (change_notice is not None and change_notice < 14):
        subprocessors = "breached"
    else:
        is_less = flow_down == "comparable" or (change_notice is not None and change_notice < 30)
        if not is_less and flow_down is not None and change_notice is not None:
            subprocessors = "met"
        elif deidentified or base_model:
            subprocessors = "breached" if is_less else "undecided"
        elif deidentified is None or base_model is None or flow_down is None or change_notice is None:
            subprocessors = "undecided"
        else:
            subprocessors = "conceded"

    if classes is None:
        health = personal = None
    else:
        health = "phi" in classes
        personal = not classes.isdisjoint(_PERSONAL)

    if personal is False:
        residency = customer_keys = "not_applicable"
    else:
        if regions is None:
            residency = "undecided"
        elif permitted is not None and regions <= permitted:
            residency = "met"
        elif keys is False or not regions <= _FRIENDLY:
            residency = "undecided" if permitted is None or personal is None else "breached"
        else:
            residency = "conceded" if keys else "undecided"
        if self_hosted:
            customer_keys = "not_applicable"
        elif keys:
            customer_keys = "met"
        elif (isolation is not None and isolation != "physical") or residency == "breached":
            customer_keys = "undecided" if keys is None or personal is None or self_hosted is None else "breached"
        else:
            customer_keys = "undecided" if isolation is None or residency == "undecided" else "conceded"

    if health is False:
        agreement = health_breach = "not_applicable"
    else:
        if self_hosted:
            agreement = "not_applicable"
        elif baa:
            agreement = "preferred" if regions is not None and regions <= _US else "met"
        elif keys is False or (on_request is not None and on_request > 7):
            agreement = "undecided" if baa is None or health is None or self_hosted is None else "breached"
        else:
            agreement = "conceded" if keys and on_request is not None else "undecided"
        if breach is None:
            health_breach = "undecided"
        elif breach <= 2:
            health_breach = "met"
        elif breach > 3 or (damages is not None and damages < 24):
            health_breach = "undecided" if health is None else "breached"
        else:
            health_breach = "undecided" if damages is None else "conceded"

    if bound is None or warranted is None:
        regimes = "undecided"
    elif warranted >= bound:
        regimes = "met"
    else:
        regimes = "conceded" if "gdpr" in warranted and bound.isdisjoint(_STRICT_REGIMES) else "breached"

    if breach is None:
        breach_notice = "undecided"
    elif breach <= 3:
        breach_notice = "preferred" if breach <= 1 else "met"
    elif breach > 5:
        breach_notice = "breached"
    else:
        breach_notice = (
            "undecided" if classes is None else "conceded" if classes.isdisjoint(_NOTIFIABLE) else "breached"
        )

    if damages is None:
        owed = "undecided"
    elif damages >= 24:
        owed = "preferred" if damages >= 36 else "met"
    else:
        owed = unless_large if damages >= 12 else "breached"

    if large is False:
        large_terms = "not_applicable"
    else:
        is_short = damages is not None and damages < 24
        if damages is not None and rate is not None and damages >= 24 and rate >= 4:
            large_terms = "met"
        elif (damages is not None and damages < 12) or (discount is not None and discount < 10):
            fails = large and (is_short or (rate is not None and rate < 4))
            large_terms = "breached" if fails else "undecided"
        else:
            large_terms = "undecided" if discount is None or damages is None else "conceded"

    return (
        training[use_prompts], training[use_outputs], training[use_feedback], training[use_fine_tuning],
        training[use_documents], training[use_embeddings], deadline_request, deadline_termination, deletion_scope,
        certified, last_copy, monitoring, logs, feedback, isolated, ownership, retrieval, output, indemnity, audit,
        price, subprocessors, residency, customer_keys, agreement, regimes, breach_notice, health_breach, owed,
        large_terms,
    )  # fmt: skip
