package slack

import (
	"fmt"

	"github.com/everycategory/advocate/bot/chat"
	"github.com/everycategory/advocate/bot/chat/layout"
)

// Settings shows what is set for a place, and how it is changed.
func (v View) Settings(all []chat.Setting) Message {
	s := &sheet{}
	s.head("Settings of this channel")
	var lines []layout.Para
	for _, x := range all {
		p := layout.Para{}.Bold(x.Name).Say(": " + x.Says + ". ")
		switch {
		case x.Value == "":
			p = p.Say("Not set.")
		case x.Name == "committee" && channelID(x.Value):
			p = append(p.Say("Set to "), layout.Span{Kind: layout.Mark, Text: "<#" + x.Value + ">"})
		default:
			p = p.Say("Set to " + x.Value)
		}
		if x.Value != "" {
			if x.Wide {
				p = p.Say(" for the whole workspace")
			}
			if userID(x.By.User) {
				p = append(p.Say(" by "), layout.Span{Kind: layout.Mark, Text: "<@" + x.By.User + ">"})
			}
			p = p.Say(fmt.Sprintf(" on %s.", x.Set.Format("2006-01-02")))
		}
		lines = append(lines, p)
	}
	s.list("", bulleted(lines))
	s.small(layout.Say("To change one: " + CommandSettings + " set name value; the value “none” takes it away. In a direct message with me it is for the whole workspace. Admins only"))
	return s.one()
}

// channelID reports whether s is the id of a channel, as Slack writes it.
func channelID(s string) bool {
	return len(s) > 1 && (s[0] == 'C' || s[0] == 'G') && userID("U"+s[1:])
}
