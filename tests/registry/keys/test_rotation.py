"""The registry moves to a new key while it is used: people are found all along, and nobody else is."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.core.database import registry_metadata
from portal.core.keyfiles import split_keys
from portal.registry.errors import NoNewerKey, RegistryKeyDiffers
from portal.registry.models import enrolments
from portal.registry.services.keys import known_ring, provide_next_key, read_state, registry_engine
from portal.registry.services.publication import publish_list, withdraw_list
from portal.registry.services.rotation import rotate
from portal.registry.uploads.services.spooling import open_spool
from tests.conftest import build_app, close_app
from tests.registry.keys.conftest import Stage, is_found, versions
from tests.registry.people import AMINAH, RUSDI, STRANGER, Somebody, somebody
from tests.support.databases import Urls, environment, run_portal

PEOPLE = [somebody(number, "Rahmat Hidayat") for number in range(10, 50)]
STRANGERS = [somebody(number, "Rahmat Hidayat") for number in range(60, 70)]


def steps_of(batch: int) -> Iterator[int]:
    """A rotation that stands still between its steps; each value is how many were taken."""
    ring, taken = known_ring(), 0

    class Stop(Exception):
        pass

    while True:

        def stop(done: int) -> None:
            raise Stop

        try:
            rotate(ring, batch=batch, progress=stop)
        except Stop:
            taken += 1
            with registry_engine().connect() as connection:
                if read_state(connection).versions.former is None:
                    return
            yield taken


@contextmanager
def asking(app: Flask) -> Iterator[list[str]]:
    """Somebody who looks members and strangers up without a pause; gives what went wrong."""
    wrong: list[str] = []
    over = threading.Event()

    def ask() -> None:
        with app.app_context():
            number = 0
            while not over.is_set():
                number += 1
                member, stranger = PEOPLE[number % len(PEOPLE)], STRANGERS[number % len(STRANGERS)]
                if not is_found(member):
                    wrong.append("a member was not found")
                if is_found(stranger):
                    wrong.append("a stranger was found")

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield wrong
    finally:
        over.set()
        thread.join()


def counts() -> dict[str, list[str]]:
    """Everything that is counted of the lists, without the moment at which it was."""
    with registry_engine().connect() as connection:
        return {
            table.name: sorted(
                repr(tuple(row))
                for row in connection.execute(select(*(c for c in table.c if c.name != "published_at")))
            )
            for table in registry_metadata.sorted_tables
            if table.name.startswith("published_")
        }


def test_the_command_adds_a_key_and_moves_every_row(
    stage: Stage, key_file: Path, shell: dict[str, str]
) -> None:
    stage([*PEOPLE, RUSDI], publish=True)
    told = run_portal("registry", "rotate-key", "--batch", "7", env=shell)
    old, new = split_keys("KEY", key_file.read_text())
    assert (versions(), key_file.stat().st_mode & 0o777) == ({2}, 0o600)
    assert str(key_file) in told.stderr
    assert not any(key.decode() in told.stdout + told.stderr for key in (old, new))
    assert (is_found(RUSDI), is_found(STRANGER)) == (True, False)


def test_nothing_of_the_former_digests_is_left_in_the_files(
    stage: Stage, key_file: Path, registry: Flask
) -> None:
    stage(PEOPLE, publish=True)
    with registry_engine().connect() as connection:
        query = select(enrolments.c.nik_digest, enrolments.c.name_digests)
        former = {bytes(value) for row in connection.execute(query) for value in row}
    registry_engine().dispose()
    provide_next_key()
    rotate(known_ring(), batch=7)
    registry_engine().dispose()
    base = Path(registry.config["PORTAL_SETTINGS"].registry_url.removeprefix("sqlite:///"))
    files = [path.read_bytes() for path in base.parent.glob(base.name + "*")] if base.suffix else []
    assert [digest for digest in former if any(digest in data for data in files)] == []
    assert versions() == {2}


def test_a_second_rotation_follows_the_first(stage: Stage, key_file: Path, shell: dict[str, str]) -> None:
    stage([*PEOPLE, RUSDI], publish=True)
    for _ in range(2):
        run_portal("registry", "rotate-key", env=shell)
    assert (versions(), len(split_keys("KEY", key_file.read_text()))) == ({3}, 3)
    assert (is_found(RUSDI), is_found(STRANGER)) == (True, False)


def test_a_process_that_knew_one_key_learns_the_others_from_the_file(
    stage: Stage, key_file: Path, shell: dict[str, str]
) -> None:
    stage([RUSDI], publish=True)
    assert is_found(RUSDI)
    run_portal("registry", "rotate-key", env=shell)
    assert is_found(RUSDI)
    stage([AMINAH], funding="csr", publish=True)
    assert (is_found(AMINAH), versions()) == (True, {2})


def test_members_are_found_and_strangers_not_while_rows_move(
    stage: Stage, registry: Flask, key_file: Path
) -> None:
    stage(PEOPLE, publish=True)
    provide_next_key()
    with asking(registry) as wrong:
        for _ in steps_of(batch=1):
            pass
    assert (wrong, versions()) == ([], {2})


def test_a_look_up_reads_both_versions_while_rows_move_and_one_otherwise(
    stage: Stage, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from portal.registry.services import finding

    stage(PEOPLE, publish=True)
    read, asked = finding.read_from_digest, []
    monkeypatch.setattr(finding, "read_from_digest", lambda *of: asked.append(of[1]) or read(*of))

    def reads(person: Somebody) -> int:
        asked.clear()
        is_found(person)
        return len(set(asked))

    is_found(STRANGER)
    assert (reads(PEOPLE[0]), reads(STRANGER)) == (1, 1)
    provide_next_key()
    rotation = steps_of(batch=20)
    next(rotation)
    is_found(STRANGER)
    assert [reads(one) for one in (*PEOPLE[:4], *STRANGERS[:4])] == [2] * 8
    list(rotation)
    is_found(STRANGER)
    assert (reads(PEOPLE[0]), reads(STRANGER)) == (1, 1)


def test_lists_that_come_go_and_return_between_the_steps_are_counted_as_without_a_rotation(
    stage: Stage, key_file: Path
) -> None:
    stage(PEOPLE[:30], publish=True)
    second = stage(PEOPLE[10:], funding="csr", publish=True).list_id
    third = stage([*PEOPLE[5:25], *STRANGERS], funding="donation", publish=True).list_id
    assert second is not None
    assert third is not None
    before = counts()
    assert any(before.values())
    withdraw_list(second, actor="test")
    withdraw_list(third, actor="test")
    provide_next_key()
    rotation = steps_of(batch=10)
    next(rotation)
    assert versions() == {1, 2}
    publish_list(second, actor="test")
    again = stage([*PEOPLE[5:25], *STRANGERS], funding="donation", publish=True)
    assert again.list_id != third
    assert (counts(), versions()) == (before, {1, 2})
    assert [is_found(one) for one in (*PEOPLE, *STRANGERS)] == [True] * 50
    next(rotation)
    withdraw_list(second, actor="test")
    publish_list(second, actor="test")
    assert counts() == before
    list(rotation)
    withdraw_list(second, actor="test")
    publish_list(second, actor="test")
    assert (counts(), versions()) == (before, {2})


def test_somebody_in_more_lists_than_a_step_takes_moves_at_once(stage: Stage, key_file: Path) -> None:
    for year in range(2010, 2016):
        stage([RUSDI, PEOPLE[0]], first=f"{year}-01", last=f"{year}-12", publish=True)
    provide_next_key()
    rotation = steps_of(batch=2)
    next(rotation)
    with registry_engine().connect() as connection:
        query = select(enrolments.c.nik_digest, func.count()).group_by(enrolments.c.nik_digest)
        assert [row[1] for row in connection.execute(query)] == [6, 6]
    assert (is_found(RUSDI), is_found(PEOPLE[0]), versions()) == (True, True, {1, 2})
    list(rotation)
    assert versions() == {2}


def test_a_registry_without_lists_is_moved_too(registry: Flask, key_file: Path, stage: Stage) -> None:
    assert provide_next_key()
    rotate(known_ring())
    stage([RUSDI], publish=True)
    assert (is_found(RUSDI), versions()) == (True, {2})


def test_a_prepared_key_waits_for_the_rotation(stage: Stage, key_file: Path, shell: dict[str, str]) -> None:
    stage([RUSDI], publish=True)
    run_portal("registry", "rotate-key", "--prepare", env=shell)
    run_portal("registry", "rotate-key", "--prepare", env=shell)
    assert len(split_keys("KEY", key_file.read_text())) == 2
    stage([AMINAH], funding="csr", publish=True)
    assert (is_found(AMINAH), versions()) == (True, {1})
    run_portal("registry", "rotate-key", env=shell)
    assert (is_found(RUSDI), versions(), len(split_keys("KEY", key_file.read_text()))) == (True, {2}, 2)


def test_keys_of_the_environment_are_added_there(stage: Stage, urls: Urls, tmp_path: Path) -> None:
    stage([RUSDI], publish=True)
    env = environment(tmp_path / "other", urls)
    told = run_portal("registry", "rotate-key", env=env, check=False)
    assert (told.returncode, "PORTAL_REGISTRY_KEY" in told.stderr, "Traceback" in told.stderr) == (
        1,
        True,
        False,
    )
    assert (versions(), env["PORTAL_REGISTRY_KEY"] in told.stderr) == ({1}, False)
    env["PORTAL_REGISTRY_KEY"] += "," + "n" * 40
    run_portal("registry", "rotate-key", env=env)
    assert versions() == {2}


def test_a_process_whose_environment_lacks_the_new_key_says_so(
    stage: Stage, urls: Urls, tmp_path: Path, registry: Flask
) -> None:
    stage([RUSDI], publish=True)
    assert is_found(RUSDI)
    env = environment(tmp_path / "other", urls)
    env["PORTAL_REGISTRY_KEY"] += "," + "n" * 40
    run_portal("registry", "rotate-key", env=env)
    with pytest.raises(RegistryKeyDiffers, match="nomor 2"):
        is_found(RUSDI)
    answer = registry.test_client().post("/cek", data={"nik": RUSDI.nik, "nama": RUSDI.name})
    assert answer.status_code == 503
    with pytest.raises(RegistryKeyDiffers):
        stage([AMINAH])
    app = build_app(tmp_path / "again", urls, PORTAL_REGISTRY_KEY=env["PORTAL_REGISTRY_KEY"])
    with app.app_context():
        assert is_found(RUSDI)
    close_app(app)


def test_without_a_newer_key_nothing_is_begun(stage: Stage, key_file: Path) -> None:
    stage([RUSDI])
    with pytest.raises(NoNewerKey):
        rotate(known_ring())
    assert versions() == {1}


def test_an_uploaded_file_sealed_before_a_rotation_can_be_read_after_it(
    stage: Stage, key_file: Path, shell: dict[str, str]
) -> None:
    stage([RUSDI])
    writer = open_spool().create()
    writer.write(b"NIK,Nama\n" * 100_000)
    name = writer.keep()
    run_portal("registry", "rotate-key", env=shell)
    second = open_spool().create()
    second.write(b"new")
    with open_spool().source(name).open() as old, open_spool().source(second.keep()).open() as new:
        assert (old.read(), new.read()) == (b"NIK,Nama\n" * 100_000, b"new")


@pytest.mark.parametrize("option", [("--batch", "0"), ("--batch", "many"), ("--fast",)])
def test_a_wrong_option_is_told_with_status_2(shell: dict[str, str], option: tuple[str, ...]) -> None:
    told = run_portal("registry", "rotate-key", *option, env=shell, check=False)
    assert (told.returncode, "Traceback" in told.stderr) == (2, False)
