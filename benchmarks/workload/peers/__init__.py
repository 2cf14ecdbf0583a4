"""The workload in the languages of other engines, each used only where its package can be imported.

Every module has `NAME`, `prepare(plain)`, which turns plain mappings into what the engine is given (not measured), and
`load()`, which returns the function that is measured: from one prepared contract to thirty outcomes.
"""

from __future__ import annotations

ALL = ("cel_google", "cel_rust", "zen_expressions", "rego_regorus", "cedar", "rego_opa")
"""The modules, by name: importing one that has no package is an `ImportError`."""
