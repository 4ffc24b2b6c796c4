package export

import (
	"bytes"
	"encoding/xml"
)

// A markup is XML being written. What is said in it is escaped; names and
// nesting are its user's matter.
type markup struct{ bytes.Buffer }

func newMarkup() *markup {
	m := &markup{}
	m.WriteString(xml.Header)
	return m
}

// tag writes a start tag up to its end. Attributes are name, value, name …
func (m *markup) tag(name string, attrs []string) {
	m.WriteString("<" + name)
	for i := 0; i+1 < len(attrs); i += 2 {
		m.WriteString(" " + attrs[i] + `="`)
		m.text(attrs[i+1])
		m.WriteString(`"`)
	}
}

func (m *markup) open(name string, attrs ...string) {
	m.tag(name, attrs)
	m.WriteString(">")
}

func (m *markup) empty(name string, attrs ...string) {
	m.tag(name, attrs)
	m.WriteString("/>")
}

func (m *markup) close(name string) { m.WriteString("</" + name + ">") }

// text writes s escaped. A bytes.Buffer gives no error.
func (m *markup) text(s string) { _ = xml.EscapeText(m, []byte(s)) }

func (m *markup) element(name, text string, attrs ...string) {
	m.open(name, attrs...)
	m.text(text)
	m.close(name)
}
