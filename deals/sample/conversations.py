"""Calls, meetings and notes by phase of a deal, to be filled in."""

from dataclasses import dataclass

Talk = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Talks:
    """Calls and meetings as (subject, notes), and notes on their own."""

    calls: tuple[Talk, ...]
    meetings: tuple[Talk, ...]
    notes: tuple[str, ...]


OPENING = Talks(
    calls=(
        ("First call", "{first} plans with whiteboard and phone today. About {seats} technicians. Main pain: {topic}."),
        ("Call with {first}", "Short chat. Sends us last month's work orders so that we can show their own data."),
        ("Inbound call", "{first} saw {product} at a neighbour's site and asked what it costs for {seats} people."),
        ("Qualifying call", "Budget not fixed. Wants to replace spreadsheets before winter. Asked about {topic}."),
        ("Call back", "Had missed us twice. Interested, but first wants to know whether we do {topic}."),
    ),
    meetings=(
        ("Intro {firm} / Quillmere", "Round of introductions. They want to start with one depot. Open point: {topic}."),
        (
            "First meeting with {first}",
            "Current tool runs out of support. {first} collects requirements until month end.",
        ),
        ("Short demo for {first}", "Fifteen minutes on {topic}. Wants to bring the dispatchers next time."),
    ),
    notes=(
        "Lead from the website, asked about {topic}. About {seats} people in the field.",
        "{first} is well connected with the works manager; good first contact.",
        "Uses an in-house tool written by somebody who retires soon.",
    ),
)

QUALIFYING = Talks(
    calls=(
        ("Requirements call", "Went through the list. Must-haves: {topic}, app in two languages, export to payroll."),
        ("Call with {first}", "Decision is made by the operations board, next one in about five weeks."),
        ("Follow-up call", "{first} has the numbers. Estimates nine hours a week lost to phone calls."),
        ("Check-in", "They also look at one other vendor, cheaper but without {topic}."),
        ("Call on budget", "Money is there if it comes before the end of the fiscal year."),
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
        "IT insists on single sign-on and hosting in the region.",
        "{first} asked twice about {topic}; have an engineer ready.",
    ),
)

SHOWING = Talks(
    calls=(
        ("Demo debrief", "{first} is convinced, the dispatchers are too. The plant manager worries about {topic}."),
        ("Technical call", "Their IT and our engineer on {topic}. No blocker, two small open points."),
        ("Pilot check-in", "Second week: 14 of 16 technicians use the app daily."),
        ("Call with {first}", "Wants a version of the slides for the board. Sent the same day."),
    ),
    meetings=(
        ("Demo {product}", "Live demo with nine people. Best received: {topic}. Question about offline use."),
        ("Technical deep dive", "Interface, roles and rights, hosting. IT writes a short assessment."),
        ("Pilot kick-off {city}", "Crew of sixteen. {first} is responsible on their side, weekly call on Fridays."),
        ("Pilot review", "Travel time down by 11 percent. {first} presents it to the management."),
        ("Second demo, dispatchers only", "Hands-on hour. They tried to break {topic} and gave up."),
    ),
    notes=(
        "Test system is ready; {first} and two dispatchers have logins.",
        "They compare {product} with doing nothing. Doing nothing is the stronger competitor.",
        "Board paper is planned for next month.",
    ),
)

PROPOSING = Talks(
    calls=(
        ("Offer walk-through", "Page by page. {first} is fine with the price, procurement will not be."),
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

NEGOTIATING = Talks(
    calls=(
        ("Contract call", "Closed two of three points. Liability goes back to legal."),
        ("Call with {first}", "Budget is released. Waiting for the second signature."),
        ("Call with legal", "They want our insurance certificate. Sent."),
        ("Short call", "{first} has the contract in the signature folder."),
    ),
    meetings=(
        ("Contract review", "Both lawyers. Last open point is the notice period."),
        ("Mutual plan {firm}", "Dates agreed to the first working day in the system. {first} owns the list."),
        ("Final round {firm}", "COO, {first} and procurement. Handshake on price, {topic} comes with phase two."),
    ),
    notes=(
        "Signature needs two people, one of them on holiday until mid-month.",
        "Discount approved internally up to 12 percent.",
    ),
)

STARTING = Talks(
    calls=(
        ("Hand-over call", "Project team introduced. {first} stays our contact."),
        ("Go-live call", "First week in use. Two questions about {topic}, both answered."),
    ),
    meetings=(("Kick-off {firm}", "Project plan agreed, first depot live in six weeks."),),
    notes=("Contract signed and filed. Hand-over to the project team done.",),
)

CLOSING = Talks(
    calls=(("Loss call", "{first} was frank: price and {topic}. Would talk again next year."),),
    meetings=(("Debrief {firm}", "Half an hour on why we lost. Useful."),),
    notes=("Lost. Come back when the contract with the other vendor ends.",),
)

KEEPING = Talks(
    calls=(
        ("Quarterly check-in", "Content. Uses about two thirds of the licences. Still asks about {topic}."),
        ("Call with {first}", "Reorganisation under way, nothing before next quarter."),
        ("Support follow-up", "Ticket about {topic} is solved; {first} thanked the team."),
        ("Cold call", "Friendly, no need at present. Call again in six months."),
        ("Call from {first}", "Asked for the price of {seats} more users. No project behind it yet."),
        ("Reference request", "{first} would speak about {topic} to a prospect, half an hour at most."),
        ("Courtesy call", "New role since spring, now also responsible for {topic}."),
    ),
    meetings=(
        ("Business review {firm}", "Numbers of the year. 61 percent fewer calls to dispatch. Wants {topic} next."),
        ("Lunch with {first}", "New plant planned near {city}. Stays in touch."),
        ("User meeting {city}", "{first} presented how they handle {topic}."),
        ("Webinar: {topic}", "{first} asked two good questions, sent the slides afterwards."),
        ("Site visit {firm}", "Walked the workshop in {city}. Interest in {product}, no date."),
        ("Coffee at the fair", "Ten minutes at our stand. {first} looks at {topic} again next year."),
        ("Half-year review {firm}", "Open tickets down to three. {first} wants training for new staff."),
    ),
    notes=(
        "{first} prefers calls after three.",
        "Reads everything, answers little.",
        "Asked to be left alone until the merger is through.",
        "Interested in {topic}, no budget this year.",
        "{first} knows the people at several other sites around {city}.",
        "Contract with the other vendor runs two more years.",
        "Birthday cake in the office, good mood, no news.",
    ),
)

# Five open stages, then won, then lost.
BY_STAGE = (OPENING, QUALIFYING, SHOWING, PROPOSING, NEGOTIATING, STARTING, CLOSING)
