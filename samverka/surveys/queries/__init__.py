"""Reads over several models: who is asked, how far each has come, and what has happened."""
