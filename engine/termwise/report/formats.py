"""A run → the text of any of the formats that are written once for all verbs.

Their names are needed in every run, what writes them is not: it is imported when a format is asked for.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from termwise.report.entries import Run
    from termwise.report.places import Places

FORMATS = ("sarif", "sarif-full", "junit", "github", "gitlab", "markdown")


def written(run: Run, form: str, places: Places) -> str:
    """Return a run in one of the formats."""
    from termwise.report.json import dump

    match form:
        case "sarif" | "sarif-full":
            from termwise.report.sarif import sarif

            return dump(sarif(run, places, is_full=form == "sarif-full"))
        case "junit":
            from termwise.report.junit import junit

            return junit(run, places)
        case "github":
            from termwise.report.github import github

            return github(run, places)
        case "gitlab":
            from termwise.report.gitlab import gitlab

            return dump(gitlab(run, places))
        case "markdown":
            from termwise.report.markdown import markdown

            return markdown(run, places)
        case _:
            raise AssertionError(f"no format is called {form}")
