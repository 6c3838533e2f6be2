"""Common words by which a column's kind is told, folded: given and family names, places, words of firms and streets."""

from functools import lru_cache

from babel import localedata
from nicknames import NickNamer

_GIVEN = """
adam aisha alejandro alessandro alexei ali alice amelia amir amy ana anders andrea andrei angela anita anna anne
antonio arjun ashley astrid ava beatriz ben bjorn brandon brian bruno camille carla carlos carmen caroline catherine
chen chiara chloe claire claudia craig dan daniel daria david deepak diana diego dmitri elena elif emil emily emma
eric erik esther ethan eva fatima felix fernando finn florence francesca francesco franz freya gabriel george georgia
giorgio giulia greta guillaume gustav hannah hans harper harry hassan heidi helen henrik hiroshi hugo ibrahim ines
ingrid irina isabel isabella isla ivan jack jacob jakub james jan jasmine javier jean jennifer jens jessica jin joao
johan johannes john jorge jose joshua juan julia julie juergen karl katarzyna katrin kenji kevin klaus kofi kumar lars
laura lauren lea lena leon liam lily linda lisa logan lorenzo louis luca lucas lucia lucy luis luisa lukas magnus
manuel marco maria marie mario marta martin mateo matteo matthias maya mei mia michael michelle miguel mohamed
mohammed monika muhammad nadia natalia nicolas nicole nikolai nina noah nora oleg oliver olivia omar oscar pablo paolo
patricia paul pedro petra philippe pierre piotr poppy priya rachel rafael rahul raj ravi rebecca ricardo robert
roberto rosa ruby ryan sam samuel sanjay sara sarah sebastian sergei silvia simon sofia sophie stefan stephanie sven
svetlana tatiana thabo theo thomas tim tomasz ulrike valentina vera victor viktor vincent vladimir wei werner william
wolfgang xavier yan yasmin yuki yusuf zoe
"""
_FAMILY = """
adams ahmed ali allen alvarez andersen anderson andersson andrews armstrong bailey baker barnes becker bell bennett
berg bianchi black bernard booth brooks brown bruno burns butler campbell carter castillo chan chapman chavez chen
clark clarke cole collins colombo cook cooper costa cox cruz davies davis diaz dixon dubois dupont edwards ellis evans
fernandez ferguson ferrari fischer fisher fontaine foster fox franklin garcia gibson gomez gonzalez gordon graham
grant gray green greene griffin gupta gutierrez hall hamilton hansen harris harrison hart harvey hayes henderson
hernandez hill hoffmann holmes horvat howard huang hughes hunt hunter ito ivanov jackson jacobs james janssen jenkins
jensen jimenez johansson johnson jones jordan kaur kelly kennedy khan kim king klein knight koch kowalski kumar
lambert larsen lee lefebvre lewis li lim liu long lopez marshall martin martinez mason matthews mcdonald mendoza meyer
miller mills mitchell moore morales moreau moreno morgan morris moser mueller murphy murray myers nakamura nelson
nguyen nielsen nilsson novak nowak olsen olsson ortiz owen palmer park parker patel perez perry peters petersen petrov
phillips popescu powell price ramirez ramos reed reid reyes reynolds ricci richards richardson rivera roberts
robertson robinson rodriguez rogers romano rose ross rossi russell ryan saito sanchez sanders santos sato schmidt
schneider schulz schwarz scott shah shaw sharma shaw silva simmons simpson singh smith spencer stevens stewart stone
sullivan suzuki svensson takahashi tanaka taylor thomas thompson torres tran tucker turner van vargas vasquez wagner
walker wallace wang ward washington watson webb weber wells west white williams williamson wilson wolf wong wood woods
wright wu yamamoto yang young zhang zhao zimmermann
"""
_PLACES = """
aberdeen adelaide amsterdam antwerp athens atlanta auckland austin baltimore bangalore bangkok barcelona basel bath
beijing belfast berlin bern birmingham bologna bonn bordeaux boston bradford brighton brisbane bristol brussels
bucharest budapest buffalo cairo calgary cambridge canberra cardiff charlotte chennai chicago cincinnati cleveland
cologne columbus copenhagen coventry dallas delhi denver derby detroit dortmund dresden dubai dublin duesseldorf
edinburgh essen exeter florence frankfurt geneva genoa ghent glasgow gothenburg graz hamburg hanover hanoi helsinki
hongkong houston hyderabad indianapolis istanbul jakarta johannesburg kansas karachi kiev kolkata krakow kyiv lagos
leeds leicester leipzig lima lisbon liverpool london luxembourg lyon madrid malaga manchester manila marseille
melbourne memphis miami milan milwaukee minneapolis montreal moscow mumbai munich nairobi nantes naples nashville
newcastle newark nice northampton norwich nottingham nuremberg oakland osaka oslo ottawa oxford palermo paris perth
peterborough philadelphia phoenix pittsburgh plymouth portland porto prague preston quebec reading richmond riga rome
rotterdam sacramento salzburg santiago seattle seoul seville shanghai sheffield shenzhen singapore sofia southampton
stockholm strasbourg stuttgart sunderland swansea sydney taipei tallinn tampa tokyo toronto toulouse tucson turin
utrecht valencia vancouver venice vienna vilnius warsaw washington wellington winnipeg wolverhampton york zagreb
zurich
"""
_PLACE_PARTS = """
san santa los las new saint st north south east west port lake fort el la le upper lower bad city town hills beach
springs park valley upon under great little county heights grove shire
"""
_FIRM_WORDS = """
academy agency airlines analytics apparel associates automotive bank bakery bar bistro brothers cafe capital care
chemicals clinic communications computers construction consultants consulting consultancy corporate deli design
development digital diner distribution electric electronics energy engineering enterprises entertainment equipment
express fashion finance financial food foods foundation global grill group health healthcare holding holdings hospital
hotel house imports industrial industries insurance institute international investments kitchen labs law logistics
manufacturing market marketing materials media medical mining motors museum network networks oil packaging partners
pharma pharmaceuticals pharmacy pizza plastics power press products properties publishing realty resources restaurant
retail school security services shop software solar solutions steel store stores studio studios supplies supply
systems tech technologies technology telecom textiles trading transport travel trust university ventures wireless
works
"""
_STREET_WORDS = """
allee alley ave avenue avenida bldg boulevard blvd calle camino circuit circle close corso court crescent cres crt ct
damm dr drive esplanade flat floor gardens gasse grove highway hwy lane ln parade parkway pass piazza pike pkwy place
platz plaza rd ring road route rua rue row square st ste str strasse street suite terrace unit via view walk way weg
"""


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    return frozenset(_GIVEN.split())


@lru_cache(maxsize=65536)
def is_given_name(word: str) -> bool:
    """Whether a folded word is a common given name or a known short form."""
    return word in given_names() or bool(_book().canonicals_of(word) or _book().nicknames_of(word))


FAMILY_NAMES = frozenset(_FAMILY.split())
PLACES = frozenset(_PLACES.split())
PLACE_PARTS = frozenset(_PLACE_PARTS.split())
FIRM_WORDS = frozenset(_FIRM_WORDS.split())
STREET_WORDS = frozenset(_STREET_WORDS.split())


@lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    """Country names in a few languages and their two-letter codes, lower case."""
    # Whole locales: what is read of one without what it inherits stays so for everybody in the process.
    known = [localedata.load(one)["territories"] for one in ("en", "de", "fr", "es", "it")]
    names = {str(name).lower() for territories in known for name in territories.values()}
    codes = {str(code).lower() for code in known[0] if len(str(code)) == 2}
    return frozenset(names | codes | {"usa", "uk", "u.s.a.", "u.k.", "england", "scotland", "wales"})


@lru_cache(maxsize=1)
def _book() -> NickNamer:
    return NickNamer()
