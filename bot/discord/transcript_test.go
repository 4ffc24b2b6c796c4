package discord

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/discord/discordtest"
)

// transcripts are what people do; each gives what a person sees in the end.
var transcripts = map[string]func(r *rig) discordtest.Transcript{
	"mention": func(r *rig) discordtest.Transcript {
		q := r.discord.Type(member, questions, mention+" "+eligible)
		a := r.discord.AwaitReply(member, q.Message)
		r.idle()
		r.discord.Type(member, a.Channel, mention+" and if the employer funds it itself?")
		r.sees(member, a.Channel, "Does not bind")
		r.idle()
		return r.discord.Transcript(member, a.Channel)
	},
	"channel": func(r *rig) discordtest.Transcript {
		q := r.discord.Type(member, questions, mention+" "+eligible)
		r.discord.AwaitReply(member, q.Message)
		r.idle()
		return r.discord.Transcript(colleague, questions)
	},
	"asked": func(r *rig) discordtest.Transcript {
		r.discord.AwaitOriginal(r.discord.Slash(member, public, "ask", discordtest.Values{"question": "plan pays PT for low back but says LMTs are not eligible providers. legal?", "state": "WA"}))
		r.idle()
		return r.discord.Transcript(member, public)
	},
	"shared": func(r *rig) discordtest.Transcript {
		r.discord.AwaitOriginal(r.discord.Slash(member, public, "ask", discordtest.Values{"question": eligible}))
		r.idle()
		sure := r.discord.AwaitOriginal(r.press(member, r.sees(member, public, "Information, not legal advice"), ActionSharing, ""))
		r.discord.Press(member, sure, sure.Buttons()[0].CustomID)
		r.idle()
		return r.discord.Transcript(colleague, public)
	},
	"denial": func(r *rig) discordtest.Transcript {
		r.form("rebut", discordtest.Values{FieldText: sampleReason})
		r.press(member, r.sees(member, public, "The letter is ready as a file"), ActionDocument, chat.DocumentLetter)
		r.idle()
		return r.discord.Transcript(member, public)
	},
	"testimony": func(r *rig) discordtest.Transcript {
		r.discord.Slash(member, public, "testify", discordtest.Values{"state": "OR", "minutes": "2", "bill": "HB 2"})
		r.submit(discordtest.Values{FieldPosition: []string{"support"}})
		return r.discord.Transcript(member, public)
	},
	"check": func(r *rig) discordtest.Transcript {
		r.form("check", discordtest.Values{FieldText: sampleDraft})
		return r.discord.Transcript(member, public)
	},
	"phrase": func(r *rig) discordtest.Transcript {
		r.form("rewrite", discordtest.Values{FieldText: "TTP b/l QL, MFR to QL"})
		r.form("rewrite", discordtest.Values{FieldText: "Pt Jane Doe DOB 04/05/1980 c/o LBP"})
		return r.discord.Transcript(member, public)
	},
	"committee": func(r *rig) discordtest.Transcript {
		r.discord.AwaitOriginal(r.discord.Slash(admin, questions, "settings", discordtest.Values{"setting": "committee", "value": "<#" + committee + ">"}))
		q := r.discord.Type(member, questions, mention+" "+eligible)
		a := r.discord.AwaitReply(member, q.Message)
		r.idle()
		r.press(member, r.sees(member, a.Channel, "Information, not legal advice"), ActionCommittee, "")
		r.idle()
		return r.discord.Transcript(colleague, committee)
	},
	"notices": func(r *rig) discordtest.Transcript {
		for _, c := range []string{"help", "privacy", "forget"} {
			r.discord.AwaitOriginal(r.discord.Slash(member, public, c, nil))
			r.idle()
		}
		r.discord.AwaitOriginal(r.discord.Slash(admin, public, "settings", discordtest.Values{"setting": "answers", "value": "off"}))
		r.idle()
		return r.discord.Transcript(member, public)
	},
	"directly": func(r *rig) discordtest.Transcript {
		r.discord.Type(member, discordtest.DM(member), "Do I need prior authorization for the first massage visits in Washington?")
		r.sees(member, discordtest.DM(member), "Information, not legal advice")
		r.idle()
		r.discord.Type(member, public, mention)
		r.says(member, discordtest.DM(member), chat.NoticeEmpty)
		r.discord.Type(member, public, mention+" My patient Mrs. Jane Doe, SSN 123-45-6789, was denied for lack of medical necessity. What now?")
		r.says(member, discordtest.DM(member), chat.NoticeIdentifiers)
		r.idle()
		return r.discord.Transcript(member, discordtest.DM(member))
	},
	"form-rebut":   modal("rebut"),
	"form-testify": modal("testify"),
	"form-check":   modal("check"),
	"form-rewrite": modal("rewrite"),
}

// modal is the form that a command opens.
func modal(command string) func(*rig) discordtest.Transcript {
	return func(r *rig) discordtest.Transcript {
		r.discord.Slash(member, public, command, nil)
		return r.discord.AwaitModal(member).Shown()
	}
}

// form runs a command, fills in its form, and waits for what comes of it.
func (r *rig) form(command string, values discordtest.Values) {
	r.Helper()
	r.discord.Slash(member, public, command, nil)
	r.submit(values)
}

func (r *rig) submit(values discordtest.Values) {
	r.Helper()
	r.discord.AwaitModal(member)
	r.discord.AwaitOriginal(r.discord.Submit(member, values))
	r.idle()
}

// TestTranscripts: what people see is as it was looked at. With -update the
// files are written anew; TEST_SHOTS names a folder for pages to look at.
func TestTranscripts(t *testing.T) {
	t.Parallel()
	if *update {
		must(t, os.MkdirAll(filepath.Join("testdata", "transcripts"), 0o755))
	}
	for name, do := range transcripts {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seen := do(newRig(t, setUp{}))
			if dir := os.Getenv("TEST_SHOTS"); dir != "" {
				for _, theme := range []discordtest.Theme{discordtest.Light, discordtest.Dark} {
					must(t, os.WriteFile(filepath.Join(dir, "discord-"+name+"-"+string(theme)+".html"), []byte(seen.HTML(theme)), 0o600))
				}
			}
			text := regexp.MustCompile(`receipt r-[0-9a-f]+`).ReplaceAllString(seen.String(), "receipt r-…")
			matches(t, filepath.Join("transcripts", name+".txt"), strings.TrimLeft(text, "\n"))
		})
	}
}
