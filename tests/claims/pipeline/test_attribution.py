"""Who is held to have said what: one small text for each way news writes it."""

import pytest

from tests.claims.pipeline.statements import AUTHOR, sources_of

CASES = [
    (
        'The clinic in Harrow has shut. "We saw 900 patients a week," lamented Dr Ifeoma Okafor, who ran it for ten years.',
        {"900 patients": "Ifeoma Okafor"},
    ),
    (
        '"The bridge was closed for nine weeks," Priyanka Raman, chief engineer at the county, told reporters on Tuesday.',
        {"nine weeks": "Priyanka Raman"},
    ),
    (
        "Speaking to reporters on Tuesday, Ms Halloran, who has chaired the board since 2019, told them the fund had lost £4m. Deirdre Halloran joined the board in 2012.",
        {"the fund had lost": "Deirdre Halloran"},
    ),
    (
        "Speaking outside court, Tomasz Wieczorek, 41, whose brother died in the fire, said the alarm had been switched off in May.",
        {"alarm had been switched off": "Tomasz Wieczorek"},
    ),
    (
        "In a statement released late on Sunday, the Orchard Housing Association insisted that all 240 flats had been inspected.",
        {"240 flats": "Orchard Housing Association"},
    ),
    (
        "Lena Brandvold, the airport's director of operations, estimated that 12,000 passengers had missed flights.",
        {"12,000 passengers": "Lena Brandvold"},
    ),
    (
        "“Our wards have 60 empty beds,” insists Kwabena Mensah, chief executive of Northvale Hospitals. “We have hired 200 nurses since March.”",
        {"60 empty beds": "Kwabena Mensah", "200 nurses": "Kwabena Mensah"},
    ),
    (
        '"Ticket prices rose 14 percent," noted Sen. Carla Whitcomb, a Democrat from Ohio. "Wages rose 2 percent."',
        {"14 percent": "Carla Whitcomb", "Wages rose": "Carla Whitcomb"},
    ),
    (
        "The vaccine was 93% effective, Prof Wanjiru Kamau of the University of Leeds has found.",
        {"93% effective": "Wanjiru Kamau"},
    ),
    (
        "Mr Oduya said nothing. Asked about the cost, Ravi Chandrasekhar, who leads the opposition group, replied that it was £3.2m.",
        {"it was £3.2m": "Ravi Chandrasekhar"},
    ),
    (
        "The company cut 500 jobs in May, its chief executive, Marguerite Villeneuve, confirmed on Thursday.",
        {"cut 500 jobs": "Marguerite Villeneuve"},
    ),
    (
        "The mayor of Arden, Yusuf Demir, conceded that the town had spent $2m on the stadium.",
        {"spent $2m": "Yusuf Demir"},
    ),
    (
        'Joanna Pike, headteacher of St Bede\'s, in Carrow, described how the roof fell in. "There were 30 children in that room," she recalled.',
        {"30 children": "Joanna Pike"},
    ),
    (
        'Rhys Bowen and his sister, Catrin, ran the shop. "We took £80 a day," recalled Catrin. "The rent was £900," Rhys said.',
        {"£80 a day": "Catrin Bowen", "The rent was": "Rhys Bowen"},
    ),
    (
        '"It cost $14,000," said Nguyen Thi Lan, 63, a retired seamstress. Her neighbour, Pham Van Duc, paid $9,000.',
        {"It cost $14,000": "Nguyen Thi Lan"},
    ),
    (
        '"I counted 14 fires," says Mateo Ruiz Herrera. Ruiz is a ranger. The fires, Ruiz adds, burned 300 hectares.',
        {"14 fires": "Mateo Ruiz Herrera"},
    ),
    (
        "Abdul-Rahman al-Sayed, the governor of the province, said 40 villages had been cut off. Al-Sayed added that the army had 12 helicopters.",
        {"40 villages": "Abdul-Rahman al-Sayed", "12 helicopters": "Abdul-Rahman al-Sayed"},
    ),
    (
        'Zhang Wei, the ministry\'s spokeswoman, rejected the report. "China exported 4m tonnes last year," Zhang said.',
        {"4m tonnes": "Zhang Wei"},
    ),
    (
        'Kim Min-jae, the coach, blamed injuries. "We lost six players in March," Kim said.',
        {"six players": "Kim Min-jae"},
    ),
    (
        "Sea levels rose by 9cm, according to a study published in the journal Ocean Letters by Hana Suzuki and colleagues.",
        {"9cm": "Hana Suzuki"},
    ),
    (
        "According to figures from the Office for Transport Data, 4,100 buses were cancelled in June.",
        {"4,100 buses": "Office for Transport Data"},
    ),
    (
        "According to the charity Shelterline, 3,000 families were on the list in May.",
        {"3,000 families": "Shelterline"},
    ),
    (
        "Data compiled by the Institute for Fiscal Research show that spending fell 8 per cent.",
        {"spending fell": "Institute for Fiscal Research"},
    ),
    (
        "A report by the National Audit Office found that 14 hospitals had no fire plan.",
        {"14 hospitals": "National Audit Office"},
    ),
    (
        "The Lakeside Trust's annual report says that visits fell by a third in 2023.",
        {"visits fell by a third": "Lakeside Trust"},
    ),
    ("Court documents show that he was paid $40,000 in cash.", {"paid $40,000": None}),
    ("A leaked memo says 400 posts were cut in May.", {"400 posts": None}),
    ("A survey of 2,000 adults by YouthWatch suggests that one in five skipped meals.", {"one in five": "YouthWatch"}),
    (
        "The World Food Agency (WFA) said 2m people were hungry. The WFA added that it had fed 400,000 of them.",
        {"2m people": "World Food Agency", "fed 400,000": "World Food Agency"},
    ),
    (
        "Norlink Energy, which runs the grid, apologised. The company said 60,000 homes had lost power.",
        {"60,000 homes": "Norlink Energy"},
    ),
    ("A spokesman for Brightwater plc said the firm had repaired 300 leaks.", {"300 leaks": "Brightwater plc"}),
    ("A Brightwater spokeswoman said the firm had repaired 300 leaks.", {"300 leaks": "Brightwater"}),
    (
        '"We repaired 300 leaks in May," a spokesperson for Devon County Council said.',
        {"300 leaks": "Devon County Council"},
    ),
    ("A council spokesman said 14 bins were burnt on Friday.", {"14 bins": None}),
    (
        "Castlebrook Council voted to close the pool. A council spokesman said it lost £90,000 a year.",
        {"lost £90,000": "Castlebrook Council"},
    ),
    (
        "Transport Minister Ola Nygaard visited on Friday. The minister said 40 lorries had crossed.",
        {"40 lorries": "Ola Nygaard"},
    ),
    (
        "Finance minister Pauline Hext and health minister Jorge Sol met on Friday. The minister said 40 clinics had shut.",
        {"40 clinics": None},
    ),
    (
        "Finance minister Pauline Hext and health minister Jorge Sol met on Friday. The health minister said 40 clinics had shut.",
        {"40 clinics": "Jorge Sol"},
    ),
    (
        "The Transport Workers' Union says 900 drivers walked out. The union also says that pay fell 6% in real terms.",
        {"900 drivers": "Transport Workers' Union", "pay fell": "Transport Workers' Union"},
    ),
    ("Unite the Drivers, a union, says 900 people walked out.", {"900 people": "Unite the Drivers"}),
    (
        "Greenpeace said 40 ships had been seen. Greenpeace's Maja Lund said the oil had spread 9 km.",
        {"40 ships": "Greenpeace", "spread 9 km": "Maja Lund"},
    ),
    ("Officials said 40 people had died.", {"40 people": None}),
    ("Officials at the Ministry of Water said 40 wells had dried up.", {"40 wells": "Ministry of Water"}),
    ("A government source said 40 wells had dried up.", {"40 wells": None}),
    ("Residents say the river has flooded nine times since 2010.", {"nine times": None}),
    ("Scientists at the University of Bergen say the ice is 40cm thinner.", {"40cm thinner": None}),
    ("Police said two men, aged 19 and 22, were arrested in Derby on Friday.", {"two men": "Police"}),
    (
        'West Mercia Police said two men were arrested. "The men were held at 4am," the force said.',
        {"two men": "West Mercia Police", "at 4am": "West Mercia Police"},
    ),
    ("The White House said 40 drones had been shot down.", {"40 drones": "White House"}),
    ("Downing Street said the prime minister had paid £900.", {"had paid £900": "Downing Street"}),
    (
        "Judge Alma Reyes jailed him for six years. The judge said he had stolen $4m from 60 clients.",
        {"stolen $4m": "Alma Reyes"},
    ),
    ("Prosecutors said he had stolen $4m from 60 clients.", {"stolen $4m": None}),
    (
        "Prosecutor Idris Bello told the jury that Harlow had stolen $4m. Defending, Claire Winstone said Harlow had repaid $2m.",
        {"stolen $4m": "Idris Bello", "repaid $2m": "Claire Winstone"},
    ),
    (
        "Sarah Lindqvist met Paul Doyle on Monday. She said the trust had 40 sites. He said it had 30.",
        {"40 sites": "Sarah Lindqvist"},
    ),
    ("Sarah Lindqvist met Mary Doyle on Monday. She said the trust had 40 sites.", {"40 sites": "Sarah Lindqvist"}),
    (
        'Mary Doyle wrote to Sarah Lindqvist, and Anna Krall was told. "The trust has 40 sites," she said.',
        {"40 sites": "Mary Doyle"},
    ),
    (
        'Oluwaseun Adeyemi opened the plant in Lagos on Friday. "We make 4,000 tyres a day," he said.',
        {"4,000 tyres": "Oluwaseun Adeyemi"},
    ),
    (
        'Xiomara Delgado, a nurse, was on duty. "There were 40 patients in the hall," she said.',
        {"40 patients": "Xiomara Delgado"},
    ),
    (
        'Farmer Jim Tully lost 90 sheep. His wife, Brenda, found them. "They were 40 metres from the road," she said.',
        {"40 metres": "Brenda Tully"},
    ),
    ("Her father, Samuel Otieno, said the bus was two hours late.", {"two hours late": "Samuel Otieno"}),
    ("Nadia Haddad was hurt on Monday. Her mother said the bus had no brakes on 14 May.", {"no brakes": None}),
    (
        'The bakery was opened by Lucia Conti in 1981. "We sold 40 loaves the first day," she remembers. Her son, Davide, took over in 2010. "We now sell 900," he says.',
        {"40 loaves": "Lucia Conti", "We now sell 900": "Davide Conti"},
    ),
    (
        'Gwen Ashworth runs the food bank.\n\n"We fed 400 people in May," she said.\n\n"In June it was 700.\n\n"In July we ran out twice."\n\nThe council gave £900.',
        {
            "400 people": "Gwen Ashworth",
            "it was 700": "Gwen Ashworth",
            "ran out twice": "Gwen Ashworth",
            "gave £900": AUTHOR,
        },
    ),
    (
        'Gwen Ashworth, who runs the food bank, has seen demand grow.\n\n"We fed 400 people in May. In June it was 700."\n\nThe council gave £900.',
        {"400 people": "Gwen Ashworth"},
    ),
    (
        'Ali Nazari disagreed.\n\n"The road was closed for 40 days," he said.\n\nTwo ministers met on Friday.\n\n"The tunnel opened in 1990."',
        {"40 days": "Ali Nazari", "opened in 1990": None},
    ),
    ('"We fed 400 people in May." That is how Gwen Ashworth sums up her year.', {"400 people": None}),
    ('Tariq Mahmood put it differently: "The fund has lost 40% since 2020."', {"lost 40%": "Tariq Mahmood"}),
    ('Tariq Mahmood was blunt. "The fund has lost 40% since 2020." Critics disagree.', {"lost 40%": "Tariq Mahmood"}),
    (
        'For Eilidh MacRae, the choice was easy. "The ferry was cancelled 61 times last winter," she said.',
        {"61 times": "Eilidh MacRae"},
    ),
    (
        "'The council took 14 weeks to answer,' fumed Dot Perkins, 71. 'They lost my form twice.'",
        {"14 weeks": "Dot Perkins", "lost my form twice": "Dot Perkins"},
    ),
    (
        "‘We were 4-0 down,’ admitted captain Nils Aalto. ‘We had won nine in a row.’",
        {"4-0 down": "Nils Aalto", "nine in a row": "Nils Aalto"},
    ),
    (
        '"The ferry was cancelled 61 times," MacRae, of the islands forum, told The Herald, "and nobody phoned us in 2022." Eilidh MacRae has led the forum since May.',
        {"61 times": "Eilidh MacRae"},
    ),
    ("Beth Lowe cut the ribbon and said the school had 400 pupils.", {"400 pupils": "Beth Lowe"}),
    ("Beth Lowe thanked staff, praised parents and said the school had 400 pupils.", {"400 pupils": "Beth Lowe"}),
    ("Dr Amir Khalil and Dr Susan Ferris said the drug cut deaths by 20%.", {"deaths by 20%": "Amir Khalil"}),
    ("Both the council and the police said the march had drawn 4,000 people.", {"4,000 people": None}),
    (
        "The minister, Anders Holm, said the tunnel cost 4bn crowns, while his predecessor, Kari Vik, said it cost 6bn.",
        {"4bn crowns": "Anders Holm"},
    ),
    ("Anders Holm told Kari Vik that the tunnel cost 4bn crowns.", {"4bn crowns": "Anders Holm"}),
    ("Anders Holm was told by Kari Vik that the tunnel cost 4bn crowns.", {"4bn crowns": "Kari Vik"}),
    (
        "The report, which took two years, said the dam leaked. Its author, Prof Ingrid Dahl, said 14 alarms had failed.",
        {"14 alarms": "Ingrid Dahl"},
    ),
    ("Mayor Luis Ortega pointed to a bank of screens. The city has 400 cameras.", {"400 cameras": AUTHOR}),
    ("The council added 14 benches in May.", {"14 benches": AUTHOR}),
    ("The judge found him guilty of stealing $4m.", {"guilty": AUTHOR}),
    ("The firm reported sales of $40m in May.", {"sales of $40m": AUTHOR}),
    ("The firm announced 400 job losses on Monday.", {"400 job losses": AUTHOR}),
    ("She noted the number plate and drove 40 miles home.", {"40 miles": AUTHOR}),
    ("The minister, who said last week that taxes would not rise, has spent £4m on flights.", {"spent £4m": AUTHOR}),
    (
        "Karl Brandt, the trade minister, and his deputy visited on Friday. Brandt, 52, said exports rose 3%.",
        {"exports rose 3%": "Karl Brandt"},
    ),
    ("Sir Keith Maltby, the former ambassador, believes that 40 people knew.", {"40 people knew": "Keith Maltby"}),
    ("Reverend Josiah Banda thinks the church has 4,000 members.", {"4,000 members": "Josiah Banda"}),
    (
        "Coach Rita Moreau said the team had won nine games. Moreau's assistant, Phil Tran, said it had lost four.",
        {"nine games": "Rita Moreau", "lost four": "Phil Tran"},
    ),
    ("It was, said Fiona Hart, the worst storm since 1953.", {"worst storm": "Fiona Hart"}),
    (
        "The storm, Hart said, was the worst since 1953. Fiona Hart works for the Met Bureau.",
        {"worst since 1953": "Fiona Hart"},
    ),
    (
        "Asked whether the dam was safe, the engineer, Piotr Nowak, said it had been checked on 4 May.",
        {"checked on 4 May": "Piotr Nowak"},
    ),
    (
        "Piotr Nowak, asked whether the dam was safe, answered that it had been checked on 4 May.",
        {"checked on 4 May": "Piotr Nowak"},
    ),
    (
        "In her opening remarks, Commissioner Tavita Leota stressed that the islands had lost 40 homes.",
        {"lost 40 homes": "Tavita Leota"},
    ),
    (
        "At a news conference in Apia on Monday, Leota, flanked by two deputies, said the islands had lost 40 homes. Tavita Leota is the commissioner.",
        {"lost 40 homes": "Tavita Leota"},
    ),
    (
        "The islands lost 40 homes, Leota, who was elected in 2020, told the assembly. Tavita Leota is the commissioner.",
        {"lost 40 homes": "Tavita Leota"},
    ),
    (
        "Bosch Group shares fell 4% on Friday. The group said orders had dropped by a fifth.",
        {"orders had dropped": "Bosch Group"},
    ),
    (
        'Analysts at Merton Bank expect growth of 2%. "Sales fell 4% in May," wrote Merton\'s Olga Petrenko in a note.',
        {"Sales fell 4%": "Olga Petrenko"},
    ),
    (
        "Elena Marchetti, an analyst at Banca Nord, said orders had dropped by a fifth.",
        {"orders had dropped": "Elena Marchetti"},
    ),
    (
        "Critics say the scheme has cost £40m. Supporters, such as the Taxpayers' Forum, say it saved £60m.",
        {"cost £40m": None},
    ),
    (
        "Councillor Bev Stott (Ind) said the road had 40 potholes. Coun Stott added that six cyclists were hurt in 2022.",
        {"40 potholes": "Bev Stott", "six cyclists": "Bev Stott"},
    ),
    (
        'Cllr. Graham Teale, Labour leader of the council, told the meeting: "We have 40 empty shops."',
        {"40 empty shops": "Graham Teale"},
    ),
    (
        'Teenager Mollie Crane saw it happen. "The lorry was doing 60," said the 17-year-old.',
        {"doing 60": "Mollie Crane"},
    ),
    ("Mother-of-three Kelly Dunn said her bill had doubled to £400.", {"her bill had doubled": "Kelly Dunn"}),
    ("Ex-minister Rolf Berger said the state had bought 40 jets.", {"40 jets": "Rolf Berger"}),
    ("Assemblywoman Denise Okun said the state had bought 40 buses.", {"40 buses": "Denise Okun"}),
    ("Former Arden United striker Dele Bakare says he was paid £40 a week.", {"paid £40": "Dele Bakare"}),
    ("Gov. Marisol Vega said Tuesday that 400 people had been vaccinated.", {"400 people": "Marisol Vega"}),
    ('"The state has 40 prisons," she said. Marisol Vega is the governor.', {"40 prisons": None}),
    ("US officials believe 400 tanks were lost, the paper reported.", {"400 tanks": None}),
    ('Nadia Haddad, the lawyer, told the BBC: "We filed 14 complaints in 2021."', {"14 complaints": "Nadia Haddad"}),
    (
        '"We filed 14 complaints in 2021," Nadia Haddad, the family\'s lawyer, tells me over tea.',
        {"14 complaints": "Nadia Haddad"},
    ),
    ("Her lawyer said they had filed 14 complaints in 2021.", {"14 complaints": None}),
    (
        "The Beech Hill Residents Group, led by Moira Lacey, handed in a petition. Lacey claims 4,000 people have signed it.",
        {"4,000 people": "Moira Lacey"},
    ),
    (
        "Chairman Bert Oakes opened the meeting. Sue Platt asked about the drains. The chairman replied that they were laid in 1950.",
        {"laid in 1950": "Bert Oakes"},
    ),
    (
        '"The drains were laid in 1950," the chairman, Bert Oakes, told the meeting, adding that £9,000 had been set aside.',
        {"laid in 1950": "Bert Oakes"},
    ),
    ('Not so, says Ingrid Dahl. "The dam was built in 1974 and leaked in 1980."', {"built in 1974": "Ingrid Dahl"}),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_source_of_each_statement(text, expected):
    assert sources_of(text, expected) == expected
