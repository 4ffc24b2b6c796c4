package official_test

import (
	"fmt"
	"strings"

	"github.com/everycategory/advocate/corpus/official"
)

// The fixtures are made up: their titles (99 RCW, 999 WAC, 99 U.S.C. do not
// exist) and words are no law anywhere. They have the structure of the
// publishers' pages.

// waPage is a section page of the Washington legislature.
type waPage struct {
	code, number, caption string
	paras                 []string
	history               string
	notes                 []string
}

// sampleRCW is a whole page; tests change it.
func sampleRCW() waPage {
	return waPage{"RCW", "99.43.045", "Sample duties—Limits.",
		[]string{"(1) Every sample carrier shall:", "(a) Answer a written request within thirty days; and", "(b) Keep the request for five years.",
			"(2)(a) A carrier may not charge for the answer.", "(b) Nothing in this section requires a carrier to agree."},
		"2012 c 137 s 2; 1997 c 297 s 1.",
		[]string{"Finding—2012 c 137: \"The legislature finds a sample.\"", "Effective date—2012 c 137: \"Sections 1 through 19 of this act take effect July 1, 2013.\""}}
}

func sampleWAC() waPage {
	return waPage{"WAC", "999-830-565", "Sample records.", []string{"(1) A sample record must be legible.", "(2) It must be kept for three years."},
		"Statutory Authority: RCW 99.43.045. WSR 21-02-012, § 999-830-565, filed 12/24/20, effective 9/1/21. Statutory Authority: RCW 99.43.045. WSR 17-14-062, § 999-830-565, filed 6/29/17, effective 7/30/17.", nil}
}

func (w waPage) url() string {
	return fmt.Sprintf("https://app.leg.wa.gov/%s/default.aspx?cite=%s", w.code, w.number)
}

// inner is what stands in the wrapper.
func (w waPage) inner() string {
	var b strings.Builder
	fmt.Fprintf(&b, `<div><h3><a class="ui-btn ui-btn-inline ui-mini" href="%s&amp;pdf=true">PDF</a>%s  <a href='%s'>%s</a></h3></div><div><h3>%s</h3></div><div>`,
		w.url(), w.code, w.url(), w.number, strings.ReplaceAll(w.caption, "—", `<span style="font-family:times new roman;">—</span>`))
	for _, p := range w.paras {
		fmt.Fprintf(&b, `<div style="text-indent:0.5in;">%s</div>`, p)
	}
	fmt.Fprintf(&b, `</div><div style="margin-top:15pt;margin-bottom:0pt;">[ <a href='https://lawfilesext.leg.wa.gov/x.pdf'>%s</a>]</div>`, w.history)
	if len(w.notes) > 0 {
		b.WriteString(`<div style="margin-top:0.25in;"><h3>NOTES:</h3></div>`)
	}
	for _, n := range w.notes {
		fmt.Fprintf(&b, `<div style="margin-bottom:0.2in;"><div style="text-indent:0.75in;"><span style="font-weight:bold;">%s</span></div></div>`, n)
	}
	return b.String()
}

func (w waPage) html() string {
	return waFrame(fmt.Sprintf("%s %s: %s", w.code, w.number, w.caption), w.inner())
}

// waFrame puts the chrome of the site around the wrapper's inner HTML.
func waFrame(title, inner string) string {
	return `<!DOCTYPE html><html lang="en"><head><title>` + "\n\t" + title + "\n" + `</title><script>var x = function() { return 1 };</script></head>
<body><div data-role="page"><a class="ui-btn">Menu</a><form>Search Form</form>
<div id='contentWrapper'>` + inner + `</div>
<div id="ContentPlaceHolder1_pnlExpanded">Site map</div></div></body></html>`
}

// dispositions is the page of a chapter that lists what became of its former
// sections.
func dispositions(code, chapter string, entries ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<h3>Chapter %s %s</h3><h3>DISPOSITIONS OF SECTIONS FORMERLY CODIFIED IN THIS CHAPTER</h3><table>`, chapter, code)
	for _, e := range entries {
		number, rest, _ := strings.Cut(e, " ")
		fmt.Fprintf(&b, `<tr><td>%s</td><td><div>%s</div></td></tr>`, number, rest)
	}
	b.WriteString("</table>")
	return waFrame("Chapter "+chapter+" "+code+": SAMPLES", b.String())
}

const uscURL = "https://uscode.house.gov/view.xhtml?req=granuleid:USC-prelim-title42-section999gg-5&num=0&edition=prelim"

// sampleUSLM is a section of the Code in USLM.
const sampleUSLM = `<?xml version="1.0" encoding="UTF-8"?>
<section xmlns="http://xml.house.gov/schemas/uslm/1.0" identifier="/us/usc/t42/s999gg–5"><num value="999gg–5">§ 999gg–5.</num><heading> Sample fairness</heading>
<subsection identifier="/us/usc/t42/s999gg–5/a"><num value="a">(a)</num><heading> Providers</heading><chapeau>A sample plan shall not—</chapeau>
<paragraph identifier="/us/usc/t42/s999gg–5/a/1"><num value="1">(1)</num><content> exclude a provider who acts within a license; or</content></paragraph>
<paragraph identifier="/us/usc/t42/s999gg–5/a/2"><num value="2">(2)</num><content> pay late<ref class="footnoteRef" idref="fn1">1</ref><note type="footnote" id="fn1"><num>1</num> So in original.</note>,</content></paragraph>
<continuation>unless the Secretary permits it.</continuation></subsection>
<subsection identifier="/us/usc/t42/s999gg–5/b"><num value="b">(b)</num><heading> Rates</heading><content><p>Nothing in this section prevents a plan from varying rates under section 999gg–6 of this title.</p></content></subsection>
<sourceCredit>(<ref href="/us/act/1944">July 1, 1944, ch. 373</ref>, as added <ref>Pub. L. 111–148, title I, § 1201(4)</ref>, <date date="2010-03-23">Mar. 23, 2010</date>, 124 Stat. 160.)</sourceCredit>
<notes type="uscNote"><note role="crossHeading" topic="editorialNotes"><heading>Editorial Notes</heading></note>
<note topic="effectiveDate"><heading>Effective Date</heading><p>Section effective for plan years beginning on or after <date>Jan. 1, 2014</date>, see section 1255 of Pub. L. 111–148.</p></note></notes>
</section>`

const cfrURL = "https://www.ecfr.gov/api/versioner/v1/full/2026-05-01/title-29.xml?section=2999.503-1"

// sampleCFR is a section of the eCFR.
const sampleCFR = `<?xml version="1.0" encoding="UTF-8"?>
<DIV8 N="2999.503-1" TYPE="SECTION"><HEAD>§ 2999.503-1   Sample claims procedure.</HEAD>
<P>(a) <I>Scope.</I> This sample section sets requirements.</P>
<P>(b) <I>Duties.</I> (1) A plan shall give notice.</P>
<P>(2) The notice shall be in writing.</P>
<CITA TYPE="N">[65 FR 70265, Nov. 21, 2000, as amended at 81 FR 92341, Dec. 19, 2016]</CITA>
</DIV8>`

const opinionURL = "https://www.law.cornell.edu/supct/html/99-9471.ZO.html"

// sampleOpinion is an opinion's page.
const sampleOpinion = `<!DOCTYPE html><html><head><title>Sample Association v. Example</title></head><body><nav>Toggle navigation</nav>
<div id="content"><p>No. 99—9471</p><p>538 U. S. 999 (2003)</p><p>Justice Sample delivered the opinion of the Court.</p>
<p>A sample law regulates insurance where it is directed at it.</p><blockquote>It must be directed at entities engaged in it.</blockquote><p>It is so ordered.</p></div></body></html>`

// page is a page captured on a day.
func page(url, body string) official.Page {
	return official.Page{URL: url, Body: []byte(body), Captured: "2025-07-31"}
}
