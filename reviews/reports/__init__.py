"""Frozen verdict reports and the formats they are exported in.

Every page and export renders a `VerdictReport` and nothing else. One small
module per format; `reviews.reports.registry` names them all.
"""
