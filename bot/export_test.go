package bot

import (
	"github.com/everycategory/advocate/bot/clinical"
	"github.com/everycategory/advocate/bot/phi"
	"github.com/everycategory/advocate/prompts"
)

// Improper is improper, for tests.
var Improper = improper

// SameWords is sameWords, for tests.
var SameWords = sameWords

// FitToSend is the last look at a prompt, for tests.
func FitToSend(c *phi.Case, p prompts.Prompt) error {
	_, err := leaving(c, p)
	return err
}

// Resolved and KeepRewrite are resolved and keepRewrite, for tests.
func (a *Assistant) Resolved(checks []clinical.Check) []clinical.Check { return a.resolved(checks) }
func (a *Assistant) KeepRewrite(out *Rewritten)                        { a.keepRewrite(out) }
