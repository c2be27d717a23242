"""Measures of the extraction, pure: texts and labels in, figures out.

Training stands on it, never the other way round.
"""
