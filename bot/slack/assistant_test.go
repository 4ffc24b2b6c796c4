package slack

import (
	"testing"

	"github.com/everycategory/advocate/bot"
	"github.com/everycategory/advocate/bot/chat/chattest"
	"github.com/everycategory/advocate/corpus/citation"
)

func assistant(t testing.TB) *bot.Assistant {
	t.Helper()
	return chattest.Assistant(t)
}

// view is a view on the library, with links to no page of our own.
func view(t testing.TB) View {
	t.Helper()
	a := assistant(t)
	return View{Rules: a.Rules, Catalog: a.Catalog}
}

// ownPage is the address of a place on a page of our own, as cmd gives it.
func ownPage(source string, pin citation.Pinpoint) string {
	return "https://advocate.example.org/library/" + source + "#p"
}
