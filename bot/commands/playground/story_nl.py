"""The playground's agency in Dutch: its people, its clients, and what they wrote."""

from __future__ import annotations

from bot.commands.playground.cast import DUTCH, ENGLISH, Cast, Colleague

CAST = Cast(
    language="nl",
    agency="Bureau Kade Negen",
    colleagues={
        "lead": Colleague("sanne", "Sanne Hofstra", "Eigenaar van het bureau · beheerder en beoordelaar", DUTCH),
        "reviewer": Colleague("farid", "Farid Rahimi", "Strateeg · beoordelaar", DUTCH),
        "account": Colleague("jeroen", "Jeroen Baas", "Accountmanager · verantwoordelijk voor Kuipers Keukens", DUTCH),
        "designer": Colleague("lotte", "Lotte Brink", "Ontwerper", DUTCH),
        "developer": Colleague("emily", "Emily Novak", "Developer", ENGLISH),
        "writer": Colleague("tom", "Tom Ashworth", "Tekstschrijver", ENGLISH),
    },
    guest=Colleague("helga", "Helga (Kuipers Keukens)", "Gast: werkt bij een klant", DUTCH),
    outsider=Colleague("pete", "Pete (Drukkerij Noord)", "Van een andere organisatie", ENGLISH),
    project="kuipers-website",
    shared="drukkerij-noord",
)

CLIENTS = {
    "kitchens": "Kuipers Keukens",
    "trust": "Stichting Lindehof",
    "events": "Noordkade Events",
    "estates": "Van Vliet Vastgoed",
}

CATEGORIES = {
    "late_payment": "te laat",
    "integrity": "integriteit",
    "demanding": "veeleisend",
    "disrespect": "respectloos",
    "haggling": "ritselen",
    "good": "pluim",
}

LEVEL = "niveau"
LEFT = "vertrokken"

LINES = {
    "welcome": "Flagclient zit nu in onze Slack. Meld wat er met een klant gebeurt, ook iets goeds. `/flagclient hulp`",
    "how": "Signalen komen in #client-care. Daar telt alleen wat er is gebeurd, niet wat we ervan vinden.",
    "second_reminder": "factuur 118 is pas na de tweede herinnering betaald",
    "clear_brief": "stuurde uit zichzelf een complete briefing, twee dagen voor de afspraak",
    "staging": "De nieuwe productpagina’s staan klaar op de testomgeving, Helga. Kijk je naar de foto’s?",
    "staging_thanks": "Ze zien er prachtig uit, dank je wel!",
    "sixty_days": "factuur 109 staat al zestig dagen open, en niemand neemt daar de telefoon op",
    "friday_evening": "vroeg vrijdag om half vijf om een nieuw ontwerp voor maandagochtend",
    "extra_round": "vroeg een correctieronde meer dan afgesproken, en betaalde die ook",
    "unpaid_feature": "liet twee dagen aan een export bouwen en wil niet betalen, want het is “een detail”",
    "print_proof": "De proefdruk van de voorjaarscatalogus komt jullie kant op, Pete.",
    "print_proof_ok": "Binnen! Morgen gaat hij op de pers.",
    "discount_again": "wil voor elke nieuwe opdracht eerst dertig procent eraf",
    "other_story": "zei dat het budget rond was, maar de directie had het nog nooit gezien",
    "three_quotes": "laat elke offerte overdoen tot die onder de goedkoopste concurrent zit",
    "still_open": "facturen 109 en 121 staan allebei open, met in elk gesprek een nieuwe uitvlucht",
    "case_context": "Ter aanvulling: volgende maand gaat de site live, dus we hebben ze wel iets te bieden.",
    "case_call": "Ik bel deze week hun directeur, met beide facturen en onze afspraken ernaast.",
    "view_account": "drie toezeggingen over de facturen, en geen enkele is nagekomen",
    "view_developer": "nog één poging met vooruitbetaling: het werk zelf loopt goed",
    "view_designer": "na die vergadering zit ik liever niet meer bij ze aan tafel",
    "view_writer": "vooruitbetaling voor wat er nog ligt, en een andere contactpersoon aan hun kant",
    "view_reviewer": "de directie wist van niets: op wat ze ons zeggen kunnen we niet bouwen",
    "view_lead": "de site gaat live, en daarna zijn ze elders beter geholpen",
    "client_says": "Hun directeur zegt dat de facturen te vaag waren om door te sturen, en dat wij laat rapporteerden.",
    "our_part": "Twee rapporten kwamen een week te laat, en we vroegen nooit wie een factuur moet goedkeuren.",
    "decision_why": "twee toezeggingen om te betalen zijn niet nagekomen, en vier van de zes willen afscheid nemen",
    "decision_no_remedy": "hun directeur wil niet vooruitbetalen, en dat was wat we nog konden proberen",
    "belittled": "zei waar iedereen bij zat tegen onze ontwerper dat een kind haar werk kan doen",
    "two_invoices": "facturen 131 en 140 staan allebei open, ruim vijf weken over de datum",
    "kind_words": "schreef het hele team hoe goed de campagne was gegaan",
    "case_outcome": "Ze betalen beide facturen en na deze sprint nemen we afscheid. Ze konden elders terecht.",
    "no_show": "kwam niet opdagen bij de aftrap en liet niets weten",
    "changed_again": "wil de homepage weer anders dan vorige week is afgesproken",
    "estates_gone": "Van Vliet Vastgoed is overgedragen. Dank allemaal; de nabespreking staat in jullie agenda.",
}
