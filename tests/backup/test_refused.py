"""What is refused, told in one sentence, and leaves everything as it was."""

from __future__ import annotations

import errno
import json
import os
import resource
import signal
import subprocess
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.backup.archive import write_archive
from portal.backup.outcomes import BackupRefused, HalfRestored, NotABackup, RestoreRefused
from portal.backup.services.restoring import check_backup, restore_backup
from portal.backup.services.saving import write_backup
from portal.backup.services.steps import Prepared
from portal.backup.services.targets import prepare
from portal.evidence.models import Source
from portal.extensions import db
from portal.settings import Settings
from tests.backup.conftest import Elsewhere, rows
from tests.backup.spoiling import Files, change_manifest, pack, unpack
from tests.registry.people import AMINAH, RUSDI
from tests.support.databases import PORTAL, ROOT, Urls, environment, run_portal
from tests.support.processes import wait_until_open


def _table(files: Files, name: str) -> str:
    return next(path for path in files if path.endswith(f"/{name}.tsv"))


def _flip(files: Files) -> None:
    path = _table(files, "sources")
    files[path] = files[path][:-2] + bytes([files[path][-2] ^ 1]) + b"\n"


def _cut(files: Files) -> None:
    files[_table(files, "sources")] = b""


def _drop(files: Files) -> None:
    del files[_table(files, "sources")]


def _add(files: Files) -> None:
    files["../../etc/cron.d/portal"] = b"* * * * * root true\n"


def _climb(files: Files) -> None:
    def change(told: dict[str, object]) -> None:
        told["tables"][0]["table"] = "../../secret"  # type: ignore[index]

    change_manifest(files, change)


def _inject(files: Files) -> None:
    def change(told: dict[str, object]) -> None:
        told["tables"][0]["columns"][0][0] = 'id") SELECT 1 --'  # type: ignore[index]

    change_manifest(files, change)


def _bomb(files: Files) -> None:
    import hashlib

    path, data = _table(files, "sources"), b"\0" * 50_000_000
    files[path] = data

    def change(told: dict[str, object]) -> None:
        for table in told["tables"]:  # type: ignore[attr-defined]
            if table["table"] == "sources":
                table |= {"size": len(data), "sha256": hashlib.sha256(data).hexdigest(), "rows": 0}

    change_manifest(files, change)


def _other_format(files: Files) -> None:
    change_manifest(files, lambda told: told.update(format=99))


def _no_manifest(files: Files) -> None:
    del files["manifest.json"]


def _odd_manifest(files: Files) -> None:
    files["manifest.json"] = b"[1, 2]"


def _no_number(files: Files) -> None:
    """A line that no table takes, under the right checksum."""
    import hashlib

    path = _table(files, "regions")
    first, rest = files[path].split(b"\n", 1)
    files[path] = first + b"\tmore\n" + rest

    def change(told: dict[str, object]) -> None:
        for table in told["tables"]:  # type: ignore[attr-defined]
            if table["table"] == "regions":
                table |= {"size": len(files[path]), "sha256": hashlib.sha256(files[path]).hexdigest()}

    change_manifest(files, change)


SPOILT: list[Callable[[Files], None]] = [
    *(
        _flip,
        _cut,
        _drop,
        _add,
        _climb,
        _inject,
        _bomb,
        _other_format,
        _no_manifest,
        _odd_manifest,
        _no_number,
    )
]


def test_a_spoilt_backup_is_refused_and_nothing_is_changed(
    filled: Flask, urls: Urls, file: Path, settings: Settings, tmp_path: Path
) -> None:
    before = rows(urls)
    db.session.remove()
    for spoil in SPOILT:
        files = unpack(file)
        spoil(files)
        spoilt = pack(files, tmp_path / spoil.__name__)
        with pytest.raises(NotABackup):
            restore_backup(settings, spoilt, force=True)
    whole = file.read_bytes()
    for kept in (0, 10, len(whole) // 2, len(whole) - 1):
        file.write_bytes(whole[:kept])
        with pytest.raises(NotABackup):
            restore_backup(settings, file, force=True)
    assert rows(urls) == before
    env = environment(tmp_path / "cli", urls)
    told = run_portal("restore", "--force", str(tmp_path / "_flip"), env=env, check=False)
    assert (told.returncode, len(told.stderr.splitlines())) == (1, 1), told.stderr


def test_a_changed_byte_anywhere_is_noticed(file: Path, settings: Settings) -> None:
    data = file.read_bytes()
    for place in range(len(data) // 20, len(data) * 9 // 10, len(data) // 15):
        file.write_bytes(data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :])
        with pytest.raises(NotABackup):
            check_backup(settings, file)
    file.write_bytes(data)
    assert check_backup(settings, file).same_secret


def test_without_force_nothing_is_overwritten(file: Path, settings: Settings, urls: Urls) -> None:
    before = rows(urls)
    with pytest.raises(RestoreRefused, match="--force"):
        restore_backup(settings, file, force=False)
    assert rows(urls) == before


def test_what_does_not_fit_is_told_at_once(file: Path, elsewhere: Elsewhere, tmp_path: Path) -> None:
    before = rows(elsewhere.urls)
    other = {**elsewhere.env, "PORTAL_REGISTRY_KEY": "another-registry-key-that-is-long-enough"}
    told = run_portal("restore", str(file), env=other, check=False)
    assert (told.returncode, "PORTAL_REGISTRY_KEY" in told.stderr, "Traceback" in told.stderr) == (
        1,
        True,
        False,
    )
    files = unpack(file)
    change_manifest(files, lambda said: said["revisions"].update(registry="9999"))
    told = run_portal("restore", str(pack(files, tmp_path / "newer")), env=elsewhere.env, check=False)
    assert (told.returncode, "Traceback" in told.stderr) == (1, False)
    assert rows(elsewhere.urls) == before
    other = {**elsewhere.env, "PORTAL_SECRET_KEY": "another-secret-key-that-is-long-enough"}
    assert "PORTAL_SECRET_KEY" in run_portal("restore", str(file), env=other).stderr


def test_a_file_that_is_no_backup_is_not_overwritten_by_one(
    filled: Flask, settings: Settings, tmp_path: Path
) -> None:
    precious = tmp_path / "portal.sqlite3"
    precious.write_bytes(b"SQLite format 3\0 and much more")
    with pytest.raises(BackupRefused):
        write_backup(settings, precious)
    with pytest.raises(BackupRefused):
        write_backup(settings, tmp_path)
    assert precious.read_bytes() == b"SQLite format 3\0 and much more"


def test_a_backup_takes_the_place_of_the_one_before_it_and_is_its_owners_alone(
    file: Path, settings: Settings, tmp_path: Path
) -> None:
    first = file.stat().st_ino
    file.chmod(0o644)
    before = os.umask(0)
    try:
        write_backup(settings, file)
    finally:
        os.umask(before)
    # Within one second the two have the same bytes.
    assert file.stat().st_ino != first
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


def test_a_full_disk_leaves_the_backup_before_and_nothing_else(
    file: Path, urls: Urls, tmp_path: Path
) -> None:
    first = file.read_bytes()
    env = {**os.environ, **environment(tmp_path / "cli", urls)}
    told = subprocess.run(
        [PORTAL, "backup", str(file)],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000)),
    )
    assert (told.returncode, "Traceback" in told.stderr) == (1, False), told.stderr
    assert file.read_bytes() == first
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []


def test_a_restore_killed_anywhere_leaves_the_old_data_or_the_new(
    filled: Flask, urls: Urls, file: Path, tmp_path: Path
) -> None:
    restored = rows(urls)
    db.session.execute(update(Source).values(publisher="Somebody else entirely"))
    db.session.commit()
    db.session.remove()
    changed = rows(urls)
    env = {**os.environ, **environment(tmp_path / "cli", urls)}
    arguments = [PORTAL, "restore", "--force", str(file)]
    for after in (0.05, 0.5, 1.2, 2.0):
        running = subprocess.Popen(arguments, cwd=ROOT, env=env, stderr=subprocess.PIPE)
        wait_until_open(running, file)
        time.sleep(after)
        running.send_signal(signal.SIGKILL)
        running.communicate()
        assert rows(urls) in (changed, restored)
    subprocess.run(arguments, cwd=ROOT, env=env, check=True, capture_output=True)
    assert rows(urls) == restored
    folder = Path(urls.content.removeprefix("sqlite:///")).parent
    assert not [path for path in folder.glob(".*restoring*") if urls.content.startswith("sqlite")]


def test_a_backup_killed_anywhere_leaves_the_one_before_and_the_next_one_clears_up(
    file: Path, urls: Urls, tmp_path: Path
) -> None:
    env = {**os.environ, **environment(tmp_path / "cli", urls)}
    for after in (0.05, 0.4, 1.0):
        first = file.read_bytes()
        running = subprocess.Popen([PORTAL, "backup", str(file)], cwd=ROOT, env=env, stderr=subprocess.PIPE)
        wait_until_open(running, tmp_path / f".{file.name}.part")
        time.sleep(after)
        running.send_signal(signal.SIGKILL)
        running.communicate()
        # A kill that comes too late finds the new one in its place: whole as well.
        with zipfile.ZipFile(file) as archive:
            assert file.read_bytes() == first or archive.testzip() is None
    subprocess.run([PORTAL, "backup", str(file)], cwd=ROOT, env=env, check=True, capture_output=True)
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


def test_a_backup_that_opened_what_another_has_just_finished_leaves_it_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, part = tmp_path / "a.backup", tmp_path / ".a.backup.part"
    part.write_bytes(b"a whole backup")
    monkeypatch.setattr("fcntl.flock", lambda file, how: part.replace(target))
    with pytest.raises(BackupRefused), write_archive(target):
        raise AssertionError("it began to write")
    assert target.read_bytes() == b"a whole backup"


def test_a_portal_without_tables_is_not_backed_up(tmp_path: Path) -> None:
    urls = Urls(*(f"sqlite:///{tmp_path}/{name}.sqlite3" for name in ("content", "registry")))
    env = environment(tmp_path / "instance", urls)
    told = run_portal("backup", str(tmp_path / "a"), env=env, check=False)
    assert (told.returncode, "Traceback" in told.stderr) == (1, False)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["instance"]


@pytest.mark.parametrize(
    "arguments", [("backup",), ("restore",), ("restore", "nowhere"), ("backup", "a", "b")]
)
def test_wrong_use_is_told_with_status_2(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    told = run_portal(*arguments, env={"PORTAL_INSTANCE": str(tmp_path)}, check=False)
    assert (told.returncode, "Traceback" in told.stderr) == (2, False)


def test_a_backup_holds_no_number_name_or_key(file: Path, settings: Settings) -> None:
    files = unpack(file)
    everything = b"".join(files.values())
    for trace in (RUSDI.nik, AMINAH.nik, *RUSDI.name.split(), "Aminah"):
        assert trace.lower().encode() not in everything.lower()
    for key in (settings.secret_key, *settings.registry_keys):
        assert key not in everything
        assert key.hex().encode() not in everything
    told = json.loads(files["manifest.json"])
    assert set(told) == {"format", "made_at", "revisions", "registry_keys", "key_version", "secret", "tables"}
    assert told["registry_keys"]


def test_a_restore_that_fails_between_the_two_databases_says_so_and_is_finished_by_the_next(
    file: Path, urls: Urls, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    restored = rows(urls)
    db.session.execute(update(Source).values(publisher="since then"))
    db.session.commit()
    db.session.remove()

    @contextmanager
    def full(name: str, *rest: Any) -> Iterator[Prepared]:
        with prepare(name, *rest) as prepared:
            yield Prepared(no_room) if name == "content" else prepared

    def no_room() -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("portal.backup.services.restoring.prepare", full)
    with pytest.raises(HalfRestored, match="Registri sudah dipulihkan"):
        restore_backup(settings, file, force=True)
    assert set(db.session.execute(select(Source.publisher)).scalars()) == {"since then"}
    db.session.remove()
    monkeypatch.undo()
    restore_backup(settings, file, force=True)
    assert rows(urls) == restored
