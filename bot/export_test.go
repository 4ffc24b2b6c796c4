package bot

import "github.com/everycategory/advocate/bot/clinical"

// Improper is improper, for tests.
var Improper = improper

// FitToSend is fitToSend, for tests.
var FitToSend = fitToSend

// Resolved and KeepRewrite are resolved and keepRewrite, for tests.
func (a *Assistant) Resolved(checks []clinical.Check) []clinical.Check { return a.resolved(checks) }
func (a *Assistant) KeepRewrite(out *Rewritten)                        { a.keepRewrite(out) }
