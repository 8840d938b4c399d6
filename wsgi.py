"""The WSGI application that the web server imports."""

from portal import create_app
from portal.core.collecting import keep_what_is_loaded, share_one_heap

share_one_heap()
app = create_app()
keep_what_is_loaded()
