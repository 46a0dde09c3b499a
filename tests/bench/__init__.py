"""Measurements that take minutes, and what they need besides; no tests."""
