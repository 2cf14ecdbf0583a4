"""A small vocabulary, and the one way in which the tests of reports compile a policy and judge a contract."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from textwrap import dedent, indent

from termwise.compiler import compile_policy
from termwise.contracts import mapping
from termwise.contracts.bind import bind
from termwise.contracts.nodes import RawContract
from termwise.contracts.yaml_reader import read_yaml
from termwise.core.policy import Policy
from termwise.diagnostics import Problems
from termwise.evaluate.judgement import Judgement, RuleResult
from termwise.evaluate.reference import judge
from termwise.source import Source

TODAY = date(2026, 11, 24)

VOCABULARY = """\
vocabulary v "Words"
enum   copy_kind { copies, backups, caches }
enum   data_kind { prompts, outputs }
enum   party { customer, vendor }
enum   region { us, eu, apac }
enum   trigger { request, termination }
scale  flow { none < comparable < same }
scale  use { prohibited < consent < opt_in < permitted }
record subprocessor { name: text, flow_down: flow, notice: duration, regions: set of region }
term audit.lineage: boolean
term audit.notice: duration
term audit.rate: rate
term breach.notice: duration
term carve.out: boolean
term covers: set of copy_kind
term deletion.deadline[trigger]: duration
  prefer lower
term end.date: date
term fees.annual: money
term isolation: flow
term liability.cap: money
term output.owner: party
term residency.regions: set of region
term standard: text
term subprocessors.list: list of subprocessor
term training.use[data_kind]: use
  prefer lower
  presume permitted
annual fees fees.annual
context data.personal: boolean
context hosted: boolean
context permitted: set of region
"""


def policy_of(text: str, vocabulary: str = VOCABULARY, name: str = "p") -> Policy:
    """Compile a policy; the text may leave out its header."""
    header = "" if text.lstrip().startswith("policy ") else f"policy {name}\nuses v\n"
    problems = Problems()
    policy = compile_policy(
        Source(f"{name}.tw", header + dedent(text)), lambda *_: Source("v.tw", vocabulary), problems
    )
    assert policy is not None and not problems.all, problems.all
    return policy


def judged(policy: Policy | str, contract: str, *, as_of: date = TODAY, path: str = "acme.yaml") -> Judgement:
    """Judge a contract, given as the text of a YAML file."""
    compiled = policy_of(policy) if isinstance(policy, str) else policy
    problems = Problems()
    root = read_yaml(Source(path, dedent(contract)), problems)
    assert root is not None, problems.all
    bound = bind(RawContract(path, root), compiled.vocabulary, problems)
    assert bound is not None, problems.all
    return judge(compiled, bound, as_of)


def judged_data(policy: Policy, contract: Mapping[str, object]) -> Judgement:
    """Judge a contract, given as Python data."""
    problems = Problems()
    raw = mapping.raw(contract, problems)
    assert raw is not None, problems.all
    bound = bind(raw, policy.vocabulary, problems)
    assert bound is not None, problems.all
    return judge(policy, bound, TODAY)


def signed(terms: str) -> str:
    """Return the text of a contract of one signed document."""
    return "contract: acme\nterms:\n" + indent(dedent(terms).strip("\n") or "{}", "  ") + "\n"


def result(judgement: Judgement, rule: str = "r") -> RuleResult:
    """Return what came of a rule."""
    return next(each for each in judgement.results if each.rule.name == rule)
