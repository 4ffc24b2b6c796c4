package citation

import "testing"

// spellings pairs what people write with the one spelling out. Every row is
// read alone by Parse and inside a sentence by Find.
var spellings = []struct{ in, out string }{
	// The one spelling of each system.
	{"RCW 48.43.045(1)(a)", "RCW 48.43.045(1)(a)"},
	{"RCW 18.108", "RCW 18.108"},
	{"RCW Title 18", "RCW Title 18"},
	{"WAC 284-170-270(2)", "WAC 284-170-270(2)"},
	{"WAC 284-170", "WAC 284-170"},
	{"42 U.S.C. 300gg-5(a)", "42 U.S.C. 300gg-5(a)"},
	{"29 C.F.R. 2560.503-1(g)", "29 C.F.R. 2560.503-1(g)"},
	{"538 U.S. 329", "538 U.S. 329"},
	{"538 U.S. 329, p. 341", "538 U.S. 329, p. 341"},
	{"147 F.3d 1039", "147 F.3d 1039"},
	{"78 F.4th 1183", "78 F.4th 1183"},
	{"967 F. Supp. 424", "967 F. Supp. 424"},
	{"111 F. Supp. 2d 731", "111 F. Supp. 2d 731"},
	{"111 F. Supp. 3d 731", "111 F. Supp. 3d 731"},
	{"298 So. 3d 1235", "298 So. 3d 1235"},
	{"Pub. L. 111-148", "Pub. L. 111-148"},
	{"2015 c 237 § 2", "2015 c 237 § 2"},
	{"NCD 30.3.3", "NCD 30.3.3"},
	{"ORS 414.613", "ORS 414.613"},
	{"C.R.S. 25.5-6-1301", "C.R.S. 25.5-6-1301"},
	{"Fla. Stat. 627.736(1)(a)", "Fla. Stat. 627.736(1)(a)"},
	{"D.C. Code 3-1201.02", "D.C. Code 3-1201.02"},
	{"KRS 304.17A-270", "KRS 304.17A-270"},
	{"CPT 97124", "CPT 97124"},
	{"ICD-10-CM M54.50", "ICD-10-CM M54.50"},
	{"Ann Intern Med 2017;166:514", "Ann Intern Med 2017;166:514"},
	{"https://www.insurance.wa.gov/your-rights", "https://www.insurance.wa.gov/your-rights"},

	// Revised Code of Washington.
	{"rcw 48 43 045 1 a", "RCW 48.43.045(1)(a)"},
	{"RCW 48 43 045 1 a iii", "RCW 48.43.045(1)(a)(iii)"},
	{"rcw 48 43 045", "RCW 48.43.045"},
	{"RCW48.43.045", "RCW 48.43.045"},
	{"RCW  48.43.045", "RCW 48.43.045"},
	{"RCW\u00a048.43.045", "RCW 48.43.045"},
	{"RCW\n48.43.045", "RCW 48.43.045"},
	{"RCW: 48.43.045", "RCW 48.43.045"},
	{"RCW 48-43-045", "RCW 48.43.045"},
	{"RCW 48. 43. 045", "RCW 48.43.045"},
	{"\u200bRCW 48.43.\u200b045", "RCW 48.43.045"},
	{"R.C.W. 48.43.045", "RCW 48.43.045"},
	{"R.C.W. § 48.43.045 (1)(a)", "RCW 48.43.045(1)(a)"},
	{"R. C. W. § 48.43.045", "RCW 48.43.045"},
	{"RCW section 48.43.045", "RCW 48.43.045"},
	{"RCW sec. 48.43.045", "RCW 48.43.045"},
	{"RCW § 48.43.045(1) (a) (iii)", "RCW 48.43.045(1)(a)(iii)"},
	{"RCW 48.43.045 1(a)", "RCW 48.43.045(1)(a)"},
	{"RCW 48.43.045(1)a", "RCW 48.43.045(1)(a)"},
	{"RCW 48.43.045 1 a", "RCW 48.43.045(1)(a)"},
	{"RCW 48.43.045(1)(a)(ii)(A)", "RCW 48.43.045(1)(a)(ii)(A)"},
	{"RCW 48.43.045, subsection (1)(a)", "RCW 48.43.045(1)(a)"},
	{"RCW 48.43.045 subsection 1(a)", "RCW 48.43.045(1)(a)"},
	{"RCW 48.43.045, subsec. (1), para. (a)", "RCW 48.43.045(1)(a)"},
	{"RCW 48.43.045 sub-section (1)(a)", "RCW 48.43.045(1)(a)"},
	{"RCW 48.43.045, section (1)(a)", "RCW 48.43.045(1)(a)"},
	{"RCW 48.43.045, paragraph 1a", "RCW 48.43.045(1)(a)"},
	{"subsection (2)(a) of RCW 48.43.016", "RCW 48.43.016(2)(a)"},
	{"paragraph (a) of RCW 48.43.016(2)", "RCW 48.43.016(2)(a)"},
	{"section (1)(a) of RCW 48.43.045", "RCW 48.43.045(1)(a)"},
	{"Wash. Rev. Code § 48.43.045", "RCW 48.43.045"},
	{"Wash Rev Code 48.43.045", "RCW 48.43.045"},
	{"Wash. Rev. Code Ann. § 48.43.045", "RCW 48.43.045"},
	{"Washington Revised Code § 48.43.045", "RCW 48.43.045"},
	{"Rev. Code Wash. (ARCW) § 48.43.045", "RCW 48.43.045"},
	{"RCWA 48.43.045(1)", "RCW 48.43.045(1)"},
	{"RCW 48.43.045  (1)(a)", "RCW 48.43.045(1)(a)"},
	{"Revised Code of Washington 48.43.045", "RCW 48.43.045"},
	{"Revised Code of Washington, section 48.43.045", "RCW 48.43.045"},
	{"REVISED CODE OF WASHINGTON SECTION 48.43.045", "RCW 48.43.045"},
	{"chapter 18.108 RCW", "RCW 18.108"},
	{"ch. 18.108 RCW", "RCW 18.108"},
	{"Chapter 18.108 of the Revised Code of Washington", "RCW 18.108"},
	{"RCW chapter 18.108", "RCW 18.108"},
	{"RCW ch. 18.108", "RCW 18.108"},
	{"Title 18 RCW", "RCW Title 18"},
	{"title 18 of the RCW", "RCW Title 18"},
	{"section 48.43.045 RCW", "RCW 48.43.045"},
	{"48.43.045(1)(a) RCW", "RCW 48.43.045(1)(a)"},
	{"48.43.045", "RCW 48.43.045"},
	{"§ 48.43.045(1)", "RCW 48.43.045(1)"},
	{"RCW 62A.2-101", "RCW 62A.2-101"},
	{"rcw 9.94a.030", "RCW 9.94A.030"},
	{"RCW 82.08.02565", "RCW 82.08.02565"},
	{"https://app.leg.wa.gov/rcw/default.aspx?cite=48.43.045", "RCW 48.43.045"},
	{"https://app.leg.wa.gov/RCW/default.aspx?cite=18.108&full=true", "RCW 18.108"},

	// Washington Administrative Code.
	{"WAC 284 170 270", "WAC 284-170-270"},
	{"wac 284 170 270 2", "WAC 284-170-270(2)"},
	{"WAC284-170-270", "WAC 284-170-270"},
	{"WAC 284–170–270", "WAC 284-170-270"},
	{"WAC 284‑170‑270", "WAC 284-170-270"},
	{"WAC 284.170.270", "WAC 284-170-270"},
	{"W.A.C. 284-170-270", "WAC 284-170-270"},
	{"WAC 284-43a-140(1)", "WAC 284-43A-140(1)"},
	{"Wash. Admin. Code § 284-170-270", "WAC 284-170-270"},
	{"Washington Administrative Code 284-170-270", "WAC 284-170-270"},
	{"chapter 246-830 WAC", "WAC 246-830"},
	{"WAC chapter 246-830", "WAC 246-830"},
	{"284-170-270", "WAC 284-170-270"},
	{"https://app.leg.wa.gov/wac/default.aspx?cite=284-170-270", "WAC 284-170-270"},

	// United States Code.
	{"42 USC § 300gg–5(a)", "42 U.S.C. 300gg-5(a)"},
	{"42 USC Sec. 300gg-5", "42 U.S.C. 300gg-5"},
	{"42 usc 300gg 5", "42 U.S.C. 300gg-5"},
	{"42 U.S.C. §300GG-5(a)", "42 U.S.C. 300gg-5(a)"},
	{"42 U. S. C. § 300gg-5", "42 U.S.C. 300gg-5"},
	{"42 U.S.C.A. § 300gg-5", "42 U.S.C. 300gg-5"},
	{"42 U.S. Code § 300gg-5", "42 U.S.C. 300gg-5"},
	{"42 United States Code section 300gg-5", "42 U.S.C. 300gg-5"},
	{"section 300gg-5 of title 42", "42 U.S.C. 300gg-5"},
	{"section 300gg–5(a) of Title 42 of the United States Code", "42 U.S.C. 300gg-5(a)"},
	{"section 300gg-5 of title 42, United States Code", "42 U.S.C. 300gg-5"},
	{"title 42, section 300gg-5", "42 U.S.C. 300gg-5"},
	{"Title 42 of the U.S. Code, section 300gg-5", "42 U.S.C. 300gg-5"},
	{"Title 42 U.S.C. § 300gg-5", "42 U.S.C. 300gg-5"},
	{"300gg-5(a)", "42 U.S.C. 300gg-5(a)"},
	{"29 USC 1132(a)(1)(B)", "29 U.S.C. 1132(a)(1)(B)"},
	{"29 U.S.C. § 1185D", "29 U.S.C. 1185d"},
	{"26 usc 4980d", "26 U.S.C. 4980D"},
	{"42 U.S.C. 1395y(a)(1)(A)", "42 U.S.C. 1395y(a)(1)(A)"},
	{"https://www.law.cornell.edu/uscode/text/42/300gg-5", "42 U.S.C. 300gg-5"},
	{"https://uscode.house.gov/view.xhtml?req=granuleid:USC-prelim-title42-section300gg-5&num=0&edition=prelim", "42 U.S.C. 300gg-5"},

	// Acts by their own sections.
	{"section 2706", "42 U.S.C. 300gg-5"},
	{"Section 2706(a)", "42 U.S.C. 300gg-5(a)"},
	{"§ 2719", "42 U.S.C. 300gg-19"},
	{"ACA 2706(a)", "42 U.S.C. 300gg-5(a)"},
	{"ACA § 2706", "42 U.S.C. 300gg-5"},
	{"ACA Section 2706", "42 U.S.C. 300gg-5"},
	{"§2706(a) of the ACA", "42 U.S.C. 300gg-5(a)"},
	{"section 2706 of the Affordable Care Act", "42 U.S.C. 300gg-5"},
	{"section 2706(a) of the Patient Protection and Affordable Care Act", "42 U.S.C. 300gg-5(a)"},
	{"subsection (a) of section 2706 of the ACA", "42 U.S.C. 300gg-5(a)"},
	{"ACA § 1302(b)", "42 U.S.C. 18022(b)"},
	{"PHS Act § 2706", "42 U.S.C. 300gg-5"},
	{"PHSA 2719", "42 U.S.C. 300gg-19"},
	{"PHSA § 2722", "42 U.S.C. 300gg-21"},
	{"PHSA § 2723", "42 U.S.C. 300gg-22"},
	{"PHSA § 2724", "42 U.S.C. 300gg-23"},
	{"PHSA § 2791", "42 U.S.C. 300gg-91"},
	{"Public Health Service Act section 2719", "42 U.S.C. 300gg-19"},
	{"section 2719 of the Public Health Service Act", "42 U.S.C. 300gg-19"},
	{"§ 514 of ERISA", "29 U.S.C. 1144"},
	{"ERISA 514", "29 U.S.C. 1144"},
	{"erisa section 514(b)(2)(B)", "29 U.S.C. 1144(b)(2)(B)"},
	{"ERISA section 502(a)(3)", "29 U.S.C. 1132(a)(3)"},
	{"ERISA 503", "29 U.S.C. 1133"},
	{"ERISA § 510", "29 U.S.C. 1140"},
	{"ERISA § 715", "29 U.S.C. 1185d"},
	{"section 502(a)(1)(B) of the Employee Retirement Income Security Act of 1974", "29 U.S.C. 1132(a)(1)(B)"},
	{"IRC 9815", "26 U.S.C. 9815"},
	{"I.R.C. § 4980D(b)", "26 U.S.C. 4980D(b)"},
	{"section 9815 of the Internal Revenue Code", "26 U.S.C. 9815"},

	{"ACA sec. 2706a", "42 U.S.C. 300gg-5(a)"},
	{"erisa 502 a 3", "29 U.S.C. 1132(a)(3)"},
	{"42 usc 300gg 5 a", "42 U.S.C. 300gg-5(a)"},

	// Code of Federal Regulations.
	{"29 CFR 2560.503-1", "29 C.F.R. 2560.503-1"},
	{"29 C.F.R. § 2560.503–1(h)(2)", "29 C.F.R. 2560.503-1(h)(2)"},
	{"29 cfr 2560 503 1", "29 C.F.R. 2560.503-1"},
	{"29 CFR Sec. 2560.503-1(h)(2)(i)", "29 C.F.R. 2560.503-1(h)(2)(i)"},
	{"29 Code of Federal Regulations 2560.503-1", "29 C.F.R. 2560.503-1"},
	{"section 2560.503–1 of title 29, Code of Federal Regulations", "29 C.F.R. 2560.503-1"},
	{"45 CFR 147.136", "45 C.F.R. 147.136"},
	{"29 CFR Part 2590", "29 C.F.R. 2590"},
	{"29 CFR 2590.715-2719", "29 C.F.R. 2590.715-2719"},
	{"26 cfr 54.9815-2719t", "26 C.F.R. 54.9815-2719T"},
	{"https://www.ecfr.gov/current/title-45/subtitle-A/subchapter-B/part-147/section-147.136", "45 C.F.R. 147.136"},

	// Cases.
	{"538 US 329", "538 U.S. 329"},
	{"538 us 329", "538 U.S. 329"},
	{"538 U. S. 329", "538 U.S. 329"},
	{"538 U.S. 329, 341", "538 U.S. 329, p. 341"},
	{"538 U.S. 329, at 341", "538 U.S. 329, p. 341"},
	{"538 U.S. 329 at p. 341", "538 U.S. 329, p. 341"},
	{"147 F3d 1039", "147 F.3d 1039"},
	{"147 F. 3d 1039", "147 F.3d 1039"},
	{"78 F4th 1183", "78 F.4th 1183"},
	{"967 F.Supp. 424", "967 F. Supp. 424"},
	{"111 F.Supp.3d 731", "111 F. Supp. 3d 731"},
	{"298 So.3d 1235", "298 So. 3d 1235"},

	// Public and session laws.
	{"Pub. L. No. 111–148", "Pub. L. 111-148"},
	{"Public Law 111-148", "Pub. L. 111-148"},
	{"P.L. 111-148", "Pub. L. 111-148"},
	{"Pub. L. 111-148, § 1201(4)", "Pub. L. 111-148 § 1201(4)"},
	{"2015 c 237 sec. 2", "2015 c 237 § 2"},
	{"2015 ch. 237, § 2", "2015 c 237 § 2"},
	{"Laws of 2015, ch. 237, § 2", "2015 c 237 § 2"},
	{"chapter 237, Laws of 2015", "2015 c 237"},
	{"2015 Wash. Sess. Laws ch. 237", "2015 c 237"},
	{"2013 2nd sp.s. c 4", "2013 2nd sp.s. c 4"},

	// Medicare and other states.
	{"NCD #30.3.3", "NCD 30.3.3"},
	{"NCD no. 30.3.3", "NCD 30.3.3"},
	{"NCD § 30.3", "NCD 30.3"},
	{"national coverage determination 30.3.3", "NCD 30.3.3"},
	{"National Coverage Determination (NCD) 30.3.3", "NCD 30.3.3"},
	{"Or. Rev. Stat. § 414.613", "ORS 414.613"},
	{"O.R.S. 414.613(1)", "ORS 414.613(1)"},
	{"Oregon Revised Statutes 414.613", "ORS 414.613"},
	{"ORS chapter 414", "ORS chapter 414"},
	{"CRS 25.5-6-1301", "C.R.S. 25.5-6-1301"},
	{"Colo. Rev. Stat. § 25.5-6-1303(2)(b)", "C.R.S. 25.5-6-1303(2)(b)"},
	{"section 25.5-6-1303 (4), C.R.S.", "C.R.S. 25.5-6-1303(4)"},
	{"Fla. Stat. § 627.736(1)(a)5", "Fla. Stat. 627.736(1)(a)(5)"},
	{"Florida Statutes, section 627.736", "Fla. Stat. 627.736"},
	{"s. 627.736(1)(a), Florida Statutes", "Fla. Stat. 627.736(1)(a)"},
	{"F.S. 627.736", "Fla. Stat. 627.736"},
	{"DC Code § 3-1201.02(6C)(A)", "D.C. Code 3-1201.02(6C)(A)"},
	{"D.C. Official Code § 3–1201.02", "D.C. Code 3-1201.02"},
	{"Ky. Rev. Stat. Ann. § 304.17a-270", "KRS 304.17A-270"},
	{"KRS § 304.17A-270", "KRS 304.17A-270"},

	// Codes.
	{"97124", "CPT 97124"},
	{"98941", "CPT 98941"},
	{"CPT 97140", "CPT 97140"},
	{"CPT® 97124", "CPT 97124"},
	{"CPT-97124", "CPT 97124"},
	{"cpt code: 97124", "CPT 97124"},
	{"CPT code(s) 99213", "CPT 99213"},
	{"code 99213", "CPT 99213"},
	{"procedure code 97810", "CPT 97810"},
	{"cpt 0552t", "CPT 0552T"},
	{"M54.5", "ICD-10-CM M54.5"},
	{"m54.50", "ICD-10-CM M54.50"},
	{"ICD-10 M54.5", "ICD-10-CM M54.5"},
	{"ICD10 code m54.5", "ICD-10-CM M54.5"},
	{"icd 10 m545", "ICD-10-CM M54.5"},
	{"ICD-10-CM code: M62.830", "ICD-10-CM M62.830"},
	{"ICD-10 M54", "ICD-10-CM M54"},
	{"dx M54.2", "ICD-10-CM M54.2"},
	{"dx R51", "ICD-10-CM R51"},
	{"Dx: M545", "ICD-10-CM M54.5"},
	{"diagnosis code S161XXA", "ICD-10-CM S16.1XXA"},
	{"S16.1XXA", "ICD-10-CM S16.1XXA"},

	// Articles and pages.
	{"Ann. Intern. Med. 2017;166(7):514–530", "Ann Intern Med 2017;166:514"},
	{"J Gen Intern Med 2021; 36: 676", "J Gen Intern Med 2021;36:676"},
	{"Cochrane Database Syst Rev 2015;(9):CD001929", "Cochrane Database Syst Rev 2015;9:CD001929"},
	{"BMJ 2017;358:J3221", "BMJ 2017;358:j3221"},
	{"PLoS One 2014;9(2):E89304", "PLoS One 2014;9:e89304"},
	{"http://www.cms.gov/a_(b)", "https://www.cms.gov/a_(b)"},
}

func TestParseSpellings(t *testing.T) {
	t.Parallel()
	for _, c := range spellings {
		got, err := Parse(c.in)
		if err != nil || got.String() != c.out {
			t.Errorf("Parse(%q) = %q, %v; want %q", c.in, got, err, c.out)
		}
	}
}

// TestFindSpellings puts each spelling into sentences that do not mark it as
// something else, and wants exactly it back.
func TestFindSpellings(t *testing.T) {
	t.Parallel()
	for _, frame := range []struct{ before, after string }{
		{"The carrier must follow ", ", we say."},
		{"(see ", ")"},
		{"It rests on ", "; nothing else does."},
		{"“", "”"},
		{"Please read ", "\n\n(1) The next paragraph."},
	} {
		for _, c := range spellings {
			text := frame.before + c.in + frame.after
			got := Find(text)
			if len(got) != 1 || got[0].Err != nil || got[0].Citation.String() != c.out {
				t.Errorf("Find(%q) = %+v; want %q", text, got, c.out)
				continue
			}
			if f := got[0]; f.Start < len(frame.before) || f.End > len(frame.before)+len(c.in) || f.Text != text[f.Start:f.End] {
				t.Errorf("Find(%q): %q at %d:%d lies outside the citation", text, f.Text, f.Start, f.End)
			}
		}
	}
}

func TestFindLists(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		want []string // Text and spelling, by turns
	}{
		{"RCW 48.43.016(2)(a) and (b)", []string{"RCW 48.43.016(2)(a)", "RCW 48.43.016(2)(a)", "(b)", "RCW 48.43.016(2)(b)"}},
		{"RCW 48.43.016(3)-(4)", []string{"RCW 48.43.016(3)", "RCW 48.43.016(3)", "(4)", "RCW 48.43.016(4)"}},
		{"RCW 48.43.016(2), (3), and (4)", []string{"RCW 48.43.016(2)", "RCW 48.43.016(2)", "(3)", "RCW 48.43.016(3)", "(4)", "RCW 48.43.016(4)"}},
		{"RCW 48.43.016(2)(b)(i) and (ii)", []string{"RCW 48.43.016(2)(b)(i)", "RCW 48.43.016(2)(b)(i)", "(ii)", "RCW 48.43.016(2)(b)(ii)"}},
		{"RCW 48.43.016(2)(a)(i) and (b)", []string{"RCW 48.43.016(2)(a)(i)", "RCW 48.43.016(2)(a)(i)", "(b)", "RCW 48.43.016(2)(b)"}},
		{"RCW 48.43.016(2)(a) or subsection (4)", []string{"RCW 48.43.016(2)(a)", "RCW 48.43.016(2)(a)", "subsection (4)", "RCW 48.43.016(4)"}},
		{"29 CFR 2560.503-1(g), (h)(2)(i) and (ii), and (j)", []string{
			"29 CFR 2560.503-1(g)", "29 C.F.R. 2560.503-1(g)", "(h)(2)(i)", "29 C.F.R. 2560.503-1(h)(2)(i)",
			"(ii)", "29 C.F.R. 2560.503-1(h)(2)(ii)", "(j)", "29 C.F.R. 2560.503-1(j)"}},
		{"RCW 48.43.016(2)(a), subsection (4)", []string{"RCW 48.43.016(2)(a)", "RCW 48.43.016(2)(a)", "subsection (4)", "RCW 48.43.016(4)"}},
		{"section 2706 in the individual market", []string{"section 2706", "42 U.S.C. 300gg-5"}},
		{"section 2706 and 2719 enrollees", []string{"section 2706", "42 U.S.C. 300gg-5"}},
		{"in this case 97124 and 97140", []string{"97124", "CPT 97124", "97140", "CPT 97140"}},
		{"99213,97124", []string{"97124", "CPT 97124"}},
		{"ORS 414.613 or .51", []string{"ORS 414.613", "ORS 414.613"}},
		{"rcw 48 43 045 a", []string{"rcw 48 43 045", "RCW 48.43.045"}},
		{"rcw 48 43 045 1 2", []string{"rcw 48 43 045 1", "RCW 48.43.045(1)"}},
		{"42 usc 300gg 5 1", []string{"42 usc 300gg 5", "42 U.S.C. 300gg-5"}},
		{"RCW\n\n48.43.045", []string{"48.43.045", "RCW 48.43.045"}},
		{"RCW 48.43.530 and\n \n.535", []string{"RCW 48.43.530", "RCW 48.43.530"}},
		{"subsection (1) of chapter 18.108 RCW", []string{"chapter 18.108 RCW", "RCW 18.108"}},
		{"section 48.43.530, RCW 48.43.045", []string{"section 48.43.530", "RCW 48.43.530", "RCW 48.43.045", "RCW 48.43.045"}},
		{"Title 18 RCW JAMA 2017;166:514", []string{"Title 18 RCW", "RCW Title 18", "JAMA 2017;166:514", "JAMA 2017;166:514"}},
		{"RCW 48.43.530 and .535", []string{"RCW 48.43.530", "RCW 48.43.530", ".535", "RCW 48.43.535"}},
		{"RCW 48.43.520, .530(5)(c), and .535.", []string{"RCW 48.43.520", "RCW 48.43.520", ".530(5)(c)", "RCW 48.43.530(5)(c)", ".535", "RCW 48.43.535"}},
		{"RCW 48.43.530–.535", []string{"RCW 48.43.530", "RCW 48.43.530", ".535", "RCW 48.43.535"}},
		{"RCW 48.43.530-535", []string{"RCW 48.43.530", "RCW 48.43.530", "535", "RCW 48.43.535"}},
		{"RCWs 48.43.045 and 48.43.016", []string{"RCWs 48.43.045", "RCW 48.43.045", "48.43.016", "RCW 48.43.016"}},
		{"RCW 48.43.530 through 48.43.537", []string{"RCW 48.43.530", "RCW 48.43.530", "48.43.537", "RCW 48.43.537"}},
		{"RCW 48.43.045 and WAC 284-170-270", []string{"RCW 48.43.045", "RCW 48.43.045", "WAC 284-170-270", "WAC 284-170-270"}},
		{"WAC 284-43-5640/-5642", []string{"WAC 284-43-5640", "WAC 284-43-5640", "-5642", "WAC 284-43-5642"}},
		{"chapters 48.43 and 48.49 RCW", []string{"chapters 48.43", "RCW 48.43", "48.49 RCW", "RCW 48.49"}},
		{"chapter 48.44 or 48.46 RCW", []string{"chapter 48.44", "RCW 48.44", "48.46 RCW", "RCW 48.46"}},
		{"subsections (2) and (3) of RCW 48.43.016", []string{"subsections (2)", "RCW 48.43.016(2)", "(3) of RCW 48.43.016", "RCW 48.43.016(3)"}},
		{"ERISA §§ 502(a) and 514", []string{"ERISA §§ 502(a)", "29 U.S.C. 1132(a)", "514", "29 U.S.C. 1144"}},
		{"sections 2706 and 2719 of the PHS Act", []string{"sections 2706", "42 U.S.C. 300gg-5", "2719 of the PHS Act", "42 U.S.C. 300gg-19"}},
		{"29 U.S.C. §§ 1132, 1133 & 1144", []string{"29 U.S.C. §§ 1132", "29 U.S.C. 1132", "1133", "29 U.S.C. 1133", "1144", "29 U.S.C. 1144"}},
		{"42 U.S.C. 300gg–300gg-28", []string{"42 U.S.C. 300gg", "42 U.S.C. 300gg", "300gg-28", "42 U.S.C. 300gg-28"}},
		{"29 U.S.C. 1001-1461", []string{"29 U.S.C. 1001", "29 U.S.C. 1001", "1461", "29 U.S.C. 1461"}},
		{"29 U.S.C. 1132 and 500 employees", []string{"29 U.S.C. 1132", "29 U.S.C. 1132"}},
		{"29 U.S.C. 1144 and 2020 guidance", []string{"29 U.S.C. 1144", "29 U.S.C. 1144"}},
		{"42 CFR 410.59-.60", []string{"42 CFR 410.59", "42 C.F.R. 410.59", ".60", "42 C.F.R. 410.60"}},
		{"45 CFR Parts 160 and 164", []string{"45 CFR Parts 160", "45 C.F.R. 160", "164", "45 C.F.R. 164"}},
		{"C.R.S. 25.5-6-1301 to -1303", []string{"C.R.S. 25.5-6-1301", "C.R.S. 25.5-6-1301", "-1303", "C.R.S. 25.5-6-1303"}},
		{"538 U.S. 329, 341-42 (2003)", []string{"538 U.S. 329, 341", "538 U.S. 329, p. 341", "42", "538 U.S. 329, p. 342"}},
		{"538 U.S. 329, 123 S. Ct. 1471 (2003)", []string{"538 U.S. 329", "538 U.S. 329"}},
		{"538 U.S. 100, 123 S. Ct. 1471 (2003)", []string{"538 U.S. 100", "538 U.S. 100"}},
		{"538 U.S. 329, 12.", []string{"538 U.S. 329", "538 U.S. 329"}},
		{"CPT 97124, 97140 and 99213", []string{"CPT 97124", "CPT 97124", "97140", "CPT 97140", "99213", "CPT 99213"}},
		{"97124/97140", []string{"97124", "CPT 97124", "97140", "CPT 97140"}},
		{"97124-59, 97140-GP", []string{"97124", "CPT 97124", "97140", "CPT 97140"}},
		{"97124x2 units", []string{"97124", "CPT 97124"}},
		{"98940–98942", []string{"98940", "CPT 98940", "98942", "CPT 98942"}},
		{"Dx: M54.50, S16.1XXA; G89.29", []string{"Dx: M54.50", "ICD-10-CM M54.50", "S16.1XXA", "ICD-10-CM S16.1XXA", "G89.29", "ICD-10-CM G89.29"}},
		{"ICD-10 M54.50/.51/.59", []string{"ICD-10 M54.50", "ICD-10-CM M54.50", ".51", "ICD-10-CM M54.51", ".59", "ICD-10-CM M54.59"}},
		{"RCW 48.43.045(1)(a", []string{"RCW 48.43.045(1)", "RCW 48.43.045(1)"}},
		{"RCW 48.43.045\n(1) Every plan", []string{"RCW 48.43.045", "RCW 48.43.045"}},
		{"RCW 48.43.045 (2003)", []string{"RCW 48.43.045", "RCW 48.43.045"}},
		{"RCW 48.43.045 (the law)", []string{"RCW 48.43.045", "RCW 48.43.045"}},
		{"RCW 48.43.005 (definition of health plan)", []string{"RCW 48.43.005", "RCW 48.43.005"}},
		{"under rcw 48 43 045 2 visits", []string{"rcw 48 43 045", "RCW 48.43.045"}},
		{"RCW 48.43.045 a plan must", []string{"RCW 48.43.045", "RCW 48.43.045"}},
		{"CPT 97124 (3)", []string{"CPT 97124", "CPT 97124"}},
		{"(https://www.insurance.wa.gov/x).", []string{"https://www.insurance.wa.gov/x", "https://www.insurance.wa.gov/x"}},
		{"1995 c 265 § 8; 1997 c 231 § 205", []string{"1995 c 265 § 8", "1995 c 265 § 8", "1997 c 231 § 205", "1997 c 231 § 205"}},
		{"In Ann Intern Med 2017;166:514 we read", []string{"Ann Intern Med 2017;166:514", "Ann Intern Med 2017;166:514"}},
	} {
		var got []string
		for _, f := range Find(c.text) {
			if f.Err != nil {
				t.Errorf("Find(%q): %v", c.text, f.Err)
			}
			got = append(got, f.Text, f.Citation.String())
		}
		if !equal(got, c.want) {
			t.Errorf("Find(%q)\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}

func equal(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
