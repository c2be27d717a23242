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

FAMILY_NAMES = words(
    "li wang zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo lin gao luo zheng liang xie song tang feng "
    "dong xiao cheng cao yuan deng shen zeng peng jiang cai ding xue yan pan dai xia zhong tian ren kim park lee choi "
    "jung jeong kang cho yoon jang lim han oh shin seo kwon hwang ahn hong yoo nguyen tran le pham hoang phan vu vo "
    "dang bui ngo duong ly"
)
"""Family names that stand in front of the given name."""


def gender_by_name(name: tuple[str, ...]) -> str:
    """`f`, `m` or nothing, from a given name in front."""
    given = name[0] if name[0] in GIVEN_NAMES else name[0].split("-")[0]
    if len(name) == 2 and name[0] in FAMILY_NAMES and name[1] in GIVEN_NAMES:
        given = name[1]
    is_female, is_male = given in FEMALE_NAMES, given in MALE_NAMES
    return "" if is_female == is_male else ("f" if is_female else "m")
