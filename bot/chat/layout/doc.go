// Package layout is what an answer looks like before a platform has it: its
// paragraphs, whose runs have marks beside their words, the groups and lines
// of answers, letters, testimony, checks and rewritten notes, and the words of
// labels, notices and forms that are the same everywhere.
//
// It knows no platform. Nothing in it is escaped, measured against a limit or
// cut: a run's words are as they came, and whoever writes them out makes them
// safe to show. It never makes a link or a mark of words that came from
// outside, and it keeps nothing.
package layout
