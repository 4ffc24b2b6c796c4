package web_test

import (
	"testing"

	"github.com/chromedp/chromedp"
)

func (x tab) rebut() {
	x.Helper()
	x.run(chromedp.Navigate(x.base+"/rebut"), chromedp.SetValue("#text", sampleDenied), chromedp.SetValue("#rebut-plan", "fully-insured"), chromedp.SetValue("#rebut-state", "WA"))
	x.send()
	x.want("a letter comes", `document.querySelector(".letter h2")`)
}

func (x tab) send() {
	x.Helper()
	if _, err := chromedp.RunResponse(x.ctx, chromedp.Click("#note button.main")); err != nil {
		x.Fatal(err)
	}
}

func (x tab) testify() {
	x.Helper()
	x.run(chromedp.Navigate(x.base+"/testify"), chromedp.SetValue("#t-state", "OR"), chromedp.SetValue("#t-bill", "HB 2"),
		chromedp.SetValue("#t-about", "It lets every licensed category give covered services."))
	x.send()
	x.want("a script comes", `document.querySelector(".script p")`)
}

// TestDeskBrowser goes through the desk's pages as advocates do.
func TestDeskBrowser(t *testing.T) {
	ctx, h := open(t)
	t.Run("a letter", func(t *testing.T) {
		x := newTab(t, ctx, h.URL, 1280, 900, false)
		x.run(chromedp.Navigate(h.URL+"/rebut"), chromedp.WaitVisible("#text"))
		x.axe("denial form")
		x.shot("rebut-form")
		x.rebut()
		x.want("identifiers are placeholders", `!document.querySelector(".letter").textContent.includes("W00123456789")`)
		x.want("the denial stands beside it with its reason marked", `document.querySelector(".orig .raised").textContent.includes("medically necessary")`)
		x.axe("letter")
		x.shot("rebut")
		if _, err := chromedp.RunResponse(x.ctx, chromedp.Click(`.question button[value="writer=enrollee"]`)); err != nil {
			t.Fatal(err)
		}
		x.want("a question is answered by its button", `document.querySelector(".letter").textContent.includes("I am the patient")`)
		if _, err := chromedp.RunResponse(x.ctx, chromedp.Click(`button[name="show"]`)); err != nil {
			t.Fatal(err)
		}
		x.want("identifiers are put back", `document.querySelector(".letter").textContent.includes("26-118-0042")`)
		x.printed("rebut-print")
	})
	t.Run("a testimony", func(t *testing.T) {
		x := newTab(t, ctx, h.URL, 1280, 900, false)
		x.run(chromedp.Navigate(h.URL+"/testify"), chromedp.WaitVisible("#t-state"))
		x.axe("testimony form")
		x.shot("testify-form")
		x.testify()
		x.axe("testimony")
		x.shot("testify")
		x.printed("testify-print")
	})
	t.Run("phone, dark", func(t *testing.T) {
		for _, page := range []struct {
			name string
			open func(tab)
		}{{"rebut", tab.rebut}, {"testify", tab.testify}} {
			x := newTab(t, ctx, h.URL, 360, 740, true)
			page.open(x)
			x.fitsPhone()
			x.axe(page.name + " on a phone in the dark")
			x.shot(page.name + "-phone-dark")
		}
	})
}
