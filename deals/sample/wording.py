"""What deals are about, what is to be done next, and what is said when nobody answers any more."""

PRODUCTS = ("Quillmere Dispatch", "Quillmere Field", "Quillmere Insight")

TOPICS = (
    "offline mode in the field app",
    "the SAP PM interface",
    "spare parts on the vans",
    "shift rosters",
    "single sign-on",
    "the data processing agreement",
    "route planning",
    "inspection checklists",
    "importing old work orders",
    "photo documentation",
    "subcontractor access",
    "overtime rules",
    "reports by cost centre",
    "barcode scanning",
    "on-call weekends",
    "asset history",
    "customer signatures on site",
    "the move off spreadsheets",
)

NEXT_STEPS = (
    "Send revised offer",
    "Workshop with IT and dispatch",
    "{first} confirms budget with CFO",
    "Demo for the plant managers",
    "Contract to legal",
    "Agree start date of pilot",
    "Meet COO on site",
    "Reference call",
    "Get sign-off on data processing agreement",
    "Finish security questionnaire",
)

TO_DOS = (
    "Prepare next meeting",
    "Send material on {topic}",
    "Check number of seats with {first}",
    "Ask {first} about {topic}",
    "Update account plan",
    "Find reference customer near {city}",
    "Internal: discount approval",
)

LOSS_REASONS = (
    "Price",
    "No decision",
    "Budget frozen",
    "Lost to competitor",
    "Missing feature",
    "Project stopped",
    "Kept in-house tool",
)

# (subject, text)
CHASERS = (
    ("Any news?", "Hi {first},\n\nis there anything you still need from me?\n\n{us}"),
    ("Trying again", "Hello {first},\n\nI know these are busy weeks. One line would help me plan.\n\n{us}"),
    (
        "Should I close the file?",
        "Hi {first},\n\nif the timing is wrong, tell me and I'll come back next season.\n\n{us}",
    ),
    ("Still on for this quarter?", "Hi {first},\n\nour project team asks whether to keep your slot.\n\n{us}"),
    ("My last mail", "Hi {first},\n\njust making sure it did not get lost. I attach it again.\n\nBest\n{us}"),
)
MISSED_CALLS = (
    ("Call attempt", "No answer, left a message with the switchboard."),
    ("Tried to reach {first}", "Voicemail."),
    ("Call attempt", "In a meeting, no call back so far."),
)
