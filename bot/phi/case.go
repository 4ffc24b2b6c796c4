package phi

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// A Case holds the placeholders of one request. The same person, value or day
// has the same placeholder throughout; a second spelling of it is told apart by
// a suffix ([PATIENT_1.2]), so that each comes back as it was written. A Case
// keeps identifiers in memory: drop it when the request is done. It is safe for
// concurrent use.
type Case struct {
	gate   *Gate
	kind   Kind
	names  []declaredName
	values []declaredValue

	mu      sync.Mutex
	people  map[string]*person   // by the words of a name
	byPart  map[string][]*person // by each word
	persons int
	entries map[string]*entry // by "PATIENT_1"
	byKey   map[string]*entry
	count   map[string]int // by label
	anchor  *entry         // the first day, from which the others are counted
}

// A person is whom several names mean.
type person struct {
	id    int
	role  Role
	parts []string
}

// An entry is what one placeholder stands for.
type entry struct {
	label    string
	number   int
	day      int
	sure     bool
	used     bool // a declared name has its number before it is met
	spelling []string
	index    map[string]int
}

// NewCase begins a request about a text of a kind. Declared values are found in
// all their variants, whatever else the text looks like.
func (g *Gate) NewCase(kind Kind, declared ...Declared) *Case {
	c := &Case{gate: g, kind: kind, people: map[string]*person{}, byPart: map[string][]*person{},
		entries: map[string]*entry{}, byKey: map[string]*entry{}, count: map[string]int{}}
	for _, d := range declared {
		if d.Type != "" && d.Type != Name {
			if a := alnum(d.Value); len(a) > 1 {
				c.values = append(c.values, declaredValue{typ: d.Type, alnum: a, day: dayNumber(d.Value)})
			}
			continue
		}
		full, parts := nameParts(d.Value)
		if len(parts) == 0 {
			continue
		}
		p := c.meet(&person{role: d.Role, parts: parts})
		c.names = append(c.names, declaredName{person: p, full: full, parts: parts})
		e := c.newEntry(p.key(), p.label())
		e.spelling, e.index[d.Value] = []string{d.Value}, 0
	}
	return c
}

// Redact replaces what identifies somebody by placeholders, as the destination
// demands, and gives all findings, with offsets into text. Restore gives the
// text back byte for byte.
func (c *Case) Redact(text string, to Destination) (string, []Finding) {
	return c.redact(text, to, false)
}

// RedactAgain is Redact for a text that this case has redacted before: the
// placeholders it issued stay as they are and are no findings.
func (c *Case) RedactAgain(text string, to Destination) (string, []Finding) {
	return c.redact(text, to, true)
}

func (c *Case) redact(text string, to Destination, again bool) (string, []Finding) {
	r := c.gate.read(text, c.kind, to)
	r.layers(c)
	spans := c.gate.standing(text, r.merged())
	c.mu.Lock()
	defer c.mu.Unlock()
	var b strings.Builder
	var findings []Finding
	at, point := 0, 0
	for _, s := range spans {
		word := text[s.start:s.end]
		b.WriteString(text[at:s.start])
		point += utf8.RuneCountInString(text[at:s.start])
		n := utf8.RuneCountInString(word)
		if again && c.issuedWhole(word) {
			b.WriteString(word)
			at, point = s.end, point+n
			continue
		}
		findings = append(findings, Finding{Type: s.typ, Start: point, End: point + n, Sure: s.sure, Text: word})
		if to == Outside || s.sure {
			b.WriteString(c.placeholder(s, word))
		} else {
			b.WriteString(word)
		}
		at, point = s.end, point+n
	}
	b.WriteString(text[at:])
	return b.String(), findings
}

// layers runs the layers in their order: what an earlier one found, a later
// one does not read again.
func (r *reader) layers(c *Case) {
	r.escape()
	r.keepTerms()
	r.contacts()
	r.identifiers()
	r.numbers()
	r.dates()
	r.addresses()
	r.employers()
	if c != nil {
		r.declared(c)
		r.declaredDays(c)
	}
	r.names()
	r.unknowns()
	r.houseNumbers()
	r.addressRuns()
}

// declaredDays gives the dates that are declared their declared type.
func (r *reader) declaredDays(c *Case) {
	for _, v := range c.values {
		for k := range r.spans {
			if v.day != 0 && r.spans[k].order == v.day {
				r.spans[k].typ, r.spans[k].sure, r.spans[k].firm = v.typ, true, true
			}
		}
	}
}

// placeholder issues the placeholder of a span.
func (c *Case) placeholder(s span, word string) string {
	e := c.entry(s, word)
	k, ok := e.index[word]
	if !ok {
		k = len(e.spelling)
		e.index[word] = k
		e.spelling = append(e.spelling, word)
	}
	e.sure, e.used = e.sure || s.sure, true
	var b strings.Builder
	b.WriteByte('[')
	b.WriteString(e.name())
	if k > 0 {
		b.WriteByte('.')
		b.WriteString(strconv.Itoa(k + 1))
	}
	if e.day != 0 && e != c.anchor && s.typ == Date {
		b.WriteString(interval(c.anchor, e))
	}
	b.WriteByte(']')
	return b.String()
}

// interval says how many days a date lies behind the first one.
func interval(from, to *entry) string {
	days, sign := to.day-from.day, " + "
	if days < 0 {
		days, sign = -days, " - "
	}
	unit := " days"
	if days == 1 {
		unit = " day"
	}
	return " = " + from.name() + sign + strconv.Itoa(days) + unit
}

func (e *entry) name() string { return e.label + "_" + strconv.Itoa(e.number) }

// entry is the one of a span: that of its person, day or value.
func (c *Case) entry(s span, word string) *entry {
	key, label := string(s.typ)+" "+alnum(word), strings.ToUpper(string(s.typ))
	switch {
	case s.typ == Name:
		p := c.person(s, word)
		key, label = p.key(), p.label()
	case s.typ == Age90:
		label = "AGE"
	case s.order != 0:
		key = string(s.typ) + " day " + strconv.Itoa(s.order)
	case alnum(word) == "":
		key = string(s.typ) + " " + word
	}
	if e := c.byKey[key]; e != nil {
		return e
	}
	e := c.newEntry(key, label)
	if s.typ == Date && s.order != 0 {
		if e.day = s.order; c.anchor == nil {
			c.anchor = e
		}
	}
	return e
}

// newEntry takes the next number of a label.
func (c *Case) newEntry(key, label string) *entry {
	c.count[label]++
	e := &entry{label: label, number: c.count[label], index: map[string]int{}}
	c.byKey[key], c.entries[e.name()] = e, e
	return e
}

func (p *person) key() string { return "person " + strconv.Itoa(p.id) }

func (p *person) label() string {
	if p.role == "" {
		return "PERSON"
	}
	return strings.ToUpper(string(p.role))
}

// person is whom a name means: somebody named before whose parts fit, or
// somebody new.
func (c *Case) person(s span, word string) *person {
	if s.who != nil {
		return s.who
	}
	_, parts := nameParts(word)
	key := strings.Join(parts, " ")
	if p := c.people[key]; p != nil {
		return p
	}
	if p := c.fitting(parts); p != nil {
		if len(parts) > len(p.parts) && p.role == "" {
			p.parts = parts
			c.index(p)
		}
		c.people[key] = p
		return p
	}
	p := c.meet(&person{role: s.role, parts: parts})
	c.people[key] = p
	return p
}

// fitting is the first person whom the parts can mean, or nil.
func (c *Case) fitting(parts []string) *person {
	for _, part := range parts {
		for _, p := range c.byPart[part] {
			if p.fits(parts) {
				return p
			}
		}
	}
	for _, d := range c.names { // initials alone
		if d.person.fits(parts) {
			return d.person
		}
	}
	return nil
}

// meet gives a new person their number.
func (c *Case) meet(p *person) *person {
	c.persons++
	p.id = c.persons
	c.index(p)
	return p
}

// index files a person under the words of the name. So many others of one
// word are looked at that the work stays bounded.
func (c *Case) index(p *person) {
	const most = 8
	for _, part := range p.parts {
		if l := c.byPart[part]; len(part) > 1 && len(l) < most && !slices.Contains(l, p) {
			c.byPart[part] = append(l, p)
		}
	}
}

// fits reports whether a name can mean the person: each part is one of theirs,
// or its initial, or each of theirs is in it.
func (p *person) fits(parts []string) bool {
	if len(parts) == 0 || len(p.parts) == 0 {
		return len(parts) == len(p.parts)
	}
	return covered(parts, p.parts) || len(p.parts) < len(parts) && len(p.parts[0]) > 1 && covered(p.parts, parts)
}

func covered(these, by []string) bool {
	long := false
	for _, t := range these {
		found := false
		for _, o := range by {
			found = found || t == o || len(t) == 1 && strings.HasPrefix(o, t)
		}
		if !found {
			return false
		}
		long = long || len(t) > 1
	}
	return long || len(these) > 1 && len(these) == len(by)
}
