"""Words that names of invented firms are made of: stems by language, trades with their industries, legal forms."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Trade:
    """What a firm does, in the languages firms are named in, and the industry each CRM files it under."""

    words: dict[str, str]
    hubspot_industry: str
    salesforce_industry: str


LANGUAGES = ("en", "de", "fr", "sv", "es", "pl", "nl", "it")


def _trade(words: str, hubspot: str, salesforce: str) -> Trade:
    names = dict(zip(LANGUAGES, words.split("|"), strict=True))
    return Trade(words=names, hubspot_industry=hubspot, salesforce_industry=salesforce)


TRADES: tuple[Trade, ...] = (
    _trade("Pumps|Pumpen|Pompes|Pumpar|Bombas|Pompy|Pompen|Pompe", "Machinery", "Manufacturing"),
    _trade(
        "Castings|Gießerei|Fonderie|Gjuteri|Fundiciones|Odlewnia|Gieterij|Fonderia", "Mining & Metals", "Manufacturing"
    ),
    _trade(
        "Freight|Spedition|Transports|Frakt|Transportes|Spedycja|Expeditie|Trasporti",
        "Logistics & Supply Chain",
        "Transportation",
    ),
    _trade(
        "Packaging|Verpackungen|Emballages|Emballage|Envases|Opakowania|Verpakking|Imballaggi",
        "Packaging & Containers",
        "Manufacturing",
    ),
    _trade("Lifts|Aufzüge|Ascenseurs|Hissar|Ascensores|Windy|Liften|Ascensori", "Building Materials", "Engineering"),
    _trade(
        "Dairies|Molkerei|Laiteries|Mejeri|Lácteos|Mleczarnia|Zuivel|Latteria", "Food Production", "Food & Beverage"
    ),
    _trade("Water|Wasserwerke|Eaux|Vatten|Aguas|Wodociągi|Water|Acque", "Utilities", "Utilities"),
    _trade(
        "Cold Storage|Kühlhaus|Froid|Kyla|Frigoríficos|Chłodnie|Koelhuizen|Refrigerazione",
        "Logistics & Supply Chain",
        "Transportation",
    ),
    _trade(
        "Facilities|Gebäudetechnik|Maintenance|Fastighetsservice|Instalaciones|Instalacje|Installaties|Impianti",
        "Facilities Services",
        "Construction",
    ),
    _trade(
        "Instruments|Messtechnik|Instruments|Instrument|Instrumentos|Aparatura|Meettechniek|Strumenti",
        "Electrical/Electronic Manufacturing",
        "Electronics",
    ),
    _trade("Timber|Holzwerke|Bois|Trä|Maderas|Tartak|Houthandel|Legnami", "Paper & Forest Products", "Manufacturing"),
    _trade(
        "Rail Services|Bahntechnik|Rail|Järnväg|Ferroviaria|Kolej|Spoortechniek|Ferrovie", "Railroad", "Transportation"
    ),
    _trade(
        "Polymers|Kunststoffe|Plastiques|Plast|Plásticos|Tworzywa|Kunststoffen|Polimeri", "Plastics", "Manufacturing"
    ),
    _trade("Energy|Energie|Énergie|Energi|Energía|Energia|Energie|Energia", "Renewables & Environment", "Energy"),
    _trade(
        "Clinics|Kliniken|Cliniques|Kliniker|Clínicas|Kliniki|Klinieken|Cliniche",
        "Hospital & Health Care",
        "Healthcare",
    ),
    _trade("Cranes|Krane|Levage|Kranar|Grúas|Dźwigi|Kranen|Gru", "Machinery", "Machinery"),
    _trade("Print|Druckerei|Imprimerie|Tryckeri|Artes Gráficas|Drukarnia|Drukkerij|Stampa", "Printing", "Media"),
    _trade(
        "Foods|Lebensmittel|Alimentaire|Livsmedel|Alimentos|Spożywcze|Voeding|Alimentari",
        "Food Production",
        "Food & Beverage",
    ),
)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# Beginnings and ends of place-like names that stand for no firm we know.
STEM_PARTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "en": (
        _words(
            "Alvers Brack Brindle Calder Corv Cray Dunmar Eald Elver Farn Fenwith Garrow Glaven Grims Halder Harrow "
            "Hollin "
            "Ivel Jarrow Keld Kestern Lang Larch Lorn Marrow Mere Mossel Nether Oaken Orm Otter Pell Pendle Quarr "
            "Raven Roth "
            "Sallow Scar Sedge Skel Stag Swale Tarn Tarrow Tem Thistle Thorn Ulver Vell Wend Whar Withern Wolver Yarrow"
        ),
        _words(
            "beck bourne bridge by combe croft dale den fell field ford garth gate ham haven hirst holme hurst ley "
            "low mere "
            "mont moor ridge shaw stead stoke thorpe ton water wick with worth"
        ),
    ),
    "de": (
        _words(
            "Alten Birken Brunn Buchen Diesel Eber Eichen Elster Falken Felden Grau Hagen Hasel Hirsch Ilmen Kalten "
            "Kiefern "
            "Kron Lauter Linden Mahl Moor Nieder Ober Otter Pfingst Quell Rauten Rohr Sonnen Stein Tannen Uhlen "
            "Vogel Wacker "
            "Weiden Wester Zeller"
        ),
        _words("au bach berg brück burg dorf feld fels furt hain heim hof horst ried rode stett tal wald werth winkel"),
    ),
    "fr": (
        _words("Arbel Beau Bois Bran Char Clair Corb Fon Grand Haute Lar Mont Morn Roch Sauv Val Vern Vill"),
        _words("mont court ville ières ac eul ange aison elles igny neuve ombre oise"),
    ),
    "sv": (
        _words("Alm Berg Björk Dal Ek Fur Gran Hammar Kvarn Lind Norr Oskar Rönn Sand Sten Söder Tall Väster Å Älv"),
        _words("holm bro fors vik torp lunda hult näs ryd sta berga hälla sjö"),
    ),
    "es": (
        _words("Alca Almen Arba Bel Carra Cervi Enci Fuen Guada Jara Lomi Mira Nava Oliv Peña Riba Torre Vall Zalda"),
        _words("dillo flor llano mar nilla quera rrubia sierra tello vela verde zuela"),
    ),
    "pl": (
        _words("Biało Brzo Czar Dobro Grab Jasio Kali Krze Lip Modr Nowo Olch Pod Sosno Tar Wierz Zielo Żab"),
        _words("nica wiec gród polany wola nowo sław mierz kowice dół lesie"),
    ),
    "nl": (
        _words(
            "Aal Berken Bloem Drie Eiken Gelder Hazel Kerk Linden Meer Noorder Olm Rietveld Sluis Ster Veen Water Zand"
        ),
        _words("broek dam dijk donk hage hoven kamp lo meer oord rijk schot veld woude"),
    ),
    "it": (
        _words("Alba Bel Borgo Campo Casal Colle Fonte Gran Lama Monte Oltre Pian Ponte Rocca Sasso Torre Val Villa"),
        _words("bruna chiara drone ferrato galdo lunga mora negra rossa scuro tina verna zano"),
    ),
}

# Endings that make two stems look like one mistyped.
TWIN_ENDS: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (
        ("ford", "forth"),
        ("bourne", "burn"),
        ("den", "dene"),
        ("mont", "mond"),
        ("wick", "wich"),
        ("hurst", "hirst"),
    ),
    "de": (("burg", "berg"), ("feld", "fels"), ("stett", "stedt"), ("horst", "horn"), ("bach", "buch")),
}

LEGAL_FORMS: dict[str, tuple[str, ...]] = {
    "DE": ("GmbH", "GmbH", "GmbH & Co. KG", "AG"),
    "US": ("Inc.", "LLC", "Corp.", "Inc."),
    "GB": ("Ltd", "Limited", "plc", "Ltd"),
    "FR": ("SAS", "SA", "SARL"),
    "SE": ("AB",),
    "NL": ("B.V.", "N.V."),
    "ES": ("S.L.", "S.A."),
    "PL": ("Sp. z o.o.", "S.A."),
    "IT": ("S.p.A.", "S.r.l."),
}

# Languages whose firms put the trade first: "Bombas Guadallano S.L."
TRADE_FIRST = frozenset({"es", "it", "fr"})

GROUP_WORDS: dict[str, str] = {
    "en": "Group",
    "de": "Gruppe",
    "fr": "Groupe",
    "sv": "Gruppen",
    "es": "Grupo",
    "pl": "Grupa",
    "nl": "Groep",
    "it": "Gruppo",
}
FINANCE_WORDS = ("Leasing", "Bank", "Finance", "Capital")
