"""Settings files are read with the place of every mistake, and what they say is what happens."""

from __future__ import annotations

import pytest
from lint_words import SOUND, linted, said

from termwise.diagnostics import Level, Problems
from termwise.lint.codes import codes, meant, one_code
from termwise.lint.config import OWN, PYPROJECT, read_settings, says_something
from termwise.lint.settings import Settings
from termwise.source import Source

WITHOUT_REASON = SOUND.replace('  because "We cannot warn about what nobody has told us."\n', "")


def read(*files: tuple[str, str]) -> tuple[Settings, list[tuple[str, int, int, str]]]:
    """Return the settings of files, and what is wrong with them: code, line, column, message."""
    problems = Problems()
    settings = read_settings([(name, Source(name, text)) for name, text in files], problems)
    return settings, [
        (each.code, each.primary.span.line, each.primary.span.column, each.message) for each in problems.all
    ]


def test_everything_can_be_set() -> None:
    settings, wrong = read(
        (
            OWN,
            """\
[lint]
select = ["TW71", "vague-name"]
ignore = ["TW711"]
exclude = ["drafts/*"]
fail-on = "note"
expiring-days = 60
longest-waiver-days = 90
stale-days = 30
repeated-figures = 3
repeated-guards = 4

[lint.levels]
TW712 = "error"
vague-name = "note"
""",
        )
    )
    assert wrong == []
    assert settings == Settings(
        select=(*(code for code in codes() if code.startswith("TW71")), "TW726"),
        ignore=("TW711",),
        levels={"TW712": Level.ERROR, "TW726": Level.NOTE},
        exclude=("drafts/*",),
        fail_on=Level.NOTE,
        expiring_days=60,
        longest_waiver_days=90,
        stale_days=30,
        repeated_figures=3,
        repeated_guards=4,
    )


def test_the_files_own_table_wins_key_by_key() -> None:
    project = '[tool.termwise.lint]\nfail-on = "note"\nstale-days = 10\n[tool.ruff]\nline-length = 120\n'
    settings, wrong = read((PYPROJECT, project), (OWN, "[lint]\nstale-days = 20\n"))
    assert wrong == []
    assert (settings.fail_on, settings.stale_days) == (Level.NOTE, 20)


@pytest.mark.parametrize(
    ("name", "text", "place", "message"),
    [
        (OWN, "[lint]\nexpiring-day = 60\n", (2, 1), "`expiring-day` is no key of the settings of lint"),
        (OWN, "[lints]\nignore = []\n", (1, 2), "`lints` is no key of `termwise.toml`"),
        (PYPROJECT, "[tool.termwise.lnt]\nx = 1\n", (1, 16), "`lnt` is no key of `[tool.termwise]`"),
        (OWN, '[lint]\nignore = ["TW799"]\n', (2, 11), "`TW799` is no code of lint"),
        (OWN, '[lint]\nignore = "TW701"\n', (2, 10), "`TW701` stands where a list of codes is expected"),
        (OWN, "[lint]\nstale-days = -1\n", (2, 14), "`-1` stands where a whole number is expected"),
        (OWN, "[lint]\nstale-days = 1.5\n", (2, 14), "`1.5` stands where a whole number is expected"),
        (OWN, '[lint]\nfail-on = "fatal"\n', (2, 11), "`fatal` stands where `error`, `warning` or `note` is expected"),
        (OWN, '[lint]\nlevels = ["TW701"]\n', (2, 10), "a list stands where a table of codes with their levels"),
        (OWN, '[lint.levels]\nTW701 = "loud"\n', (2, 9), "`loud` stands where `error`, `warning` or `note`"),
        (OWN, '[lint.levels]\nTW7011 = "note"\n', (2, 1), "`TW7011` is no code of lint"),
        (OWN, "lint = 3\n", (1, 8), "`3` stands where a table is expected"),
        (OWN, "[lint]\nstale-days =\n", (2, 13), "this is no value of TOML"),
    ],
)
def test_what_means_nothing_is_reported_at_its_place(
    name: str, text: str, place: tuple[int, int], message: str
) -> None:
    settings, wrong = read((name, text))
    assert [(code, line, column) for code, line, column, _ in wrong] == [("TW009", *place)]
    assert wrong[0][3].startswith(message)
    assert settings == Settings()


def test_an_empty_file_sets_nothing() -> None:
    assert read((OWN, "")) == (Settings(), [])
    assert read((OWN, "# nothing yet\n")) == (Settings(), [])


def test_which_file_is_the_projects() -> None:
    """A pyproject.toml without a table of ours is somebody else's; a broken one is not passed by in silence."""
    assert says_something(PYPROJECT, "[tool.termwise.lint]\nignore = []\n")
    assert says_something(PYPROJECT, "[tool.termwise.lnt]\nignore = []\n")
    assert not says_something(PYPROJECT, "[tool.ruff]\n")
    assert not says_something(PYPROJECT, "tool = 3\n")
    assert says_something(OWN, "[lint]\n")
    assert says_something(OWN, "[lints]\n")
    assert says_something(OWN, "[lint")
    assert not says_something(OWN, "# nothing yet\n")


def test_levels_are_what_a_project_makes_of_them() -> None:
    raised = Settings(levels={"TW707": Level.ERROR}, fail_on=Level.ERROR)
    (found,) = linted(WITHOUT_REASON, settings=raised).findings
    assert found.diagnostic.level is Level.ERROR
    assert raised.fails(found.diagnostic)
    (found,) = linted(WITHOUT_REASON, settings=Settings(fail_on=Level.ERROR)).findings
    assert found.diagnostic.level is Level.WARNING
    assert not Settings(fail_on=Level.ERROR).fails(found.diagnostic)
    assert Settings(fail_on=Level.NOTE).fails(found.diagnostic)


def test_select_and_ignore_choose_what_is_looked_for() -> None:
    assert said(linted(WITHOUT_REASON)) == [("TW707", 6)]
    assert said(linted(WITHOUT_REASON, settings=Settings(ignore=("TW707",)))) == []
    assert said(linted(WITHOUT_REASON, settings=Settings(select=("TW706",)))) == []
    assert said(linted(WITHOUT_REASON, settings=Settings(select=("TW707",)))) == [("TW707", 6)]


def test_thresholds_are_the_settings() -> None:
    waived = SOUND + (
        'waive breach_notice for contract "acme" while breach.notice <= 96 hours until 2027-01-03\n'
        '  approved by "CISO" because "Acme moves to 72 hours in January."\n'
    )
    assert said(linted(waived)) == []
    assert said(linted(waived, settings=Settings(expiring_days=40))) == [("TW518", 17)]
    assert said(linted(waived, settings=Settings(longest_waiver_days=39))) == [("TW722", 17)]
    contract = {"acme.yaml": "contract: acme\nretrieved: 2026-11-01\nterms: {breach.notice: 90 hours}\n"}
    assert said(linted(SOUND, contracts=contract)) == []
    assert said(linted(SOUND, contracts=contract, settings=Settings(stale_days=22))) == [("TW515", 1)]


def test_words_for_codes() -> None:
    assert meant("tw707") == meant(" Missing-Because ") == ("TW707",)
    assert set(meant("TW7")) <= set(codes())
    assert meant("TW") == meant("") == meant("nonsense") == ()
    assert one_code("TW203") is None
    assert "TW517" in codes()


def test_patterns_leave_paths_out() -> None:
    settings = Settings(exclude=("drafts/*", "*_old.tw"))
    assert settings.leaves_out("drafts/a/b.tw")
    assert settings.leaves_out("policies/x_old.tw")
    assert not settings.leaves_out("policies/drafts.tw")
