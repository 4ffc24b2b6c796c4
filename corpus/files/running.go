package files

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Limits of taking a line for a running head or foot.
const (
	marginShare = 0.12 // of the page's height, at its top and at its bottom
	marginLines = 3    // of a page, at either end
	minRepeats  = 3    // pages that have it at the same height in the same type
	sameHeight  = 4    // points
)

// A place is a line in the margin of a page, without its numbers.
type place struct {
	text   string
	height int // in steps of sameHeight
	size   int
}

var (
	numberRun  = regexp.MustCompile(`\d+`)
	pageNumber = regexp.MustCompile(`(?i)^[\s\-–—·|.]*(?:page )?(?:#|[ivxlc]+)(?: ?(?:of|/) ?#)?[\s\-–—·|.]*$`)
)

func placeOf(l *line) place {
	text := numberRun.ReplaceAllString(l.text(), "#")
	if pageNumber.MatchString(text) {
		text = "#"
	}
	return place{text, int(l.top / sameHeight), int(l.size * 2)}
}

// dropRunning takes the heads and feet off all pages that repeat from page
// to page, and returns each of them once, most frequent first.
func dropRunning(pages [][]line, heights []float32) []string {
	seen := map[place]int{}
	for i, lines := range pages {
		here := map[place]bool{}
		for _, k := range margin(lines, heights[i]) {
			p := placeOf(&lines[k])
			here[p] = true
		}
		for p := range here {
			seen[p]++
		}
	}
	shown := map[string]int{}
	for i, lines := range pages {
		drop := map[int]bool{}
		for _, k := range margin(lines, heights[i]) {
			p := placeOf(&lines[k])
			above, below := p, p
			above.height--
			below.height++
			if seen[p]+seen[above]+seen[below] >= minRepeats {
				drop[k] = true
				shown[p.text]++
			}
		}
		var kept []line
		for k, l := range lines {
			if !drop[k] {
				kept = append(kept, l)
			}
		}
		pages[i] = kept
	}
	texts := slices.SortedFunc(maps.Keys(shown), func(a, b string) int {
		return cmp.Or(shown[b]-shown[a], strings.Compare(a, b))
	})
	for i, t := range texts {
		texts[i] = fmt.Sprintf("%q on %d pages", t, shown[t])
	}
	return texts
}

// margin gives the places in lines of those in the upper and lower margin.
func margin(lines []line, height float32) []int {
	byHeight := make([]int, len(lines))
	for i := range lines {
		byHeight[i] = i
	}
	slices.SortStableFunc(byHeight, func(a, b int) int { return cmp.Compare(lines[a].top, lines[b].top) })
	var out []int
	for n, i := range byHeight {
		upper := n < marginLines && lines[i].bottom < marginShare*height
		lower := n >= len(lines)-marginLines && lines[i].top > (1-marginShare)*height
		if upper || lower {
			out = append(out, i)
		}
	}
	return out
}
