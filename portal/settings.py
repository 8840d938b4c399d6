"""Settings read from the environment, checked once at start."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from portal.core.errors import SettingError
from portal.core.keyfiles import make_key_file, read_key_file, split_keys, whole_key
from portal.core.mail import ADDRESS, MailServer, read_mail_url
from portal.core.tied_registry import is_tied_to_a_key

ROOT = Path(__file__).resolve().parent.parent
DATABASES = ("sqlite", "postgresql+psycopg")
SECRET_KEY, REGISTRY_KEY = "PORTAL_SECRET_KEY", "PORTAL_REGISTRY_KEY"


@dataclass(frozen=True)
class Settings:
    """Everything the environment decides; see `read_settings` for the names."""

    instance: Path
    database_url: str
    registry_url: str
    secret_key: bytes
    # All keys since the first, the oldest first; see `read_registry_keys` for those added since the start.
    registry_keys: tuple[bytes, ...]
    # Where they were read from, None when the environment names them.
    registry_key_file: Path | None
    base_url: str
    site_name: str
    trusted_proxies: int
    host: str
    port: int
    production: bool
    check_allowance: int = 30
    check_price: int = 1000
    list_retention_days: int = 90
    redis_url: str = ""
    mail: MailServer | None = None
    # Who answers for the portal, as its pages name them; empty where nobody said so.
    operator: str = ""
    operator_mail: str = ""


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
        secret_key=_secret_key(env, instance / "secret.key"),
        registry_keys=_registry_keys(env, instance / "registry.key", registry_url),
        registry_key_file=None if "PORTAL_REGISTRY_KEY" in env else instance / "registry.key",
        base_url=(base_url := _base_url(env, host, port)),
        site_name=_name(env, "PORTAL_SITE_NAME", "Terlindungi", 1, 60),
        trusted_proxies=_number(env, "PORTAL_TRUSTED_PROXIES", 0, 0, 10),
        host=host,
        port=port,
        production=_mode(env),
        check_allowance=_number(env, "PORTAL_CHECK_ALLOWANCE", 30, 1, 99999),
        check_price=_number(env, "PORTAL_CHECK_PRICE", 1000, 2, 20000),
        list_retention_days=_number(env, "PORTAL_LIST_RETENTION_DAYS", 90, 1, 3650),
        redis_url=_redis(env),
        mail=read_mail_url(env.get("PORTAL_MAIL_URL", ""), urlsplit(base_url).hostname or "localhost"),
        operator=_name(env, "PORTAL_OPERATOR", "", 0, 160),
        operator_mail=_operator_mail(env),
    )


def _instance(env: Mapping[str, str]) -> Path:
    path = Path(env.get("PORTAL_INSTANCE") or ROOT / "instance").absolute()
    try:
        # Keys, digests and accounts: other users of the machine have no business in there.
        path.mkdir(mode=0o750, parents=True, exist_ok=True)
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


def read_registry_keys(settings: Settings) -> tuple[bytes, ...]:
    """The registry's keys as they are now: a file of keys may have grown since the start. Raises SettingError."""
    if settings.registry_key_file is None:
        return settings.registry_keys
    return split_keys(REGISTRY_KEY, read_key_file(REGISTRY_KEY, settings.registry_key_file))


def _registry_keys(env: Mapping[str, str], file: Path, url: str) -> tuple[bytes, ...]:
    """The registry's keys; a new one is made only for a registry without lists, as no other could find anybody."""
    if REGISTRY_KEY in env:
        return split_keys(REGISTRY_KEY, env[REGISTRY_KEY])
    if not file.exists():
        try:
            tied = is_tied_to_a_key(url)
        except SQLAlchemyError:
            raise SettingError(
                f"PORTAL_REGISTRY_URL: the registry cannot be read, so no key is made for it in {file}."
            ) from None
        if tied:
            raise SettingError(
                f"{REGISTRY_KEY}: the registry holds lists, but their key is not in {file}. Put the original key back; "
                "without it nobody in them can be found."
            )
        make_key_file(REGISTRY_KEY, file)
    return split_keys(REGISTRY_KEY, read_key_file(REGISTRY_KEY, file))


def _secret_key(env: Mapping[str, str], file: Path) -> bytes:
    text = env.get(SECRET_KEY)
    if text is None:
        make_key_file(SECRET_KEY, file)
        text = read_key_file(SECRET_KEY, file)
    return whole_key(SECRET_KEY, text)


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


def _name(env: Mapping[str, str], name: str, default: str, low: int, high: int) -> str:
    text = env.get(name, default).strip()
    if not low <= len(text) <= high or not text.isprintable():
        raise SettingError(f"{name}: give a name of {low} to {high} characters.")
    return text


def _operator_mail(env: Mapping[str, str]) -> str:
    text = env.get("PORTAL_OPERATOR_MAIL", "").strip()
    if text and not ADDRESS.fullmatch(text):
        raise SettingError(f"PORTAL_OPERATOR_MAIL: {text!r} is not an e-mail address.")
    if text and not env.get("PORTAL_OPERATOR", "").strip():
        raise SettingError("PORTAL_OPERATOR_MAIL: say in PORTAL_OPERATOR whose address this is.")
    return text


def _mode(env: Mapping[str, str]) -> bool:
    text = env.get("PORTAL_ENV", "production")
    if text not in ("production", "development"):
        raise SettingError(f"PORTAL_ENV: {text!r} is neither production nor development.")
    return text == "production"
