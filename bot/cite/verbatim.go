package cite

// minVerbatim is the part of a claim's words that a sentence of the passages
// has in the same order, for the claim to count as that sentence edited.
const minVerbatim = 0.6

// editsHarmless lays a claim beside the sentences of its passages that it
// may be an edit of. Where the same two words follow one another in both,
// what stands between them has to come to the same mode; where one word or
// figure stands for another, it may not be a rival of it. A claim passes
// that is a harmless edit of one of them.
func editsHarmless(c *sentence, source []*sentence) error {
	var first error
	least := max(3, minVerbatim*float32(len(c.words)))
	edits := make([][][2]int, len(source))
	var most float32
	for i, s := range source {
		if part := share(c, s); part >= minClause {
			edits[i] = inOrder(c, s)
			least = max(least, 0.85*float32(len(edits[i])))
			most = max(most, part)
		}
	}
	if err := clausesKept(c, source, edits); err != nil {
		return err
	}
	longest := 0
	for i, s := range source {
		if n := len(edits[i]); float32(n) >= least && share(c, s) >= most-0.05 {
			err := edited(c, s, edits[i])
			if err == nil {
				return nil
			}
			if n > longest {
				longest, first = n, err
			}
		}
	}
	return first
}

// minClause is the part of a claim's words that a sentence has, for its
// clauses to be laid beside the claim's.
const minClause = 0.35

// edited compares what stands between the words that c and s share.
func edited(c, s *sentence, pairs [][2]int) error {
	last := [2]int{-1, -1}
	var first error
	if isWhole(c, s, pairs) && sharedNegs(c, s, pairs)%2 != 0 && !distributed(c, s, pairs) {
		first = unequal(s)
	}
	for _, p := range pairs {
		gap := [2]int{p[0] - last[0], p[1] - last[1]}
		if gap == [2]int{2, 2} {
			if err := substituted(c, p[0]-1, s, p[1]-1, last[0] >= 0 && isWhole(c, s, pairs)); err != nil {
				return err
			}
		}
		if gap == [2]int{1, 1} || gap == [2]int{2, 2} {
			if err := figuresBetween(c, s, p[0], p[1]); err != nil {
				return err
			}
		}
		v, w := &c.words[p[0]], &s.words[p[1]]
		if err := sameBefore(v, w, c.words[last[0]+1:p[0]], s.words[last[1]+1:p[1]]); err != nil && first == nil && !reworded(c, s, pairs, p) {
			first = err
		}
		last = p
	}
	return first
}

// sameBefore compares the operators before two words that are one, and those
// before the words that only the claim or only the passage has just there.
func sameBefore(c, s *word, claimOnly, passageOnly []word) error {
	if c.after != 0 && s.after != 0 && !agree(c.after, s.after) { // "only the plan is not"
		return fail(KindNegation, c.text, "it ends with %q %s, where the passage has it %s", c.text, c.after, s.after)
	}
	ok := agree(c.before, s.before)
	for _, w := range passageOnly {
		ok = ok || c.before != plain && agree(c.before, w.before)
	}
	for _, w := range claimOnly {
		ok = ok || s.before != plain && agree(w.before, s.before)
	}
	if ok {
		return nil
	}
	kind := KindModal
	if (c.before|s.before)&(duty|leave|should|noDuty) == 0 || c.before == plain || s.before == plain {
		kind = KindNegation
	}
	return fail(kind, c.text, "it has %q %s, where the passage has it %s", c.text, c.before, s.before)
}

// substituted compares word i of c with word j of s, in whose place it stands
// between two words they share; whole says that c and s are one but for edits.
func substituted(c *sentence, i int, s *sentence, j int, whole bool) error {
	v, w := c.words[i], s.words[j]
	if v.party && w.party {
		return fail(KindParty, v.text, "the passage says it of %q, not of %q", w.text, v.text)
	}
	g, ok := rivalOf[v.key]
	if h, also := rivalOf[w.key]; ok && also && g == h && (whole || !s.keys[v.key]) {
		return fail(KindRival, v.text, "the passage says %q, not %q", w.text, v.text)
	}
	return nil
}

// figuresBetween compares the figures before word i of c with those before
// word j of s, where each has as many.
func figuresBetween(c, s *sentence, i, j int) error {
	mine, theirs := c.figuresAt(i), s.figuresAt(j)
	for k, f := range mine {
		if len(mine) == len(theirs) && f.unit == theirs[k].unit && !f.sameValue(theirs[k]) {
			return fail(f.kind(), f.value, "the passage has %s, not %s", theirs[k], f)
		}
	}
	return nil
}

func (s *sentence) figuresAt(i int) []figure {
	var out []figure
	for _, f := range s.figures {
		if f.at == i {
			out = append(out, f)
		}
	}
	return out
}

func isParty(key string) bool { return key != "" && key[0] == '@' }

// inOrder is a longest sequence of words that c and s share in order, as
// places in each; among the longest, one whose words stand in like modes.
func inOrder(c, s *sentence) [][2]int {
	n, m := len(c.words), len(s.words)
	long := make([]int16, (n+1)*(m+1))
	score := func(i, j int) int16 {
		switch v, w := c.words[i], s.words[j]; {
		case v.key != w.key:
			return 0
		case agree(v.before, w.before):
			return 33
		}
		return 32
	}
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			at := i*(m+1) + j
			long[at] = max(long[at+m+1], long[at+1])
			if p := score(i, j); p > 0 {
				long[at] = max(long[at], long[at+m+2]+p)
			}
		}
	}
	var out [][2]int
	for i, j := 0, 0; i < n && j < m; {
		at := i*(m+1) + j
		switch p := score(i, j); {
		case p > 0 && long[at] == long[at+m+2]+p:
			out = append(out, [2]int{i, j})
			i, j = i+1, j+1
		case long[at+m+1] >= long[at+1]:
			i++
		default:
			j++
		}
	}
	return out
}
