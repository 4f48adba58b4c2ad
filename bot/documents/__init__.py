"""Documents in: a file of any of six kinds becomes plain text with headings, lists, and the places of its pages.

What comes from outside is parsed in a child process (`child.py`) with limits; the bot itself imports only `reader.py`
and `model.py`, which load no parser.
"""
