package cite

import "regexp"

// What ties a quotation to a citation, or to somebody else. These are forms of
// English and no law.
var (
	// says matches what stands between a citation and the words it says.
	says = regexp.MustCompile(`^[\s,:*_)\]—–-]*(?:(?:also|further|expressly|plainly|clearly|itself|then|now|which|that) )*` +
		`(?:says?|said|states?|provides?|reads?|declares?|holds?|held|has|adds?|continues?|defines?|lists?|wants?|asks?)\b[^"“”„«]{0,60}$|^[\s,*_)\]]*:\s*$`)
	// attached matches what stands between a quotation and the citation that
	// belongs to it.
	attached = regexp.MustCompile(`^["'”’.,;:…*_\])\s—–-]{0,12}(?:[(\[]\s*)?(?i:(?:(?:see|see also|accord|cf\.|says|say|in|of|from|under|at|per|by|for|(?:stands?|appears?|are|is)(?: both)? in) )+)?[\s("\[*_§]*$`)
	// denied matches words that say of a quotation that it is not there, or that
	// whoever speaks it cites what follows.
	denied = regexp.MustCompile(`(?i)^["”’,.\s]*(?:(?:do|does|did|are|is)(?: not|n['’]t) (?:stand|appear|found|written|in\b)|(?:stands?|appears?) nowhere|(?:(?:and |who |which )?(?:citing|cites?|relying on|pointing to|invoking)\b))`)
	// opens matches what may stand before a citation that is a sentence: a
	// signal, a case's name, or "That is what".
	opens = regexp.MustCompile(`^[\s("'”’*_\[\])^\d¹²³⁰-⁹>–—.:-]*(?i:see(?: also)? |accord |under |from |source: |cf\. |e\.g\., |(?:that|this) is (?:what )?(?:in |from )?|those are the words of |so says )?` +
		`[\s"'(\[*_]*(?:\p{Lu}[^"“”;:]{1,60}\sv\.\s[^"“”;:]{2,80},\s)?[\s(\[*_]*$`)
	// citationAlone matches what follows a citation that is all there is.
	citationAlone = regexp.MustCompile(`^["”)\]*_ \t]*(?:\([^()\n]{1,40}\)[)\]*_]*)?[ \t]*(?:[.;,)]|\n|$)`)
	// sentenceAlone is citationAlone without a comma: nothing more is said with it.
	sentenceAlone = regexp.MustCompile(`^["”)\]*_ \t]*(?:\([^()\n]{1,40}\)[)\]*_]*)?[ \t]*(?:[.;)]|\n|$)`)
	// joint matches what stands between two citations of a list.
	joint = regexp.MustCompile(`^[\s,;)(\]*_&]*(?i:and|or|see also|see|accord|cf\.|with|as well as|and also)?[\s(\[*_§]*$`)
	// others matches words that give what follows to somebody else than the
	// law: the other side, a paper of theirs, a person who speaks.
	others = regexp.MustCompile(`(?i)\b(?:you|they|he|she|your(?: own)? \w+|letter|denial|notice|eob|explanation of benefits|reviewer|adjuster|representative|agent|carrier|insurer|company|employer|association|teacher|friend|colleague|doctor|physician|patient|member|client|chart|notes?|policy|booklet|certificate|contract|handbook|brochure|plan documents?|website|summary plan description|spd|article|opponents?)\s` +
		`(?:[^"“”.;]{0,30}\s)?(?:says?|said|states?|stated|writes?|wrote|reads?|calls?|called|claims?|claimed|argues?|argued|gives?|gave|cites?|denied|denies|lists?|describes?|described|found|asserts?|asserted|maintains?|insists?|reports?|reported|tells?|told|has)\b[^"“”.;]{0,60}$|` +
		`\b(?:wrote|writes|told|tells|replied|replies|objected|objects|answered|argued|argues|denied|denies|denying|rejected|labell?ed)\b[^"“”.;]{0,40}$`)
	// itSays matches words that give what follows to the law named before.
	itSays = regexp.MustCompile(`(?i)\b(?:it|its|which|(?:the|that|this|same) (?:statute|law|section|subsection|paragraph|rule|act|provision|regulation|code|text|words?|chapter|court|opinion|definition|decision))\b[^"“”]{0,60}["“„«]?$`)
	// direct matches an attachment so close that the words are the law's,
	// whoever speaks.
	direct = regexp.MustCompile(`^["”’.,*_]*\s*(?:[(\[]|(?i:in|of|from|under)\s|[*_]*$)`)
)
