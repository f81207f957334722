"""Reads over several models of the knowledge bank."""
