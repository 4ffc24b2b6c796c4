package denial

import (
	"slices"
	"time"
)

// Read reads a text. today is the day it is read on: a day after it cannot be
// that of a letter; where it is zero nothing is held against it. Only the first
// MaxText bytes are read. Placeholders of bot/phi are read around.
func (r *Reader) Read(text string, today time.Time) Denial {
	p := r.lay(text)
	r.find(p)
	p.form = p.readForm()
	p.columns = r.tables(p)
	p.sections(r.reading.Guards)
	codes := r.codesOf(p)
	d := Denial{Form: p.form, Objections: r.objections(p, codes), Codes: []Code{}, Payer: r.payer(p), Dates: r.dates(p, today),
		Procedures: r.procedures(p, codes), Diagnoses: r.diagnoses(p), Conditions: []string{}}
	for _, c := range codes {
		d.Codes = append(d.Codes, c.Code)
	}
	d.Conditions = r.conditions(p, d.Diagnoses)
	d.Final, d.Urgent = p.says(r, final), p.says(r, urgent)
	return d
}

// says reports whether the text says, outside of every guard, something of a
// kind.
func (p *page) says(r *Reader, k kind) bool {
	for s := range p.sentences {
		for _, h := range p.in(s, k) {
			if !p.guarded(r, s, h) {
				return true
			}
		}
	}
	return false
}

// conditions lists those that the words or the diagnoses name, in the order of
// the words, then of the codes.
func (r *Reader) conditions(p *page, diagnoses []string) []string {
	out := []string{}
	add := func(id string) {
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	for _, h := range p.hits[conditions] {
		add(r.reading.Conditions[h.ref].ID)
	}
	for _, code := range diagnoses {
		for _, c := range r.reading.Conditions {
			if slices.ContainsFunc(c.ICD, func(family string) bool { return len(code) >= len(family) && code[:len(family)] == family }) {
				add(c.ID)
			}
		}
	}
	return out
}
