package discord

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
		case x.Name == "committee" && userID(x.Value):
			p = append(p.Say("Set to "), layout.Span{Kind: layout.Mark, Text: "<#" + x.Value + ">"})
		default:
			p = p.Say("Set to " + x.Value)
		}
		if x.Value != "" {
			if x.Wide {
				p = p.Say(" for the whole server")
			}
			if userID(x.By.User) {
				p = append(p.Say(" by "), layout.Span{Kind: layout.Mark, Text: "<@" + x.By.User + ">"})
			}
			p = p.Say(fmt.Sprintf(" on %s.", x.Set.Format("2006-01-02")))
		}
		lines = append(lines, p)
	}
	s.list("", bulleted(lines))
	s.small(layout.Say("To change one: /" + CommandSettings + " with a name and a value; the value “none” takes it away. Only for who may manage the server"))
	return s.one()
}
