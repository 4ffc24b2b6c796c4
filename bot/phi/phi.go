// Package phi finds what identifies a person in a text, puts typed
// placeholders in its place and puts the words back afterwards.
//
// It works by rules and lists, offline. It is a guard with a measured recall
// (see the tests), not de-identification in the sense of 45 CFR 164.514, and
// text with the placeholders of a case that is still held stays identifiable.
//
// # How a text is read
//
// First what must stay is marked: citations of law, billing and diagnosis
// codes, measures, spinal levels. Then each layer looks on its own: declared
// values, numbers that prove themselves (checksums, shapes), numbers behind a
// cue ("member ID"), dates, addresses, names behind a cue ("Dr.", "pt"), names
// on the lists. An address is grown over what goes on with it. Where findings
// touch they become one. What a layer is certain of is sure.
//
// The destination decides the rest. To its owner sure findings are replaced
// and the others only reported. Outside, the others are replaced as well, and
// so is each capitalised word or code that stands on no list of ordinary,
// clinical, legal or payer words. Where a line has no mixed case, capitals say
// nothing, and every word on no list is replaced.
package phi

// A Type says what a finding is. The values are those of the answer format.
type Type string

// The types of finding.
const (
	Name      Type = "name"
	Date      Type = "date"
	DOB       Type = "dob"
	Age90     Type = "age90" // an age over 89
	Address   Type = "address"
	ZIP       Type = "zip"
	Phone     Type = "phone"
	Fax       Type = "fax"
	Email     Type = "email"
	SSN       Type = "ssn"
	MRN       Type = "mrn"
	MemberID  Type = "member_id"
	PolicyNo  Type = "policy_no"
	GroupNo   Type = "group_no"
	ClaimNo   Type = "claim_no"
	AuthNo    Type = "auth_no"
	AccountNo Type = "account_no"
	LicenseNo Type = "license_no"
	Vehicle   Type = "vehicle"
	Device    Type = "device"
	URL       Type = "url"
	IP        Type = "ip"
	Biometric Type = "biometric"
	Photo     Type = "photo"
	Employer  Type = "employer"
	Other     Type = "other"
)

// A Kind is the kind of a text. It decides what is ordinary in it: in a
// question and a letter cities stay, in a question and a draft so do the dates
// of laws.
type Kind int

// The kinds of text. The zero Kind is the strictest.
const (
	Note     Kind = iota // a chart note
	Question             // a question about coverage or law
	Letter               // a denial letter or an explanation of benefits
	Draft                // a text of the user's own: a rebuttal, testimony
)

// A Destination is where a text goes.
type Destination int

// The destinations. The zero Destination is the strictest.
const (
	Outside Destination = iota // a model, a store, a log, a channel
	Owner                      // back to who wrote it
)

// A Finding is one stretch of a text that identifies, or may identify,
// somebody. Findings of one text are in order and do not overlap.
type Finding struct {
	Type  Type `json:"type"`
	Start int  `json:"start"` // in code points; an invalid byte counts as one
	End   int  `json:"end"`   // behind the last code point
	Sure  bool `json:"sure"`  // a rule proved it; otherwise it only is on no list

	// Text is the words found. They are never serialised.
	Text string `json:"-"`
}

// A Role says who a declared person is. It names the placeholder.
type Role string

// The roles. The zero Role is a person of whom nothing is known.
const (
	Patient  Role = "patient"
	Provider Role = "provider"
	Adjuster Role = "adjuster"
	Relative Role = "relative"
)

// A Declared value is one the user named: it is found in all its variants.
// The zero Type is Name.
type Declared struct {
	Type  Type
	Role  Role   // of a name
	Value string // "Maria de la Cruz Lopez", "W1234 56789"
}
