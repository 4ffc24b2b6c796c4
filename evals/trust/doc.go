// Package trust is the scoreboard: each promise of the program is a Row that
// tries to break it, offline and from a seed, and counts.
//
// A Row has a number of attempts at full scale, a bar that nobody moves to
// meet a figure, and the best figure known elsewhere. It counts failures, and
// beside them how much honest work passed the same guard: one that blocks
// everything would score no failures too. The ordinary suite runs a hundredth
// of each, the tag trust all of it.
//
// What is attacked is the program as its doors have it: an Assistant of the
// shipped library, and where a model takes part one on loopback that lies,
// obeys or breaks. What decides is read from the bytes that a user or a
// listener would see: rendered text, JSON, what reached the endpoint, files.
// An attempt whose edit changes nothing (the words truly stand there) is left
// out before the guard is asked.
//
// A Row names the guards that it rests on. The self-test puts in the place of
// each one that agrees to everything: a row that stays green then measures
// nothing. Where several guards stand one behind the other, they are replaced
// together, and the name says so.
package trust
