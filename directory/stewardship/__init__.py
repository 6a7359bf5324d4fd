"""Keeping the directory true: what was checked and until when that holds, what is due, what
visitors report, links and numbers that fail, and what providers say of their own listings."""
