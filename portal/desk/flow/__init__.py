"""The way of a draft as people walk it: the desk's home, lists, items, history, comments and preview links."""
