"""E-mails by phase of a deal: what we write and what comes back, to be filled in."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Mail:
    """A message of ours and the answers that fit it."""

    subject: str
    text: str
    replies: tuple[str, ...]


def _mail(subject: str, text: str, *replies: str) -> Mail:
    return Mail(subject=subject, text=text, replies=replies)


OPENING = (
    _mail(
        "Planning crews at {firm}",
        "Hello {first},\n\nyou asked on our site how teams your size plan their crews with {product}. Would 20 "
        "minutes next "
        "week help? I would bring an example from a firm that plans about {seats} people.\n\nBest\n{us}",
        "Hi {us},\n\nThursday after lunch works. Please send an invitation.\n\n{first}",
        "Hello {us},\n\nwe are in the middle of the budget round. Let us speak anyway, just don't expect a quick "
        "decision.\n\nRegards\n{first}",
    ),
    _mail(
        "Your question about {topic}",
        "Hi {first},\n\nthanks for filling in the form. The short answer on {topic} is yes; the longer one depends "
        "on how "
        "your dispatchers work today. When can we talk?\n\n{us}",
        "Tomorrow between ten and eleven would be fine.\n\n{first}",
        "Good to hear. I'm out this week, let's say Monday.\n\nThanks\n{first}",
    ),
    _mail(
        "Following up from the maintenance forum",
        "Hi {first},\n\ngood to meet you at the forum. You mentioned {topic}. I attach two pages on how others "
        "solved it."
        "\n\nRegards\n{us}",
        "Thanks {us}, that was quick. I passed it on to our head of service.\n\n{first}",
        "Helpful, thank you. Does this also work with subcontractors?\n\n{first}",
    ),
    _mail(
        "Introduction: {product}",
        "Dear {first},\n\na colleague of yours suggested I write to you about {topic}. Is that on your list this "
        "year, or "
        "should I come back later?\n\n{us}",
        "Dear {us},\n\nit is on the list, though not at the top. A short call can't hurt.\n\n{first}",
        "It is. Please include our IT in the invitation.\n\nRegards\n{first}",
    ),
    _mail(
        "A quick one on {topic}",
        "Hi {first},\n\nwho at {firm} looks after {topic} these days?\n\nThanks\n{us}",
        "{us},\n\nthat would be me, together with our head of service.\n\n{first}",
        "Nobody really, which is the problem. Call me.\n\n{first}",
    ),
    _mail(
        "{seats} technicians, one screen",
        "Hi {first},\n\nI promised an example of a planning board with about {seats} people on it. It is attached, "
        "names "
        "removed.\n\nBest\n{us}",
        "Looks tidier than ours! Can it show {topic}?\n\n{first}",
        "Thank you. I showed it to our dispatchers and they want to see more.\n\n{first}",
    ),
)

QUALIFYING = (
    _mail(
        "Agenda for our workshop",
        "Hi {first},\n\nproposal for the agenda: your planning day today, {topic}, what success looks like after three "
        "months. Who else should be there?\n\n{us}",
        "Agenda is fine. I'll bring two dispatchers and somebody from IT.\n\n{first}",
        "Hello {us},\n\nour finance manager wants to join. Could we move it to the week after?\n\n{first}",
    ),
    _mail(
        "Questions before the demo",
        "Hello {first},\n\nfour questions so that the demo fits: number of dispatchers, devices in the field, ERP "
        "release, "
        "and how you handle {topic} today.\n\nThanks\n{us}",
        "Six dispatchers, Android only, ERP release follows. The last one: on paper.\n\n{first}",
        "Hi {us},\n\nanswers in blue in your mail below. IT still owes me the release.\n\n{first}",
    ),
    _mail(
        "Summary of today and next steps",
        "Hi {first},\n\nthanks for the open talk. What I took away: (1) {topic} costs you most time, (2) about {seats} "
        "users, (3) decision before the end of the quarter. Did I miss something?\n\n{us}",
        "Hi {us},\n\nlooks right. On (2) please count the subcontractors as well.\n\n{first}",
        "Correct, with one change: (3) depends on the board, so rather the quarter after.\n\nRegards\n{first}",
    ),
    _mail(
        "Reference call on {topic}",
        "Hi {first},\n\na customer of similar size is happy to talk to you about {topic}. Shall I put you in "
        "touch?\n\n{us}",
        "Yes, that would help me internally.\n\nBest\n{first}",
        "Gladly, but next month, please.\n\n{first}",
    ),
    _mail(
        "Numbers for your business case",
        "Hi {first},\n\nattached the sheet we talked about. The yellow cells are yours.\n\n{us}",
        "Filled in what I could. The hours per week are an estimate.\n\n{first}",
        "Thanks. Our controller will look at it before I send it back.\n\n{first}",
    ),
    _mail(
        "Who decides what",
        "Hi {first},\n\nso that I don't waste anybody's time: who signs for a project like this, and who can stop "
        "it?\n\n{us}",
        "Fair question. The COO signs, procurement can slow it down.\n\n{first}",
        "Up to 50,000 our director alone, above that the board.\n\n{first}",
    ),
)

SHOWING = (
    _mail(
        "Recording of the demo",
        "Hi {first},\n\nas promised the recording and the test login. Minute 24 shows {topic}.\n\n{us}",
        "Hi {us},\n\nthe dispatchers liked it, especially the map.\n\n{first}",
        "The login works. First impression: quicker than I thought.\n\n{first}",
    ),
    _mail(
        "Answers from our engineers",
        "Hello {first},\n\non {topic}: works with your release, needs one service user, takes about two days. Happy "
        "to get "
        "both teams on a call.\n\n{us}",
        "Thank you, IT is satisfied with that.\n\n{first}",
        "Yes please, a call would help. Our administrator is free on Friday.\n\nThanks\n{first}",
    ),
    _mail(
        "Pilot plan for {city}",
        "Hi {first},\n\nattached a plan for a four-week pilot with one crew. Week 1 is set-up, we measure from week "
        "2.\n\n"
        "Best\n{us}",
        "{us},\n\ncan the pilot start a week later? Two people are on holiday.\n\n{first}",
        "Looks good. I'll pick the crew.\n\n{first}",
    ),
    _mail(
        "Demo on your own data",
        "Hi {first},\n\nthe import went through, 1,846 work orders. Shall we look at it together?\n\n{us}",
        "That many? Then yes, tomorrow at two.\n\n{first}",
        "Yes. Some of them are test orders, I'm afraid.\n\n{first}",
    ),
    _mail(
        "Security questionnaire",
        "Hi {first},\n\nplease find the questionnaire with our answers. Number 31 on {topic} is the only one with a "
        "remark."
        "\n\n{us}",
        "Thanks. Security is fine with the answers.\n\nRegards\n{first}",
        "They ask about number 31: could you put it more plainly?\n\n{first}",
    ),
    _mail(
        "First pilot week",
        "Hi {first},\n\n12 of 16 technicians used the app every day. The other four asked about {topic}. I'll call "
        "them.\n\n{us}",
        "Better than I feared. Thanks for calling them.\n\n{first}",
        "The four are always the same four. Go ahead.\n\n{first}",
    ),
)

PROPOSING = (
    _mail(
        "Our offer for {firm}",
        "Dear {first},\n\nattached is our offer for {seats} users of {product}, including set-up and two days of "
        "training. "
        "It is valid for 30 days.\n\nKind regards\n{us}",
        "Dear {us},\n\nthank you. I'll take it to our management meeting and come back to you.\n\n{first}",
        "Received, thanks. Procurement will ask for a discount on three years.\n\n{first}",
    ),
    _mail(
        "Revised offer",
        "Hi {first},\n\nas discussed I split the offer into two steps; {topic} moved to the second. The total for "
        "the first "
        "year is on page 3.\n\n{us}",
        "The two steps make it easier for us. Thanks.\n\n{first}",
        "Understood. Please show the second step as an option with a price.\n\n{first}",
    ),
    _mail(
        "Offer: any questions?",
        "Hi {first},\n\ndid the offer reach everybody who needs it? I am around all week.\n\n{us}",
        "It did. Finance has it until Wednesday.\n\n{first}",
        "One question from our CFO: is training included?\n\n{first}",
    ),
    _mail(
        "Return on investment, two pages",
        "Hello {first},\n\nfor your board paper: the calculation with your own numbers from the pilot.\n\nBest\n{us}",
        "Exactly what I needed.\n\nThanks\n{first}",
        "Our controller uses a lower hourly rate. Can you redo it with 41?\n\n{first}",
    ),
    _mail(
        "Answer to procurement",
        "Hi {first},\n\nplease find the filled-in supplier form. On {topic} I added a sentence.\n\n{us}",
        "Forwarded. They usually take a week.\n\n{first}",
        "Thanks, that was the last missing form.\n\n{first}",
    ),
)

NEGOTIATING = (
    _mail(
        "Contract draft",
        "Dear {first},\n\nplease find the contract with your lawyer's changes. We accept all but 7.2, see my "
        "comment.\n\n"
        "Kind regards\n{us}",
        "Hi {us},\n\nlegal has it on the desk. I hope for Thursday.\n\n{first}",
        "Thanks, 7.2 is fine as you propose.\n\n{first}",
    ),
    _mail(
        "Data processing agreement, signed",
        "Hi {first},\n\nattached the signed agreement. With that, everything from our side is in.\n\n{us}",
        "Thank you, filed.\n\n{first}",
        "Good. The managing director is travelling until Wednesday, then he signs the rest.\n\n{first}",
    ),
    _mail(
        "Start date",
        "Hi {first},\n\nif we have the signature by Friday I can keep the training slot in three weeks.\n\nBest\n{us}",
        "We'll do what we can. Please keep it until Monday.\n\n{first}",
        "Friday is tight but possible.\n\n{first}",
    ),
    _mail(
        "Payment terms",
        "Hello {first},\n\n30 days and quarterly is fine with us. I updated page 5.\n\n{us}",
        "Please send the final version to me and to our finance manager.\n\nRegards\n{first}",
        "Great, that was the CFO's last point.\n\n{first}",
    ),
    _mail(
        "Open points list",
        "Hi {first},\n\nthree left: liability, {topic}, start date. Could we close them on one call?\n\n{us}",
        "Yes, tomorrow at nine, our lawyer joins.\n\n{first}",
        "The start date is settled from our side. The others on a call.\n\n{first}",
    ),
)

STARTING = (
    _mail(
        "Welcome to Quillmere",
        "Dear {first},\n\nwe are glad to have you. Your project lead writes to you tomorrow.\n\n{us}",
        "Great, looking forward to it.\n\n{first}",
    ),
    _mail(
        "Training dates",
        "Hi {first},\n\nhere are three dates for the dispatcher training in {city}.\n\n{us}",
        "The second date suits us best.\n\nThanks\n{first}",
    ),
    _mail(
        "Kick-off and first invoice",
        "Hello {first},\n\nthe first invoice goes out this week, the kick-off is planned.\n\n{us}",
        "Thank you. Please put our order number on it.\n\n{first}",
    ),
)

CLOSING = (
    _mail(
        "Thank you anyway",
        "Dear {first},\n\nthanks for being so open. I'll check in again in half a year.\n\n{us}",
        "Please do. It was close.\n\n{first}",
    ),
    _mail(
        "Your decision",
        "Hi {first},\n\na pity, but understood. What would have changed your mind?\n\n{us}",
        "Hi {us},\n\nnothing you could have done. The budget went into the new hall.\n\n{first}",
        "In the end {topic} was decided by headquarters.\n\nRegards\n{first}",
    ),
)

# Between deals: customers, dormant contacts, people who may buy one day.
KEEPING = (
    _mail(
        "What's new this quarter",
        "Hi {first},\n\nnew in {product}: better {topic}. Two minutes to read.\n\n{us}",
        "Thanks, our dispatchers will like that.\n\n{first}",
        "Is that included in our licence?\n\n{first}",
    ),
    _mail(
        "How is it going?",
        "Hi {first},\n\na while since we spoke. Anything we should know about?\n\n{us}",
        "All fine here. We might need more users in the new year.\n\n{first}",
        "Good that you ask: {topic} is still a manual job.\n\n{first}",
    ),
    _mail(
        "Invitation: user meeting in {city}",
        "Dear {first},\n\nwe would be happy to see you there. Topic this time: {topic}.\n\n{us}",
        "I'm afraid I can't make it, but a colleague will come.\n\n{first}",
        "Count me in.\n\n{first}",
    ),
    _mail(
        "Time to talk about next year",
        "Hello {first},\n\nbudgets are made about now. Shall we look at what {firm} will need?\n\n{us}",
        "Could you call me next week?\n\n{first}",
        "Nothing planned, sorry. Try again in the spring.\n\n{first}",
    ),
    _mail(
        "Article on {topic}",
        "Hi {first},\n\nthought of you when I read this. Page two is the interesting one.\n\n{us}",
        "Interesting, thanks. Not quite how we do it.\n\n{first}",
    ),
    _mail(
        "New contact for {firm}",
        "Hi {first},\n\nI look after your account from now on. Could we have a short call so that I know where you "
        "stand?\n\n{us}",
        "Welcome! Wednesday morning?\n\n{first}",
        "Sure, though there is not much going on at the moment.\n\n{first}",
    ),
    _mail(
        "A firm near {city} asks for you",
        "Hi {first},\n\na firm near you considers {product}. Would you tell them how you handle {topic}?\n\n{us}",
        "Happy to, if it stays at half an hour.\n\n{first}",
        "Not before the audit, please.\n\n{first}",
    ),
)

# Five open stages, then won, then lost.
BY_STAGE = (OPENING, QUALIFYING, SHOWING, PROPOSING, NEGOTIATING, STARTING, CLOSING)
