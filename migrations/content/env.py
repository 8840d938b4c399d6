"""Alembic environment of the content database."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine, pool

import portal.core.engines
import portal.tables

# Importing the engines sets SQLite's pragmas on every connection.
assert portal.core.engines

config = context.config
url = config.get_main_option("sqlalchemy.url") or ""
metadata = portal.tables.content

if context.is_offline_mode():
    context.configure(url=url, target_metadata=metadata, literal_binds=True, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
elif config.attributes.get("connection") is not None:
    # A caller's own transaction, which the steps become part of.
    context.configure(
        connection=config.attributes["connection"], target_metadata=metadata, render_as_batch=True
    )
    with context.begin_transaction():
        context.run_migrations()
else:
    engine = create_engine(url, poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()
