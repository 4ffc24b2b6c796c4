package qdranttest

import (
	"slices"

	api "github.com/qdrant/go-client/qdrant"
)

// usable is an error where a filter uses a field that has no index: strict
// servers refuse it, others read every point.
func (c *collection) usable(f *api.Filter) error {
	for _, cond := range slices.Concat(f.GetMust(), f.GetShould(), f.GetMustNot()) {
		if inner := cond.GetFilter(); inner != nil {
			if err := c.usable(inner); err != nil {
				return err
			}
		}
		if field := cond.GetField(); field != nil && c.indexes[field.GetKey()] == nil {
			return wrong("Index required but not found for \"%s\"", field.GetKey())
		}
	}
	if f.GetMinShould() != nil {
		return wrong("this server knows no min_should")
	}
	return nil
}

// passes evaluates a filter. A condition of a kind that is not known lets
// nothing through.
func passes(f *api.Filter, p *point) bool {
	holds := func(c *api.Condition) bool { return holds(c, p) }
	return !slices.ContainsFunc(f.GetMust(), func(c *api.Condition) bool { return !holds(c) }) &&
		(len(f.GetShould()) == 0 || slices.ContainsFunc(f.GetShould(), holds)) &&
		!slices.ContainsFunc(f.GetMustNot(), holds)
}

func holds(c *api.Condition, p *point) bool {
	switch {
	case c.GetFilter() != nil:
		return passes(c.GetFilter(), p)
	case c.GetHasId() != nil:
		return slices.ContainsFunc(c.GetHasId().GetHasId(), func(id *api.PointId) bool { return id.GetUuid() == p.id.GetUuid() })
	case c.GetField() != nil:
		f := c.GetField()
		return slices.ContainsFunc(values(p.payload[f.GetKey()]), func(v *api.Value) bool {
			return (f.GetMatch() == nil || matches(f.GetMatch(), v)) && (f.GetRange() == nil || within(f.GetRange(), v)) &&
				(f.GetMatch() != nil || f.GetRange() != nil)
		})
	}
	return false
}

// values are those of a field: of a list, each.
func values(v *api.Value) []*api.Value {
	switch k := v.GetKind().(type) {
	case nil:
		return nil
	case *api.Value_ListValue:
		return k.ListValue.GetValues()
	}
	return []*api.Value{v}
}

func matches(m *api.Match, v *api.Value) bool {
	text, isText := v.GetKind().(*api.Value_StringValue)
	switch m := m.GetMatchValue().(type) {
	case *api.Match_Keyword:
		return isText && text.StringValue == m.Keyword
	case *api.Match_Keywords:
		return isText && slices.Contains(m.Keywords.GetStrings(), text.StringValue)
	case *api.Match_Integer:
		n, ok := v.GetKind().(*api.Value_IntegerValue)
		return ok && n.IntegerValue == m.Integer
	case *api.Match_Boolean:
		b, ok := v.GetKind().(*api.Value_BoolValue)
		return ok && b.BoolValue == m.Boolean
	}
	return false
}

func within(r *api.Range, v *api.Value) bool {
	var n float64
	switch v := v.GetKind().(type) {
	case *api.Value_IntegerValue:
		n = float64(v.IntegerValue)
	case *api.Value_DoubleValue:
		n = v.DoubleValue
	default:
		return false
	}
	return (r.Lt == nil || n < *r.Lt) && (r.Lte == nil || n <= *r.Lte) && (r.Gt == nil || n > *r.Gt) && (r.Gte == nil || n >= *r.Gte)
}
