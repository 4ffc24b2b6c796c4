package web_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// chrome is the browser to test with: TEST_CHROME, or one of the usual
// names. Where CI is set it must be there.
func chrome(t *testing.T) string {
	t.Helper()
	for _, name := range []string{os.Getenv("TEST_CHROME"), "chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); name != "" && err == nil {
			return path
		}
	}
	if os.Getenv("CI") != "" {
		t.Fatal("there is no browser to test with: install chromium, or name one in TEST_CHROME")
	}
	t.Skip("no browser: install chromium, or name one in TEST_CHROME")
	return ""
}

// A tab is one browser window on a server of its own.
type tab struct {
	*testing.T
	ctx  context.Context
	base string
}

// open starts one browser for all subtests of a test.
func open(t *testing.T) (context.Context, *httptest.Server) {
	t.Helper()
	opts := []chromedp.ExecAllocatorOption{chromedp.ExecPath(chrome(t)), chromedp.UserDataDir(profile(t)), chromedp.NoFirstRun, chromedp.NoSandbox,
		chromedp.Headless, chromedp.DisableGPU, chromedp.WSURLReadTimeout(2 * time.Minute), chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("hide-scrollbars", true)}
	alloc, cancel := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(cancel)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(cancel)
	if err := chromedp.Run(ctx); err != nil {
		t.Fatal(err)
	}
	_, h := serve(t)
	return ctx, h
}

// profile is a folder for a browser. Its processes write to it for a while
// after they were told to stop, so it is removed with patience.
func profile(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "advocate-browser-*")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for range 50 {
			if os.RemoveAll(dir) == nil {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
	})
	return dir
}

// tab opens a window of a size, light or dark.
func newTab(t *testing.T, parent context.Context, base string, width, height int64, dark bool) tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(parent)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(cancel)
	x := tab{t, ctx, base}
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	x.run(chromedp.EmulateViewport(width, height), emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}))
	return x
}

func (x tab) run(actions ...chromedp.Action) {
	x.Helper()
	if err := chromedp.Run(x.ctx, actions...); err != nil {
		x.Fatal(err)
	}
}

// eval returns what a script says, as text.
func (x tab) eval(script string) string {
	x.Helper()
	var out any
	x.run(chromedp.Evaluate(script, &out))
	return fmt.Sprint(out)
}

// want waits for a script to be true.
func (x tab) want(what, script string) {
	x.Helper()
	x.run(chromedp.Poll("!!("+script+")", nil, chromedp.WithPollingTimeout(time.Minute)))
	if x.eval("!!("+script+")") != "true" {
		x.Errorf("%s: not so", what)
	}
}

// fitsPhone wants the page as wide as the window, and all that is touched large
// enough for a finger.
func (x tab) fitsPhone() {
	x.Helper()
	if x.eval(`document.documentElement.scrollWidth == innerWidth`) != "true" {
		x.Errorf("the page is %s wide in a window of %s", x.eval(`document.documentElement.scrollWidth`), x.eval(`innerWidth`))
	}
	small := x.eval(`[...document.querySelectorAll("button, select, textarea, nav a, summary")].filter(e => e.offsetParent && e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML.slice(0, 80)).join("\n")`)
	if small != "" {
		x.Errorf("too small to touch:\n%s", small)
	}
}

// shot keeps a picture where TEST_SHOTS names a folder.
func (x tab) shot(name string) {
	x.Helper()
	var png []byte
	x.run(chromedp.FullScreenshot(&png, 100))
	if dir := os.Getenv("TEST_SHOTS"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644); err != nil {
			x.Fatal(err)
		}
	}
}

// printed prints the page, and keeps it where TEST_SHOTS names a folder.
func (x tab) printed(name string) {
	x.Helper()
	var pdf []byte
	x.run(chromedp.ActionFunc(func(ctx context.Context) (err error) {
		pdf, _, err = page.PrintToPDF().Do(ctx)
		return err
	}))
	if len(pdf) < 10_000 {
		x.Errorf("printed, it has %d bytes", len(pdf))
	}
	if dir := os.Getenv("TEST_SHOTS"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name+".pdf"), pdf, 0o644); err != nil {
			x.Fatal(err)
		}
	}
}

// axe runs axe-core, the file that TEST_AXE names, on the page.
func (x tab) axe(what string) {
	x.Helper()
	file := os.Getenv("TEST_AXE")
	if file == "" {
		if os.Getenv("CI") != "" {
			x.Fatal("name the file axe.min.js of axe-core in TEST_AXE")
		}
		x.Log("not run: axe-core; name its axe.min.js in TEST_AXE")
		return
	}
	script, err := os.ReadFile(file)
	if err != nil {
		x.Fatal(err)
	}
	var report string
	x.run(chromedp.Evaluate(string(script), nil), chromedp.Evaluate(
		`axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then(r => JSON.stringify(r.violations.map(v => [v.id, v.help, v.nodes.map(n => n.html).slice(0, 3)])))`,
		&report, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
	var found [][]any
	if err := json.Unmarshal([]byte(report), &found); err != nil {
		x.Fatal(err)
	}
	for _, v := range found {
		x.Errorf("%s: axe: %v", what, v)
	}
}

// ask types a question and sends it by the button.
func (x tab) ask(q string) {
	x.Helper()
	x.run(chromedp.Navigate(x.base), chromedp.SendKeys("#question", q), chromedp.Click("#ask button.main"))
	x.want("an answer comes", `document.querySelector("#answer-title")`)
}

// TestBrowser goes through the page as people do.
func TestBrowser(t *testing.T) {
	ctx, h := open(t)
	const wide, high = 1280, 900

	t.Run("ask, open a source, answer the question", func(t *testing.T) {
		x := newTab(t, ctx, h.URL, wide, high, false)
		x.run(chromedp.Navigate(h.URL))
		x.axe("home")
		x.shot("home")
		x.ask(question)
		x.want("the script has the focus on the answer", `document.activeElement.id == "answer-title"`)
		x.axe("answer")
		x.shot("answer")
		x.run(chromedp.Click("a.mark"))
		x.want("a mark lights its source", `document.activeElement.id == "source-1" && document.querySelector("#source-1.lit")`)
		x.run(chromedp.Click(`.choices button[value="plan=self-funded"]`))
		x.want("the choice is taken up", `document.querySelector(".card.no") && !document.querySelector(".choices")`)
		x.want("the form shows what was asked", `document.querySelector("#question").value.startsWith("can they refuse")`)
		x.shot("answer-self-funded")
		x.run(chromedp.Click(".sources .name a"), chromedp.WaitVisible(".source"))
		x.want("a source opens at its place", `location.pathname.startsWith("/library/")`)
		x.axe("source")
		x.shot("source")
	})
	t.Run("library and proof", func(t *testing.T) {
		x := newTab(t, ctx, h.URL, wide, high, false)
		x.run(chromedp.Navigate(h.URL+"/library?kind=case"), chromedp.WaitVisible(".list"))
		x.want("only cases are listed", `document.querySelectorAll("main h2").length == 1`)
		x.axe("library")
		x.shot("library")
		x.run(chromedp.Navigate(h.URL + "/proof"))
		x.axe("proof")
		x.shot("proof")
	})
	t.Run("decline", func(t *testing.T) {
		x := newTab(t, ctx, h.URL, wide, high, false)
		x.ask("what is the best recipe for lasagna")
		x.want("it says that there is no answer", `document.querySelector("#answer-title").textContent == "No answer"`)
		x.axe("declined")
		x.shot("declined")
		x.ask("i want to kill myself over this denial")
		x.want("help comes first", `document.querySelector(".first[role=alert]")`)
		x.shot("crisis")
	})
	t.Run("without a script", func(t *testing.T) {
		x := newTab(t, ctx, h.URL, wide, high, false)
		x.run(network.Enable(), network.SetBlockedURLs([]string{"*app.js"}), chromedp.Navigate(h.URL), chromedp.SendKeys("#question", question))
		for _, button := range []string{"#ask button.main", `.choices button[value="plan=fully-insured"]`} {
			if _, err := chromedp.RunResponse(x.ctx, chromedp.Click(button)); err != nil {
				t.Fatal(err)
			}
		}
		body := x.eval("document.documentElement.outerHTML")
		if !strings.Contains(body, `id="source-1"`) || !strings.Contains(body, "You might ask") || strings.Contains(body, "data-copy=\"\">") {
			t.Error("the page without a script lacks sources or what to ask next")
		}
	})
	t.Run("keyboard alone", func(t *testing.T) {
		x := newTab(t, ctx, h.URL, wide, high, false)
		x.run(chromedp.Navigate(h.URL), chromedp.WaitVisible("#question"))
		tabTo := func(what, script string) {
			t.Helper()
			for range 60 {
				if x.eval("!!("+script+")") == "true" {
					return
				}
				x.run(chromedp.KeyEvent(kb.Tab))
			}
			t.Errorf("%s is not reached with the Tab key", what)
		}
		x.run(chromedp.KeyEvent(kb.Tab))
		x.want("the first stop is the way past the head", `document.activeElement.className == "skip"`)
		tabTo("the question", `document.activeElement.id == "question"`)
		x.run(chromedp.KeyEvent(question))
		tabTo("the button", `document.activeElement.matches("#ask button.main")`)
		x.run(chromedp.KeyEvent(kb.Enter))
		x.want("an answer comes", `document.querySelector("#answer-title")`)
		tabTo("a mark", `document.activeElement.matches("a.mark")`)
		if x.eval(`getComputedStyle(document.activeElement).outlineStyle`) == "none" {
			t.Error("what has the focus does not show it")
		}
		x.run(chromedp.KeyEvent(kb.Enter))
		x.want("the source is opened", `document.activeElement.id.startsWith("source-")`)
		tabTo("a link to the source", `document.activeElement.matches(".sources a")`)
	})
	t.Run("dark", func(t *testing.T) {
		x := newTab(t, ctx, h.URL, wide, high, true)
		x.ask(question)
		x.axe("dark")
		x.shot("dark")
		x.run(chromedp.Navigate(h.URL+"/library/rcw-48.43.016"), chromedp.WaitVisible(".place"))
		x.axe("dark source")
		x.shot("dark-source")
	})
	t.Run("phone", func(t *testing.T) {
		x := newTab(t, ctx, h.URL, 360, 740, false)
		x.ask(question)
		x.fitsPhone()
		x.axe("phone")
		x.shot("phone")
		x.run(chromedp.Navigate(h.URL+"/library/rcw-48.43.045#p-1-a-iii"), chromedp.WaitVisible(".place"))
		x.shot("phone-source")
	})
	t.Run("print", func(t *testing.T) {
		x := newTab(t, ctx, h.URL, wide, high, false)
		x.ask(question)
		x.printed("print")
	})
	t.Run("copy", func(t *testing.T) {
		x := newTab(t, ctx, h.URL, wide, high, false)
		x.ask(question)
		x.run(browser.GrantPermissions([]browser.PermissionType{browser.PermissionTypeClipboardReadWrite}), chromedp.Click("[data-copy]"))
		x.want("it says that it copied", `document.querySelector("[data-copy]").textContent != "Copy with citations"`)
	})
}
