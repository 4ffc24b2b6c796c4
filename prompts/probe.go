package prompts

// A Probe is material that is of no use but to see how an endpoint answers,
// and how much of what it is sent it reads.
type Probe struct {
	First, Last string // words, at the two ends
	Fill        int    // how many lines stand between them
}

// Lines are the numbers of the lines.
func (p Probe) Lines() []int {
	out := make([]int, p.Fill)
	for i := range out {
		out[i] = i + 1
	}
	return out
}

// ProbeReply is the form of a model's answer to a Probe.
type ProbeReply struct {
	First string `json:"first"`
	Last  string `json:"last"`
}

// Probe renders the prompt of a trial.
func (s *Set) Probe(p Probe) (Prompt, error) { return s.render(probeTask, p) }
