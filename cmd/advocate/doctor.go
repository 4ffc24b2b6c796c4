package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/everycategory/advocate/bot/clinical"
	"github.com/everycategory/advocate/bot/phi"
	"github.com/everycategory/advocate/corpus"
	"github.com/everycategory/advocate/corpus/library"
)

// A finding of doctor: what was looked at, whether it is well, and the next
// command where it is not.
type finding struct {
	What string `json:"what"`
	OK   bool   `json:"ok"`
	Note string `json:"note"`
	Fix  string `json:"fix"`
}

func (a *app) doctorCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "Look at what is installed and say what is missing",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := a.settings.validate(); err != nil {
				return err
			}
			findings := []finding{a.lookAtLibrary(c), a.lookAtData(), a.lookAtTexts(), a.lookAtStore(c), a.lookAtNotes(), a.lookAtModel(c)}
			findings = append(findings, a.lookAtRetrieval(c)...)
			findings = append(findings, append(a.lookAtSlack(c), a.lookAtDiscord(c)...)...)
			if a.json {
				if err := a.printJSON(map[string]any{"findings": findings}); err != nil {
					return err
				}
			}
			well := true
			for _, f := range findings {
				well = well && f.OK
				if a.json {
					continue
				}
				mark := "ok  "
				if !f.OK {
					mark = "FIX "
				}
				if err := a.print(fmt.Sprintf("%s %s: %s\n", mark, f.What, f.Note)); err != nil {
					return err
				}
				if f.Fix != "" {
					if err := a.print("     " + f.Fix + "\n"); err != nil {
						return err
					}
				}
			}
			if !well {
				return &failure{code: exitFailed}
			}
			return nil
		},
	}
}

// lookAtLibrary answers one question from the built-in library alone.
func (a *app) lookAtLibrary(c *cobra.Command) finding {
	b := *a
	b.settings.store.value, b.settings.data.value = "mem:", ""
	lib, idx, err := b.openIndex(c.Context())
	if err != nil {
		return finding{"library", false, err.Error(), "build advocate again from a clean checkout"}
	}
	defer idx.Close()
	kinds := map[corpus.Kind]int{}
	for _, s := range lib.Sources {
		kinds[s.Kind]++
	}
	info, err := idx.Info(c.Context())
	if err != nil {
		return finding{"library", false, err.Error(), ""}
	}
	return finding{"library", true, fmt.Sprintf("%d sources in %d passages (%d cards, %d corrections), version %.12s; works without a key or a network",
		info.Sources, info.Passages, kinds[corpus.CardKind], kinds[corpus.Correction], lib.Hash()), ""}
}

// lookAtData tries whether receipts can be kept. It leaves nothing behind.
func (a *app) lookAtData() finding {
	dir := a.settings.data.value
	if dir == "" {
		return finding{"data directory", false, "there is none, so answers get no receipt", "set ADVOCATE_DATA, or HOME"}
	}
	for parent := dir; ; parent = filepath.Dir(parent) {
		info, err := os.Stat(parent)
		if os.IsNotExist(err) && parent != filepath.Dir(parent) {
			continue
		}
		if err == nil && info.IsDir() {
			if f, err := os.CreateTemp(parent, ".advocate-doctor-*"); err == nil {
				f.Close()
				os.Remove(f.Name())
				return finding{"data directory", true, dir, ""}
			}
		}
		return finding{"data directory", false, dir + " cannot be written, so answers get no receipt", "make it writable, or name another with --data or ADVOCATE_DATA"}
	}
}

// lookAtTexts counts the official texts held, and those that are stale or
// damaged. To hold none is no fault: the digests answer alone.
func (a *app) lookAtTexts() finding {
	const what, fetch = "official texts", "advocate corpus sync"
	v, err := a.verify()
	switch {
	case err != nil:
		return finding{what, false, err.Error(), ""}
	case len(v.Damaged) > 0:
		return finding{what, false, fmt.Sprintf("%d held, %d damaged: %s", v.Texts, len(v.Damaged), v.Damaged[0]), "move the damaged file away, then: " + fetch}
	case v.Texts == 0:
		return finding{what, true, "none held: quotations are checked against the digests alone; to hold them: " + fetch, ""}
	case len(v.Gone) > 0:
		return finding{what, true, fmt.Sprintf("%d held; %d quotations of the digests do not stand there any more: advocate corpus verify", v.Texts, len(v.Gone)), ""}
	case len(v.Stale) > 0:
		return finding{what, true, fmt.Sprintf("%d held, %d captured long ago; to fetch them again: %s", v.Texts, len(v.Stale), fetch), ""}
	}
	return finding{what, true, fmt.Sprintf("%d held; all %d quotations stand there", v.Texts, v.Quotations), ""}
}

func (a *app) lookAtStore(c *cobra.Command) finding {
	kept := a.settings.kept()
	if kept == "" {
		return finding{"added documents", true, "none: the built-in library answers alone", ""}
	}
	lib, idx, err := a.openToRead(c.Context())
	if err != nil {
		return finding{"added documents", false, err.Error(), ""}
	}
	defer idx.Close()
	own, err := a.ownSources(c.Context(), lib, idx)
	if err != nil {
		return finding{"added documents", false, err.Error(), ""}
	}
	return finding{"added documents", true, fmt.Sprintf("%d in %s", len(own), kept), ""}
}

// lookAtNotes puts one sample note in clinical language, and says where notes
// may go.
func (a *app) lookAtNotes() finding {
	const what = "chart notes"
	writer, err := clinical.NewWriter(library.FS())
	if err != nil {
		return finding{what, false, err.Error(), "build advocate again from a clean checkout"}
	}
	gate, err := phi.New()
	if err != nil {
		return finding{what, false, err.Error(), "build advocate again from a clean checkout"}
	}
	agreed, err := a.settings.agreed()
	if err != nil {
		return finding{what, false, err.Error(), ""}
	}
	text, found := gate.NewCase(phi.Note).Redact("Pt Jane Doe c/o neck pain 4/10.", phi.Owner)
	if out := writer.Rewrite(text, clinical.Options{}); len(found) != 1 || !strings.Contains(out.Text, "4/10") || strings.Contains(out.Text, "Doe") {
		return finding{what, false, "a sample note was not rewritten as it should be", "build advocate again from a clean checkout"}
	}
	if agreed {
		return finding{what, true, "rewritten here, and offered to whoever reaches the server: agreements for health information are said to be signed", ""}
	}
	return finding{what, true, "rewritten here alone: no note leaves this machine, and a server that others reach takes none", ""}
}
