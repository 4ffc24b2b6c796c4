package export

import (
	"bytes"
	"encoding/xml"
	"path"
	"slices"
	"strings"
	"testing"
)

// orders are the sequences of ECMA-376 part 1, as far as the writer uses
// them: what Word calls a damaged file is mostly one out of order.
var orders = map[string]string{
	"pPr":           "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs spacing ind contextualSpacing mirrorIndents jc outlineLvl rPr sectPr",
	"rPr":           "rStyle rFonts b bCs i iCs caps strike color spacing sz szCs highlight u shd vertAlign lang",
	"sectPr":        "headerReference footerReference footnotePr endnotePr type pgSz pgMar pgNumType cols titlePg docGrid",
	"style":         "name aliases basedOn next link uiPriority semiHidden unhideWhenUsed qFormat locked pPr rPr tblPr",
	"styles":        "docDefaults latentStyles style",
	"docDefaults":   "rPrDefault pPrDefault",
	"abstractNum":   "nsid multiLevelType tmpl name lvl",
	"lvl":           "start numFmt lvlRestart pStyle suff lvlText lvlJc pPr rPr",
	"num":           "abstractNumId lvlOverride",
	"numbering":     "abstractNum num",
	"numPr":         "ilvl numId",
	"settings":      "view zoom defaultTabStop characterSpacingControl footnotePr endnotePr compat rsids themeFontLang clrSchemeMapping decimalSymbol listSeparator",
	"body":          "p sectPr",
	"r":             "rPr t br footnoteReference footnoteRef separator continuationSeparator fldChar instrText",
	"p":             "pPr",
	"tblCellMar":    "top left bottom right",
	"Relationships": "Relationship",
}

// free are elements whose content has no order but for what comes first.
var free = []string{"p", "r"}

// checkPackage checks what makes Word open a file without repair: every part
// well-formed, of a known type and in the order of the schema; every relation
// leading somewhere and used; ids unique and known.
func checkPackage(t *testing.T, f *docxFile) {
	t.Helper()
	if f.order[0] != "[Content_Types].xml" {
		t.Errorf("the first part is %s", f.order[0])
	}
	types := map[string]bool{}
	each(t, f.parts["[Content_Types].xml"], func(n xml.StartElement, _ string, end bool) {
		if name := attr(n, "PartName"); name != "" && !end {
			types[strings.TrimPrefix(name, "/")] = true
			if f.parts[strings.TrimPrefix(name, "/")] == nil {
				t.Errorf("there is no part %s", name)
			}
		}
	})
	for name, data := range f.parts {
		if !bytes.HasPrefix(data, []byte("<?xml version=\"1.0\" encoding=\"UTF-8\"")) {
			t.Errorf("%s begins with %.40q", name, data)
		}
		if !types[name] && !strings.HasSuffix(name, ".rels") && name != "[Content_Types].xml" {
			t.Errorf("%s has no type", name)
		}
		checkOrder(t, name, data)
		checkRelations(t, f, name, data)
	}
	checkIDs(t, f)
}

func checkOrder(t *testing.T, name string, data []byte) {
	t.Helper()
	type parent struct {
		name string
		at   int
	}
	var open []parent
	each(t, data, func(n xml.StartElement, _ string, end bool) {
		if end {
			open = open[:len(open)-1]
			return
		}
		if len(open) > 0 {
			in := &open[len(open)-1]
			order, ok := orders[in.name]
			at := slices.Index(strings.Fields(order), n.Name.Local)
			switch {
			case !ok:
			case slices.Contains(free, in.name):
				if strings.HasSuffix(n.Name.Local, "Pr") && in.at > 0 {
					t.Errorf("%s: %s is not the first in %s", name, n.Name.Local, in.name)
				}
				in.at++
			case at < 0 || at < in.at:
				t.Errorf("%s: %s out of order in %s", name, n.Name.Local, in.name)
			default:
				in.at = at
			}
		}
		open = append(open, parent{name: n.Name.Local})
	})
}

func checkRelations(t *testing.T, f *docxFile, name string, data []byte) {
	t.Helper()
	rels := path.Dir(name) + "/_rels/" + path.Base(name) + ".rels"
	used, have := map[string]bool{}, map[string]bool{}
	each(t, data, func(n xml.StartElement, _ string, end bool) {
		for _, a := range n.Attr {
			if a.Name.Space == relationNS && a.Name.Local == "id" {
				used[a.Value] = true
			}
		}
	})
	if listed, ok := f.parts[rels]; ok {
		each(t, listed, func(n xml.StartElement, _ string, end bool) {
			if n.Name.Local != "Relationship" || end {
				return
			}
			id, target := attr(n, "Id"), attr(n, "Target")
			if have[id] {
				t.Errorf("%s has %s twice", rels, id)
			}
			have[id] = true
			if attr(n, "TargetMode") == "External" {
				if link(target) != target || !used[id] {
					t.Errorf("%s leads to %q, used: %v", rels, target, used[id])
				}
			} else if f.parts[path.Join(path.Dir(name), target)] == nil {
				t.Errorf("%s leads to %s, which is no part", rels, target)
			}
		})
	}
	for id := range used {
		if !have[id] {
			t.Errorf("%s uses %s, which %s does not have", name, id, rels)
		}
	}
}

// checkIDs checks styles, lists, bookmarks and footnotes against their uses.
func checkIDs(t *testing.T, f *docxFile) {
	t.Helper()
	defined := map[string]bool{}
	used := map[string]bool{}
	once := func(key string) {
		if defined[key] {
			t.Errorf("%s is there twice", key)
		}
		defined[key] = true
	}
	for _, part := range []string{"styles", "numbering", "footnotes", "document", "footer1", "settings"} {
		each(t, f.parts["word/"+part+".xml"], func(n xml.StartElement, text string, end bool) {
			if n.Name.Local == "instrText" && end && strings.Contains(text, "NOTEREF") {
				used["bookmark "+strings.Fields(text)[1]] = true
			}
			if end {
				return
			}
			switch n.Name.Local {
			case "style":
				once("style " + attr(n, "styleId"))
			case "pStyle", "rStyle", "basedOn", "next":
				used["style "+attr(n, "val")] = true
			case "abstractNum":
				once("numbering " + attr(n, "abstractNumId"))
			case "abstractNumId":
				used["numbering "+attr(n, "val")] = true
			case "num":
				once("list " + attr(n, "numId"))
			case "numId":
				used["list "+attr(n, "val")] = true
			case "footnote":
				if part == "footnotes" {
					once("footnote " + attr(n, "id"))
				} else {
					used["footnote "+attr(n, "id")] = true
				}
			case "footnoteReference":
				once("mark of " + attr(n, "id"))
				used["footnote "+attr(n, "id")] = true
			case "bookmarkStart":
				once("bookmark " + attr(n, "name"))
				once("bookmark's number " + attr(n, "id"))
			}
		})
	}
	for key := range used {
		if !defined[key] {
			t.Errorf("%s is used and not there", key)
		}
	}
}
