package official

import (
	"net/url"
	"strings"

	"github.com/everycategory/advocate/corpus/citation"
)

// A publisher is who shows a text.
type publisher int

const (
	nobody publisher = iota
	washington
	uscode
	ecfr
	cornell
)

// hosts are the addresses of each publisher; a redirect may lead from one to
// another of the same publisher and nowhere else.
var hosts = map[string]publisher{
	"app.leg.wa.gov":      washington,
	"apps.leg.wa.gov":     washington,
	"leg.wa.gov":          washington,
	"uscode.house.gov":    uscode,
	"www.ecfr.gov":        ecfr,
	"ecfr.gov":            ecfr,
	"www.law.cornell.edu": cornell,
	"law.cornell.edu":     cornell,
}

func publisherOf(u *url.URL) publisher {
	if u.Scheme != "https" && u.Scheme != "http" {
		return nobody
	}
	return hosts[strings.ToLower(u.Hostname())]
}

// Days after which a captured text is stale, by system. The Washington
// legislature's codes change with each session and the rules every two
// weeks; the House publishes release points about monthly, the eCFR changes
// daily; an opinion does not change.
const (
	staleRCW = 90
	staleWAC = 45
	staleUSC = 60
	staleCFR = 30
)

// StaleAfter is the number of days after which a text of system has to be
// fetched again before it is relied on; 0 for never.
func StaleAfter(s citation.System) int {
	switch s {
	case citation.RCW:
		return staleRCW
	case citation.WAC:
		return staleWAC
	case citation.USC:
		return staleUSC
	case citation.CFR:
		return staleCFR
	}
	return 0
}
