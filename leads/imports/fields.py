"""What a file can say about a lead, and about what a lead did.

Fields that contacts have as well are borrowed: they say nothing about which of the two a table holds.
"""

from collections.abc import Mapping
from typing import Any

from pipeline.ingest.formats import Field, Shape


def _field(name: str, label: str, shape: Shape, guesses: str = "", **more: Any) -> Field:
    words = tuple(" ".join(word.split()) for word in guesses.split("|") if word.strip())
    return Field(name=name, label=label, shape=shape, guesses=words, **more)


def _borrowed(name: str, label: str, shape: Shape, guesses: str, **more: Any) -> Field:
    return _field(name, label, shape, guesses, is_borrowed=True, **more)


# What a cell says about an outcome, and which of the two it means.
OUTCOMES = {
    **dict.fromkeys(("1", "1.0", "yes", "y", "true", "won", "converted", "closed won", "customer", "ja", "oui"), "won"),
    **dict.fromkeys(
        ("0", "0.0", "no", "n", "false", "lost", "closed lost", "dead", "unqualified", "not converted", "nein", "non"),
        "lost",
    ),
}
_DID = {
    "demo": "demo|demo request|demo requested|requested a demo|contact request|contact form|callback|call back"
            "|asked for a demo|trial|trial request|quote request|request for quote|inquiry|enquiry",
    "meeting": "meeting|met|meeting attended|attended meeting|visit|visited us|call|phone call|meeting held",
    "reply": "reply|replied|email reply|e-mail reply|responded|answered|response|email received",
    "introduction": "introduction|introduced|intro|referral|referred|recommended",
    "pricing": "pricing|pricing page|viewed pricing|price list|integration page|visited pricing page",
    "attended": "attended|webinar|webinar attended|attended webinar|event|event attended|attended event|trade fair"
                "|booth visit|conference|visited booth|registered and attended",
    "signal": "funding|hiring|job posting|new tool|signal|technology change|trigger|funding round|intent",
    "download": "download|downloaded|whitepaper|white paper|ebook|e-book|content download|form submission|brochure",
    "click": "click|clicked|link click|email click|clicked link|email link clicked",
    "open": "open|opened|email open|email opened",
    "careers": "careers|careers page|jobs page|visited careers page",
}  # fmt: skip
ENGAGEMENTS = {word: kind for kind, words in _DID.items() for word in words.split("|")}

LEAD = (
    _field(
        "key", "Record id", "id",
        "id | record id | external id | uuid | lead id | prospect id | mql id | registration id",
    ),
    _field(
        "number", "Lead number", "name", "lead number | lead no | prospect number | mql id | prospect id",
        one_of="who", is_identity=True,
    ),
    _borrowed(
        "given_name", "First name", "name",
        "first name | firstname | given name | forename | fname | vorname | prénom | nombre | nome | förnamn",
        one_of="who",
    ),
    _borrowed(
        "family_name", "Last name", "name",
        """last name | lastname | surname | family name | lname | nachname | nom | nom de famille | apellido | apellidos
        | cognome | achternaam | efternamn""",
        one_of="who",
    ),
    _borrowed(
        "full_name", "Full name", "name",
        """name | full name | fullname | contact | contact name | contact person | person | attendee | participant
        | lead | lead name | prospect | ansprechpartner | teilnehmer""",
        one_of="who",
    ),
    _borrowed(
        "email", "E-mail", "email",
        """email | e mail | mail | email address | e mail address | work email | business email | e mail adresse
        | courriel | correo | correo electrónico | adresse e mail""",
        one_of="who",
    ),
    _borrowed(
        "phone", "Phone", "phone",
        """phone | phone number | telephone | work phone | business phone | direct phone | tel | telefon | téléphone
        | teléfono | telefono""",
    ),
    _borrowed("mobile", "Mobile", "phone", "mobile | mobile phone | mobile number | cell | cell phone | handy"),
    _borrowed(
        "title", "Job title", "name",
        "title | job title | position | role | job | stelle | berufsbezeichnung | poste | cargo | occupation",
    ),
    _borrowed("department", "Department", "name", "department | division | abteilung | service"),
    _borrowed(
        "company", "Company", "name",
        """company | company name | account | account name | organization | organisation | employer | firma
        | unternehmen | entreprise | société | empresa | azienda | bedrijf""",
        one_of="who",
    ),
    _borrowed(
        "domain", "Website", "domain",
        "domain | company domain | website | web site | homepage | web | company website | webseite | site web",
    ),
    _borrowed("city", "City", "name", "city | town | stadt | ort | ville | ciudad | città | plaats"),
    _borrowed("country", "Country", "name", "country | country/region | land | pays | país | paese"),
    _borrowed("industry", "Industry", "name", "industry | sector | vertical | branche | secteur | settore"),
    _borrowed(
        "employees", "Employees", "number",
        """employees | # employees | number of employees | no of employees | employee count | headcount | company size
        | mitarbeiter | anzahl mitarbeiter | effectif | empleados | dipendenti""",
    ),
    _borrowed("linkedin", "LinkedIn profile", "url",
              "linkedin | linkedin url | linkedin profile | person linkedin url | profile url"),
    _borrowed("owner", "Owner", "name", "owner | sales rep | account manager | assigned to | zuständig"),
    _field("lead_owner", "Lead owner", "name", "lead owner | prospect owner"),
    _field(
        "source", "Lead source", "name",
        "lead source | lead origin | source | original source | origin | channel | utm source | quelle | herkunft",
    ),
    _field("campaign", "Campaign or event", "name",
           "campaign | campaign name | event | event name | webinar | utm campaign | kampagne | landing page id"),
    _field("source_status", "Lead status", "name",
           "lead status | status | lead stage | prospect status | rating | lead quality | member status"),
    _field("technologies", "Technologies", "text", "technologies | tech stack | tools used | technology | keywords"),
    _borrowed(
        "description", "Description", "text",
        "description | notes | comment | comments | message | bemerkung | interested in",
    ),
    _field(
        "engagement", "What they did", "name",
        "engagement | engagement type | activity type | action | last action | interaction | attendance",
        choices=ENGAGEMENTS,
    ),
    _field("engaged_at", "When they did it", "instant",
           "engaged at | engagement date | last engagement | attended on | event date | registration date"),
    _field("opted_out", "Opted out", "flag",
           """opted out | unsubscribed | do not contact | do not email | do not mail | email opt out | no marketing
           | do not call"""),
    _field("has_bounced", "Bounced", "flag", "bounced | email bounced | hard bounce | invalid email"),
    _field(
        "outcome", "Outcome", "name",
        """converted | is converted | outcome | result | won | is won | closed won | lead outcome | lead result
        | conversion | has converted | became customer | won/lost""",
        choices=OUTCOMES, with_key="who",
    ),
    _borrowed(
        "created_on", "Created", "date",
        """created | created at | created on | created date | create date | created time | date created | date added
        | first contact date | lead created | erstellt am | signup date""",
    ),
    _borrowed("modified_at", "Last modified", "instant",
              "modified | last modified | last modified date | modified time | updated at | last updated"),
)  # fmt: skip

LEAD_EVENT = (
    _field("key", "Record id", "id", "engagement id | event id"),
    _field("email", "Lead's e-mail", "email", "email | e mail | email address | lead email | contact email",
           is_needed=True),
    _field("did", "What they did", "name",
           "engagement | engagement type | activity type | event type | action | interaction | event | activity",
           choices=ENGAGEMENTS, is_needed=True),
    _field("happened_at", "When", "instant",
           "date | time | when | timestamp | date time | happened at | occurred at | activity date | event date"
           " | engagement date",
           is_needed=True),
    _field("detail", "Detail", "text", "detail | details | page | url | asset | title | subject | description | name"),
)  # fmt: skip

FIELDS: Mapping[str, tuple[Field, ...]] = {"lead": LEAD, "lead_event": LEAD_EVENT}
