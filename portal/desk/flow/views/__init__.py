"""Pages of the way of a draft; each module adds its own to the blueprint."""

from __future__ import annotations

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from portal.desk.flow.frame import desk_frame
from portal.desk.flow.moments import moment_long, moment_short, will_come_out
from portal.desk.flow.queries.titles import told_title

flow_bp = Blueprint("flow", __name__)


@flow_bp.record_once
def _equip(state: BlueprintSetupState) -> None:
    env = state.app.jinja_env
    env.globals["desk_frame"] = desk_frame
    env.filters["told"] = told_title
    env.filters.update(moment_short=moment_short, moment_long=moment_long, will_come_out=will_come_out)


from portal.desk.flow.views import (  # noqa: E402  (they add themselves to the blueprint)
    history as history,
)
from portal.desk.flow.views import (  # noqa: E402
    home as home,
)
from portal.desk.flow.views import (  # noqa: E402
    item as item,
)
from portal.desk.flow.views import (  # noqa: E402
    previews as previews,
)
from portal.desk.flow.views import (  # noqa: E402
    talk as talk,
)
