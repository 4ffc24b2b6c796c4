package discordtest

import (
	"maps"
	"slices"
)

// What JSON holds, read with forbearance: what is not of the kind is nothing.

func str(v any) string {
	s, _ := v.(string)
	return s
}

func num(v any) int {
	switch n := v.(type) {
	case float64:
		return int(n)
	case int:
		return n
	case int64:
		return int(n)
	}
	return 0
}

func truth(v any) bool {
	b, _ := v.(bool)
	return b
}

func object(v any) obj {
	o, _ := v.(obj)
	return o
}

func list(v any) []any {
	l, _ := v.([]any)
	return l
}

// objects are the members of a list that are objects.
func objects(v any) []obj {
	var out []obj
	for _, e := range list(v) {
		if o, ok := e.(obj); ok {
			out = append(out, o)
		}
	}
	return out
}

func strs(v any) []string {
	var out []string
	for _, e := range list(v) {
		out = append(out, str(e))
	}
	return out
}

// given says whether a field is there and not null.
func given(o obj, key string) bool { return o[key] != nil }

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
