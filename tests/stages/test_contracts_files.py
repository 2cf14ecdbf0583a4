"""Files that are no contracts, or hardly: what is said of each, and where."""

from __future__ import annotations

from pathlib import Path

import pytest
from contracts_words import codes, read, shown, sound, text

from termwise.contracts.files import find_contracts
from termwise.diagnostics import Problems

OK = "terms: {breach.notice: 72 hours}\n"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "1:1 TW004"),
        (b" \n\t\n", "1:1 TW004"),
        (b"\xef\xbb\xbf", "1:1 TW004"),
        (b"# only a comment\n", "1:1 TW004"),
        (b"terms: {}\nvendor: caf\xe9\n", "2:12 TW002"),
        (b"\xef\xbb\xbfvendor: caf\xe9\n", "1:12 TW002"),
        ("vendor: é\n".encode("utf-16"), "1:1 TW002"),
        ("vendor: A\n".encode("utf-16-be"), "1:1 TW003"),
        (b"vendor: A\nterms: \0\n", "2:8 TW003"),
        (b"vendor: A\n\x1b[2J\n", "2:1 TW003"),
        (b"\x89PNG\r\n\x1a\n\0\0", "1:1 TW003"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "1:1 TW003"),
    ],
)
def test_bytes_that_are_no_text(tmp_path: Path, content: bytes, expected: str) -> None:
    contract, problems = text(tmp_path, content)
    assert contract is None
    assert [line[: len(expected)] for line in shown(problems)] == [expected]


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf" + OK.encode(), OK.replace("\n", "\r\n").encode(), OK.encode()])
def test_a_mark_and_line_ends_of_any_kind_are_accepted(tmp_path: Path, content: bytes) -> None:
    assert "breach.notice" in sound(text(tmp_path, content)).documents[0].facts


def test_line_ends_of_any_kind_count_alike(tmp_path: Path) -> None:
    contract = sound(text(tmp_path, b"vendor: A\r\nterms:\r\n  breach.notice: 3 days\r\n"))
    span = contract.documents[0].facts["breach.notice"].span
    assert span is not None
    assert (span.line, span.column, span.end_line, span.end_column) == (3, 3, 3, 24)


@pytest.mark.parametrize("name", ["big.yaml", "big.json", "big.toml", "big.txt"])
def test_a_file_of_fifty_megabytes_is_refused_unread(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    with file.open("wb") as stream:
        stream.truncate(50 * 1024 * 1024)
    assert codes(read(file)[1]) == ["TW005"]


def test_what_is_no_file_at_all(tmp_path: Path) -> None:
    assert codes(read(tmp_path)[1]) == ["TW001"]
    assert codes(read(tmp_path / "missing.yaml")[1]) == ["TW001"]
    assert codes(read(Path("a\0b.yaml"))[1]) == ["TW001"]
    assert codes(text(tmp_path, OK, "contract.docx")[1]) == ["TW501"]


def test_contracts_of_folders_in_order(tmp_path: Path) -> None:
    for name in ("b/z.yaml", "b/a.yml", "a.json", "c.toml", ".hidden/x.yaml", ".y.yaml", "b/notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text({"json": '{"terms": {}}', "toml": "[terms]\n"}.get(name[-4:], OK))
    (tmp_path / "b/compose.yaml").write_text("services: {web: {image: contract}}\n")
    (tmp_path / "b/broken.yaml").write_text("contract: [\n")
    problems = Problems()
    found = find_contracts([str(tmp_path / "c.toml"), str(tmp_path)], problems)
    assert [str(Path(each).relative_to(tmp_path)) for each in found] == [
        "c.toml",
        "a.json",
        "b/a.yml",
        "b/broken.yaml",
        "b/z.yaml",
    ]
    assert shown(problems) == [
        f"1:1 TW520 in `{tmp_path}`, 1 file is no contract, and left out: `b/compose.yaml` | "
        "a contract has `contract`, `terms` or `documents`"
    ]


def test_what_a_folder_holds_beside_contracts_is_named(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/b.yaml").write_text(OK)
    (tmp_path / "folder/a.yaml").write_text(OK)
    (tmp_path / "folder/b").symlink_to(tmp_path / "elsewhere")
    for number in range(7):
        (tmp_path / f"folder/package{number}.json").write_text("{}")
    problems = Problems()
    found = find_contracts([str(tmp_path / "folder")], problems)
    assert [Path(each).name for each in found] == ["a.yaml"]
    assert not problems.has_errors
    links, others = sorted((each.message for each in problems.all), key=len)
    assert links.endswith("folder`, 1 link to a folder is not followed: `b`")
    assert others.endswith(
        "folder`, 7 files are no contract, and left out: `package0.json`, `package1.json`, "
        "`package2.json`, `package3.json`, `package4.json`, …"
    )


def test_folders_and_files_with_nothing_to_check(tmp_path: Path) -> None:
    (tmp_path / "compose.yaml").write_text("services: {}\n")
    problems = Problems()
    assert find_contracts([str(tmp_path), str(tmp_path / "gone.yaml")], problems) == []
    assert sorted(codes(problems)) == ["TW001", "TW510"]
    assert codes(read(tmp_path / "compose.yaml")[1]) == ["TW503", "TW510"]
