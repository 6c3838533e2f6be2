"""Words that may open a sentence with a capital letter without being anybody's name."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Which of these are also given or family names (Will, Mark, Grace, Price …) must be left out: see NAME_LIKE.
OPENERS = _words("""
    a about above accepted access according account accounts across action add added additionally address
    adoption after afterwards again against agenda ago agree agreed agreement ahead all almost alone along
    already also although always among amount an and announced annual another answered any anybody anyone
    anything appears appointment approval approvals areas around arrange article as ask asked asks assessment
    assistance at attached attendance attendees audit authority available average awaiting away back barrier
    barriers baseline because become been before began begin behind being below benefit benefits beside besides
    best between beyond bid big biggest board both bring broken budget budgets build built business busy but
    buyer buyers buying by calculation call calls can cannot capacity careful cause certain certainly champion
    chances change changes check checked choice choose claims clear clearly close closing colleagues come comes
    comment comments commercial commitment committed communication companies company compare compared competing
    competition competitor competitors complaint complaints complete concern concerns conditions confirm
    confirmation confirmed consider considering consultant consultants contact contacts continue continued
    contract contracting contracts control conversation conversations core corporate correct correction cost
    costs could course create criteria critical crucial curious current currently customer cut damage data date
    dates deadline deal dealing deals debrief decide decided decides decision decisions decline declined deep
    define definitely degree delay delayed delays deliver delivery demand demo demos department dependent
    depending depends describe description design desk despite detail detailed details determine develop
    development did difference different difficult direct direction director directors disagreement discount
    discounts discuss discussed discussion discussions dispatch dispatchers do document documents does doing
    done doubt doubts draft drop dropped due during each earlier earliest easy economic effort efforts either
    else email emails emphasis employees enable encouraged encouraging end ends engagement engineer engineers
    enough entire entry environment equally equipment errors essential establish estimate estimated estimates
    evaluate evaluation even event events eventual every everybody everyone everything everywhere evidence
    evident exact exactly example examples excellent except exception exchange exchanged exclude existing expect
    expectation expectations expected expects expense expensive experience experts explain explained explicit
    external extra fact facts failing failure fair far fast favourable fear features feedback few figures file
    files fill filled final finally finance find finding findings fine finish first fit five fixed fleet
    flexible focus follow follow-up following for forecast formal format former forms fortunately forward found
    four freight frequent friendly from frustration full fully function functional further future gap gaps
    gather gave general generally get gets give given gives giving go goal goals going good great group growing
    growth guarantee guidance had half handed handling hands hands-on happened happens happy hard hardly
    hardware has have having he heads health hearing hears held help helped helpful helps hence her here high
    hiring his hold holding holiday holidays hosting hour hours how however i identified if impact
    implementation important imports improved improvement in inbound incident included including increase
    incumbent indeed independent individual industry influence inform informal information initial initially
    input inquiry inside insists instalment instead insurance integration intend intends intention interest
    interested interesting interface interfaces internal internally interview into introduce introduced
    introduction inventory investment invitation invited invoice invoicing involve involved involving is issue
    issues it its itself job join joined joint just keen keep keeps kept key kick-off kick-offs know knowledge
    known labour lack lacking language largely larger largest last lastly late later latest latter launch
    lawyers layer lead leadership learned learning least leaves left legal legally length lengthy less lessons
    let level liability licence licences license licenses like likely limit limited limits line list listed live
    local location locations logins logistics longer look looking looks loss lost lots lower machine made mail
    mails main maintain maintenance make makes making management manager managers mandatory manual manufacturing
    many margin market marketing matter matters maximum maybe mean meanwhile measures measuring media meeting
    meetings mentioned merely merger message messages method metrics middle might migrating migration milestone
    milestones mine minimum minor minutes missing mobile model models modest modules moment money monitoring
    monthly months mood more moreover most mostly move moved moving much must mutual my name named names
    national natural near necessary need needed needs negative negotiable negotiation negotiations neighbouring
    neither networks never nevertheless new news next nine no nobody none nor normally not notable note noted
    notes noteworthy nothing notice notified now null number numbers objection objections objective objectives
    obligations observed obstacle obstacles obviously occasionally of off offer offered offering offers office
    offline often ok old on onboarding once one one-off ongoing only onto open opened opening operations opinion
    opinions opportunity opposed opposition opted option options or order ordering organisation organisational
    organization original originally other others otherwise our out outages outbound outcome outlook output
    outside outstanding over overall overview own owner owners ownership pain painful paper paperwork parallel
    part participants particularly parties partly partner partners parts party passed past patiently paying
    payment payments pending people perfect performance perhaps permission person personal personnel phase
    phases phone phoned pick pilot pilots pitch place places plan planned planners planning plans plant plants
    pleased pledge point points policy poor portfolio position positive possible possibly postponed postponing
    potential potentially practical practically practice preference preferred preliminary preparation prepare
    prepared prepares presence present presentation presented presenting presently pressing pressure prevent
    previous previously pricing primary principal priorities priority private probability probable probably
    problem problems procedure procedures process procurement produce product production professional profit
    programme progress project projects prolonged promise promised promising prompt proof proposal proposals
    proposed prospect prospects protection proven provide provided provider providers public purchase purchasing
    purpose push pushed pushing put qualification qualified qualifying quality quantity quarter quarterly
    question questionnaire questions quickly quite quote quoted quotes raised raising range ranking rapid rarely
    rates rather reach reached reaching reaction readiness reading ready real realistic really reason reasons
    receive received receiving recent recently recommend recommendation recommended recording records recovery
    reduce reduced reduction refer reference references referred refresh refusal refused regarding regional
    regions regular regularly regulation regulatory rejected rejection related relation relations relationship
    relevant reliability reliable reluctant remaining remains remarks remember reminder remote remove removed
    renewal renewals renewing reorganisation repair repeat repeated repeatedly replace replaced replacement
    replacing replied replies reply replying report reported reporting reports representative request requested
    requesting requests require required requirement requirements requires resale research resistance resolve
    resolved resource resources respond responded response responses responsibility responsible rest
    restructuring result results retention return returned revenue review reviews revised revision right rights
    ring rising risk risks roadmap role roles roll-out rollout room rough round rules running safety said sales
    same satisfaction satisfied save saved saves savings say says scale scepticism schedule scheduled schedules
    scheduling scope scoping score seats second security see seeking seems seen sees selected selection send
    sending sends senior sense sent separate separately serious service service-level services sessions set sets
    setting settled setup seven several share shared shares she shift shifts shop shortage shortlist shortlisted
    shortly should show showed showing shown shows side sign signals signature signatures signed significant
    signing signs silence similarly simple simply since single site situation six size sizing slides slight
    slightly slots slow slower slowly so so-called software sold solid solution solutions solve solved some
    somebody someone something sometimes soon sorting sought source sourcing space spare speak speaking
    specialist specific specifically specification spend spending split spoke spoken sponsor spreadsheet
    spreadsheets stable staff staffing stage stages stakeholder stakeholders stalled stand standard standing
    start started starting starts state stated statement states status stay stays step steps still stop stopped
    stopping stops storage strategic strategy stress strict strictly strongly structure stuck studies study
    subcontractors subject submit submitted subscription subsequently subsidiary success successful such
    suddenly suggest suggested suggestion suggests suitable summary supplier suppliers supply support supporting
    supports supposed supposedly sure surprisingly survey suspect switch switching system systems table tables
    take taken takes taking talk talked talking talks target task tasks tax team teams technical technicians
    technology temporary ten tender term terminal termination terms test tests text than thank thanks that the
    their them then there therefore these they thing things thinking thinks third this those though thought
    thoughts three through throughout thus tickets ties tight tighter time timeline timelines timeliness timing
    title to today together told tomorrow tonight too tool tools top topic topics total tough tour toward
    towards track tracking trade trading train training transfer transition transparency travel trial trials
    tried trigger trouble trust try trying turn turned turnover twelve twice two type types typical typically
    unable unanswered uncertain uncertainty unclear under underlying understand understanding understood
    unfortunately unhappy unit units unless unlike unlikely unresolved unsigned unsure until up upcoming update
    updated updates upgrade upgrading upon upside urgency urgent us usability usage use used useful user users
    uses using usually utilisation vacation valid validation value various vehicles vendor vendors verbal
    verification version very via view views visible visit visiting visits voice volume volumes vote wait
    waiting waits waived want wanted wants warehouse warm warned warning warnings warranty was we weak weakness
    web website week weekly weeks weighs weight welcome well were what whatever when whenever where whereas
    whether which while who whoever whole whom whose why wider willing willingness wins wish wishes with
    withdrawal within without wonder wondering word wording work worked worker workers workflow working workload
    works workshop workshops worried worry worth would write writes writing written wrong wrote year yearly
    years yes yesterday yet you your zero
""")

# Ordinary words that are names too: such a word with a capital must stand in the record with one.
NAME_LIKE = _words("""
    abbey amber april art august autumn baker barber basil bay bell berg bill bishop black bland blue bond booth
    bow brook brown buck bush butcher butler cameo carol carpenter case chance chapel chase cherry christian
    church clay clerk cliff cole cook cooper coral court crystal dale dawn day dean drew early earnest ember
    english faith farmer felicity field fields finch fisher flint ford forest forester frank french gene german
    gill glen gold golden grace grant gray green grey guy hall hardy harmony hart harvest haven hazel heather
    hill holly honor hope hunt hunter iris ivory ivy jack jade jasmine jay jean jewel joy june justice king
    knight lane lark law lily little long love major march mark marks marsh mason max may mercy mike miles mill
    miller moody moon moss newman nick noble olive page park parks parson patience pearce pearl penny pepper
    pierce pike poole pope porter potter pound power price pride prince prudence quick rain ray read red reed
    reeve rich rise rob robin rock rose ross royal ruby russet sage sandy savage self sharp shepherd short
    silver singer skip sky small smart smith snow spark spring stack star steel stew stone storm strong sue
    summer sunny swan sweet swift tailor tanner taylor terry thatcher tiller trinity tucker turner verity victor
    violet wade walker wall ward warden waters weaver webb wells west wheeler white will win winter wise wood
    woods wright young
""")

# Capitalised in the middle of a sentence as a matter of course.
ALWAYS_CAPITAL = _words("i i'm i've i'd ok crm faq pdf ps re fyi eta")
COURTESIES = _words("mr mrs ms miss mister madam")
PARTICLES = _words("van von der den de da di du la le del della dos das bin ibn al el ter ten zu zur af av y")
# Written small these are no given names, though lists of names hold them.
SMALL_WORDS = _words(
    "ally ant app bran bud cal chat chip con dot don gal hank mac mal mat mitch nap nib pip sal tab tad tally val"
)
