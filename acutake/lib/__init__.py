"""Leaf helpers: they know Django and the standard library, no app and no model."""
