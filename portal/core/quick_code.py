"""Jinja's code generator without two costs that a page pays a thousand times.

* `context.call` looks at each call for functions that want the context. Here only gettext does; macros and plain
  functions are called as they are.
* `escape` wraps every piece of text in Markup before the pieces are joined. Pieces are joined as plain text here.

Both are a third of the time of a page. What comes out is the same: a test renders pages both ways.
"""

from __future__ import annotations

from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup
from markupsafe import escape as escape_to_markup

try:
    from markupsafe._speedups import _escape_inner as escape_text
except ImportError:
    from markupsafe._native import _escape_inner as escape_text

WANT_CONTEXT = frozenset(
    {"_", "gettext", "ngettext", "pgettext", "npgettext", "super", "self", "loop", "caller"}
)


def quick_escape(value: Any) -> str:
    """`markupsafe.escape` for a piece that is joined with others at once."""
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    if kind is str:
        return escape_text(value)
    return escape_to_markup(value)


def quick_call(function: Any, *args: Any, **kwargs: Any) -> Any:
    """Call what does not want the context."""
    return function(*args, **kwargs)


class QuickCode(CodeGenerator):
    """Writes `environment.quick_call` and `environment.quick_escape` where they say the same."""

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """Write a call; anything but a plain name goes Jinja's way."""
        if not isinstance(node.node, nodes.Name) or node.node.name in WANT_CONTEXT:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write("environment.quick_call(")
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.quick_escape(")
