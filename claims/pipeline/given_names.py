"""Given names of many languages, and which pronoun they hint at.

Only a hint: a name on neither list, or on both, fits every pronoun.
"""

from claims.pipeline.female_names import FEMALE_NAMES
from claims.pipeline.male_names import MALE_NAMES

GIVEN_NAMES = FEMALE_NAMES | MALE_NAMES

__all__ = ["FEMALE_NAMES", "GIVEN_NAMES", "MALE_NAMES"]
