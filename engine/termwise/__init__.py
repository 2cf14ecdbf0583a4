"""Policy as code for contracts.

    import termwise

    policy = termwise.load_policy("ai_data_protection")
    report = policy.evaluate(termwise.load_contract("contract.yaml"))

Nothing is imported until it is asked for: the command starts from this package too.
"""

from __future__ import annotations

TYPE_CHECKING = (
    False  # type checkers know it by name; `typing`, which has one too, takes longer to load than a contract
)
if TYPE_CHECKING:
    from termwise.api import Contract, Policy, check_contracts, load_contract, load_policy, load_vocabulary
    from termwise.authoring import (
        contract_model,
        contract_schema,
        explain_code,
        format_text,
        lint_policies,
        vocabulary_of,
    )
    from termwise.diagnostics import PolicyError
    from termwise.report.models import CheckReport, ContractReport

__version__ = "0.1.0"

__all__ = [
    "CheckReport", "Contract", "ContractReport", "Policy", "PolicyError",
    "check_contracts", "contract_model", "contract_schema", "explain_code", "format_text", "lint_policies",
    "load_contract", "load_policy", "load_vocabulary", "vocabulary_of",
]  # fmt: skip

_HOMES = {
    "CheckReport": "termwise.report.models",
    "ContractReport": "termwise.report.models",
    "PolicyError": "termwise.diagnostics",
    **dict.fromkeys(
        ("contract_model", "contract_schema", "explain_code", "format_text", "lint_policies", "vocabulary_of"),
        "termwise.authoring",
    ),
}
"""Where names are that are not in `termwise.api`."""


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module `termwise` has no attribute `{name}`")
    from importlib import import_module

    return getattr(import_module(_HOMES.get(name, "termwise.api")), name)


def __dir__() -> list[str]:
    return sorted(__all__)
