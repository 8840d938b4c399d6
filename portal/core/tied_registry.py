"""Whether a registry was filled with some key already: then a new one must not be made in its place."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import make_url

STATE = "registry_state"


def is_tied_to_a_key(url: str) -> bool:
    """Whether the registry at `url` holds lists; False where it has no tables. Raises SQLAlchemyError."""
    address = make_url(url)
    if address.drivername == "sqlite" and not Path(address.database or "").is_file():
        return False
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table(STATE):
                return False
            found = connection.execute(text(f"SELECT key_fingerprint FROM {STATE}")).scalars()  # noqa: S608
            return any(found)
    finally:
        engine.dispose()
