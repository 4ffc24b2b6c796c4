package discord

import (
	"fmt"

	"github.com/everycategory/advocate/bot/chat"
)

// Settings shows what is set for a place, and how it is changed.
func (v View) Settings(all []chat.Setting) Message {
	s := &sheet{}
	s.head("Settings of this channel")
	var lines []para
	for _, x := range all {
		p := para{}.bold(x.Name).say(": " + x.Says + ". ")
		switch {
		case x.Value == "":
			p = p.say("Not set.")
		case x.Name == "committee" && userID(x.Value):
			p = append(p.say("Set to "), span{kind: mark, text: "<#" + x.Value + ">"})
		default:
			p = p.say("Set to " + x.Value)
		}
		if x.Value != "" {
			if x.Wide {
				p = p.say(" for the whole server")
			}
			if userID(x.By.User) {
				p = append(p.say(" by "), span{kind: mark, text: "<@" + x.By.User + ">"})
			}
			p = p.say(fmt.Sprintf(" on %s.", x.Set.Format("2006-01-02")))
		}
		lines = append(lines, p)
	}
	s.list("", bulleted(lines))
	s.small(say("To change one: /" + CommandSettings + " with a name and a value; the value “none” takes it away. Only for who may manage the server"))
	return s.one()
}
