"""Reads of the desk: who works where, queues, lists, items, history and what needs attention."""
