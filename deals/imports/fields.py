"""The fields of every kind of record deals are made of: what a file can say about an account, a contact, a deal …

The last argument lists header texts that mean the field, in the languages spreadsheets and portals come in; the kind's
own name in front need not be repeated ("account phone" is found by "phone").
"""

from collections.abc import Mapping
from typing import Any

from pipeline.ingest.formats import Field, Shape


def _field(name: str, label: str, shape: Shape, guesses: str = "", **more: Any) -> Field:
    words = tuple(" ".join(word.split()) for word in guesses.split("|") if word.strip())
    return Field(name=name, label=label, shape=shape, guesses=words, **more)


# What portals call the id of a row.
_IDS = "id | record id | external id | uuid | datensatz id | id de registro | id do registro | id de fiche | id record"

ACCOUNT = (
    _field("key", "Record id", "id",
        f"{_IDS} | company id | organization id | kundennummer"),
    _field(
        "name", "Name", "name",
        """name | account | company | company name | organization | organisation | organization name | business name
        | legal name | customer | customer name | client | client name | firma | firmenname | unternehmen
        | unternehmensname | société | entreprise | nom de l'entreprise | empresa | nombre de la empresa | azienda
        | nome dell'azienda | bedrijf | bedrijfsnaam""",
        is_needed=True,
    ),
    _field(
        "domain", "Domain", "domain",
        """domain | domain name | company domain name | website | web site | homepage | web | url | website url
        | webseite | site web | sitio web | sito web""",
    ),
    _field(
        "phone", "Phone", "phone",
        "phone | phone number | telephone | main phone | switchboard | telefon | telefonnummer | téléphone | teléfono",
    ),
    _field(
        "street", "Street", "text",
        "street | address | street address | address line 1 | billing street | straße | strasse | adresse | dirección",
    ),
    _field("city", "City", "name", "city | town | billing city | stadt | ort | ville | ciudad | città | plaats"),
    _field("state", "State or region", "name", "state | region | state/region | province | county | bundesland"),
    _field(
        "postcode", "Postcode", "name",
        "postcode | postal code | zip | zip code | zip/postal code | plz | postleitzahl | code postal | código postal",
    ),
    _field(
        "country", "Country", "name",
        """country | country/region | billing country | office location | location | headquarters | hq | hq country
        | land | pays | país | paese""",
    ),
    _field("industry", "Industry", "name",
        "industry | sector | vertical | sector/service | branche | secteur | settore"),
    _field(
        "employees", "Employees", "number",
        """employees | # employees | number of employees | no of employees | employee count | headcount | company size
        | mitarbeiter | anzahl mitarbeiter | mitarbeiterzahl | effectif | empleados | dipendenti""",
    ),
    _field(
        "revenue", "Annual revenue", "money",
        "revenue | annual revenue | turnover | annual sales | umsatz | jahresumsatz | chiffre d'affaires | fatturato",
    ),
    _field("year_founded", "Founded", "name",
        "year established | established | founded | year founded | founding year"),
    _field(
        "parent", "Parent company", "name",
        "parent | parent account | parent company | subsidiary of | owned by | belongs to | muttergesellschaft",
    ),
    _field("parent_key", "Parent's record id", "id", "parent id | parent account id | parent company id"),
    _field(
        "owner", "Owner", "name",
        """owner | account owner | company owner | account manager | sales rep | sales agent | assigned to
        | zuständig | eigentümer | propriétaire | propietario""",
    ),
    _field("description", "Description", "text", "description | about | notes | comment | comments | beschreibung"),
    _field("type", "Type", "name", "type | account type | customer type | segment | typ"),
    _field("linkedin", "LinkedIn page", "url",
        "linkedin | linkedin url | company linkedin url | linkedin company page"),
    _field("is_active", "Active", "flag", "active | is active"),
    _field(
        "created_at", "Created", "instant",
        """created | created at | created on | created date | create date | created time | date created | createdate
        | customer since | erstellt am | erstelldatum | aanmaakdatum | date de création | fecha de creación""",
    ),
    _field(
        "modified_at", "Last modified", "instant",
        "modified | last modified | last modified date | modified time | updated at | last updated",
    ),
    _field("last_activity_at", "Last activity", "instant", "last activity | last activity date | last contacted"),
)  # fmt: skip

CONTACT = (
    _field("key", "Record id", "id", f"{_IDS} | contact id | person id"),
    _field(
        "given_name", "First name", "name",
        """first name | firstname | given name | given names | forename | fname | vorname | prénom | nombre | nome
        | voornaam | förnamn""",
        one_of="who",
    ),
    _field(
        "family_name", "Last name", "name",
        """last name | lastname | surname | family name | lname | nachname | nom | nom de famille | apellido | apellidos
        | cognome | achternaam | efternamn""",
        one_of="who",
    ),
    _field(
        "full_name", "Full name", "name",
        "name | full name | fullname | contact | contact name | contact person | person | person name"
        " | ansprechpartner",
        one_of="who",
    ),
    _field(
        "email", "E-mail", "email",
        """email | e mail | mail | email address | e mail address | work email | business email | email 1
        | primary email | e mail adresse | courriel | correo | correo electrónico | adresse e mail""",
        one_of="who",
    ),
    _field("emails", "Other e-mails", "emails", "other email | secondary email | email 2 | additional emails | emails"),
    _field(
        "phone", "Phone", "phone",
        """phone | phone number | telephone | work phone | business phone | direct phone | office phone | tel | telefon
        | telefonnummer | téléphone | teléfono | telefono | telefoonnummer""",
    ),
    _field(
        "mobile", "Mobile", "phone",
        "mobile | mobile phone | mobile number | mobile phone number | cell | cell phone | mobil | handy | portable"
        " | móvil",
    ),
    _field(
        "title", "Job title", "name",
        "title | job title | position | role | function | job | stelle | berufsbezeichnung | poste | cargo | functie",
    ),
    _field("department", "Department", "name", "department | departments | division | team | abteilung | service"),
    _field(
        "company", "Company", "name",
        """company | company name | account | account name | organization | organisation | organization name | employer
        | firm | associated company | zugeordnetes unternehmen | firma | unternehmen | unternehmensname | entreprise
        | société | empresa | azienda
        | bedrijf""",
    ),
    _field(
        "account_key", "Company's record id", "id",
        "account id | company id | organization id | associated company id | primary associated company id",
    ),
    _field("street", "Street", "text", "street | address | street address | mailing street | straße | adresse"),
    _field("city", "City", "name", "city | town | mailing city | stadt | ort | ville | ciudad | città | plaats"),
    _field("state", "State or region", "name", "state | region | state/region | province | county | bundesland"),
    _field("postcode", "Postcode", "name",
        "postcode | postal code | zip | zip code | plz | postleitzahl | code postal"),
    _field("country", "Country", "name", "country | country/region | mailing country | land | pays | país | paese"),
    _field("linkedin", "LinkedIn profile", "url",
        "linkedin | linkedin url | linkedin profile | person linkedin url | profile url"),
    _field("owner", "Owner", "name", "owner | contact owner | sales rep | account manager | assigned to | zuständig"),
    _field("source", "Source", "name", "source | lead source | original source | contact source | quelle"),
    _field("buying_role", "Buying role", "list", "buying role | role in deal"),
    _field("status", "Status", "name", "status | contact status | lifecycle stage"),
    _field("opted_out", "Opted out", "flag",
        "opted out | unsubscribed | do not contact | do not email | email opt out"),
    _field("bounced", "E-mail bounces", "text",
        "email hard bounce reason | email bounced reason | hard bounce reason | bounce reason"),
    _field("has_left", "Has left the company", "flag",
        "has left | left company | left the company | no longer at company | no longer employed"),
    _field("description", "Description", "text", "description | notes | comment | comments | bemerkung"),
    _field(
        "created_at", "Created", "instant",
        """created | created at | created on | created date | create date | created time | date created | createdate
        | date added | erstellt am | erstelldatum | aanmaakdatum | date de création | fecha de creación""",
    ),
    _field(
        "modified_at", "Last modified", "instant",
        "modified | last modified | last modified date | modified time | updated at | last updated",
    ),
    _field("connected_on", "Connected on", "date", "connected on | connected | connection date"),
    _field(
        "last_activity_at", "Last activity", "instant",
        "last activity | last activity date | last contacted | last contact | last contact date",
    ),
)  # fmt: skip

DEAL = (
    _field(
        "key", "Record id", "id",
        f"{_IDS} | opportunity id | deal id | potential id | deal no | opportunity number",
    ),
    _field(
        "name", "Name", "name",
        """name | deal | deal name | dealname | opportunity | opportunity name | potential name | title | deal title
        | project name | dealname""",
        one_of="what",
    ),
    _field(
        "stage", "Stage", "name",
        """stage | deal stage | dealstage | sales stage | opportunity stage | pipeline stage | phase | deal phase
        | étape | etapa | fase""",
        one_of="what",
    ),
    _field("status", "Status", "name", "status | deal status | outcome | deal outcome", one_of="what"),
    _field("account_key", "Account's record id", "id", "account id | company id | organization id | customer id"),
    _field(
        "account", "Account", "name",
        """account | account name | company | company name | customer | customer name | client | client name
        | organization | organisation | firma | unternehmen | kunde | entreprise | empresa""",
        mentions="account",
    ),
    _field("contact_keys", "Contacts' record ids", "list", "contact id | contact ids | associated contact ids"),
    _field("contact", "Contact", "name",
        "contact | contact name | contact person | primary contact | associated contact"),
    _field("pipeline", "Pipeline", "name", "pipeline | sales pipeline | funnel"),
    _field(
        "amount", "Amount", "money",
        """amount | value | deal value | deal amount | deal size | close value | opportunity value | acv | arr | tcv
        | price | betrag | wert | montant | importe | bedrag | masked deal value""",
    ),
    _field("currency", "Currency", "currency",
        "currency | currency code | currency iso code | währung | devise | moneda"),
    _field(
        "close_date", "Close date", "date",
        """close date | closing date | closed date | expected close date | expected close | closed on | closedate
        | tentative close date | forecast close | abschlussdatum | date de clôture | fecha de cierre""",
    ),
    _field(
        "created_at", "Created", "instant",
        """created | created at | created on | created date | create date | created time | createdate | date created
        | engage date | open date | opened | start date | erstellt am | erstelldatum | aanmaakdatum""",
    ),
    _field(
        "owner", "Owner", "name",
        """owner | deal owner | opportunity owner | potential owner | sales agent | sales rep | sales person
        | salesperson
        | account executive | rep | assigned to | owner code | zuständig""",
    ),
    _field("next_step", "Next step", "text", "next step | next steps | next action | nächster schritt"),
    _field("forecast_category", "Forecast category", "name", "forecast category | forecast | forecast type | commit"),
    _field(
        "probability", "Probability (%)", "number",
        "probability | probability (%) | win probability | closure probability | wahrscheinlichkeit | likelihood",
    ),
    _field("is_closed", "Closed", "flag", "closed | is closed"),
    _field("is_won", "Won", "flag", "won | is won"),
    _field(
        "lost_reason", "Lost reason", "name",
        "lost reason | loss reason | reason lost | closed lost reason | reason for loss",
    ),
    _field("won_reason", "Won reason", "name", "won reason | closed won reason"),
    _field("product", "Product", "name", "product | product name | products | product deal | produkt"),
    _field("type", "Type", "name", "type | deal type | opportunity type"),
    _field("source", "Source", "name", "source | lead source | deal source | original source"),
    _field("description", "Description", "text", "description | notes | comment | comments | deal description"),
    _field("modified_at", "Last modified", "instant", "modified | last modified | last modified date | modified time"),
    _field("last_activity_at", "Last activity", "instant", "last activity | last activity date | last contacted"),
    _field("next_activity_at", "Next activity", "instant", "next activity | next activity date | next meeting"),
    _field("last_stage_change_at", "Last stage change", "instant", "last stage change date | stage changed on"),
    _field("stage_dates", "Stages entered", "instant"),
    _field("roles", "Roles", "list"),
)  # fmt: skip

STAGE_CHANGE = (
    _field("key", "Record id", "id", "id | history id"),
    _field("deal_key", "Deal's record id", "id", "opportunity id | deal id | potential id", is_needed=True),
    _field("stage", "New stage", "name", "stage name | to stage | new stage | stage", is_needed=True),
    _field("previous_stage", "Old stage", "name", "from stage | old stage | previous stage"),
    _field("amount", "New amount", "money", "amount | new amount"),
    _field("previous_amount", "Old amount", "money", "previous amount | old amount | prev amount"),
    _field("currency", "Currency", "currency", "currency | currency iso code"),
    _field("probability", "Probability (%)", "number", "probability"),
    _field("close_date", "New close date", "date", "close date | new close date"),
    _field("previous_close_date", "Old close date", "date", "previous close date | old close date | prev close date"),
    _field("forecast_category", "Forecast category", "name", "forecast category"),
    _field(
        "changed_at", "Changed", "instant",
        "changed at | changed on | change date | stage changed at | transition date | last modified",
        is_needed=True,
    ),
    _field("changed_by", "Changed by", "name", "changed by | created by | edited by"),
)  # fmt: skip

_DIRECTIONS = {
    "in": "in", "inbound": "in", "incoming": "in", "incoming_email": "in", "received": "in", "missed": "in",
    "out": "out", "outbound": "out", "outgoing": "out", "email": "out", "sent": "out", "forwarded_email": "out",
}  # fmt: skip
_KINDS = {
    "call": "call", "phone call": "call", "phone": "call", "email": "email", "e-mail": "email", "list email": "email",
    "meeting": "meeting", "event": "meeting", "appointment": "meeting", "demo": "meeting", "note": "note",
    "task": "task",
    "to-do": "task", "to_do": "task", "todo": "task", "other": "task", "message": "message", "linkedin": "message",
}  # fmt: skip

ACTIVITY = (
    _field("key", "Record id", "id", f"{_IDS} | activity id | task id | event id | call id"),
    _field("kind", "Kind", "name", "type | activity type | kind | activity", choices=_KINDS),
    _field("direction", "Direction", "name", "direction | call type | call direction | email direction",
        choices=_DIRECTIONS),
    _field("subject", "Subject", "name", "subject | title | activity name | betreff | objet | asunto"),
    _field("body", "Text", "text", "body | text | content | notes | description | comments | message"),
    _field(
        "happened_at", "When", "instant",
        """date | activity date | date time | start | start time | start date | start datetime | due date | timestamp
        | sent at | happened at | datum | call start time""",
        is_needed=True,
    ),
    _field("ended_at", "End", "instant", "end | end time | end date | end datetime"),
    _field("duration_s", "Duration (seconds)", "number",
        "duration (seconds) | duration in seconds | call duration (in seconds)"),
    _field("deal_key", "Deal's record id", "id", "deal id | opportunity id | potential id"),
    _field("account_key", "Account's record id", "id", "account id | company id | organization id"),
    _field("contact_keys", "Contacts' record ids", "list", "contact id | contact ids | who id"),
    _field("deal", "Deal", "name", "deal | deal name | opportunity"),
    _field("account", "Account", "name", "account | account name | company | organization"),
    _field("contact", "Contact", "name", "contact | contact name | contact person | with"),
    _field("emails", "Participants' e-mails", "emails",
        "email | e mail | to | attendees | participants | to address"),
    _field("from_email", "Sender's e-mail", "email", "from | sender | from address | sender email"),
    _field("owner", "Owner", "name", "owner | task owner | event owner | call owner | assigned to | created by"),
    _field("status", "Status", "name", "status | outcome | activity status | disposition"),
    _field("is_future", "Still to happen", "flag"),
    _field("created_at", "Created", "instant", "created | created at | created date | create date | created time"),
)  # fmt: skip

COLLEAGUE = (
    _field("key", "Record id", "id", "user id | employee id | agent id | rep id"),
    _field(
        "name", "Name", "name",
        """sales agent | sales rep | sales person | salesperson | rep | agent | employee | colleague | user | user name
        | username | full name | name | account executive""",
        one_of="who",
        is_identity=True,  # other tables call them by name
    ),
    _field("email", "E-mail", "email", "email | e mail | work email | user email | email address", one_of="who"),
    _field("title", "Job title", "name", "title | job title | role"),
    _field("department", "Department", "name", "department | division"),
    _field("manager", "Manager", "name",
        "manager | sales manager | team lead | supervisor | reports to | line manager"),
    _field("manager_key", "Manager's record id", "id", "manager id"),
    _field("region", "Region", "name", "regional office | region | territory | team | office | sales region"),
    _field("phone", "Phone", "phone", "phone | mobile"),
    _field("is_active", "Active", "flag", "active | is active"),
)  # fmt: skip

FIELDS: Mapping[str, tuple[Field, ...]] = {
    "colleague": COLLEAGUE,
    "account": ACCOUNT,
    "contact": CONTACT,
    "deal": DEAL,
    "stage_change": STAGE_CHANGE,
    "activity": ACTIVITY,
}
