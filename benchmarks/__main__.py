"""Run every benchmark, or those that are named: `python -m benchmarks [cold_start] [growth] [latency] …`."""

from __future__ import annotations

import sys
from importlib import import_module

ALL = ("cold_start", "growth", "judge", "latency", "scaling", "columnar", "proofs")


def main(chosen: list[str]) -> int:
    """Print the figures of the chosen benchmarks, or of all."""
    unknown = [name for name in chosen if name not in ALL]
    if unknown:
        print(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(ALL)}", file=sys.stderr)
        return 2
    for name in chosen or ALL:
        print(f"== {name}", flush=True)
        import_module(f"benchmarks.{name}").main()
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
