package official
func parseText(p Page) ([]Parsed, error) {return nil,nil}
func parseUSLM(p Page) ([]Parsed, error) {return nil,nil}
func parseECFR(p Page) ([]Parsed, error) {return nil,nil}
func parseOpinion(p Page) ([]Parsed, error) {return nil,nil}
