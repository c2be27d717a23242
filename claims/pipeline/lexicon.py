"""Closed word lists of English that the rules read: function words and verbs.

Every entry is lower case. The lists are grammar, not subject matter: they
hold no names of people, parties or products.
"""


def words(text: str) -> frozenset[str]:
    """A set from a readable block of words."""
    return frozenset(text.split())


DETERMINERS = words(
    "the a an this that these those his her its their our my your some any every each no all both several "
    "many most few another such"
)
PREPOSITIONS = words(
    "of in on at by for from with without to into onto over under above below between among through during "
    "about against across after before since until within beyond near towards toward upon via per despite "
    "around along behind beside besides inside outside off amid like unlike as than"
)
CONJUNCTIONS = words("and or but nor yet so")
SUBORDINATORS = words(
    "when while where because although though if unless until since after before whereas once as that which "
    "who whom whose whether how why what"
)
SUBJECT_PRONOUNS = words("i you he she it we they who there this that these those nobody everyone someone")
PRONOUNS_S = words("he she it that this there who what where here how everybody everyone nobody someone let")
NEGATIONS = words("not never no n't nobody none nothing neither nor cannot")

AUXILIARIES = words(
    "is are was were am has have had do does did will would can could may might must shall should ought "
    "isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't couldn't "
    "mustn't shouldn't mightn't needn't shan't ain't cannot"
)
MODALS = words(
    "will would can could may might must shall should ought won't wouldn't can't couldn't cannot shan't "
    "shouldn't mustn't mightn't"
)
BE_FORMS = words("is are was were am be been being isn't aren't wasn't weren't")
HAVE_FORMS = words("has have had having hasn't haven't hadn't")

IRREGULAR_PAST = words(
    "strode sped spun leapt ate leant snuck "
    "arose awoke beat became began bent bet bit blew bled bore born bought bound bred broke brought broadcast "
    "built burnt burst came cast caught chose clung cost crept cut dealt drew drank drove dug dreamt dwelt "
    "fed fell felt fled flew flung forgot forbade forgave forecast fought found froze gave got grew hit held hid hung "
    "heard hurt kept knelt knew laid lay learnt led left lent let lit lost made meant met misled overcame "
    "oversaw overtook paid pled put quit ran rang read rid rode rose said sang sank sat saw sent set sewed "
    "shook shone shot shrank shut slept slid slung slit smelt sold sought sowed span spelt spent spilt spat "
    "split spoilt spoke sprang sprung spread stank stole stood struck stuck stung strove swam swept swore "
    "swung taught taken took tore thought threw thrust told trod undertook understood undercut upheld upset "
    "went wept withdrew withheld withstood woke won wore wove wrote wound outran outsold resold rebuilt "
    "reset retook shed began rewrote underwent foresaw overran undid redid mistook outbid outdid outgrew "
    "foretold reread overheard overslept oversold overthrew remade repaid retold unwound underpaid"
)
PARTICIPLES = words(
    "arisen beaten become been begun bitten blown borne born broken chosen done drawn driven drunk eaten "
    "fallen flown forbidden forgotten forgiven frozen given gone got gotten grown hidden known lain mistaken "
    "overcome overseen overtaken proven ridden risen run rung seen shaken shown shrunk spoken stolen "
    "stricken sung sunk sworn swollen swum taken thrown torn trodden undergone understood undertaken "
    "withdrawn woken worn woven written come made paid put sent set told built cut held hit kept laid led "
    "left lost met read said sold shot shut spent taught brought bought caught found struck won"
)
BASE_VERBS = words(
    "accept account accuse achieve act add address admit affect agree aim allow amount announce appear apply "
    "argue arrive ask assume attack attend avoid back ban base bear beat become begin believe belong blame "
    "block boost borrow break bring build burn buy call care carry catch cause challenge change charge check "
    "choose claim climb close collect combine come commit compare compete complain comprise concern "
    "conclude confirm consider consist contain continue contribute control convict cost count cover create "
    "cross cut cuts deal decide decline decrease defend define deliver demand deny depend describe deserve "
    "design destroy detain develop die differ disagree discover discuss divide dominate double draw drive "
    "drop earn eat emerge employ enable encourage end enjoy ensure enter escape estimate examine exceed exist "
    "expand expect experience explain explore express extend face fail fall fear feature feed feel fight "
    "fill find finish fit flow fly focus follow force forget form fund gain generate get give go govern "
    "grow guarantee handle happen hate have head hear help hide hire hit hold hope hurt identify ignore "
    "imagine impose improve include increase indicate inform insist intend invest investigate invite "
    "involve issue join jump keep kill know lack land last launch lay lead learn leave let lie lift like "
    "limit link list listen live look lose love maintain make manage mark matter mean measure meet "
    "mention mind miss move need note notice number object observe obtain occur offer open operate oppose "
    "order organise organize outnumber owe own pass pay perform pick place plan play plead pledge point "
    "predict prefer prepare present press prevent print produce promise propose protect prove provide "
    "publish pull push put qualify question raise rank reach read realise realize receive recognise "
    "recognize recommend record recover reduce refer reflect refuse regard reject relate release rely remain "
    "remember remove rent replace report represent require resemble reserve resign resolve respond rest "
    "result resume retain retire return reveal ride rise rule run save say score see seek seem sell send "
    "serve set settle shape share shed shift show sign sit sleep slip smell solve sound spark speak spend "
    "split spread stand start state stay steal stem stick stop store stretch strike struggle study succeed "
    "suffer suggest supply support suppose surround survive suspect take talk target teach tell tend test "
    "thank think threaten throw tie top touch trade train travel treat trigger try turn understand urge use "
    "value vary visit vote wait walk want warn watch wear weigh welcome win wish wonder work worry write "
    "yield allege assert contend declare emphasise emphasize acknowledge recall reckon testify overrun "
    "total triple rot shrink vanish drain leak feature export import host house sponsor audit "
    "abandon abolish absorb abuse accelerate accompany accumulate acquire adapt adjust administer adopt "
    "advance advertise advise alarm allocate alter amend analyse analyze anger anticipate apologise apologize "
    "appeal appoint approach approve arise arm arrange arrest assess assign assist assure attach attempt "
    "attract auction await award balance bar battle beg benefit bet bid bind bite blast bleed blow boast boil "
    "bomb book bounce bow brace brand breach breathe breed brief broaden bury cancel cap capture cast cater "
    "cease celebrate chair chase cheer circulate cite clash classify clean cling coach coincide collapse "
    "collide command commemorate commission compensate compile complete comply compose compound compromise "
    "conceal concede condemn conduct confess confront congratulate connect conserve constitute construct "
    "consult consume contact contend contest contract contradict convert convey cooperate coordinate cope "
    "copy correct correspond cost counter crack crash criticise criticize cruise crush cultivate curb cure "
    "cycle damage dance date deepen defeat defy delay delete demonstrate depart deploy deposit derive descend "
    "detail detect determine devote dictate differentiate dig dip direct disappear disclose discourage "
    "dismiss displace display dispute dissolve distinguish distribute dive donate drag dream dress drift "
    "drill drink dump dwarf ease echo edit educate elect eliminate embark embrace emit emphasise enact "
    "endorse endure enforce engage enhance enlist enrol ensue entail entitle equal equip erect erupt escalate "
    "establish evacuate evade evaluate evolve exacerbate excavate exchange exclude excuse execute exhaust "
    "exhibit expel expire exploit expose face facilitate fade favor favour fetch fill film finalise finance "
    "fine fire fix flee flood flourish forbid foresee foster found freeze fuel fulfil function gather gauge "
    "gaze glow grab grade grant greet grind guard guide halt hamper hand harm harvest haul heat highlight "
    "hinder hover hurl illustrate impact implement imply impress imprison incur indict induce infect inflict "
    "influence inherit initiate inject injure insert inspect inspire install institute instruct interfere "
    "interpret interview introduce invade invent irritate isolate jail jeopardise justify kick kidnap kneel "
    "label labour lag lament lapse laugh launch leak lean lease lecture legislate lend lengthen lessen level "
    "liberate license lift linger link liquidate loan lobby locate lock log loom loot lower lure mail "
    "manufacture map march mask master mature maximise melt merge migrate mirror miscalculate mislead mix "
    "mobilise model moderate modify monitor mount mourn multiply murder narrow nationalise navigate neglect "
    "negotiate nominate obey object oblige obstruct occupy offset omit ooze originate oust outline outlive "
    "outnumber outpace outperform outstrip outweigh overcome overhaul overlook oversee overtake overturn owe "
    "pack paint park participate pause peak pedal penalise perceive permit persist persuade phase phone "
    "photograph pilot pioneer plague plant plead plummet plunge pocket poll portray pose possess post "
    "postpone pour practise praise pray preach precede preclude prescribe preside presume prevail price "
    "privatise probe proceed process procure profit program progress prohibit project prolong promote prompt "
    "pronounce propel prosecute prosper protest provoke publicise pump punch punish purchase pursue quash "
    "quit quote race raid rally range rate ratify ravage rebound rebuild recede reckon reclaim reconcile "
    "reconsider reconstruct recover recruit recycle redevelop redirect reform refund refurbish regain "
    "register regulate rehabilitate reinforce reinstate reintroduce rejoin relax relocate rely remark remedy "
    "remind renew renovate repair repay repeal repeat rephrase reply repossess reproduce rescue research "
    "resent reside resist respect restore restrict restructure resurface resurrect retreat retrieve reunite "
    "revise revive revoke reward rip risk rival roam rob roll rot rotate ruin rule rush sack sacrifice sail "
    "salute sanction satisfy scale scan scatter schedule scrap screen scrutinise seal search seat secure "
    "seize select sentence separate shake shelter shield shock shoot shop shorten shout shrug shut shuttle "
    "signal simplify sink sit skip slam slash slide slow slump smash smile smoke smuggle snatch soar soften "
    "soldier solicit span spare spawn specialise specify speculate speed spell spill spin spoil spot spray "
    "spur squeeze stab stabilise staff stage stagger stall stamp star stare station stay stem step stimulate "
    "stipulate stir strain strand strengthen stress strip structure stumble subject submit subscribe subside "
    "subsidise substitute suck sue summon supervise suppress surface surge surpass surprise surrender suspend "
    "sustain swallow swear sweep swell swim swing switch symbolise tackle tail tap taste tax teach tear tease "
    "tempt terminate terrify thaw thrive tighten tilt time tolerate top topple torture toss tour tow trace "
    "track trail trample transfer transform translate transmit transport trap trespass trial trick trim "
    "triumph troop trust tumble tweet underestimate undergo undermine undertake unfold unify unite unleash "
    "unlock unveil update upgrade uphold usher utilise utter vacate validate vandalise vary veto view violate "
    "voice volunteer vow wane warrant wash waste water weaken widen wield wind wipe withdraw withhold "
    "withstand witness wound wrap wreck wrestle "
)
PRESENT_S = frozenset(
    (
        word[:-1] + "ies"
        if word.endswith("y") and word[-2] not in "aeiou"
        else word + "es"
        if word.endswith(("s", "x", "z", "ch", "sh", "o"))
        else word + "s"
    )
    for word in BASE_VERBS
) | words("has does is was goes costs overruns lies")

ED_NOT_VERBS = words(
    "hundred indeed need speed feed seed deed bed red shed led fed greed breed weed embed sacred naked wicked rugged "
    "ragged wretched crooked united so-called alleged armed supposed unprecedented unidentified unnamed "
    "aged unmanned unpaid unchanged limited advanced experienced talented gifted beloved"
)

NUMBER_WORDS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
MAGNITUDES = {
    "hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12, "k": 1_000,
}  # fmt: skip
QUANTITY_WORDS = frozenset(NUMBER_WORDS) | words(
    "hundred hundreds thousand thousands million millions billion billions trillion dozen dozens half third "
    "quarter fifth double twice thrice triple percent percentage per-cent majority record zero tens"
)
MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
    "september": 9, "october": 10, "november": 11, "december": 12, "jan": 1, "feb": 2, "mar": 3, "apr": 4,
    "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
WEEKDAYS = {
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
}  # fmt: skip
TIME_WORDS = (
    frozenset(WEEKDAYS)
    | frozenset(MONTHS)
    | words(
        "today yesterday tomorrow tonight morning afternoon evening night week month year day hour hours days "
        "weeks months years lunchtime noon midnight weekend spring summer autumn winter overnight earlier later ago "
        "last next"
    )
)
ADVERBS = words(
    "also further later then earlier repeatedly previously recently once still now always often already again "
    "only even just simply today yesterday tonight meanwhile however therefore thus instead too never soon "
    "separately reportedly publicly privately initially finally angrily quietly bluntly flatly firmly "
    "clearly explicitly openly immediately eventually afterwards additionally subsequently nevertheless "
    "nonetheless instead overnight so far ever rightly wrongly falsely"
)
