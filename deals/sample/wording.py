"""What is written, said and agreed while a deal runs: subjects, bodies and notes by phase, to be filled in."""

from dataclasses import dataclass

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
    "the works council",
    "reporting to management",
    "barcode scanning",
    "on-call weekends",
    "asset history",
    "the move off spreadsheets",
)


@dataclass(frozen=True, kw_only=True)
class Phrases:
    """Texts of one phase. E-mails, calls and meetings are (subject, text); replies and notes are texts."""

    mails: tuple[tuple[str, str], ...]
    replies: tuple[str, ...]
    calls: tuple[tuple[str, str], ...]
    meetings: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


OPENING = Phrases(
    mails=(
        (
            "Planning crews at {firm}",
            "Hello {first},\n\nyou asked on our site how teams your size plan their crews with {product}. Would 20 minutes "
            "next week help? I would bring an example from a firm that plans about {seats} people.\n\nBest\n{us}",
        ),
        (
            "Your question about {topic}",
            "Hi {first},\n\nthanks for filling in the form. The short answer on {topic} is yes; the longer one depends on "
            "how your dispatchers work today. When can we talk?\n\n{us}",
        ),
        (
            "Following up from the maintenance forum",
            "Hi {first},\n\ngood to meet you at the forum. You mentioned {topic}. I attach two pages on how others solved "
            "it.\n\nRegards\n{us}",
        ),
        (
            "Introduction: {product}",
            "Dear {first},\n\na colleague of yours suggested I write to you about {topic}. Is that on your list this "
            "year, or should I come back later?\n\n{us}",
        ),
        ("A quick one on {topic}", "Hi {first},\n\nwho at {firm} looks after {topic} these days?\n\nThanks\n{us}"),
    ),
    replies=(
        "Hi {us},\n\nThursday after lunch works. Please send an invitation.\n\n{first}",
        "Hello {us},\n\ninteresting, but we are in the middle of the budget round. Let us speak anyway, just don't expect "
        "a quick decision.\n\nRegards\n{first}",
        "{us},\n\nthat is me and our head of service. I'll forward your note.\n\n{first}",
        "Yes please, and bring somebody who can say something about {topic}.\n\n{first}",
    ),
    calls=(
        ("First call", "{first} plans with whiteboard and phone today. About {seats} technicians. Main pain: {topic}."),
        ("Call with {first}", "Short chat. Sends us last month's work orders so that we can show their own data."),
        ("Inbound call", "{first} saw {product} at a neighbour's site and asked what it costs for {seats} people."),
        ("Qualifying call", "Budget not fixed. Wants to replace spreadsheets before winter. Asked about {topic}."),
    ),
    meetings=(
        ("Intro {firm} / Quillmere", "Round of introductions. They want to start with one depot. Open point: {topic}."),
        (
            "First meeting with {first}",
            "Current tool runs out of support. {first} collects requirements until month end.",
        ),
    ),
    notes=(
        "Lead from the website, asked about {topic}. About {seats} people in the field.",
        "{first} is well connected with the works manager; good first contact.",
        "Uses an in-house tool written by somebody who retires soon.",
    ),
)

QUALIFYING = Phrases(
    mails=(
        (
            "Agenda for our workshop",
            "Hi {first},\n\nproposal for the agenda: your planning day today, {topic}, what success looks like after three "
            "months. Who else should be there?\n\n{us}",
        ),
        (
            "Questions before the demo",
            "Hello {first},\n\nfour questions so that the demo fits: number of dispatchers, devices in the field, ERP "
            "release, and how you handle {topic} today.\n\nThanks\n{us}",
        ),
        (
            "Summary of today and next steps",
            "Hi {first},\n\nthanks for the open talk. What I took away: (1) {topic} costs you most time, (2) about {seats} "
            "users, (3) decision before the end of the quarter. Did I miss something?\n\n{us}",
        ),
        (
            "Reference call on {topic}",
            "Hi {first},\n\na customer of similar size is happy to talk to you about {topic}. Shall I put you in "
            "touch?\n\n{us}",
        ),
        (
            "Numbers for your business case",
            "Hi {first},\n\nattached the sheet we talked about. The yellow cells are yours.\n\n{us}",
        ),
    ),
    replies=(
        "Hi {us},\n\nlooks right. On (2) please count the subcontractors as well.\n\n{first}",
        "Thanks {us}. I've asked IT about the ERP release and will come back to you.\n\n{first}",
        "Yes, a reference would help me internally.\n\nBest\n{first}",
        "Hello {us},\n\nour finance manager wants to join. Could we move it to the week after?\n\n{first}",
        "Filled in what I could. The hours per week are an estimate.\n\n{first}",
    ),
    calls=(
        (
            "Requirements call",
            "Went through the list. Must-haves: {topic}, German and Polish in the app, export to payroll.",
        ),
        ("Call with {first}", "Decision is made by the operations board, next one in about five weeks."),
        ("Follow-up call", "{first} has the numbers. Estimates nine hours a week lost to phone calls."),
        ("Check-in", "They also look at one other vendor, cheaper but without {topic}."),
    ),
    meetings=(
        (
            "Discovery workshop {firm}",
            "Walked through a planning day. Biggest time sink is {topic}. {seats} users confirmed.",
        ),
        ("Requirements with operations", "Operations and IT in one room. Agreed on a pilot depot and three measures."),
        ("Site visit {city}", "Saw the dispatch desk. Four screens, two whiteboards. {first} is our champion here."),
    ),
    notes=(
        "Economic buyer is the COO; {first} prepares the paper for the board.",
        "Competitor in the account: a planning add-on of their ERP vendor.",
        "IT insists on single sign-on and hosting in the EU.",
    ),
)

SHOWING = Phrases(
    mails=(
        (
            "Recording of the demo",
            "Hi {first},\n\nas promised the recording and the test login. {topic} starts at minute 24.\n\n{us}",
        ),
        (
            "Answers from our engineers",
            "Hello {first},\n\non {topic}: works with your release, needs one service user, takes about two days. Happy to "
            "get both teams on a call.\n\n{us}",
        ),
        (
            "Pilot plan for {city}",
            "Hi {first},\n\nattached a plan for a four-week pilot with one crew. Week 1 is set-up, we measure from week "
            "2.\n\nBest\n{us}",
        ),
        (
            "Demo on your own data",
            "Hi {first},\n\nthe import went through, 1,846 work orders. Shall we look at it together?\n\n{us}",
        ),
        (
            "Security questionnaire",
            "Hi {first},\n\nplease find the questionnaire with our answers. Number 31 on {topic} is the only one with a "
            "remark.\n\n{us}",
        ),
    ),
    replies=(
        "Hi {us},\n\nthe dispatchers liked it, especially the map. Question from IT: what about {topic}?\n\n{first}",
        "Thank you, very helpful. I'll show it to the team on Monday.\n\n{first}",
        "{us},\n\ncan the pilot start a week later? Two people are on holiday.\n\n{first}",
        "The login works. First impression: quicker than I thought.\n\n{first}",
        "Thanks. Security is fine with the answers.\n\nRegards\n{first}",
    ),
    calls=(
        ("Demo debrief", "{first} is convinced, the dispatchers are too. The plant manager worries about {topic}."),
        ("Technical call", "Their IT and our engineer on {topic}. No blocker, two small open points."),
        ("Pilot check-in", "Second week: 14 of 16 technicians use the app daily."),
        ("Call with {first}", "Wants a version of the slides for the board. Sent the same day."),
    ),
    meetings=(
        (
            "Demo {product}",
            "Live demo with nine people. Best received: {topic}. Question about reports by cost centre.",
        ),
        ("Technical deep dive", "Interface, roles and rights, hosting. IT writes a short assessment."),
        ("Pilot kick-off {city}", "Crew of sixteen. {first} is responsible on their side, weekly call on Fridays."),
        ("Pilot review", "Travel time down by 11 percent. {first} presents it to the management."),
    ),
    notes=(
        "Test system is ready; {first} and two dispatchers have logins.",
        "They compare {product} with doing nothing. Doing nothing is the stronger competitor.",
        "Board paper is planned for next month.",
    ),
)

PROPOSING = Phrases(
    mails=(
        (
            "Our offer for {firm}",
            "Dear {first},\n\nattached is our offer for {seats} users of {product}, including set-up and two days of "
            "training. It is valid for 30 days.\n\nKind regards\n{us}",
        ),
        (
            "Revised offer",
            "Hi {first},\n\nas discussed I split the offer into two steps; {topic} moved to the second. The total for the "
            "first year is on page 3.\n\n{us}",
        ),
        (
            "Offer: any questions?",
            "Hi {first},\n\ndid the offer reach everybody who needs it? I am around all week.\n\n{us}",
        ),
        (
            "Return on investment, two pages",
            "Hello {first},\n\nfor your board paper: the calculation with your own numbers from the pilot.\n\nBest\n{us}",
        ),
        (
            "Answer to procurement",
            "Hi {first},\n\nplease find the filled-in supplier form. On {topic} I added a sentence.\n\n{us}",
        ),
    ),
    replies=(
        "Dear {us},\n\nthank you. I'll take it to our management meeting and come back to you.\n\n{first}",
        "Hi {us},\n\nprocurement asks for a discount on three years. What can you do?\n\n{first}",
        "Understood. Please add {topic} as an option, with a price.\n\n{first}",
        "The two steps make it easier for us. Thanks.\n\n{first}",
    ),
    calls=(
        (
            "Offer walk-through",
            "Went through it page by page. {first} is fine with the price, procurement will not be.",
        ),
        ("Call about the offer", "Needs a version without {topic} to stay below the limit for the board."),
        ("Price call", "Procurement joined. Asked for payment by quarter."),
        ("Call with {first}", "Management meeting postponed by a week; no doubt about the matter itself."),
    ),
    meetings=(
        (
            "Presentation to management {firm}",
            "Twenty minutes in the management meeting. COO asked about {topic} twice.",
        ),
        ("Offer review", "Scope agreed. Open: price for the third year and start date."),
        ("Meeting with procurement", "Usual round. Want 12 percent, will be happy with less."),
    ),
    notes=(
        "Offer sent for {seats} users, list price less 8 percent.",
        "CFO signs above 50,000; below that the managing director alone.",
        "{first} will push for a decision before the holidays.",
    ),
)

NEGOTIATING = Phrases(
    mails=(
        (
            "Contract draft",
            "Dear {first},\n\nplease find the contract with your lawyer's changes. We accept all but 7.2, see my "
            "comment.\n\nKind regards\n{us}",
        ),
        (
            "Data processing agreement, signed",
            "Hi {first},\n\nattached the signed agreement. With that, everything from our side is in.\n\n{us}",
        ),
        (
            "Start date",
            "Hi {first},\n\nif we have the signature by Friday I can keep the training slot in three weeks.\n\nBest\n{us}",
        ),
        ("Payment terms", "Hello {first},\n\n30 days and quarterly is fine with us. I updated page 5.\n\n{us}"),
        (
            "Open points list",
            "Hi {first},\n\nthree left: liability, {topic}, start date. Could we close them on one call?\n\n{us}",
        ),
    ),
    replies=(
        "Hi {us},\n\nlegal has it on the desk. I hope for Thursday.\n\n{first}",
        "Thanks, 7.2 is fine as you propose.\n\n{first}",
        "{us},\n\nthe managing director is travelling until Wednesday, then he signs.\n\n{first}",
        "Please send the final version to me and to our finance manager.\n\nRegards\n{first}",
    ),
    calls=(
        ("Contract call", "Closed two of three points. Liability goes back to legal."),
        ("Call with {first}", "Budget is released. Waiting for the second signature."),
        ("Call with legal", "They want our insurance certificate. Sent."),
    ),
    meetings=(
        ("Contract review", "Both lawyers. Last open point is the notice period."),
        ("Mutual plan {firm}", "Dates agreed to the first working day in the system. {first} owns the list."),
    ),
    notes=(
        "Signature needs two people, one of them on holiday until mid-month.",
        "Discount approved internally up to 12 percent.",
    ),
)

STARTING = Phrases(
    mails=(
        (
            "Welcome to Quillmere",
            "Dear {first},\n\nwe are glad to have you. Your project lead writes to you tomorrow.\n\n{us}",
        ),
        ("Training dates", "Hi {first},\n\nhere are three dates for the dispatcher training in {city}.\n\n{us}"),
        (
            "Invoice and next steps",
            "Hello {first},\n\nthe first invoice goes out this week. Kick-off is planned.\n\n{us}",
        ),
    ),
    replies=("Great, looking forward to it.\n\n{first}", "The second date suits us best.\n\nThanks\n{first}"),
    calls=(
        ("Hand-over call", "Project team introduced. {first} stays our contact."),
        ("Go-live call", "First week in use. Two questions about {topic}, both answered."),
    ),
    meetings=(("Kick-off {firm}", "Project plan agreed, first depot live in six weeks."),),
    notes=("Contract signed and filed. Hand-over to the project team done.",),
)

CLOSING = Phrases(
    mails=(
        ("Thank you anyway", "Dear {first},\n\nthanks for being so open. I'll check in again in half a year.\n\n{us}"),
        ("Your decision", "Hi {first},\n\na pity, but understood. What would have changed your mind?\n\n{us}"),
    ),
    replies=(
        "Hi {us},\n\nit was close. In the end {topic} was decided by headquarters.\n\n{first}",
        "Nothing you could have done. The budget went into the new hall.\n\n{first}",
    ),
    calls=(("Loss call", "{first} was frank: price and {topic}. Would talk again next year."),),
    meetings=(("Debrief {firm}", "Half an hour on why we lost. Useful."),),
    notes=("Lost. Come back when the contract with the other vendor ends.",),
)

# Between deals: customers, dormant contacts, people who may buy one day.
KEEPING = Phrases(
    mails=(
        ("Release notes, spring", "Hi {first},\n\nnew this quarter: better {topic}. Two minutes to read.\n\n{us}"),
        ("How is it going?", "Hi {first},\n\na while since we spoke. Anything we should know about?\n\n{us}"),
        (
            "Invitation: user meeting in {city}",
            "Dear {first},\n\nwe would be happy to see you there. Topic this time: {topic}.\n\n{us}",
        ),
        (
            "Your renewal",
            "Hello {first},\n\nyour contract renews in a few months. Shall we look at the number of users?\n\n{us}",
        ),
        ("Article on {topic}", "Hi {first},\n\nthought of you when I read this.\n\n{us}"),
        (
            "New contact for {firm}",
            "Hi {first},\n\nI have taken over your account. Could we have a short call?\n\n{us}",
        ),
    ),
    replies=(
        "Thanks {us}, all fine here. We might need more users in the new year.\n\n{first}",
        "I'm afraid I can't make it, but a colleague will come.\n\n{first}",
        "Good that you ask: {topic} is still a manual job.\n\n{first}",
        "Could you call me next week?\n\n{first}",
    ),
    calls=(
        ("Quarterly check-in", "Content. Uses about two thirds of the licences. {topic} keeps coming up."),
        ("Call with {first}", "Reorganisation under way, nothing before next quarter."),
        ("Support follow-up", "Ticket about {topic} is solved; {first} thanked the team."),
        ("Cold call", "Friendly, no need at present. Call again in six months."),
    ),
    meetings=(
        ("Business review {firm}", "Numbers of the year. 61 percent fewer calls to dispatch. Wants {topic} next."),
        ("Lunch with {first}", "New plant planned in {city}. Stays in touch."),
        ("User meeting", "{first} presented how they handle {topic}."),
    ),
    notes=(
        "{first} prefers calls after three.",
        "Reads everything, answers little.",
        "Asked to be left alone until the merger is through.",
        "Interested in {topic}, no budget this year.",
    ),
)

# Phrases by stage: five open ones, then won, then lost.
BY_STAGE = (OPENING, QUALIFYING, SHOWING, PROPOSING, NEGOTIATING, STARTING, CLOSING)

# When nobody answers any more.
CHASERS = (
    ("Any news?", "Hi {first},\n\nis there anything you still need from me?\n\n{us}"),
    ("Trying again", "Hello {first},\n\nI know these are busy weeks. One line would help me plan.\n\n{us}"),
    (
        "Should I close the file?",
        "Hi {first},\n\nif the timing is wrong, tell me and I'll come back in the autumn.\n\n{us}",
    ),
    ("Still on for this quarter?", "Hi {first},\n\nour project team asks whether to keep your slot.\n\n{us}"),
    ("Re: Our offer for {firm}", "Hi {first},\n\njust making sure my last mail did not get lost.\n\n{us}"),
)
MISSED_CALLS = (
    ("Call attempt", "No answer, left a message with the switchboard."),
    ("Tried to reach {first}", "Voicemail."),
    ("Call attempt", "In a meeting, no call back so far."),
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

LOSS_REASONS = (
    "Price",
    "No decision",
    "Budget frozen",
    "Lost to competitor",
    "Missing feature",
    "Project stopped",
    "Kept in-house tool",
)
