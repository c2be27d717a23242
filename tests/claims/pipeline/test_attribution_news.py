"""Who is held to have said what: short news texts, several sources in each."""

import pytest

from tests.claims.pipeline.statements import AUTHOR, sources_of

CASES = [
    (
        'Ministers were accused on Thursday of hiding a report. The opposition\'s transport spokeswoman, Leila Farouk, said 40 trains had been scrapped.\n\n"They knew in 2021," she told the chamber. "They sat on it for 14 months."',
        {"40 trains": "Leila Farouk", "They knew in 2021": "Leila Farouk", "14 months": "Leila Farouk"},
    ),
    (
        'A fisherman has died off the coast of Skerra, the coastguard said.\n\nThe man, 54, fell from a trawler at about 04:00, according to Insp Rory Galbraith of Police Scotland.\n\n"The lifeboat was there in 19 minutes," he said.',
        {"fell from a trawler": "Rory Galbraith", "19 minutes": "Rory Galbraith"},
    ),
    (
        'Tech firm Quillon has shed 300 jobs.\n\nChief executive Petra Solberg told staff in an email that sales had dropped by a fifth since January.\n\n"We hired too fast," Solberg wrote. "In 2022 we took on 900 people."',
        {"sales had dropped": "Petra Solberg", "took on 900": "Petra Solberg"},
    ),
    (
        'Joan Appleyard, 82, has lived on Mill Lane since 1961.\n\n"The river came up 4ft in an hour," she said.\n\nHer grandson Tyler, 19, carried her out.\n\n"I had to break the window," he said. "The water was at 1.5m."',
        {"came up 4ft": "Joan Appleyard", "water was at 1.5m": "Tyler"},
    ),
    (
        'The club\'s owners insist the ground is safe. But Dr Hamid Rezai, a structural engineer who inspected it in 2023, disagrees: "I found 40 cracks in the east stand."',
        {"40 cracks": "Hamid Rezai"},
    ),
    (
        'Campaigner Steph Nolan, whose son Jack was killed in 2019, said: "There have been six deaths on that road."',
        {"six deaths": "Steph Nolan"},
    ),
    (
        '"There have been six deaths on that road," said campaigner Steph Nolan, whose son Jack was killed in 2019. "We asked for a crossing in 2020."',
        {"six deaths": "Steph Nolan", "asked for a crossing": "Steph Nolan"},
    ),
    (
        'Asked by Conservative MP Giles Horton how many had applied, the home secretary, Amina Yusuf, replied: "So far 4,000 people have applied."',
        {"4,000 people": "Amina Yusuf"},
    ),
    (
        'Horton said the scheme had cost £9m. Yusuf denied that it had failed. "It has housed 700 families," she said. Giles Horton is the MP for Wendle; Amina Yusuf is home secretary.',
        {"cost £9m": "Giles Horton", "700 families": "Amina Yusuf"},
    ),
    (
        "The Bureau of Statistics put unemployment at 4.1%. Its director, Hugo Lindgren, said 12,000 people had found work. Lindgren added that the rate was the lowest since 2008.",
        {"12,000 people": "Hugo Lindgren", "lowest since 2008": "Hugo Lindgren"},
    ),
    (
        "BRUSSELS (Reuters) - The European Commission said on Monday that exports rose 3% in May. The Commission's vice-president, Marek Dvorak, said imports had fallen 2%.",
        {"exports rose 3%": "European Commission", "imports had fallen": "Marek Dvorak"},
    ),
    (
        '"It\'s a scandal," said Bill Tranter, the union\'s regional secretary. The union claims 40 drivers were sacked by text. A spokesman for the firm, Hollis Freight, said 12 had left "by agreement".\n\n"They were told on Christmas Eve," Mr Tranter said.',
        {"sacked by text": None, "12 had left": "Hollis Freight", "Christmas Eve": "Bill Tranter"},
    ),
    (
        "Prime Minister Joao Teixeira resigned on Friday. In a televised address, Teixeira said he had lost the support of 14 deputies. The president, Ana Bastos, said elections would cost 40m euros.",
        {"14 deputies": "Joao Teixeira", "cost 40m": "Ana Bastos"},
    ),
    (
        "Residents have complained of the smell for years. One, Derek Moss, said he had called the council 60 times. Another said she had moved out in June.",
        {"moved out in June": None},
    ),
    (
        'A neighbour, who did not want to be named, said police were called at 2am. "I heard three bangs," the neighbour said.',
        {"called at 2am": None, "three bangs": None},
    ),
    (
        "Musa Okafor, defending, said his client had repaid £4,000. Sentencing him, Recorder Jane Whitlock said he had taken £19,000 from a disabled man.",
        {"repaid £4,000": "Musa Okafor", "taken £19,000": "Jane Whitlock"},
    ),
    (
        "The jury was told that Brand had bought the knife on 3 May. Prosecutor Lisa Hemming said the receipt was found in his car.",
        {"bought the knife": None, "receipt was found": "Lisa Hemming"},
    ),
    (
        'Scientists led by Yuki Tanabe at Kyoto University found that the fish swam 40km a day. "Nobody had measured it before 2019," Tanabe says.',
        {"measured it before": "Yuki Tanabe"},
    ),
    (
        "The study, published in Nature Soils, found that 40% of plots had lost worms. Co-author Ines Carvalho of the University of Porto said ploughing was the cause in 30 of them.",
        {"40% of plots": None, "cause in 30": "Ines Carvalho"},
    ),
    (
        'Manager Tony Voss was furious with the referee. "He gave them 14 free-kicks," Voss fumed. Opposite number Lars Bekker had no complaints: "We had two goals disallowed in March."',
        {"14 free-kicks": "Tony Voss", "two goals disallowed": "Lars Bekker"},
    ),
    (
        "Shares in Orbis rose 4%. The drugmaker said its pill had worked in 60% of cases. Analyst Fay Denton at Kell & Co said the market was worth $4bn.",
        {"worked in 60%": "Orbis", "worth $4bn": "Fay Denton"},
    ),
    (
        "City Councilmember Rosa Delgado-Pineda introduced the bill. Delgado-Pineda said 14 buildings had no heat. Mayor Ken Ito's office said the number was nine.",
        {"14 buildings": "Rosa Delgado-Pineda", "number was nine": "Ken Ito"},
    ),
    (
        "The Rev. Calvin Stokes, pastor of Mount Olive Baptist Church, said 300 people came to the vigil.",
        {"300 people": "Calvin Stokes"},
    ),
    (
        "Lt. Col. Dana Pruitt, a spokeswoman for the base, said 14 soldiers were hurt. Pruitt said two were in surgery.",
        {"14 soldiers": "Dana Pruitt", "two were in surgery": "Dana Pruitt"},
    ),
    (
        "Water bills went up by 9% in April, the regulator has confirmed. Ofwater's chief, Neil Prentis, said two firms had been fined.",
        {"had been fined": "Neil Prentis"},
    ),
    (
        "The airport handled 4m passengers in 2023, up from 3m, its annual report shows. Managing director Chidi Eze said the runway was full.",
        {"runway was full": "Chidi Eze"},
    ),
    (
        '"I have nothing to hide," Senator Blaine Foster said in 2020, when records showed he had sold $2m in stock.',
        {"nothing to hide": "Blaine Foster"},
    ),
    (
        "Foster, a Republican, had sold $2m in stock, filings show. His lawyer, Ed Kranz, said the trades were made by a broker in May.",
        {"made by a broker": "Ed Kranz"},
    ),
    (
        "Speaking on BBC Radio 4, the shadow chancellor, Deborah Lyle, said growth had been 0.1% since June; the Treasury said it was 0.4%.",
        {"0.1% since June": "Deborah Lyle", "it was 0.4%": "Treasury"},
    ),
    (
        'Health Secretary Owen Pryce said waiting lists had fallen. But Labour\'s Nia Rowlands said they had risen by 4,000. "He is counting them twice," she said.',
        {"risen by 4,000": "Nia Rowlands", "counting them twice": "Nia Rowlands"},
    ),
    ('Mr and Mrs Patel bought the flat in 2016. "We paid £240,000," Mrs Patel said.', {"We paid £240,000": "Patel"}),
    (
        'Anil and Sunita Patel bought the flat in 2016. "We paid £240,000," Sunita said. Anil added that the lift had broken 40 times.',
        {"We paid £240,000": "Sunita Patel", "broken 40 times": "Anil Patel"},
    ),
    (
        'Three generations of the Kowalczyk family have worked here. "My grandfather earned £3 a week," says Zofia Kowalczyk, who is 61.',
        {"£3 a week": "Zofia Kowalczyk"},
    ),
    (
        "Ms Kowalczyk, 61, retired in May. Her colleague Ifan Rees says she trained 200 nurses.",
        {"trained 200 nurses": "Ifan Rees"},
    ),
    (
        "Campaign group Clear Skies has sued. It says 4,000 children have asthma. The airport says the figure is 900.",
        {"4,000 children": "Clear Skies"},
    ),
    (
        "The WHO's Europe director, Katrin Holm, warned that 14 countries had no vaccine. According to the WHO, two million doses were burnt.",
        {"two million doses": "WHO"},
    ),
    (
        'Elliot Marsh was 17 when he left school. Now 40, he employs 60 people. "I failed every exam in 1999," he grins.',
        {"failed every exam": "Elliot Marsh"},
    ),
    (
        '"My mum cleaned offices from 4am," recalls Ngozi, 34, sipping tea. Ngozi Obi is the new deputy mayor.',
        {"cleaned offices": "Ngozi Obi"},
    ),
    (
        "Deputy mayor Ngozi Obi and councillor Fred Lamb clashed over the budget. Lamb said the park cost £90,000; Obi countered that it had been £60,000.",
        {"cost £90,000": "Fred Lamb", "been £60,000": "Ngozi Obi"},
    ),
    ("A letter signed by 40 doctors and seen by The Globe said wards were short of 90 nurses.", {"short of 90": None}),
    ("Its author, Sir Hugh Penhaligon, told MPs the inquiry had cost £14m.", {"cost £14m": "Hugh Penhaligon"}),
    (
        "Two years ago, the mother of the victim, Carol Dyer, said the police had lost 14 exhibits.",
        {"14 exhibits": "Carol Dyer"},
    ),
    (
        "There was a smell of smoke at 9pm, says Ricardo Fuentes, who was closing his shop. By 9.10 the roof had gone, he adds.",
        {"smell of smoke": "Ricardo Fuentes", "roof had gone": "Ricardo Fuentes"},
    ),
    (
        "Defence Minister Kyriakos Stavrou flew to Nicosia. Stavrou told his counterpart, Elena Markou, that 14 jets had crossed the line.",
        {"14 jets": "Kyriakos Stavrou"},
    ),
    (
        "Border force officers seized 40kg of cocaine in Dover on Monday, the Home Office has announced.",
        {"40kg": "Home Office"},
    ),
    (
        "Thousands marched on Saturday. Police estimated the crowd at 4,000; organisers said 20,000 had come.",
        {"20,000 had come": None},
    ),
    (
        'Musician Lottie Crane lost her van in the flood. "It had 14 guitars in it," the 29-year-old said.',
        {"14 guitars": "Lottie Crane"},
    ),
    (
        "Jo Brandt chairs the trust. Last week Brandt admitted it had lost 40 volunteers. The 58-year-old former teacher said pay was the cause of 30 departures.",
        {"40 volunteers": "Jo Brandt"},
    ),
    (
        "The mayor's brother, Tom Slade, bought the land in 2018. Slade said he had paid £1.2m. The mayor, Vera Slade, said she had not known.",
        {"paid £1.2m": "Tom Slade"},
    ),
    (
        'Bus users will pay £3 from May. "It is a tax on the poor," said Green councillor Will Ashdown, adding that 40 routes had gone.',
        {"40 routes": "Ashdown"},
    ),
    ("Inflation fell to 2.1% in May, from 2.4% in April, official data showed on Wednesday.", {"Inflation fell": None}),
    (
        "Inflation fell to 2.1% in May, the National Bank said, citing lower energy prices.",
        {"Inflation fell": "National Bank"},
    ),
    ("Inflation, the National Bank said on Monday, fell to 2.1% in May.", {"2.1%": "National Bank"}),
    (
        "The National Bank, which meets next week, expects growth of 2%. Its governor, Ilmar Tamm, has said rates were raised 14 times.",
        {"raised 14 times": "Ilmar Tamm"},
    ),
    ("Two people familiar with the matter said the bank had cut 400 jobs.", {"cut 400 jobs": None}),
    ("The bank has cut 400 jobs, two people with knowledge of the plans told the Ledger.", {"cut 400 jobs": None}),
    ("The bank has cut 400 jobs, the Ledger reported on Monday, citing an internal memo.", {"cut 400 jobs": "Ledger"}),
    ("Local media reported that 14 people had died.", {"14 people": None}),
    ("Interfax news agency quoted a source as saying 14 people had died.", {"14 people": None}),
    ("As many as 14 people died, Governor Oleg Baranov wrote on Telegram.", {"14 people": "Oleg Baranov"}),
    (
        "In a post on Telegram, Governor Oleg Baranov said 14 people had died in the strike on Monday.",
        {"14 people": "Oleg Baranov"},
    ),
    (
        "The strike killed 14 people, including two children, Baranov said. Oleg Baranov is the governor.",
        {"killed 14": "Oleg Baranov"},
    ),
    ("The strike killed 14 people, said Oleg Baranov, the governor, and wounded 40.", {"killed 14": "Oleg Baranov"}),
    (
        "Baranov, the governor, has repeatedly claimed that 14 people were killed. Oleg Baranov was born in 1960.",
        {"14 people": "Oleg Baranov"},
    ),
    ("Officials, however, say that 14 people were killed.", {"14 people": None}),
    ("But the charity Homefast argues that 9,000 people sleep rough.", {"9,000 people": "Homefast"}),
    (
        "More than 9,000 people sleep rough, up from 7,000 in 2019, according to the charity Homefast.",
        {"9,000 people": "Homefast"},
    ),
    (
        "Figures released on Tuesday by the charity Homefast show 9,000 people slept rough in May.",
        {"9,000 people": "Homefast"},
    ),
    (
        "Homefast says it counted 9,000 rough sleepers. The charity's chief executive, Dee Marlow, said the figure was the highest since 1998.",
        {"9,000 rough": "Homefast", "highest since 1998": "Dee Marlow"},
    ),
    ("Marlow told the committee: the charity had 40 beds. Dee Marlow runs Homefast.", {"40 beds": "Dee Marlow"}),
    ("The defendant told police he had been in Leeds on 4 May, the court heard.", {"Leeds on 4 May": None}),
    ("The court heard that Pell, 44, had drunk nine pints.", {"nine pints": None}),
    ("Pell had drunk nine pints, prosecutor Simone Adair told Derby Crown Court.", {"nine pints": "Simone Adair"}),
    (
        "Pell had drunk nine pints and two whiskies before he drove, the jury at Derby Crown Court was told.",
        {"nine pints": None},
    ),
    (
        "PC Lucas Bright said in a statement read to the court that Pell had drunk nine pints.",
        {"nine pints": "Lucas Bright"},
    ),
    (
        "Det Ch Insp Moira Kerr, who led the inquiry, said 400 hours of footage had been watched.",
        {"400 hours": "Moira Kerr"},
    ),
    ("Giving evidence, Pell's wife, Andrea, said he had drunk two pints.", {"two pints": "Andrea"}),
    (
        "Climate minister Tove Nyholm unveiled the plan. It would cost 4bn kroner, she said, and 60% of it had been raised.",
        {"60% of it": "Tove Nyholm"},
    ),
    (
        "Nyholm accused the opposition of lying and said it had cut 400 posts in 2019. Tove Nyholm is climate minister.",
        {"cut 400 posts": "Tove Nyholm"},
    ),
    (
        "Nyholm, speaking after the vote, said she was pleased. The plan, she added, had been costed by 14 economists. Tove Nyholm is climate minister.",
        {"14 economists": "Tove Nyholm"},
    ),
    ("Her party, the Greens, won 14 seats in 2021.", {"14 seats": AUTHOR}),
    (
        "Varnum Steel was founded in 1920. In its annual report, the company said it had 400 orders.",
        {"400 orders": "Varnum Steel"},
    ),
    (
        "Varnum Steel was founded in 1920. Union leaders say it has sacked 40 people since May. The company says 12 left.",
        {"sacked 40": None, "12 left": "Varnum Steel"},
    ),
    (
        "The union Steelforce said 40 had been sacked. Varnum Steel said the union was wrong and that 12 had left.",
        {"40 had been": "Steelforce", "12 had left": "Varnum Steel"},
    ),
    (
        '"We sacked nobody," Varnum Steel\'s human resources director, Paul Ince, told Steelforce members on Friday. He said 12 had left.',
        {"12 had left": "Paul Ince"},
    ),
    ("An investigation by The Courier has found that 40 people were sacked.", {"40 people": "Courier"}),
    ("He was 40, his family said. Dale Cooper died on Monday, police said.", {"He was 40": None}),
    ("Cooper's widow, Irene, said he had smoked 40 a day. Dale Cooper died on Monday.", {"40 a day": "Irene Cooper"}),
    (
        'Dale Cooper, whose books sold 40m copies, has died. "He was 71," his agent, Rosalind Fey, said. Fey said he had been ill since June.',
        {"He was 71": "Rosalind Fey", "ill since June": "Rosalind Fey"},
    ),
    (
        "The actor Dale Cooper and the director Anna Roth married in 1990. Roth said they had met on a ferry in 1988.",
        {"met on a ferry": "Anna Roth"},
    ),
    ('Tributes came from fans. "He answered 40 letters a day," one wrote.', {"40 letters": None}),
    ('"He answered 40 letters a day," wrote one fan, Bex Holm, on X.', {"40 letters": "Bex Holm"}),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_source_of_each_statement(text, expected):
    assert sources_of(text, expected) == expected
