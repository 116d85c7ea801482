"""Revisions of the data database."""
