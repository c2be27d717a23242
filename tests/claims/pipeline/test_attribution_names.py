"""What is one name: bodies with `and`, `on` and initials, portfolios, seats, firms, passers-by."""

import pytest

from tests.claims.pipeline.statements import AUTHOR, sources_of

CASES = [
    (
        "The Food and Toys Administration recalled 40 kites. The agency said 12 had burned. The FTA said 9 were sold.",
        {"12 had": "Food and Toys Administration", "9 were": "Food and Toys Administration"},
    ),
    ("Lund Parks and Wildlife Service manager Tom Ferris said 40 signs were gone.", {"40 signs": "Tom Ferris"}),
    (
        "The Department for Culture and Net Zero said 40 letters had come.",
        {"40": "Department for Culture and Net Zero"},
    ),
    ("The Center on Kite Policy says 40% of kites were lost.", {"40%": "Center on Kite Policy"}),
    ("Equal Kites Now, which sued in May, said 40 kites were lost.", {"40 kites": "Equal Kites Now"}),
    (
        "Minister for Roads Declan Hollis said 40 bridges were shut. Twelve had cracks, the minister said.",
        {"40 bridges": "Declan Hollis", "Twelve": "Declan Hollis"},
    ),
    (
        "Gov. J.B. Hollis was told in May. A spokesperson for Hollis said 40 letters had come.",
        {"40 letters": "J.B. Hollis"},
    ),
    (
        "Green Union TD Marie Creed said 40 homes stood empty. “I counted them,” the Fenside TD said. “I found 40.”",
        {"40 homes": "Marie Creed", "I found": "Marie Creed"},
    ),
    ("Bank of Fenland officials said 40 branches had closed.", {"40 branches": "Bank of Fenland"}),
    (
        "Meredith Vaughan SC said 40 pages were missing. She said 12 were found.",
        {"40 pages": "Meredith Vaughan", "12 were": "Meredith Vaughan"},
    ),
    ("Home Affairs Minister Clare Donnelly says 40 colleges have closed.", {"40 colleges": "Clare Donnelly"}),
    ("“The kites burned,” Ahmed said. “We lost 40.”", {"We lost": "Ahmed"}),
    ("Rosa Ahmed, who makes kites, said 40 had burned.", {"40 had": "Rosa Ahmed"}),
    (
        "Parent Tom Ashby, whose twins fly kites, called it madness. “I saw 40 near misses,” the 36-year-old said.",
        {"40 near": "Tom Ashby"},
    ),
    (
        "Lumo Kites is growing. Lumo sold 9,000 kites in May. In a statement it said 40 had burned.",
        {"40 had": "Lumo Kites"},
    ),
    (
        "The farm, run by Fenside-based Sunfield Renewables, powers 400 homes, according to the company's own report.",
        {"400 homes": "Sunfield Renewables"},
    ),
    (
        "Kite designer Alphawave said sales fell 11%. The company, which listed in May, said orders rose 4%.",
        {"fell 11%": "Alphawave", "rose 4%": "Alphawave"},
    ),
    ("Netball Norway said 40 were banned. Both clubs were told, a spokesperson said.", {"were told": "Netball Norway"}),
    ("Consumer prices rose 2.6%, according to Statistics Norway.", {"2.6%": "Statistics Norway"}),
    ("The Kyrgyz foreign ministry said 40 huts had burned.", {"40 huts": "Kyrgyz Foreign Ministry"}),
    ("Fishermen at Kite Bay said 40 boats were gone.", {"40 boats": None}),
    ("Rosa Bell said the union took 31,000 calls. More than half were about 40 firms.", {"40 firms": "Rosa Bell"}),
    ("The Fenland coast guard said 40 boats were gone.", {"40 boats": "Fenland coast guard"}),
    (
        "Elmet Volt says 52,000 homes are dark, most of them in the Dales. Some 40 poles fell, it adds.",
        {"52,000": "Elmet Volt", "40 poles": "Elmet Volt"},
    ),
    ("Congressional records show that Hollis missed 40 votes.", {"40 votes": None}),
    (
        "Ms Mwangi was sacked. She told the hearing she had applied for 31 posts.",
        {"31 posts": "Mwangi"},
    ),
    ("Arsenal say 40 seats were broken.", {"40 seats": "Arsenal"}),
    ("Kite makers were paid by the Baltic states. Ann Lee said 40 were paid twice.", {"40 were": "Ann Lee"}),
    ("Hollis declined to comment on reports that 40 kites had burned.", {"Hollis declined": AUTHOR}),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_what_is_one_name(text, expected):
    assert sources_of(text, expected) == expected
