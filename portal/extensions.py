"""Extensions, created here and bound in create_app."""

from __future__ import annotations

from flask_babel import Babel
from flask_sqlalchemy import SQLAlchemy
from htmx_flask import Htmx

from portal.core.database import ContentBase

db = SQLAlchemy(metadata=ContentBase.metadata)
babel = Babel()
htmx = Htmx()
