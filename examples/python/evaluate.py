"""Judge contracts from Python: one in a file, one in a mapping, and all of a folder."""

from datetime import date
from pathlib import Path

import termwise

EXAMPLES = Path(__file__).parent.parent
TODAY = date(2026, 11, 24)  # the date is always an argument, so the same question has the same answer tomorrow

policy = termwise.load_policy("ai_data_protection")

contract = termwise.load_contract(EXAMPLES / "vendors/openai-api.yaml")
report = policy.evaluate(contract, as_of=TODAY)
verdict = report["no_training[prompts]"]
print(f"{report.contract}: {report.decision}")
print(f"  {verdict.rule} is {verdict.outcome}: {verdict.because}")
for fact in verdict.facts:
    print(f"  {fact.document} ({fact.assurance}), line {fact.line}: {fact.quote}")

print("what if a contract said no more than this?")
supposed = policy.evaluate({"deletion.deadline": "30 days", "breach.notice": "96 hours"}, as_of=TODAY)
for name in ("deletion_deadline[request]", "breach_notice", "audit_rights"):
    print(f"  {name} would be {supposed[name].outcome}: {supposed[name].because}")

print("breached, by vendor:")
contracts = [termwise.load_contract(path) for path in sorted((EXAMPLES / "vendors").glob("*.yaml"))]
for report in policy.evaluate_many(contracts, as_of=TODAY):
    breached = [each.rule for each in report.rules if each.outcome == "breached"]
    print(f"  {report.contract}: {', '.join(breached) or 'nothing'}")
