"""The WSGI application that the web server imports."""

import gc

from portal import create_app

app = create_app()
# What is loaded stays: a worker that looks through it for garbage, every few hundred pages, answers nobody for 80 ms.
gc.collect()
gc.freeze()
