package phi

import "strings"

// A cue is words that stand before an identifier.
type cue struct {
	words string
	typ   Type
	plain bool // the value may follow without "no", "#", "ID" or a colon
}

// idCues are tried in order: the longer phrase first.
var idCues = []cue{
	{"social security", SSN, true}, {"soc sec", SSN, true}, {"ssn", SSN, true}, {"ss", SSN, false}, {"itin", SSN, true}, {"social", SSN, false},
	{"medical record", MRN, true}, {"health record", MRN, true}, {"patient id", MRN, true}, {"patient number", MRN, true}, {"patient no", MRN, true}, {"patient #", MRN, true},
	{"client id", MRN, true}, {"client number", MRN, true}, {"client #", MRN, true}, {"client no", MRN, true}, {"mrn", MRN, true}, {"mr #", MRN, true}, {"chart", MRN, false}, {"encounter", MRN, false}, {"visit id", MRN, true}, {"record", MRN, false},
	{"member", MemberID, false}, {"mem", MemberID, false}, {"mbr", MemberID, false}, {"subscriber", MemberID, false}, {"sub", MemberID, false}, {"enrollee", MemberID, false}, {"insured", MemberID, false}, {"insured's", MemberID, false},
	{"beneficiary", MemberID, false}, {"medicare", MemberID, false}, {"medicaid", MemberID, false}, {"providerone", MemberID, false}, {"cardholder", MemberID, false}, {"recipient", MemberID, false}, {"health plan", MemberID, false}, {"insurance", MemberID, false},
	{"hicn", MemberID, true}, {"mbi", MemberID, true}, {"id card", MemberID, false}, {"identification", MemberID, false}, {"dependent", MemberID, false},
	{"policy", PolicyNo, false}, {"policyholder", PolicyNo, false}, {"pol", PolicyNo, false}, {"contract", PolicyNo, false}, {"certificate of insurance", PolicyNo, false},
	{"group", GroupNo, false}, {"grp", GroupNo, false}, {"employer group", GroupNo, false},
	{"claim", ClaimNo, false}, {"claims", ClaimNo, false}, {"clm", ClaimNo, true}, {"icn", ClaimNo, true}, {"dcn", ClaimNo, true}, {"tcn", ClaimNo, true}, {"loss", ClaimNo, false}, {"l&i", ClaimNo, false},
	{"authorization", AuthNo, false}, {"preauthorization", AuthNo, false}, {"prior auth", AuthNo, false}, {"auth", AuthNo, false}, {"preauth", AuthNo, false}, {"precert", AuthNo, false}, {"precertification", AuthNo, false}, {"approval", AuthNo, false}, {"referral", AuthNo, false}, {"certification", AuthNo, false},
	{"account", AccountNo, false}, {"acct", AccountNo, false}, {"a/c", AccountNo, false}, {"routing", AccountNo, false}, {"aba", AccountNo, false}, {"iban", AccountNo, true}, {"card", AccountNo, false}, {"visa", AccountNo, false}, {"mastercard", AccountNo, false}, {"amex", AccountNo, false}, {"invoice", AccountNo, false},
	{"check", AccountNo, false}, {"eft", AccountNo, false}, {"pcn", AccountNo, true}, {"bank", AccountNo, false}, {"hsa", AccountNo, false}, {"trace", AccountNo, false},
	{"license plate", Vehicle, true}, {"licence plate", Vehicle, true}, {"plate", Vehicle, false}, {"plates", Vehicle, false}, {"tag", Vehicle, false}, {"vin", Vehicle, true}, {"vehicle", Vehicle, false}, {"registration", Vehicle, false},
	{"driver license", LicenseNo, true}, {"driver's license", LicenseNo, true}, {"drivers license", LicenseNo, true}, {"driver licence", LicenseNo, true}, {"driving license", LicenseNo, true}, {"driver's", LicenseNo, false}, {"license", LicenseNo, false}, {"licence", LicenseNo, false}, {"lic", LicenseNo, false}, {"dl", LicenseNo, true},
	{"state id", LicenseNo, true}, {"npi", LicenseNo, true}, {"dea", LicenseNo, true}, {"ubi", LicenseNo, true}, {"certificate", LicenseNo, false}, {"cert", LicenseNo, false}, {"credential", LicenseNo, false}, {"caqh", LicenseNo, true},
	{"serial", Device, false}, {"s/n", Device, true}, {"sn", Device, true}, {"device", Device, false}, {"udi", Device, true}, {"imei", Device, true}, {"pacemaker", Device, false}, {"implant", Device, false}, {"pump", Device, false}, {"lot", Device, false}, {"mac", Device, false}, {"model", Device, false}, {"stimulator", Device, false}, {"monitor", Device, false},
	{"fingerprint", Biometric, false}, {"fingerprints", Biometric, false}, {"thumbprint", Biometric, false}, {"palm print", Biometric, false}, {"voiceprint", Biometric, false}, {"voice print", Biometric, false}, {"retina", Biometric, false}, {"retinal scan", Biometric, false}, {"retinal", Biometric, false}, {"iris code", Biometric, true}, {"iris", Biometric, false}, {"face id", Biometric, true}, {"faceprint", Biometric, false}, {"face template", Biometric, false}, {"biometric", Biometric, false}, {"dna", Biometric, false}, {"hand geometry", Biometric, false},
	{"reference", Other, false}, {"ref", Other, false}, {"case", Other, false}, {"file", Other, false}, {"tracking", Other, false}, {"confirmation", Other, false}, {"conf", Other, false}, {"ticket", Other, false}, {"docket", Other, false}, {"order", Other, false}, {"rx", Other, false}, {"prescription", Other, false}, {"passport", Other, false}, {"passport's", Other, false},
	{"ein", Other, true}, {"tin", Other, true}, {"tax id", Other, true}, {"tax", Other, false}, {"employee", Other, false}, {"badge", Other, false}, {"student", Other, false}, {"inquiry", Other, false}, {"incident", Other, false}, {"report", Other, false}, {"control", Other, false}, {"call", Other, false}, {"grievance", Other, false}, {"appeal", Other, false}, {"complaint", Other, false}, {"user", Other, false}, {"unique", Other, false}, {"specimen", Other, false}, {"study", Other, false}, {"trial", Other, false}, {"id", Other, false}, {"pin", Other, false},
}

// cueTable has the cues by their first word.
type cueTable map[string][]readCue

type readCue struct {
	rest  []string
	typ   Type
	plain bool
}

func readCues() cueTable {
	t := cueTable{}
	for _, c := range idCues {
		f := strings.Fields(c.words)
		switch c.words {
		case "l&i", "a/c", "s/n":
			f = []string{c.words[:1], c.words[1:2], c.words[2:]}
		}
		t[f[0]] = append(t[f[0]], readCue{f[1:], c.typ, c.plain})
	}
	return t
}

// linkWords may stand between a cue and its value; true makes the cue explicit.
var linkWords = map[string]bool{
	"no": true, "no.": true, "num": true, "number": true, "numbers": true, "nbr": true, "nr": true, "#": true, "id": true, "ids": true, ":": true, "=": true, "code": false,
	"identification": true, "identifier": true, "template": true, "hash": true, "scan": true, "print": true, "key": true, "ending": true, "account": true,
	".": false, "is": false, "was": false, "-": false, "–": false, "(": false, "the": false, ",": false, "s": false, "card": false, "control": false, "reference": false, "tag": false,
	"plate": false, "serial": true, "license": true, "in": false, "file": false, "policy": false, "claim": false, "member": false, "group": false, "record": false, "\"": false, "*": false, ";": false, "of": false, "match": false, "/": false, "on": false,
}

// identifiers finds the values behind cues.
func (r *reader) identifiers() {
	for i := 0; i < len(r.words); i++ {
		if !r.words[i].letters() {
			continue
		}
		for _, c := range r.gate.cues[r.words[i].fold] {
			n := follows(r.words[i+1:], c.rest)
			if n < 0 {
				continue
			}
			if r.value(i+1+n, c) {
				break
			}
		}
	}
}

// value records the identifier that follows a cue which ends before word i.
func (r *reader) value(i int, c readCue) bool {
	explicit := c.plain
	typ := c.typ
	for n := 0; n < 6 && i < len(r.words); n++ {
		says, ok := linkWords[r.words[i].fold]
		if !ok || r.words[i].broken || r.words[i].shape == mark && r.words[i].fold == "-" && !r.words[i].spaced && n == 0 {
			break
		}
		if says && (c.typ == Other || c.typ == AuthNo) { // "case claim number"
			if cs := r.gate.cues[r.words[i].fold]; len(cs) > 0 && len(cs[0].rest) == 0 && r.words[i].fold != "id" && r.words[i].fold != "account" {
				typ = cs[0].typ
			}
		}
		explicit = explicit || says
		i++
	}
	if i >= len(r.words) || r.words[i].broken && r.words[i].shape == mark || explicit && r.words[i].broken && !r.words[i-1].broken && r.words[i].letters() {
		return false
	}
	j, count, letters := r.token(i)
	switch {
	case count == 0, explicit && count < 2, !explicit && !(count >= 6 || letters && count >= 3):
		return false
	case r.allKeep(i, j) && (!explicit || lawWords[r.words[i].fold] || r.is(i, "carc", "rarc")), typ == Other && !explicit:
		return false
	case dateLike(r.text[r.words[i].start:r.words[j-1].end]) && typ != SSN:
		return false
	case r.match(unit, i) > 0 && count < 4:
		return false
	}
	r.cued(i, j, typ)
	return true
}

func (r *reader) allKeep(i, j int) bool {
	for ; i < j; i++ {
		if !r.keep[i] {
			return false
		}
	}
	return true
}

func dateLike(s string) bool {
	return isoDate.MatchString(s) || numericDate.FindString(s) == s && plausible(s) || shortDate.FindString(s) == s
}

// token is the end of the run of letters, digits and joints that begins at
// word i and holds digits, with the number of its digits.
func (r *reader) token(i int) (end, count int, letters bool) {
	last := i
	j := i
	for j < len(r.words) && j < i+14 {
		w := r.words[j]
		joined := j > i && !w.spaced
		switch {
		case w.shape == digit || w.shape == mixed:
			if j > i && w.spaced && (w.broken || j+1 < len(r.words) && r.is(j+1, "/") && !r.words[j+1].spaced || r.match(unit, j) > 0) {
				return last, count, letters
			}
			count += digits(r.text[w.start:w.end])
			letters = letters || w.shape == mixed
			last = j + 1
		case w.shape == mark && joined && (w.fold == "-" || w.fold == "/" || w.fold == "_" || w.fold == "." || w.fold == "–" || w.fold == "*") && j+1 < len(r.words) && !r.words[j+1].spaced:
		case w.fold == "*" || w.fold == "#" && j == i:
		case w.letters() && (joined || j == i && w.shape == upper || j == i && len(w.fold) < 4 && !r.gate.known(w.fold)) && len(w.fold) <= 8:
			letters = true
			if joined && count > 0 {
				last = j + 1
			}
		case w.letters() && w.shape == upper && len(w.fold) < 4 && !r.gate.known(w.fold) && count > 0 && r.digitNext(j):
		default:
			return last, count, letters
		}
		j++
	}
	return last, count, letters
}

func (r *reader) digitNext(j int) bool {
	return j+1 < len(r.words) && r.words[j+1].shape == digit
}
