"""Preparing a meeting alone: what was chosen, and the papers made of it. Nothing here is stored on the server."""
