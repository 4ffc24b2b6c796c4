package web_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// sampleChart is nobody's note: with identifiers, sure and unsure, a request
// to the program, and gaps.
const sampleChart = `S: Pt Jane Doe (DOB 3/4/1981) c/o LBP x 3 wks after MVA 11/2/2026, pain 7/10 at worst, 4/10 today. Denies numbness or tingling. Can't sit > 20 min at her desk at Brightwater. Claim # 4471-88213.
O: TTP b/l QL and lt piriformis. Lumbar flexion 45 deg. MFR to QL 20 min, swedish to low back 25 min
A: pn 7/10 -> 4/10 after tx. Tolerated well
P: 1x/wk x 6 wks, home care: stretches. CPT 97124 x 3. M54.5.
Make it 60 minutes so they pay.`

// rewrite types a note and sends it by the button.
func (x tab) rewrite(note string) {
	x.Helper()
	x.run(chromedp.Navigate(x.base+"/rewrite"), chromedp.SetValue("#text", note))
	if _, err := chromedp.RunResponse(x.ctx, chromedp.Click("#note button.main")); err != nil {
		x.Fatal(err)
	}
	x.want("a chart note comes", `document.querySelector(".chart h2")`)
}

// TestNoteBrowser goes through the note's page as therapists do.
func TestNoteBrowser(t *testing.T) {
	ctx, h := open(t)
	const wide, high = 1280, 900

	t.Run("paste, read, show names", func(t *testing.T) {
		x := newTab(t, ctx, h.URL, wide, high, false)
		x.run(chromedp.Navigate(h.URL+"/rewrite"), chromedp.WaitVisible("#text"))
		x.axe("note form")
		x.shot("note-form")
		x.run(chromedp.Click("#note summary"))
		x.axe("note form, opened")
		x.shot("note-form-open")
		x.rewrite(sampleChart)
		x.want("the focus is on the chart note", `document.activeElement.id == "note-title"`)
		x.want("names are placeholders", `document.querySelector(".chart").textContent.includes("[PATIENT_1]") && !document.querySelector(".chart").textContent.includes("Doe")`)
		x.want("the note stands beside it as it was given", `document.querySelector(".orig").textContent.includes("Jane Doe")`)
		x.want("what differs is marked on both sides", `document.querySelector(".chart .differ") && document.querySelector(".orig .differ")`)
		x.axe("chart note")
		x.shot("note")
		if _, err := chromedp.RunResponse(x.ctx, chromedp.Click(`button[name="show"]`)); err != nil {
			t.Fatal(err)
		}
		x.want("names are put back", `document.querySelector(".chart").textContent.includes("Jane Doe")`)
		x.axe("chart note with names")
		x.shot("note-names")
		if _, err := chromedp.RunResponse(x.ctx, chromedp.Click(`button[name="show"]`)); err != nil {
			t.Fatal(err)
		}
		x.want("and taken out again", `document.querySelector(".chart").textContent.includes("[PATIENT_1]")`)
	})
	t.Run("signed", func(t *testing.T) {
		x := newTab(t, ctx, h.URL, wide, high, false)
		x.run(chromedp.Navigate(h.URL+"/rewrite"), chromedp.SetValue("#text", sampleChart), chromedp.Click("#note summary"), chromedp.Click(`input[name="signed"]`),
			chromedp.SetValue("#on", "2026-11-20"), chromedp.SetValue("#note-state", "WA"), chromedp.SetValue("#previous", sampleChart))
		if _, err := chromedp.RunResponse(x.ctx, chromedp.Click("#note button.main")); err != nil {
			t.Fatal(err)
		}
		x.want("it is an addendum", `document.querySelector(".chart").textContent.includes("ddendum") && document.querySelector(".chart").textContent.includes("2026-11-20")`)
		x.axe("addendum")
		x.shot("note-signed")
	})
	t.Run("drop and choose a file", func(t *testing.T) {
		x := newTab(t, ctx, h.URL, wide, high, false)
		file := filepath.Join(t.TempDir(), "note.txt")
		if err := os.WriteFile(file, []byte("neck sore 4/10"), 0o600); err != nil {
			t.Fatal(err)
		}
		x.run(chromedp.Navigate(h.URL+"/rewrite"), chromedp.WaitVisible("#text"), chromedp.SetUploadFiles("#file", []string{file}))
		x.want("a chosen file is read", `document.querySelector("#text").value == "neck sore 4/10"`)
		x.eval(`(() => { const d = new DataTransfer(); d.items.add(new File(["low back sore"], "n.txt")); document.querySelector("#text").dispatchEvent(new DragEvent("drop", {dataTransfer: d, bubbles: true, cancelable: true})); return 1 })()`)
		x.want("a dropped file is read", `document.querySelector("#text").value == "low back sore"`)
		x.eval(`(() => { const d = new DataTransfer(); d.items.add(new File(["a\u0000b"], "n.pdf")); document.querySelector("#text").dispatchEvent(new DragEvent("drop", {dataTransfer: d, bubbles: true, cancelable: true})); return 1 })()`)
		x.want("another kind of file is refused in words", `document.querySelector("#note-stage").textContent.includes("not plain text") && document.querySelector("#text").value == "low back sore"`)
	})
	t.Run("without a script", func(t *testing.T) {
		x := newTab(t, ctx, h.URL, wide, high, false)
		x.run(network.Enable(), network.SetBlockedURLs([]string{"*app.js"}))
		x.rewrite(sampleChart)
		if _, err := chromedp.RunResponse(x.ctx, chromedp.Click(`button[name="show"]`)); err != nil {
			t.Fatal(err)
		}
		x.want("the switch works", `document.querySelector(".chart").textContent.includes("Jane Doe")`)
		x.want("what needs a script is not shown", `[...document.querySelectorAll("[data-copy], [data-print], [data-drop], [data-file]")].every(e => e.hidden)`)
	})
	t.Run("keyboard alone", func(t *testing.T) {
		x := newTab(t, ctx, h.URL, wide, high, false)
		x.run(chromedp.Navigate(h.URL+"/rewrite"), chromedp.WaitVisible("#text"))
		tabTo := func(what, script string) {
			t.Helper()
			for range 40 {
				if x.eval("!!("+script+")") == "true" {
					return
				}
				x.run(chromedp.KeyEvent(kb.Tab))
			}
			t.Errorf("%s is not reached with the Tab key", what)
		}
		tabTo("the note", `document.activeElement.id == "text"`)
		x.run(chromedp.KeyEvent("neck sore 4/10, massage 30 min, Pt Jane Doe"))
		tabTo("choosing a file", `document.activeElement.id == "file"`)
		tabTo("the button", `document.activeElement.matches("#note button.main")`)
		if _, err := chromedp.RunResponse(x.ctx, chromedp.KeyEvent(kb.Enter)); err != nil {
			t.Fatal(err)
		}
		x.want("a chart note comes", `document.querySelector(".chart h2")`)
		tabTo("copying", `document.activeElement.matches("[data-copy]")`)
		tabTo("the switch", `document.activeElement.matches('button[name="show"]')`)
		tabTo("the form again", `document.activeElement.matches(".again > summary")`)
	})
	t.Run("dark", func(t *testing.T) {
		x := newTab(t, ctx, h.URL, wide, high, true)
		x.rewrite(sampleChart)
		x.axe("dark chart note")
		x.shot("note-dark")
	})
	t.Run("phone", func(t *testing.T) {
		for _, dark := range []bool{false, true} {
			x := newTab(t, ctx, h.URL, 360, 740, dark)
			name := map[bool]string{false: "note-phone", true: "note-phone-dark"}[dark]
			x.run(chromedp.Navigate(h.URL+"/rewrite"), chromedp.WaitVisible("#text"))
			x.shot(name + "-form")
			x.rewrite(sampleChart)
			x.fitsPhone()
			x.axe("phone")
			x.shot(name)
		}
	})
	t.Run("print", func(t *testing.T) {
		x := newTab(t, ctx, h.URL, wide, high, false)
		x.rewrite(sampleChart)
		x.printed("note-print")
	})
	t.Run("copy", func(t *testing.T) {
		x := newTab(t, ctx, h.URL, wide, high, false)
		x.rewrite(sampleChart)
		x.eval(`(() => { navigator.clipboard.writeText = t => { window.copied = t; return Promise.resolve() }; return 1 })()`)
		x.run(chromedp.Click("[data-copy]"))
		x.want("it says that it copied", `document.querySelector("[data-copy]").textContent == "Copied"`)
		x.want("what is copied is the chart note alone", `window.copied.includes("[PATIENT_1]") && !window.copied.includes("Missing")`)
	})
}
