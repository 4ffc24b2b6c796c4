package citation

import (
	"regexp"
	"strings"
)

// web reads an address: "https://www.insurance.wa.gov/…". Punctuation that
// ends a sentence does not end an address. The address of a provision at a
// publisher is read as the provision.
func (t *folded) web(i int) []hit {
	w, from := t.word(i)
	if w != "https" && w != "http" || t.low(from) != ':' || t.low(from+1) != '/' || t.low(from+2) != '/' {
		return nil
	}
	if from += 3; !isWord(t.low(from)) {
		return nil
	}
	end, depth := from, 0
	for end < len(t.lower) && strings.IndexByte(" \n\"<>`|{}", t.low(end)) < 0 {
		switch t.low(end) {
		case '(':
			depth++
		case ')':
			depth--
		}
		end++
	}
	for ; end > from && strings.IndexByte(".,;:!?'*])", t.low(end-1)) >= 0; end-- {
		if t.low(end-1) == ')' {
			if depth >= 0 { // its partner is in the address
				break
			}
			depth++
		}
	}
	h := hit{cite: Citation{System: Web, Number: t.src[t.start(from):t.end(end)]}, start: i, end: end}
	if c, ok := published(string(t.lower[from:end])); ok {
		h.cite = c
	}
	h.cite.Pin, h.end = t.page(end)
	return []hit{h}
}

// publishers are the addresses at which provisions stand, with groups for
// the title, where the system has one, and the number.
var publishers = []struct {
	system System
	form   *regexp.Regexp
}{
	{RCW, regexp.MustCompile(`^apps?\.leg\.wa\.gov/rcw/(?:default\.aspx)?()\?cite=([0-9a-z.-]+)`)},
	{WAC, regexp.MustCompile(`^apps?\.leg\.wa\.gov/wac/(?:default\.aspx)?()\?cite=([0-9a-z.-]+)`)},
	{USC, regexp.MustCompile(`^(?:www\.)?law\.cornell\.edu/uscode/text/(\d+)/([0-9a-z-]+)`)},
	{CFR, regexp.MustCompile(`^(?:www\.)?law\.cornell\.edu/cfr/text/(\d+)/([0-9a-z.-]+)`)},
	{USC, regexp.MustCompile(`^uscode\.house\.gov/view\.xhtml\?req=granuleid:usc-prelim-title(\d+)-section([0-9a-z-]+)`)},
	{CFR, regexp.MustCompile(`^(?:www\.)?ecfr\.gov/current/title-(\d+)/(?:[0-9a-z./-]+/)?section-([0-9a-z.-]+)`)},
}

// published reads an address, in lower case, as the provision that stands
// there.
func published(address string) (Citation, bool) {
	for _, p := range publishers {
		m := p.form.FindStringSubmatch(address)
		if m == nil || lastTitle[p.system] > 0 && !validTitle(p.system, m[1]) {
			continue
		}
		if h, ok := fold(m[2]).place(p.system, m[1], lead{}, 0); ok && h.end == len(m[2]) {
			return h.cite, true
		}
	}
	return Citation{}, false
}
