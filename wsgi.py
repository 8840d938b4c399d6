"""The WSGI application that the web server imports."""

from portal import create_app
from portal.core.collecting import keep_what_is_loaded

app = create_app()
keep_what_is_loaded()
