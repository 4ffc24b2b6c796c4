package bot

// Guards are the checks of an Assistant that are no checks of citations.
// They are values, so that a measurement can replace one by one that agrees
// to everything and see what it was good for. A nil guard is the program's
// own, and nothing but a measurement sets one.
type Guards struct {
	// Manner says why a model's sentence may not be shown, whatever it says;
	// "" where nothing speaks against it.
	Manner func(text string) string
	// Words reports whether text says sentence again in its own words.
	Words func(text, sentence string) bool
	// Declines reports whether a reason not to answer stands.
	Declines func(why string) bool
}

func (g Guards) manner(text string) string {
	if g.Manner != nil {
		return g.Manner(text)
	}
	return improper(text)
}

func (g Guards) words(text, sentence string) bool {
	if g.Words != nil {
		return g.Words(text, sentence)
	}
	return sameWords(text, sentence)
}

func (g Guards) declines(why string) bool {
	return why != "" && (g.Declines == nil || g.Declines(why))
}
