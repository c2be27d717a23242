"""Closed lists about people and bodies: titles, roles, heads of names, first names.

The first names only hint at which pronoun may refer to a person; a name that
is on neither list, or on both, fits every pronoun.
"""

from claims.pipeline.lexicon import words

TITLES = {
    "mr": "m", "mrs": "f", "ms": "f", "miss": "f", "mx": "", "dr": "", "prof": "", "professor": "", "sir": "m",
    "dame": "f", "lord": "m", "lady": "f", "baroness": "f", "baron": "m", "sen": "", "rep": "", "gov": "",
    "judge": "", "justice": "", "cllr": "", "councillor": "", "insp": "", "sgt": "", "det": "", "ch": "", "supt": "",
    "col": "", "gen": "", "lt": "", "capt": "", "maj": "", "adm": "", "rev": "", "fr": "m", "father": "m",
    "sister": "f", "brother": "m", "king": "m", "queen": "f", "prince": "m", "princess": "f", "pope": "m",
    "pc": "", "dc": "", "ds": "", "dci": "", "mep": "", "mp": "", "hon": "", "sheikh": "m", "imam": "m",
    "rabbi": "", "recorder": "", "aunty": "f", "auntie": "f", "uncle": "m", "elder": "",
    "cardinal": "m",
    "reverend": "", "selectman": "m", "sergeant": "", "inspector": "", "pastor": "", "major": "",
    "archbishop": "", "bishop": "", "madam": "f", "mme": "f", "herr": "m", "frau": "f", "msgr": "m",
    "coun": "", "comrade": "", "cpl": "", "pte": "", "cmdr": "", "brig": "", "atty": "", "tsar": "m", "emir": "m",
    "shri": "m", "smt": "f", "alhaji": "m", "alhaja": "f", "hajia": "f", "mallam": "m", "malam": "m", "gogo": "f",
    "mzee": "m", "engr": "", "barr": "", "pandit": "m", "datuk": "m", "dato": "m", "señor": "m", "señora": "f",
    "doña": "f", "monsieur": "m", "madame": "f", "mlle": "f", "signor": "m", "signora": "f", "ayatollah": "m",
    "mullah": "m", "maulana": "m", "haji": "m", "hajji": "m", "otunba": "m", "ustad": "m", "assemblyman": "m",
    "assemblywoman": "f", "assemblymember": "", "patrolman": "m",
    "const": "", "cst": "", "ofc": "", "ald": "", "lieut": "", "asst": "", "amb": "",
    "dcp": "", "acp": "", "dgp": "", "adgp": "", "igp": "", "ssp": "", "sho": "", "dysp": "",
    "sultan": "m", "commodore": "", "brigadier": "", "trooper": "", "corporal": "", "ensign": "",
}  # fmt: skip
ROLES = words(
    "president vice-president minister chancellor premier governor mayor senator congressman congresswoman deputy "
    "representative secretary ambassador commissioner director chief executive chairman chairwoman chair chairperson "
    "ceo cfo coo cto founder co-founder owner manager head leader spokesman spokeswoman spokesperson lawyer attorney "
    "barrister solicitor prosecutor judge professor lecturer scientist researcher biologist physicist chemist "
    "economist analyst strategist historian sociologist psychologist epidemiologist climatologist geologist "
    "hydrologist meteorologist ecologist botanist physiologist archaeologist engineer inspector officer sergeant "
    "detective superintendent constable sheriff general colonel captain commander admiral lieutenant major marshal "
    "coach trainer striker goalkeeper midfielder defender player skipper referee athlete driver pilot nurse doctor "
    "surgeon paramedic consultant gp teacher headteacher principal headmaster headmistress student pupil farmer "
    "fisherman baker butcher shopkeeper landlord tenant resident campaigner activist organiser organizer volunteer "
    "councillor councilwoman councilman alderman provost candidate lawmaker legislator mp mep peer treasurer auditor "
    "accountant banker trader broker investor adviser advisor envoy diplomat negotiator aide editor reporter "
    "correspondent journalist author writer novelist poet actor actress singer musician composer artist painter "
    "designer architect curator conductor producer filmmaker photographer presenter broadcaster comedian widow "
    "widower mother father son daughter brother sister wife husband grandson granddaughter grandmother grandfather "
    "uncle aunt cousin neighbour neighbor victim defendant claimant plaintiff witness suspect coroner magistrate "
    "vicar priest bishop archbishop imam rabbi pope king queen prince princess emperor monk nun pastor chaplain "
    "speaker whip counsel governor-general undersecretary under-secretary vice-chancellor vice-chair vice-chairman "
    "postmaster postmistress warden churchwarden ranger keeper gardener builder plumber electrician carpenter "
    "scaffolder mechanic technician operator dispatcher firefighter soldier sailor veteran pensioner retiree "
    "entrepreneur developer lobbyist trustee patron chairlady boss supremo tsar czar envoy delegate rapporteur "
    "superstar champion winner runner-up captain vice-captain quarterback pitcher forward winger full-back "
    "attorney-general solicitor-general barista chef waiter waitress cleaner porter caretaker janitor clerk "
    "secretary-general justice mp's commissioner-general registrar bursar dean rector fellow postdoc "
    "shareholder director-general controller executive officer specialist expert scholar academic theorist "
    "backup rookie goalie netminder substitute schoolboy schoolgirl youngster teenager teen toddler "
    "parent mum mom dad shopper commuter passenger eyewitness survivor punter fan grandad granddad nan granny "
    "comptroller assessor bailiff ombudsman ombudswoman freeholder constable "
    "girlfriend boyfriend fiancé fiancée partner nephew niece stepson stepdaughter stepmother stepfather gran grandma "
    "grandpa pal mate colleague flatmate housemate roommate workmate teammate classmate "
    "dentist vet veterinarian midwife pharmacist physiotherapist therapist counsellor counselor librarian archivist "
    "joiner roofer glazier welder machinist fitter foreman docker stevedore miner hairdresser barber tailor "
    "seamstress cobbler greengrocer fishmonger florist publican barman bartender "
    "rancher shepherd forester logger trawlerman deckhand lifeguard coxswain steward stewardess "
    "signaller cabbie cyclist rider jockey golfer boxer wrestler sprinter swimmer rower gymnast skater skier "
    "snowboarder climber mountaineer astronaut astronomer geneticist anaesthetist biochemist zoologist "
    "agronomist geographer philosopher theologian linguist critic columnist blogger vlogger influencer youtuber "
    "streamer gamer coder programmer hacker dj drummer guitarist bassist vocalist cellist violinist pianist "
    "dancer sculptor illustrator animator cartoonist screenwriter dramatist scriptwriter translator interpreter "
    "notary paralegal administrator receptionist typist supervisor overseer surveyor valuer auctioneer realtor "
    "landlady homeowner renter squatter refugee migrant asylum-seeker inmate prisoner detainee felon burglar thief "
    "fraudster conman gangster smuggler trafficker murderer killer gunman bomber terrorist militant insurgent "
    "warlord dictator heiress countess crusader evangelist missionary preacher deacon verger organist chorister cadet "
    "trainee apprentice undergraduate cameraman lineman signalman postman policeman policewoman "
    "member statistician counterpart hubby td msp mla mlc mna mpp democrat republican tory postman taoiseach tánaiste"
)
FEMALE_ROLES = words(
    "chairwoman spokeswoman congresswoman actress mother daughter sister wife widow granddaughter grandmother aunt "
    "queen princess headmistress waitress nun councilwoman postmistress businesswoman policewoman chairlady woman "
    "girl lady great-gran gran barmaid heroine duchess baroness"
)
MALE_ROLES = words(
    "hubby chairman spokesman congressman father son brother husband widower grandson grandfather uncle king prince "
    "headmaster waiter monk councilman fisherman businessman policeman emperor man boy vicar pope gentleman "
    "grandad granddad duke baron"
)
ORGANISATION_HEADS = words(
    "ministry department council commission committee agency authority office bureau board court parliament senate "
    "assembly congress party union association federation confederation society institute institution university "
    "college school academy hospital trust foundation charity bank group company corporation corp inc ltd plc llc "
    "limited gmbh ag holdings partners capital energy power airlines airways railways railway rail motors "
    "pharmaceuticals technologies systems networks semiconductors industries international police constabulary force "
    "army navy service services fund organisation organization network news times post guardian herald gazette "
    "journal tribune telegraph club united city rovers team league inspectorate regulator watchdog embassy church "
    "diocese brigade guard consortium alliance coalition campaign centre center laboratory laboratories labs "
    "observatory exchange treasury kremlin pentagon nato un who fbi cia nasa fda cdc imf eu bbc cnn administration "
    "government cabinet survey museum library theatre tribunal inquiry ombudsman programme program project press "
    "media studios entertainment records games retail stores supermarkets insurance securities asset management "
    "associates executive chamber forum partnership archive archives registry guild synod hospice infirmary clinic "
    "corps cooperative co-operative collective initiative movement front borough parish brewery orchestra zoo "
    "parliament secretariat directorate inspectorate polytechnic lab consultancy consulting advisers aid coastguard "
    "ambulance fellowship household mission "
)
FIRM_ENDS = words(
    "electric renewables foods solutions logistics resources minerals petroleum chemicals therapeutics biosciences "
    "telecom utilities properties developments aviation aerospace shipping ferries hotels breweries dairies bancorp "
    "investments robotics analytics biotech mutual airport port travel healthcare oil gas water steelworks ventures "
    "brands grid cargo stores clothing interiors engineering construction software digital genomics materials plastics "
    "freight haulage trucking coaches buses trains lines tours holidays cruises leisure fitness gym pharma sciences "
    "recycling salmon farms growers wines distillers pictures productions publishing interactive mobile broadband"
)
"""Last words of firms' names; alone they are plain nouns."""

FIRM_FORMS = words("inc ltd llc plc corp limited")
"""A firm's legal form, which a comma may set off (`Calder & Voss, Inc.`)."""

GROUP_NOUNS = words(
    "company firm group operator retailer airline charity regulator inspectorate agency department ministry council "
    "trust bank club university institute college school hospital union party government police force court board "
    "bureau office commission committee authority association federation society foundation team think-tank tank "
    "watchdog developer manufacturer maker chipmaker carmaker automaker drugmaker supplier organisation organization "
    "campaign paper newspaper broadcaster website station outlet embassy church diocese army navy military brigade "
    "business corporation lender insurer utility body lab laboratory centre center museum theatre network exchange "
    "publisher startup producer contractor consortium alliance coalition service treasury administration chain "
    "jury brewery distillery refinery steelmaker builder housebuilder grid league side mission forum quarry airport "
    "coastguard fund patrol brokerage consultancy pollster brand label studio"
)
COMMERCIAL_NOUNS = words(
    "company firm group operator retailer airline developer manufacturer maker chipmaker carmaker automaker drugmaker "
    "supplier business corporation lender insurer utility producer contractor startup chain publisher builder "
    "housebuilder steelmaker consortium brewery"
)
NAMED_BODIES = words(
    "kremlin pentagon downing whitehall moscow kyiv kiev beijing washington london brussels tehran ankara delhi "
    "jerusalem pyongyang seoul tokyo berlin paris nato who un fbi cia nasa police"
)
PLACE_STARTS = words(
    "new north south east west northern southern eastern western central united saudi los san santa saint st "
    "great greater "
    "fort port mount lake upper lower little old sri el puerto costa hong sierra papua ivory cape isle royal"
)
POST_NOMINALS = words("kc qc sc bl mp mep msp td obe mbe cbe dbe kbe ao ac oam bem jr sr phd md esq frs")
PARTICLES = words("na de van von der den del della di da la le du al el bin ibn ben dos das ter ten mac o'")
DEMONYMS = {
    "us": "american", "u.s": "american", "united": "american", "america": "american", "russia": "russian",
    "ukraine": "ukrainian", "france": "french", "germany": "german", "britain": "british", "uk": "british",
    "u.k": "british", "china": "chinese", "japan": "japanese", "india": "indian", "italy": "italian",
    "spain": "spanish", "turkey": "turkish", "poland": "polish", "israel": "israeli", "iran": "iranian",
    "iraq": "iraqi", "syria": "syrian", "egypt": "egyptian", "canada": "canadian", "mexico": "mexican",
    "brazil": "brazilian", "argentina": "argentine", "australia": "australian", "pakistan": "pakistani",
    "hungary": "hungarian", "sweden": "swedish", "norway": "norwegian", "finland": "finnish", "denmark": "danish",
    "greece": "greek", "netherlands": "dutch", "belgium": "belgian", "ireland": "irish", "scotland": "scottish",
    "wales": "welsh", "kenya": "kenyan", "nigeria": "nigerian", "taiwan": "taiwanese", "korea": "korean",
    "belarus": "belarusian", "serbia": "serbian", "georgia": "georgian", "switzerland": "swiss", "austria": "austrian",
    "portugal": "portuguese", "romania": "romanian", "bulgaria": "bulgarian", "cuba": "cuban",
    "venezuela": "venezuelan", "lebanon": "lebanese", "afghanistan": "afghan", "philippines": "philippine",
    "thailand": "thai", "vietnam": "vietnamese", "chile": "chilean", "colombia": "colombian", "peru": "peruvian",
}  # fmt: skip
NATIONALITIES = (
    frozenset(DEMONYMS.values())
    | words(
        "uruguayan paraguayan bolivian ecuadorian albanian algerian angolan armenian bangladeshi bosnian cambodian "
        "cameroonian congolese croatian cypriot czech dominican estonian ethiopian fijian gambian ghanaian guatemalan "
        "haitian honduran icelandic indonesian ivorian jamaican jordanian kazakh kosovan kuwaiti "
        "latvian liberian libyan "
        "lithuanian malaysian maltese moldovan mongolian montenegrin moroccan namibian nepalese nicaraguan omani "
        "panamanian qatari rwandan samoan saudi senegalese slovak slovene slovenian somali sudanese syrian tanzanian "
        "tajik kyrgyz turkmen azeri azerbaijani macedonian bhutanese burmese singaporean emirati bahraini tibetan "
        "palestinian catalan basque flemish burundian malian eritrean malawian mozambican botswanan mauritian malagasy "
        "togolese gabonese surinamese guyanese bahamian barbadian trinidadian salvadoran sardinian sicilian corsican "
        "bavarian kurdish english tongan tunisian ugandan uzbek yemeni zambian zimbabwean european african asian "
        "spaniard swede dane finn pole "
        "turk scot northerner southerner"
    )
    | words("frenchman englishman scotsman welshman irishman dutchman briton")
)
OFFICES = words(
    "ministry department council commission committee agency police union court parliament government "
    "embassy party board "
    "army navy bank"
)
"""Bodies of which a place has one, so that `the finance ministry` is a name."""

PLATFORMS = frozenset({
    "facebook", "twitter", "x", "tiktok", "instagram", "telegram", "youtube", "reddit", "truth social", "whatsapp",
    "bluesky", "threads", "mastodon", "linkedin", "snapchat", "weibo", "substack", "twitch",
})  # fmt: skip
VAGUE = words("own same other new local former current latest national whole entire old last")
"""Words before an office that name none."""
