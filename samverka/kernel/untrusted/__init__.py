"""Files from others, opened only in a process of its own: `run` starts it, the rest is what it does.

A fault in a library that reads pictures, PDF or ZIP then reaches neither the database nor the settings, and a file
made to take all memory or time takes neither from the web server. Only `run` knows Django.
"""
