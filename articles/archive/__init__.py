"""The publication as one file that somebody else could read, and back (docs/archive.md)."""
