package official

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/citation"
)

var (
	plainHead   = regexp.MustCompile(`^(?:PDF)?\s*(?:RCW|WAC)\s+([0-9A-Za-z.-]+)\s*(.*)$`)
	uscNumber   = regexp.MustCompile(`^§ ?([0-9A-Za-z–-]+)\.\s*(.*)$`)
	partialSaid = regexp.MustCompile(`(?i)\b(partial|excerpts?|selected)\b`)
	cutOff      = regexp.MustCompile(`(?i)\S*\[?[^\[\].]*(?:\.\.\.|…)?[^\[\].]*\bexcerpt ends(?: here)?[^\]]*\]\s*$`)
	statedDay   = regexp.MustCompile(`(?i)\b(?:captured|commit|retrieved|saved|accessed)(?: on)? (\d{4}-\d{2}-\d{2})\b`)
)

// StatedDay is the day that the first lines of a saved page say it was
// captured, or "".
func StatedDay(body []byte) corpus.Date {
	if m := statedDay.FindSubmatch(body[:min(len(body), 2000)]); m != nil {
		if d := corpus.Date(m[1]); d.Valid() {
			return d
		}
	}
	return ""
}

// parseText reads plain text: the address on line 1 (Page.URL has it too),
// lines in brackets that say what copy it is, the number and caption of the
// section, its paragraphs, its history in brackets, "NOTES:" and notes. A
// text that says it is an excerpt, or that has no history to show its end,
// is partial: what it lacks may stand in the law all the same.
func parseText(p Page) ([]Parsed, error) {
	if !utf8.Valid(p.Body) {
		return nil, layout("the text is not UTF-8")
	}
	cite, ok := plainCite(p.URL)
	if !ok {
		return nil, fmt.Errorf("%w: %s names no section of a code it reads", ErrPublisher, p.URL)
	}
	t := splitPlain(string(p.Body))
	if t.title == "" {
		t.title = cite.String()
	}
	if t.number != "" && !strings.HasSuffix(cite.Number, t.number) {
		return nil, layout("the address asks for %s, and the text begins with %s", cite, t.number)
	}
	if len(t.body) == 0 {
		return nil, fmt.Errorf("%w: there is no text under the heading", ErrNotFound)
	}
	partial := t.history == "" || partialSaid.MatchString(t.copied) || partialSaid.MatchString(t.number)
	var passages []corpus.Passage
	if last := len(t.body) - 1; cutOff.MatchString(t.body[last]) {
		t.body[last], partial = strings.TrimSpace(cutOff.ReplaceAllString(t.body[last], ""))+" …", true
	}
	if partial {
		passages = corpus.Cut(t.title, nil, t.body)
	} else {
		var err error
		if passages, err = corpus.CutStrict(t.title, t.body); err != nil {
			return nil, fmt.Errorf("%w: %s: %w", ErrLayout, cite, err)
		}
	}
	if p.Copy == "" {
		p.Copy = t.copied
	}
	s := text(p, cite, t.title, passages)
	if partial {
		s.Status = "partial"
	}
	out := Parsed{Source: s}
	s.Capture.History, s.Capture.Notes = t.history, append(s.Capture.Notes, t.notes...)
	switch cite.System {
	case citation.WAC:
		s.Capture.Effective = ruleEffective(t.history)
	case citation.RCW:
		out.Newest = newestActs(strings.ReplaceAll(t.history, "§", "s"))
		out.Stated, out.DatedElsewhere = statedEffects(t.notes, out.Newest)
		s.Capture.Effective = lastEffect(out.Newest, out.Stated, out.DatedElsewhere)
	}
	if err := sound(s); err != nil {
		return nil, err
	}
	return []Parsed{out}, nil
}

// A plainText is the pieces of a plain text.
type plainText struct {
	copied, number, title, history string
	body, notes                    []string
}

func splitPlain(body string) plainText {
	var t plainText
	inNotes := false
	for i, line := range lines(body) {
		switch {
		case i == 0: // the address
		case len(t.body) == 0 && t.number == "" && t.title == "" && strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]"):
			t.copied = strings.TrimSpace(t.copied + " " + strings.Trim(line, "[]"))
		case t.number == "" && len(t.body) == 0 && plainHead.MatchString(line):
			m := plainHead.FindStringSubmatch(line)
			t.number, t.title = m[1], m[2]
		case t.number == "" && len(t.body) == 0 && uscNumber.MatchString(line):
			m := uscNumber.FindStringSubmatch(line)
			t.number, t.title = strings.ReplaceAll(m[1], "–", "-"), m[2]
		case t.number != "" && t.title == "" && len(t.body) == 0:
			t.title = line
		case line == "NOTES:":
			inNotes = true
		case inNotes:
			t.notes = append(t.notes, line)
		case strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]") && len(t.body) > 0:
			t.history = strings.Trim(line, "[ ]")
		default:
			t.body = append(t.body, line)
		}
	}
	return t
}

var (
	stateFile = regexp.MustCompile(`\b(RCW|WAC) ([0-9A-Za-z. -]+)\.htm$`)
	lawPath   = regexp.MustCompile(`/regulations/washington/WAC-([0-9A-Za-z-]+)$`)
	uscPath   = regexp.MustCompile(`/uscode/text/(\d+[a-z]?)/([0-9A-Za-z-]+)$`)
)

// plainCite is the section that an address names.
func plainCite(address string) (citation.Citation, bool) {
	if c, ok := washingtonCite(address); ok {
		return c, c.Pin == ""
	}
	if c, ok := uscCite(address); ok {
		return c, c.Pin == ""
	}
	u, err := url.Parse(address)
	if err != nil {
		return citation.Citation{}, false
	}
	var name string
	switch host := strings.ToLower(u.Hostname()); {
	case host == "lawfilesext.leg.wa.gov":
		if m := stateFile.FindStringSubmatch(u.Path); m != nil {
			name = m[1] + " " + strings.ReplaceAll(m[2], " ", "")
		}
	case hosts[host] == cornell:
		if m := lawPath.FindStringSubmatch(u.Path); m != nil {
			name = "WAC " + m[1]
		} else if m := uscPath.FindStringSubmatch(u.Path); m != nil {
			name = m[1] + " U.S.C. " + m[2]
		}
	}
	c, err := citation.Parse(name)
	return c, err == nil && c.Pin == ""
}
