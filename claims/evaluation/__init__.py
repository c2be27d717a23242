"""Measures of the extraction, pure: texts and labels in, figures out."""
