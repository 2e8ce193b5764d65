"""The words, Dutch and English, by which a typed flag names its severity, and those around what it names.

All are in lower case.
"""

from __future__ import annotations

from bot.domain.word_lists import words_in

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
