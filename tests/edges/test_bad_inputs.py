"""Files that nobody should have written: each ends with exit code 2 and a diagnostic at its place, and none hangs."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest
from sessions import Command, shell

HEAD = "policy p\nuses words\n"
WORDS = """\
vocabulary words
enum   region { us, NO, "010" }
enum   trigger { request, termination }
record supplier { name: text, notice: duration }
term   notice: duration
term   deadline[trigger]: duration
term   audits: rate
term   fees: money
term   share: percent
term   seats: integer
term   ends: date
term   standard: text
term   regions: set of region
term   suppliers: list of supplier
term   on: boolean
"""
DEEP = 5000
MEGABYTE = 1024 * 1024

POLICIES = {
    "syntax, three times": (
        "rule a b\nrule c: major\n  require on and\nrule d\n  require on ) \n",
        "TW010 TW010 TW010",
    ),
    "a stray character": ("rule a\n  require on & on\n", "4:14 TW011"),
    "an unclosed text": ('rule a\n  because "x\n  require on\n', "4:11 TW012"),
    "no header": ("", "1:1 TW016"),
    "an unknown term": ("rule a\n  require notcie <= 3 days\n", "4:11 TW102"),
    "an unknown dotted term": ("rule a\n  require a.notice <= 3 days\n", "4:11 TW101"),
    "an unknown rule": ("rule a\n  when rule b passes\n  require on\n", "4:8 TW103"),
    "an unknown symbol": ("rule a\n  require regions within {su}\n", "4:27 TW110"),
    "an unknown severity": ("rule a: grave\n  require on\n", "3:9 TW111"),
    "a missing unit": ("rule a\n  require notice <= 30\n", "4:21 TW202"),
    "a wrong dimension": ("rule a\n  require notice <= quarterly\n", "4:21 TW203"),
    "a unit that is none": ("rule a\n  require notice <= 3 fortnights\n", "4:21 TW204"),
    "another wrong dimension": ("rule a\n  require notice + audits <= 30 days\n", "4:20 TW203"),
    "no condition": ("rule a\n  require notice\n", "4:11 TW205"),
    "an impossible date": ("rule a\n  in force from 2026-02-30\n  require on\n", "4:17 TW207"),
    "a date out of range": ("rule a\n  require ends <= 2026-13-01\n", "4:19 TW207"),
    "a negative duration": ("rule a\n  require notice <= -3 days\n", "4:21 TW208"),
    "a duplicate rule": ("rule a\n  require on\nrule a\n  require on\n", "5:6 TW107"),
    "a circle of rules": ("rule a\n  require rule b passes\nrule b\n  require rule a passes\n", "TW401"),
    "a rule that asks about itself": ("rule a\n  require rule a passes\n", "TW401"),
    "a circle of definitions": ("define x = y\ndefine y = x\nrule a\n  require x\n", "TW402"),
    "parentheses": (f"rule a\n  require {'(' * DEEP}on{')' * DEEP}\n", "4:111 TW006"),
    "parentheses never closed": (f"rule a\n  require {'(' * DEEP}\n", "4:111 TW006"),
    "brackets": (f"rule a\n  require suppliers = {'[' * DEEP}{']' * DEEP}\n", "4:123 TW006"),
    "braces": (f"rule a\n  require regions = {'{' * DEEP}{'}' * DEEP}\n", "4:121 TW006"),
    "negations": (f"rule a\n  require {'not ' * DEEP}on\n", "4:3 TW006"),
    "a long chain is not deep": (f"rule a\n  require {' and '.join(['on'] * DEEP)} and onn\n", "TW102"),
    "invalid UTF-8": (b"rule a\n  require on # \xff\n", "4:16 TW002"),
    "a NUL": (b"rule a\n  require\0on\n", "4:10 TW003"),
    "an escape": (b'rule a\n  because "\x1b[2J"\n  require on\n', "4:12 TW003"),
}

CONTRACTS = {
    "syntax": ("terms: {notice: 3 days\n", "TW501"),
    "a tab": ("terms:\n\tnotice: 3 days\n", "2:1 TW501"),
    "a list": ("- notice\n", "1:1 TW505"),
    "nothing stated": ("vendor: A\n", "1:1 TW510"),
    "an unknown term": ("terms: {notcie: 3 days}\n", "1:9 TW101"),
    "an unknown key": ("terms: {}\nvendr: A\n", "2:1 TW503"),
    "an unknown symbol": ("terms: {regions: [su]}\n", "1:19 TW110"),
    "a missing unit": ("terms: {notice: 30}\n", "1:17 TW202"),
    "a wrong dimension": ("terms: {audits: 30 days}\n", "1:17 TW203"),
    "an unknown unit": ("terms: {notice: 3 fortnights}\n", "1:17 TW204"),
    "an impossible date": ("terms: {ends: 2026-02-30}\n", "1:15 TW207"),
    "an impossible date of a document": ("documents: [{id: a, expires: 2026-02-30}]\n", "1:30 TW207"),
    "a negative duration": ("terms: {notice: -3 days}\n", "1:17 TW208"),
    "a duplicate key": ("terms: {notice: 3 days, notice: 4 days}\n", "1:25 TW502"),
    "a duplicate key, spelt otherwise": (
        "terms:\n  deadline: {request: 3 days}\n  deadline[request]: 4 days\n",
        "3:3 TW502",
    ),
    "null": ("terms: {notice: null}\n", "1:17 TW504"),
    "none": ("terms: {notice: none}\n", "1:17 TW209"),
    "a boolean for a region": ("terms: {on: us}\n", "1:13 TW"),
    "two documents": ("terms: {on: yes}\n---\nterms: {}\n", "2:1 TW501"),
    "a tag": ("terms: !!python/object:os.system {}\n", "1:8 TW501"),
    "a document twice": ("documents: [{id: a}, {id: a}]\n", "1:27 TW509"),
    "another vocabulary": ("vocabulary: other\nterms: {on: yes}\n", "1:13 TW507"),
    "brackets": (f"terms: {{suppliers: {'[' * DEEP}{']' * DEEP}}}\n", "TW006"),
    "brackets never closed": ("[" * DEEP, "TW006"),
    "indentation": ("".join(f"{' ' * depth}a:\n" for depth in range(1000)), "TW006"),
    "invalid UTF-8": (b"terms: {standard: \xff}\n", "1:19 TW002"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "1:1 TW003"),
    "a NUL": (b"terms: {standard: \0}\n", "1:19 TW003"),
    "an escape": (b"terms: {standard: \x1b[31m}\n", "1:19 TW003"),
    "nothing": (b"", "1:1 TW004"),
    "only a comment": (b"# nothing\n", "1:1 TW004"),
    "UTF-16": ("terms: {on: yes}\n".encode("utf-16"), "1:1 TW002"),
    "a bomb": (
        "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)),
        "TW508",
    ),
    "an alias of itself": ("terms: &a {on: *a}\n", "1:16 TW501"),
}

OTHER_FORMATS = {
    "json, cut": ('{"terms": {"on": "yes"', ".json", "1:23 TW501"),
    "json, a comma": ('{"terms": {"on": "yes",}}', ".json", "1:24 TW501"),
    "json, twice": ('{"terms": {"on": "yes", "on": "no"}}', ".json", "1:25 TW502"),
    "json, brackets": (f'{{"terms": {{"suppliers": {"[" * DEEP}{"]" * DEEP}}}}}', ".json", "1:124 TW006"),
    "json, braces": ('{"a":' * DEEP + "1" + "}" * DEEP, ".json", "TW006"),
    "json, nothing": ("", ".json", "1:1 TW004"),
    "json, NaN": ('{"terms": {"seats": NaN}}', ".json", "1:21 TW501"),
    "json, a number with 5,000 digits": (f'{{"terms": {{"seats": {"9" * 5000}}}}}', ".json", "1:21 TW"),
    "toml, cut": ("[terms\non = true\n", ".toml", "1:"),
    "toml, twice": ("[terms]\non = true\non = false\n", ".toml", "3:1 TW502"),
    "toml, brackets": (f"[terms]\nsuppliers = {'[' * DEEP}{']' * DEEP}\n", ".toml", "2:113 TW006"),
    "toml, an impossible date": ("[terms]\nends = 2026-02-30\n", ".toml", "2:8 TW207"),
    "a Word document": (b"PK\x03\x04\x14\0", ".docx", "1:1 TW"),
}

_PLACE = re.compile(r"^(\S+):(\d+:\d+): error (TW\d{3}) \[[a-z0-9-]+\]: .+$", re.MULTILINE)


@pytest.fixture(autouse=True)
def _files(tmp_path: Path) -> None:
    (tmp_path / "words.tw").write_text(WORDS, "utf-8")
    (tmp_path / "good.tw").write_text(f"{HEAD}rule a\n  require on\n", "utf-8")
    (tmp_path / "good.yaml").write_text("terms: {on: yes}\n", "utf-8")


def refused(command: Command, *words: str) -> list[str]:
    """Return the place and code of every error that a command line ends with; it says nothing else."""
    ended = command("check", *words)
    assert (ended.code, ended.out) == (2, ""), ended
    assert "Traceback" not in ended.err
    assert len(ended.err) < 40_000
    found = [f"{place} {code}" for _, place, code in _PLACE.findall(ended.err)]
    assert found, ended.err
    return found


def holds(expected: str, found: list[str]) -> bool:
    """Whether errors are as expected: the codes of all of them, or the place and the code of one."""
    if expected.startswith("TW"):
        return expected.split() == [each.split()[1] for each in found]
    return any(each.startswith(expected) for each in found)


@pytest.mark.parametrize("name", POLICIES)
def test_policies(name: str, command: Command, tmp_path: Path) -> None:
    text, expected = POLICIES[name]
    data = text if isinstance(text, bytes) else text.encode()
    (tmp_path / "p.tw").write_bytes(data if name == "no header" else HEAD.encode() + data)
    if name == "no header":
        (tmp_path / "p.tw").write_text("rule a\n  require on\n", "utf-8")
    assert holds(expected, found := refused(command, "good.yaml", "--policy", "p.tw")), found


@pytest.mark.parametrize("name", CONTRACTS)
def test_contracts(name: str, command: Command, tmp_path: Path) -> None:
    text, expected = CONTRACTS[name]
    (tmp_path / "c.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    assert holds(expected, found := refused(command, "c.yaml", "--policy", "good.tw")), found


@pytest.mark.parametrize("name", OTHER_FORMATS)
def test_contracts_in_other_formats(name: str, command: Command, tmp_path: Path) -> None:
    text, ending, expected = OTHER_FORMATS[name]
    (tmp_path / f"c{ending}").write_bytes(text if isinstance(text, bytes) else text.encode())
    assert holds(expected, found := refused(command, f"c{ending}", "--policy", "good.tw")), found


@pytest.mark.parametrize("name", ["c.yaml", "c.json", "c.toml", "p.tw"])
def test_fifty_megabytes_are_refused_unread(name: str, command: Command, tmp_path: Path) -> None:
    with (tmp_path / name).open("wb") as file:
        file.truncate(50 * MEGABYTE)
    words = ("good.yaml", "--policy", name) if name == "p.tw" else (name, "--policy", "good.tw")
    assert refused(command, *words) == ["1:1 TW005"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("gone.yaml --policy good.tw", "1:1 TW001"),
        ("good.yaml --policy gone.tw", "1:1 TW001"),
        ("good.yaml --policy gone", "1:1 TW105"),
        ("good.yaml --policy words.tw", "1:12 TW105"),
        ("good.yaml --policy folder", "1:1 TW001"),
        ("folder --policy good.tw", "1:1 TW510"),
        ("link.yaml --policy good.tw", "1:1 TW001"),
        ("good.yaml --policy link.tw", "1:1 TW001"),
        ("circle.yaml --policy good.tw", "1:1 TW001"),
        (f"{'x' * 5000}.yaml --policy good.tw", "1:1 TW001"),
        ("good.yaml --policy usesless.tw", "1:8 TW106"),
        ("good.yaml --policy orphan.tw", "2:9 TW105"),
        ("good.yaml --policy itself.tw", "2:9 TW301"),
        ("good.yaml --policy nothing.tw", "1:1 TW014"),
    ],
)
def test_what_is_not_there(words: str, expected: str, command: Command, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link.yaml").symlink_to("nowhere")
    (tmp_path / "link.tw").symlink_to("nowhere")
    (tmp_path / "circle.yaml").symlink_to("circle.yaml")
    (tmp_path / "usesless.tw").write_text("policy u\nrule a\n  require on\n", "utf-8")
    (tmp_path / "orphan.tw").write_text("policy o\nextends nobody\n", "utf-8")
    (tmp_path / "nothing.tw").write_text("policy nothing\nuses words\n", "utf-8")
    (tmp_path / "itself.tw").write_text("policy itself\nextends itself\n", "utf-8")
    assert expected in refused(command, *words.split())


@pytest.mark.parametrize("make", ["mkfifo pipe", "ln -s /dev/zero pipe", "ln -s /dev/null pipe"])
@pytest.mark.parametrize("words", ["pipe --policy good.tw", "good.yaml --policy ./pipe"])
def test_pipes_and_devices_do_not_keep_anybody_waiting(make: str, words: str, tmp_path: Path) -> None:
    ended = shell(f"{make}; exec termwise check {words}", tmp_path)
    assert ended.code == 2
    assert re.search(r"pipe:1:1: error TW00[145]", ended.err)


def test_a_pipe_that_somebody_writes_to_is_read(tmp_path: Path) -> None:
    ended = shell("termwise check <(sleep 1; cat good.yaml) --policy good.tw | tail -1", tmp_path)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("Decision: ✓ pass")


def test_a_pipe_in_a_folder_is_no_contract(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    ended = shell("termwise check . --policy good.tw | tail -1", tmp_path)
    assert (ended.code, ended.err) == (0, "")


def test_links_in_a_circle_are_reported_and_the_rest_is_judged(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "good.yaml").write_bytes((tmp_path / "good.yaml").read_bytes())
    for name, target in (("a.yaml", "b.yaml"), ("b.yaml", "a.yaml"), ("one", "other"), ("other", "one")):
        (folder / name).symlink_to(target)
    ended = shell("termwise check folder --policy good.tw", tmp_path)
    assert ended.code == 2
    assert ended.err.count(": error TW001") == 2
    assert "good.yaml" in ended.out


@pytest.mark.parametrize(
    ("name", "words"), [("c.yaml", "c.yaml --policy good.tw"), ("p.tw", "good.yaml --policy p.tw")]
)
def test_what_may_not_be_read(name: str, words: str, tmp_path: Path) -> None:
    """The administrator may read everything, unless that right is given up first."""
    (tmp_path / name).write_text("terms: {on: yes}\n", "utf-8")
    (tmp_path / name).chmod(0)
    rights = "setpriv --bounding-set -dac_override,-dac_read_search" if os.geteuid() == 0 else ""
    if rights and shutil.which("setpriv") is None:
        pytest.skip("needs `setpriv` to give up the rights of the administrator")
    ended = shell(f"{rights} termwise check {words}", tmp_path)
    assert ended.code == 2
    assert f"{name}:1:1: error TW001 [unreadable-file]: `{name}` cannot be read: it may not be opened" in ended.err


def test_a_problem_is_shown_where_it_stands_after_marks_and_other_line_ends(command: Command, tmp_path: Path) -> None:
    """A byte-order mark and line ends of any kind are accepted, and count for nothing."""
    mark = b"\xef\xbb\xbf"
    for ends in (b"\n", b"\r\n", b"\r"):
        (tmp_path / "c.yaml").write_bytes(mark + b"terms:\n  on: yes\n".replace(b"\n", ends))
        (tmp_path / "p.tw").write_bytes(mark + f"{HEAD}rule a\n  require on\n".encode().replace(b"\n", ends))
        assert command("check", "c.yaml", "--policy", "p.tw").code == 0
        (tmp_path / "c.yaml").write_bytes(mark + b"terms:\n  on: maybe\n".replace(b"\n", ends))
        (tmp_path / "p.tw").write_bytes(mark + f"{HEAD}rule a\n  require onn\n".encode().replace(b"\n", ends))
        assert refused(command, "c.yaml", "--policy", "good.tw")[0].startswith("2:7 ")
        assert refused(command, "good.yaml", "--policy", "p.tw") == ["4:11 TW102"]


def test_values_are_what_was_written(command: Command, tmp_path: Path) -> None:
    """`NO` is a region and no boolean, `010` is ten and not eight, `1.10` is no number, `on` may be a key."""
    (tmp_path / "p.tw").write_text(
        f"{HEAD}rule all: minor\n  require regions within {{NO}}\n  require seats = 10\n"
        '  require standard includes "1.10"\n  require on\n',
        "utf-8",
    )
    (tmp_path / "c.yaml").write_text("terms: {regions: [NO], seats: 010, standard: 1.10, on: yes}\n", "utf-8")
    ended = command("check", "c.yaml", "--policy", "p.tw", "--format", "json")
    assert ended.code == 0, ended
    (rule,) = json.loads(ended.out)["contracts"][0]["rules"]
    assert {each["term"]: each["value"] for each in rule["facts"]} == {
        "regions": "{NO}", "seats": "10", "standard": "1.10", "on": "yes",
    }  # fmt: skip


def test_words_of_files_never_drive_the_terminal(command: Command, tmp_path: Path) -> None:
    """Names of files and texts with escapes in them are written out on the way to the terminal."""
    name = "c\x1b[2J\u202e.yaml"
    (tmp_path / name).write_text('terms: {notice: "\u202e\x9b2J days"}\n', "utf-8")
    ended = command("check", name, "--policy", "good.tw")
    assert ended.code == 2
    assert not {"\x1b", "\x9b", "\u202e"} & set(ended.err)
    assert "c<U+001B>[2J<U+202E>.yaml:1:19" in ended.err


def test_all_is_said_in_one_run(command: Command, tmp_path: Path) -> None:
    """A policy with two mistakes and two contracts with two more are one run with all of them."""
    (tmp_path / "p.tw").write_text(f"{HEAD}rule a\n  require onn\nrule b\n  require notice <= 3\n", "utf-8")
    (tmp_path / "c.yaml").write_text("terms: {notcie: 3 days, notice: 3}\n", "utf-8")
    (tmp_path / "d.json").write_text('{"terms": }', "utf-8")
    assert refused(command, "c.yaml", "d.json", "--policy", "p.tw") == ["1:11 TW501", "4:11 TW102", "6:21 TW202"]
    assert refused(command, "c.yaml", "d.json", "gone.yaml", "--policy", "good.tw") == [
        "1:9 TW101", "1:33 TW202", "1:11 TW501", "1:1 TW001",
    ]  # fmt: skip


def test_a_hundred_mistakes_are_a_hundred_diagnostics(command: Command, tmp_path: Path) -> None:
    rules = "".join(f"rule r{number}\n  require onn\n" for number in range(100))
    (tmp_path / "p.tw").write_text(HEAD + rules, "utf-8")
    assert len(refused(command, "good.yaml", "--policy", "p.tw")) == 100
    assert command("check", "good.yaml", "--policy", "p.tw").err.endswith("\n\n100 errors\n")
