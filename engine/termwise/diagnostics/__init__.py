"""How Termwise says that something is wrong."""

from termwise.diagnostics.model import Diagnostic, Label, Level, PolicyError, Problems, problem
from termwise.diagnostics.nearest import did_you_mean

__all__ = ["Diagnostic", "Label", "Level", "PolicyError", "Problems", "did_you_mean", "problem"]
