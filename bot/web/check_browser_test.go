package web_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// check pastes a draft and sends it by the button.
func (x tab) check(draft string) {
	x.Helper()
	x.run(chromedp.Navigate(x.base+"/check"), chromedp.SetValue("#text", draft))
	if _, err := chromedp.RunResponse(x.ctx, chromedp.Click("#draft button.main")); err != nil {
		x.Fatal(err)
	}
	x.want("what was found comes", `document.querySelector(".found li")`)
}

// TestCheckBrowser goes through the page of drafts as people do.
func TestCheckBrowser(t *testing.T) {
	ctx, h := open(t)
	const wide, high = 1280, 900

	t.Run("paste, read, correct the plan", func(t *testing.T) {
		x := newTab(t, ctx, h.URL, wide, high, false)
		x.run(chromedp.Navigate(h.URL+"/check"), chromedp.WaitVisible("#text"))
		x.axe("check form")
		x.shot("check-form")
		x.check(sampleLetter)
		x.want("the focus is on the result", `document.activeElement.id == "note-title"`)
		x.want("every citation is marked in its place", `document.querySelectorAll(".words a.v").length == 7`)
		x.want("wrong ones are told by words", `document.querySelector("#c-2").textContent.includes("misquoted")`)
		x.axe("checked draft")
		x.shot("check")
		x.run(chromedp.Click("#c-2"))
		x.want("a mark leads to its note", `location.hash == "#f-2" && document.querySelector("#f-2:target")`)
		x.run(chromedp.Click(`#f-2 .what a`))
		x.want("and the note to the mark", `document.querySelector("#c-2:target")`)
		x.run(chromedp.SetValue("#plan", "self-funded"))
		if _, err := chromedp.RunResponse(x.ctx, chromedp.Click("#draft button.main")); err != nil {
			t.Fatal(err)
		}
		x.want("the plan that was chosen is used", `document.querySelector("#f-1 .say").textContent == "does not apply"`)
		x.run(chromedp.Click("#f-1 .where a"), chromedp.WaitVisible(".source"))
		x.want("the source opens", `location.pathname == "/library/rcw-48.43.045"`)
	})
	t.Run("choose a file", func(t *testing.T) {
		x := newTab(t, ctx, h.URL, wide, high, false)
		file := filepath.Join(t.TempDir(), "draft.txt")
		if err := os.WriteFile(file, []byte("See RCW 48.43.999."), 0o600); err != nil {
			t.Fatal(err)
		}
		x.run(chromedp.Navigate(h.URL+"/check"), chromedp.WaitVisible("#text"), chromedp.SetUploadFiles("#file", []string{file}))
		x.want("a chosen file is read", `document.querySelector("#text").value == "See RCW 48.43.999."`)
	})
	t.Run("without a script", func(t *testing.T) {
		x := newTab(t, ctx, h.URL, wide, high, false)
		x.run(network.Enable(), network.SetBlockedURLs([]string{"*app.js"}))
		x.check(sampleLetter)
		x.want("what needs a script is not shown", `[...document.querySelectorAll("[data-copy], [data-print], [data-drop], [data-file]")].every(e => e.hidden)`)
		x.run(chromedp.Click("#c-3"))
		x.want("a mark leads to its note", `document.querySelector("#f-3:target")`)
	})
	t.Run("keyboard alone", func(t *testing.T) {
		x := newTab(t, ctx, h.URL, wide, high, false)
		x.check(sampleLetter)
		for range 30 {
			if x.eval(`document.activeElement.id == "c-2"`) == "true" {
				break
			}
			x.run(chromedp.KeyEvent(kb.Tab))
		}
		x.run(chromedp.KeyEvent(kb.Enter))
		x.want("the note is opened with the keys", `document.querySelector("#f-2:target")`)
	})
	t.Run("dark", func(t *testing.T) {
		x := newTab(t, ctx, h.URL, wide, high, true)
		x.check(sampleLetter)
		x.axe("dark checked draft")
		x.shot("check-dark")
	})
	t.Run("phone", func(t *testing.T) {
		for _, dark := range []bool{false, true} {
			x := newTab(t, ctx, h.URL, 375, 740, dark)
			name := map[bool]string{false: "check-phone", true: "check-phone-dark"}[dark]
			x.run(chromedp.Navigate(h.URL+"/check"), chromedp.WaitVisible("#text"))
			x.shot(name + "-form")
			x.check(sampleLetter)
			x.fitsPhone()
			x.axe("phone")
			x.shot(name)
		}
	})
	t.Run("print", func(t *testing.T) {
		x := newTab(t, ctx, h.URL, wide, high, false)
		x.check(sampleLetter)
		x.printed("check-print")
	})
}
