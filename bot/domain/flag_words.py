"""The words, Dutch and English, by which a typed flag names its category and severity.

All are in lower case. A word stands for one category at most.
"""

from __future__ import annotations

from bot.domain.catalogue import GOOD
from bot.domain.word_lists import words_in

CATEGORY_WORDS: dict[str, tuple[str, ...]] = {
    "late_payment": (
        "late payment",
        "late payments",
        "late",
        "pays late",
        "paid late",
        "paying late",
        "payment late",
        "always late",
        "late payer",
        "slow payer",
        "non-payment",
        "nonpayment",
        "overdue",
        "payment overdue",
        "unpaid",
        "not paid",
        "not paying",
        "does not pay",
        "doesn't pay",
        "doesn’t pay",
        "did not pay",
        "didn't pay",
        "didn’t pay",
        "arrears",
        "in arrears",
        "payment",
        "wanbetaling",
        "wanbetaler",
        "wanbetalen",
        "te laat",
        "laat",
        "te late betaling",
        "te laat betaald",
        "te laat betalen",
        "betaalt te laat",
        "betaalt laat",
        "betaalde te laat",
        "laat betaald",
        "late betaling",
        "late betaler",
        "slechte betaler",
        "betaalt niet",
        "niet betaald",
        "niet betalen",
        "nog niet betaald",
        "betaalt nooit op tijd",
        "onbetaald",
        "achterstallig",
        "betaalachterstand",
        "betalingsachterstand",
        "achterstand",
        "betaling",
        "behind on payments",
        "slow to pay",
        "pays too late",
        "paid too late",
        "has not paid",
        "hasn't paid",
        "hasn’t paid",
        "have not paid",
        "won't pay",
        "won’t pay",
        "will not pay",
        "refuses to pay",
        "keeps paying late",
        "payments late",
        "not paid on time",
        "still not paid",
        "still unpaid",
        "heeft niet betaald",
        "betaalde niet",
        "betaalt traag",
        "trage betaler",
        "wil niet betalen",
        "weigert te betalen",
        "niet op tijd betaald",
        "betaalt niet op tijd",
        "nog steeds niet betaald",
        "steeds te laat",
        "altijd te laat",
        "betaalt weer te laat",
        "te laat met betalen",
        "te late betalingen",
        "te late betaler",
    ),
    "integrity": (
        "integrity",
        "dishonest",
        "dishonesty",
        "untrustworthy",
        "lying",
        "lied",
        "lies",
        "lied to us",
        "cheating",
        "cheated",
        "fraud",
        "deceit",
        "misleading",
        "integriteit",
        "oneerlijk",
        "oneerlijkheid",
        "niet integer",
        "onbetrouwbaar",
        "gelogen",
        "liegen",
        "liegt",
        "liegt tegen ons",
        "leugens",
        "fraude",
        "bedrog",
        "misleiding",
        "broken promise",
        "broken promises",
        "broke a promise",
        "not honest",
        "niet eerlijk",
        "woordbreuk",
        "bedriegt",
        "bedrogen",
        "misleidend",
    ),
    "demanding": (
        "time and scope demands",
        "demanding",
        "demands",
        "too demanding",
        "scope",
        "scope creep",
        "extra work",
        "complaining",
        "complains",
        "complaints",
        "complaint",
        "nagging",
        "pushy",
        "never satisfied",
        "tijd- en scope-eisen",
        "tijd en scope-eisen",
        "tijd- en scope eisen",
        "tijdeiser",
        "veeleisend",
        "eisen",
        "eisend",
        "meerwerk",
        "extra werk",
        "klagen",
        "klaagt",
        "klacht",
        "klachten",
        "zeuren",
        "zeurt",
        "nooit tevreden",
        "drammen",
        "drammerig",
        "unreasonable",
        "unreasonable demands",
        "unpaid extra work",
        "eist",
        "eist te veel",
        "overvraagt",
        "dwingend",
        "pusherig",
        "ontevreden",
        "onredelijk",
        "onredelijke eisen",
    ),
    "disrespect": (
        "disrespect",
        "disrespectful",
        "disrespectful behaviour",
        "disrespectful behavior",
        "rude",
        "rudeness",
        "rude behaviour",
        "rude behavior",
        "impolite",
        "abusive",
        "abuse",
        "insulting",
        "insulted",
        "insults",
        "shouting",
        "shouted",
        "yelling",
        "yelled",
        "swearing",
        "swore",
        "aggressive",
        "aggression",
        "threatening",
        "threats",
        "bullying",
        "hostile",
        "respectloos gedrag",
        "respectloos",
        "disrespectvol",
        "onbeschoft",
        "onbeleefd",
        "onvriendelijk",
        "chagrijnig",
        "gescholden",
        "uitgescholden",
        "schelden",
        "scheldt",
        "schold",
        "schreeuwen",
        "schreeuwt",
        "geschreeuwd",
        "vloeken",
        "gevloekt",
        "grof",
        "grof gedrag",
        "lomp",
        "brutaal",
        "beledigd",
        "beledigend",
        "beledigen",
        "belediging",
        "agressief",
        "agressie",
        "intimiderend",
        "intimidatie",
        "bedreiging",
        "dreigen",
        "gedreigd",
        "pesten",
        "condescending",
        "arrogant",
        "unfriendly",
        "harassment",
        "harassing",
        "racist",
        "racism",
        "sexist",
        "threat",
        "insult",
        "inappropriate",
        "inappropriate behaviour",
        "inappropriate behavior",
        "neerbuigend",
        "kleinerend",
        "minachtend",
        "racistisch",
        "seksistisch",
        "bedreigend",
        "vernederend",
        "onbehouwen",
        "ongepast",
        "ongepast gedrag",
    ),
    "haggling": (
        "haggling",
        "haggles",
        "haggle",
        "haggler",
        "bargaining",
        "discount",
        "discounts",
        "price pressure",
        "ritselen",
        "ritselaar",
        "ritselt",
        "korting",
        "afdingen",
        "pingelen",
        "pingelt",
        "pingelaar",
        "marchanderen",
        "bargains",
        "asks discount",
        "asks for a discount",
        "wants a discount",
        "asked for a discount",
        "vraagt korting",
        "wil korting",
        "vroeg korting",
        "dingt af",
        "marchandeert",
    ),
    GOOD: (
        "something good",
        "good",
        "compliment",
        "compliments",
        "praise",
        "kudos",
        "thanks",
        "iets goeds",
        "goed",
        "pluim",
        "pluimpje",
        "complimenten",
        "lof",
        "dank",
        "thank you",
        "bedankt",
        "bedankje",
    ),
}
"""What a category is called besides its own key."""

UNSURE_CATEGORY_WORDS = frozenset({"demands", "eist", "laat"})
"""Words that are verbs with another meaning as well: a number after them may be part of that ("demands 3 pages")."""

TELLING_CATEGORY_WORDS = frozenset({"lies", "lied", "dreigen", "insulted", "shouted", "swore"})
"""Words that tell what a client did as well: what comes behind them may belong to that, so it is looked at first."""

SEVERITY_WORDS: dict[str, int] = {
    "irritation": 1,
    "ergernis": 1,
    "irritatie": 1,
    "concern": 2,
    "zorg": 2,
    "zorgelijk": 2,
    "serious": 3,
    "ernstig": 3,
    "unacceptable": 4,
    "onacceptabel": 4,
    "onaanvaardbaar": 4,
}
"""What a severity is called."""

GOOD_WORDS: dict[str, int] = {
    "kind": 1,
    "friendly": 1,
    "vriendelijk": 1,
    "aardig": 1,
    "helpful": 2,
    "behulpzaam": 2,
    "it put things right": 3,
    "put things right": 3,
    "het maakte het goed": 3,
    "maakte het goed": 3,
    "goedgemaakt": 3,
}
"""What a size of something good is called."""

LEVEL_WORDS = frozenset({"level", "lvl", "severity", "sev", "niveau", "niv", "ernst"})
"""Words that make the number after them a severity beyond doubt."""

CORRECTING_WORDS = words_in(
    """
    or of to tot no nee sorry oh eh uh maybe misschien perhaps rather liever wait wacht make that a à and en - –
    — / &
    """
)
"""Words between two numbers that leave open which of them is the severity."""

AND_WORDS = frozenset({"and", "en", "&", "+", "/", "or", "of", "plus"})
"""Words between two categories."""

FILLERS = words_in(
    """
    by van door from bij at with met tegen aan is was were are again weer opnieuw alweer wederom very heel erg
    zeer so echt really always altijd steeds often vaak still nog also ook nu now toch our onze ons client klant
    customer structureel soms sometimes behaviour behavior gedrag category
    categorie kind soort type
    """
)
"""Words that may stand between the client, the category and the severity and say none of them."""

NO_NAME_WORDS = words_in(
    """
    i you he she it we they me him her us them my your his our their this that these those who what which there
    here someone somebody anyone anybody everyone everybody nobody ik jij je u hij zij ze wij jullie mij hem
    haar ons onze mijn jouw uw zijn hun dit dat deze die wie wat welke er hier daar iemand niemand iedereen
    alles niets hi hello hey dear hoi hallo dag beste goedemorgen goedemiddag morning please graag svp thanks
    bedankt client clients customer customers klant klanten opdrachtgever relatie company bedrijf firm contact
    invoice invoices factuur facturen bill rekening payment betaling order opdracht project reminder herinnering
    flag flags melding meldingen note notitie test testing proef fyi let ps nb re fw subject onderwerp attention
    again weer opnieuw still nog ook also and en or of but maar because omdat if als when toen wanneer while
    terwijl is was were are be been am has have had do does did will would can could must should may might find
    found think thought feel got get gets ben bent waren wordt werd worden heb hebt heeft hebben kan kunnen moet
    moeten wil willen zal zullen mag vind vindt vond denk dacht voel kreeg krijg not no never niet geen nooit
    without zonder very really heel erg echt so zo too te just gewoon now nu always altijd today vandaag
    yesterday gisteren eergisteren tomorrow morgen tonight vanavond vanochtend vanmorgen vanmiddag recently
    onlangs laatst last vorige afgelopen next volgende about over with met from by door for voor to naar at bij
    on op in uit after na before since sinds until tot severity level ernst niveau category categorie name naam
    """
)
"""Words that are no part of a new client's name where nobody put it in quotes."""

ORDINARY_WORDS = words_in(
    """
    nothing something anything none all both several many some any each every other another first second third one two
    three four new old extra more
    iets allemaal beide sommige veel weinig ieder elke elk eerste tweede derde een twee drie vier nieuw nieuwe oud oude
    meeting call calls mail mails email phone talk chat training workshop session website office team colleague boss
    manager director accountant bookkeeper reception trainer intern deadline delivery scope work job
    gesprek overleg vergadering telefoon telefoontje mailtje sessie kantoor collega baas directeur boekhouder receptie
    stagiair oplevering werk klus
    maybe probably honestly unfortunately sadly suddenly finally apparently actually basically
    misschien waarschijnlijk eerlijk helaas eindelijk opeens plotseling blijkbaar eigenlijk jammer
    ok okay oke yes no ja nee wow pff argh ugh hm sorry attention urgent important update info question help
    attentie dringend belangrijk vraag hulp
    """
)
"""Words that a sentence begins with more often than a client's name does: such a name is asked about."""

NAME_PARTICLES = words_in(
    """
    de den der het 't ’t the van von vom zum zur la le les el da di du of and en und et & + voor
    """
)
"""Small words inside or before names."""

LABELS = words_in(
    """
    invoice invoices bill bills payment payments deposit reminder order quote instalment installment statement
    contract appointment deadline subscription factuur facturen rekening rekeningen betaling betalingen
    aanbetaling herinnering aanmaning opdracht offerte termijn termijnfactuur afspraak abonnement nota bon
    creditnota
    """
)
"""Things that carry a date or a number of their own."""

GUARDS_OF_DAYS = words_in(
    """
    before by until till since from of for after due wants wanted must should would will promised promises
    demands needs deadline agreed voor vóór tot sinds vanaf van na tegen uiterlijk wil wilde willen moet moest
    moeten zou zouden zal beloofde beloofd belooft eist eiste afgesproken
    """
)
"""Words of a text that make a day in it one of a promise or a demand, not the day of what happened."""
