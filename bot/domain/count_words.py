"""The words by which a number in a typed flag is told to be a count or a severity, in lower case.

"Late 3 invoices open" tells no severity; "late 3 invoice 17 open" does.
"""

from __future__ import annotations

from bot.domain.word_lists import words_in

COUNTED_WORDS = words_in(
    """
    day days week weeks month months year years hour hours minute minutes quarter quarters time times x × fold pm am
    o'clock o’clock dag dagen weken maand maanden jaar jaren uur uren u minuut minuten kwartier kwartaal kwartalen
    keer maal stuks man mensen werkdagen dagdelen people persons men women children staff pieces pair pairs dozen
    more fewer other others extra's extra’s bits euro euros euro's euro’s k dollars dollar pounds pond mille percent
    procent pct % st pcs pag or of and en out van to tot a à + & per so far open outstanding openstaand onbetaald
    unpaid overdue missing missed gemist remaining hrs hr wks wk mths mth mnd mnden yrs yr wkn d dgn min mins sec
    mio mln bn jr
    """
)
"""Words after a number that make it a count, a part of one, or at least not surely a severity."""

CURRENCIES = frozenset(["€", "$", "£", "eur", "usd", "gbp"])
"""What may stand between a number of money and its amount, or behind a number of its own."""

ABBREVIATED = words_in(
    """
    inv invs fact facs fakt rek herinn aanm ord
    """
)
"""Short for things that are counted, unless they have a number of their own."""

IN_A_ROW = frozenset(
    {("in", "a"), ("in", "total"), ("in", "one"), ("in", "totaal"), ("op", "rij"), ("achter", "elkaar")}
)
"""The first words of what says that something was counted."""

OBJECTS = words_in(
    """
    us me him them it our my his their everyone everybody nobody somebody someone anyone
    """
)
"""Words after which the word before them is a verb, not a plural."""

TIMES_OF = words_in(
    """
    same day night week evening weekend whole first last next entire other past morning
    """
)
"""Words after "the" that make it a time: "3 mails the same night"."""

FIRST_NAMES = words_in(
    """
    hans james thomas lucas jonas chris dennis niels lars thijs gijs mathijs joris boris frans jules jens els
    ines agnes carlos nicolas marius claus klaus tess jeroen maarten ruben karen ellen helen carmen steven
    marleen kathleen eileen
    """
)
"""First names that end like a plural."""

COUNTED_SINGULARS = words_in(
    """
    uur jaar keer maal man kwartier hour day week
    """
)
"""Units that keep their singular after a number."""

MORE_WORDS = words_in(
    """
    extra hele volle nog heel full whole more half
    """
)
"""Words between a number and a unit."""

ONE_OF_WORDS = words_in(
    """
    invoice bill payment reminder deposit instalment call mail email e-mail message meeting session change
    revision round version page hour day week month person colleague trainee participant employee client project
    order quote proposal discount complaint excuse request demand question mistake error time item copy note
    letter visit review factuur rekening betaling herinnering aanmaning aanbetaling termijn telefoontje belletje
    mailtje bericht overleg sessie wijziging correctie ronde versie pagina uur dag maand persoon collega cursist
    deelnemer medewerker klant opdracht offerte voorstel korting klacht smoes verzoek eis vraag fout keer stuk
    exemplaar brief bezoek man
    """
)
"""Words that make a 1 before them as likely a count as a severity."""

IRREGULAR_PLURALS = words_in(
    """
    people men women children feet teeth data media staff kinderen lui lieden
    """
)

VERBS_THAT_ARE_PLURALS = words_in(
    """
    demands calls changes requests mails emails texts questions answers claims promises delays shouts lies cuts posts
    copies returns moves counts shops turns looks works plays signs sets ends drops rants insults raises disputes
    replies thanks breaks snaps curses stops starts
    """
)
"""Verbs that an object behind them tells from the plural of a noun: "calls us", "disputes invoice 12"."""

_VERBS = words_in(
    """
    wants keeps says asks refuses insists pays owes ignores threatens denies sends rings has is was does goes thinks
    expects complains swears makes takes gives tells tries needs uses writes comes gets puts lets leaves blames
    accuses believes argues stalls cancels pushes forces rejects talks speaks treats acts behaves mocks laughs yells
    screams cheats misleads forgets responds disagrees agrees accepts declines adds lowers haggles bargains
    negotiates compares praises helps supports brings shows shares interrupts belittles offends bullies harasses
    hangs walks runs waits wastes seems feels sounds hears knows means holds skips misses loses finds fails reads
    opens closes begins continues remains stays contests withholds postpones reschedules overrules micromanages
    nitpicks fumes sulks snubs humiliates intimidates discriminates gossips undermines sabotages publishes steals
    hides omits twists exaggerates pretends apologises apologizes sighs spits cries whines moans groans slams stares
    glares smirks sneers pesters nags badgers bothers hassles rushes drags throws grabs touches hits kicks drinks
    smokes arrives appears disappears vanishes follows stalks watches dictates decides chooses meets joins attends
    quits fires sues objects opposes resists blocks overloads bombards lectures patronises patronizes scolds willen
    zijn hebben worden kunnen moeten mogen zullen gaan komen doen blijven laten betalen weigeren reageren vinden
    zeggen bellen mailen schelden dreigen schreeuwen vloeken liegen klagen zeuren wachten geven nemen maken krijgen
    houden zetten staan zitten liggen lopen denken weten zien horen negeren ontkennen beloven betwisten annuleren
    afzeggen afbellen afdingen pingelen gescholden uitgescholden gelogen vergeten verboden gekomen gebleven gegeven
    genomen gesproken geschreven gekregen verzonnen verbroken gebroken bedrogen weggelopen opgenomen ingehouden
    afgebroken uitgelachen begonnen gevonden gelopen verschenen ontvangen verzonden besproken ontslagen geslagen
    given taken broken written spoken forgotten stolen chosen hidden driven beaten been seen geholpen gelachen
    gezwegen geroepen gestolen gekozen geworpen afgesproken overgeslagen weggebleven ingetrokken aangenomen
    teruggekomen onderbroken weersproken tegengesproken opgehangen doorgedrukt
    """
)
_OTHERS = words_in(
    """
    this his hers its ours yours theirs us yes always sometimes afterwards towards perhaps besides unless less
    whereas across as thus plus minus versus press business access process boss address status bonus virus bus focus
    basis crisis analysis news previous steeds soms thuis vals boos fors trots los dwars reeds slechts ondanks sinds
    immers anders langs telkens nogmaals meermaals trouwens eens tevens alvast prijs advies huis les reis kas cursus
    eis wens reeks kans grens gas glas lens jas was wijs grijs vers precies nerveus serieus alles niets iets plaats
    tijdens volgens wegens jegens namens ondertussen intussen dikwijls nowadays upstairs downstairs outdoors
    overseas een alleen tegen binnen buiten morgen gisteren eergisteren samen meteen iedereen toen boven beneden
    tussen misschien heen overeen bijeen ineens uiteen zeven negen tien dertien veertien open eigen gouden houten
    then often even when token between seven ten eleven fifteen golden sudden screen garden kitchen midden
    halverwege onlangs bovenal hierbij daarbij tevoren vantevoren ervoor avonds ochtends middags nachts morgens
    maandags dinsdags woensdags donderdags vrijdags zaterdags zondags weekends
    """
)
NOT_PLURAL = _VERBS | _OTHERS
"""Words that end like a plural and are none."""

PASSED_OVER = words_in(
    """
    not niet nog yet al already reeds steeds nooit never net just lang long very heel erg zeer so zo too te en and & ook
    also even again weer opnieuw still once
    """
)
"""Words between a number and what it counts that say nothing of either: "3 not yet paid invoices"."""

ENDING_A_COUNT = words_in(
    """
    the this that these those his her their our my your its a an i he she it we they you who which what there here
    is was were are be been has have had does did do will would can could must should may might in at on by for with
    from to into about over under after before since until till because but or if when while no without only than
    then as asked wanted said told called rang phoned shouted yelled screamed swore insulted threatened came went
    walked hung made took gave got tried lied cheated complained argued threw mocked laughed wrote spoke treated
    snapped interrupted helped thanked praised broke owed owes wants keeps says asks refuses insists pays ignores
    threatens denies sends rings de het een dit dat deze die zijn haar hun ons onze mijn uw jouw ik hij zij ze wij
    jullie u men er hier daar wie wat waren wordt werd worden ben bent heb hebt heeft hadden hebben kan kon kunnen
    moet moest wil wilde wou willen zal zou gaat ging komt kwam doet deed blijft bleef staat stond op aan bij met
    van voor door naar uit onder na sinds tot tegen om als omdat want maar of wanneer geen zonder alweer telkens
    toch dan toen vraagt vroeg vroegen zegt zei belt belde mailt mailde noemt noemde scheldt schold schreeuwt
    schreeuwde vloekt vloekte dreigt dreigde weigert weigerde betaalt negeert negeerde liegt loog eist eiste klaagt
    klaagde reageert reageerde stuurt stuurde gaf geeft neemt nam maakt maakte liet laat loopt liep gooit gooide
    hing hangt wijzigt wijzigde verandert veranderde annuleert annuleerde belooft ontkent ontkende betwist betwistte
    bedankt bedankte hielp helpt dacht denkt nobody everybody everyone somebody someone anybody noone none iemand
    niemand iedereen allemaal bood biedt kreeg krijgt hield houdt zette zet legde legt trok trekt sloeg slaat koos
    kiest sprak spreekt schreef schrijft vond vindt verloor verliest vergat vergeet brak breekt begon begint riep
    roept keek kijkt wees wijst zocht zoekt bracht brengt kocht koopt verkocht wist weet mocht mag stelde stelt
    vertelde vertelt herhaalde wachtte wacht antwoordde antwoordt verweet verwijt beweerde beweert tekende tekent
    snauwde snauwt one two three four five six seven eight nine ten twee drie vier vijf zes zeven acht negen tien
    sent first second third fourth fifth eerste tweede derde vierde vijfde
    """
)
"""Words that no counted thing comes after: what stands behind a number up to them is looked at."""
