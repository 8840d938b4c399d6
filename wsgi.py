"""The WSGI application that the web server imports."""

from portal import create_app

app = create_app()
