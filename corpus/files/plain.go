package files

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"regexp"
	"strings"
	"unicode"
)

// Limits of plain text and CSV.
const (
	maxColumns = 500
	maxTitle   = 80 // letters of a line that can be a heading
)

// readPlain reads text: paragraphs part at empty lines; a short line alone
// that is numbered, in capitals or underlined is a heading; form feeds part
// pages.
func readPlain(ctx context.Context, text string) (*content, error) {
	c := &content{format: "text"}
	sheets := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\f")
	if len(sheets) > 1 && strings.TrimSpace(sheets[len(sheets)-1]) == "" {
		sheets = sheets[:len(sheets)-1]
	}
	if len(sheets) > MaxPages {
		return nil, refuse("it has %d pages; at most %d are read", len(sheets), MaxPages)
	}
	for i, sheet := range sheets {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		number := 0
		if len(sheets) > 1 {
			c.pages, number = i+1, i+1
		}
		for _, para := range emptyLine.Split(strings.ReplaceAll(sheet, "\r", "\n"), -1) {
			if b, ok := plainBlock(para, number); ok {
				c.blocks = append(c.blocks, b)
			}
		}
	}
	return c, nil
}

var (
	emptyLine = regexp.MustCompile(`\n[ \t]*\n`)
	underline = regexp.MustCompile(`^[=~*_-]{3,}$`)
	section   = regexp.MustCompile(`^(?:(?i:chapter|part|section|appendix) )?(?:\d{1,2}(?:\.\d{1,2})*|[A-Z]|[IVX]+)[.:)]? +\S`)
)

func plainBlock(para string, page int) (block, bool) {
	lines := strings.FieldsFunc(para, func(r rune) bool { return r == '\n' })
	text := strings.Join(strings.Fields(para), " ")
	if text == "" {
		return block{}, false
	}
	if len(lines) == 2 && underline.MatchString(strings.TrimSpace(lines[1])) {
		return block{kind: heading, level: 1, page: page, text: strings.TrimSpace(lines[0])}, true
	}
	alone := len(lines) == 1 && len(text) <= maxTitle && !ends(text) && strings.ContainsFunc(text, unicode.IsLetter)
	switch {
	case alone && text == strings.ToUpper(text) && len(text) > 3:
		return block{kind: heading, level: 1, page: page, text: text}, true
	case alone && section.MatchString(text):
		number, _, _ := strings.Cut(text, " ")
		return block{kind: heading, level: min(2+strings.Count(strings.Trim(number, ".:)"), "."), maxLevel), page: page, text: text}, true
	}
	return block{kind: prose, page: page, text: text}, true
}

// readCSV reads a table: each record is a row, the first one names the
// columns.
func readCSV(ctx context.Context, text string) (*content, error) {
	c := &content{format: "CSV", tables: 1}
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord, r.LazyQuotes, r.ReuseRecord = -1, true, true
	first, _, _ := strings.Cut(text, "\n")
	for _, comma := range []rune{'\t', ';'} {
		if strings.Count(first, string(comma)) > strings.Count(first, string(r.Comma)) {
			r.Comma = comma
		}
	}
	width, ragged := 0, 0
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, refuse("it is no table: %v", err)
		}
		if len(record) > maxColumns {
			return nil, refuse("it has a row of %d columns; at most %d are read", len(record), maxColumns)
		}
		cells := make([]string, len(record))
		for i, cell := range record {
			cells[i] = strings.Join(strings.Fields(cell), " ")
		}
		if line := strings.Trim(strings.Join(cells, " | "), " |"); line != "" {
			c.blocks = append(c.blocks, block{kind: row, text: strings.Join(cells, " | ")})
		}
		if width == 0 {
			width = len(record)
		} else if width != len(record) {
			ragged++
		}
	}
	if ragged > 0 {
		c.doubts.add("%d rows have another number of cells than the first", ragged)
	}
	return c, nil
}
