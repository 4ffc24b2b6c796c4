package export

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/everycategory/advocate/bot"
)

// say is a run of plain text with its notes.
func say(text string, notes ...int) bot.Run { return bot.Run{Text: text, Notes: notes} }

// blank is a placeholder.
func blank(text string) bot.Run { return bot.Run{Text: text, Blank: true} }

func of(kind bot.BlockKind, runs ...bot.Run) bot.Block {
	return bot.Block{Kind: kind, Runs: runs}
}

func plain(kind bot.BlockKind, lines ...string) []bot.Block {
	var out []bot.Block
	for _, l := range lines {
		out = append(out, of(kind, say(l)))
	}
	return out
}

func blocks(lists ...[]bot.Block) []bot.Block {
	var out []bot.Block
	for _, l := range lists {
		out = append(out, l...)
	}
	return out
}

// letter is a letter with everything that a letter has. Nobody in it exists,
// and the law is that of a sample.
func letter() *bot.Document {
	return &bot.Document{
		Title: "Appeal of a denied claim",
		Blocks: blocks(
			plain(bot.Sender, "Sample Therapist, LMT", "100 Sample Street", "Sample City, WA 98000"),
			plain(bot.Dateline, "July 18, 2026"),
			plain(bot.Address, "Sample Health Plan", "Appeals Department", "P.O. Box 1000", "Sample City, WA 98000"),
			[]bot.Block{
				of(bot.Reference, say("Re: Appeal of a denial of massage therapy")),
				of(bot.Reference, say("Patient: "), blank("[PATIENT_1]")),
				of(bot.Reference, say("Claim: "), blank("[CLAIM_NO_1]")),
			},
			plain(bot.Paragraph, "To the appeals department:"),
			[]bot.Block{
				of(bot.Paragraph, say("I write on behalf of "), blank("[PATIENT_1]"), say(" and appeal the denial of "),
					blank("date of the denial"), say(". It gives this reason:")),
				of(bot.Quotation, say("“Massage therapy by an LMT is not a covered benefit — the provider is not eligible.”")),
			},
			plain(bot.Heading, "Why the decision is wrong"),
			[]bot.Block{
				of(bot.Paragraph, say("An insured Washington plan must permit every category of provider to give the services of the benchmark, within the limits of § 48.43.045.", 1, 2),
					say(" The rule repeats it for the lower back,", 3), say(" and says so “completely” — café, naïve, Ω and Ж included.", 1)),
			},
			plain(bot.Heading, "What I ask for"),
			plain(bot.Numbered, "Reverse the denial and process the claim.", "Send me the provision on which the denial rests, with the whole of the clinical criteria that were applied, and the credentials of whoever applied them."),
			plain(bot.Paragraph, "If the denial stands, I also ask for:"),
			[]bot.Block{
				of(bot.Item, say("the claim file,", 4)),
				of(bot.Item, say("the name of the reviewer, and")),
				of(bot.Item, say("the way to an external review within "), blank("[number] days"), say(".")),
			},
			plain(bot.Signature, "Sincerely,", "Sample Therapist, LMT", "License: [LICENSE_NO_1]"),
		),
		Notes: []bot.Note{
			{N: 1, Text: "RCW 48.43.045(1)(a): “Permit every category of health care provider to provide health services or care included in the basic essential health benefits benchmark plan … to the extent that”. Digest, read in a copy that runs through 2022.", URL: "https://app.leg.wa.gov/rcw/default.aspx?cite=48.43.045"},
			{N: 2, Text: "42 U.S.C. 300gg-5(a).", URL: "https://uscode.house.gov/view.xhtml?req=granuleid:USC-prelim-title42-section300gg-5&num=0&edition=prelim"},
			{N: 3, Text: "WAC 284-170-270(1).", URL: "https://app.leg.wa.gov/wac/default.aspx?cite=284-170-270"},
			{N: 4, Text: "29 C.F.R. 2560.503-1(h)(2)(iii). No address is held."},
		},
		Enclosures: []string{"Copy of the denial", "Chart notes of [dates]", "Exhibits A and B"},
		Exhibits: []bot.Exhibit{
			{Cite: "RCW 48.43.045", Title: "Every category of health care provider", Status: "digest in our words, as of 2022", URL: "https://app.leg.wa.gov/rcw/default.aspx?cite=48.43.045",
				Lines: []string{"(1) Every health plan … shall:", "(a) Permit every category of health care provider to provide health services or care.", "(b) Nothing in this sample is the official text."}},
			{Cite: "WAC 284-170-270", Title: "Every category of provider", Status: "official text, captured 2026-07-18", URL: "https://app.leg.wa.gov/wac/default.aspx?cite=284-170-270",
				Lines: []string{"A sample of a paragraph, which says nothing but is long enough to fill more than one line of the page on which it stands.", "(2) A second one."}},
		},
		Closing: "Prepared with advocate for Sample Therapist, LMT. Information, not legal advice.",
	}
}

// long is a letter of many pages: every third paragraph has notes, some of
// them longer than what is left of a page, and words that fit no line.
func long() *bot.Document {
	d := letter()
	d.Blocks = append(d.Blocks, plain(bot.Heading, "A long story")...)
	for i := range 60 {
		r := say(fmt.Sprintf("Paragraph %d. %s", i+1, bytes.Repeat([]byte("Words that say nothing fill the line of a sample. "), 1+i*7%9)))
		switch {
		case i%3 == 0:
			n := len(d.Notes) + 1
			text := fmt.Sprintf("Note of paragraph %d. %s", i+1, bytes.Repeat([]byte("“Official words” … "), 1+i*i%170))
			d.Notes = append(d.Notes, bot.Note{N: n, Text: text, URL: fmt.Sprintf("https://example.org/law?section=%d&edition=prelim", i)})
			r.Notes = []int{n, 1}
		case i%20 == 10:
			r.Text += string(bytes.Repeat([]byte("unbreakable"), 40))
		}
		d.Blocks = append(d.Blocks, of(bot.Paragraph, r))
	}
	return d
}

// testimony is two minutes to speak, with its sources.
func testimony() *bot.Document {
	return &bot.Document{
		Title: "Testimony on HB 2",
		Large: true,
		Blocks: blocks(
			plain(bot.Dateline, "Sample Committee on Health, HB 2, in support"),
			plain(bot.Paragraph, "Chair, members of the committee: my name is [name]. I am a licensed massage therapist in Sample City."),
			[]bot.Block{
				of(bot.Paragraph, say("Last year I treated "), blank("[number]"), say(" clients whose plan paid a physical therapist for the work it refused to pay me for.")),
				of(bot.Paragraph, say("The law of this sample asks plans to permit every category of provider.", 1), say(" It names no profession, and it fixes no price.", 1)),
			},
			plain(bot.Paragraph, "Please pass HB 2. Thank you."),
		),
		Notes:   []bot.Note{{N: 1, Text: "RCW 48.43.045(1)(a). Digest, as of 2022.", URL: "https://app.leg.wa.gov/rcw/default.aspx?cite=48.43.045"}},
		Closing: "About 70 words, half a minute at an easy pace.",
	}
}

// handout is one page to leave behind.
func handout() *bot.Document {
	return &bot.Document{
		Title: "Every category, in one page",
		Blocks: blocks(
			plain(bot.Heading, "Every category, in one page"),
			plain(bot.Paragraph, "What HB 2 does, what it leaves alone, and where to read it."),
			plain(bot.Heading, "What it does"),
			[]bot.Block{
				of(bot.Item, say("A plan may not shut out a licensed category of provider whose scope covers the service.", 1)),
				of(bot.Item, say("A plan keeps its standards of quality and cost.", 1)),
			},
			plain(bot.Heading, "What it leaves alone"),
			plain(bot.Numbered, "Prices.", "Who is in a network.", "Plans that employers fund themselves, which answer to federal law."),
		),
		Notes:   []bot.Note{{N: 1, Text: "RCW 48.43.045(1). Digest, as of 2022.", URL: "https://app.leg.wa.gov/rcw/default.aspx?cite=48.43.045"}},
		Closing: "Sample Association of Therapists",
	}
}

// odd holds what nobody means to write.
func odd() *bot.Document {
	return &bot.Document{
		Title: "a\x00b & <c>\nd",
		Blocks: []bot.Block{
			of(bot.Sender),
			of(bot.Paragraph, say("")),
			of(bot.Paragraph, say("control \x01\x1f\x7f\u0085 and \xff\xfe bytes, \ufffe\uffff, a tab\tand\r\na line\u2028break")),
			of(bot.Paragraph, say("turned \u202etxet\u202c and hid\u200bden\u00ad")),
			of(bot.Paragraph, say("# no heading *no* _no_ `no` [no](http://no.example) <b>no</b> ![no](x) | a | ~~b~~ $x$ ==y== &copy; @no www.no.example a@b.example https://no.example :no:")),
			of(bot.Paragraph, say("1. no list\n- no list\n+ no\n> no\n=====\n-----\n```\n    no code\n\\")),
			of(bot.Paragraph, say(" ", 1), say(": no definition")),
			of(bot.Paragraph, say("in"), blank("side"), say("a word, "), blank("[one]"), blank("[two]"), say(" and  "), blank("  "), blank("*"), say("*")),
			of(bot.Paragraph, say("漢字 日本語 한국어 العربية עברית 😀👩‍👩‍👧 e\u0301 x\u0301\u0323 ﬁ ½ ≥ → ✓ ☐ \u00a0 \u2011 \u202f")),
			of(bot.Heading, say("A heading\nof two lines #")),
			of(bot.Quotation, say("one")), of(bot.Quotation, say("two\nthree")),
			of(bot.Item, say("")), of(bot.Item, say("- item", 2)), of(bot.Numbered, say("2) number")),
		},
		Notes: []bot.Note{
			{N: 1, Text: "]]> <w:p/> \x02", URL: "javascript:alert(1)"},
			{N: 2, Text: "", URL: "https://example.org/a b\"c"},
			{N: 3, Text: "never marked"},
		},
		Enclosures: []string{"", "an *enclosure*"},
		Exhibits:   []bot.Exhibit{{}, {Cite: "only [a] cite"}, {Lines: []string{"", "only\n\nlines"}}},
	}
}

// write is d in the format f.
func write(t testing.TB, d *bot.Document, f Format) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, d, f); err != nil {
		t.Fatalf("%s: %v", f, err)
	}
	return b.Bytes()
}
