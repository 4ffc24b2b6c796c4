package phi

// titles stand before a name.
var titles = setOf("mr mrs ms miss mx dr doctor prof professor rev reverend sgt lt capt officer detective atty attorney señor señora senor senora sra srta sr mme hon sir madam dra")

// roleTable has the words that stand before a name, or before "is", "named" or
// a comma and a name, with the role they tell.
func roleTable() map[string]Role {
	t := map[string]Role{}
	for role, words := range map[Role]string{
		Patient:  "pt pts patient client claimant insured member subscriber enrollee beneficiary policyholder",
		Relative: "husband wife spouse son daughter mother father mom mum dad sister brother aunt uncle cousin niece nephew boyfriend girlfriend fiance fiancee partner grandmother grandfather grandma grandpa grandson granddaughter stepson stepdaughter child kid baby twin twins roommate friend neighbor guardian caregiver dependent",
		Provider: "dr doctor therapist lmt lmp chiropractor physician surgeon acupuncturist practitioner masseuse nurse np pcp md dc provider physiotherapist pt's",
		Adjuster: "adjuster adjustor examiner representative rep reviewer agent",
		"":       "boss manager supervisor coworker colleague attorney lawyer employee teacher judge driver passenger witness receptionist assistant named name names signed attn attention dear hi hello hey sincerely regards cc re regarding contact mr mrs ms miss mx prof professor",
	} {
		for w := range setOf(words) {
			t[w] = role
		}
	}
	return t
}

// weakCues go before a name only with the word before them: "spoke with".
var weakCues = map[string]map[string]bool{
	"with": setOf("spoke speaking talked talking met meeting appointment call called session visit discussed worked conference lives lived seen"),
	"w":    setOf("spoke spk talked met appt call"),
	"to":   setOf("spoke talked referred addressed sent according letter emailed faxed wrote lmm tt"),
	"by":   setOf("signed seen treated referred reviewed prepared written denied performed evaluated examined prescribed called ordered dictated submitted represented given completed"),
	"from": setOf("call letter email message referral heard fax note text voicemail"),
	"per":  setOf(""),
	"for":  setOf("claim claims auth authorization appeal records referral bill billed letter caring"),
	"am":   setOf("i"),
	"is":   setOf("this name"),
	"c":    setOf(""),
}

// links may stand between a cue and the name.
var links = setOf(": , - – . is was named name called ( the # \" of and s o /")

var particles = setOf("de del della di da do dos das du la le las los van von der den ter ten bin binti ibn al el abu ben y st zu mac mc o d")

var suffixes = setOf("jr sr ii iii iv esq")

// noNames are words a homograph after a cue or a given name is read as, in a
// line without mixed case.
var noNames = setOf(`will may can said say says see sees so do does did an am in is was has had have ha reports report hurt hurts wants needs need want and or for to on of
	at the who when where what if not no my his her felt feels feel back pain came went got long may're works work left right back ok said states denies long home back still
	even best call a it he she they we you i but with from by as be been there here this that then than very more most other pray`)

var credentials = setOf("lmt lmp lmbt cmt rmt md do dc nd np pa arnp rn lpn pt dpt pta ot otr cota slp atc lac eamp dacm phd psyd lcsw lmhc lmft dds dmd od esq jd mph msn dnp fnp bsn mba")

var personVerbs = setOf(`reports reported states stated says said came presents presented complains complained denies tells told rates rated notes noted arrived returned
	tolerated asks asked wants wanted received works worked lives lived feels felt called calls went injured fell describes described responded continues requested wrote emailed shouted spent smiled laughed cried agreed signed`)

// toPerson are words whose object is a person.
var toPerson = setOf("ask told tell asked thanked hugged called met said says gave given helped me saw sees")

var articles = setOf("the a an this that each every no any your our their its house senate s") // "the Bill"

var abbreviations = setOf("us usa uk eu dc md nd pt ot do dds dmd rn np pa lmt lmp phd ba bs ma ms mba jd am pm eg ie ad bc ca ny nj nm nh nc sc sd ri wa va wv uv iv im sc pc llc po op id tv dob dos doi rcw wac cfr usc ors oar bid tid qid prn rom lbp adl soap mri ct er ed vs hmo ppo cms va hhs")
