"""Judge a table of contracts at once, and one contract quickly."""

from pathlib import Path

import pyarrow as pa

import termwise

TODAY = "2026-11-24"
policy = termwise.load_policy(Path(__file__).parent.parent / "first/policy.tw")

table = pa.table(
    {
        "contract": ["acme-2026", "globex-2026", "initech-2026"],
        "vendor": ["Acme", "Globex", "Initech"],
        "training.use[prompts]": ["prohibited", "opt_out", None],  # nothing said is silence, and no breach
        "deletion.deadline in days": [30, 90, 7],  # numbers have their unit in the name of the column
        "security_retention.carved_out": [False, True, False],
        "breach.notice": ["48 hours", '{"vague": "promptly"}', "72 hours"],
        "assurance": ["signed", "agreed", "signed"],
    }
)
outcomes = policy.evaluate_table(table, as_of=TODAY, missing="silent")
print(f"{outcomes.report.decision}: {outcomes.report.fails} of {outcomes.report.contracts} fail")
for row in outcomes.table.to_pylist():
    print("  " + ", ".join(f"{name} {said}" for name, said in row.items() if name != "vendor"))

print("a row that cannot be judged:")
wrong = table.set_column(3, "deletion.deadline in days", pa.array([30, -1, 7]))
report = policy.evaluate_table(wrong, as_of=TODAY, missing="silent", on_error="skip").report
for fault in report.faults:
    print(f"  {report.skipped} skipped: row {fault.row}, {fault.contract}, at {fault.place}: {fault.why}")

print("one contract, in a program:")
found = policy.outcomes({"breach.notice": "48 hours", "deletion.deadline[request]": "31 days"}, as_of=TODAY)
print(f"  {dict(found)}")
