package export

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// markdown writes o as CommonMark with footnotes as GitHub has them. Blanks
// are bold and keep their brackets.
func markdown(o *outline) ([]byte, error) {
	var b bytes.Buffer
	for i := range o.parts {
		p := &o.parts[i]
		switch {
		case i == 0:
		case p.inGroup() && !p.first && p.listed():
		case p.inGroup() && !p.first:
			b.Truncate(b.Len() - 1)
			b.WriteString("\\\n")
		case p.role == quotation && !p.first:
			b.WriteString(">\n")
		default:
			b.WriteByte('\n')
		}
		p.markdown(&b)
	}
	for _, n := range o.notes {
		b.WriteString("\n[^" + strconv.Itoa(n.n) + "]: " + noteMarkdown(n) + "\n")
	}
	return b.Bytes(), nil
}

// listed reports whether p is of a list.
func (p *part) listed() bool { return p.role == item || p.role == numbered || p.role == enclosure }

// markdown writes p with a line feed at its end.
func (p *part) markdown(b *bytes.Buffer) {
	first, rest, between := "", "", "\\\n"
	switch p.role {
	case heading, enclosed, exhibit:
		first, between = "## ", " "
	case quotation:
		first, rest = "> ", "> "
	case item:
		first, rest = "- ", "  "
	case numbered, enclosure:
		first = strconv.Itoa(p.place) + ". "
		rest = strings.Repeat(" ", len(first))
	case exhibitTitle, exhibitStatus, closing:
		p.wrapped(b)
		return
	case exhibitLink:
		b.WriteString(autolink(p.runs[0].text) + "\n")
		return
	}
	var lines [][]run
	for _, l := range splitLines(p.marked()) {
		if l = trimLine(l); len(l) > 0 {
			lines = append(lines, l)
		}
	}
	for i, l := range lines {
		if i == 0 {
			b.WriteString(first)
		} else {
			b.WriteString(between + rest)
		}
		s := lineMarkdown(l)
		if head, ok := strings.CutSuffix(s, "\\\\"); ok {
			// A backslash before the one that breaks the line is misread.
			s = head + "&#92;"
		}
		b.WriteString(s)
	}
	b.WriteByte('\n')
}

// wrapped writes p, which is one plain line, in italics.
func (p *part) wrapped(b *bytes.Buffer) {
	b.WriteString("*" + escapeStart(escape(oneLine(textRuns(p.runs)))) + "*\n")
}

// splitLines cuts runs at their line feeds.
func splitLines(runs []run) [][]run {
	lines := [][]run{nil}
	for _, r := range runs {
		pieces := strings.Split(r.text, "\n")
		for i, s := range pieces {
			if i > 0 {
				lines = append(lines, nil)
			}
			piece := run{text: s, blank: r.blank, url: r.url}
			if i == len(pieces)-1 {
				piece.notes = r.notes
			}
			if piece.text != "" || len(piece.notes) > 0 {
				lines[len(lines)-1] = append(lines[len(lines)-1], piece)
			}
		}
	}
	return lines
}

// trimLine takes the white space off both ends of a line. Of what is all
// white space only runs with notes are left.
func trimLine(l []run) []run {
	b := builder{o: &outline{}}
	b.add(part{runs: l})
	if len(b.o.parts) == 0 {
		return nil
	}
	return b.o.parts[0].runs
}

// lineMarkdown is a line of a paragraph.
func lineMarkdown(l []run) string {
	var b strings.Builder
	last := ' '
	l = mergeBlanks(l)
	for i, r := range l {
		s := escape(r.text)
		if r.blank {
			next := ' '
			if i+1 < len(l) && len(r.notes) == 0 {
				next = firstRune(l[i+1].text)
			}
			s = bold(s, last, next)
		}
		b.WriteString(s)
		if r.text != "" {
			last = lastRune(r.text)
		}
		for _, n := range r.notes {
			b.WriteString("[^" + strconv.Itoa(n) + "]")
			last = ']'
		}
	}
	return escapeStart(b.String())
}

// mergeBlanks makes one of blanks that touch: their asterisks would.
func mergeBlanks(l []run) []run {
	var out []run
	for _, r := range l {
		if n := len(out) - 1; n >= 0 && r.blank && out[n].blank && len(out[n].notes) == 0 {
			out[n].text += r.text
			out[n].notes = r.notes
			continue
		}
		out = append(out, r)
	}
	return out
}

// bold makes escaped text bold between two characters of the line. Inside a
// word a renderer would show the asterisks: there the brackets must do.
func bold(s string, before, after rune) string {
	t := strings.TrimSpace(s)
	at := strings.Index(s, t)
	if at > 0 {
		before = ' '
	}
	if at+len(t) < len(s) {
		after = ' '
	}
	if t == "" || isWord(before) || isWord(after) {
		return s
	}
	return s[:at] + "**" + t + "**" + s[at+len(t):]
}

// isWord reports what CommonMark does not count as space or punctuation.
func isWord(r rune) bool {
	ascii := r > ' ' && r < 0x7f && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	return !ascii && !unicode.IsSpace(r) && !unicode.IsPunct(r)
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return ' '
}

func lastRune(s string) rune {
	last := ' '
	for _, r := range s {
		last = r
	}
	return last
}

func noteMarkdown(n note) string {
	s := escapeStart(escape(n.text))
	switch {
	case n.url == "" && s == "":
		return "&nbsp;" // without it there is no note
	case n.url == "":
		return s
	case s == "":
		return autolink(n.url)
	}
	return s + " " + autolink(n.url)
}

// autolink is an address that can be followed, or plain text where it cannot.
func autolink(s string) string {
	if to := link(s); to != "" {
		return "<" + to + ">"
	}
	return escapeStart(escape(s))
}

// special are the characters that open or close markup wherever they stand,
// in CommonMark, in GitHub's tables, mentions and links, and in formulas.
const special = "\\`*_[]<>&~|^=$#@{}"

// escape makes s text that no renderer takes for markup, but for what is
// markup at the start of a line.
func escape(s string) string {
	var b strings.Builder
	for i, r := range s {
		switch {
		case strings.ContainsRune(special, r), r == ':' && (i == 0 || !spaceAt(s, i+1)), r == '.' && isWWW(s[:i]):
			b.WriteByte('\\')
		case r == '\n':
			r = ' '
		}
		b.WriteRune(r)
	}
	return b.String()
}

func spaceAt(s string, i int) bool { return i >= len(s) || s[i] == ' ' || s[i] == '\n' }

// isWWW reports whether s ends in what starts a link without a scheme.
func isWWW(s string) bool { return len(s) >= 3 && strings.EqualFold(s[len(s)-3:], "www") }

// starts are what makes a line a list, a heading, a rule or a fence.
var starts = regexp.MustCompile(`^(?:[-+]|\d{1,9}[.)])`)

// escapeStart makes the start of an escaped line text.
func escapeStart(s string) string {
	if at := starts.FindStringIndex(s); at != nil {
		return s[:at[1]-1] + "\\" + s[at[1]-1:]
	}
	return s
}
