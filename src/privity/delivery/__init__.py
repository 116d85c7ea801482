"""Delivery: what leaves the installation, and what it is handed to."""
