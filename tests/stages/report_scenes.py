"""A policy and contracts on which every outcome is reached, for the tests of printed reports."""

from __future__ import annotations

POLICY = """
policy guard "Data guard" version 2 uses v

define careful = carve.out and audit.lineage

rule deletion for each t in trigger: dealbreaker
  prefer   deletion.deadline[t] <= 7 days
  require  deletion.deadline[t] <= 30 days
  fallback deletion.deadline[t] <= 90 days and careful
           approved by "Privacy Officer"
  because  "Copies that outlive the contract are copies nobody is accountable for."
  cite     "Playbook, section 2"
  clause   data_deletion
  lever    "Offer a longer term."

rule training: dealbreaker
  require  training.use[prompts] = prohibited

rule audits: major
  require  audit.notice <= 60 days
  require  audit.rate >= 2 per year

rule residency: major
  when     data.personal
  require  residency.regions within {us, eu}

rule flow_down
  require  every s in subprocessors.list satisfies (s.flow_down = same and s.notice >= 30 days)

rule isolated
  require  isolation >= same

rule health: advice
  when     hosted
  require  breach.notice <= 72 hours

clause data_deletion "Deletion" grants deletion.deadline = 30 days text "Delete it."

waive residency for contract "acme" until 2026-12-31 approved by "General Counsel" because "Pilot in Tokyo."
"""

ACME = """\
contract: acme
vendor: Acme Cloud
context: {data.personal: yes, hosted: no}
documents:
  - id: dpa
    title: Data processing agreement
    assurance: signed
    terms:
      deletion.deadline:
        request: {value: 60 days, at: "4.2", quote: "within sixty days of a request"}
        termination: 5 days
      carve.out: yes
      audit.lineage: yes
      audit.notice: {vague: reasonable notice, at: "7", quote: "upon reasonable notice"}
      residency.regions: [us, apac]
  - id: site
    title: Trust centre
    assurance: documented
    terms:
      deletion.deadline: {value: 30 days, at: FAQ, quote: "we delete within 30 days"}
      training.use: {prompts: opt_in}
      isolation: {value: same, quote: "strict tenant isolation"}
      subprocessors.list:
        - {name: Bolt Mail, flow_down: same, notice: 10 days}
"""

BOLT = """\
contract: bolt-2026
vendor: Bolt
context: {data.personal: no, hosted: yes}
documents:
  - id: order
    title: Order form
    assurance: signed
    terms:
      deletion.deadline: 30 days
      training.use: prohibited
      audit.notice: 1 month
      audit.rate: quarterly
      subprocessors.list: none
      isolation: same
"""

CLEAR = """\
contract: clear
context: {hosted: no}
terms:
  deletion.deadline: 120 days
"""
