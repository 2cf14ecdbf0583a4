"""`termwise portfolio`: whatever is wrong with its sources is said, with the row's identity, and never judged."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from sessions import Command

import termwise

DAY = "2026-11-24"
POLICY = """\
policy own
uses ai_procurement
rule notice: major
  require breach.notice <= 72 hours
rule deletion for each trigger in deletion_trigger: minor
  require deletion.deadline[trigger] <= 30 days
rule contract: advice
  require regulatory.dpa
waive notice for contract "excused" while breach.notice <= 9 days until 2027-01-01 approved by "CPO" because "Known."
"""
GOOD = {"contract": "c", "breach.notice": "1 day", "deletion.deadline": "7 days", "regulatory.dpa": "yes"}


@pytest.fixture
def policy(tmp_path: Path) -> termwise.Policy:
    (tmp_path / "own.tw").write_text(POLICY, "utf-8")
    return termwise.load_policy(tmp_path / "own.tw")


def judged(policy: termwise.Policy, columns: Any, **options: Any) -> Any:
    """Judge a table; columns that are not given are silent."""
    table = columns if isinstance(columns, pa.Table) else pa.table(columns)
    return policy.evaluate_table(table, as_of=DAY, missing="silent", **options)


def refused(policy: termwise.Policy, columns: Any, **options: Any) -> str:
    with pytest.raises(termwise.PolicyError) as raised:
        judged(policy, columns, **options)
    return str(raised.value)


# -------------------------------------------------------------------------------------------------------- columns


def _encoded(codes: list[int | None], words: list[str | None]) -> Any:
    return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int8()), pa.array(words))


NOTICES: dict[str, Any] = {
    "text": pa.array(["1 day", "4 days", None]),
    "large text": pa.array(["1 day", "4 days", None], pa.large_string()),
    "views of text": pa.array(["1 day", "4 days", None], pa.string_view()),
    "dictionary": pa.array(["1 day", "4 days", None]).dictionary_encode(),
    "null in the dictionary": _encoded([0, 1, 2], ["1 day", "4 days", None]),
    "chunks": pa.chunked_array([_encoded([0], ["1 day"]), _encoded([0, 1], ["4 days", None])]),
    "slice": pa.array([*["9 days"] * 11, "1 day", "4 days", None, "9 days"]).slice(11, 3),
    "run ends": pa.RunEndEncodedArray.from_arrays(pa.array([1, 2, 3], pa.int32()), pa.array(["1 day", "4 days", None])),
    "time": pa.array([86_400, 345_600, None], pa.duration("s")),
    "nanoseconds": pa.array([86_400 * 10**9, 345_600 * 10**9, None], pa.duration("ns")),
    "structs": pa.array([{"at_most": "1 day"}, {"between": ["4 days", "5 days"]}, None]),
    "JSON": pa.array(['{"value": "1 day", "at": "12.1"}', '{"at_least": "4 days"}', '{"see": "the annex"}']),
    "a dispute": pa.array(["1 day", "4 days", '{"disputed": ["1 day", "4 days"]}']),
}  # fmt: skip


@pytest.mark.parametrize("notice", NOTICES.values(), ids=NOTICES)
def test_a_column_may_have_any_type_that_says_it(policy: termwise.Policy, notice: Any) -> None:
    """Whatever holds a day, four days and nothing is judged alike."""
    found = judged(policy, {"contract": ["a", "b", "c"], "breach.notice": notice})
    assert found.table["notice"].to_pylist() == ["met", "breached", "undecided"]


@pytest.mark.parametrize(
    "kind", [pa.int8(), pa.uint8(), pa.int32(), pa.uint64(), pa.float32(), pa.float64(), pa.decimal128(9)]
)
def test_numbers_have_their_unit_in_the_name(policy: termwise.Policy, kind: Any) -> None:
    column = pa.array([72, 73, None], kind)
    found = judged(policy, {"contract": ["a", "b", "c"], "breach.notice in hours": column})
    assert found.table["notice"].to_pylist() == ["met", "breached", "undecided"]
    assert "TW524 row 1, `a`, at `breach.notice`: `72" in refused(
        policy, {"contract": ["a", "b", "c"], "breach.notice": column}
    )


FAULTY: dict[str, tuple[Any, str]] = {
    "no value": (pa.array(["1 day", "soon"]), "`soon` is no duration"),
    "no number": (pa.array([1.0, float("nan")]), "`NaN` is no duration"),
    "yes": (pa.array([None, True]), "`yes` is no duration"),
    "bytes": (pa.array([None, b"1 day"]), "type `bytes`"),
    "broken JSON": (pa.array(["1 day", '{"at_most": ']), "is no JSON"),
    "a key twice": (pa.array(["1 day", '{"at_most": "1 day", "at_most": "2 days"}']), "is no JSON"),
    "null in JSON": (pa.array(["1 day", '{"value": null}']), "is null"),
    "one side of a dispute": (pa.array(["1 day", '{"disputed": ["1 day"]}']), "a dispute is a list of two or more"),
    "too fine": (pa.array([86_400 * 10**9, 1], pa.duration("ns")), "no value of a contract"),
    "a list": (pa.array([None, ["1 day"]]), "a list stands where"),
    "a map": (pa.array([None, [("value", "1 day")]], pa.map_(pa.string(), pa.string())), "a list stands where"),
}


@pytest.mark.parametrize(("notice", "why"), FAULTY.values(), ids=FAULTY)
def test_a_cell_that_is_no_value_is_said_or_skipped(policy: termwise.Policy, notice: Any, why: str) -> None:
    """A row at fault has a number, a contract, a column and a reason; it comes to nothing, and the run to no pass."""
    columns = {"contract": ["a", "b"], "breach.notice": notice}
    assert why in refused(policy, columns)
    found = judged(policy, columns, on_error="skip")
    fault = found.report.faults[-1]
    assert (fault.file, fault.row, fault.contract, fault.place) == ("<table>", 2, "b", "breach.notice")
    assert why in fault.why
    assert "b" not in found.table["contract"].to_pylist()
    assert found.report.contracts + found.report.skipped == 2
    assert found.report.decision != "pass"


def test_a_run_that_skips_is_never_a_pass(policy: termwise.Policy) -> None:
    good = pa.Table.from_pylist([GOOD])
    assert judged(policy, good).report.decision == "pass"
    bad = pa.Table.from_pylist([GOOD, {**GOOD, "breach.notice": "soon"}])
    report = judged(policy, bad, on_error="skip").report
    assert (report.decision, report.passes, report.contracts, report.skipped) == ("undecided", 1, 1, 1)
    assert judged(policy, good.slice(0, 0)).report.decision == "undecided"


def test_many_different_faults_are_found_at_once(policy: termwise.Policy) -> None:
    count = 2_000
    rows = {
        "contract": [f"c{each}" for each in range(count)],
        "breach.notice": [f"bad {each}" for each in range(count)],
    }
    report = judged(policy, rows, on_error="skip").report
    assert (report.skipped, [each.row for each in report.faults]) == (count, list(range(1, 101)))
    assert "bad 99" in report.faults[99].why


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["contract", "breach.notice", "breach.notice"], "two columns are called `breach.notice`"),
        (["contract", "breach.notice", " breach.notice"], "are for the same"),
        (["contract", "deletion.deadline[request]", "deletion.deadline['request']"], "are for the same"),
        (["contract", "breach.notise", "vendor"], "did you mean `breach.notice`?"),
        (["contract", "breach.notice in euros", "vendor"], "did you mean `breach.notice`?"),
        (["contract", "deletion.deadline[never]", "vendor"], "is no term"),
        (["id", "breach.notice", "vendor"], "no column is called `contract`"),
    ],
)  # fmt: skip
def test_columns_that_are_for_nothing_or_twice(policy: termwise.Policy, names: list[str], said: str) -> None:
    assert said in refused(policy, pa.table([pa.array(["1 day"])] * 3, names=names))


def test_a_missing_column_is_an_error_unless_it_is_silence(policy: termwise.Policy) -> None:
    table = pa.table({"contract": ["a"], "breach.notice": ["1 day"], "spend": [3]})
    with pytest.raises(termwise.PolicyError, match=r"TW523 the policy reads 3 terms without a column"):
        policy.evaluate_table(table, as_of=DAY, ignore=["spend"])
    assert judged(policy, table, ignore=["spend"]).table["deletion[request]"].to_pylist() == ["undecided"]


def test_a_row_that_says_it_twice_is_at_fault(policy: termwise.Policy) -> None:
    columns = {"contract": ["a", "b"], "breach.notice": ["1 day", None], "breach.notice in days": [1, 9]}
    assert "row 1, `a`, at `breach.notice in days`: the row says it in two columns" in refused(policy, columns)
    found = judged(policy, columns, on_error="skip").table
    assert (found["contract"].to_pylist(), found["notice"].to_pylist()) == (["b"], ["breached"])


def test_a_column_of_one_key_comes_before_that_of_all(policy: termwise.Policy) -> None:
    columns = {
        "contract": ["a", "b"],
        "deletion.deadline in days": [7, 7],
        "deletion.deadline[request]": ["1 year", None],
    }
    found = judged(policy, columns).table
    assert found["deletion[request]"].to_pylist() == ["breached", "met"]
    assert found["deletion[termination]"].to_pylist() == ["met", "met"]


# ----------------------------------------------------------------------------------------------- what rows say


def test_assurance_is_that_of_the_fact_or_of_the_row(policy: termwise.Policy) -> None:
    """Neither: claimed, as a document that does not say; no such column: signed, as bare terms."""
    words = pa.DictionaryArray.from_arrays(pa.array([0, 1, 1, None], pa.int8()), pa.array(["signed", None]))
    columns = {"contract": list("abcd"), "breach.notice": ["1 day"] * 4}
    assert judged(policy, columns).table["notice"].to_pylist() == ["met"] * 4
    row = {"assurance": pa.array(["claimed", "signed", "agreed", None])}
    assert judged(policy, {**columns, **row}).table["notice"].to_pylist() == [
        "unsecured",
        "met",
        "unsecured",
        "unsecured",
    ]
    fact = {"breach.notice assurance": words}
    assert judged(policy, {**columns, **row, **fact}).table["notice"].to_pylist() == [
        "met",
        "met",
        "unsecured",
        "unsecured",
    ]
    for wrong in (pa.array(["sworn"] * 4), pa.array([1] * 4), pa.array([["signed"]] * 4), pa.array([True] * 4)):
        assert "is no assurance: claimed, documented, agreed, signed" in refused(
            policy, {**columns, "assurance": wrong}
        )


DAYS: dict[str, tuple[Any, Any]] = {
    "text": ("2026-11-24", "2026-11-25"),
    "dates": (date(2026, 11, 24), date(2026, 11, 25)),
    "midnights": (datetime(2026, 11, 24), datetime(2026, 11, 25)),
}


@pytest.mark.parametrize(("today", "tomorrow"), DAYS.values(), ids=DAYS)
def test_a_row_speaks_while_it_is_in_force(policy: termwise.Policy, today: Any, tomorrow: Any) -> None:
    columns = {"contract": list("abcd"), "breach.notice": ["1 day"] * 4}
    days = pa.array([today, tomorrow, None, None])
    assert judged(policy, {**columns, "effective": days}).table["notice"].to_pylist() == [
        "met",
        "undecided",
        "met",
        "met",
    ]
    found = policy.evaluate_table(pa.table({**columns, "expires": days}), as_of="2026-11-25", missing="silent").table
    assert found["notice"].to_pylist() == ["undecided", "met", "met", "met"]
    both = {"effective": days.take(pa.array([1, 2, 2, 2])), "expires": days.take(pa.array([0, 2, 2, 2]))}
    assert "row 1, `a`, at `expires`: the row expires before it takes effect" in refused(policy, {**columns, **both})


@pytest.mark.parametrize("day", ["2026-02-30", "24.11.2026", "2026-11-24x", 20261124, True, datetime(2026, 11, 24, 5)])
def test_what_is_no_day_is_not_taken_for_one(policy: termwise.Policy, day: Any) -> None:
    columns = {"contract": ["a"], "breach.notice": ["1 day"]}
    for name in ("effective", "expires"):
        assert f"TW524 row 1, `a`, at `{name}`: " in refused(policy, {**columns, name: [day]})


def test_every_row_says_which_contract_it_is(policy: termwise.Policy) -> None:
    notice = {"breach.notice": ["1 day"] * 4}
    report = judged(policy, {"contract": ["a", None, "", " "], **notice}, on_error="skip").report
    assert [(each.row, each.why) for each in report.faults] == [
        (n, "the row does not say which contract it is") for n in (2, 3, 4)
    ]
    assert judged(policy, {"contract": [1, 2, 3, 4], **notice}).table["contract"].to_pylist() == ["1", "2", "3", "4"]
    for wrong in ([["a"]] * 4, [b"a"] * 4, [1.5] * 4):
        assert "TW521 the column `contract` holds" in refused(policy, {"contract": wrong, **notice})
        assert "TW521 the column `vendor` holds" in refused(
            policy, {"contract": list("abcd"), "vendor": wrong, **notice}
        )


def test_a_waiver_covers_the_contract_it_names_and_one_row(policy: termwise.Policy) -> None:
    columns = {"contract": ["excused", "other", "late"], "breach.notice": ["9 days", "9 days", "10 days"]}
    assert judged(policy, columns).table["notice"].to_pylist() == ["waived", "breached", "breached"]
    twice = {"contract": ["excused", "other", "excused"], "breach.notice": ["9 days"] * 3}
    assert "TW516 2 rows are called `excused`, and a waiver names that contract" in refused(
        policy, twice, on_error="skip"
    )


def test_the_worst_are_named_and_all_are_counted(policy: termwise.Policy) -> None:
    columns = {
        "contract": [f"c{n}" for n in range(300)],
        "breach.notice in days": [9, 1, 9] * 100,
        "regulatory.dpa": [True, None, False] * 100,
    }
    for worst in (0, 1, 3, 1000):
        report = judged(policy, columns, worst=worst).report
        assert {each.severity: each.failing_contracts for each in report.severities if each.failing_contracts} == {
            "major": 200,
            "advice": 100,
        }
        first = ["c2", "c5", "c8"] if worst >= 3 else ["c2"]
        assert [each.contract for each in report.worst][:3] == first[:worst]
        assert len(report.worst) == min(worst, 200)


def test_a_dictionary_of_vendors_may_be_full(policy: termwise.Policy) -> None:
    vendors = pa.DictionaryArray.from_arrays(
        pa.array([0, None, 127], pa.int8()), pa.array([f"v{n}" for n in range(128)])
    )
    report = judged(policy, {"contract": ["a", "b", "c"], "vendor": vendors, "breach.notice": ["1 day"] * 3}).report
    assert {each.vendor for each in report.vendors} == {"v0", "v127", None}


def test_a_rule_called_as_another_column_is_not_taken_for_it(policy: termwise.Policy) -> None:
    found = judged(policy, pa.Table.from_pylist([GOOD])).table
    assert found.column_names == [
        "contract",
        "vendor",
        "decision",
        "notice",
        "deletion[request]",
        "deletion[termination]",
        "rule contract",
    ]
    assert found.to_pylist()[0] | {"contract": "c", "vendor": None, "rule contract": "met"} == found.to_pylist()[0]


# ---------------------------------------------------------------------------------------------------------- files

HEAD = "contract,breach.notice,deletion.deadline,regulatory.dpa"
BROKEN: dict[str, tuple[str, bytes]] = {
    "cut within quotes": ("a.csv", f'{HEAD}\nc,1 day,7 days,yes\nd,"1 day,7 days,yes\n'.encode()),
    "cut within a row": ("a.csv", f"{HEAD}\nc,1 day,7 days,yes\nd,1 d".encode()),
    "not UTF-8": ("a.csv", f"{HEAD}\nc,1 day,7 days,\xff".encode("latin-1")),
    "nothing": ("a.csv", b""),
    "a header": ("a.csv", HEAD.encode()),
    "a compressed file": ("a.csv.gz", b"\x1f\x8b\x08\x00"),
    "no Parquet": ("a.parquet", b"PAR1 and then nothing"),
    "no bytes of Parquet": ("a.parquet", b""),
    "no Arrow": ("a.arrow", b"ARROW1\0\0 and then nothing"),
    "no bytes of Arrow": ("a.feather", b""),
    "half a line": ("a.jsonl", b'{"contract": "c", "terms": {"breach.no'),
    "no lines": ("a.jsonl", b"\n\n"),
    "a mapping of nothing": ("a.jsonl", b"{}\n"),
    "an assurance that is a list": ("a.jsonl", b'{"contract": "c", "assurance": [], "terms": {"breach.notice": "x"}}'),
    "half a character": ("a.jsonl", b'{"contract": "c\\ud800", "terms": {"breach.notice": "1 day"}}'),
    "not UTF-8 in a line": ("a.jsonl", b'{"contract": "c\xff", "terms": {}}'),
    "too long a line": ("a.jsonl", b'{"contract": "' + b"c" * (5 << 20) + b'", "terms": {}}'),
    "too deep a line": ("a.jsonl", b'{"contract": "c", "terms": ' + b"[" * 9000 + b"]" * 9000 + b"}"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content"), BROKEN.values(), ids=BROKEN)
@pytest.mark.usefixtures("policy")
def test_a_file_that_is_broken_is_no_pass(command: Command, tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    ended = command("portfolio", name, "--policy", "own.tw", "--as-of", DAY, "--rows", "out.csv")
    assert (ended.code, ended.out) == (2, ""), ended
    assert f"{name}:" in ended.err
    assert "TW5" in ended.err
    skipping = command("portfolio", name, "--policy", "own.tw", "--as-of", DAY, "--on-error", "skip")
    assert skipping.code in (2, 3), skipping
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted([name, "own.tw"])


@pytest.mark.parametrize("ending", ["parquet", "arrow"])
@pytest.mark.usefixtures("policy")
def test_a_file_that_breaks_off_is_no_pass(command: Command, tmp_path: Path, ending: str) -> None:
    """Wherever it was cut: half of a portfolio looks better than it is."""
    table = pa.Table.from_pylist([{**GOOD, "contract": f"c{number}"} for number in range(5000)])
    path = tmp_path / f"a.{ending}"
    if ending == "parquet":
        pq.write_table(table, path, row_group_size=500)
    else:
        with pa.ipc.new_file(path, table.schema) as file:
            file.write_table(table, max_chunksize=500)
    whole = path.read_bytes()
    assert command("portfolio", path.name, "--policy", "own.tw", "--as-of", DAY).code == 0
    for share in (0.01, 0.3, 0.6, 0.9, 0.999):
        path.write_bytes(whole[: int(len(whole) * share)])
        ended = command("portfolio", path.name, "--policy", "own.tw", "--as-of", DAY, "--on-error", "skip")
        assert (ended.code, "TW521" in ended.err) == (2, True), (share, ended)


@pytest.mark.usefixtures("policy")
def test_text_files_may_be_written_in_any_way(command: Command, tmp_path: Path) -> None:
    """A mark of the byte order, line ends of either kind, blank lines and cells of several lines say nothing."""
    mark = b"\xef\xbb\xbf"
    rows = f'{HEAD}\r\nc,1 day,"7\r\n days",yes\r\n\r\nd,"{{""at_most"": ""2 days""}}",7 days,yes'.encode()
    (tmp_path / "a.csv").write_bytes(mark + rows)
    line = json.dumps({"contract": "c", "terms": {each: GOOD[each] for each in GOOD if each != "contract"}}).encode()
    (tmp_path / "a.jsonl").write_bytes(mark + line + b"\r\n\r\n  \n" + line.replace(b'"c"', b'"d"'))
    for name in ("a.csv", "a.jsonl"):
        ended = command("portfolio", name, "--policy", "own.tw", "--as-of", DAY)
        assert (ended.code, ended.out.splitlines()[0]) == (0, f"pass  2 contracts under own on {DAY}"), ended


@pytest.mark.usefixtures("policy")
def test_folders_have_files_of_one_kind(command: Command, tmp_path: Path) -> None:
    """Rows at any depth, but no contracts beside them that would be left out without a word."""
    inner = tmp_path / "all" / "year=2026"
    inner.mkdir(parents=True)
    row = ",".join(GOOD.values())
    (inner / "part.csv").write_text(f"{HEAD}\n{row}\n", "utf-8")
    (inner / "_SUCCESS").touch()
    (inner / "notes.txt").write_text("notes", "utf-8")
    words = ("portfolio", "all", "--policy", "own.tw", "--as-of", DAY)
    ended = command(*words)
    assert (ended.code, "left out: `year=2026/notes.txt`" in ended.err) == (0, True), ended
    (tmp_path / "all" / "bad.yaml").write_text("contract: x\nterms: {breach.notice: 9 days}\n", "utf-8")
    ended = command(*words)
    assert (ended.code, "has files of rows" in ended.err) == (2, True), ended


def test_numbers_of_rows_are_those_of_their_file(policy: termwise.Policy, tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(f"{HEAD}\nc,1 day,7 days,yes\nd,soon,7 days,yes\n", "utf-8")
    report = policy.evaluate_portfolio([tmp_path / "a.csv", tmp_path / "b.csv"], as_of=DAY, on_error="skip")
    assert [(Path(each.file).name, each.row, each.contract) for each in report.faults] == [
        ("a.csv", 2, "d"),
        ("b.csv", 2, "d"),
    ]
    with pytest.raises(termwise.PolicyError, match=r"a\.csv:3:1: TW524 row 2, `d`, at `breach\.notice`"):
        policy.evaluate_portfolio(tmp_path / "a.csv", as_of=DAY)
