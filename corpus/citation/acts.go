package citation

import "regexp"

// An act's sections are cited by the act's own numbers and printed by those
// of the United States Code.
type act struct {
	names    []string
	sections map[string]string // act's section to "title section" of the Code
	title    string            // where not empty, every section is one of this title
}

// The acts people argue with. The pairs were read in the Code's own source
// credits, notes and bracketed references, but for ERISA's 510 and the Public
// Health Service Act's 2722, which are common knowledge.
var (
	phs = map[string]string{
		"2701": "42 300gg", "2702": "42 300gg-1", "2704": "42 300gg-3", "2706": "42 300gg-5", "2708": "42 300gg-7",
		"2711": "42 300gg-11", "2712": "42 300gg-12", "2713": "42 300gg-13", "2714": "42 300gg-14",
		"2715": "42 300gg-15", "2716": "42 300gg-16", "2718": "42 300gg-18", "2719": "42 300gg-19",
		"2722": "42 300gg-21", "2723": "42 300gg-22", "2724": "42 300gg-23", "2726": "42 300gg-26",
		"2727": "42 300gg-27", "2791": "42 300gg-91",
	}
	acts = []act{
		{[]string{"erisa", "e r i s a", "employee retirement income security act"},
			map[string]string{
				"3": "29 1002", "502": "29 1132", "503": "29 1133", "510": "29 1140", "514": "29 1144",
				"715": "29 1185d", "733": "29 1191b",
			}, ""},
		{[]string{"phs act", "phsa", "public health service act", "phs"}, phs, ""},
		{[]string{"ppaca", "patient protection and affordable care act", "patient protection affordable care act",
			"affordable care act", "aca"}, affordable, ""},
		{[]string{"irc", "i r c", "internal revenue code"}, nil, "26"},
	}
	// affordable has the sections of the Affordable Care Act itself besides
	// those it wrote into the Public Health Service Act, which go by its name.
	affordable = with(phs, map[string]string{"1251": "42 18011", "1302": "42 18022"})
)

func with(a, b map[string]string) map[string]string {
	out := map[string]string{}
	for _, m := range []map[string]string{a, b} {
		for k, v := range m {
			out[k] = v
		}
	}
	return out
}

// actNames finds an act by name and actByName what it is; the act's first name
// stands where the name of a system would.
var actNames, actByName = func() (map[string][]name, map[System]act) {
	spellings, byName := map[System][]string{}, map[System]act{}
	for _, a := range acts {
		key := System(a.names[0])
		spellings[key], byName[key] = a.names, a
	}
	return byFirstWord(spellings), byName
}()

// revenueForm is a section of the Internal Revenue Code.
var revenueForm = regexp.MustCompile(`^\d{1,4}[a-z]?(?:-\d)?$`)

// code is the number in the Code of one of the act's sections.
func (a act) code(section string) (string, bool) {
	if a.title == "" {
		n, ok := a.sections[section]
		return n, ok
	}
	return spell(USC, a.title, section), revenueForm.MatchString(section)
}

// actName reads the name of an act at i, its year, its short name in
// parentheses, and its possessive.
func (t *folded) actName(i int) (act, int, bool) {
	key, end, ok := t.name(i, actNames)
	if !ok {
		return act{}, i, false
	}
	if w, j := t.word(t.skip(end)); w == "of" {
		if j = t.skip(j); yearLike(t.digits(j)) {
			end = j + 4
		}
	}
	end = t.again(end, actNames)
	if t.low(end) == '\'' && t.low(end+1) == 's' {
		end += 2
	}
	return actByName[key], end, true
}

// act reads a section of an act whose name stands first: "ERISA § 502(a)(3)",
// "PHS Act sections 2706 and 2719".
func (t *folded) act(i int) []hit {
	a, end, ok := t.actName(i)
	if !ok {
		return nil
	}
	l := t.lead(end)
	if l.part >= aChapter {
		return nil
	}
	raw := t.rawList(l.end, l.plural)
	if len(raw) == 0 || a.title != "" && !l.marked() && yearLike(raw[0].text) {
		return nil
	}
	raw[0].start = i
	return a.hits(raw)
}

func yearLike(s string) bool { return len(s) == 4 && (s[:2] == "18" || s[:2] == "19" || s[:2] == "20") }

// hits translates sections of an act. It stops at the first that the table
// does not have.
func (a act) hits(raw []rawPlace) []hit {
	var out []hit
	for _, r := range raw {
		n, ok := a.code(r.text)
		if last := len(r.text) - 1; !ok && isAlpha(r.text[last]) { // "2706a" is 2706(a)
			n, ok = a.code(r.text[:last])
			r.pin = "(" + Pinpoint(r.text[last:]) + ")" + r.pin
		}
		if !ok || r.pin.Page() {
			break
		}
		out = append(out, hit{cite: Citation{USC, n, r.pin}, start: r.start, end: r.end})
	}
	return out
}
