package cite

import (
	"slices"
	"strings"

	"github.com/kljensen/snowball/english"
)

// What this file holds is data: which words count as equal, and which rule
// one another out. It grows with the law the library digests.

// classes lists words that count as one where a claim is laid beside its
// source, each list under its first word. All forms of a word with one stem
// are covered by any of them.
var classes = lists(`
permit allow let authorize permission
require need oblige mandate requirement obligation duty necessitate demand
prohibit bar forbid ban prevent preclude prohibition
deny refuse reject decline denial refusal rejection
pay paid reimburse payment reimbursement payable
cover coverage
exclude exclusion omit
give given gave provide furnish offer supply grant
show shown post publish disclose display
decide determine decision determination
bind reach apply govern application
contain include
discriminate discrimination nondiscrimination
participate participation
review utilization
license licence licensure
certify certification certificate
limit limitation restriction restrict cap
notice notify notification inform
appeal grievance
necessary necessity
medical medically
begin began begun start commence
end stop terminate termination cease
ask request
send sent submit file
hold held
uphold upheld
law statute act
provision section subsection
treat treatment
visit session
decrease reduce lower reduction
increase raise
lawsuit sue suit
document record paper
massage
examine exam examination
refund repay recoup recoupment overpayment
written writing write
category type
complete completely
reasonable reasonably
enrol enroll enrollment enrolment
copy copies
say said state states stated
call called name named names
entry enter
keep kept retain
work works worked
bill billable billing
see seen saw
meet met
make made
know known knew
seek sought
bring brought
come came
go goes went
lose lost loss
choose chose chosen choice
get got gotten obtain receive
rest rests rely relies reliance
find found finding
take takes taken took
tell told tells
follow following follows
`)

// parties lists who acts in this law. The first word of a list names it.
var parties = lists(`
insurer carrier issuer insurers payer payor
plan
patient enrollee member participant beneficiary claimant subscriber policyholder veteran client consumer
provider therapist lmt practitioner professional massagist
physician doctor prescriber
chiropractor
acupuncturist
employer
commissioner oic
court judge circuit
congress legislature
agency department secretary authority agencies departments secretaries
state
administrator
sponsor
reviewer
board
pharmacist
`)

// rivals lists words of which at most one can be meant: "acute" for
// "chronic" is another statement.
var rivals = [][]string{
	{"low", "moderate", "high"}, {"strong", "weak"}, {"acute", "subacute", "chronic"}, {"initial", "final"},
	{"internal", "external"}, {"innetwork", "outofnetwork"}, {"selffunded", "insured"}, {"preservice", "postservice"},
	{"before", "after"}, {"more", "fewer"}, {"decrease", "increase"}, {"better", "worse"}, {"large", "small"},
	{"deny", "approve"}, {"uphold", "reverse"}, {"begin", "end"}, {"urgent", "standard"},
	{"short", "long"},
	{"day", "hour", "week", "month", "year", "minute", "visit", "unit"},
	{"majority", "minority"}, {"always", "sometimes"}, {"written", "oral"}, {"prior", "later"},
}

// phrases are read as one word. Words with "@" bound a number, from below
// or above: "@over" and "@under" the other way under a negation, "@most"
// with one of its own. An empty word drops the phrase.
var phrases = pairs(`
has to = haveto; have to = haveto; had to = haveto; having to = haveto; needs to = haveto; need to = haveto
need not = neednot; needs not = neednot; is free to = may; are free to = may; is able to = can; are able to = can
be able to = can; is entitled to = may; are entitled to = may
no later than = @max; not later than = @max; no more than = @most; not more than = @most; not to exceed = @max
not exceeding = @max; no longer than = @max; no earlier than = @min; not earlier than = @min; not sooner than = @min; at most = @max; up to = @max; or less = @max; or fewer = @max; less than = @under; fewer than = @under
not less than = @min; no less than = @min; not fewer than = @min; no fewer than = @min; at least = @min; or more = @min
more than = @over; at a minimum = @min; as many as = @max; no sooner than = @min
whether or not = ; not only = ; no matter = ; among other things = ; as well as = and; at all = ; even without = despite
no longer = not; in no way = not; nothing to do with = without; nothing in = no; does not mean that = not; is not so that = not; is not true that = not; is not the case that = not
as not medically = as medically; free of charge = gratis; free on request = gratis; free of = without; for free = gratis
leave out = exclude; leaves out = exclude; leaving out = exclude; left out = exclude; shut out = exclude; shuts out = exclude
keep out = exclude; kept out = exclude; keeps out = exclude; rule out = exclude; rules out = exclude; left out of = exclude
is wrong to = not; is a mistake to = not; often read as = misread; sometimes read as = misread; often said to = misread
sometimes said to = misread; often taken to = misread; sometimes taken to = misread; read as = misread
self funded = selffunded; self insured = selffunded; self funding = selffunded; fully insured = insured
in network = innetwork; out of network = outofnetwork; contracting provider = innetwork provider
contracting providers = innetwork provider; participating provider = innetwork provider; participating providers = innetwork provider
nonparticipating provider = outofnetwork provider; nonparticipating providers = outofnetwork provider
pre service = preservice; post service = postservice; post service = postservice
what may be said is that = ; as if = as; even if = although; may not be interpreted to = not; shall not be construed to = not
may not be construed to = not; shall not be construed as = not; may not be construed as = not; limit the ability of = prevent; limits the ability of = prevent insurance company = insurer; insurance companies = insurer; health carrier = insurer; health carriers = insurer
insurance carrier = insurer; health insurance issuer = insurer; health insurance issuers = insurer; insurance issuer = insurer
office of the insurance commissioner = commissioner; insurance commissioner = commissioner
covered person = patient; covered persons = patient; the insureds = patient; insureds = patient
supreme court = court; trial court = court; district court = court; health care provider = provider; health care providers = provider
massage therapist = massagist; massage therapists = massagist; united states = federal
any willing provider = anywilling
plan administrator = administrator; summary plan description = spd; plan document = document; plan documents = documents
plan provision = provision; plan provisions = provisions; plan terms = terms; plan year = year; plan years = years
treatment plan = careplan; plan of care = careplan; plan types = types; plan type = type; benefit plan = plan; plan part = part
`)

var (
	classOf = func() map[string]string {
		out := map[string]string{}
		for _, list := range classes {
			for _, w := range list {
				out[english.Stem(w, false)] = list[0]
			}
		}
		return out
	}()
	// partyOf has exact words: "provider" and "provide" have one stem.
	partyOf = func() map[string]string {
		out := map[string]string{}
		for _, list := range parties {
			for _, w := range list {
				out[w], out[w+"s"], out[strings.TrimSuffix(w, "y")+"ies"] = list[0], list[0], list[0]
			}
		}
		return out
	}()
	rivalOf = func() map[string]int {
		out := map[string]int{}
		for i, group := range rivals {
			for _, w := range group {
				out[key(w)] = i
			}
		}
		return out
	}()
	phraseAt = func() map[string][]phrase {
		out := map[string][]phrase{}
		for _, p := range phrases {
			out[p.from[0]] = append(out[p.from[0]], p)
		}
		for _, ps := range out {
			slices.SortFunc(ps, func(a, b phrase) int { return len(b.from) - len(a.from) })
		}
		return out
	}()
)

type phrase struct{ from, to []string }

func lists(s string) [][]string {
	var out [][]string
	for line := range strings.Lines(strings.TrimSpace(s)) {
		out = append(out, strings.Fields(line))
	}
	return out
}

func pairs(s string) []phrase {
	var out []phrase
	for entry := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ';' || r == '\n' }) {
		if from, to, ok := strings.Cut(entry, "="); ok {
			out = append(out, phrase{strings.Fields(from), strings.Fields(to)})
		}
	}
	return out
}

// key is what a word counts as: its party, its class, or its stem. Parties'
// keys begin with "@".
func key(word string) string {
	if p, ok := partyOf[word]; ok {
		return "@" + p
	}
	stem := english.Stem(word, false)
	if c, ok := classOf[stem]; ok {
		return c
	}
	return stem
}

// empty reports whether word carries no content of its own.
func empty(word string) bool { return english.IsStopWord(word) || extraStops[word] }

var extraStops = func() map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(`also still otherwise would could might upon within among per via either whether
		yet already just even shall must may cannot thus therefore hence said one another every each such it's own
		without unless except though although because whose within toward regardless despite does doing being having`) {
		out[w] = true
	}
	return out
}()

// operators are words that change the mode of what they govern. A verb is
// also a word with content, and can be governed itself.
var operators = func() map[string]operatorWord {
	out := map[string]operatorWord{}
	add := func(m mode, verb, both bool, words string) {
		for w := range strings.FieldsSeq(words) {
			out[w] = operatorWord{m, verb, both}
		}
	}
	add(duty, false, false, "must shall haveto")
	add(leave, false, false, "may can might could")
	add(noDuty, false, false, "neednot")
	add(should, false, false, "should ought")
	add(ban|neg, false, false, "cannot")
	add(neg, false, false, "not no never neither nor without none nothing nobody wrong misread")
	add(duty, true, false, "require requires required requiring demand demands demanded oblige obliges obliged mandate mandates mandated compel compels compelled needs need")
	add(leave, true, false, "permit permits permitted permitting allow allows allowed let lets authorize authorizes authorized entitle entitles entitled")
	add(ban, true, false, "prohibit prohibits prohibited bar bars barred forbid forbids forbidden ban bans banned prevent prevents prevented preclude precludes precluded")
	add(neg, true, true, "exempt outside away unbound")
	add(neg, true, false, "exclude excludes excluded excluding exempts exempted lack lacks lacked omit omits omitted")
	add(neg, true, false, "fail fails failed failing keep keeps kept keeping free frees freed relieve relieves relieved")
	return out
}()

type operatorWord struct {
	mode mode
	verb bool // it has content and takes a complement
	both bool // it governs its subject too
}

// shown is a word as a reader knows it.
func shown(word string) string {
	if w, ok := spelt[word]; ok {
		return w
	}
	return word
}

var spelt = map[string]string{"haveto": "have to", "neednot": "need not", "innetwork": "in-network", "outofnetwork": "out-of-network",
	"selffunded": "self-funded", "preservice": "pre-service", "postservice": "post-service", "careplan": "treatment plan", "spd": "summary plan description",
	"massagist": "massage therapist"}
