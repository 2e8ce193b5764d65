"""The single words, Dutch and English, on which the wording hints rest, by the key of the hint.

A word ending in `*` stands for every word that begins with it. All are in lower case and without accents.
"""

from __future__ import annotations

WORDS: dict[str, str] = {
    "insult": """
        achterbaks* achterlijk* arrogant* arsehole* aso aso's asociaal asociale asshole* bastard* bemoeial*
        betweter* bitch* blaaskaak* blaaskaken boerenlul* botterik* brat brats buffoon* cheapskate* clueless
        coward* creep creeps creepy cretin* crybab* cunt* debiel* deceitful despicable dickhead* dimwit*
        dipshit* disgusting dombo* domkop* domoor domoren doofus douchebag* droeftoeter* drol drollen dumbass*
        egoist* eikel eikels etterbak* flapdrol* fool fools freak freaks fuckwit* geldwol* gierigaard*
        gluiperd* graaier* greedy halfwit* hielenlikker* hork horken hufter* huichel* hypocriet* hypocrit*
        hysterical hysterisch* idiot* ignoramus* imbeciel* imbecil* incompetent* inhalig* insufferable
        jankerd* jerk jerks kakker* kankerlij* klojo* kloothommel* klootzak* klungel* kluns klunzen kneus
        kneuzen kreng krengen kutk* kutw* kwal kwallen lafaard* laffe lamzak* lapzwans* lastpak* leugenaar*
        liar liars lomperik* loser losers lul lullen mafkees mafketel* mafkezen malloot malloten maniac*
        mietje* minkukel* miserly mispunt* moron* muggenzifter* muppet muppets nietsnut* nitwit* nutcase*
        nutter* obnoxious oen oenen onbenul* onbeschofterik* onmens onuitstaanba* opschepper* parasiet*
        parasite* pathetic patser* pestkop* pigheaded ploert* prick pricks prutser* psycho psychopaat*
        psychopaten psychopath* psychos querulant* randdebiel* retard* rotklant* rotvent* rotwijf* rotzak*
        ruziezoeker* schijnheilig* schoft* schreeuwlelijk* scumbag* selfish shithead* slappeling* sleaz*
        slijmbal* slijmjurk* slimy slob slobs smeerlap* sneue snob* sociopath* spineless stommeling* stupid
        sukkel* swine teringlij* tiran* tokkie* tosser* trut trutten twat* tyfuslij* tyrant* uitvreter*
        uitzuiger* unbearable vermin verwaand* viezerik* vile viswijf* vrek vrekken vrekkig* wanker* weirdo*
        whiner* whiny wijsneus* wimp* worthless wretched zakkenwasser* zeikerd* zeikwijf* zeurkous* zeurpiet*
        zielenpo* zielig* zuurpruim*
    """,
    "guess": """
        allegedly apparently blijkbaar expres geruchten jaloers jealous kennelijk klaarblijkelijk maybe
        misschien ongetwijfeld perhaps presumably probably reportedly schijnbaar seemingly supposedly
        undoubtedly vermoedelijk waarschijnlijk wellicht
    """,
    "crime": """
        aangerand* aanrand* afgeperst afpers* bajes* bedonder* bedriegen bedrieger* bedriegt bedrog bedrogen
        belastingfraud* belastingontduik* belazer* besodemieter* blackmail* boef boeven boevenbende* bribe
        bribed bribery bribes bribing btwfraud* chantage chanteerde* chanteert chanteren conman conmen conned
        convict convicted convicts corrupt corrupte corruptie corruption counterfeit* criminal* crimineel
        criminele criminelen crook crooked crooks defraud* delinquent* dief diefstal* dieven dieventuig
        drugsdealer* drugshandel* embezzl* extort* factuurfraud* faillissementsfraud* felon* flessentrekk*
        forger* fraud fraude fraudeerde* fraudeert frauderen fraudeur* frauds fraudster* fraudulent*
        frauduleu* gangster* gefraudeerd gejat gepikt gesjoemel* gestolen heler helers heling
        identiteitsfraud* illegaal illegal* inbreker* ingebroken jat jatte jatten kickback* kidnap*
        kindermisbruik* launder* maffia* mafia malafide meineed misappropriat* misdaad misdad* misdrij*
        mishandel* mobster* molest* moord moordenaar* murder* nepfactu* omgekocht omkop* ontvoer* opgelicht*
        oplicht* paedophil* pedofiel* pedophil* perjur* pickpocket* piramidespel* ponzi racketeer* rape raped
        rapist* robbed robber* scam scammed scammer* scamming scams shoplift* sjoemel* smeergeld* smokkel*
        smuggl* spookfactu* stalker* steal stealing steals steekpenning* steelt stelen stole stolen strafbaar
        strafbare strafblad subsidiefraud* swindl* terroris* theft thief thieves uitkeringsfraud* verduister*
        verkracht* veroordeelde vervals* winkeldie* witgewassen witwas* zwartwerk* zwendel*
    """,
    "health": """
        abortion abortus adhd alcoholic* alcoholism alcoholisme alcoholist* alcoholverslaa* alzheimer*
        amputat* angstaanval* angsten angststoornis* anorexi* arbeidsongeschikt* arthritis asperger* asthma*
        astma* autis* beroerte bipolair* bipolar borstkanker boulimi* bulimi* burnout* cancer chemo* cocaine
        coma concussion covid darmkanker dement* depress* diabet* drankproble* drugsverslaa* dwangstoornis*
        dyslect* dyslex* eetstoornis* epilep* gehandicapt* geopereerd gezondheidsklacht* gezondheidsproble*
        gokverslaa* griep hartaanval* hartinfarct* hartklacht* hartproble* hernia hersenbloeding*
        hersenschudding hersentumor* hiv hooggevoelig* hoogsensitie* hospitalised hospitalized illness*
        infertil* ivf junkie* kanker koorts leukaemi* leukemi* longkanker lyme manisch* medicatie menopaus*
        migraine* miscarriage* miskraam miskramen narcissis* narcist narcisten narcistisch* neurodiver*
        neurotic* neurotisch* obese obesitas obesity ongeneeslijk* ongevaccineerd* overgewicht overspannen
        overweight paniekaanval* paranoi* parkinson* pregnan* prostaatkanker psychiatr* psychisch* psychose*
        psychosis psychotic* psychotisch* ptsd ptss reuma* rheumat* rolstoel rolstoelen schizo* sick
        slechthorend* slechtziend* stervende stoornis* stotter* stutter* suicid* surgery syndrome syndroom
        terminaal terminale tourette* transplant* traumatised traumatized tumor tumors tumour* unvaccinated
        unwell verslaafd* verslaving* wheelchair* whiplash zelfmoord* ziek zieke ziekenhuisopname* ziekgemeld
        ziekmelding* ziekte ziektebeeld* ziektes ziekteverlof zwanger*
    """,
    "faith": """
        amish atheis* baptist* bible bidden bidt boeddhis* boerka buddhis* burqa catholic* christelijk*
        christen christenen christians evangelical* evangelisch* gelovig* gereformeerd* godsdienst*
        godvrezend* headscarf* hijab hindoe hindoes hindu* hoofddoek* imam islam* jehova* jesus jew jewish
        jews jezus joden jood joods joodse katholiek* keppel* kerkganger* koran lutheran* lutherse mormon*
        moskee* moslim* mosque mosques muslim* niqab pentecostal* pinkstergemeente prays protestant* quran
        rabbi rabbijn ramadan religi* sabbat sabbath salafis* scientolog* shabbat sikh sikhs sjiiet* soenniet*
        suikerfeest sunni synagog* tulband turban zwartekousenkerk
    """,
    "origin": """
        allochto* antillian* arabieren arbeidsmigrant* asielzoeker* buitenlander* chinezen ethnic* etniciteit
        etnisch* foreigner* gastarbeider* gypsies gypsy halfbloed* huidskleur* immigrant* marokkaan marokkanen
        mexicans migrant migranten migrants moroccans neger negers nigger* polak polakken racial* refugee
        refugees roemenen somalier* statushouder* surinamer* syrier* turken turks vluchteling* zigeuner*
    """,
    "politics": """
        anarchis* antifa antivax* baudet bij1 brexit brexiteer* cda'er* christenunie communis* complotdenk*
        complotgek* complottheor* d66 extreemlinks* extreemrechts* extremis* fascis* fvd groenlinks ja21
        klimaatactivis* klimaatdrammer* lefties leftist* lefty maga marxis* nationalis* nazi nazi's nazis
        partijgeno* poetin* populis* putin pvda pvda'er* pvv* republicans sgp socialis* tories tory trump vvd
        vvd'er* wappie* wilders woke zionis*
    """,
    "union": """
        bondsbestuur* bondsleden bondslid bondsman cnv fnv kaderleden kaderlid stakers unionised unionist*
        unionized vakbeweging* vakbond* vakcentrale* vakvereniging*
    """,
    "sex_life": """
        aseksue* asexual* bdsm biseksue* bisexual* bordeel brothel* callgirl* crossdress* faggot* fetish*
        fetisj* flikker flikkers gay gays genderfluid grindr hetero heteroseksue* heterosexual* hoerenloper*
        homo homo's homofiel* homoseksue* homosexual* kinky lesbi* lgbt* lhbt* minnaar minnares mistress
        naaktfoto* nonbinair* nonbinary overspel panseksue* pansexual* polyamor* porn porno* prostitu* queer
        seksleven sekswerk* stripclub* swinger swingers transgender* transseksue* transsexual* transvesti*
        travestie* vreemdgaan vreemdgaat vreemdgegaan
    """,
}
