"""`portal registry`, as an officer and as a script use it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from portal.core.i18n import use_language
from portal.registry.cli import registry as commands
from portal.registry.cli.telling import tell
from portal.registry.shapes import ImportReport
from tests.registry.people import AMINAH, BERAU, HEADER, RUSDI

COVER = ("--program", BERAU, "--funding", "apbd_regency", "--from", "2026-01", "--to", "2026-12")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A list with one good row, one bad and one odd."""
    path = tmp_path / "list.csv"
    path.write_text(
        f"{HEADER}\n{RUSDI.line}\n1,12345,Siti,,,\n1,{AMINAH.nik},Siti,,Entah,\n", encoding="utf-8"
    )
    return path


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(commands, arguments)


def test_the_json_report_has_the_agreed_shape(content: Flask, file: Path) -> None:
    told = run(content, "import", str(file), *COVER, "--json")
    assert (told.exit_code, json.loads(told.stdout)) == (
        0,
        {
            "file": {
                "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
                "format": "csv",
                "held": False,
                "reason": None,
            },
            "rows": 3,
            "accepted": 2,
            "rejected": [{"row": 3, "reason": "nik_length", "nik_last4": "2345"}],
            "warnings": [{"row": 4, "reason": "village_unknown", "nik_last4": AMINAH.nik[-4:]}],
            "hidden": {"sheets": 0, "rows": 0},
            "list_id": 1,
        },
    )


def test_check_reports_the_same_and_stores_nothing(content: Flask, file: Path) -> None:
    told = json.loads(run(content, "import", str(file), *COVER, "--check", "--json").stdout)
    assert (told["accepted"], told["list_id"]) == (2, None)
    assert run(content, "lists", "--json").stdout.strip() == "[]"


def test_a_held_file_is_told_in_json_and_by_exit_status(content: Flask, tmp_path: Path) -> None:
    book = tmp_path / "list.xlsx"
    book.write_bytes(b"PK\x03\x04" + bytes(100))
    told = run(content, "import", str(book), *COVER, "--json")
    assert told.exit_code == 1
    assert json.loads(told.stdout)["file"] == {
        "sha256": hashlib.sha256(book.read_bytes()).hexdigest(),
        "format": "xlsx",
        "held": True,
        "reason": "unreadable",
    }
    assert "CSV" in run(content, "import", str(book), *COVER).stderr


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((0, 0, 0), []),
        ((1, 0, 0), ["1 hidden sheet is not"]),
        ((2, 1, 0), ["2 hidden sheets are", "1 hidden row was not"]),
        ((0, 3, 1), ["3 hidden rows were", "1 more sheet has"]),
        ((0, 0, 2), ["2 more sheets have"]),
    ],
)
def test_what_was_left_out_is_told_with_its_number_and_nothing_else(
    capsys: pytest.CaptureFixture[str], counts: tuple[int, int, int], words: list[str]
) -> None:
    sheets, rows, lists = counts
    with use_language("en"):
        tell(ImportReport(hidden_sheets=sheets, hidden_rows=rows, unread_sheets=lists), stored=False)
    told = [line for line in capsys.readouterr().err.splitlines() if "hidden" in line or "more sheet" in line]
    assert [line.startswith(start) for line, start in zip(told, words, strict=True)] == [True] * len(words)


def test_lists_are_published_and_withdrawn_by_number(content: Flask, file: Path) -> None:
    assert run(content, "import", str(file), *COVER, "--publish").exit_code == 0
    (one,) = json.loads(run(content, "lists", "--json").stdout)
    assert (one["id"], one["state"], one["from"], one["people"]) == (1, "published", "2026-01", 2)
    assert run(content, "withdraw", "1").exit_code == 0
    assert "withdrawn" in run(content, "lists").stdout
    assert run(content, "publish", "1").exit_code == 0


def test_the_same_file_twice_is_said_and_done_once(content: Flask, file: Path) -> None:
    run(content, "import", str(file), *COVER)
    again = run(content, "import", str(file), *COVER, "--publish")
    assert (again.exit_code, "list 1" in again.stderr) == (0, True)
    states = [one["state"] for one in json.loads(run(content, "lists", "--json").stdout)]
    assert states == ["published"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("--from", "2026-13"), "YYYY-MM"),
        (("--from", "2027-01"), "--to"),
        (("--funding", "lottery"), "lottery"),
        (("--check", "--publish"), "--check"),
    ],
)
def test_wrong_use_is_exit_status_2_with_a_sentence(
    content: Flask, file: Path, change: tuple[str, ...], words: str
) -> None:
    told = run(content, "import", str(file), *COVER, *change)
    assert (told.exit_code, words in told.stderr) == (2, True)


def test_nothing_a_command_prints_shows_a_nik_or_a_name(content: Flask, file: Path) -> None:
    told = [
        run(content, "import", str(file), *COVER, *more)
        for more in (("--check",), ("--json",), ("--publish",), ("--json", "--check"))
    ]
    printed = "".join(one.stdout + one.stderr for one in told) + run(content, "lists").stdout
    assert not any(part in printed for part in (RUSDI.nik, AMINAH.nik, "RUSDI", "Siti", "12345\n"))


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_synthetic_list_can_be_written_brought_and_checked(
    content: Flask, tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"sample{suffix}"
    assert run(content, "sample", "--rows", "200", "--out", str(path)).exit_code == 0
    told = json.loads(run(content, "import", str(path), *COVER, "--json").stdout)
    assert (told["rows"], told["accepted"], told["rejected"], told["warnings"]) == (200, 200, [], [])
    assert (told["file"]["format"], told["file"]["held"]) == (suffix[1:], False)
    assert json.loads(run(content, "lists", "--json").stdout)[0]["synthetic"] is True


@pytest.mark.parametrize(
    ("rows", "name", "words"), [("2", "a.ods", ".xlsx"), ("1000001", "a.xlsx", "1000000")]
)
def test_a_sample_nobody_could_open_is_refused(
    content: Flask, tmp_path: Path, rows: str, name: str, words: str
) -> None:
    told = run(content, "sample", "--rows", rows, "--out", str(tmp_path / name))
    assert (told.exit_code, words in told.stderr, (tmp_path / name).exists()) == (2, True, False)
