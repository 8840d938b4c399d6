"""Settings read from the environment, checked once at start."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from portal.core.errors import SettingError
from portal.core.mail import MailServer, read_mail_url
from portal.core.tied_registry import is_tied_to_a_key

ROOT = Path(__file__).resolve().parent.parent
DATABASES = ("sqlite", "postgresql+psycopg")


@dataclass(frozen=True)
class Settings:
    """Everything the environment decides; see `read_settings` for the names."""

    instance: Path
    database_url: str
    registry_url: str
    secret_key: bytes
    registry_key: bytes
    base_url: str
    site_name: str
    trusted_proxies: int
    host: str
    port: int
    production: bool
    check_allowance: int = 30
    list_retention_days: int = 90
    redis_url: str = ""
    mail: MailServer | None = None


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read and check the environment; raises SettingError naming the first setting that is wrong."""
    env = os.environ if environ is None else environ
    instance = _instance(env)
    host, port = env.get("HOST", "127.0.0.1"), _number(env, "PORT", 8000, 1, 65535)
    registry_url = _database(env, "PORTAL_REGISTRY_URL", instance / "registry.sqlite3")
    return Settings(
        instance=instance,
        database_url=_database(env, "PORTAL_DATABASE_URL", instance / "portal.sqlite3"),
        registry_url=registry_url,
        secret_key=_key(env, "PORTAL_SECRET_KEY", instance / "secret.key"),
        registry_key=_registry_key(env, instance / "registry.key", registry_url),
        base_url=(base_url := _base_url(env, host, port)),
        site_name=_site_name(env),
        trusted_proxies=_number(env, "PORTAL_TRUSTED_PROXIES", 0, 0, 10),
        host=host,
        port=port,
        production=_mode(env),
        check_allowance=_number(env, "PORTAL_CHECK_ALLOWANCE", 30, 1, 99999),
        list_retention_days=_number(env, "PORTAL_LIST_RETENTION_DAYS", 90, 1, 3650),
        redis_url=_redis(env),
        mail=read_mail_url(env.get("PORTAL_MAIL_URL", ""), urlsplit(base_url).hostname or "localhost"),
    )


def _instance(env: Mapping[str, str]) -> Path:
    path = Path(env.get("PORTAL_INSTANCE") or ROOT / "instance").absolute()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingError(f"PORTAL_INSTANCE: the folder {path} cannot be made: {error.strerror}.") from error
    if not os.access(path, os.W_OK):
        raise SettingError(f"PORTAL_INSTANCE: the folder {path} cannot be written to.")
    return path


def _number(env: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = env.get(name, str(default))
    if not re.fullmatch(r"[0-9]{1,5}", text) or not low <= int(text) <= high:
        raise SettingError(f"{name}: {text!r} is not a whole number from {low} to {high}.")
    return int(text)


def _database(env: Mapping[str, str], name: str, default: Path) -> str:
    text = env.get(name) or f"sqlite:///{default}"
    if text.startswith("postgresql://"):
        text = "postgresql+psycopg://" + text.removeprefix("postgresql://")
    try:
        driver = make_url(text).drivername
    except (ArgumentError, ValueError) as error:
        raise SettingError(f"{name}: not a database address (sqlite:///… or postgresql://…).") from error
    if driver not in DATABASES:
        raise SettingError(f"{name}: only sqlite:/// and postgresql:// addresses are supported.")
    return text


def _redis(env: Mapping[str, str]) -> str:
    text = env.get("PORTAL_REDIS_URL", "")
    if text and not re.fullmatch(r"(rediss?://[^/\s]+|unix:///)[!-~]*", text):
        raise SettingError("PORTAL_REDIS_URL: not an address of Redis (redis://…, rediss://… or unix:///…).")
    return text


def _registry_key(env: Mapping[str, str], file: Path, url: str) -> bytes:
    """The registry's key; a new one is made only for a registry without lists, as no other could find anybody."""
    name = "PORTAL_REGISTRY_KEY"
    if name not in env and not file.exists():
        try:
            tied = is_tied_to_a_key(url)
        except SQLAlchemyError:
            raise SettingError(
                f"PORTAL_REGISTRY_URL: the registry cannot be read, so no key is made for it in {file}."
            ) from None
        if tied:
            raise SettingError(
                f"{name}: the registry holds lists, but their key is not in {file}. Put the original key back; "
                "without it nobody in them can be found."
            )
    return _key(env, name, file)


def _key(env: Mapping[str, str], name: str, file: Path) -> bytes:
    text = env.get(name)
    if text is None:
        text = _key_file(name, file)
    try:
        key = text.strip().encode()
    except UnicodeEncodeError:
        raise SettingError(f"{name}: the key holds bytes that are not text.") from None
    if len(text.strip()) < 32:
        raise SettingError(f"{name}: the key must have at least 32 characters.")
    return key


def _key_file(name: str, file: Path) -> str:
    """Read the key, making it first (mode 0600) where it does not exist yet."""
    try:
        handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        pass
    except OSError as error:
        raise SettingError(f"{name}: {file} cannot be made: {error.strerror}.") from error
    else:
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(secrets.token_hex(32) + "\n")
    try:
        return file.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"{name}: {file} cannot be read.") from error


def _base_url(env: Mapping[str, str], host: str, port: int) -> str:
    text = env.get("PORTAL_BASE_URL") or f"http://{f'[{host}]' if ':' in host else host}:{port}"
    if not _is_base(text):
        raise SettingError(
            f"PORTAL_BASE_URL: {text!r} is not an address such as https://portal.example.go.id."
        )
    return text.rstrip("/")


def _is_base(text: str) -> bool:
    try:
        parts = urlsplit(text)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return whole and re.fullmatch(r"[!-~]+", text) is not None and not re.search(r"[?#@\"'<>\\]", text)


def _site_name(env: Mapping[str, str]) -> str:
    text = env.get("PORTAL_SITE_NAME", "Terlindungi").strip()
    if not 0 < len(text) <= 60:
        raise SettingError("PORTAL_SITE_NAME: give a name of 1 to 60 characters.")
    return text


def _mode(env: Mapping[str, str]) -> bool:
    text = env.get("PORTAL_ENV", "production")
    if text not in ("production", "development"):
        raise SettingError(f"PORTAL_ENV: {text!r} is neither production nor development.")
    return text == "production"
