package files

import "slices"

// Limits of taking a page for one of two columns.
const (
	minGutter      = 8    // points between columns
	minColumnLines = 6    // lines on each side
	minColumnWords = 4    // words of half of the lines, on each side: cells of tables are shorter
	mayCross       = 0.25 // of all lines, such as headings across both columns
)

// gutter finds the middle of the white strip between two columns, between 30
// and 70 percent of the page's width.
func gutter(bs []band, width float32) (x float32, ok bool) {
	var all []segment
	for _, b := range bs {
		all = append(all, b...)
	}
	// The strip is where about the fewest lines cross, not all that few
	// cross: lines that end ragged leave half of their column free.
	from, to := int(0.3*width), int(0.7*width)
	counts := make([]int, max(to-from, 0))
	fewest := len(all)
	for i := range counts {
		at := float32(from + i)
		if counts[i] = crossing(all, at); !isGutter(all, at) {
			counts[i] = len(all) + 1
		}
		fewest = min(fewest, counts[i])
	}
	few := min(fewest+max(1, len(all)/20), int(mayCross*float32(len(all))))
	start, widest := 0, 0
	for i, n := range counts {
		if n > few {
			start = i + 1
		} else if i-start > widest {
			widest, x = i-start, float32(from)+float32(start+i)/2
		}
	}
	return x, widest >= minGutter
}

func crossing(all []segment, x float32) int {
	n := 0
	for _, s := range all {
		if s.left < x && x < s.right {
			n++
		}
	}
	return n
}

// isGutter reports whether enough lines of running text stand on both sides
// of x.
func isGutter(all []segment, x float32) bool {
	var left, right []int
	for _, s := range all {
		switch {
		case s.right <= x:
			left = append(left, len(s.words))
		case s.left >= x:
			right = append(right, len(s.words))
		}
	}
	long := func(counts []int) bool {
		slices.Sort(counts)
		return len(counts) >= minColumnLines && counts[len(counts)/2] >= minColumnWords
	}
	return long(left) && long(right)
}

// splitAt parts a segment whose words leave the gutter at x free, though by
// less than a wide gap.
func splitAt(b band, x float32) band {
	var out band
	for _, s := range b {
		k := 1
		for ; k < len(s.words); k++ {
			if l, r := s.words[k-1].Right, s.words[k].Left; l <= x && x <= r && r-l >= minGutter {
				break
			}
		}
		var before, after segment
		for i, w := range s.words {
			if i < k {
				before.add(w)
			} else {
				after.add(w)
			}
		}
		out = append(out, before)
		if len(after.words) > 0 {
			out = append(out, after)
		}
	}
	return out
}

// A zone is a part of a page whose bands are read from top to bottom before
// the next zone is.
type zone []band

// zones puts a page's bands into the order they are read in: where there are
// two columns, what stands across both parts what is above it from what is
// below.
func zones(bs []band, width float32) (out []zone, columns bool) {
	x, ok := gutter(bs, width)
	if !ok {
		return []zone{bs}, false
	}
	var left, right, across zone
	flush := func() {
		for _, z := range []zone{left, right} {
			if len(z) > 0 {
				out = append(out, z)
			}
		}
		left, right = nil, nil
	}
	for _, b := range bs {
		b = splitAt(b, x)
		if slices.ContainsFunc(b, func(s segment) bool { return s.left < x && x < s.right }) {
			flush()
			across = append(across, b)
			continue
		}
		if len(across) > 0 {
			out = append(out, across)
			across = nil
		}
		var l, r band
		for _, s := range b {
			if s.right <= x {
				l = append(l, s)
			} else {
				r = append(r, s)
			}
		}
		if len(l) > 0 {
			left = append(left, l)
		}
		if len(r) > 0 {
			right = append(right, r)
		}
	}
	flush()
	if len(across) > 0 {
		out = append(out, across)
	}
	return out, true
}
