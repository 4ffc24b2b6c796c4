package bot

import (
	"regexp"
	"slices"
	"strings"
)

// asksAction matches a question for what to do.
var asksAction = regexp.MustCompile(`(?i)\bwhat (?:can|do|should|must|could|would|shall) (?:i|we|you|he|she|they|(?:my|the) \w+) (?:first )?(?:do|write|say|tell|answer|reply|file|send)\b` +
	`|\bwhat (?:i|we) (?:can|should|must|could) do\b|\bwhat (?:do|should|can) we\b[^?]{0,20}\bdo\b` +
	`|\bwhat to (?:do|write|say|answer|reply|send|file)\b|\bwhat now\b|\bnow what\b|\bnext steps?\b` +
	`|\bhow (?:(?:do|can|should|would|could|might) (?:i|we|you|one)|to) (?:best )?(?:appeal|fight|answer|respond|challenge|dispute|argue|reply|contest|object|complain|push back|handle|deal|proceed|get (?:it|them|this|that|him|her|us|me) (?:paid|approved|reversed|overturned|covered)|get paid)\b` +
	`|\b(?:any|some)thing (?:else )?(?:that )?(?:i|we|you|she|he|to) (?:can |could )?(?:do|be done)\b|\bwhat are (?:my|our|her|his|the) options\b|\bhow (?:do|can|should) (?:i|we) (?:start|begin)\b`)

// asksPapers matches a question for what to send along.
var asksPapers = regexp.MustCompile(`(?i)\b(?:enclos(?:e|ed|ing|ures?)|attach(?:ed|ing|ments?)?|which (?:papers?|documents?|records?|paperwork)|what (?:papers?|documents?|documentation|records?|paperwork|evidence|proof) (?:do|should|must|can|to|would|will|goes)|` +
	`what (?:do|should|can|must|would) (?:i|we) (?:send|include|submit|attach|put in|mail|fax)|what to (?:send|include|submit|attach|put in|mail|fax)|what (?:goes|has to go|should go) (?:in|with|into)|` +
	`(?:prove|show) (?:that )?(?:i|we|it|the claim) (?:sent|filed|was)|how (?:do|can) (?:i|we) prove (?:that )?(?:i|we|it|the claim))\b`)

// asksLetter matches a question about a letter, an appeal or another thing
// that papers go along with.
var asksLetter = regexp.MustCompile(`(?i)\b(?:appeal(?:s|ed|ing)?|letters?|write|dispute|fight|contest|challenge|send|submit)\b`)

// asksToWrite matches a question for a letter itself.
var asksToWrite = regexp.MustCompile(`(?i)\b(?:write|draft|make|give|create|compose|generate|need|want)\b(?: (?:me|us|up|my|a|an|the|for|out|this|sample|template))* (?:\w+ ){0,2}(?:letter|template|appeal letter|rebuttal)\b|^(?:a )?(?:sample|template)\b[^?]*\bletter\b`)

// sayRebut is said first where a letter itself is asked for.
const sayRebut = "Letters are written by 'advocate rebut', from the denial itself: paste its words there. Here is what such a letter should hold."

// asksScript matches a question for what to say at a hearing.
var asksScript = regexp.MustCompile(`(?i)\b(?:testimony|testify(?:ing)?|hearing)\b[^?]*\b(?:what (?:to|do i|should i|can i) say|write|script|help)\b|\b(?:write|script|what (?:to|do i|should i) say)\b[^?]*\b(?:testimony|testify(?:ing)?|hearing)\b`)

// sayTestify is said first where a script is asked for.
const sayTestify = "A script that fits your minutes is written by 'advocate testify'."

// leadWithAction puts what to do before everything else where that is what
// the question asks for and one step holds in every branch. An answer that
// begins with such a step already, or with a verdict, stays as it is.
func (d *draft) leadWithAction(question string) {
	d.points = slices.DeleteFunc(d.points, func(p point) bool {
		return p.part == Next && slices.ContainsFunc(d.points, func(q point) bool { return q.part == Lead && q.say == p.say })
	})
	if !asksAction.MatchString(question) || asksMeaning.MatchString(question) || len(d.points) == 0 || beginsWithStep(d.points[0].say) {
		return
	}
	i := slices.IndexFunc(d.points, func(p point) bool { return p.part == Next })
	if i < 0 || d.points[i].branch != "" {
		return
	}
	step := d.points[i]
	step.part = Lead
	d.points = slices.Insert(slices.Delete(d.points, i, i+1), 0, step)
}

// beginsWithStep reports whether a sentence tells what to do.
func beginsWithStep(say string) bool {
	first, _, _ := strings.Cut(say, " ")
	return slices.Contains(steps, first)
}

// steps are the words that advice begins with in this library.
var steps = strings.Fields("Ask Send Write Have Keep Look Contest Point Read Supply Point Show Record Count Chart Correct Cite Dispute Check File Get Renew Compare Tell Quote Match Put Note Answer If")

// papers are the enclosures that the answer shows: those of the topic, where
// the question asks for them or for something that they go along with.
func (d *draft) papers(question string) []string {
	if asksPapers.MatchString(question) || asksToWrite.MatchString(question) || asksAction.MatchString(question) && asksLetter.MatchString(question) {
		return d.enclosures
	}
	return nil
}
