"""Given names of many languages, and which pronoun they hint at.

Only a hint: a name on neither list, or on both, fits every pronoun.
"""

from claims.pipeline import female_names, male_names
from claims.pipeline.lexicon import words

_EITHER = words(
    "olu kiran leslie nikita cameron rowan rory jay jin wei gurpreet claude nat ollie dale sidney jun hikaru ren kamal "
    "amrit tolu femi zia lindsay lindsey tracy kelly nour iman avery reese shannon jody jessie marion evelyn harpreet "
    "manpreet jaspreet simran shelby mwangi courtney krishna tumelo kagiso lerato palesa ali jude charlie alex sam jo "
    "robin kim chris jamie jordan taylor casey morgan ashley kerry sasha dana drew frankie terry quinn riley pat "
    "nicky blair hilary shashi suman deniz"
)
FEMALE_NAMES = female_names.FEMALE_NAMES | _EITHER
MALE_NAMES = male_names.MALE_NAMES | _EITHER

GIVEN_NAMES = FEMALE_NAMES | MALE_NAMES

__all__ = ["FEMALE_NAMES", "GIVEN_NAMES", "MALE_NAMES"]
