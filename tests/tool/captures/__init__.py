"""Builds captures whose truth is known: every response in them, with its end points and its call.

Data walks one way:

    messages -> framing -> transports -> network -> tunnels -> links -> files

Each module has a table of the values of its axis; cases.py puts them together and says what cannot be.
"""
