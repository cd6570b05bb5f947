"""Logs with known truth, for logs_test.py: formats.py has what programs write, wrapping.py what happens to it afterwards."""
