package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"
)

// Routes lists the patterns that s serves.
func Routes(s *Server) []string {
	var out []string
	chi.Walk(s.Handler.(chi.Router), func(_, route string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		out = append(out, route)
		return nil
	})
	return out
}
