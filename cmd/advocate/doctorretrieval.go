package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/everycategory/advocate/retrieval/remote"
)

// lookAtRetrieval asks every replica of the retrieval service what it is.
// Where the store is none, there is nothing to look at.
func (a *app) lookAtRetrieval(c *cobra.Command) []finding {
	const what = "retrieval service"
	if !a.settings.elsewhere() {
		return nil
	}
	_, config, err := a.retrievalClient()
	if err != nil {
		return []finding{{what, false, err.Error(), ""}}
	}
	x, err := remote.New(config)
	if err != nil {
		return []finding{{what, false, err.Error(), ""}}
	}
	defer x.Close()
	var out []finding
	var first *remote.State
	for _, s := range x.Replicas(c.Context()) {
		if s.Err != nil {
			out = append(out, finding{what, false, s.Err.Error(), "on that machine: advocate serve --role retrieval; the key is in " + a.settings.retrievalKeyFile.env})
			continue
		}
		out = append(out, finding{what, true, fmt.Sprintf("%s: %d sources in %d passages; this key may search %q", s.URL, s.Info.Sources, s.Info.Passages, s.Scopes), ""})
		switch {
		case first == nil:
			first = &s
		case s.Info.Revision != first.Info.Revision:
			out = append(out, finding{what, false, s.URL + " and " + first.URL + " hold different documents: answers differ by which is asked",
				"give both one store, or add the same documents to both"})
		}
	}
	return out
}
